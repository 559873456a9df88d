"""The unlocked vault behind a session, for the few use cases that need more than the open space: keys and backups.

What replaces or removes a space file has to wait until that file is closed; such acts are left here and done between
closing the files and giving up the keys.
"""

from __future__ import annotations

from collections.abc import Callable

from app.data.unlocked import Unlocked

AtEnd = Callable[[Unlocked], object]


class OwnVault:
    """One person's keys while their desk stands, and what is to be done with the files once they are closed."""

    def __init__(self, unlocked: Unlocked) -> None:
        self.unlocked = unlocked
        self._at_end: list[AtEnd] = []

    def at_end(self, act: AtEnd) -> None:
        """Do this after the files were closed, before the keys are wiped."""
        self._at_end.append(act)

    def act_at_end(self) -> None:
        """Do what was left, in order, once."""
        acts, self._at_end = self._at_end, []
        for act in acts:
            act(self.unlocked)
