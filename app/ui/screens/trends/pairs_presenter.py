"""The pairs a person picked to see whether they came together; nothing else is ever compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.services.going_together import Offered, Pair, Together
from app.services.trend_words import TrendWords
from app.ui.context import Context

if TYPE_CHECKING:
    from app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class PairsPage:
    """What was picked and what came of it, and what can be picked."""

    together: Together
    offered: Offered


class PairsPresenter(QObject):
    """`state(PairsPage)` once it was wanted, and after each choice."""

    state = Signal(object)
    refused = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._asked = False

    def renew(self) -> None:
        """Something was written: read it anew once it is near."""
        self._asked = False

    def want(self) -> None:
        """Read it, unless that was done."""
        if not self._asked:
            self._asked = True
            self._run(None)

    def pick(self, pairs: tuple[Pair, ...]) -> None:
        """Keep another choice of pairs, at most three."""
        self._run(pairs)

    def _run(self, pairs: tuple[Pair, ...] | None) -> None:
        today = self._ctx.now().date().toordinal()

        def work(desk: Desk) -> PairsPage:
            words = TrendWords(desk.session.content, solo=desk.session.solo, today=today)
            if pairs is not None:
                desk.going_together.pick(pairs)
            return PairsPage(desk.going_together.report(today, words), desk.going_together.offered(words))

        # a choice is kept even when the next one is on its way; a mere look is not worth waiting for
        self._ctx.tasks.run(work, self.state.emit, self.refused.emit, slot=None if pairs is not None else "pairs")
