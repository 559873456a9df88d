"""Seals what is left at the locked program; holds no key, and can read nothing back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Code, LeewardError
from app.ui.runtime.aside import Aside, Errand
from app.ui.runtime.warmup import Warmup
from app.ui.screens.drop.state import DropState, Owner, What
from app.ui.text import trouble
from app.ui.widgets.marks import Shape

if TYPE_CHECKING:
    from app.services.inbox import Recipient


class DropPresenter(QObject):
    """`state(DropState)` for the view."""

    state = Signal(object)

    def __init__(
        self, aside: Aside, warmup: Warmup, folder: Path, now: Callable[[], dt.datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._aside, self._warmup, self._folder, self._now = aside, warmup, folder, now
        self._cards: tuple[Recipient, ...] = ()
        self._shown = DropState()
        self._errand: Errand | None = None

    def load(self) -> None:
        """Look who can be left something here."""
        folder = self._folder

        def work(_errand: Errand) -> tuple[Recipient, ...]:
            from app.services import inbox

            return inbox.cards_of(folder)

        self._errand = self._aside.start(work, self._found, self._refused)

    def drop(self, what: What, answers: Mapping[str, object], owner: int = 0) -> None:
        """Seal it to one of the owners, unless something is under way. What is typed stays until it is durable."""
        if self._shown.busy or not 0 <= owner < len(self._cards):
            return
        folder, card, at = self._folder, self._cards[owner], self._now()
        kind, said = ("note" if what is What.NOTE else "trigger"), dict(answers)

        def work(_errand: Errand) -> None:
            from app.services import inbox

            inbox.put_away(folder, card, self._warmup.wait().kinds, kind, said, at)

        self._show(DropState(self._shown.owners, busy=True, kept=self._shown.kept))
        self._errand = self._aside.start(work, lambda _none: self._dropped(what), self._refused)

    def leave(self) -> None:
        """The surface has gone: what is being sealed still is, and nobody is told."""
        if self._errand is not None:
            self._errand.call_off()

    def _found(self, cards: tuple[Recipient, ...]) -> None:
        from app.services.inbox import is_first

        self._cards = cards
        owners = tuple(Owner(Shape.CIRCLE if is_first(card) else Shape.SQUARE, card.label) for card in cards)
        self._show(DropState(owners, absent=not owners))

    def _dropped(self, what: What) -> None:
        self._show(DropState(self._shown.owners, kept=self._shown.kept + 1, last=what))

    def _refused(self, error: LeewardError) -> None:
        words = self._warmup.peek()
        if error.code is Code.INVALID_RECORD:
            field, reason = str(error.detail.get("field", "")), str(error.detail.get("reason", ""))
            self._show(replace(self._shown, busy=False, refused_field=field, refused_reason=reason, trouble=None))
            return
        said = trouble(error, words.content if words else None)
        self._show(replace(self._shown, busy=False, trouble=said, refused_reason=""))

    def _show(self, state: DropState) -> None:
        self._shown = state
        self.state.emit(state)
