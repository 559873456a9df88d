"""The tour's stops in a guided conversation: before it, at a step, in a pause, at its end, and waiting on Repair."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, Protocol

import msgspec

from app.domain import conversing
from app.domain.conversing import Talk
from app.services.desk import Desk
from app.services.sample_words import HEARD
from app.ui.main_window import MainWindow
from app.ui.screens.conversation.presenter import BEGIN
from app.ui.tour_stops import SETTLE_MS, Stop

SCRIPT: Final = "hearing-an-old-hurt"
_STEP: Final = "say-what-you-heard"
_PASSED_S: Final = 220


class Touring(Protocol):
    """What these stops ask of the tour."""

    def at(self, desk: Desk) -> MainWindow:
        """This person's journal as it stands in the window, with nothing over its page."""


class Conversations:
    """Makes the stops; `desk` opens the copy that may be written into once the first of them is reached."""

    def __init__(self, tour: Touring, desk: Callable[[], Desk]) -> None:
        self._tour, self._desk = tour, desk
        self._key = ""

    def stops(self) -> list[Stop]:
        """Where to go."""
        places: tuple[tuple[str, Callable[[], None]], ...] = (
            ("conversation-start", self._start),
            ("conversation-safety", partial(self._show, _before)),
            ("conversation-step", partial(self._show, _at_step)),
            ("conversation-strong", partial(self._show, _strong)),
            ("conversation-pause", partial(self._show, lambda talk: conversing.pause(_at_step(talk)))),
            ("conversation-closing", partial(self._show, self._closing)),
            ("conversation-keeping", partial(self._show, self._keeping)),
            ("conversation-alone", partial(self._show, _at_step, alone=True)),
            ("repair-paused", self._waiting),
        )
        stops = [Stop(name, arrive, SETTLE_MS) for name, arrive in places]
        for name, arrive in (places[0], places[2], places[6]):
            stops.append(Stop(f"{name}-1024x700", arrive, SETTLE_MS, 1024, 700))
            stops.append(Stop(f"{name}-text-200", arrive, SETTLE_MS, text_scale=2.0))
        return stops

    def _start(self) -> None:
        self._tour.at(self._desk()).go("conversation", BEGIN + SCRIPT)

    def _waiting(self) -> None:
        self._put(_at_step, alone=False)
        self._tour.at(self._desk()).go("repair")

    def _show(self, lead: Callable[[Talk], Talk], *, alone: bool = False) -> None:
        self._put(lead, alone=alone)
        self._tour.at(self._desk()).go("conversation", self._key)

    def _put(self, lead: Callable[[Talk], Talk], *, alone: bool) -> None:
        """Put a talk away as far as `lead` takes it; the one before is let go."""
        desk = self._desk()
        if self._key:
            desk.conversations.let_go(self._key)
        about = next(iter(desk.conversations.start(SCRIPT).about_both), None)
        held = desk.conversations.begin(SCRIPT, alone=alone, thread=about[0] if about else None)
        self._key = held.key
        desk.conversations.keep(held.key, lead(held.talk))

    def _closing(self, talk: Talk) -> Talk:
        script = self._desk().session.content.conversation(SCRIPT)
        talk = _at_step(talk)
        for _ in script.step:
            talk = conversing.go_on(talk, script)
        for _ in talk.seats:
            talk = conversing.answer_safety(talk, 7)
        return talk

    def _keeping(self, talk: Talk) -> Talk:
        talk = self._closing(talk)
        for seat in talk.seats:
            talk = conversing.say_keep(talk, _STEP, seat, on=True)
        return conversing.to_keeping(talk)


def _before(talk: Talk) -> Talk:
    return talk


def _at_step(talk: Talk) -> Talk:
    """At the third step, with the helpers filled in."""
    for _ in talk.seats:
        talk = conversing.answer_safety(talk, 6)
    for seat, value in zip(talk.seats, (4, 5), strict=False):
        talk = conversing.strengthen(talk, seat, value)
    passed = ("name-one-moment", "stay-and-hear")
    talk = conversing.fill(conversing.spend(talk, _STEP, _PASSED_S), _STEP, HEARD)
    return _moved(talk, passed)


def _moved(talk: Talk, passed: tuple[str, ...]) -> Talk:
    return msgspec.structs.replace(talk, step=len(passed), furthest=len(passed), passed=passed)


def _strong(talk: Talk) -> Talk:
    return msgspec.structs.replace(conversing.strengthen(_at_step(talk), 1, 8), offering=True)
