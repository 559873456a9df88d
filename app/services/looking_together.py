"""What the page for two tells in words: lines each of them put into the space for two, and what stands there already.

Everything here comes through `Both.shared`, records both can read anyway, and `Both.lines`, the lines of check-ins that
their writers ticked; nothing else of either private part. Weeks are the finest grain, so no line says on which day or
at what time it was written.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from app.domain.kinds.agreement import Occasion, Outcome, Reading, monday_of, occasions_of
from app.domain.records import RecordId
from app.services.session import Session
from app.services.trend_words import TrendWords

if TYPE_CHECKING:
    from app.domain.content import Content
    from app.services.both import Both, SharedRecord
    from app.services.journal import Journal
    from app.services.released_lines import ReleasedLine

NOTICED: Final = "appreciation"
TICKED: Final = "checkin"
LINES: Final[Mapping[str, str]] = {"appreciation": "line", "moment": "for_what", "new_experience": "happened",
                                   "note": "body"}  # fmt: skip
"""The kinds whose one line can stand here once its writer put it into the space for two, and the field of that line."""
MOST_LINES: Final = 6
MOST_ROWS: Final = 8
_EVER: Final = (1, dt.date.max.toordinal())
"""Any day: what is named may have been begun before or after the weeks that are looked at."""
_KEPT: Final = frozenset({"kept", "kept_late"})
_DONE: Final = frozenset({"done", "small"})
_PROMISE, _PROMISE_EVENT = "commitment", "commitment_event"
_RITUAL, _RITUAL_DAY = "ritual", "ritual_completion"
_BOUNDARY, _OCCASION = "boundary", "boundary_occasion"
TALK: Final = "conversation"


class Line(msgspec.Struct, frozen=True):
    """A person's own words. `mark` 1 or 2 says whose; `week` is the Monday (ordinal) of the week it is about."""

    mark: int
    week: int
    words: str


class Kept(msgspec.Struct, frozen=True):
    """A promise in its own words, who keeps it, and how often in the period. `mark` is the keeper's."""

    mark: int
    words: str
    times: int


class Done(msgspec.Struct, frozen=True):
    """A ritual and on how many days of the period it was done."""

    title: str
    times: int


class Seen(msgspec.Struct, frozen=True):
    """One person's reading of an occasion: what it was to them, in the words of the form and in their own."""

    mark: int
    outcome: str
    words: str


class Differently(msgspec.Struct, frozen=True):
    """An occasion two people read in two ways, side by side, the first person's reading first."""

    agreement: str
    week: int
    readings: tuple[Seen, Seen]


class Told(msgspec.Struct, frozen=True):
    """Everything in words, for one period. `lines` are those of the first and of the second person, newest first.

    `noticed`: the newest good thing each wrote down, apart from `lines`; None without one.
    """

    lines: tuple[tuple[Line, ...], tuple[Line, ...]]
    noticed: tuple[Line | None, Line | None]
    kept: tuple[Kept, ...]
    done: tuple[Done, ...]
    differently: tuple[Differently, ...]


def told(both: Both, content: Content, first_day: int, last_day: int) -> Told:
    """Gather it for the days `first_day` … `last_day` (ordinals).

    Raises:
        VaultError: NOT_BOTH_HERE.
    """
    shared = both.shared((*LINES, _PROMISE_EVENT, _RITUAL_DAY, _OCCASION), first_day, last_day)
    named = both.shared((_PROMISE, _RITUAL, _BOUNDARY), *_EVER)
    by_kind: dict[str, list[SharedRecord]] = {}
    for record in shared:
        by_kind.setdefault(record.kind, []).append(record)
    titles = {record.id: record for record in named}
    lines, noticed = _lines(
        (record for kind in LINES for record in by_kind.get(kind, ())), both.lines(first_day, last_day)
    )
    return Told(
        lines=lines,
        noticed=noticed,
        kept=_kept(by_kind.get(_PROMISE_EVENT, ()), titles),
        done=_done(by_kind.get(_RITUAL_DAY, ()), titles),
        differently=_differently(by_kind.get(_OCCASION, ()), titles, content),
    )


def we_talked(journal: Journal, session: Session) -> RecordId:
    """Note in the space for two that the two of you talked: the date and nothing else."""
    words = TrendWords(session.content, solo=False, today=session.today())
    day = dt.date.fromordinal(session.today()).isoformat()
    return journal.add(TALK, {"script": words.plain("together.page.talked"), "at": {"day": day}})


def _lines(
    records: Iterable[SharedRecord], ticked: Iterable[ReleasedLine]
) -> tuple[tuple[tuple[Line, ...], tuple[Line, ...]], tuple[Line | None, Line | None]]:
    found: dict[int, list[tuple[int, str, Line]]] = {1: [], 2: []}
    for record in records:
        words = str(getattr(record.body, LINES[record.kind], None) or "").strip()
        if words:
            found[record.author].append((record.day, record.kind, Line(record.author, monday_of(record.day), words)))
    for one in ticked:
        found[one.mark].append((one.day, TICKED, Line(one.mark, one.week, one.words)))
    lines: list[tuple[Line, ...]] = []
    noticed: list[Line | None] = []
    for mark in (1, 2):
        newest = sorted(found[mark], key=lambda one: one[0], reverse=True)
        good = next((one for one in newest if one[1] == NOTICED), None)
        noticed.append(good[2] if good is not None else None)
        lines.append(tuple(one[2] for one in newest if one is not good)[:MOST_LINES])
    return (lines[0], lines[1]), (noticed[0], noticed[1])


def _kept(events: Sequence[SharedRecord], titles: Mapping[RecordId, SharedRecord]) -> tuple[Kept, ...]:
    """Promises that were kept, in the order in which they were made; what was not kept has no place here."""
    times = Counter(
        (str(getattr(event.body, _PROMISE, "")), event.author)
        for event in events
        if getattr(event.body, "outcome", None) in _KEPT
    )
    order = {record: place for place, record in enumerate(titles)}
    found = []
    for (promise, mark), count in sorted(times.items(), key=lambda one: (order.get(RecordId(one[0][0]), 0), one[0][1])):
        record = titles.get(RecordId(promise))
        words = str(getattr(record.body, "wording", None) or "") if record is not None else ""
        if words:
            found.append(Kept(mark, words, count))
    return tuple(found[:MOST_ROWS])


def _done(days: Sequence[SharedRecord], titles: Mapping[RecordId, SharedRecord]) -> tuple[Done, ...]:
    """Rituals by the order in which they were begun, never by how often."""
    done: dict[str, set[int]] = {}
    for one in days:
        if getattr(one.body, "outcome", None) in _DONE:
            done.setdefault(str(getattr(one.body, _RITUAL, "")), set()).add(one.day)
    found = []
    for record in titles.values():
        title = str(getattr(record.body, "title", None) or "")
        if record.kind == _RITUAL and record.id in done and title:
            found.append(Done(title, len(done[record.id])))
    return tuple(found[:MOST_ROWS])


def _differently(
    notes: Sequence[SharedRecord], titles: Mapping[RecordId, SharedRecord], content: Content
) -> tuple[Differently, ...]:
    """Occasions with two readings that do not agree and that do not rest yet, newest first."""
    known = {note.id: note for note in notes}
    found = []
    for occasion in occasions_of(_reading(note) for note in notes):
        if occasion.other is None or not occasion.open_between:
            continue
        first = known[RecordId(occasion.first.record)]
        agreement = titles.get(RecordId(str(getattr(first.body, _BOUNDARY, ""))))
        words = str(getattr(agreement.body, "wording", None) or "") if agreement is not None else ""
        found.append(Differently(words, monday_of(first.day), _pair(occasion, known, content)))
    return tuple(found[:MOST_ROWS])


def _pair(occasion: Occasion, known: Mapping[RecordId, SharedRecord], content: Content) -> tuple[Seen, Seen]:
    field = content.kinds[_OCCASION].field("outcome")
    labels = {option.id: option.label for option in field.options} if field is not None else {}
    seen = []
    for reading in (occasion.first, occasion.other):
        if reading is not None:
            note = known[RecordId(reading.record)]
            words = str(getattr(note.body, "note", None) or "").strip()
            seen.append(Seen(note.author, labels.get(reading.outcome, reading.outcome), words))
    first, second = sorted(seen, key=lambda one: one.mark)
    return first, second


def _reading(note: SharedRecord) -> Reading:
    body = note.body
    outcome = str(getattr(body, "outcome", None) or "")
    return Reading(
        record=note.id,
        author=str(note.author),
        day=note.day,
        outcome=Outcome(outcome) if outcome in set(Outcome) else Outcome.UNCLEAR,
        talked_through=getattr(body, "repaired", None) == "yes",
        reading_of=str(getattr(body, "reading_of", None) or ""),
        claims_difference=getattr(body, "other_reading", None) == "differently",
        settled=getattr(body, "settled", None) == "yes",
    )
