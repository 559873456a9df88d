"""The wordings of a text that needs marks as its history tells them: what each changed, why, and who marked it."""

from __future__ import annotations

import msgspec

from app.domain.differences import Op, Run, compare_words, differences
from app.domain.records import PersonId
from app.services import reach
from app.services.marks import MarkState, Wording
from app.services.session import Session

WORDS = "wording"


class Marked(msgspec.Struct, frozen=True):
    """A mark on a wording: whose, and when (UTC milliseconds)."""

    name: str
    mine: bool
    at_ms: int


class Version(msgspec.Struct, frozen=True):
    """One wording. `number` counts from 1; `runs` are its words against those before, the same in the first.

    `also` are the other questions it answers differently, by field id. `agreed_ms`: since when both marks stood on it.
    """

    number: int
    current: bool
    runs: tuple[Run, ...]
    also: tuple[str, ...]
    reason: str
    author: str
    by_me: bool
    at_ms: int
    marks: tuple[Marked, ...]
    agreed_ms: int | None

    @property
    def words(self) -> str:
        """The wording as it read."""
        return "".join(run.words for run in self.runs if run.op is not Op.REMOVED)


def versions_of(session: Session, state: MarkState) -> tuple[Version, ...]:
    """Every wording, newest first. None is ever overwritten; one that nobody marked is there as well."""
    found = []
    before: Wording | None = None
    for number, one in enumerate((*state.earlier, state.current), 1):
        found.append(_version(session, number, one, before, current=one is state.current))
        before = one
    return tuple(reversed(found))


def _version(session: Session, number: int, one: Wording, before: Wording | None, *, current: bool) -> Version:
    words = str(one.answers.get(WORDS) or "")
    runs = (Run(Op.SAME, words),) if before is None else compare_words(str(before.answers.get(WORDS) or ""), words)
    return Version(
        number=number,
        current=current,
        runs=runs,
        also=() if before is None else _also(session, before, one),
        reason=one.reason,
        author=reach.name_of(session, one.author),
        by_me=one.author == session.person.id,
        at_ms=one.at_ms,
        marks=tuple(_marked(session, mark.person, mark.at_ms) for mark in one.marks),
        agreed_ms=one.agreed_ms,
    )


def _marked(session: Session, person: PersonId, at_ms: int) -> Marked:
    return Marked(reach.name_of(session, person), person == session.person.id, at_ms)


def _also(session: Session, before: Wording, now: Wording) -> tuple[str, ...]:
    kind = session.kinds.declared("boundary")
    first, second = (session.kinds.decode(kind.id, msgspec.json.encode(one.answers)) for one in (before, now))
    return tuple(part.field for part in differences(kind, first, second) if part.field != WORDS)
