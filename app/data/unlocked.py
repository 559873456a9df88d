"""A vault that one person has opened: their identity, the keys of their spaces, and the only way to rewrite their
header.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self, final

import msgspec

from app.crypto.header import (
    HEADER_BYTES,
    Contents,
    Header,
    SpaceRecord,
    compose,
    open_contents,
    parse,
)
from app.crypto.identity import Identity
from app.crypto.kdf import DEFAULT, SALT_BYTES, KdfParams, derive_key, normalise
from app.crypto.keyslot import KeySlot, SlotKind, SlotPlace, unwrap, wrap
from app.crypto.secret import Secret
from app.data.durable_files import read_file, reading, replace_file
from app.data.os_lock import OsLock
from app.data.vault_layout import Layout
from app.domain.errors import Code, RecordError, VaultError
from app.domain.records import PersonId, SpaceId

_NAME_LIMIT: Final = 80

HeaderChange = Callable[[Contents], Contents]


class SpaceKey(msgspec.Struct, frozen=True):
    """What opening one space takes, and the newest link of its chain this person is known to have seen.

    `head` is empty before the first; `head_seq` is its number in the chain, `head_seen_at` the UTC instant it was
    noted.
    """

    id: SpaceId
    path: Path
    epoch: int
    key: Secret
    salt: bytes
    head: bytes
    head_seq: int
    head_seen_at: datetime | None

    def __repr__(self) -> str:
        return f"<SpaceKey {self.id}>"


@final
class Unlocked:
    """One person's open vault. Holds keys and the vault's lock until `close`."""

    def __init__(self, layout: Layout, lock: OsLock, header: Header, master: Secret, *, in_place: bool = True) -> None:
        """Take over the lock and the master key of an authenticated header; use `VaultFolder` to get here.

        `in_place` says that `header` is what the key file holds now; False when an earlier generation was opened
        instead.

        Raises:
            VaultError: DAMAGED_HEADER.
        """
        contents = open_contents(header, master)
        self.layout = layout
        self._lock = lock
        self._header = header
        self._master = master
        self._in_place = in_place
        self._broken = False
        self.vault_id = header.body.vault_id
        self.person_id = PersonId(contents.person_id)
        self.display_name = contents.display_name
        self.identity = Identity(Secret(contents.signing_key), Secret(contents.sealing_key))
        self.space = _space_key(layout, contents.private)
        self.shared = tuple(_space_key(layout, record) for record in contents.shared)

    @property
    def root(self) -> Path:
        """The vault's folder."""
        return self.layout.root

    @property
    def fingerprint(self) -> str:
        """The fingerprint of this person's public keys."""
        return self.identity.fingerprint

    @property
    def kdf(self) -> KdfParams:
        """What one guess at this person's passphrase costs, for display."""
        slot = self._header.passphrase_slots[0]
        return slot.kdf or DEFAULT

    @property
    def header(self) -> Header:
        """The header as it stands on disk: its slots, and the tags of ended recovery codes."""
        return self._header

    @property
    def contents(self) -> Contents:
        """What the header holds for this person alone, decrypted afresh; do not keep it."""
        return open_contents(self._header, self._master)

    def wrapped(self, wrapping: Callable[[Secret, SlotPlace], KeySlot]) -> KeySlot:
        """A slot of this person's master key; it leaves this object only as `wrapping` wraps it."""
        return wrapping(self._master, self._header.place)

    def opened_by(self, master: Secret) -> bool:
        """Whether this is the key the vault was opened with: a passphrase or a code is proven by it."""
        return self._master == master

    @property
    def generation(self) -> int:
        """How often the header was written; grows by one with each change."""
        return open_contents(self._header, self._master).generation

    @property
    def person_file(self) -> str:
        """The random name of this person's header."""
        return self._header.body.person_file

    def lend(self) -> tuple[Header, Secret]:
        """The header as it stands and a copy of the master key, for backups on another thread. The caller wipes it."""
        return self._header, Secret(self._master.view())

    def remember_head(self, space_id: str, head: bytes, *, seq: int = 0, seen_at: datetime | None = None) -> None:
        """Note the newest link of a space's chain, so that an older copy is recognised at the next opening.

        Called at lock, not at each write. Nothing is written when it is already noted.

        Raises:
            VaultError: as `change_header`.
            ValueError: no such space, or a `seen_at` without a zone.
        """
        instant = (seen_at or datetime.now(UTC)).astimezone(UTC)
        if seen_at is not None and seen_at.tzinfo is None:
            raise ValueError("seen_at needs a zone")
        known = next((space for space in (self.space, *self.shared) if space.id == space_id), None)
        if known is None:
            raise ValueError("no such space")
        if (known.head, known.head_seq) == (head, seq):
            return

        def noted(record: SpaceRecord) -> SpaceRecord:
            if record.space_id != space_id:
                return record
            return msgspec.structs.replace(record, head=head, head_seq=seq, head_seen_at=instant)

        self.change_header(
            lambda contents: msgspec.structs.replace(
                contents, private=noted(contents.private), shared=tuple(noted(record) for record in contents.shared)
            )
        )

    def change_header(self, change: HeaderChange) -> None:
        """Rewrite the encrypted part. The previous file is kept as the earlier generation; both replacements are
        atomic.

        Raises:
            VaultError: REPLACED_WHILE_OPEN when the file or the lock is no longer the one that was opened; DISK_FULL,
                NO_PERMISSION; WRITE_FAILED, after which every later call is refused the same way.
        """
        body = self._header.body
        raw = compose(self._header.place, body.slots, self._next(change), self._master, retired=body.retired)
        self._store(raw, self._master)

    def change_passphrase(self, passphrase: str, *, kdf: KdfParams = DEFAULT) -> None:
        """Wrap the same master key under a new passphrase; slow, for a pool thread (two derivations).

        The new slot is opened from its written bytes, with the passphrase as given, before the old one is retired; when
        this is refused, the old passphrase is still the one that opens. Afterwards both generations carry the new one.
        A copy of the old header still opens with the old one: when somebody may know it, new keys are the answer, not
        this.

        Raises:
            VaultError: EMPTY_PASSPHRASE, NAME_IS_PASSPHRASE; as `change_header`.
        """
        refuse_name_as_passphrase(self.display_name, passphrase)
        others = tuple(slot for slot in self._header.body.slots if slot.kind is not SlotKind.PASSPHRASE)
        set_at = datetime.now(UTC)
        with normalise(passphrase) as phrase:
            slot = new_slot(phrase, self._master, self._header.place, kdf)

            def opens(written: Header) -> None:
                own = written.passphrase_slots[0]
                with derive_key(phrase, own.salt, own.kdf or kdf) as kek, unwrap(kek, own, written.place) as proven:
                    open_contents(written, proven)

            self.install(
                (slot, *others), lambda known: msgspec.structs.replace(known, passphrase_set_at=set_at), proof=opens
            )

    def install(
        self,
        slots: tuple[KeySlot, ...],
        change: HeaderChange,
        *,
        proof: Callable[[Header], object],
        retired: tuple[str, ...] | None = None,
        master: Secret | None = None,
    ) -> None:
        """Write a header with other slots, prove it from what the disk holds, and only then let it count.

        The new header takes the place of the kept earlier one first; `proof` is given what was read back from there and
        raises when it does not open as meant, after which the earlier one is put back. Only then is the current header
        replaced: until that last rename everything that opened before still does. `retired` are the tags of ended
        recovery codes (None: as they are). `master` is the new master key that the slots hold; it is taken over.

        Raises:
            VaultError: whatever `proof` raises; as `change_header`.
        """
        place, known = self._header.place, self._header.body.retired
        key = master or self._master
        raw = compose(place, slots, self._next(change), key, retired=known if retired is None else retired)
        self._store(raw, key, proof=proof)
        if master is not None:
            former, self._master = self._master, master
            former.wipe()

    def close(self) -> None:
        """Wipe the keys and give the vault back. Safe to call more than once."""
        self.identity.wipe()
        for space in (self.space, *self.shared):
            space.key.wipe()
        self._master.wipe()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Unlocked {self.person_id}>"

    def _next(self, change: HeaderChange) -> Contents:
        contents = open_contents(self._header, self._master)
        return msgspec.structs.replace(change(contents), generation=contents.generation + 1)

    def _store(self, raw: bytes, master: Secret, *, proof: Callable[[Header], object] | None = None) -> None:
        """Write, read back, and only then take the new header as ours. Without a `proof` the previous one is kept.

        Retiring a slot replaces the earlier generation first: until the very last rename the old slot is the one that
        opens, so that a refusal means that nothing changed.
        """
        if self._broken:
            raise VaultError(Code.WRITE_FAILED, reason="earlier_failure")
        self._refuse_replaced()
        person_file = self._header.body.person_file
        current = self.layout.key_file(person_file)
        earlier = self.layout.key_file(person_file, earlier=True)
        try:
            if proof is None:
                _replaced(earlier, self._header.raw, self._master)
            else:
                self._prove(earlier, raw, master, proof)
            written = _replaced(current, raw, master)
        except VaultError as error:
            self._broken = error.code is Code.WRITE_FAILED
            raise
        self._take(written, master)

    def _prove(self, earlier: Path, raw: bytes, master: Secret, proof: Callable[[Header], object]) -> None:
        written = _replaced(earlier, raw, master)
        try:
            proof(written)
        except BaseException:
            replace_file(earlier, self._header.raw)
            raise

    def _take(self, written: Header, master: Secret) -> None:
        """Go on with a header that was read back; the keys of the one before leave memory."""
        contents = open_contents(written, master)
        self._header = written
        self._in_place = True
        self.display_name = contents.display_name
        former = (self.space, *self.shared)
        if self.identity.private_bytes() != (contents.signing_key, contents.sealing_key):
            self.identity.wipe()
            self.identity = Identity(Secret(contents.signing_key), Secret(contents.sealing_key))
        self.space = _space_key(self.layout, contents.private)
        self.shared = tuple(_space_key(self.layout, record) for record in contents.shared)
        for space in former:
            space.key.wipe()

    def _refuse_replaced(self) -> None:
        """Stop when another program exchanged the files. A header that merely vanished is written again."""
        if not self._lock.current:
            raise VaultError(Code.REPLACED_WHILE_OPEN, file="lock")
        current = self.layout.key_file(self._header.body.person_file)
        with reading():
            there = self._in_place and current.exists()
        if there and read_file(current, HEADER_BYTES) != self._header.raw:
            raise VaultError(Code.REPLACED_WHILE_OPEN, file="key")


def _replaced(path: Path, raw: bytes, master: Secret) -> Header:
    """Write one generation and prove what the disk now says of it."""
    replace_file(path, raw)
    written = parse(read_file(path, HEADER_BYTES))
    open_contents(written, master)
    return written


def new_slot(phrase: Secret, master: Secret, place: SlotPlace, kdf: KdfParams) -> KeySlot:
    """Wrap a master key under a passphrase, with a fresh salt. Slow."""
    salt = os.urandom(SALT_BYTES)
    with derive_key(phrase, salt, kdf) as kek:
        return wrap(kek, master, kdf, salt, place)


def checked_name(display_name: str) -> str:
    """Return the name as it is stored: NFC, without outer spaces, 1 to 80 characters, none of them a control character.

    Raises:
        RecordError: INVALID_RECORD naming the field.
    """
    name = unicodedata.normalize("NFC", display_name).strip()
    if not 1 <= len(name) <= _NAME_LIMIT or any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in name):
        raise RecordError(Code.INVALID_RECORD, field="display_name")
    return name


def folded_name(name: str) -> str:
    """A name as it is compared: form, case and outer spaces do not count."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def refuse_name_as_passphrase(display_name: str, passphrase: str) -> None:
    """A name stands on the screen; it must not be what opens the journal.

    Raises:
        VaultError: NAME_IS_PASSPHRASE.
    """
    if folded_name(display_name) == folded_name(passphrase):
        raise VaultError(Code.NAME_IS_PASSPHRASE)


def _space_key(layout: Layout, record: SpaceRecord) -> SpaceKey:
    return SpaceKey(
        id=SpaceId(record.space_id),
        path=layout.space_file(record.file_name),
        epoch=record.epoch,
        key=Secret(record.key),
        salt=record.salt,
        head=record.head,
        head_seq=record.head_seq,
        head_seen_at=record.head_seen_at,
    )
