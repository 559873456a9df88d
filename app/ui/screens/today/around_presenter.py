"""What Today brings together: asks the desk for it, ticks a ritual, opens what lies ahead, puts aside what can wait."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.domain.errors import LeewardError
from app.domain.records import Changes, RecordId
from app.services.choices import Choices
from app.services.desk import Desk
from app.services.ritual_reading import DONE, OPEN
from app.services.today_around import Around
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.screens.record_form.surface import open_record_form
from app.ui.screens.today.around_words import around_page
from app.ui.screens.today.state import AheadLine, AroundPage, Sort
from app.ui.text import tr


class AroundPresenter(QObject):
    """Holds what stands around the check-in."""

    state = Signal(object)
    """Emitted with each new AroundPage."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._found: Around | None = None
        self._hidden, self._is_new = False, True
        self.page = AroundPage()
        ctx.bus.changed.connect(self._changed)
        ctx.bus.chosen.connect(self._chosen)

    def load(self) -> None:
        """Fetch the day as it stands now."""
        now = self._ctx.now()
        self._ctx.tasks.run(lambda desk: desk.around.state(now), self._loaded, _left_out, slot="today-around")

    def suit(self, *, hidden: bool, is_new: bool) -> None:
        """Follow the page: cover what was written, and suggest nothing in a journal that is still empty."""
        if (hidden, is_new) != (self._hidden, self._is_new):
            self._hidden, self._is_new = hidden, is_new
            self._show()

    def tick(self, record: str, on: bool) -> None:  # as the box says it
        """Tick a ritual for today, or open it again."""
        outcome = DONE if on else OPEN
        self._ctx.tasks.run(lambda desk: desk.rituals.tick_today(RecordId(record), outcome), self._again, self._refused)

    def look(self) -> None:
        """Go to the agreement that is due for a look, or waits for a mark."""
        if self.page.look is not None:
            self._ctx.shell.go("agreements", self.page.look.record)

    def look_later(self) -> None:
        """Let it wait for a week, on this person's own Today."""
        if self.page.look is not None:
            self._put_aside(self.page.look.record)

    def act(self, line: AheadLine) -> None:
        """Go on with what lies ahead, in the place where it belongs."""
        ctx, record = self._ctx, line.record
        if line.sort is Sort.TALK:
            ctx.shell.go("repair")
        elif line.sort is Sort.PROMISE and record is not None:
            ctx.shell.go("agreements", record)
        elif line.sort is Sort.PLAN:
            ctx.shell.open_over(open_record_form(ctx, "plan", record=RecordId(record) if record else None))
        else:
            from app.ui.screens.therapy.surface import open_session  # opened seldom, and Today opens at every start

            ctx.shell.open_over(open_session(ctx, RecordId(record) if record else None))

    def put_aside(self, line: AheadLine) -> None:
        """Let a line wait: a promise for a week, a session or a longer look for good."""
        if line.record is None:
            return
        record = RecordId(line.record)
        if line.sort is Sort.PROMISE:
            self._put_aside(record)
        else:
            self._undoable(
                lambda desk: desk.plans.put_off(record), lambda desk: desk.plans.ask_again(record), tr("Left as it is.")
            )

    def take_suggestion(self) -> None:
        """Go to the practice."""
        if self.page.suggestion is not None:
            self._ctx.shell.go("repair", self.page.suggestion.practice)

    def close_suggestion(self) -> None:
        """Not this one."""
        self._undoable(
            lambda desk: desk.around.close_suggestion(), lambda desk: desk.around.reopen_suggestion(), tr("Closed.")
        )

    def _put_aside(self, record: str) -> None:
        of = RecordId(record)
        self._undoable(
            lambda desk: desk.around.later(of),
            lambda desk: desk.around.now_after_all(of),
            tr("Next week it is here again. Nobody is told."),
        )

    def _undoable(self, do: Callable[[Desk], None], undo: Callable[[Desk], None], words: str) -> None:
        tasks, shell = self._ctx.tasks, self._ctx.shell

        def done(_none: object) -> None:
            self.load()
            shell.toast(Toast(words, tr("Undo"), lambda: tasks.run(undo, self._again, self._refused)))

        tasks.run(do, done, self._refused)

    def _again(self, _none: object) -> None:
        self.load()

    def _refused(self, error: LeewardError) -> None:
        self._ctx.shell.toast(Toast(text.trouble(error, self._ctx.content).paragraph))
        self.load()

    def _loaded(self, found: Around) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        if self._found is None:
            return
        self.page = around_page(self._found, self._ctx, hidden=self._hidden, is_new=self._is_new)
        self.state.emit(self.page)

    def _changed(self, changes: Changes) -> None:
        if (changes.records or "draft" in changes.kinds) and self._found is not None:
            self.load()

    def _chosen(self, choices: object) -> None:
        if isinstance(choices, Choices) and self._found is not None:
            self.load()


def _left_out(_error: LeewardError) -> None:
    """What cannot be read now is left out of the day; the page that it belongs to says why."""
