"""Guided conversations: begun, kept at every move, taken up again on another day, and ended with what both keep.

A talk under way is unfinished writing in the private encrypted file, put away whole after every move: it goes on from
its last move whatever ends the program. Nothing of it is a record before its end. Then one is written, under the id the
talk has had from its beginning, so that ending it twice writes it once: the date, how far it went, and only what
everybody who sat there said may stay. Where danger is noted, none for two is begun or taken up.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from app.data import keeping, practice_queries
from app.data.keeping import Draft
from app.domain import conversing
from app.domain.content import Content
from app.domain.conversing import LEFT_OPEN, NEXT, NUMBERS, OWN_SAFETY, TAKING, TOPIC, Stage, Talk
from app.domain.errors import Code, RecordError
from app.domain.practices import Conversation
from app.domain.records import Body, RecordId, new_id
from app.services import apart, placing, reach
from app.services.danger import Danger
from app.services.drafts import TALK, at_ms
from app.services.journal import Journal
from app.services.noting import note
from app.services.session import Session
from app.services.steps import Verb
from app.services.triggers import moment

KIND: Final = "conversation"
ABOUT: Final = ("injury", "boundary", "setback")
"""What a talk can be about, as its kind declares it."""
SAFETY: Final = "safety"
"""The reason a talk for two is refused: something here can mean danger between them."""
_TALK: Final = "_talk"
_OFFERED: Final = 40
_PAUSE_WORDS: Final = ("words", "where", "no_contact", "who_returns", "back_words", "signal")


class Start(msgspec.Struct, frozen=True):
    """What stands before a talk. `two`: it can be held by two here; `danger`: not now, and the safety page comes first.

    `times` counts how often it was held, `about` offers what it can be about: record and title, those both can read and
    all of one's own.
    """

    script: str
    two: bool
    danger: bool
    times: int
    about_both: tuple[tuple[RecordId, str], ...]
    about_own: tuple[tuple[RecordId, str], ...]


class PauseWords(msgspec.Struct, frozen=True):
    """The pause words one has written, by field of their kind; `minutes` how long a pause is meant to be."""

    answers: dict[str, str]
    minutes: int | None = None


class Held(msgspec.Struct, frozen=True):
    """A talk under way. `danger`: it is for two and waits, since something noted meanwhile can mean danger.

    `about` is the title of what it is about, where that is still there; `times` how often it was held before.
    """

    key: str
    talk: Talk
    danger: bool = False
    pause: PauseWords | None = None
    about: str = ""
    times: int = 0


class Paused(msgspec.Struct, frozen=True):
    """A talk that waits: where it stands, who has the turn there (a seat; None: both), and when it was last touched.

    `step` and `steps` count from 1; `day` is an ordinal, `at_ms` UTC milliseconds.
    """

    key: str
    script: str
    alone: bool
    step: int
    steps: int
    turn: int | None
    day: int
    at_ms: int


class Conversations:
    """The verbs of guided conversations in one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)

    def start(self, script: str) -> Start:
        """What can be begun. Writes nothing. Raises KeyError for an unknown script."""
        found = self._session.content.conversation(script)
        two = found.seats > 1 and not self._session.solo
        own, both = self._about()
        return Start(script, two, two and Danger(self._session).recorded(), self._times(script), both, own)

    def begin(
        self, script: str, *, alone: bool, speaker: int = 0, topic: str = "", thread: RecordId | None = None
    ) -> Held:
        """Begin a talk and put it away at once.

        Raises:
            KeyError: no such script.
            RecordError: NOT_READY with `reason` safety for one by two while danger is noted, or in a journal of one.
        """
        found = self._session.content.conversation(script)
        talk = conversing.begin(
            found, at_ms(self._session.now()), alone=alone, speaker=speaker, topic=topic, thread=thread
        )
        if not talk.alone and (self._session.solo or Danger(self._session).recorded()):
            raise RecordError(Code.NOT_READY, kind=KIND, reason=SAFETY)
        key = TALK + new_id()
        self.keep(key, talk)
        return self._held(key, talk)

    def keep(self, key: str, talk: Talk) -> None:
        """Put a talk away as it stands after a move; durable once this returns."""
        body: dict[str, object] = {_TALK: msgspec.to_builtins(talk)}
        keeping.save_draft(self._session.connection, key, KIND, body, at_ms(self._session.now()))

    def open(self, key: str) -> Held | None:
        """Take a talk up where it stands; None when it has ended, was let go, or its script is another by now."""
        draft = next((draft for draft in self._drafts() if draft.key == key), None)
        talk = self._talk(draft) if draft is not None else None
        return self._held(key, talk) if talk is not None else None

    def paused(self) -> tuple[Paused, ...]:
        """Every talk that waits, the newest first. Nobody counts how long."""
        return tuple(self._paused(draft, talk) for draft in self._drafts() if (talk := self._talk(draft)) is not None)

    def let_go(self, key: str) -> None:
        """Let a talk go with everything typed in it; nothing of it is kept, not even its date."""
        keeping.drop_draft(self._session.connection, key)

    def end(self, key: str, talk: Talk) -> RecordId:
        """Write down what stays of a talk, and let everything else go. Doing it again changes nothing.

        Raises:
            RecordError: an answer does not fit.
        """
        record = _id_of(key)
        if reach.entry(self._session, record) is None:
            body = self._journal.check(KIND, self._answers(talk))
            self._put(record, body, alone=talk.alone)
            note(self._session, Verb.ADDED, KIND, record)
        self.let_go(key)
        return record

    def pause_words(self, *, alone: bool) -> PauseWords | None:
        """The newest pause words: for two those both can read where there are any, else one's own."""
        entries = reach.page(self._session, kinds=("pause_script",), limit=_OFFERED)
        if not alone:
            entries = sorted(entries, key=lambda entry: not entry.shared)
        if not entries:
            return None
        body = self._journal.record(entries[0].id).body
        answers = {name: str(getattr(body, name)) for name in _PAUSE_WORDS if getattr(body, name, None)}
        return PauseWords(answers, getattr(body, "length", None))

    # ------------------------------------------------------------------------------------------------- the record

    def _answers(self, talk: Talk) -> dict[str, object]:
        """What is written down: always the date and how far it went; of the rest what everybody said may stay."""
        session = self._session
        script = session.content.conversation(talk.script)
        order = [option.id for option in session.content.list("reach_stages").items]
        people = (session.person.id, str(reach.other(session) or session.partner or ""))[: len(talk.seats)]
        notes = [
            {"step": step.title, "note": conversing.note_of(talk, step)}
            for step in script.step
            if conversing.note_of(talk, step) and conversing.stays(talk, step.id)
        ]
        own_id = session.person.id
        optional: tuple[tuple[str, dict[str, object]], ...] = (
            (TOPIC, {"topic": talk.topic.strip(), "thread": talk.thread}),
            (TAKING, {"taking": _each(people, [words.strip() or None for words in talk.taking])}),
            (LEFT_OPEN, {"left_open": talk.left_open.strip()}),
            (
                NUMBERS,
                {
                    "strength_before": _each(people, talk.strength_before),
                    "heard": _each(people, talk.heard),
                    "pause_used": talk.pauses > 0 or None,
                },
            ),
            (NEXT, {"next": {"day": talk.next_day.isoformat()} if talk.next_day else None}),
            (
                OWN_SAFETY,
                {
                    "safety_before": _each((own_id,), (talk.own_before,)),
                    "safety_after": _each((own_id,), (talk.own_after,)),
                },
            ),
        )
        answers: dict[str, object] = {
            "script": _name(script, alone=talk.alone),
            "at": moment(session.now(), session.zone),
            "reached": conversing.reached(talk, script, order),
            "step_notes": notes,
        }
        for item, found in optional:
            if conversing.stays(talk, item):
                answers |= found
        if notes and not talk.alone:
            answers["seats"] = [people[talk.speaker], people[1 - talk.speaker]]
        thread = answers.get("thread")
        if isinstance(thread, str) and reach.entry(session, RecordId(thread)) is None:
            del answers["thread"]
        return {key: value for key, value in answers.items() if value}

    def _put(self, record: RecordId, body: Body, *, alone: bool) -> None:
        session = self._session
        private = alone or Danger(session).marks_body(KIND, body)
        space = session.space if private else placing.home_of(session, KIND)
        if space is not session.space:
            parts = apart.split(session, KIND, body)
            apart.keep_answers(session, record, parts.answers)
            body = parts.body
        with session.change(space) as change:
            change.put(KIND, body, record=record, arriving=True)

    # ------------------------------------------------------------------------------------------------ talks that wait

    def _held(self, key: str, talk: Talk) -> Held:
        danger = not talk.alone and (self._session.solo or Danger(self._session).recorded())
        entry = reach.entry(self._session, RecordId(talk.thread)) if talk.thread else None
        about = entry.title if entry is not None else talk.topic
        return Held(key, talk, danger, self.pause_words(alone=talk.alone), about, self._times(talk.script))

    def _drafts(self) -> list[Draft]:
        return [draft for draft in keeping.drafts(self._session.connection) if draft.key.startswith(TALK)]

    def _talk(self, draft: Draft) -> Talk | None:
        """The talk a draft holds; None where it cannot go on, or has ended and only its draft was left behind."""
        try:
            talk = msgspec.convert(draft.body.get(_TALK), Talk)
            script = self._session.content.conversation(talk.script)
        except (msgspec.ValidationError, KeyError):
            return None
        ended = talk.stage is Stage.KEEPING and reach.entry(self._session, _id_of(draft.key)) is not None
        return talk if conversing.fits(talk, script) and not ended else None

    def _paused(self, draft: Draft, talk: Talk) -> Paused:
        script = self._session.content.conversation(talk.script)
        day = dt.datetime.fromtimestamp(draft.saved_ms / 1000, self._session.now().tzinfo).date().toordinal()
        turn = 0 if talk.alone else conversing.seat_of(script.step[talk.step], talk.speaker)
        return Paused(
            draft.key, talk.script, talk.alone, talk.step + 1, len(script.step), turn, day, draft.saved_ms
        )  # fmt: skip

    def _about(self) -> tuple[tuple[tuple[RecordId, str], ...], tuple[tuple[RecordId, str], ...]]:
        found = [entry for entry in reach.page(self._session, kinds=ABOUT, limit=_OFFERED) if entry.title]
        entries = sorted(found, key=lambda entry: ABOUT.index(entry.kind))
        both = tuple((entry.id, entry.title) for entry in entries if entry.shared)
        return tuple((entry.id, entry.title) for entry in entries), both

    def _times(self, script: str) -> int:
        found = self._session.content.conversation(script)
        names = {found.title, found.solo_title or found.title}
        spaces = [practice_queries.standing_by_title(s.connection, KIND) for s in self._session.spaces]
        return sum(standing.times for by_title in spaces for name, standing in by_title.items() if name in names)


def readable(content: Content, talk: Talk) -> dict[str, object]:
    """A talk's words as answers of its kind: what stands in a form with it if it could not be put away."""
    script = content.conversation(talk.script)
    rows = [{"step": step.title, "note": words} for step in script.step if (words := conversing.note_of(talk, step))]
    found: dict[str, object] = {
        "script": _name(script, alone=talk.alone),
        "topic": talk.topic.strip(),
        "left_open": talk.left_open.strip(),
        "step_notes": rows,
    }
    return {key: value for key, value in found.items() if value}


def _name(script: Conversation, *, alone: bool) -> str:
    return (script.solo_title if alone else None) or script.title


def _id_of(key: str) -> RecordId:
    return RecordId(key.removeprefix(TALK))


def _each(people: tuple[str, ...], values: object) -> dict[str, object]:
    found = values if isinstance(values, (list, tuple)) else ()
    return {person: value for person, value in zip(people, found, strict=False) if value is not None and person}
