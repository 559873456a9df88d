"""Threads: the list by who carries what, and one thread with its path, its triggers by month and its new moments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from app.data import keeping, reading
from app.data.thread_queries import ids_of_kind, linked_days, linked_entries, linked_measures
from app.domain.errors import Code, RecordError
from app.domain.fields import When
from app.domain.kinds.injury import Injury
from app.domain.records import Body, RecordId, Revision, RevisionId, wall_ms
from app.services.journal import Journal
from app.services.session import Session

INJURY, STEP, MOMENT, TRIGGER = "injury", "path_step", "new_experience", "trigger"
STEPS = 8
MONTHS = 12
OPEN, SETTLED = "open", "settled"


class ThreadRow(msgspec.Struct, frozen=True):
    """A thread as the list shows it.

    `place` is the writer's seat: carries, answers, both, or "" while it was not said. `step` counts 1 to `STEPS`, 0
    while none is noted. `standing`: open, resting, settled. `since_ms` is when a resting or settled thread came to be
    so; of an open one, when it was last written on.
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


class NewMoment(msgspec.Struct, frozen=True):
    """A time the person reached out again and was met; `text` is its first line."""

    record: RecordId
    day: int
    text: str


class Version(msgspec.Struct, frozen=True):
    """One saved state: when, and which questions were answered differently than before."""

    revision: RevisionId
    at_ms: int
    fields: tuple[str, ...]


class ThreadDetail(msgspec.Struct, frozen=True):
    """One thread opened.

    `noted` are the steps with a note, `current` the newest of them (0 before the first). `months` are ordinals of the
    first days of the last twelve months, `counts` the linked triggers in each. `weights` are (day, 0-10).
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


class Threads:
    """Threads of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)

    def list(self) -> tuple[ThreadRow, ...]:
        """Every thread, the one changed last first."""
        rows = [self._row(record) for record in ids_of_kind(self._session.connection, INJURY)]
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
        breaches = self._session.content.list("breaches").items
        weights = reading.of_record(self._session.connection, record, "injury.weight")
        return ThreadDetail(
            row=self._row(record),
            body=body,
            head=found.head,
            danger=body.marks_danger(breaches),
            notes=notes,
            noted=frozenset(note.step for note in notes),
            current=notes[-1].step if notes else 0,
            months=months,
            counts=self._by_month(record, months),
            moments=self._moments(record),
            weights=tuple(zip(weights.days, weights.values, strict=True)),
            story_words=len((body.story or "").split()),
            saved_ms=found.changed_ms,
            conflict=found.conflict,
        )

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
        """Every saved state with the questions it changed, newest first."""
        history = [revision for revision in self._journal.history(record) if revision.body is not None]
        found = []
        before: dict[str, object] = {}
        for revision in history:
            now: dict[str, object] = msgspec.json.decode(revision.body or b"{}")
            changed = tuple(key for key in {**before, **now} if before.get(key) != now.get(key))
            found.append(Version(revision.id, wall_ms(revision.clock), changed))
            before = now
        return tuple(reversed(found))

    def answers_at(self, record: RecordId, revision: RevisionId) -> dict[str, object]:
        """All answers as they stood in one version."""
        found: Revision | None = next((r for r in self._journal.history(record) if r.id == revision), None)
        if found is None or found.body is None:
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        answers: dict[str, object] = msgspec.json.decode(found.body)
        return answers

    def _row(self, record: RecordId) -> ThreadRow:
        found = self._journal.record(record)
        body = found.body
        if not isinstance(body, Injury):
            raise RecordError(Code.UNKNOWN_RECORD, record=record)
        steps = linked_measures(self._session.connection, record, STEP, "injury.step")
        return ThreadRow(
            record=record,
            title=body.heading(),
            place=body.my_place or "",
            standing=body.standing,
            step=round(steps[-1][3]) if steps else 0,
            since_ms=found.changed_ms if body.standing == OPEN else self._stood_since_ms(record, body.standing),
            carries=body.carries or (),
            answers=body.answers or (),
            when=body.when,
        )

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
        for note, day, _, step in linked_measures(self._session.connection, record, STEP, "injury.step"):
            body = self._journal.record(note).body
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
                )
            )
        return tuple(notes)

    def _moments(self, record: RecordId) -> tuple[NewMoment, ...]:
        found = linked_entries(self._session.connection, record, MOMENT)
        return tuple(NewMoment(entry.record, entry.day, entry.title or entry.preview) for entry in found)

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
