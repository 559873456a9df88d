"""Threads: the list by who carries what, and one thread with its path, its triggers by month and its new moments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from app.data import keeping, reading
from app.data.connection import Connection
from app.data.thread_queries import (
    ids_of_kind,
    linked_days,
    linked_entries,
    linked_measures,
    measures_by_target,
    of_kind_with_words,
)
from app.domain.deriving import local_day, zone_of
from app.domain.errors import Code, RecordError
from app.domain.fields import When
from app.domain.kinds.injury import Injury
from app.domain.records import Body, RecordId, RevisionId, wall_ms
from app.domain.safety import says_danger
from app.services import apart, reach
from app.services.journal import Journal
from app.services.placing import can_be_shared
from app.services.session import Session
from app.services.session_list import SessionList
from app.services.thread_parts import Belonging, MonthTrigger, belongings, kinds_that_belong, triggers_of_month

INJURY, STEP, MOMENT, TRIGGER = "injury", "path_step", "new_experience", "trigger"
STEPS = 8
MONTHS = 12
OPEN, SETTLED = "open", "settled"
_ACROSS = {"carries": "answers", "answers": "carries"}
"""The reader's seat in a thread the other person wrote from theirs."""


class ThreadRow(msgspec.Struct, frozen=True):
    """A thread as the list shows it.

    `place` is the reader's seat: carries, answers, both, or "" while it was not said. `step` counts 1 to `STEPS`, 0
    while none is noted. `standing`: open, resting, settled. `since_ms` is when a resting or settled thread came to be
    so; of an open one, when it was last written on. `shared`: it stands in the space for two; `theirs`: the other
    person wrote it, in their own voice, and only they can change it. `created_ms`: when it began where it stands; of a
    shared one that is when it was shared.
    """

    record: RecordId
    title: str
    place: str
    standing: str
    step: int
    since_ms: int
    carries: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    when: When | None = None
    shared: bool = False
    theirs: bool = False
    created_ms: int = 0


class StepNote(msgspec.Struct, frozen=True):
    """What was written at one step of the path, once. Steps can be returned to; each return is a note of its own."""

    record: RecordId
    step: int
    day: int
    role: str
    happened: str
    made_possible: str
    not_yet: str
    with_therapist: bool
    shared: bool = False
    theirs: bool = False


class NewMoment(msgspec.Struct, frozen=True):
    """A time the person reached out again and was met; `text` is its first line."""

    record: RecordId
    day: int
    text: str
    shared: bool = False


class Version(msgspec.Struct, frozen=True):
    """One saved state: when, and which questions were answered differently than before."""

    revision: RevisionId
    at_ms: int
    fields: tuple[str, ...]


class ThreadDetail(msgspec.Struct, frozen=True):
    """One thread opened.

    `noted` are the steps with a note, `current` the newest of them (0 before the first). `months` are ordinals of the
    first days of the last twelve months, `counts` the linked triggers in each. `weights` are (day, 0-10). `offered`
    are the kinds that can be begun from here; one that marks danger is not `shareable`, and nothing for two is offered
    from it. `listed`: it waits to be read in a session.
    """

    row: ThreadRow
    body: Injury
    head: RevisionId
    danger: bool
    notes: tuple[StepNote, ...]
    noted: frozenset[int]
    current: int
    months: tuple[int, ...]
    counts: tuple[int, ...]
    moments: tuple[NewMoment, ...]
    weights: tuple[tuple[int, float], ...]
    story_words: int
    saved_ms: int
    conflict: bool
    shareable: bool = False
    belongings: tuple[Belonging, ...] = ()
    offered: tuple[str, ...] = ()
    listed: bool = False


class Threads:
    """Threads of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)

    def list(self) -> tuple[ThreadRow, ...]:
        """Every thread that can be read and is not hidden, the one changed last first."""
        found = (record for connection in self._files() for record in ids_of_kind(connection, INJURY))
        noted = [measures_by_target(file, STEP, "injury.step") for file in self._files()]
        hidden = apart.hidden(self._session)

        def newest(record: RecordId) -> int:
            steps = [row for each in noted for row in each.get(record, ()) if row[0] not in hidden]
            return round(max(reversed(steps), key=lambda row: row[1:3])[3]) if steps else 0

        rows = [self._row(record, newest(record)) for record in reach.visible(self._session, found)]
        return tuple(sorted(rows, key=lambda row: -row.since_ms))

    def detail(self, record: RecordId) -> ThreadDetail:
        """One thread with all that hangs on it.

        Raises:
            RecordError: `UNKNOWN_RECORD`, also when the record is no thread.
        """
        found = self._journal.record(record)
        body = found.body
        if not isinstance(body, Injury):
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        notes = self._notes(record)
        months = self._months()
        row = self._row(record, notes[-1].step if notes else 0)
        danger = says_danger(self._session.kinds.declared(INJURY), body)
        return ThreadDetail(
            row=row,
            body=body,
            head=found.head,
            danger=danger,
            notes=notes,
            noted=frozenset(note.step for note in notes),
            current=notes[-1].step if notes else 0,
            months=months,
            counts=self._by_month(record, months),
            moments=self._moments(record),
            weights=self._weights(row),
            story_words=len((body.story or "").split()),
            saved_ms=found.changed_ms,
            conflict=found.conflict and not row.theirs,
            shareable=not danger and can_be_shared(self._session, INJURY, shared=row.shared),
            belongings=belongings(self._session, record),
            offered=kinds_that_belong(self._session, for_two=not danger and body.is_about_two),
            listed=SessionList(self._session).holds(record),
        )

    def found(self, words: str) -> frozenset[RecordId]:
        """The threads that hold these words anywhere in what was written of them."""
        return frozenset(record for file in self._files() for record in of_kind_with_words(file, INJURY, words))

    def month(self, record: RecordId, first: int) -> tuple[MonthTrigger, ...]:
        """The linked triggers of the month that begins on the day `first` (an ordinal), newest first."""
        begin = dt.date.fromordinal(first)
        last = (begin.replace(day=1) + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        return triggers_of_month(self._session, record, first, last.toordinal())

    def begin(self, title: str) -> RecordId:
        """A new thread; a title is enough."""
        return self._journal.add(INJURY, {"title": title})

    def weigh(self, record: RecordId, weight: int | None) -> None:
        """Say how heavy it is today; earlier answers stay."""
        self._journal.answer(record, weight=weight)

    def stand(self, record: RecordId, standing: str) -> None:
        """Let it rest, settle it, or open it again."""
        self._journal.answer(record, state=standing)

    def save_story(self, record: RecordId, story: str) -> None:
        """Keep the story as it now reads. A draft of the thread goes, unless it holds other answers not saved yet."""
        self._journal.answer(record, story=story or None)
        connection = self._session.connection
        draft = next((draft for draft in keeping.drafts(connection) if draft.key == record), None)
        if draft is None:
            return
        body = self._journal.record(record).body
        saved: dict[str, object] = msgspec.json.decode(self._session.kinds.encode(body))
        waiting = {**draft.body, "story": saved.get("story")}
        if {name: value for name, value in waiting.items() if value is not None} == saved:
            keeping.drop_draft(connection, record)
        else:
            keeping.save_draft(connection, record, draft.kind, waiting, draft.saved_ms)

    def versions(self, record: RecordId) -> tuple[Version, ...]:
        """Every saved state with the questions it changed, newest first; its writer's from before sharing too."""
        found = []
        before: dict[str, object] = {}
        for revision, at_ms, now in self._states(record):
            changed = tuple(key for key in {**before, **now} if before.get(key) != now.get(key))
            found.append(Version(revision, at_ms, changed))
            before = now
        return tuple(reversed(found))

    def answers_at(self, record: RecordId, revision: RevisionId) -> dict[str, object]:
        """All answers as they stood in one version."""
        for known, _, answers in self._states(record):
            if known == revision:
                return answers
        raise RecordError(Code.UNKNOWN_RECORD, record=record)

    def _states(self, record: RecordId) -> Iterator[tuple[RevisionId, int, dict[str, object]]]:
        """(revision, saved at in ms, answers) of every state, oldest first."""
        for state in apart.load(self._session, record).earlier:
            yield state.revision, state.at_ms, state.answers
        for revision in self._journal.history(record):
            if revision.body is not None:
                yield revision.id, wall_ms(revision.clock), msgspec.json.decode(revision.body)

    def _files(self) -> tuple[Connection, ...]:
        return reach.connections(self._session)

    def _weights(self, row: ThreadRow) -> tuple[tuple[int, float], ...]:
        """(day, 0-10) each time the answer changed; its writer's answers from before sharing come first."""
        now = reading.of_record(reach.at(self._session, shared=row.shared), row.record, "injury.weight")
        later = list(zip(now.days, now.values, strict=True))
        tz = zone_of(self._session.zone)
        earlier: list[tuple[int, float]] = []
        for state in apart.load(self._session, row.record).earlier:
            weight = state.answers.get("weight")
            if isinstance(weight, int) and (not earlier or earlier[-1][1] != weight):
                earlier.append((local_day(state.at_ms, tz).toordinal(), float(weight)))
        if earlier and later and earlier[-1][1] == later[0][1]:
            later = later[1:]
        return (*earlier, *later)

    def _row(self, record: RecordId, step: int) -> ThreadRow:
        found = self._journal.record(record)
        body = found.body
        if not isinstance(body, Injury):
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        shared = self._is_shared(record)
        theirs = reach.is_theirs(self._session, found.author, shared=shared)
        place = body.my_place or ""
        return ThreadRow(
            record=record,
            title=body.heading(),
            place=_ACROSS.get(place, place) if theirs else place,
            standing=body.standing,
            step=step,
            since_ms=found.changed_ms if body.standing == OPEN else self._stood_since_ms(record, body.standing),
            carries=body.carries or (),
            answers=body.answers or (),
            when=body.when,
            shared=shared,
            theirs=theirs,
            created_ms=found.created_ms,
        )

    def _is_shared(self, record: RecordId) -> bool:
        return self._session.space_of(record) is self._session.shared

    def _steps(self, record: RecordId) -> tuple[tuple[RecordId, int, int, float], ...]:
        """Notes on its steps as `linked_measures` has them, from both spaces, oldest first."""
        found = [row for file in self._files() for row in linked_measures(file, record, STEP, "injury.step")]
        hidden = apart.hidden(self._session)
        return tuple(sorted((row for row in found if row[0] not in hidden), key=lambda row: row[1:3]))

    def _stood_since_ms(self, record: RecordId, standing: str) -> int:
        """When the newest run of states that say so began."""
        since = 0
        for version in self._bodies(record):
            if getattr(version[1], "standing", "") != standing:
                since = 0
            elif not since:
                since = version[0]
        return since

    def _bodies(self, record: RecordId) -> Iterator[tuple[int, Body]]:
        """(saved at in ms, body) of every saved state, oldest first."""
        for revision in self._journal.history(record):
            if revision.body is not None:
                yield wall_ms(revision.clock), self._session.kinds.decode(revision.kind, revision.body)

    def _notes(self, record: RecordId) -> tuple[StepNote, ...]:
        notes = []
        for note, day, _, step in self._steps(record):
            found, shared = self._journal.record(note), self._is_shared(note)
            body = found.body
            notes.append(
                StepNote(
                    record=note,
                    step=round(step),
                    day=day,
                    role=getattr(body, "role", None) or "",
                    happened=getattr(body, "happened", None) or "",
                    made_possible=getattr(body, "made_possible", None) or "",
                    not_yet=getattr(body, "not_yet", None) or "",
                    with_therapist=bool(getattr(body, "with_therapist", None)),
                    shared=shared,
                    theirs=reach.is_theirs(self._session, found.author, shared=shared),
                )
            )
        return tuple(notes)

    def _moments(self, record: RecordId) -> tuple[NewMoment, ...]:
        hidden = apart.hidden(self._session)
        found = [
            NewMoment(entry.record, entry.day, entry.title or entry.preview, shared=bool(number))
            for number, file in enumerate(self._files())
            for entry in linked_entries(file, record, MOMENT)
            if entry.record not in hidden
        ]
        return tuple(sorted(found, key=lambda moment: -moment.day))

    def _months(self) -> tuple[int, ...]:
        today = self._session.now().date()
        last = today.year * 12 + today.month - 1
        return tuple(
            dt.date(number // 12, number % 12 + 1, 1).toordinal() for number in range(last - MONTHS + 1, last + 1)
        )

    def _by_month(self, record: RecordId, months: tuple[int, ...]) -> tuple[int, ...]:
        counts = [0] * len(months)
        for day in linked_days(self._session.connection, record, TRIGGER, months[0]):
            place = max(index for index, first in enumerate(months) if first <= day)
            counts[place] += 1
        return tuple(counts)
