"""Copies of the journal as a person meets them: where they are, whether they open, how to get one back.

What takes long is handed out as `Work`: prepared where the desk is, carried out on any thread with keys lent for it,
while the journal goes on being written in. What exchanges a live file waits until the desk is closed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from app.data import backups, keeping, restoring, rewrapping
from app.data.backup_set import BackupKey, BackupSet, made_at, own_sets
from app.data.copying import Cancelled, Progress, gently
from app.data.courtesy import giving_way
from app.data.former_keys import forget_former_sets, former_sets
from app.data.restoring import Kept, Prepared
from app.data.unlocked import Unlocked
from app.data.vault_layout import Layout
from app.domain.backing_up import Why
from app.domain.errors import Code, LeewardError, VaultError
from app.services import release_choice
from app.services.own_vault import OwnVault
from app.services.session import Session

T = TypeVar("T")
Work = Callable[[Cancelled, Progress], T]
"""Something slow for a thread of its own: told when to stop, tells how far it is (0 to 1). None when called off."""

RELEASE: Final = "0.1.0"
"""The release that runs, as a manifest notes it; a test holds it equal to the package's."""
TEST_EVERY_DAYS: Final = 91
_TESTED: Final = "backup_tested"


class SetRow(msgspec.Struct, frozen=True):
    """One set as a line of a list. `made` is in the person's zone, None where its manifest does not open."""

    id: str
    made: dt.datetime | None
    why: Why | None
    bytes: int
    with_shared: bool
    good: bool


class KeptRow(msgspec.Struct, frozen=True):
    """A file that was set aside, by its name, and when it last changed."""

    name: str
    changed: dt.datetime
    bytes: int
    shared: bool


class Opened(msgspec.Struct, frozen=True):
    """A copy that was opened and found whole: how many saved states, and the newest entry's day as an ordinal."""

    revisions: int
    last_day: int | None


class Ready(msgspec.Struct, frozen=True):
    """Copies that lie ready beside the live files; for `Backups.go_back` and nothing else."""

    files: tuple[Prepared, ...]


class Standing(msgspec.Struct, frozen=True):
    """How things stand. Good sets come first, newest first. `tested` is the day one was last opened to see that it can
    be; `test_due` says that this is a quarter ago, or never was, while there are sets.
    """

    place: Path
    sets: tuple[SetRow, ...]
    kept: tuple[KeptRow, ...]
    tested: dt.date | None
    test_due: bool

    @property
    def last_good(self) -> SetRow | None:
        """The newest set that counts."""
        return next((row for row in self.sets if row.good), None)


class Backups:
    """The verbs of one session. Without a vault behind the desk (a bare space in a test) all of them refuse."""

    def __init__(self, session: Session, vault: OwnVault | None) -> None:
        self._session = session
        self._own = vault
        self._last: dt.date | None = None

    def standing(self) -> Standing:
        """Place, sets, files set aside, and when one was last tried. Reads manifests only: a few milliseconds.

        Raises:
            VaultError: NO_VAULT, NO_PERMISSION.
        """
        layout = self._layout
        with self._key() as key:
            sets = own_sets(backups.folder_of(layout), key)
            kept = restoring.kept_files(layout, key)
        stored = keeping.setting(self._session.connection, _TESTED)
        tested = dt.date.fromisoformat(stored) if stored else None
        overdue = tested is None or (self._today() - tested).days >= TEST_EVERY_DAYS
        return Standing(
            place=backups.folder_of(layout),
            sets=tuple(self._row(one) for one in sets),
            kept=tuple(self._kept_row(one) for one in kept),
            tested=tested,
            test_due=overdue and any(one.good for one in sets),
        )

    def due(self) -> bool:
        """Whether today's copy is still to be made, or one that has to replace others. Cheap after the first time."""
        if self._own is None:
            return False
        if self._outlived():
            return True
        if self._last == self._today():
            return False
        good = [row.made.date() for row in self.standing().sets if row.good and row.made is not None]
        self._last = max(good, default=None)
        return self._last != self._today()

    def making(self, why: Why = Why.ASKED) -> Work[BackupSet | None]:
        """Make a set, look through it, and thin the others: only after this one was found whole.

        It also takes the place of those that opened with keys which have ended since.

        Raises:
            VaultError: NO_VAULT; the work raises as `backups.make`.
        """
        keep_up(self._vault.unlocked)
        layout, outlived, key = self._layout, self._outlived(), self._key()
        order = backups.Order(why, RELEASE, self._session.now().astimezone(dt.UTC))
        self._last = self._today()

        def work(cancelled: Cancelled, progress: Progress) -> BackupSet | None:
            with key, gently():
                made = backups.make(layout, key, order, cancelled=giving_way(cancelled), progress=progress)
                if made is not None:
                    backups.remove_sets(layout, outlived)
                    backups.thin(own_sets(backups.folder_of(layout), key))
            return made

        return work

    def daily(self) -> Work[BackupSet | None] | None:
        """The work of the first change of a day, or None when today's copy is there."""
        return self.making(Why.DAILY) if self.due() else None

    def finishing(self) -> Work[BackupSet | None] | None:
        """What a change of all keys was cut short of: a copy under the new keys in place of those under the former.

        None where nothing of that is left to do, as nearly always.

        Raises:
            VaultError: as `making`; DAMAGED_ENTRIES.
        """
        return self.making(Why.BEFORE_ROTATION) if self._own is not None and self._outlived() else None

    def trying(self, name: str) -> Work[Opened | None]:
        """Open a set, or a file that was set aside, for real and look through all of it.

        Raises:
            VaultError: NO_VAULT, INCOMPLETE_COPY when it is gone; the work raises as `restoring.try_set`.
        """
        found, key = self._found(name)

        def work(cancelled: Cancelled, _progress: Progress) -> Opened | None:
            asked = giving_way(cancelled)
            with key, gently():
                if isinstance(found, BackupSet):
                    tried = restoring.try_set(found, key, cancelled=asked)
                else:
                    tried = restoring.try_kept(found, key, cancelled=asked)
            return Opened(tried.revisions, tried.last_day) if tried is not None else None

        return work

    def note_tried(self) -> None:
        """Remember that a set was opened today and was whole."""
        keeping.set_setting(self._session.connection, _TESTED, self._today().isoformat())

    def taking_along(self, name: str, folder: Path) -> Work[Path | None]:
        """Lay a set out as a vault of its own, in a new folder of neutral name inside `folder`.

        Raises:
            VaultError: NO_VAULT, INCOMPLETE_COPY; the work raises as `backups.take_along`.
        """
        found, key = self._found(name)
        if not isinstance(found, BackupSet):
            raise VaultError(Code.INCOMPLETE_COPY)
        target = free_name(folder, self._today())

        def work(cancelled: Cancelled, progress: Progress) -> Path | None:
            with key:
                return backups.take_along(found, key, target, cancelled=cancelled, progress=progress)

        return work

    def going_back(self, name: str) -> Work[Ready | None]:
        """Lay the private file of a set (or one that was set aside) ready beside the live one.

        The shared file stays as it is: the other person's words are in it. Where it cannot be opened, the restore of
        the locked program brings it back too.

        Raises:
            VaultError: NO_VAULT, INCOMPLETE_COPY; the work raises as `restoring.prepare_set`.
        """
        found, key = self._found(name)
        layout, private = self._layout, frozenset({key.contents.private.space_id})

        def work(cancelled: Cancelled, progress: Progress) -> Ready | None:
            with key, gently():
                if isinstance(found, BackupSet):
                    files = restoring.prepare_set(found, key, layout, private, cancelled=cancelled, progress=progress)
                else:
                    files = restoring.prepare_kept(found, key, layout, cancelled=cancelled, progress=progress)
            return Ready(files) if files is not None else None

        return work

    def go_back(self, ready: Ready) -> None:
        """Exchange the files as soon as the desk is closed; the caller closes it next."""

        def act(unlocked: Unlocked) -> None:
            with backups.key_of(unlocked) as key:
                restoring.exchange(ready.files, key)
            restoring.accept(unlocked, ready.files)
            release_choice.end_all_of(unlocked)

        self._vault.at_end(act)

    @property
    def _vault(self) -> OwnVault:
        if self._own is None:
            raise VaultError(Code.NO_VAULT)
        return self._own

    @property
    def _layout(self) -> Layout:
        return Layout(self._vault.unlocked.root)

    def _key(self) -> BackupKey:
        return backups.key_of(self._vault.unlocked)

    def _found(self, name: str) -> tuple[BackupSet | Kept, BackupKey]:
        """A set by its id or a set-aside file by its name, with keys for the work."""
        key = self._key()
        try:
            for one in own_sets(backups.folder_of(self._layout), key):
                if one.id == name:
                    return one, key
            for kept in restoring.kept_files(self._layout, key):
                if kept.path.name == name:
                    return kept, key
        except BaseException:
            key.wipe()
            raise
        key.wipe()
        raise VaultError(Code.INCOMPLETE_COPY)

    def _outlived(self) -> tuple[str, ...]:
        """Sets under ended keys that are still there; the note about them goes once they are gone."""
        noted = former_sets(self._session.connection)
        still = backups.lying_there(self._layout, noted)
        if noted and not still:
            with suppress(VaultError):
                forget_former_sets(self._session.connection)
        return still

    def _today(self) -> dt.date:
        return self._session.now().date()

    def _row(self, one: BackupSet) -> SetRow:
        if one.manifest is None:
            return SetRow(one.id, None, None, 0, with_shared=False, good=False)
        made = made_at(one).astimezone(ZoneInfo(self._session.zone))
        shared = any(space.shared for space in one.manifest.spaces)
        return SetRow(one.id, made, one.manifest.why, one.manifest.size_bytes, with_shared=shared, good=one.good)

    def _kept_row(self, kept: Kept) -> KeptRow:
        changed = dt.datetime.fromtimestamp(kept.changed_s, ZoneInfo(self._session.zone))
        return KeptRow(kept.path.name, changed, kept.bytes, kept.shared)


def back_up_older(unlocked: Unlocked, now: dt.datetime) -> None:
    """A set of everything while its files still have the older form; what it raises stops the migration.

    Raises:
        VaultError: as `backups.make`.
    """
    with backups.key_of(unlocked) as key:
        backups.make(Layout(unlocked.root), key, backups.Order(Why.BEFORE_MIGRATION, RELEASE, now.astimezone(dt.UTC)))


def keep_up(unlocked: Unlocked) -> bool:
    """Let the copies in the vault's folder open with what opens the journal now, and with nothing else. A moment.

    False when it could not be done yet: while a copy is being made, or where the disk refuses. Nothing is lost then,
    and making the next copy does it again.
    """
    with suppress(VaultError), backups.key_of(unlocked) as key:
        return rewrapping.renew_headers(Layout(unlocked.root), key)
    return False


def quietly(work: Work[T]) -> T | None:
    """Carry a work out here and now; a refusal is passed over (the next change tries again).

    For what happens by itself, where nobody asked and nobody waits.
    """
    with suppress(LeewardError):
        return work(lambda: False, lambda _part: None)
    return None


def free_name(folder: Path, day: dt.date, endings: tuple[str, ...] = ("",)) -> Path:
    """A path for something new in `folder`: the plain word and the day, with a number where one of `endings` is taken.

    Raises:
        VaultError: VAULT_EXISTS when a thousand are.
    """
    stem = f"journal-{day.isoformat()}"
    for number in range(1, 1000):
        path = folder / (stem if number == 1 else f"{stem}-{number}")
        if not any(path.with_name(path.name + ending).exists() for ending in endings):
            return path
    raise VaultError(Code.VAULT_EXISTS)


def program() -> str:
    """The release that runs. Not asked of the installed package: the module that reads it loads sockets."""
    return RELEASE
