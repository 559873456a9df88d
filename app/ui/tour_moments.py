"""The tour's stops about triggers completed later and about small moments, with what is offered and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import msgspec

from app.domain.records import RecordId
from app.services.desk import Desk
from app.services.moments import KINDS, LINES
from app.services.triggers import Hints
from app.ui.main_window import MainWindow
from app.ui.screens.moments import build
from app.ui.screens.moments.panel import MomentPanel
from app.ui.screens.moments.view import MomentsSurface
from app.ui.screens.trigger.offers import OfferRow
from app.ui.screens.trigger.state import Offer
from app.ui.screens.trigger.view import TriggerSurface
from app.ui.screens.trigger.wording import why_thread
from app.ui.widgets.field_editors import Editor

_LOOKED_AT: Final = 240
"""Triggers of the sample among which one is looked for that shows what a stop is about."""
_WHOLE: Final = 12
"""Answers from which a trigger is told whole."""


class Moments:
    """Goes to one of `stops` after the other; `shown` is the window of the sample with nothing over its page."""

    def __init__(self, shown: Callable[[], MainWindow], desk: Desk) -> None:
        self._shown, self._desk = shown, desk

    def stops(self) -> dict[str, Callable[[], None]]:
        """Where to go, by name, in order. None of them writes into the journal."""
        return {
            "trigger-tally": partial(self._complete, lambda body, _hints: len(body) == 1, "at"),
            "trigger-suggested": partial(self._complete, lambda _body, hints: hints.thread is not None, "thread"),
            "trigger-loop": partial(self._complete, lambda _body, hints: hints.loop is not None, "pattern"),
            "trigger-helped": partial(self._complete, lambda body, _hints: len(body) > _WHOLE, "helped"),
            "moment-choose": self._choose,
            **{f"moment-{kind}": partial(self._note, kind) for kind in KINDS},
        }

    def _open(self) -> MainWindow:
        session = self._shown()
        session.open_over(build(session.context))
        return session

    def _choose(self) -> None:
        self._open()

    def _complete(self, fits: Callable[[dict[str, object], Hints], bool], field: str) -> None:
        session = self._shown()
        session.log_trigger(self._find(fits))
        surface = session.findChildren(TriggerSurface)[-1]
        if field != "at":
            surface.show_more(more=True, chain=field == "pattern")
            _editor(surface, field).setFocus()
        for row in surface.findChildren(OfferRow):
            if field != "at" and row.isVisible():
                row.take.setFocus()

    def _find(self, fits: Callable[[dict[str, object], Hints], bool]) -> RecordId | None:
        desk = self._desk
        for entry in desk.journal.page(kinds=("trigger",), limit=_LOOKED_AT).entries:
            body: dict[str, object] = msgspec.to_builtins(desk.journal.record(entry.id).body)
            if fits(body, desk.triggers.hints(entry.id, body)):
                return entry.id
        return None

    def _note(self, kind: str) -> None:
        session = self._open()
        surface = session.findChildren(MomentsSurface)[-1]  # one from the stop before may still fade
        surface.presenter.choose(kind)
        (panel,) = surface.findChildren(MomentPanel)
        answers = {name: value for name, value in self._newest(kind).items() if name not in {"at", "thread"}}
        panel.show_answers(answers)
        found = self._desk.moments.suggest(kind, str(answers.get(LINES[kind], "")))
        panel.offer(Offer(found.thread, found.title, why_thread(found)) if found is not None else None)
        panel.go_to_line()

    def _newest(self, kind: str) -> dict[str, object]:
        """What the sample holds of a kind, to be shown and not saved again."""
        found = self._desk.journal.page(kinds=(kind,), limit=1).entries
        shown: dict[str, object] = msgspec.to_builtins(self._desk.journal.record(found[0].id).body) if found else {}
        return shown


def _editor(surface: TriggerSurface, field: str) -> Editor:
    """The editor of one question of the form."""
    form = next(form for form in surface.forms if field in form.asked())
    return form.editor(field)
