"""Words typed while the list is being read: what was read for other words is not shown as found by these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from pytestqt.qtbot import QtBot

from app.services.desk import Desk
from app.services.session import Session
from app.ui.models.timeline_rows import EntryRow
from app.ui.runtime.tasks import Failed, Tasks, Typed
from app.ui.screens.journal.screen import JournalScreen
from tests.fixtures.page_context import entered, page_on_screen

T = TypeVar("T")


class SlowTasks:
    """Does the work at once and keeps what came of it until it is let through."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._held: list[Callable[[], None]] = []
        self.holds = False

    def run(
        self,
        work: Callable[[Desk], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        slot: str | None = None,
        typed: Typed | None = None,
    ) -> None:
        def arrived(value: T) -> None:
            if self.holds:
                self._held.append(lambda: done(value))
            else:
                done(value)

        self._tasks.run(work, arrived, failed, slot=slot, typed=typed)

    def let_through(self) -> None:
        self.holds = False
        for arrive in self._held:
            arrive()
        self._held.clear()

    def close(self, patience_s: float | None = None) -> bool:
        return self._tasks.close(patience_s)

    def unsaved(self) -> tuple[Typed, ...]:
        return self._tasks.unsaved()


def _titles(screen: JournalScreen) -> list[str]:
    return [row.title for row in screen._presenter.shown.rows if isinstance(row, EntryRow)]


def test_rows_read_for_other_words_never_stand_as_found(qtbot: QtBot, couple: Session) -> None:
    page = page_on_screen(qtbot, couple)
    tasks = SlowTasks(page.ctx.tasks)
    screen = entered(page, JournalScreen(replace(page.ctx, tasks=tasks)))
    page.desk.journal.add("note", {"body": "the harbour"})
    page.desk.journal.add("note", {"body": "the orchard"})
    qtbot.keyClicks(screen._view.search, "harbour")
    screen._presenter.listing.begin()
    assert _titles(screen) == ["the harbour"]

    tasks.holds = True
    screen._presenter.listing.again()
    screen.find()
    qtbot.keyClicks(screen._view.search, "orchard")
    tasks.let_through()
    assert screen._presenter.shown.listed.words == "harbour"
    assert _titles(screen) == ["the harbour"]

    qtbot.waitUntil(lambda: _titles(screen) == ["the orchard"])
    assert screen._presenter.shown.listed.words == "orchard"
