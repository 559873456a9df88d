"""The vault folder: creating it for a first person, and opening it with a passphrase.

Unlocking has two steps, because the first takes most of a second and must be cancellable: `derive` tries the passphrase
on every person's slots and touches nothing; `open_with` takes the vault's lock and reads the header again under it. A
lock request that comes in between simply wipes the `ProvenKey`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Self, final

from typing_extensions import override

from app.crypto.header import FORMAT, HEADER_BYTES, Header, compose, open_contents, parse
from app.crypto.kdf import DEFAULT, KdfParams, check_policy, normalise
from app.crypto.keyslot import KeySlot, SlotPlace
from app.crypto.recovery import RecoveryCode
from app.crypto.secret import Secret, Wiping
from app.data import key_changes
from app.data.cards import FIRST, repair_card, write_card
from app.data.durable_files import create_file, make_folder, read_file, reading, replace_file
from app.data.os_lock import OsLock, is_held
from app.data.parts import Prepare, first_contents, make_space
from app.data.unlocked import Unlocked, checked_name, folded_name, new_slot, refuse_name_as_passphrase
from app.data.vault_layout import Layout, creating
from app.data.vault_meta import META_LIMIT_BYTES, decode_meta, encode_meta, random_id
from app.domain.errors import Code, VaultError

_REBUILDABLE: Final = frozenset({Code.DAMAGED_HEADER, Code.EMPTY_FILE, Code.INCOMPLETE_COPY})


def _never() -> bool:
    return False


@final
class ProvenKey(Wiping):
    """A passphrase that fitted: the master key and the header it opened. Wipe it, or hand it to
    `VaultFolder.open_with`.
    """

    __slots__ = ("earlier", "header", "master", "raised")

    def __init__(self, header: Header, master: Secret, *, earlier: bool, raised: KeySlot | None = None) -> None:
        """Take over `master`. `earlier` says that the previous generation of the header was opened; `raised` is the
        same slot at today's costs, to be put in its place.
        """
        self.header = header
        self.master = master
        self.earlier = earlier
        self.raised = raised

    @override
    def wipe(self) -> None:
        """Forget the key."""
        self.master.wipe()

    def __repr__(self) -> str:
        return "<ProvenKey>"


@final
class VaultFolder:
    """A vault on disk, before anyone has opened it. Holds no key and no lock."""

    def __init__(self, layout: Layout, vault_id: str, *, meta_whole: bool) -> None:
        """Use `open` or `create`. `meta_whole` is False when the public file must be written again."""
        self._layout = layout
        self._meta_whole = meta_whole
        self.vault_id = vault_id
        self.card_was_exchanged = False

    @classmethod
    def create(
        cls,
        path: Path,
        display_name: str,
        passphrase: str,
        *,
        kdf: KdfParams = DEFAULT,
        prepare: Prepare | None = None,
    ) -> Unlocked:
        """Make a new vault for one person, and return it open. Slow (one derivation), for a pool thread.

        `path` may be missing or an empty folder. Nothing is left behind when anything fails.

        Raises:
            VaultError: VAULT_EXISTS, EMPTY_PASSPHRASE, NAME_IS_PASSPHRASE, NO_PERMISSION, DISK_FULL, WRITE_FAILED,
                UNSAFE_LIBRARY, LOCKED_BY_ANOTHER.
            RecordError: INVALID_RECORD for a name that cannot be used.
        """
        name = checked_name(display_name)
        refuse_name_as_passphrase(name, passphrase)
        check_policy(kdf)
        place = SlotPlace(vault_id=random_id(), person_file=random_id(), format=FORMAT)
        master = Secret.random()
        try:
            with normalise(passphrase) as phrase, creating(path.absolute(), place.vault_id) as (layout, lock):
                contents = first_contents(name)
                slot = new_slot(phrase, master, place, kdf)
                make_space(layout, contents.private, place.vault_id, prepare)
                key_file = layout.key_file(place.person_file)
                create_file(key_file, compose(place, (slot,), contents, master))
                unlocked = Unlocked(layout, lock, parse(read_file(key_file, HEADER_BYTES)), master)
                own = (place.vault_id, place.person_file, unlocked.person_id, unlocked.identity)
                write_card(layout, *own, mark=FIRST)
                return unlocked
        except BaseException:
            master.wipe()
            raise

    @classmethod
    def open(cls, path: Path) -> Self:
        """Look at a vault without a key: nothing is written, made or locked.

        A damaged or missing `vault.meta` does not stop anyone: the copy that counts is in the headers.

        Raises:
            VaultError: NO_VAULT, INCOMPLETE_COPY, NEWER_FORMAT, NO_PERMISSION; DAMAGED_HEADER when neither `vault.meta`
            nor
                any header says which vault this is.
        """
        with reading():
            if not path.exists():
                raise VaultError(Code.NO_VAULT)
            layout = Layout(path.resolve())
            if not layout.root.is_dir() or not _looks_like_vault(layout):
                raise VaultError(Code.NO_VAULT)
            if not layout.spaces.is_dir():
                raise VaultError(Code.INCOMPLETE_COPY, missing="spaces")
        if not layout.person_files() and not layout.person_files(earlier=True):
            raise VaultError(Code.INCOMPLETE_COPY, missing="people")
        try:
            vault_id = decode_meta(read_file(layout.meta, META_LIMIT_BYTES)).vault_id
        except VaultError as error:
            if error.code not in _REBUILDABLE:
                raise
            return cls(layout, _vault_id_of_headers(layout), meta_whole=False)
        return cls(layout, vault_id, meta_whole=True)

    @property
    def root(self) -> Path:
        """The vault's folder, links resolved."""
        return self._layout.root

    @property
    def kdf_costs(self) -> tuple[KdfParams, ...]:
        """What one guess costs, for each readable slot, for display. Trying a passphrase takes at most their sum."""
        headers, _ = self._headers(earlier=False)
        return tuple(slot.kdf for header in headers for slot in header.passphrase_slots if slot.kdf)

    def is_held(self) -> bool:
        """Whether somebody has this vault open right now."""
        return is_held(self._layout.lock)

    def derive(
        self,
        passphrase: str,
        *,
        cancelled: Callable[[], bool] = _never,
        earlier: bool = False,
        person_file: str | None = None,
        raise_to: KdfParams | None = None,
    ) -> ProvenKey | None:
        """Find the person whose slot this passphrase opens. Slow, for a pool thread; None when `cancelled` said so.

        A derivation that has begun cannot be interrupted; its result is dropped. `earlier` tries the kept previous
        generation of the headers instead: only ever on the user's word. `person_file` limits the try to one person.
        When the slot costs less than `raise_to`, a dearer one is prepared on the way.

        Raises:
            VaultError: WRONG_PASSPHRASE; EMPTY_PASSPHRASE; DAMAGED_HEADER or NEWER_FORMAT when nothing opened and a
                header could not be read (`earlier` in its detail is 1 when a readable previous generation is there).
        """
        with normalise(passphrase) as phrase:
            headers, problem = self._headers(earlier=earlier, only=person_file)
            for header in headers:
                if cancelled():
                    return None
                found = key_changes.fitting(phrase, header)
                if found is None:
                    continue
                master, slot, took_s = found
                dearer: KeySlot | None = None
                if raise_to is not None and not earlier and not cancelled():
                    dearer = key_changes.raised(phrase, master, header.place, policy=raise_to, slot=slot, took_s=took_s)
                proven = ProvenKey(header, master, earlier=earlier, raised=dearer)
                if cancelled():
                    proven.wipe()
                    return None
                return proven
        raise problem or VaultError(Code.WRONG_PASSPHRASE)

    def derive_from_code(self, code: RecoveryCode) -> ProvenKey:
        """Find the person whose recovery slot this code opens. Quick.

        Raises:
            VaultError: CODE_RETIRED when it was somebody's here, CODE_ELSEWHERE when it never was; DAMAGED_HEADER or
                NEWER_FORMAT when nothing opened and a header could not be read.
        """
        headers, problem = self._headers(earlier=False)
        refusal: VaultError | None = None
        for header in headers:
            try:
                return ProvenKey(header, key_changes.open_with_code(header, code), earlier=False)
            except VaultError as error:
                if refusal is None or refusal.code is Code.CODE_ELSEWHERE:
                    refusal = error
        if refusal is not None and refusal.code is not Code.CODE_ELSEWHERE:
            raise refusal
        raise problem or refusal or VaultError(Code.CODE_ELSEWHERE)

    def open_with(self, proven: ProvenKey, person: str | None = None) -> Unlocked:
        """Take the lock and open. `person`, if given, must be the name this passphrase belongs to.

        The key is taken over by the result, or wiped when this fails.

        Raises:
            VaultError: UNKNOWN_PERSON, LOCKED_BY_ANOTHER, DAMAGED_HEADER, NO_PERMISSION.
        """
        lock: OsLock | None = None
        try:
            contents = open_contents(proven.header, proven.master)
            if person is not None and folded_name(person) != folded_name(contents.display_name):
                raise VaultError(Code.UNKNOWN_PERSON)
            lock = OsLock.acquire(self._layout.lock)
            # between deriving and locking another process may have saved: what counts is what is there now
            header = self._read_header(proven.header.body.person_file, earlier=proven.earlier)
            unlocked = Unlocked(self._layout, lock, header, proven.master, in_place=not proven.earlier)
            self._mend()
            if proven.raised is not None:
                key_changes.take_raised(unlocked, proven.raised, proven.header)
            with suppress(VaultError):  # what is left over can wait for the next opening
                key_changes.sweep(unlocked)
            with suppress(VaultError):  # without a card nothing can be dropped; that must not keep anyone out
                own = (self.vault_id, header.body.person_file, unlocked.person_id, unlocked.identity)
                self.card_was_exchanged = repair_card(self._layout, *own)
        except BaseException:
            proven.wipe()
            if lock is not None:
                lock.release()
            raise
        return unlocked

    def unlock(self, passphrase: str, person: str | None = None, *, earlier: bool = False) -> Unlocked:
        """Both steps at once, for the command line and for tests.

        Raises:
            VaultError: as `derive` and `open_with`.
        """
        proven = self.derive(passphrase, earlier=earlier)
        if proven is None:
            raise VaultError(Code.WRONG_PASSPHRASE)
        return self.open_with(proven, person)

    def _headers(self, *, earlier: bool, only: str | None = None) -> tuple[list[Header], VaultError | None]:
        """All readable headers, or `only` that person's, and the first refusal among the others."""
        headers: list[Header] = []
        problem: VaultError | None = None
        names = tuple(name for name in self._layout.person_files(earlier=earlier) if only in (None, name))
        for name in names:
            try:
                headers.append(self._read_header(name, earlier=earlier))
            except VaultError as error:
                rescue = 0 if earlier else int(self._readable_earlier(name))
                problem = problem or VaultError(error.code, **{**error.detail, "earlier": rescue})
        if not names:
            problem = VaultError(Code.INCOMPLETE_COPY, missing="people", earlier=int(not earlier))
        return headers, problem

    def _readable_earlier(self, person_file: str) -> bool:
        with suppress(VaultError):
            self._read_header(person_file, earlier=True)
            return True
        return False

    def _read_header(self, person_file: str, *, earlier: bool) -> Header:
        header = parse(read_file(self._layout.key_file(person_file, earlier=earlier), HEADER_BYTES))
        if header.body.vault_id != self.vault_id:
            raise VaultError(Code.DAMAGED_HEADER, reason="other_vault")
        if header.body.person_file != person_file:
            raise VaultError(Code.DAMAGED_HEADER, reason="other_person")
        return header

    def _mend(self) -> None:
        """Put back what copying tools drop: empty folders and, from the authenticated header, the public file."""
        for folder in self._layout.folders:
            if not folder.exists():
                make_folder(folder)
        if not self._meta_whole:
            replace_file(self._layout.meta, encode_meta(self.vault_id))
            self._meta_whole = True


def _looks_like_vault(layout: Layout) -> bool:
    """Complete, or once complete: an unfinished creation never held an entry and is none."""
    if layout.meta.exists():
        return True
    return layout.people.is_dir() and not layout.unfinished.exists()


def _vault_id_of_headers(layout: Layout) -> str:
    """The vault all readable headers agree on; authenticated as soon as one of them opens."""
    found: set[str] = set()
    for earlier in (False, True):
        for name in layout.person_files(earlier=earlier):
            with suppress(VaultError):
                found.add(parse(read_file(layout.key_file(name, earlier=earlier), HEADER_BYTES)).body.vault_id)
    if len(found) != 1:
        raise VaultError(Code.DAMAGED_HEADER, reason="meta")
    return found.pop()
