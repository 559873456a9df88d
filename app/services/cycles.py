"""Loops in triggers: which drawn loop two moves look like, offered and never judged; and how often each was there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

import msgspec

from app.data.trigger_queries import chosen_between
from app.domain.records import Record, RecordId
from app.services import reach
from app.services.danger import Danger
from app.services.session import Session

KIND = "cycle"
PURSUE_WITHDRAW, BLAME_DEFEND, BOTH_QUIET, SWITCHING = "pursue_withdraw", "blame_defend", "both_shut_down", "switching"
DRAWN = 20
"""How many drawn loops are looked at, those changed last."""
_PRESSING: Final = frozenset({"pursue", "check", "blame"})
_QUIET: Final = frozenset({"withdraw", "shut_down"})


class Likeness(msgspec.Struct, frozen=True):
    """A loop that two moves look like. `tag` is what a trigger keeps; `name` and `drawn` where the person drew it."""

    tag: str
    name: str = ""
    drawn: RecordId | None = None


class LoopShare(msgspec.Struct, frozen=True):
    """How often a loop was there: `said` by the person, `fits` where nothing was said and two moves look like it."""

    tag: str
    said: int
    fits: int

    @property
    def times(self) -> int:
        """Both together."""
        return self.said + self.fits


class LoopShares(msgspec.Struct, frozen=True):
    """Loops of a period, the frequent first. `told` counts the triggers that tell anything: a loop, or both moves."""

    told: int
    loops: tuple[LoopShare, ...]


def loop_of(mine: str, other: str) -> str | None:
    """The loop two moves make, seen from either side; None for any other two."""
    moves = {mine, other}
    if moves <= _QUIET:
        return BOTH_QUIET
    if moves == {"blame", "defend"}:
        return BLAME_DEFEND
    return PURSUE_WITHDRAW if moves & _PRESSING and moves & _QUIET else None


class Cycles:
    """Loops of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def looks_like(self, answers: Mapping[str, object]) -> Likeness | None:
        """The loop that a trigger's two moves look like: one the person drew, else the usual one of that kind.

        Nothing is offered once a loop was said, nor where the trigger or its thread marks danger: two moves are no loop
        between equals then.
        """
        mine, other = _first(answers.get("move")), _first(answers.get("other_move"))
        if mine is None or other is None or answers.get("pattern") is not None or self._dangerous(answers):
            return None
        usual = loop_of(mine, other)
        drawn = reach.own_newest(self._session, KIND, DRAWN)
        for record in drawn:
            if _holds(record, "my_move", mine) and _holds(record, "other_move", other):
                return _likeness(record, usual)
        for record in drawn:
            pattern = getattr(record.body, "pattern", None)
            turned = _holds(record, "my_move", other) and _holds(record, "other_move", mine)
            if (usual is not None and pattern == usual) or (turned and pattern == SWITCHING):
                return _likeness(record, usual)
        return Likeness(usual) if usual is not None else None

    def shares(self, first: int, last: int) -> LoopShares:
        """How often each loop was there on the days `first` to `last` (ordinals, both included)."""
        said: Counter[str] = Counter()
        fits: Counter[str] = Counter()
        told = 0
        for chosen in chosen_between(self._session.connection, ("move", "other_move", "pattern"), first, last):
            mine, other, tag = chosen.get("move"), chosen.get("other_move"), chosen.get("pattern")
            if tag is not None:
                said[tag] += 1
            elif mine is not None and other is not None:
                usual = loop_of(mine, other)
                fits.update((usual,) if usual is not None else ())
            else:
                continue
            told += 1
        loops = [LoopShare(tag, said[tag], fits[tag]) for tag in said.keys() | fits.keys()]
        return LoopShares(told, tuple(sorted(loops, key=lambda one: (-one.times, one.tag))))

    def _dangerous(self, answers: Mapping[str, object]) -> bool:
        safety = {option.id for option in self._session.content.list("breaches").items if option.safety}
        marked = answers.get("breach")
        if isinstance(marked, (list, tuple)) and not safety.isdisjoint(marked):
            return True
        thread = answers.get("thread")
        return isinstance(thread, str) and Danger(self._session).marks(RecordId(thread))


def _first(value: object) -> str | None:
    """The one move of an answer that may hold a list."""
    return next((str(one) for one in value), None) if isinstance(value, (list, tuple)) else None


def _holds(record: Record, field: str, move: str) -> bool:
    return move in (getattr(record.body, field, None) or ())


def _likeness(record: Record, usual: str | None) -> Likeness | None:
    """What a drawn loop is kept as: its pattern, else what the moves make, else its own name."""
    name = getattr(record.body, "our_name", None) or ""
    tag = getattr(record.body, "pattern", None) or usual or name
    return Likeness(tag, name, record.id) if tag else None
