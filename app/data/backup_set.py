"""One backup: a folder that is a small vault of its own (public file, one header, space copies) and a sealed manifest.

So a set that is copied to a stick opens with the passphrase of its day, by this program, without any "restore". The
manifest says what the set must hold; it is closed in a box under a key from the person's master key: counts and dates
are nobody else's business, and a set changed anywhere is refused before anything of it is shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final, final

import msgspec
from typing_extensions import override

from app.crypto.box import close_box, open_box
from app.crypto.header import HEADER_BYTES, Contents, Header, SpaceRecord, compose, open_contents, parse
from app.crypto.kdf import expand
from app.crypto.labels import label
from app.crypto.secret import Secret, Wiping
from app.data.durable_files import read_file, reading
from app.data.space import SpaceMeta
from app.data.vault_layout import Layout
from app.data.vault_meta import META_LIMIT_BYTES, is_id
from app.domain.backing_up import Why
from app.domain.errors import Code, VaultError
from app.domain.records import SpaceId

FORMAT: Final = 1
MANIFEST: Final = "manifest"
HALF: Final = ".part"
_MANIFEST_LIMIT_BYTES: Final = 64 * 1024


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last link of one author's chain in a copy."""

    author: str
    seq: int
    hash: bytes


class SpaceCopy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One space file of a set. `sha256` is of the file's bytes, as hex."""

    space_id: str
    file_name: str
    shared: bool
    bytes: int
    sha256: str
    revisions: int
    heads: tuple[Head, ...]


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a set holds. `made_at` is UTC; `schema` is the newest schema the program of that day wrote.

    `former_header_sha256` is there only while a header with other wraps takes the place of the one before.
    """

    format: int
    set_id: str
    vault_id: str
    person_file: str
    made_at: datetime
    why: Why
    program: str
    schema: int
    header_sha256: str
    meta_sha256: str
    spaces: tuple[SpaceCopy, ...]
    former_header_sha256: str = ""

    @property
    def revisions(self) -> int:
        """How many saved states the copies hold."""
        return sum(space.revisions for space in self.spaces)

    @property
    def size_bytes(self) -> int:
        """What the copies take on the disk."""
        return sum(space.bytes for space in self.spaces)


@final
class BackupKey(Wiping):
    """A header and the master key it opens with: what making, finding and opening one's own sets takes.

    Comes from an open vault (`Unlocked.lend`) or from a passphrase alone. Wipe it.
    """

    def __init__(self, header: Header, master: Secret) -> None:
        """Take over `master`.

        Raises:
            VaultError: DAMAGED_HEADER when the two do not belong together.
        """
        self._master = master
        self.header = header
        self.contents: Contents = open_contents(header, master)
        self.vault_id = header.body.vault_id
        self.person_file = header.body.person_file

    @property
    def spaces(self) -> tuple[SpaceRecord, ...]:
        """The private space, then the shared ones."""
        return (self.contents.private, *self.contents.shared)

    def seal(self, manifest: Manifest) -> bytes:
        """The manifest as it is stored."""
        with expand(self._master, self._bound()) as key:
            return close_box(key, msgspec.json.encode(manifest), self._bound())

    def unseal(self, sealed: bytes) -> Manifest:
        """A stored manifest.

        Raises:
            VaultError: DAMAGED_HEADER for another person's, a changed or a foreign one.
        """
        with expand(self._master, self._bound()) as key:
            plain = open_box(key, sealed, self._bound())
        try:
            return msgspec.json.decode(plain, type=Manifest)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise VaultError(Code.DAMAGED_HEADER, reason="manifest") from None

    def opened(self, header: Header) -> Contents:
        """What another header of this person says.

        Raises:
            VaultError: DAMAGED_HEADER when it was made with another master key.
        """
        return open_contents(header, self._master)

    def rewrapped(self, header: Header, live: Header) -> bytes:
        """`header` with the wraps of `live` around the same master key; its own bytes where they are the same.

        Raises:
            VaultError: DAMAGED_HEADER when either was made with another master key.
        """
        self.opened(live)
        contents = self.opened(header)
        if (header.body.slots, header.body.retired) == (live.body.slots, live.body.retired):
            return header.raw
        return compose(header.place, live.body.slots, contents, self._master, retired=live.body.retired)

    def meta_of(self, record: SpaceRecord) -> SpaceMeta:
        """What a copy of this space must say of itself."""
        return SpaceMeta(self.vault_id, SpaceId(record.space_id), record.epoch)

    def lend(self) -> Secret:
        """A copy of the master key, for opening the vault with it. The caller wipes it."""
        return Secret(self._master.view())

    @override
    def wipe(self) -> None:
        """Forget the key."""
        self._master.wipe()

    def __repr__(self) -> str:
        return "<BackupKey>"

    def _bound(self) -> bytes:
        return label("backup-manifest", self.vault_id, self.person_file, FORMAT)


class BackupSet(msgspec.Struct, frozen=True):
    """One finished set of this person. `manifest` is None, and `trouble` says why, when it does not count as good.

    Good here means: its manifest opens, and every file is there in its size. Whether it opens is what testing tells.
    """

    root: Path
    manifest: Manifest | None
    trouble: Code | None = None

    @property
    def id(self) -> str:
        """The folder's random name."""
        return self.root.name

    @property
    def good(self) -> bool:
        """Whether it counts."""
        return self.trouble is None


def own_sets(folder: Path, key: BackupKey) -> tuple[BackupSet, ...]:
    """This person's finished sets in a `backups` folder: good ones newest first, then the others.

    A set belongs to whose header lies in it; another person's are passed over without a look.

    Raises:
        VaultError: NO_PERMISSION.
    """
    if not folder.is_dir():
        return ()
    with reading():
        names = sorted(entry.name for entry in folder.iterdir() if is_id(entry.name) and not entry.is_symlink())
    mine = [folder / name for name in names if Layout(folder / name).key_file(key.person_file).is_file()]
    return sorted_sets(read_set(root, key) for root in mine)


def sorted_sets(sets: Iterable[BackupSet]) -> tuple[BackupSet, ...]:
    """Good ones newest first, then those in trouble."""
    found = list(sets)
    good = [one for one in found if one.manifest is not None and one.good]
    bad = [one for one in found if one.manifest is None or not one.good]
    return (*sorted(good, key=lambda one: (made_at(one), one.id), reverse=True), *bad)


def made_at(one: BackupSet) -> datetime:
    """When a set whose manifest opens was made, UTC."""
    if one.manifest is None:
        raise ValueError("nothing is known of this set")
    return one.manifest.made_at


def read_set(root: Path, key: BackupKey) -> BackupSet:
    """Read a set's manifest and look whether its files are there. Never raises for damage: that is a finding."""
    try:
        manifest = key.unseal(read_file(root / MANIFEST, _MANIFEST_LIMIT_BYTES))
    except VaultError as error:
        return BackupSet(root, None, error.code)
    layout = Layout(root)
    try:
        with reading():
            for space in manifest.spaces:
                if layout.space_file(space.file_name).stat().st_size != space.bytes:
                    return BackupSet(root, manifest, Code.INCOMPLETE_COPY)
    except VaultError as error:
        return BackupSet(root, manifest, error.code)
    return BackupSet(root, manifest)


def header_of(one: BackupSet, key: BackupKey) -> Header:
    """The header inside a good set, as the manifest remembers it.

    Raises:
        VaultError: DAMAGED_HEADER, INCOMPLETE_COPY.
    """
    if one.manifest is None:
        raise VaultError(Code.DAMAGED_HEADER, reason="manifest")
    raw = read_file(Layout(one.root).key_file(key.person_file), HEADER_BYTES)
    if sha256(raw) not in {one.manifest.header_sha256, one.manifest.former_header_sha256}:
        raise VaultError(Code.DAMAGED_HEADER, reason="manifest")
    if sha256(read_file(Layout(one.root).meta, META_LIMIT_BYTES)) != one.manifest.meta_sha256:
        raise VaultError(Code.DAMAGED_HEADER, reason="meta")
    return parse(raw)


def sha256(data: bytes) -> str:
    """As hex."""
    return hashlib.sha256(data).hexdigest()
