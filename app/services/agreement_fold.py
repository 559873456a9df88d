"""What the saved states of an agreement come to: its wording now, and who has said what of it in their own name.

A state counts as its author's word about themselves and about nobody else, as with marks (`app.services.marks`, which
also proves the signatures of one that is opened). Other words begin a new wording, of which nobody has said anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from app.data.agreement_queries import StateRow
from app.domain.errors import Code, RecordError
from app.domain.fields import FieldType, Kind
from app.domain.marking import BESIDE
from app.domain.records import PersonId, wall_ms

LOOKED, LETS_GO = "looked", "lets_go"


class Folded(msgspec.Struct, frozen=True):
    """The newest wording. `answers` are those of the state that stands, as JSON values by field id.

    `marked`, `lets_go`: who says so of themselves. `looked` holds the day (ordinal) each last found it still right.
    `worded_ms` and `agreed_ms` are UTC milliseconds; the latter is None while a mark is missing. `stood_ms`: since when
    it stands as it does.
    """

    answers: Mapping[str, object]
    author: PersonId
    worded_ms: int
    marked: frozenset[PersonId] = frozenset()
    agreed_ms: int | None = None
    lets_go: frozenset[PersonId] = frozenset()
    looked: Mapping[PersonId, int] = {}
    stood_ms: int = 0

    @property
    def state(self) -> str:
        """How it was said to stand; empty while nobody said."""
        return str(self.answers.get("state") or "")

    @property
    def next_look(self) -> int | None:
        """The day (ordinal) of the next look."""
        return day_in(self.answers.get("next_look"))


def fold(kind: Kind, states: Iterable[StateRow], people: frozenset[PersonId]) -> Folded:
    """Read the states of one record, oldest first.

    Args:
        kind: its declaration.
        states: all of them that count; there is at least one.
        people: whose marks it needs.

    Raises:
        RecordError: UNKNOWN_RECORD for a record without any state.
    """
    folding = _Folding(kind, people)
    for state in states:
        folding.take(state)
    return folding.done()


def day_in(when: object) -> int | None:
    """The day (ordinal) of a stored `when`; None for anything else."""
    day = when.get("day") if isinstance(when, Mapping) else None
    try:
        return dt.date.fromisoformat(day).toordinal() if isinstance(day, str) else None
    except ValueError:
        return None


class _Folding:
    def __init__(self, kind: Kind, people: frozenset[PersonId]) -> None:
        self._people = people
        self._marks = next((field.id for field in kind.fields if field.type is FieldType.SIGNATURE), "")
        self._beside = BESIDE | {self._marks} | {field.id for field in kind.fields if field.private_only}
        self._wording: dict[str, object] | None = None
        self._newest: dict[str, object] = {}
        self._head: dict[str, object] | None = None
        self._stood = ""
        self._begin(PersonId(""), 0)
        self._stood_ms = 0

    def _begin(self, author: PersonId, at_ms: int) -> None:
        self._author, self._worded_ms = author, at_ms
        self._marked: set[PersonId] = set()
        self._lets_go: set[PersonId] = set()
        self._looked: dict[PersonId, int] = {}
        self._agreed_ms: int | None = None

    def take(self, state: StateRow) -> None:
        answers: dict[str, object] = msgspec.json.decode(state.body)
        at_ms, author = wall_ms(state.clock), state.author
        wording = {name: value for name, value in answers.items() if name not in self._beside}
        if wording != self._wording:
            self._wording = wording
            self._begin(author, at_ms)
        self._say(self._marked, author, _said(answers, self._marks, author) is not None)
        self._say(self._lets_go, author, _said(answers, LETS_GO, author) is not None)
        looked = day_in(_said(answers, LOOKED, author))
        if looked is not None:
            self._looked[author] = looked
        complete = self._marked >= self._people
        self._agreed_ms = (self._agreed_ms or at_ms) if complete else None
        standing = str(answers.get("state") or "")
        if standing != self._stood:
            self._stood, self._stood_ms = standing, at_ms
        self._newest = answers
        if state.is_head:
            self._head = answers

    def done(self) -> Folded:
        if self._wording is None:
            raise RecordError(Code.UNKNOWN_RECORD, record="?")
        return Folded(
            answers=self._head if self._head is not None else self._newest,
            author=self._author,
            worded_ms=self._worded_ms,
            marked=frozenset(self._marked),
            agreed_ms=self._agreed_ms,
            lets_go=frozenset(self._lets_go),
            looked=dict(self._looked),
            stood_ms=self._stood_ms or self._worded_ms,
        )

    @staticmethod
    def _say(group: set[PersonId], author: PersonId, says: bool) -> None:  # a plain fact of one state
        (group.add if says else group.discard)(author)


def _said(answers: Mapping[str, object], field: str, author: PersonId) -> object:
    told = answers.get(field)
    return told.get(author) if isinstance(told, Mapping) else None
