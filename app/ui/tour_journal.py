"""The tour's stops about the timeline: its filters, what they leave, a month to go to, and an entry beside the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.services.desk import Desk
from app.services.filtering import NO_FILTER, Filter
from app.ui.main_window import MainWindow
from app.ui.screens.journal.filter_surface import FilterSurface
from app.ui.screens.journal.view import JournalView

_SOUGHT: Final = "fe"


def journal_stops(shown: Callable[[], MainWindow], desk: Desk) -> dict[str, Callable[[], None]]:
    """What brings the window of the sample journal to each stop, in order.

    `shown` is the window with nothing over its page.
    """

    def view() -> JournalView:
        session = shown()
        session.go("journal")
        found = session.findChildren(JournalView)[0]
        found.filtered.emit(NO_FILTER)
        found.search.clear()
        return found

    def rest() -> None:
        view().timeline.focus_first()

    def choose() -> None:
        view().filter_asked.emit()

    def seek() -> None:
        over = view()
        over.filter_asked.emit()
        for surface in over.window().findChildren(FilterSurface):
            surface.sought.setText(_SOUGHT)

    def some() -> None:
        view().filtered.emit(_some(desk))

    def nothing() -> None:
        view().filtered.emit(Filter(kinds=("life_marker",), tags=("emotions:fear",)))

    def months() -> None:
        view().timeline.month_asked.emit()

    return {
        "journal-on-this-day": rest,
        "journal-filters": choose,
        "journal-filters-found": seek,
        "journal-filtered": some,
        "journal-filter-empties": nothing,
        "journal-months": months,
        "journal-unfiltered": rest,
    }


def _some(desk: Desk) -> Filter:
    """A kind, a thread, a tag and a stretch of days that leave something of the sample."""
    present = desk.timeline.present()
    first = present.span[0] if present.span is not None else None
    threads = tuple(thread.record for thread in present.threads[:1])
    tags = tuple(tag.key for tag in present.tags if tag.group == "emotions")[:2]
    return Filter(kinds=("trigger",), threads=threads, tags=tags, first=first)
