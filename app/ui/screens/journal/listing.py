"""What the list of the Journal shows: the timeline under a filter, by windows, or what a search found, by pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import LeewardError
from app.services.desk import Desk
from app.services.filtering import NO_FILTER, Filter
from app.services.on_this_day import LookBack
from app.services.timeline import PAGE, TimelinePage, TimelineRow
from app.ui import text
from app.ui.context import Context
from app.ui.models.timeline_rows import Row
from app.ui.screens.journal.filter_words import FilterWords, Group, without
from app.ui.screens.journal.state import BackLine, Drop, Listed
from app.ui.screens.journal.windows import Window, Windows
from app.ui.screens.journal.words import JournalWords
from app.ui.text import tr

SEARCH_AFTER_MS: Final = 120
"""How long the keyboard rests before a search is asked for."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What one question brought: the shape and a window of it, or a page of a search."""

    page: TimelinePage
    windows: Windows | None = None
    window: Window | None = None
    back: tuple[LookBack, ...] = ()
    emptied: str = ""


class Listing(QObject):
    """Asks the desk for rows and keeps what came; `listed` says it whole each time it changes."""

    listed = Signal(object)
    """Emitted with each new Listed."""
    failed = Signal(object)
    """Emitted with the LeewardError of a question that was refused."""

    def __init__(self, ctx: Context, words: JournalWords, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._words = ctx, words
        self.filter_words = FilterWords(ctx)
        self.shown = Listed()
        self._windows: Windows | None = None
        self._sight = (0, 0)
        self._found: tuple[TimelineRow, ...] = ()
        self._last: TimelinePage | None = None
        self._fetching = False
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(SEARCH_AFTER_MS)
        self._resting.timeout.connect(self.begin)

    def search(self, words: str) -> None:
        """Look for words; without any the timeline stands again at once."""
        if words == self.shown.words:
            return
        self.shown = replace(self.shown, words=words)
        if words.strip():
            self._resting.start()
        else:
            self._resting.stop()
            self.begin()

    def narrow(self, wanted: Filter) -> None:
        """Keep what this filter leaves."""
        if wanted != self.shown.filter:
            self.shown = replace(self.shown, filter=wanted, choices=self.filter_words.choices(wanted))
            self.begin()

    def offer(self, done: Callable[[tuple[Group, ...]], None]) -> None:
        """What there is to filter by."""
        self._ctx.tasks.run(
            lambda desk: desk.timeline.present(),
            lambda present: done(self.filter_words.groups(present)),
            self._refused,
            slot="present",
        )

    def begin(self) -> None:
        """Read from the top."""
        self.shown = replace(self.shown, generation=self.shown.generation + 1)
        self._sight = (0, 0)
        self._fetch()

    def again(self) -> None:
        """Read what is shown once more, without moving the place one reads at."""
        self._fetch()

    def look(self, first: int, last: int) -> None:
        """These rows are in sight."""
        self._sight = (first, last)
        windows, generation, wanted = self._windows, self.shown.generation, self.shown.filter
        window = windows.missing(first, last) if windows is not None else None
        if windows is None or window is None:
            return

        def done(page: TimelinePage) -> None:
            if generation == self.shown.generation and windows is self._windows:
                self._fill(windows, window, page)

        self._ctx.tasks.run(
            lambda desk: desk.timeline.page(wanted, before=window.before, limit=window.limit),
            done,
            self._refused,
            slot="window",
        )

    def more(self) -> None:
        """Fetch the page of a search that follows."""
        last = self._last
        if last is None or last.below is None or self._fetching:
            return
        self._fetching = True
        words, wanted, generation = self.shown.words, self.shown.filter, self.shown.generation

        def done(page: TimelinePage) -> None:
            if generation == self.shown.generation:
                self._fetching = False
                self._show_found(_Read(page), (*self._found, *page.rows))

        self._ctx.tasks.run(lambda desk: desk.timeline.search(words, wanted, below=last.below), done, self._refused)

    def row_of_day(self, day: int) -> int:
        """Where a day (ordinal), or the next older one that holds entries, stands in the list."""
        return self._windows.row_of_day(day) if self._windows is not None else 0

    def rest(self) -> None:
        """Nobody looks: what was typed a moment ago is not searched for."""
        self._resting.stop()

    def let_go(self) -> None:
        """Forget every word; filters too."""
        self._resting.stop()
        self._windows, self._found, self._last = None, (), None
        self.filter_words.forget()
        self.shown = Listed(generation=self.shown.generation + 1)

    # -------------------------------------------------------------------------------------------------------- reading

    def _fetch(self) -> None:
        words, wanted, sight = self.shown.words, self.shown.filter, self._sight

        def work(desk: Desk) -> _Read:
            timeline = desk.timeline
            if words.strip():
                page = timeline.search(words, wanted)
                emptied = "" if page.rows or wanted == NO_FILTER else timeline.emptied_by(wanted, words)
                return _Read(page, emptied=emptied)
            windows = Windows(timeline.outline(wanted))
            window = windows.missing(*sight)
            if window is None:
                emptied = timeline.emptied_by(wanted) if wanted != NO_FILTER else ""
                return _Read(TimelinePage(()), windows, emptied=emptied)
            page = timeline.page(wanted, before=window.before, limit=max(PAGE, window.limit))
            return _Read(page, windows, window, desk.on_this_day.entries() if wanted == NO_FILTER else ())

        def arrived(read: _Read) -> None:
            self._fetching = False
            if words == self.shown.words:  # else other words were typed meanwhile, and their search is about to begin
                self._arrived(read)

        self._fetching = True
        self._ctx.tasks.run(work, arrived, self._refused, slot="journal")

    def _arrived(self, read: _Read) -> None:
        if read.windows is None:
            self._windows = None
            self._show_found(read, read.page.rows)
            return
        self._windows, self._found, self._last = read.windows, (), None
        if read.window is not None:
            read.windows.fill(read.window.at, read.page.rows, self._words.row, self._words.day_words)
        self._list(read, read.windows.rows(), count=read.windows.count, outline=read.windows.outline)

    def _fill(self, windows: Windows, window: Window, page: TimelinePage) -> None:
        if not windows.fill(window.at, page.rows, self._words.row, self._words.day_words):
            self.again()
            return
        self.shown = replace(self.shown, rows=windows.rows())
        self.listed.emit(self.shown)

    def _show_found(self, read: _Read, found: tuple[TimelineRow, ...]) -> None:
        self._last, self._found = read.page, found
        self._list(read, self._words.rows(found, by_day=False), count=len(found))

    def _list(self, read: _Read, rows: tuple[Row, ...], count: int, outline: tuple[tuple[int, int], ...] = ()) -> None:
        searched, narrowed = bool(self.shown.words.strip()), self.shown.filter != NO_FILTER
        more = read.page.below is not None
        left = text.count_of(count, tr("{n} entry"), tr("{n} entries"))
        self.shown = replace(
            self.shown,
            rows=rows,
            has_more=more,
            outline=outline,
            count="" if more else left,
            empty=not count and not narrowed and not searched,
            nothing_found=self._nothing(read) if not count else "",
            drop=self._drop(read.emptied),
            found=self._words.found(count, more=more) if searched and count else "",
            back=self._back(read.back) if not searched else (),
        )
        self.listed.emit(self.shown)

    def _nothing(self, read: _Read) -> str:
        if read.emptied:
            return tr("Nothing fits all of this at once. Without one of the filters there is something:")
        if self.shown.words.strip():
            return tr("No entry holds these words.")
        return tr("No entry of this kind yet, and none is missing.")

    def _drop(self, part: str) -> Drop | None:
        """The filter that empties the list, to be taken off with one press."""
        chosen = [choice for choice in self.shown.choices if choice.part == part]
        if not chosen:
            return None
        words = text.listed([choice.words for choice in chosen])
        return Drop(tr("Take off “{words}”").format(words=words), reduce(without, chosen, self.shown.filter))

    def _back(self, back: tuple[LookBack, ...]) -> tuple[BackLine, ...]:
        return tuple(BackLine(one.entry.id, _ago(one.months), one.entry.title) for one in back)

    def _refused(self, error: LeewardError) -> None:
        self._fetching = False
        self.failed.emit(error)


def _ago(months: int) -> str:
    if months % 12 == 0:
        return text.count_of(months // 12, tr("{n} year ago"), tr("{n} years ago"))
    return text.count_of(months, tr("{n} month ago"), tr("{n} months ago"))
