"""The tour's stops about two people: what is shared by whom, the words before sharing, sitting down together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtWidgets import QWidget

from app.services import demo
from app.services.desk import Desk
from app.services.filtering import Filter
from app.ui.main_window import MainWindow
from app.ui.screens.journal.view import JournalView
from app.ui.screens.people.welcome import WelcomeSurface
from app.ui.screens.sharing.view import SharingSurface, open_sharing

Arrive = Callable[[], None]
_NAME: Final = "Jules"


class Touring(Protocol):
    """What these stops ask of the tour."""

    def enter(self, desk: Desk) -> MainWindow:
        """Show this person's journal in the window, from its beginning."""

    def at(self, desk: Desk) -> MainWindow:
        """This person's journal as it stands in the window, with nothing over its page."""


class Two:
    """Goes to one of `stops` after the other; `first`, `second` and `alone` are three journals that are open."""

    def __init__(self, tour: Touring, first: Desk, second: Desk, alone: Desk) -> None:
        self._tour, self._first, self._second, self._alone = tour, first, second, alone

    def stops(self) -> dict[str, Arrive]:
        """Where to go, by name, in order."""
        return {
            "people-alone": self._alone_people,
            "people-welcome": self._welcome,
            "people-handed-over": self._handed_over,
            "people-two": lambda: self._tour.at(self._first).go("settings", "people"),
            "journal-shared": self._shared,
            "journal-theirs": self._theirs,
            "sharing": self._sharing,
            "sharing-end": self._sharing_end,
            "second-today": lambda: self._tour.enter(self._second).go("today"),
            "second-journal": lambda: self._tour.at(self._second).go("journal"),
            "second-injuries": self._their_thread,
            "second-people": lambda: self._tour.at(self._second).go("settings", "people"),
        }

    def _alone_people(self) -> None:
        self._tour.at(self._alone).go("settings", "people")

    def _welcome(self) -> None:
        session = self._tour.at(self._alone)
        session.go("settings", "people")
        session.open_over(WelcomeSurface(session.context))

    def _handed_over(self) -> None:
        session = self._tour.at(self._alone)
        session.go("settings", "people")
        surface = WelcomeSurface(session.context)
        session.open_over(surface)
        surface.presenter.hand_over()
        surface.name.setText(_NAME)
        surface.new.take(demo.sample_passphrase(4))

    def _shared(self) -> None:
        session = self._tour.enter(self._first)
        session.go("journal")
        view = _journal_of(session)
        view.filtered.emit(Filter(shared=True))

    def _theirs(self) -> None:
        theirs = [one.entry for one in self._first.timeline.page(shared=True).rows if one.entry.theirs]
        covered = {kind.id for kind in self._first.session.content.kinds.values() if kind.cover}
        plain = [entry for entry in theirs if entry.kind not in covered and entry.title] or theirs
        self._tour.at(self._first).go("journal", plain[0].id if plain else None)

    def _sharing(self) -> None:
        self._show_sharing()

    def _show_sharing(self) -> SharingSurface | None:
        session = self._tour.at(self._first)
        session.go("journal")
        for row in self._first.timeline.page(shared=False, limit=200).rows:
            if self._first.timeline.open(row.entry.id).shareable:
                open_sharing(session.context, row.entry.id)
                return next(iter(self._open(session)), None)
        return None

    def _sharing_end(self) -> None:
        surface = self._show_sharing()
        if surface is not None:
            surface.tick.setFocus()
            surface.tick.setChecked(True)
            surface.show_end()

    def _their_thread(self) -> None:
        theirs = [row for row in self._second.threads.list() if row.theirs]
        session = self._tour.at(self._second)
        session.go("injuries", theirs[0].record if theirs else None)
        from app.ui.widgets.cover import CoverView

        for cover in session.findChildren(CoverView):
            if cover.isVisible():
                cover.opened.emit()

    @staticmethod
    def _open(session: QWidget) -> list[SharingSurface]:
        return [one for one in session.findChildren(SharingSurface) if one.isVisible()]


def _journal_of(session: QWidget) -> JournalView:
    found = session.findChild(JournalView)
    if not isinstance(found, JournalView):
        raise TypeError("no journal page")
    return found
