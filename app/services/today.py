"""What the Today page shows and does: the check-in of a day, the thread to go on with, what can be finished, two weeks.

Every question is bound by an index, so that the page opens as fast after years of writing as in the first week.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import msgspec

from app.data import keeping, reading
from app.data.keeping import LEFT, Draft
from app.data.reading import Entry
from app.data.space import Space
from app.data.suggesting import newest_changed
from app.domain.kinds.injury import Injury
from app.domain.kinds.trigger import Trigger
from app.domain.records import Record, RecordId, RevisionId
from app.domain.safety import says_danger
from app.services import choices, look_backs, reach
from app.services.choices import Choices
from app.services.drafts import LOOK, TALK, at_ms
from app.services.fortnight import Fortnight, fortnight
from app.services.journal import Journal
from app.services.session import Session
from app.services.undo import Undo

CHECKIN = "checkin"
TRIGGER = "trigger"
TAIL_LETTERS = 240
"""How much of a story's end is shown."""
TALLY_DAYS, QUICK_DAYS = 7, 3
"""How long a bare tally, and a quick note, are offered for completing."""
OFFERED = 4
LOOKED_AT = 24
_CLOSED_ON = "today.closed_on"
_STEPS = 8
_SENTENCE_END = re.compile(r"[.?!…]['\"”’»)]* ")


class SavedCheckin(msgspec.Struct, frozen=True):
    """The check-in of a day as it stands. `answers` are JSON values by field id."""

    record: RecordId
    head: RevisionId
    answers: dict[str, object]


class CheckinDay(msgspec.Struct, frozen=True):
    """One day's check-in: saved, half written, put off until tomorrow, or still open. `day` is an ordinal."""

    day: int
    saved: SavedCheckin | None = None
    draft: dict[str, object] | None = None
    put_off: bool = False


class ThreadTail(msgspec.Struct, frozen=True):
    """The thread to go on with. `step` counts 1 to `steps`, 0 while none is noted; `tail` is the end of its story."""

    record: RecordId
    title: str
    step: int
    steps: int
    tail: str


class Unfinished(msgspec.Struct, frozen=True):
    """Something that can be completed, or left. `reason`: "draft", "later" (questions were left for later), "tally" or
    "quick". `record` is None for a new one.

    `key` is the draft's key where there is a draft.
    """

    kind: str
    reason: str
    day: int
    instant_ms: int
    title: str
    record: RecordId | None = None
    key: str | None = None


class TodayState(msgspec.Struct, frozen=True):
    """Everything the page shows. Absent parts are left out of the page, not shown empty.

    `is_new`: nothing was ever saved here, and nothing is being written apart from the check-in.
    """

    today: int
    checkin: CheckinDay
    thread: ThreadTail | None
    unfinished: tuple[Unfinished, ...]
    fortnight: Fortnight
    hide_previews: bool
    is_new: bool = False


class SavedAnswers(msgspec.Struct, frozen=True):
    """What saving did, so that it can be taken back. `former` is None when the record is new."""

    record: RecordId
    former: dict[str, object] | None = None


class Today:
    """The verbs of the Today page."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)

    def state(self, now: dt.datetime, day: int | None = None) -> TodayState:
        """The page as it stands at `now` (aware, in the person's zone); the check-in of `day`, else of today."""
        today = now.date().toordinal()
        connection = self._session.connection
        drafts = keeping.drafts(connection)
        unfinished = self._unfinished(today, drafts)
        return TodayState(
            today=today,
            checkin=self._checkin(today if day is None else day, today, drafts),
            thread=self._thread(),
            unfinished=unfinished,
            fortnight=fortnight(connection, today),
            hide_previews=not choices.load(self._session).previews,
            is_new=not unfinished and not reach.page(self._session, limit=1),
        )

    def save_checkin(self, day: int, answers: Mapping[str, object]) -> SavedAnswers:
        """Save a day's check-in: a new one, or the next state of the one that stands.

        Raises:
            RecordError: an answer does not fit, or there is none.
        """
        raw = {key: value for key, value in answers.items() if value is not None}
        raw["felt_for_date"] = {"day": dt.date.fromordinal(day).isoformat()}
        saved = self._saved(day)
        key = draft_key(day)
        if saved is None:
            return SavedAnswers(self._journal.add(CHECKIN, raw, draft=key))
        self._journal.edit(saved.record, raw, based_on=saved.head, draft=key)
        return SavedAnswers(saved.record, saved.answers)

    def take_back(self, saved: SavedAnswers) -> None:
        """Undo a save: a new record goes to the trash, an edited one gets its former answers as its next state."""
        Undo(self._session).take_back(saved.record)

    def keep_draft(self, day: int, answers: Mapping[str, object]) -> None:
        """Keep what stands in a day's check-in; nothing answered leaves no draft."""
        if answers:
            now_ms = at_ms(self._session.now())
            keeping.save_draft(self._session.connection, draft_key(day), CHECKIN, dict(answers), now_ms)
        else:
            keeping.drop_draft(self._session.connection, draft_key(day))

    def not_tonight(self, day: int) -> None:
        """Close the check-in until tomorrow. Nothing of it stays: no record, no draft, no count of days left out."""
        keeping.drop_draft(self._session.connection, draft_key(day))
        keeping.set_setting(self._session.connection, _CLOSED_ON, str(day))

    def reopen(self) -> None:
        """Offer the check-in again."""
        keeping.set_setting(self._session.connection, _CLOSED_ON, "")

    def hide_previews(self, *, hide: bool) -> Choices:
        """Cover what was written on Today, or show it: the same choice that Settings offers. Returns all choices."""
        chosen = choices.load(self._session)
        return choices.store(self._session, msgspec.structs.replace(chosen, previews=not hide))

    def _checkin(self, day: int, today: int, drafts: list[Draft]) -> CheckinDay:
        draft = next((draft.body for draft in drafts if draft.key == draft_key(day)), None)
        closed = keeping.setting(self._session.connection, _CLOSED_ON)
        return CheckinDay(day, self._saved(day), draft, put_off=closed == str(today) == str(day))

    def _saved(self, day: int) -> SavedCheckin | None:
        found = reading.between(self._session.connection, CHECKIN, day, day)
        if not found:
            return None
        record = self._journal.record(found[0].id)
        answers: dict[str, object] = msgspec.json.decode(self._session.kinds.encode(record.body))
        return SavedCheckin(record.id, record.head, answers)

    def _thread(self) -> ThreadTail | None:
        """The thread one wrote on last, in either space; the other person's is not one's own to go on with, and one
        that marks danger stands nowhere but on its own page.
        """
        told = [found for space in self._session.spaces if (found := self._told_last(space)) is not None]
        if not told:
            return None
        latest, body = max(told, key=lambda one: one[0].changed_ms)
        return ThreadTail(latest.id, body.title or "", self._step(latest.id), _STEPS, tail_of(body.story or ""))

    def _told_last(self, space: Space) -> tuple[Record, Injury] | None:
        for record_id in newest_changed(space.connection, "injury"):
            found = space.record(record_id)
            if found is None or (space is self._session.shared and found.author != self._session.person.id):
                continue
            body = found.body
            going_on = isinstance(body, Injury) and body.story and body.state in {None, "open"}
            if isinstance(body, Injury) and going_on and not says_danger(self._session.kinds.declared("injury"), body):
                return found, body
        return None

    def _step(self, thread: RecordId) -> int:
        noted = reach.linked(self._session, thread, "path_step")
        if not noted:
            return 0
        file = reach.at(self._session, shared=noted[0].shared)
        values = reading.of_record(file, noted[0].id, "injury.step").values
        return int(values[-1]) if values else 0

    def _unfinished(self, today: int, drafts: list[Draft]) -> tuple[Unfinished, ...]:
        shown = look_backs.offered_draft(today)  # stands on the page as a card of its own
        forms = [d for d in drafts if not d.key.startswith((CHECKIN, TALK, LOOK)) and d.key != shown]
        found = [self._from_draft(draft) for draft in forms]
        begun = {item.record for item in found if item.record is not None}
        found += [item for item in self._left_open() if item.record not in begun]
        begun |= {item.record for item in found if item.record is not None}
        entries = reading.page(self._session.connection, kinds=(TRIGGER,), limit=LOOKED_AT)
        for entry in entries:
            if len(found) >= OFFERED or entry.day <= today - TALLY_DAYS:
                break
            if entry.id not in begun and (reason := self._incomplete(entry, today)):
                found.append(Unfinished(TRIGGER, reason, entry.day, entry.instant_ms, entry.title, entry.id))
        return tuple(found[:OFFERED])

    def _left_open(self) -> list[Unfinished]:
        """Saved entries with questions somebody left for later, the newest first."""
        connection = self._session.connection
        entries = (reach.entry(self._session, RecordId(record)) for record in keeping.setting_keys(connection, LEFT))
        standing = sorted((e for e in entries if e is not None), key=lambda e: -e.changed_ms)[:OFFERED]
        return [Unfinished(e.kind, "later", e.day, e.changed_ms, e.title, e.id) for e in standing]

    def _incomplete(self, entry: Entry, today: int) -> str:
        """Why it may be offered: tally, quick, or still going then; else nothing."""
        record = self._session.space.record(entry.id)
        if record is None or not isinstance(record.body, Trigger):
            return ""
        speed = record.body.speed()
        if speed != "tally" and entry.day <= today - QUICK_DAYS:
            return ""
        if speed == "full":
            return "still_going" if record.body.is_still_going else ""
        return speed

    def _from_draft(self, draft: Draft) -> Unfinished:
        entry = reach.entry(self._session, RecordId(draft.key))
        day = dt.datetime.fromtimestamp(draft.saved_ms / 1000, self._session.now().tzinfo).date().toordinal()
        declared = self._session.kinds.declared(draft.kind)
        texts = (draft.body.get(field.id) for field in declared.fields if field.is_free_text)
        title = next((text for text in texts if isinstance(text, str) and text.strip()), entry.title if entry else "")
        record = entry.id if entry is not None else None
        first_line = next(iter(title.strip().splitlines()), "")
        return Unfinished(draft.kind, "draft", day, draft.saved_ms, first_line, record, draft.key)


def draft_key(day: int) -> str:
    """The draft's key of a day's check-in."""
    return f"{CHECKIN}:{day}"


def tail_of(story: str, letters: int = TAIL_LETTERS) -> str:
    """The end of a story, begun at a sentence or else at a word, with an ellipsis where something stands before it."""
    flat = " ".join(story.split())
    if len(flat) <= letters:
        return flat
    cut = flat[-letters:]
    sentence = _SENTENCE_END.search(cut, 0, letters // 2)
    start = sentence.end() - 1 if sentence is not None else cut.find(" ")
    return "…" + (cut[start + 1 :] if 0 <= start < letters // 2 else cut)
