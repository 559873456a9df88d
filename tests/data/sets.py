"""A whole vault with entries, its keys lent, and one finished set of it, for the tests of backups."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from app.data import backups
from app.data.backup_set import BackupKey, BackupSet, own_sets
from app.data.vault_layout import Layout
from app.domain.backing_up import Why
from app.services.desk import Desk
from tests.fixtures import vault

NOW = dt.datetime(2026, 5, 14, 17, 30, tzinfo=dt.UTC)


def order(now: dt.datetime = NOW, why: Why = Why.ASKED) -> backups.Order:
    """What to make."""
    return backups.Order(why, "0.0-test", now)


def note(desk: Desk, words: str) -> str:
    """Write one note; returns its id."""
    return desk.journal.add("note", {"body": words})


@dataclass
class Open:
    """An open vault: the desk, where it lies, and its keys."""

    desk: Desk
    layout: Layout
    key: BackupKey

    def make(self, now: dt.datetime = NOW) -> BackupSet:
        """One more set."""
        made = backups.make(self.layout, self.key, order(now))
        assert made is not None
        return made

    def sets(self) -> tuple[BackupSet, ...]:
        """What is found."""
        return own_sets(backups.folder_of(self.layout), self.key)

    def close(self) -> None:
        """Give everything back."""
        self.key.wipe()
        self.desk.close()


def opened(path: Path, notes: int = 3) -> Open:
    """A copy of the template vault with so many notes in it, open."""
    if not path.exists():
        vault.copied(path)
    desk = vault.opened(path)
    for number in range(notes):
        note(desk, f"marker words number {number} " * 8)
    assert desk.vault is not None
    return Open(desk, Layout(path.resolve()), backups.key_of(desk.vault.unlocked))
