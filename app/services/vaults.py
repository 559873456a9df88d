"""Making, unlocking and closing vaults: from a passphrase to a desk, and from a desk back to a closed folder.

Opening has two halves, because the encrypted file belongs to the thread that opens it: `prove` and `found` do the slow
work with keys (a pool thread) and return a `Door`; `Door.open_desk` opens the file where it will be used (the worker).
A door that is not wanted any more is shut and leaves nothing behind. `unlock` and `create_vault` do both halves.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.crypto.kdf import DEFAULT, KdfParams
from app.crypto.recovery import parse as parse_code
from app.data import revisions, tries
from app.data.backup_set import MANIFEST
from app.data.cipher import open_space, sorted_errors
from app.data.connection import Connection
from app.data.shared_space import remember_heads
from app.data.space import Space, SpaceMeta, belongs_to
from app.data.tries import Missed
from app.data.unlocked import Unlocked
from app.data.vault_folder import ProvenKey, VaultFolder
from app.data.vault_layout import Layout
from app.domain import content as content_pack
from app.domain.content import Content
from app.domain.errors import Code, VaultError
from app.domain.kinds.registry import Kinds
from app.domain.records import SpaceId
from app.services import people, release_choice
from app.services.backups import back_up_older, keep_up
from app.services.erasing import finish_begun
from app.services.local_time import Now, system_now, zone_name
from app.services.own_vault import OwnVault
from app.services.session import Person, Session

if TYPE_CHECKING:
    from app.services.desk import Desk


POLICY = DEFAULT
"""What one guess shall cost today: new vaults are made so, and a slot that costs less is wrapped anew while opening."""


@dataclass(frozen=True, slots=True)
class Words:
    """The decoded content pack and the kinds built from it: needed to open anything, the same for every vault."""

    content: Content
    kinds: Kinds


def load_words(folder: Path, language: str = "en") -> Words:
    """Decode the content pack and build its kinds (some tens of milliseconds, for a pool thread).

    Raises:
        LeewardError: CONTENT_BROKEN.
    """
    content = content_pack.load(folder, language)
    return Words(content, Kinds(content))


def _never() -> bool:
    return False


class Door:
    """A vault one person has unlocked, before or after its file is open. Holds keys and the vault's lock."""

    def __init__(self, unlocked: Unlocked, missed: Missed | None = None, *, card_exchanged: bool = False) -> None:
        """Take over the keys; use `prove` or `found`. `missed` are the tries to tell the owner about.

        `card_exchanged`: their public card carried somebody else's keys, so that what was left for them while the
        journal was locked may have been sealed to another person. It has been written anew.
        """
        self._unlocked = unlocked
        self.missed = missed
        self.card_exchanged = card_exchanged
        self.person = Person(unlocked.person_id, unlocked.display_name)
        self.folder = unlocked.root
        self.vault = OwnVault(unlocked)
        self._closed = False

    def open_desk(
        self, words: Words, now: Now, zone: str, *, partner: str | None = None, accept_older: bool = False
    ) -> Desk:
        """Open the private file on the calling thread and set out every service. Shuts the door when that fails.

        Args:
            words: content and kinds.
            now: tells the time for the person.
            zone: IANA name of the zone new entries are written in.
            partner: the other person's name, for a vault that was just made; None leaves what is there.
            accept_older: open although the file lacks entries this person has seen, on the person's own word.

        Raises:
            VaultError: as `cipher.open_space` and `Space.open`; OLDER_COPY with the `date` it was last seen on.
        """
        from app.services.desk import Desk

        connection: Connection | None = None
        session: Session | None = None
        try:
            key = self._unlocked.space
            meta = SpaceMeta(self._unlocked.vault_id, SpaceId(key.id), key.epoch)
            connection = open_space(key.path, key.key, key.salt, check=belongs_to(meta))
            if not accept_older:
                self._refuse_older(connection)
            space = Space.open(
                connection, words.kinds, before_migrating=lambda _from, _to: back_up_older(self._unlocked, now())
            )
            session = Session(self.person, space, words.kinds, words.content, now, zone)
            if partner:
                session.name_partner(partner)
            if accept_older or self._is_laid_out_copy():
                release_choice.end_all(connection)
                with contextlib.suppress(OSError):
                    (self.folder / MANIFEST).unlink(missing_ok=True)
            people.open_for_two(session, self._unlocked)
            desk = Desk(session, lambda: self._close(session), self.vault)
            if desk.inbox is not None:
                desk.inbox.join_quietly()
            return desk
        except BaseException:
            if session is not None and session.shared is not None:
                session.shared.close()
            if connection is not None:
                connection.close()
            self.shut()
            raise

    def choose_passphrase(self, passphrase: str, *, kdf: KdfParams | None = None) -> None:
        """Set another passphrase before anything is opened, after the recovery code did it. Slow, for a pool thread.

        Raises:
            VaultError: as `Unlocked.change_passphrase`.
        """
        self._unlocked.change_passphrase(passphrase, kdf=kdf or POLICY)
        keep_up(self._unlocked)

    def shut(self) -> None:
        """Wipe the keys and give the vault back. Safe to call more than once."""
        self._unlocked.close()

    def _is_laid_out_copy(self) -> bool:
        """A copy was laid out here as a vault and is opened for the first time: what told what it holds is there still.

        It may let something be seen that was taken back where it was copied.
        """
        return (self.folder / MANIFEST).exists()

    def _refuse_older(self, connection: Connection) -> None:
        key = self._unlocked.space
        with sorted_errors(key.path):
            if revisions.contains(connection, self.person.id, key.head_seq, key.head):
                return
        seen = {"date": key.head_seen_at.date().isoformat()} if key.head_seen_at else {}
        raise VaultError(Code.OLDER_COPY, **seen)

    def _close(self, session: Session) -> None:
        """Let the header remember where the chain stands, close the file, wipe the keys, release the lock.

        Safe to call more than once. The file is closed and the keys wiped even when the header cannot be written; the
        refusal is then passed on.
        """
        if self._closed:
            return
        self._closed = True
        space, shared = session.space, session.shared  # as they are now: a change of keys gives them other files
        with contextlib.ExitStack() as ending:
            ending.callback(self.shut)
            ending.callback(self._close_files, space, shared)
            remember_heads(self._unlocked, space, shared)

    def _close_files(self, space: Space, shared: Space | None) -> None:
        """Close both; what waits for that is done only when neither was exchanged meanwhile."""
        try:
            if shared is not None:
                shared.close()
        finally:
            space.close()
        self.vault.act_at_end()


def exists(path: Path) -> bool:
    """Whether there is a vault to unlock: complete, damaged or from a newer release, but not nothing."""
    try:
        VaultFolder.open(path)
    except VaultError as error:
        return error.code is not Code.NO_VAULT
    return True


def found(path: Path, name: str, passphrase: str, words: Words, *, kdf: KdfParams | None = None) -> Door:
    """Make a vault for one person and hold it open. Slow (one derivation), for a pool thread.

    Raises:
        VaultError: as `VaultFolder.create`.
        RecordError: INVALID_RECORD for a name that cannot be used.
    """

    def prepare(connection: Connection, vault_id: str, space_id: SpaceId) -> None:
        Space.create(connection, words.kinds, SpaceMeta(vault_id, space_id))

    return Door(VaultFolder.create(path, name, passphrase, kdf=kdf or POLICY, prepare=prepare))


def prove(
    path: Path,
    passphrase: str,
    person: str | None = None,
    *,
    cancelled: Callable[[], bool] = _never,
    earlier: bool = False,
    person_file: str | None = None,
) -> Door | None:
    """Try a passphrase on every person of a vault. Slow, for a pool thread; None when `cancelled` said so meanwhile.

    `earlier` tries the kept previous generation of the key files, only ever on the person's own word. `person_file`
    limits the try to the person whose mark was chosen. A miss is counted; `wait_s` says how long the next one waits.

    Raises:
        VaultError: as `VaultFolder.open`, `derive` and `open_with`: WRONG_PASSPHRASE and everything that is not that.
    """
    finish_begun(path)
    folder = VaultFolder.open(path)
    try:
        proven = folder.derive(
            passphrase, cancelled=cancelled, earlier=earlier, person_file=person_file, raise_to=POLICY
        )
    except VaultError as error:
        if error.code is Code.WRONG_PASSPHRASE:
            tries.note_miss(Layout(folder.root), person_file or "")
        raise
    if proven is None:
        return None
    door = _through(folder, proven, person)
    if cancelled():
        door.shut()
        return None
    return door


def prove_code(path: Path, typed: str) -> Door:
    """Open with a recovery code as it was typed. What follows must be `Door.choose_passphrase`.

    Raises:
        VaultError: CODE_TYPO (with the `group`), CODE_RETIRED, CODE_ELSEWHERE; as `VaultFolder.open` and `open_with`.
    """
    code = parse_code(typed)
    finish_begun(path)
    folder = VaultFolder.open(path)
    return _through(folder, folder.derive_from_code(code), None)


def wait_s(path: Path, person_file: str | None = None) -> float:
    """Seconds until the next passphrase may be tried on a vault, 0 to 60; 0 where there is none.

    `person_file` is the person whose mark was chosen: their own misses count then, and nobody else's.
    """
    try:
        return tries.wait_s(Layout(VaultFolder.open(path).root), person_file=person_file or "")
    except VaultError:
        return 0.0


def _through(folder: VaultFolder, proven: ProvenKey, person: str | None) -> Door:
    person_file = proven.header.body.person_file
    unlocked = folder.open_with(proven, person)
    missed = tries.opened(Layout(folder.root), person_file)
    return Door(unlocked, missed, card_exchanged=folder.card_was_exchanged)


def create_vault(
    path: Path,
    name: str,
    passphrase: str,
    partner: str | None = None,
    *,
    content: Content,
    now: Now = system_now,
    zone: str | None = None,
    kdf: KdfParams | None = None,
) -> Desk:
    """Both halves at once on one thread: for the command line, the sample vault and tests.

    Raises:
        VaultError: as `found` and `Door.open_desk`.
    """
    words = Words(content, Kinds(content))
    door = found(path, name, passphrase, words, kdf=kdf)
    return door.open_desk(words, now, zone or zone_name(), partner=partner)


def unlock(
    path: Path,
    passphrase: str,
    person: str | None = None,
    *,
    content: Content,
    now: Now = system_now,
    zone: str | None = None,
) -> Desk:
    """Both halves at once on one thread: for the command line and tests.

    Raises:
        VaultError: as `prove` and `Door.open_desk`.
    """
    door = prove(path, passphrase, person)
    if door is None:
        raise VaultError(Code.WRONG_PASSPHRASE)
    return door.open_desk(Words(content, Kinds(content)), now, zone or zone_name())
