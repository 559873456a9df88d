"""The tour's stops about copies: the section, a check under way and what it found, what is asked before going back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from app.services.backups import quietly
from app.services.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.screens.backups.state import Doing
from app.ui.screens.settings.backup import BackupSection
from app.ui.text import tr
from app.ui.widgets.buttons import Button

Arrive = Callable[[], None]
_HALF_WAY: Final = 0.42


class Touring(Protocol):
    """What these stops ask of the tour."""

    def at(self, desk: Desk) -> MainWindow:
        """This person's journal as it stands in the window, with nothing over its page."""


class Copies:
    """Goes to one of `stops` after the other; `alone` has no copy yet, `desk` gets one on the way."""

    def __init__(self, tour: Touring, desk: Desk, alone: Desk) -> None:
        self._tour, self._desk, self._alone = tour, desk, alone

    def stops(self) -> dict[str, Arrive]:
        """Where to go, by name, in order."""
        return {
            "backup-none": lambda: _nothing(self._begin(self._alone)),
            "backup": self._with_copies,
            "backup-checking": self._checking,
            "backup-checked": self._checked,
            "backup-go-back": lambda: self._press(tr("Go back…")),
            "backup-erase": lambda: self._press(tr("Erase my part…")),
        }

    def _begin(self, desk: Desk) -> BackupSection:
        session = self._tour.at(desk)
        session.go("settings", "backup")
        section = session.findChildren(BackupSection)[0]
        section.render_state(section.presenter.shown)
        return section

    def _with_copies(self) -> None:
        if self._desk.backups.standing().last_good is None:
            quietly(self._desk.backups.making())
        self._begin(self._desk)

    def _checking(self) -> None:
        section = self._section()
        state = replace(section.presenter.shown, doing=Doing.CHECKING, part=_HALF_WAY)
        section.render_state(state)

    def _checked(self) -> None:
        from app.ui.screens.backups import words

        section = self._section()
        found = quietly(self._desk.checking.checking())
        said = words.checked(found) if found is not None else ""
        section.render_state(replace(section.presenter.shown, said=said))

    def _section(self) -> BackupSection:
        self._with_copies()
        return self._begin(self._desk)

    def _press(self, words: str) -> None:
        buttons = self._section().findChildren(Button)
        next(button for button in buttons if button.text() == words and button.isEnabled()).click()


def _nothing(_section: BackupSection) -> None:
    """It stands there; nothing more is to be done with it."""
