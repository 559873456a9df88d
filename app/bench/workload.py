"""What is measured: a journal of any size, in words as frequent as words are, the same every time."""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate

from app.data.space import Space
from app.domain.records import Clock, PersonId

LAST_DAY = dt.date(2026, 5, 14)
A_DAY = 20
"""Records a day: far more than anybody writes, so that 100,000 records are under fourteen years."""

AUTHOR = PersonId("b" * 32)
VOCABULARY = 20_000
_SYLLABLES = "ba ce di fo gu ha ke li mo nu pa re si to va we xi yo zu sta bri clo dra fle gro pli".split()  # noqa: SIM905  # a list of thirty would hide that they are one thing
_BATCH = 2_000


class Words:
    """Invented words whose frequencies fall as in real text (Zipf): a few everywhere, most hardly ever."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  # repeatable sample text, no secret
        self.all = [self._word(number) for number in range(VOCABULARY)]
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def _word(self, number: int) -> str:
        parts = []
        number += len(_SYLLABLES)
        while number:
            number, rest = divmod(number, len(_SYLLABLES))
            parts.append(_SYLLABLES[rest])
        return "".join(parts)

    def text(self, length: int) -> str:
        """So many words."""
        top = self._weights[-1]
        return " ".join(self.all[bisect(self._weights, self._random.random() * top)] for _ in range(length))

    def number(self, low: int, high: int) -> int:
        """A whole number between two others."""
        return self._random.randint(low, high)


Answering = Callable[[Words, int, dt.date], tuple[str, dict[str, object]]]


def answers(words: Words, number: int, day: dt.date) -> tuple[str, dict[str, object]]:
    """The kind and answers of the record of that number: check-ins, triggers and notes in a journal's proportions."""
    when = {"day": day.isoformat(), "precision": "instant", "time": f"{7 + number % 16:02}:{number % 60:02}:00"}
    turn = number % 20
    if turn < 9:
        return "checkin", {
            "felt_for_date": day.isoformat(),
            "felt_safety": words.number(0, 10),
            "accessible": words.number(0, 4),
            "responsive": words.number(0, 4),
            "engaged": words.number(0, 4),
            "trust": words.number(0, 10),
            "outside_load": words.number(0, 4),
            "line": words.text(14),
        }
    if turn < 17:
        return "trigger", {
            "at": when,
            "cue": words.text(8),
            "peak": words.number(3, 10),
            "after": words.number(0, 5),
            "minutes_to_settle": words.number(5, 240),
            "move": ["withdraw"],
            "body": ["chest", "throat"],
            "helped": ["walk"],
            "meaning": words.text(10),
            "now_i_think": words.text(16),
        }
    return "note", {"at": when, "title": words.text(4), "body": words.text(90)}


def letters(words: Words, number: int, day: dt.date) -> tuple[str, dict[str, object]]:
    """The same for the space for two, which takes no check-ins and no triggers: notes, every fifth a long one."""
    when = {"day": day.isoformat(), "precision": "instant", "time": f"{7 + number % 16:02}:{number % 60:02}:00"}
    return "note", {"at": when, "title": words.text(4), "body": words.text(90 if number % 5 == 0 else 24)}


def fill(
    space: Space, author: PersonId, records: int, seed: int = 7, *, answering: Answering = answers
) -> Iterator[int]:
    """Write that many records, in batches; yields how many there are so far."""
    words = Words(seed)
    first = LAST_DAY - dt.timedelta(days=max(records // A_DAY - 1, 0))
    noon = dt.time(12, tzinfo=dt.UTC)
    for start in range(0, records, _BATCH):
        stop = min(start + _BATCH, records)
        with space.change(author, zone="UTC") as change:
            for number in range(start, stop):
                day = first + dt.timedelta(days=number // A_DAY)
                written_ms = round(dt.datetime.combine(day, noon).timestamp() * 1000) + number
                kind, raw = answering(words, number, day)
                clock = Clock(wall_ms=partial(int, written_ms))
                change.at(clock).put(kind, space.kinds.parse(kind, raw))
        yield stop


def queries(count: int = 50) -> list[str]:
    """What somebody might look for: common and rare words, two words, a word's beginning, a word nobody wrote."""
    words = Words(7)
    found = []
    for number in range(count):
        rank = int((VOCABULARY / 4) ** ((number + 1) / count))
        word = words.all[rank]
        other = words.all[(rank * 7 + 3) % 400]
        found.append((word, f"{word} {other}", word[:4], f"{other} {word[:3]}", word + "qq ")[number % 5])
    return found
