"""Reads what both let be seen, a period at a time, and drops all of it when the time together ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Code, LeewardError
from app.domain.records import Changes
from app.services.looking_together import told, we_talked
from app.services.trend_perception import GAP_WEEKS
from app.ui.context import Context, Toast
from app.ui.screens.together.picture import STEP_WEEKS, WEEKS, Seen, page
from app.ui.screens.together.state import OwnTrigger, TogetherPage
from app.ui.text import tr, trouble

if TYPE_CHECKING:
    from app.domain.released import ChosenTrigger
    from app.services.desk import Desk

_WEEK: Final = 7
_REACH_WEEKS: Final = GAP_WEEKS + STEP_WEEKS
"""How far back a look reaches, so that the gap's four-week blocks are whole."""
_KINDS: Final = frozenset({
    "appreciation", "moment", "new_experience", "note", "commitment", "commitment_event", "ritual",
    "ritual_completion", "boundary", "boundary_occasion",
})  # fmt: skip


class TogetherPresenter(QObject):
    """`state(TogetherPage)` whenever there is something new to show; an empty page once the time is over."""

    state = Signal(object)
    over = Signal()
    """Emitted when the desk says that the second part is closed, whoever closed it."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._shown = TogetherPage()
        self._back = 0
        self._here = False
        ctx.bus.changed.connect(self._changed)
        ctx.bus.locking.connect(self.drop)

    @property
    def shown(self) -> TogetherPage:
        """The page as it stands."""
        return self._shown

    def begin(self) -> None:
        """Both are here: show the newest weeks."""
        self._here, self._back, self._shown = True, 0, TogetherPage()
        self.load()

    def load(self) -> None:
        """Read the period again."""
        if not self._here:
            return
        today, back, content = self._ctx.now().date().toordinal(), self._back, self._ctx.content
        last = today - today % _WEEK - back * STEP_WEEKS * _WEEK  # ordinal 7 was a Sunday
        first = last - WEEKS * _WEEK + 1
        reach = last - _REACH_WEEKS * _WEEK + 1

        def work(desk: Desk) -> TogetherPage:
            look = desk.both.look(reach, last)
            words = told(desk.both, content, first, today if not back else last)
            return page(Seen(look, words, first, last, back > 0, back), content, today)

        self._ctx.tasks.run(work, self._loaded, self._refused, slot="together")

    def turn(self, steps: int) -> None:
        """Look at earlier (-1) or later (1) weeks; never beyond now."""
        back = max(self._back - steps, 0)
        if back != self._back:
            self._back = back
            self.load()

    def stay_on_good(self, *, on: bool) -> None:
        """Show what was good and nothing else, or everything again."""
        self._show(replace(self._shown, only_good=on, tender=False))

    def go_on(self) -> None:
        """The offer was heard; the page stays as it is."""
        self._show(replace(self._shown, tender=False))

    def open_trigger(self, mark: int) -> None:
        """Its owner opens the trigger they chose."""
        self._ctx.tasks.run(
            lambda desk: desk.both.open_trigger(mark), lambda found: self._opened(mark, found), self._refused
        )

    def close_trigger(self, mark: int) -> None:
        """Its words go from the page."""
        self._tell_trigger(mark, ())

    def talked(self) -> None:
        """Note the date in the space for two, and nothing of what was said."""
        self._ctx.tasks.run(
            lambda desk: we_talked(desk.journal, desk.session),
            lambda _record: self._ctx.shell.toast(Toast(tr("Noted: the two of you talked. Only the date is kept."))),
            self._refused,
        )

    def drop(self) -> None:
        """The time together is over, or the journal is being locked: nothing that was read stays."""
        self._here = False
        self._show(TogetherPage())

    def _loaded(self, found: TogetherPage) -> None:
        if self._here:
            kept = self._shown
            heard = kept.loaded and not kept.tender
            self._show(replace(found, only_good=kept.only_good, tender=found.tender and not heard))

    def _opened(self, mark: int, found: ChosenTrigger) -> None:
        if self._here:
            self._tell_trigger(mark, found.lines)

    def _tell_trigger(self, mark: int, lines: tuple[tuple[str, str], ...]) -> None:
        triggers = tuple(OwnTrigger(one.who, lines) if one.who.mark == mark else one for one in self._shown.triggers)
        self._show(replace(self._shown, triggers=triggers))

    def _refused(self, error: LeewardError) -> None:
        if self._here and error.code is Code.NOT_BOTH_HERE:
            self.over.emit()
        elif self._here:
            self._show(replace(self._shown, trouble=trouble(error, self._ctx.content)))

    def _changed(self, changes: Changes) -> None:
        if self._here and changes.kinds & _KINDS:
            self.load()

    def _show(self, shown: TogetherPage) -> None:
        self._shown = shown
        self.state.emit(shown)
        self._ctx.shell.retitle()
