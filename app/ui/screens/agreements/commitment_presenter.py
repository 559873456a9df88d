"""One promise: fetches it, writes what the person says of it, opens the forms that belong to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.domain.errors import LeewardError
from app.domain.records import Changes, RecordId
from app.services.commitments import PromiseDetail, Went
from app.services.desk import Desk
from app.services.own_promises import EVENT, NOTICED, PROMISE
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.models.versions import open_history
from app.ui.screens.agreements.commitment_state import PromiseState
from app.ui.screens.agreements.commitment_words import STAND, WENT, PromiseWords
from app.ui.screens.record_form.surface import open_record_form
from app.ui.text import tr
from app.ui.undoing import undo_toast
from app.ui.widgets.ask import AskSurface

LOOK_DAYS = 30
"""After how many days the next look comes by itself."""


class CommitmentPresenter(QObject):
    """Holds one promise. What is asked of it comes here; what changed comes out as `state`."""

    state = Signal(object)
    """Emitted with each new PromiseState."""
    gone = Signal()
    """Emitted when the promise was removed, or hidden."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._words = PromiseWords(ctx)
        self._record: RecordId | None = None
        self._found: PromiseDetail | None = None
        self.shown = PromiseState()
        self._asked: dict[str, Callable[[], None]] = {
            "note": self._note_in_form,
            "change_words": lambda: self._form(PROMISE, record=self._record),
            "still": self._still_right,
            "mark": self._mark,
            "withdraw": self._withdraw,
            "history": self._history,
            "remove": self._remove,
            "hide": self._hide,
        }
        ctx.bus.changed.connect(self._changed)

    def open(self, record: str | None) -> None:
        """Show a promise; None lets go of the one that was shown."""
        self._record = RecordId(record) if record else None
        if self._record is None:
            self._found = None
            self.shown = PromiseState()
            self.state.emit(self.shown)
        else:
            self._load()

    def act(self, asked: str) -> None:
        """What a button of the pane asks for."""
        if self._found is None:
            return
        if asked.startswith(WENT):
            self._note(Went(asked.removeprefix(WENT)))
        elif asked.startswith(STAND):
            state = asked.removeprefix(STAND)
            self._say(lambda desk, of: desk.commitments.stand(of, state), tr("Noted."))
        else:
            self._asked[asked]()

    def act_on_event(self, asked: str, event: str, _mine: str = "") -> None:
        """What a line about how it went asks for."""
        if asked == "notice":
            self._notice(RecordId(event))
        elif asked == "thank":
            self._form(NOTICED, answers={"event": event})
        elif asked.startswith("unsay:"):
            self._form(NOTICED, record=RecordId(asked.removeprefix("unsay:")))
        else:
            self._form(EVENT, record=RecordId(event))

    # ---------------------------------------------------------------------------------------------------- inside

    def _note(self, went: Went) -> None:
        record = self._record
        if record is not None:
            self._ctx.tasks.run(
                lambda desk: desk.commitments.note(record, went),
                lambda event: undo_toast(self._ctx, tr("Noted."), event),
                self._refused,
            )

    def _note_in_form(self) -> None:
        today = {"day": self._ctx.now().date().isoformat()}
        self._form(EVENT, answers={PROMISE: self._record, "at": today})

    def _notice(self, event: RecordId) -> None:
        self._ctx.tasks.run(
            lambda desk: desk.commitments.notice(event),
            lambda said: undo_toast(self._ctx, tr("Said. It stands beside the note."), said),
            self._refused,
        )

    def _still_right(self) -> None:
        today = self._ctx.now().date()
        day = today + dt.timedelta(days=LOOK_DAYS)
        words = tr("Next look: {day}.").format(day=text.short_date(day, today))
        self._say(lambda desk, of: desk.commitments.look_on(of, day), words)

    def _mark(self) -> None:
        shown = self.shown.hash
        self._say(lambda desk, of: desk.commitments.mark(of, shown), tr("Marked."))

    def _withdraw(self) -> None:
        self._say(lambda desk, of: desk.commitments.withdraw(of), tr("Your mark is taken back."))

    def _history(self) -> None:
        if self._record is not None:
            open_history(self._ctx, PROMISE, self._record, theirs=not self.shown.mine)

    def _remove(self) -> None:
        record, ctx = self._record, self._ctx
        if record is None:
            return
        words = tr("It goes to Removed, in the Journal, and can be brought back for 30 days. Notes on it stay.")
        title, yes, no = tr("Remove this promise"), tr("Remove it"), tr("Keep it")
        surface = AskSurface(ctx.shell.ground(), title, words, yes=yes, no=no)

        def removed(_none: object) -> None:
            undo_toast(ctx, tr("Removed."), record)
            self.gone.emit()

        surface.agreed.connect(lambda: ctx.tasks.run(lambda desk: desk.journal.remove(record), removed, self._refused))
        ctx.shell.open_over(surface)

    def _hide(self) -> None:
        record, ctx = self._record, self._ctx
        if record is None:
            return

        def back() -> None:
            ctx.tasks.run(lambda desk: desk.sharing.unhide(record), lambda _none: None, self._refused)

        def done(_none: object) -> None:
            ctx.shell.toast(Toast(tr("Hidden for you. Nobody is told."), tr("Undo"), back))
            self.gone.emit()

        ctx.tasks.run(lambda desk: desk.sharing.hide(record), done, self._refused)

    def _form(self, kind: str, record: RecordId | None = None, answers: dict[str, object] | None = None) -> None:
        self._ctx.shell.open_over(open_record_form(self._ctx, kind, record=record, answers=answers))

    def _say(self, work: Callable[[Desk, RecordId], None], words: str) -> None:
        record = self._record
        if record is not None:
            self._ctx.tasks.run(
                lambda desk: work(desk, record), lambda _none: undo_toast(self._ctx, words, record), self._refused
            )

    def _load(self) -> None:
        record = self._record
        if record is not None:
            self._ctx.tasks.run(
                lambda desk: desk.commitments.detail(record), self._loaded, self._failed, slot="promise"
            )

    def _loaded(self, found: PromiseDetail) -> None:
        if found.row.record == self._record:
            self._found = found
            self.shown = self._words.state(found)
            self.state.emit(self.shown)

    def _failed(self, error: LeewardError) -> None:
        self._found = None
        self.shown = PromiseState(trouble=text.trouble(error, self._ctx.content).paragraph)
        self.state.emit(self.shown)

    def _refused(self, error: LeewardError) -> None:
        self._ctx.shell.toast(Toast(text.trouble(error, self._ctx.content).paragraph))
        self._load()

    def _changed(self, changes: Changes) -> None:
        if self._record is not None and changes.kinds & {PROMISE, EVENT, NOTICED}:
            self._load()
