"""What may go into a summary and what the person ticked. Nothing leaves that is not named in a `Choice`."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from app.domain.errors import Code, RecordError
from app.domain.records import RecordId
from app.reports.covering import Cover
from app.reports.summary import Paper


class Part(StrEnum):
    """A section of the summary. `LOGS` lists every trigger with words, `LINES` adds one line to two of the weeks.

    `REVIEWS` are kept four-weekly looks: those picked on their own page, else all of the period. `SCORES` are totals of
    questionnaires.
    """

    SAFETY = "safety"
    MARKERS = "markers"
    LINES = "lines"
    TRIGGERS = "triggers"
    LOGS = "logs"
    THREADS = "threads"
    NARRATIVES = "narratives"
    QUESTIONS = "questions"
    REVIEWS = "reviews"
    SCORES = "scores"


USUAL = frozenset({Part.SAFETY, Part.TRIGGERS, Part.QUESTIONS})
"""Ticked at first. Everything that holds longer words of the person's own starts unticked."""


class Choice(msgspec.Struct, frozen=True):
    """One summary as ordered. Days are ordinals, both included.

    `threads` and `narratives` name the threads whose path, and whose story, go in; with `Part.THREADS` and no thread
    named, those marked "bring this to a session" do. Names become initials unless `initials` is off.
    """

    first: int
    last: int
    parts: frozenset[Part] = USUAL
    threads: tuple[RecordId, ...] = ()
    narratives: tuple[RecordId, ...] = ()
    questions: tuple[str, ...] = ()
    meant_for: str = ""
    words: tuple[str, ...] = ()
    initials: bool = True
    phones: bool = True
    paper: Paper = "a4"

    def cover(self, *names: str | None) -> Cover:
        """What has to be taken out, given the names this journal knows."""
        known = tuple(name for name in names if name) if self.initials else ()
        return Cover(words=self.words, names=known, phones=self.phones)


class ThreadOffer(msgspec.Struct, frozen=True):
    """A thread that could go in. `step` 1-8, 0 with none noted; `story_words` 0 with no story.

    `marked`: "bring this to a session" was ticked in the thread itself, or it stands on the list for a session.
    """

    record: RecordId
    title: str
    step: int
    story_words: int
    marked: bool


class Offer(msgspec.Struct, frozen=True):
    """What there is in a period. `entries` counts check-ins with felt safety, `logs` triggers with any words.

    `reviews` counts kept four-weekly looks that end in the period, `picked` those of them picked on their own page;
    `scores` counts totals of questionnaires.
    `since_last` is the day of the newest therapy session before today; where none was noted, the day after the summary
    before was made. None before the first of both.
    """

    first: int
    last: int
    entries: int
    triggers: int
    logs: int
    markers: int
    threads: tuple[ThreadOffer, ...]
    since_last: int | None
    reviews: int = 0
    picked: int = 0
    scores: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to put on paper."""
        return not (self.entries or self.triggers or self.threads or self.reviews or self.scores)


class Kept(msgspec.Struct, frozen=True):
    """What the vault remembers between summaries: whom it is for, what to ask, which words to cover."""

    meant_for: str = ""
    questions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    initials: bool = True
    phones: bool = True


def parts_named(names: tuple[str, ...]) -> frozenset[Part]:
    """The sections with these ids.

    Raises:
        RecordError: INVALID_RECORD for a section that does not exist.
    """
    try:
        return frozenset(Part(name.strip()) for name in names if name.strip())
    except ValueError:
        raise RecordError(Code.INVALID_RECORD, kind="summary", field="sections", reason="not_an_option") from None
