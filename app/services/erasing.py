"""Erasing one's part, or the journal one is alone in: asked twice, carried out after a day or at once, never halfway.

The passphrase and a typed word are asked for by whoever calls; here the passphrase is proven against the person's own
header. A day's wait is a setting in the private space: only its owner knows of it, and only they can take it back.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import msgspec

from app.data import backups, erasing, keeping
from app.data.os_lock import OsLock
from app.data.unlocked import Unlocked
from app.data.vault_folder import VaultFolder
from app.data.vault_layout import Layout
from app.domain.errors import Code, VaultError
from app.services.own_vault import OwnVault
from app.services.session import Session

WAIT: Final = dt.timedelta(days=1)
_DUE: Final = "erase_at"
_WHOLE: Final = "erase_whole"


class Ending(msgspec.Struct, frozen=True):
    """What stands: `due` is the instant erasing was put off to, None when nothing is planned; `alone` whether the whole
    vault can go, which is what happens then.
    """

    due: dt.datetime | None
    alone: bool


class Erasing:
    """The verbs of one session."""

    def __init__(self, session: Session, vault: OwnVault | None) -> None:
        self._session = session
        self._own = vault

    def standing(self) -> Ending:
        """What is planned.

        Raises:
            VaultError: NO_VAULT.
        """
        stored = keeping.setting(self._session.connection, _DUE)
        due = dt.datetime.fromisoformat(stored) if stored else None
        unlocked = self._vault.unlocked
        return Ending(due, erasing.is_alone(Layout(unlocked.root), unlocked.person_file))

    def confirm(self, passphrase: str) -> None:
        """See that this is the person's own passphrase. Slow (a derivation); takes any thread.

        Raises:
            VaultError: WRONG_PASSPHRASE, also for the other person's.
        """
        unlocked = self._vault.unlocked
        proven = VaultFolder.open(unlocked.root).derive(passphrase)
        if proven is None:
            raise VaultError(Code.WRONG_PASSPHRASE)
        with proven:
            if proven.header.body.person_file != unlocked.person_file:
                raise VaultError(Code.WRONG_PASSPHRASE)

    def put_off(self, *, whole: bool = False) -> dt.datetime:
        """Erase after a day's wait; returns the instant. Until then `keep` takes it back."""
        due = self._session.now() + WAIT
        self._due_on(due, whole=whole)
        return due

    def keep(self) -> None:
        """Take it back: nothing is erased."""
        keeping.set_setting(self._session.connection, _DUE, "")

    def is_due(self) -> bool:
        """Whether the wait is over."""
        if self._own is None:
            return False
        stored = keeping.setting(self._session.connection, _DUE)
        return bool(stored) and dt.datetime.fromisoformat(str(stored)) <= self._session.now()

    def erase_as_planned(self) -> None:
        """What the wait was for; the caller closes the desk next."""
        self.erase(whole=bool(keeping.setting(self._session.connection, _WHOLE)))

    def erase(self, *, whole: bool = False) -> None:
        """Erase as soon as the desk is closed; the caller closes it next. There is no way back from there.

        Raises:
            VaultError: NOT_YOURS when the whole vault is meant and somebody else has a part in it.
        """
        vault = self._vault
        layout = Layout(vault.unlocked.root)
        with backups.key_of(vault.unlocked) as key:
            erasing.plan_for(layout, key, whole=whole)  # refused here, while there is somebody to tell
        self._due_on(self._session.now(), whole=whole)  # a cut before the first step: the next unlock does it

        def act(unlocked: Unlocked) -> None:
            with backups.key_of(unlocked) as key:
                erasing.begin(layout, erasing.plan_for(layout, key, whole=whole))
            erasing.finish(layout)

        vault.at_end(act)

    def _due_on(self, due: dt.datetime, *, whole: bool) -> None:
        keeping.set_setting(self._session.connection, _WHOLE, "1" if whole else "")
        keeping.set_setting(self._session.connection, _DUE, due.isoformat())

    @property
    def _vault(self) -> OwnVault:
        if self._own is None:
            raise VaultError(Code.NO_VAULT)
        return self._own


def finish_begun(folder: Path) -> int:
    """Finish what a cut left unfinished, before anybody is let in; returns how many parts went.

    Does nothing while somebody has the vault open: they are finishing it, or it will be seen next time.

    Raises:
        VaultError: NO_PERMISSION, WRITE_FAILED.
    """
    layout = Layout(folder)
    if not erasing.unfinished(layout):
        return 0
    try:
        lock = OsLock.acquire(layout.lock)
    except VaultError as error:
        if error.code is Code.LOCKED_BY_ANOTHER:
            return 0
        raise
    try:
        return erasing.finish(layout)
    finally:
        lock.release()
