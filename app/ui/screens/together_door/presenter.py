"""Asks how the door stands, tries the other person's passphrase, and ends the time together when it is over."""

from __future__ import annotations

import datetime as dt
import math
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import Code, LeewardError
from app.services.both import DoorState, Standing
from app.ui.context import Context
from app.ui.screens.together_door.state import DoorShown
from app.ui.text import trouble

if TYPE_CHECKING:
    from app.services.desk import Desk

_LOOK_EVERY_MS: Final = 15_000
ASKED, TIME, TROUBLE = "asked", "time", "trouble"
"""Why a time together ended."""


class DoorPresenter(QObject):
    """`state(DoorShown)` for the view. Of the other person it holds a name, a mark and when the time ends."""

    state = Signal(object)
    opened = Signal(object)
    """Emitted with the end of the time together, an aware datetime."""
    ended = Signal(str)
    """Emitted once with `ASKED`, `TIME` or `TROUBLE` when the second part is closed, or is about to be."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._shown = DoorShown()
        self._until: dt.datetime | None = None
        self._ends_s = 0.0
        self._wanted = False
        self._visit = 0
        self._wait = self._timer(1_000, self._count_down)
        self._clock = self._timer(_LOOK_EVERY_MS, self._look_at_clock)
        ctx.bus.locking.connect(self.let_go)
        ctx.bus.changed.connect(self._look_again)

    @property
    def shown(self) -> DoorShown:
        """The state that was emitted last."""
        return self._shown

    @property
    def until(self) -> dt.datetime | None:
        """When the time together ends; None while it does not run."""
        return self._until

    def load(self) -> None:
        """Ask how things stand."""
        self._wanted = True
        self._ctx.tasks.run(
            lambda desk: desk.both.door(), self._in_this_visit(self._stands), self._refused, slot="door"
        )

    def unlock(self, passphrase: str) -> None:
        """Try the passphrase of the other person."""
        if not self._shown.can_try or not passphrase:
            return
        self._wanted = True
        self._show(replace(self._shown, busy=True, trouble=None))
        stands = self._in_this_visit(self._stands)
        self._ctx.tasks.run(lambda desk: desk.both.unlock(passphrase), stands, self._refused)

    def end(self, reason: str = ASKED) -> None:
        """Close the second part; what was still on its way to being opened is closed as well."""
        was_open = self._over()
        if was_open or self._shown.busy:
            self._ctx.tasks.run(_close, _nothing)
        self._show(DoorShown())
        if was_open:
            self.ended.emit(reason)

    def let_go(self) -> None:
        """The journal is being locked, which closes both parts; drop what is shown."""
        was_open = self._over()
        self._show(DoorShown())
        if was_open:
            self.ended.emit(ASKED)

    def _over(self) -> bool:
        """Nothing runs any more, and no answer that is still on its way is wanted. Returns whether it was open."""
        was_open, self._until, self._wanted = self._until is not None, None, False
        self._visit += 1
        self._clock.stop()
        self._wait.stop()
        return was_open

    def _in_this_visit(self, take: Callable[[DoorState], None]) -> Callable[[DoorState], None]:
        """Take an answer only if nobody left meanwhile: what was opened for somebody who left is closed behind it."""
        visit = self._visit
        return lambda found: take(found) if visit == self._visit else None

    def _stands(self, found: DoorState) -> None:
        if found.standing is Standing.OPEN and found.until is not None:
            self._show_open(found.until)
        elif self._until is not None:
            self.end(TROUBLE)
        else:
            self._show_closed(found)

    def _show_open(self, until: dt.datetime) -> None:
        fresh, self._until = self._until is None, until
        if fresh:
            self._ends_s = time.monotonic() + (until - self._ctx.now()).total_seconds()
        self._show(DoorShown(standing=Standing.OPEN, loaded=True))
        self._clock.start()
        if fresh:
            self.opened.emit(until)

    def _show_closed(self, found: DoorState) -> None:
        invited = found.invitation
        self._show(
            DoorShown(
                standing=found.standing,
                name=invited.name if invited is not None else self._ctx.partner or "",
                mark=invited.mark if invited is not None else 3 - self._ctx.mark,
                loaded=True,
                waiting_s=math.ceil(found.wait_s),
                released=found.released,
                trouble=self._shown.trouble,
            )
        )
        if self._shown.waiting_s:
            self._wait.start()

    def _refused(self, error: LeewardError) -> None:
        if not self._wanted:
            return
        said = trouble(error, self._ctx.content)
        self._show(replace(self._shown, busy=False, trouble=said))
        if error.code is Code.WRONG_PASSPHRASE:
            self.load()

    def _look_again(self, _changes: object) -> None:
        """What was just written may mean that nothing for two is shown any more."""
        if self._until is not None:
            self._ctx.tasks.run(lambda desk: desk.both.standing(), self._still, slot="still-open")

    def _still(self, standing: Standing) -> None:
        if standing is not Standing.OPEN and self._until is not None:
            self.end(TROUBLE)

    def _count_down(self) -> None:
        left = max(0, self._shown.waiting_s - 1)
        if not left:
            self._wait.stop()
        self._show(replace(self._shown, waiting_s=left))

    def _look_at_clock(self) -> None:
        over = self._until is not None and self._ctx.now() >= self._until
        if over or (self._until is not None and time.monotonic() >= self._ends_s):  # the wall clock can be set back
            self.end(TIME)

    def _timer(self, interval_ms: int, tick: object) -> QTimer:
        made = QTimer(self)
        made.setInterval(interval_ms)
        made.timeout.connect(tick)
        return made

    def _show(self, state: DoorShown) -> None:
        self._shown = state
        self.state.emit(state)


def _close(desk: Desk) -> None:
    desk.both.close()


def _nothing(_none: None) -> None:
    """Closing brings nothing back."""
