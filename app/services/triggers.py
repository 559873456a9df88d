"""Logging a trigger: a tally, three things, or the whole chain; now, or completed later."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

import msgspec

from app.data import keeping, reading
from app.domain.deriving import zone_of
from app.domain.kinds.dates import Unreadable, read_when
from app.domain.kinds.trigger import STILL_GOING, Trigger
from app.domain.records import RecordId, RevisionId
from app.services.cycles import Cycles, Likeness
from app.services.drafts import at_ms
from app.services.journal import Journal
from app.services.session import Session
from app.services.suggestions import Suggestion, Suggestions
from app.services.today import SavedAnswers
from app.services.tools import HelpedWord, Tools
from app.services.undo import Undo

KIND = "trigger"
NEW = "trigger"
"""The draft's key while a new one is being written."""
CALM_FROM = 8
"""Strength from which Calm is offered after saving (visual.md 10.4)."""
RECENT_CUES = 5
CUE_LETTERS = 34
DAY_MINUTES = 24 * 60
"""Longest cue that is offered as a tag."""
MISSING = ("cue", "peak", "move", "after", "minutes_to_settle")
"""What is named as still open when an earlier one is completed, in the order of the form."""


class TriggerForm(msgspec.Struct, frozen=True):
    """What the form opens with. `record` and `head` are None for a new one; `answers` are JSON values by field id.

    `from_draft` says that the answers are unfinished writing rather than what was saved. `helped` are the answers
    "What helped" offers, the person's own tools first. `missing` names what an earlier one leaves open of `MISSING`.
    """

    record: RecordId | None
    head: RevisionId | None
    answers: dict[str, object]
    recent_cues: tuple[str, ...]
    from_draft: bool = False
    helped: tuple[HelpedWord, ...] = ()
    missing: tuple[str, ...] = ()


class Logged(msgspec.Struct, frozen=True):
    """What saving did. `strong`: Calm is offered."""

    saved: SavedAnswers
    strong: bool = False


class Hints(msgspec.Struct, frozen=True):
    """What an entry half written can be offered: a thread, a loop, and an own word for the kit. Nothing is taken."""

    thread: Suggestion | None = None
    loop: Likeness | None = None
    tool: str | None = None


class Triggers:
    """The verbs of the trigger form."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)
        self._suggestions = Suggestions(session)
        self._tools = Tools(session)

    def open(self, record: RecordId | None = None) -> TriggerForm:
        """The form for a new trigger, or to complete an earlier one; unfinished writing comes back.

        Raises:
            RecordError: UNKNOWN_RECORD.
        """
        head, answers = None, {}
        if record is not None:
            found = self._journal.record(record)
            head, answers = found.head, self._answers(found.body)
        drafts = keeping.drafts(self._session.connection)
        draft = next((draft for draft in drafts if draft.key == (record or NEW)), None)
        shown = dict(draft.body) if draft is not None else answers
        return TriggerForm(
            record=record,
            head=head,
            answers=shown,
            recent_cues=self.recent_cues(),
            from_draft=draft is not None,
            helped=self._tools.offered(),
            missing=missing(answers) if record is not None else (),
        )

    def tally(self, at: dt.datetime) -> Logged:
        """Note that one happened, and nothing else."""
        return Logged(SavedAnswers(self._journal.add(KIND, {"at": moment(at, self._session.zone)})))

    def save(
        self, answers: Mapping[str, object], *, record: RecordId | None = None, head: RevisionId | None = None
    ) -> Logged:
        """Save a new trigger or the next state of one; its draft goes in the same breath.

        Raises:
            RecordError: an answer does not fit.
        """
        raw = {key: value for key, value in answers.items() if value is not None}
        if record is None:
            added = self._journal.add(KIND, raw, draft=NEW)
            self._suggestions.carry_over(NEW, added)
            return self._logged(SavedAnswers(added))
        former = self._answers(self._journal.record(record).body)
        self._journal.edit(record, raw, based_on=head)
        return self._logged(SavedAnswers(record, former))

    def take_back(self, logged: Logged) -> None:
        """Undo a save: a new one goes to the trash, a completed one gets its former answers back."""
        Undo(self._session).take_back(logged.saved.record)

    def keep_draft(self, record: RecordId | None, answers: Mapping[str, object]) -> None:
        """Keep unfinished writing; an empty form leaves none. The time alone is not writing."""
        key = record or NEW
        if set(answers) - {"at"}:
            keeping.save_draft(self._session.connection, key, KIND, dict(answers), at_ms(self._session.now()))
        else:
            keeping.drop_draft(self._session.connection, key)
            if record is None:
                self._suggestions.let_go(NEW, gone=False)

    def recent_cues(self) -> tuple[str, ...]:
        """Short cues of late, the frequent ones first, each as it was last written."""
        titles = reading.recent_titles(self._session.connection, KIND)
        short = [title for title in titles if len(title) <= CUE_LETTERS]
        spelled: dict[str, str] = {}
        for title in short:
            spelled.setdefault(title.casefold(), title)
        ranked = Counter(title.casefold() for title in short).most_common(RECENT_CUES)
        return tuple(spelled[key] for key, _ in ranked)

    def hints(self, record: RecordId | None, answers: Mapping[str, object]) -> Hints:
        """What can be offered to these answers; `record` is the one that is being completed, None for a new one."""
        cue, helped = answers.get("cue"), answers.get("helped")
        thread = None
        if isinstance(cue, str) and answers.get("thread") is None and not self._suggestions.is_let_go(record or NEW):
            thread = self.suggest(cue)
        own = [str(word) for word in helped] if isinstance(helped, (list, tuple)) else []
        return Hints(thread, Cycles(self._session).looks_like(answers), self._tools.unkept(own))

    def suggest(self, words: str) -> Suggestion | None:
        """The thread these words point to, if one stands out; see `Suggestions.thread`."""
        return self._suggestions.thread(words)

    def let_go_suggestion(self, record: RecordId | None) -> None:
        """Suggest no thread for this entry any more."""
        self._suggestions.let_go(record or NEW)

    def _answers(self, body: msgspec.Struct) -> dict[str, object]:
        found: dict[str, object] = msgspec.json.decode(self._session.kinds.encode(body))
        return found

    def _logged(self, saved: SavedAnswers) -> Logged:
        body = self._journal.record(saved.record).body
        strong = isinstance(body, Trigger) and body.peak is not None and body.peak >= CALM_FROM
        return Logged(saved, strong)


def moment(at: dt.datetime, zone: str) -> dict[str, object]:
    """An instant as the answer to a `when` question: local day and minute, with their zone."""
    return {
        "day": at.date().isoformat(),
        "precision": "instant",
        "time": at.strftime("%H:%M:00"),
        "zone": zone,
    }


def missing(answers: Mapping[str, object]) -> tuple[str, ...]:
    """What of `MISSING` is open; "still going" is open too, as it is asked again later."""
    still = answers.get("minutes_to_settle") == STILL_GOING
    return tuple(name for name in MISSING if answers.get(name) is None or (still and name == "minutes_to_settle"))


def minutes_since(answers: Mapping[str, object], now: dt.datetime) -> int | None:
    """Whole minutes from the moment a trigger was noted for until `now`; None without a time, or beyond a day."""
    try:
        when = read_when(answers.get("at"))
    except Unreadable:
        return None
    if when is None or when.time is None:
        return None
    began = dt.datetime.combine(when.day, when.time, zone_of(when.zone) if when.zone else now.tzinfo)
    minutes = int((now - began).total_seconds() // 60)
    return minutes if 0 < minutes <= DAY_MINUTES else None
