"""The Journal page: a timeline that grows as one reads, a search that answers while one types, one entry opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, get_args

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import Code, LeewardError
from app.domain.records import Changes, RecordId
from app.services.desk import Desk
from app.services.timeline import PAGE, Opened, TimelinePage, TimelineRow
from app.services.trash import InTrash, OpenedRemoved
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.screens.journal.removed_words import RemovedWords
from app.ui.screens.journal.state import State, Where
from app.ui.screens.journal.words import JournalWords
from app.ui.text import tr
from app.ui.undoing import undo_toast

SEARCH_AFTER_MS = 120
"""How long the keyboard rests before a search is asked for."""
_SHARED: Final[Mapping[str, bool | None]] = MappingProxyType({"all": None, "private": False, "shared": True})
MOST_AGAIN = 400
"""Rows fetched again at once after a change; further ones come as one scrolls."""


class JournalPresenter(QObject):
    """Asks the desk, keeps the state, and says it whole each time it changes."""

    state = Signal(object)
    """Emitted with each new State."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._words = JournalWords(ctx)
        self._removed_words = RemovedWords(ctx, self._words)
        self._shown = State()
        self._found: tuple[TimelineRow, ...] = ()
        self._last: TimelinePage | None = None
        self._fetching = False
        self._uncovered = False
        self._here = False
        self._opened: Opened | OpenedRemoved | None = None
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(SEARCH_AFTER_MS)
        self._resting.timeout.connect(self._begin)
        ctx.bus.changed.connect(self._changed)
        ctx.bus.locking.connect(self._let_go)

    @property
    def shown(self) -> State:
        """What the page shows now."""
        return self._shown

    def enter(self, target: str | None) -> None:
        """The page is shown, perhaps to read one entry."""
        self._here = True
        self._ctx.tasks.run(lambda desk: desk.session.shared is not None, self._show_together, slot="together")
        self._again()
        if target is not None:
            self.open(target)

    def leave(self) -> None:
        """Another page comes; the next visit begins with covers again."""
        self._here = False
        self._uncovered = False
        self._resting.stop()
        self._shown = replace(self._shown, removed=False)
        if self._shown.reading is not None:
            self.close_reading()

    def search(self, words: str) -> None:
        """Look for words; without any the timeline stands again at once."""
        if words == self._shown.words:
            return
        self._shown = replace(self._shown, words=words)
        if words.strip():
            self._resting.start()
        else:
            self._resting.stop()
            self._begin()

    def choose_kinds(self, kinds: tuple[str, ...]) -> None:
        """Keep entries of these kinds; none means all."""
        self._shown = replace(self._shown, kinds=kinds)
        self._begin()

    def choose_where(self, where: str) -> None:
        """Keep what only this person reads, what is shared, or all of it."""
        if where in get_args(Where):
            self._shown = replace(self._shown, where=where)  # type: ignore[arg-type]  # checked above
            self._begin()

    def more(self) -> None:
        """Fetch the page that follows."""
        last = self._last
        if last is None or not last.has_more or self._fetching:
            return
        self._fetching = True
        words, kinds, generation = self._shown.words, self._shown.kinds, self._shown.generation
        shared = _SHARED[self._shown.where]

        def work(desk: Desk) -> TimelinePage:
            timeline = desk.timeline
            if words.strip():
                return timeline.search(words, kinds=kinds, below=last.below, shared=shared)
            return timeline.page(kinds=kinds, before=last.following, shared=shared)

        def done(page: TimelinePage) -> None:
            if generation == self._shown.generation:
                self._fetching = False
                self._show(page, (*self._found, *page.rows))

        self._ctx.tasks.run(work, done, self._refused)

    def open(self, record: str) -> None:
        """Read an entry, or one that was removed. A thread opens on its own page."""
        wanted = RecordId(record)
        if self._shown.removed:
            self._ctx.tasks.run(lambda desk: desk.trash.open(wanted), self._show_opened, self._refused, slot="reading")
            return
        self._ctx.tasks.run(lambda desk: desk.timeline.open(wanted), self._show_opened, self._refused, slot="reading")

    def uncover(self) -> None:
        """Read what is covered; further ones of this visit are not covered again."""
        self._uncovered = True
        if self._opened is not None:
            self._show_opened(self._opened)

    def close_reading(self) -> None:
        """Put the entry away."""
        self._opened = None
        self._emit(reading=None)

    def remove(self, record: str) -> None:
        """Move an entry to the trash; the message that says so can take it back."""
        wanted = RecordId(record)
        self._close_if(record)

        def done(_: None) -> None:
            undo_toast(self._ctx, tr("The entry is in Removed."), wanted)

        self._ctx.tasks.run(lambda desk: desk.journal.remove(wanted), done, self._refused)

    def hide(self, record: str) -> None:
        """Keep an entry of the other person out of sight; the message that says so can take it back."""
        wanted = RecordId(record)
        self._close_if(record)

        def back() -> None:
            self._ctx.tasks.run(lambda desk: desk.sharing.unhide(wanted), lambda _none: self._again(), self._refused)

        def done(_: None) -> None:
            self._again()
            name = self._ctx.partner or tr("The other person")
            self._ctx.shell.toast(Toast(tr("Hidden for you. {name} is not told.").format(name=name), tr("Undo"), back))

        self._ctx.tasks.run(lambda desk: desk.sharing.hide(wanted), done, self._refused)

    def show_removed(self, *, on: bool) -> None:
        """Show what was removed, or the timeline again."""
        self._opened = None
        self._shown = replace(self._shown, removed=on, reading=None)
        self._begin()

    def restore(self, record: str) -> None:
        """Bring a removed entry back."""
        wanted = RecordId(record)
        self._close_if(record)

        def done(_: None) -> None:
            undo_toast(self._ctx, tr("The entry is back where it was."), wanted)

        self._ctx.tasks.run(lambda desk: desk.journal.restore(wanted), done, self._refused)

    def erase(self, record: str) -> None:
        """Let a removed entry go for good."""
        wanted = RecordId(record)
        self._close_if(record)

        def done(_: None) -> None:
            self._ctx.shell.toast(Toast(tr("Its words have left this journal.")))

        self._ctx.tasks.run(lambda desk: desk.journal.erase(wanted), done, self._refused)

    # -------------------------------------------------------------------------------------------------- reactions

    def _begin(self) -> None:
        self._shown = replace(self._shown, generation=self._shown.generation + 1)
        self._fetch(PAGE)

    def _again(self) -> None:
        """Fetch what is shown once more, without moving the place one reads at."""
        self._fetch(min(max(PAGE, len(self._found)), MOST_AGAIN))

    def _fetch(self, limit: int) -> None:
        words, kinds, shared = self._shown.words, self._shown.kinds, _SHARED[self._shown.where]
        self._ctx.tasks.run(lambda desk: desk.trash.list(), self._show_removed, self._refused, slot="removed")
        if self._shown.removed:
            return

        def work(desk: Desk) -> TimelinePage:
            timeline = desk.timeline
            if words.strip():
                return timeline.search(words, kinds=kinds, shared=shared)
            return timeline.page(kinds=kinds, limit=limit, shared=shared)

        def done(page: TimelinePage) -> None:
            self._fetching = False
            self._show(page, page.rows)

        self._fetching = True
        self._ctx.tasks.run(work, done, self._refused, slot="journal")

    def _show(self, page: TimelinePage, found: tuple[TimelineRow, ...]) -> None:
        self._last, self._found = page, found
        narrowed = bool(self._shown.words.strip() or self._shown.kinds or self._shown.where != "all")
        empty = ""
        if not found and not page.has_more and not narrowed:
            empty = tr(
                "Nothing here yet, and nothing has to be. What you write, on any page, is found here by its day."
            )
        self._emit(
            loaded=True,
            rows=self._words.rows(found, by_day=not self._shown.words.strip()),
            has_more=page.has_more,
            empty=empty,
            nothing_found=self._nothing() if narrowed and not found else "",
            found=self._words.found(len(found), more=page.has_more) if self._shown.words.strip() and found else "",
            trouble="",
        )
        if page.has_more and not page.rows:
            self.more()

    def _show_removed(self, rows: tuple[InTrash, ...]) -> None:
        if not self._shown.removed:
            self._emit(removed_count=len(rows))
            return
        self._last, self._found, self._fetching = None, (), False
        self._emit(
            removed_count=len(rows),
            loaded=True,
            rows=self._removed_words.rows(rows),
            has_more=False,
            empty="",
            nothing_found="" if rows else tr("Nothing was removed in the last 30 days."),
            found=tr("Kept for 30 days; then the words leave for good.") if rows else "",
            trouble="",
        )

    def _close_if(self, record: str) -> None:
        if self._shown.reading is not None and self._shown.reading.record == record:
            self.close_reading()

    def _nothing(self) -> str:
        if self._shown.words.strip():
            return tr("No entry holds these words.")
        if self._shown.where == "shared":
            return tr("Nothing is shared here.")
        return tr("No entry of this kind yet, and none is missing.")

    def _show_opened(self, opened: Opened | OpenedRemoved) -> None:
        if isinstance(opened, OpenedRemoved):
            self._opened = opened
            self._emit(reading=self._removed_words.reading(opened, uncovered=self._uncovered))
            return
        if opened.entry.kind == "injury":
            self._ctx.shell.go("injuries", opened.entry.id)
            return
        self._opened = opened
        self._emit(reading=self._words.reading(opened, uncovered=self._uncovered))

    def _show_together(self, together: object) -> None:
        if together != self._shown.together:
            self._emit(together=bool(together), where=self._shown.where if together else "all")

    def _changed(self, changes: Changes) -> None:
        if not self._here:
            return
        self._again()
        reading = self._shown.reading
        if reading is not None and reading.record in changes.records:
            self.open(reading.record)

    def _let_go(self) -> None:
        self._resting.stop()
        self._found, self._last, self._opened = (), None, None
        self._shown = State(generation=self._shown.generation + 1)
        self.state.emit(self._shown)

    def _refused(self, error: LeewardError) -> None:
        self._fetching = False
        if error.code is Code.UNKNOWN_RECORD:
            self._opened = None
            self._emit(reading=None)
            return
        self._emit(loaded=True, trouble=text.trouble(error, self._ctx.content).paragraph)

    def _emit(self, **changes: object) -> None:
        self._shown = replace(self._shown, **changes)  # type: ignore[arg-type]  # names of State's own fields
        self.state.emit(self._shown)
