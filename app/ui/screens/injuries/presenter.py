"""The Injuries page: which threads there are, which one is open, and what stands before it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Code, LeewardError
from app.domain.records import Changes, RecordId
from app.services.desk import Desk
from app.services.thread_parts import links_to_threads
from app.services.threads import INJURY, MOMENT, STEP, TRIGGER, ThreadDetail, ThreadRow
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.screens.injuries.state import State
from app.ui.screens.injuries.story import StoryKeeper, unsaved_story
from app.ui.screens.injuries.words import ThreadWords
from app.ui.text import tr
from app.ui.undoing import undo_toast

_OF_A_THREAD = frozenset({INJURY, STEP, MOMENT, TRIGGER})


class InjuriesPresenter(QObject):
    """Asks the desk, keeps the state, and says it whole each time it changes."""

    state = Signal(object)
    """Emitted with each new State."""
    titled = Signal()
    """Emitted when the line beside the page's title reads differently."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._words = ThreadWords(ctx)
        self._shown = State()
        self._rows: tuple[ThreadRow, ...] = ()
        self._detail: ThreadDetail | None = None
        self._uncovered: set[str] = set()
        self._within: frozenset[RecordId] = frozenset()
        self._kinds = _OF_A_THREAD | {kind.id for kind in ctx.content.kinds.values() if links_to_threads(kind)}
        self._here = False
        self.story = StoryKeeper(ctx, self)
        ctx.bus.changed.connect(self._changed)
        ctx.bus.locking.connect(self._let_go)

    @property
    def shown(self) -> State:
        """What the page shows now."""
        return self._shown

    @property
    def detail(self) -> ThreadDetail | None:
        """The thread that was read last, for the dialogs of the page."""
        return self._detail

    def enter(self, target: str | None) -> None:
        """The page is shown, perhaps at one thread."""
        self._here = True
        self._load(target or self._shown.selected)

    def leave(self) -> None:
        """Another page comes: what is being written is saved, and the next visit begins with a cover again."""
        self._here = False
        self.story.set_aside()
        self._uncovered.clear()

    def choose(self, record: str) -> None:
        """Go to a thread; what was being written in the one before is saved."""
        if record != self._shown.selected:
            self.story.set_aside()
        self._load(record)

    def close_thread(self) -> None:
        """Stand before the list again, with nothing open."""
        self.story.set_aside()
        self._detail = None
        self._emit(selected=None, detail=None, cover=None)

    def uncover(self) -> None:
        """Open what is covered. A cover about safety is asked for each thread, the other once for the visit."""
        cover = self._shown.cover
        if cover is not None:
            self._uncovered.add(cover.record if cover.safety else "")
            self._load(cover.record)

    def find(self, words: str) -> None:
        """Keep the threads that hold these words: in their names at once, in what was written of them as found."""
        self._within = frozenset()
        self._emit(filter=words)
        if not words.strip():
            return

        def found(records: frozenset[RecordId]) -> None:
            if words == self._shown.filter:
                self._within = records
                self._emit()

        self._ctx.tasks.run(lambda desk: desk.threads.found(words), found, self._refused, slot="thread-find")

    def list_for_session(self, on: bool) -> None:  # the cover's signal carries it
        """Keep the thread for a session, or not any more. A covered one stays covered."""
        if self._detail is None:
            return
        record = self._detail.row.record

        def back() -> None:
            self.list_for_session(not on)

        def done(_: None) -> None:
            said = tr("On your list for a session. Only you see it.") if on else tr("Off the list for a session.")
            self._load(record)
            self._ctx.shell.toast(Toast(said, tr("Undo"), back))

        self._ctx.tasks.run(lambda desk: desk.session_list.keep(record, on=on), done, self._refused)

    def weigh(self, weight: int | None) -> None:
        """Say how heavy it is today."""
        if self._detail is not None:
            record = self._detail.row.record
            self._ctx.tasks.run(lambda desk: desk.threads.weigh(record, weight), _nothing, self._refused)

    def stand(self, standing: str) -> None:
        """Let the open thread rest, settle it, or open it again."""
        if self._detail is None:
            return
        record = self._detail.row.record
        said = {
            "resting": tr("This thread rests now."),
            "settled": tr("This thread is settled."),
            "open": tr("This thread is open again."),
        }[standing]

        def done(_: None) -> None:
            undo_toast(self._ctx, said, record)

        self._ctx.tasks.run(lambda desk: desk.threads.stand(record, standing), done, self._refused)

    def begin(self, title: str) -> None:
        """Begin a thread with a title, and open it."""

        def opened(record: RecordId) -> None:
            self._uncovered.add("")
            self._load(record)

        self._ctx.tasks.run(lambda desk: desk.threads.begin(title), opened, self._refused)

    def remove(self) -> None:
        """Move the open thread to the trash."""
        if self._detail is None:
            return
        record = self._detail.row.record
        self.story.forget()
        self._detail = None
        self._emit(selected=None, detail=None, cover=None)

        def done(_: None) -> None:
            undo_toast(self._ctx, tr("The thread is in Removed."), record)

        self._ctx.tasks.run(lambda desk: desk.journal.remove(record), done, self._refused)

    def hide(self) -> None:
        """Keep the open thread, which the other person shared, out of sight; what says so can take it back."""
        if self._detail is None:
            return
        record = self._detail.row.record

        def back() -> None:
            self._ctx.tasks.run(lambda desk: desk.sharing.unhide(record), lambda _none: self._load(""), self._refused)

        def done(_: None) -> None:
            self._detail = None
            self._load("")
            name = self._ctx.partner or tr("The other person")
            self._ctx.shell.toast(Toast(tr("Hidden for you. {name} is not told.").format(name=name), tr("Undo"), back))

        self._ctx.tasks.run(lambda desk: desk.sharing.hide(record), done, self._refused)

    def say_trouble(self, words: str) -> None:
        """Show what did not work above the page."""
        self._emit(trouble=words)

    # -------------------------------------------------------------------------------------------------- reactions

    def _load(self, record: str | None) -> None:
        wanted = RecordId(record) if record else None

        def work(desk: Desk) -> tuple[tuple[ThreadRow, ...], ThreadDetail | None, str | None]:
            rows = desk.threads.list()
            known = wanted if any(row.record == wanted for row in rows) else None
            if known is None and record is None and rows:
                known = rows[0].record
            if known is None:
                return rows, None, None
            return rows, desk.threads.detail(known), unsaved_story(desk, known)

        self._ctx.tasks.run(work, self._loaded, self._refused, slot="injuries")

    def _loaded(self, found: tuple[tuple[ThreadRow, ...], ThreadDetail | None, str | None]) -> None:
        self._rows, self._detail, unsaved = found
        detail, cover = None, None
        if self._detail is not None:
            record = self._detail.row.record
            open_already = record in self._uncovered if self._detail.danger else "" in self._uncovered
            if open_already:
                detail = self._words.detail(self._detail, unsaved)
                self.story.stand_on(self._detail)
            else:
                cover = self._words.cover(self._detail)
        self._emit(
            loaded=True,
            selected=self._detail.row.record if self._detail is not None else None,
            detail=detail,
            cover=cover,
            empty="" if self._rows else self._words.empty(),
            trouble="",
        )

    def _changed(self, changes: Changes) -> None:
        if self._here and changes.kinds & self._kinds:
            self._load(self._shown.selected if self._shown.selected or not self._rows else "")

    def _let_go(self) -> None:
        self._rows, self._detail = (), None
        self.story.forget()
        self._shown = State()
        self.state.emit(self._shown)

    def _refused(self, error: LeewardError) -> None:
        if error.code is Code.UNKNOWN_RECORD:
            self._load(None)
        self._emit(loaded=True, trouble=text.trouble(error, self._ctx.content).paragraph)

    def _emit(self, **changes: object) -> None:
        before = self._shown.subtitle
        shown = replace(self._shown, **changes)  # type: ignore[arg-type]  # names of State's own fields
        groups = self._words.groups(self._rows, shown.filter, self._within)
        nothing = tr("No thread has these words.") if self._rows and not groups else ""
        self._shown = replace(shown, groups=groups, nothing_found=nothing, subtitle=self._words.subtitle(self._rows))
        self.state.emit(self._shown)
        if before != self._shown.subtitle:
            self.titled.emit()


def _nothing(_value: object) -> None:
    """A result nobody waits for."""
