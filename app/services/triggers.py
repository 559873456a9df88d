"""Logging a trigger: a tally, three things, or the whole chain; now, or completed later."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping

import msgspec

from app.data import keeping, reading
from app.data.suggesting import linked_cues
from app.domain.kinds.trigger import Trigger
from app.domain.records import RecordId, RevisionId
from app.services import reach
from app.services.drafts import at_ms
from app.services.journal import Journal
from app.services.session import Session
from app.services.today import SavedAnswers
from app.services.undo import Undo

KIND = "trigger"
NEW = "trigger"
"""The draft's key while a new one is being written."""
CALM_FROM = 8
"""Strength from which Calm is offered after saving (visual.md 10.4)."""
RECENT_CUES = 5
CUE_LETTERS = 34
"""Longest cue that is offered as a tag."""
WORD_LETTERS = 4
"""Shorter words say too little to compare cues by."""
SUGGEST_FROM = 1.0
"""Least sum of word weights that a suggestion stands on: one rare word, or two usual ones."""
_WORD = re.compile(r"\w+", re.UNICODE)


class TriggerForm(msgspec.Struct, frozen=True):
    """What the form opens with. `record` and `head` are None for a new one; `answers` are JSON values by field id.

    `from_draft` says that the answers are unfinished writing rather than what was saved.
    """

    record: RecordId | None
    head: RevisionId | None
    answers: dict[str, object]
    recent_cues: tuple[str, ...]
    from_draft: bool = False


class Logged(msgspec.Struct, frozen=True):
    """What saving did. `strong`: Calm is offered."""

    saved: SavedAnswers
    strong: bool = False


class Suggestion(msgspec.Struct, frozen=True):
    """A thread whose earlier triggers were worded alike."""

    thread: RecordId
    title: str


class Triggers:
    """The verbs of the trigger form."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)

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
        return TriggerForm(record, head, shown, self.recent_cues(), from_draft=draft is not None)

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
            return self._logged(SavedAnswers(self._journal.add(KIND, raw, draft=NEW)))
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

    def recent_cues(self) -> tuple[str, ...]:
        """Short cues of late, the frequent ones first, each as it was last written."""
        titles = reading.recent_titles(self._session.connection, KIND)
        short = [title for title in titles if len(title) <= CUE_LETTERS]
        spelled: dict[str, str] = {}
        for title in short:
            spelled.setdefault(title.casefold(), title)
        ranked = Counter(title.casefold() for title in short).most_common(RECENT_CUES)
        return tuple(spelled[key] for key, _ in ranked)

    def suggest(self, words: str) -> Suggestion | None:
        """The thread that earlier triggers worded like this one were linked to, if one stands out.

        Words weigh by rarity among all cues of late (inverse document frequency, Spärck Jones 1972); a thread counts
        with its best match. Two threads that come close to each other suggest nothing.
        """
        wanted = _words(words)
        cues = linked_cues(self._session.connection) if wanted else []
        if not cues:
            return None
        sets = [(cue.thread, _words(cue.cue)) for cue in cues]
        spread = Counter(word for _, found in sets for word in found)
        score: dict[RecordId, float] = defaultdict(float)
        for thread, found in sets:
            if thread is None:
                continue
            common = wanted & found
            weight = sum(math.log(1 + len(sets) / spread[word]) for word in common)
            score[thread] = max(score[thread], weight)
        ranked = sorted(score.items(), key=lambda item: -item[1])
        best, points = ranked[0] if ranked else (None, 0.0)
        if best is None or points < SUGGEST_FROM or (len(ranked) > 1 and ranked[1][1] > 0.8 * points):
            return None
        entry = reach.entry(self._session, best)
        return Suggestion(best, entry.title) if entry is not None and entry.title else None

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


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if len(word) >= WORD_LETTERS)
