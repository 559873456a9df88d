"""The page of agreements: which there are, which one is open, and what a person does with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Code, LeewardError
from app.domain.records import Changes, RecordId
from app.services.agreement_notes import BOUNDARY, OCCASION
from app.services.agreement_rows import Row
from app.services.agreements import Detail as Found
from app.services.desk import Desk
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.screens.agreements.detail_words import DetailWords
from app.ui.screens.agreements.promises import promise_kinds, promise_rows
from app.ui.screens.agreements.state import State
from app.ui.screens.agreements.words import RowWords
from app.ui.text import tr
from app.ui.undoing import undo_toast

Deed = Callable[[Desk], object]


class AgreementsPresenter(QObject):
    """Asks the desk, keeps the state, and says it whole each time it changes."""

    state = Signal(object)
    """Emitted with each new State."""
    titled = Signal()
    """Emitted when the line beside the page's title reads differently."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._rows_as = RowWords(ctx)
        self._detail_as = DetailWords(ctx)
        kind = ctx.content.kind(BOUNDARY)
        add = (kind.solo_add if ctx.solo else None) or kind.add
        self._empty = (kind.solo_empty_state if ctx.solo else None) or kind.empty_state
        self._shown = State(add_words=add)
        self._rows: tuple[tuple[Row, ...], tuple[Row, ...]] = ((), ())
        self._found: Found | None = None
        self._for_two = True
        self._here = False
        self._kinds = frozenset({BOUNDARY, OCCASION}) | promise_kinds()
        ctx.bus.changed.connect(self._changed)
        ctx.bus.locking.connect(self._let_go)

    @property
    def shown(self) -> State:
        """What the page shows now."""
        return self._shown

    @property
    def found(self) -> Found | None:
        """The agreement that was read last, for the sheets of the page."""
        return self._found

    @property
    def for_two(self) -> bool:
        """Whether something for two is offered here now."""
        return self._for_two

    def enter(self, target: str | None) -> None:
        """The page is shown, perhaps at one agreement."""
        self._here = True
        self._load(target or self._shown.selected)

    def leave(self) -> None:
        """Another page comes."""
        self._here = False

    def choose(self, record: str) -> None:
        """Go to one."""
        self._load(record)

    def close_detail(self) -> None:
        """Stand before the list again, with nothing open."""
        self._found = None
        self._emit(selected=None, detail=None, kind="")

    def show_retired(self, retired: bool) -> None:  # the switch's signal carries it
        """Show the retired ones, or the current ones."""
        if retired != self._shown.retired:
            self._found = None
            self._emit(
                retired=retired, selected=None, detail=None, kind="", nothing=self._nothing_here(retired=retired)
            )
            self._load(None)

    def toggle_history(self) -> None:
        """Open or close the history."""
        self._emit(history_open=not self._shown.history_open)

    def do(self, deed: Deed, said: str = "", *, done: Callable[[object], None] | None = None) -> None:
        """Do something with the open agreement; `said` is told with an Undo where that takes it back."""
        if self._found is None:
            return
        record = self._found.row.record

        def finished(result: object) -> None:
            if said:
                undo_toast(self._ctx, said, record)
            if done is not None:
                done(result)

        self._ctx.tasks.run(deed, finished, self.refuse)

    def refuse(self, error: LeewardError) -> None:
        """Say above the page what did not work."""
        if error.code is Code.UNKNOWN_RECORD:
            self._load(None)
        self._emit(loaded=True, trouble=text.trouble(error, self._ctx.content).paragraph)

    def tell(self, words: str) -> None:
        """Say something quietly."""
        self._ctx.shell.toast(Toast(words))

    # -------------------------------------------------------------------------------------------------- reactions

    def _load(self, record: str | None) -> None:
        wanted = RecordId(record) if record else None
        retired = self._shown.retired

        def work(desk: Desk) -> tuple[tuple[Row, ...], tuple[Row, ...], Row | None, Found | None, bool]:
            rows, promises = desk.agreements.rows(), promise_rows(desk)
            both = (*rows, *promises)
            chosen = next((row for row in both if row.record == wanted), None)
            if chosen is None and record is None:
                chosen = next((row for row in both if row.current is not retired), None)
            found = desk.agreements.detail(chosen.record) if chosen is not None and chosen.kind == BOUNDARY else None
            for_two = desk.session.shared is None or desk.agreements.for_two()
            return rows, promises, chosen, found, for_two

        self._ctx.tasks.run(work, self._loaded, self.refuse, slot="agreements")

    def _loaded(self, found: tuple[tuple[Row, ...], tuple[Row, ...], Row | None, Found | None, bool]) -> None:
        rows, promises, chosen, self._found, self._for_two = found
        self._rows = (rows, promises)
        detail = self._detail_as.detail(self._found, for_two=self._for_two) if self._found is not None else None
        retired = self._shown.retired if chosen is None else not chosen.current
        self._emit(
            loaded=True,
            retired=retired,
            selected=chosen.record if chosen is not None else None,
            kind=chosen.kind if chosen is not None else "",
            detail=detail,
            empty="" if rows or promises else self._empty,
            nothing=self._nothing_here(retired=retired),
            caution="" if self._for_two else self._caution(),
            trouble="",
        )

    def _changed(self, changes: Changes) -> None:
        if self._here and changes.kinds & self._kinds:
            self._load(self._shown.selected)

    def _let_go(self) -> None:
        self._rows, self._found = ((), ()), None
        self._shown = State(add_words=self._shown.add_words)
        self.state.emit(self._shown)

    def _nothing_here(self, *, retired: bool) -> str:
        both = (*self._rows[0], *self._rows[1])
        if any(row.current is not retired for row in both):
            return ""
        return (
            tr("Nothing is retired. What you let go of stays here to read.") if retired else tr("None is current now.")
        )

    def _caution(self) -> str:
        return tr("Something here says that being together may not be safe. What you begin now is for you alone.")

    def _emit(self, **changes: object) -> None:
        before = self._shown.subtitle
        shown = replace(self._shown, **changes)  # type: ignore[arg-type]  # names of State's own fields
        groups = self._rows_as.groups(*self._rows, retired=shown.retired)
        subtitle = self._rows_as.subtitle((*self._rows[0], *self._rows[1]))
        self._shown = replace(shown, groups=groups, subtitle=subtitle)
        self.state.emit(self._shown)
        if before != self._shown.subtitle:
            self.titled.emit()
