"""The Journal page: its list, one entry opened, and what is done with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Code, LeewardError
from app.domain.records import Changes, RecordId
from app.services import tools
from app.services.timeline import Opened
from app.services.tools import ToolUse
from app.services.trash import InTrash, OpenedRemoved
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.screens.journal.listing import Listing
from app.ui.screens.journal.removed_words import RemovedWords
from app.ui.screens.journal.state import Listed, State
from app.ui.screens.journal.words import JournalWords
from app.ui.screens.trigger.wording import tool_words
from app.ui.text import tr
from app.ui.undoing import undo_toast

_REMOVED: Final = -2
"""The generation of the list of what was removed, which no timeline has."""


class JournalPresenter(QObject):
    """Asks the desk, keeps the state, and says it whole each time it changes."""

    state = Signal(object)
    """Emitted with each new State."""
    let_go = Signal()
    """Emitted when the journal locks: what was typed into the page goes too."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._words = JournalWords(ctx)
        self._removed_words = RemovedWords(ctx, self._words)
        self.listing = Listing(ctx, self._words, self)
        self.listing.listed.connect(self._show)
        self.listing.failed.connect(self._refused)
        self._shown = State()
        self._uncovered = False
        self._uncovered_safety: set[str] = set()
        self._here = False
        self._opened: Opened | OpenedRemoved | None = None
        ctx.bus.changed.connect(self._changed)
        ctx.bus.locking.connect(self._let_go)

    @property
    def shown(self) -> State:
        """What the page shows now."""
        return self._shown

    def enter(self, target: str | None) -> None:
        """The page is shown, perhaps to read one entry."""
        self._here = True
        self._again()
        if target is not None:
            self.open(target)

    def leave(self) -> None:
        """Another page comes; the next visit begins with covers again."""
        self._here = False
        self._uncovered = False
        self._uncovered_safety.clear()
        self.listing.rest()
        self._shown = replace(self._shown, removed=False)
        if self._shown.reading is not None:
            self.close_reading()

    def put_away(self) -> None:
        """Take what was written on this day in earlier times out of sight, until the journal is opened again."""
        self._emit(away=True)

    def open(self, record: str) -> None:
        """Read an entry, or one that was removed. A thread opens on its own page."""
        wanted = RecordId(record)
        if self._shown.removed:
            self._ctx.tasks.run(lambda desk: desk.trash.open(wanted), self._show_opened, self._refused, slot="reading")
            return
        self._ctx.tasks.run(lambda desk: desk.timeline.open(wanted), self._show_opened, self._refused, slot="reading")

    def uncover(self) -> None:
        """Read what is covered; further ones of this visit are not covered again, save those that mark danger."""
        reading = self._shown.reading
        if reading is not None and reading.safety:
            self._uncovered_safety.add(reading.record)
        else:
            self._uncovered = True
        if self._opened is not None:
            self._show_opened(self._opened)

    def list_for_session(self, on: bool) -> None:  # the cover's signal carries it
        """Keep what is covered for a session, or not any more; it stays covered."""
        reading = self._shown.reading
        if reading is not None:
            wanted = RecordId(reading.record)
            self._ctx.tasks.run(
                lambda desk: desk.session_list.keep(wanted, on=on), lambda _none: self.open(wanted), self._refused
            )

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
        self._look_at_removed()
        if not self._shown.removed:
            self.listing.begin()

    def _again(self) -> None:
        self._look_at_removed()
        if not self._shown.removed:
            self.listing.again()

    def _look_at_removed(self) -> None:
        self._ctx.tasks.run(lambda desk: desk.trash.list(), self._show_removed, self._refused, slot="removed")

    def _show(self, listed: Listed) -> None:
        if not self._shown.removed:
            self._emit(loaded=True, listed=listed, trouble="")

    def _show_removed(self, rows: tuple[InTrash, ...]) -> None:
        if not self._shown.removed:
            self._emit(removed_count=len(rows))
            return
        listed = Listed(
            generation=_REMOVED,
            rows=self._removed_words.rows(rows),
            nothing_found="" if rows else tr("Nothing was removed in the last 30 days."),
            found=tr("Kept for 30 days; then the words leave for good.") if rows else "",
        )
        self._emit(removed_count=len(rows), loaded=True, listed=listed, trouble="")

    def _close_if(self, record: str) -> None:
        if self._shown.reading is not None and self._shown.reading.record == record:
            self.close_reading()

    def _show_opened(self, opened: Opened | OpenedRemoved) -> None:
        if isinstance(opened, OpenedRemoved):
            self._opened = opened
            self._emit(reading=self._removed_words.reading(opened, uncovered=self._uncovered))
            return
        if opened.entry.kind == "injury":
            self._ctx.shell.go("injuries", opened.entry.id)
            return
        self._opened = opened
        uncovered = opened.entry.id in self._uncovered_safety if opened.danger else self._uncovered
        self._emit(reading=self._words.reading(opened, uncovered=uncovered))
        if opened.entry.kind == tools.KIND:
            record = opened.entry.id
            self._ctx.tasks.run(lambda desk: desk.tools.use(record), self._tool_used, slot="tool")

    def _tool_used(self, use: ToolUse) -> None:
        reading = self._shown.reading
        if reading is not None and reading.record == use.record and reading.covered is None:
            self._emit(reading=replace(reading, facts=tool_words(use, self._ctx.now().date())))

    def _changed(self, changes: Changes) -> None:
        if not self._here:
            return
        self._again()
        reading = self._shown.reading
        if reading is not None and reading.record in changes.records:
            self.open(reading.record)

    def _let_go(self) -> None:
        self.listing.let_go()
        self._opened = None
        self._shown = State(listed=self.listing.shown)
        self.state.emit(self._shown)
        self.let_go.emit()

    def _refused(self, error: LeewardError) -> None:
        if error.code is Code.UNKNOWN_RECORD:
            self._opened = None
            self._emit(reading=None)
            return
        self._emit(loaded=True, trouble=text.trouble(error, self._ctx.content).paragraph)

    def _emit(self, **changes: object) -> None:
        self._shown = replace(self._shown, **changes)  # type: ignore[arg-type]  # names of State's own fields
        self.state.emit(self._shown)
