"""Did they come together? Up to three pairs a person picked: days with something beside days without, never why.

Nothing is looked for: only what was picked is read and compared. It is compared over one fixed window that ends with
the last four-weekly look, so that neither another period nor another day is tried until something shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import msgspec
import numpy as np

from app.data import event_rows, keeping, trend_rows
from app.data.thread_queries import ids_of_kind
from app.domain.fields import SCALE_RANGE, Field
from app.domain.records import RecordId
from app.domain.wording import is_offered, label_for
from app.insights.arrays import Ints
from app.insights.rank_tests import TwoSamples
from app.insights.series import DAYS_A_WEEK
from app.insights.together import MOST_PAIRS, CameTogether, PickedDays, came_together
from app.insights.verdict import Tier
from app.services import apart, trend_titles
from app.services.session import Session
from app.services.trend_series import LONG_WINDOW_WEEKS, review_day
from app.services.trend_words import TrendWords

SETTING: Final = "trends.together"
_CHECKIN, _TRIGGER, _RITUAL = "checkin", "trigger", "ritual"
_DONE: Final = frozenset({"done", "small"})
_RESTED: Final = frozenset({"rested", "agreed"})


class Sort(StrEnum):
    """What a thing is: a listed kind of cue, any trigger at all, or one ritual."""

    CUE = "cue"
    TRIGGER = "trigger"
    RITUAL = "ritual"


class Pair(msgspec.Struct, frozen=True, array_like=True):
    """A thing that is there on a day or not (`key`: the cue's id, the ritual's record, "" for any trigger), and the
    question of the check-in whose day values are compared.
    """

    sort: Sort
    key: str
    measure: str


class Thing(msgspec.Struct, frozen=True):
    """One thing that can be picked, by the name it goes by."""

    sort: Sort
    key: str
    name: str


class Offered(msgspec.Struct, frozen=True):
    """Everything a pair can be made of; `measures` are question ids with their names."""

    things: tuple[Thing, ...]
    measures: tuple[tuple[str, str], ...]


class Statement(msgspec.Struct, frozen=True):
    """A picked pair, the names of both sides, what was found, and how it is said."""

    pair: Pair
    name: str
    measure_name: str
    found: CameTogether
    sentence: str


class Together(msgspec.Struct, frozen=True):
    """The picked pairs over the days `first_day` … `last_day` (ordinals). `caution` goes below wherever two things
    are said to have come together; "" where none are.
    """

    title: str
    first_day: int
    last_day: int
    statements: tuple[Statement, ...]
    caution: str
    empty: str


class GoingTogether:
    """The picking of one person and what comes of it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def offered(self, words: TrendWords) -> Offered:
        """What can be picked. Nothing of it was compared, and its order says nothing."""
        cues = tuple(
            Thing(Sort.CUE, option.id, _capital(label_for(option, solo=words.solo)))
            for option in self._session.content.list("cues").items
            if is_offered(option, solo=words.solo)
        )
        names = trend_titles.titles(self._session, self._rituals())
        rituals = tuple(Thing(Sort.RITUAL, ritual, name) for ritual, name in names.items())
        some = Thing(Sort.TRIGGER, "", words.plain("trends.together.any"))
        return Offered(
            (some, *cues, *rituals), tuple((field.id, words.measure(field.id)) for field in self._measures())
        )

    def picked(self) -> tuple[Pair, ...]:
        """The pairs that were picked, as far as both sides are still there."""
        raw = keeping.setting(self._session.connection, SETTING)
        try:
            pairs = msgspec.json.decode(raw or "[]", type=tuple[Pair, ...])
        except msgspec.MsgspecError:
            return ()
        return tuple(pair for pair in dict.fromkeys(pairs) if self._is_there(pair))[:MOST_PAIRS]

    def pick(self, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
        """Keep this choice for the person, inside their encrypted file, and return what of it is there.

        Raises:
            ValueError: more than three pairs.
        """
        chosen = tuple(dict.fromkeys(pairs))
        if len(chosen) > MOST_PAIRS:
            raise ValueError(f"at most {MOST_PAIRS} pairs can be picked")
        keeping.set_setting(self._session.connection, SETTING, msgspec.json.encode(chosen).decode())
        return self.picked()

    def report(self, today: int, words: TrendWords) -> Together:
        """What the picked pairs say as of the last four-weekly look before `today` (an ordinal)."""
        connection = self._session.connection
        last = review_day(trend_rows.first_day_of(connection, "felt_safety"), today)
        first = last - LONG_WINDOW_WEEKS * DAYS_A_WEEK + 1
        pairs = self.picked()
        found = came_together({_code(pair): self._days(pair, first, last) for pair in pairs})
        statements = tuple(self._statement(pair, found[_code(pair)], words) for pair in pairs)
        said = any(one.found.tier.has_direction for one in statements)
        return Together(
            title=words.plain("trends.together.title"),
            first_day=first,
            last_day=last,
            statements=statements,
            caution=words.plain("trends.together.caution") if said else "",
            empty="" if pairs else words.plain("trends.together.none"),
        )

    def _days(self, pair: Pair, first: int, last: int) -> PickedDays:
        """The written days of a measure, and on which of them the thing was there."""
        field = next(field for field in self._measures() if field.id == pair.measure)
        days, values = trend_rows.day_means(self._session.connection, field.measure or "", first, last)
        written = np.asarray(days, dtype=np.int64)
        present, counted = self._present(pair, written, first, last)
        low, high = SCALE_RANGE[field.type]
        kept = np.isin(written, counted)
        return PickedDays(
            written[kept], np.asarray(values, dtype=np.float64)[kept], np.isin(written[kept], present), high - low
        )

    def _present(self, pair: Pair, written: Ints, first: int, last: int) -> tuple[Ints, Ints]:
        """The days on which the thing was there, and the days on which it could have been said to be there or not."""
        if pair.sort is Sort.RITUAL:
            return self._ritual_days(RecordId(pair.key), written, first, last)
        rows, days, _ = event_rows.rows_of_kind(self._session.connection, _TRIGGER, first, last)
        if pair.sort is Sort.TRIGGER:
            return np.unique(np.asarray(days, dtype=np.int64)), written
        with_cue = event_rows.chose(self._session.connection, "cue_kind", (pair.key,)).get(pair.key, [])
        there = np.isin(np.asarray(rows, dtype=np.int64), with_cue)
        return np.unique(np.asarray(days, dtype=np.int64)[there]), written

    def _ritual_days(self, ritual: RecordId, written: Ints, first: int, last: int) -> tuple[Ints, Ints]:
        """Days it was done, in part too; from its first to its last ticked day, and without those it rested on."""
        ticks = [
            tick
            for space in self._session.spaces
            for tick in event_rows.linked_days(space.connection, "ritual", ritual, "outcome", first, last)
        ]
        done = np.array(sorted({day for day, outcome in ticks if outcome in _DONE}), dtype=np.int64)
        rested = {day for day, outcome in ticks if outcome in _RESTED}
        begin, end = min((day for day, _ in ticks), default=0), max((day for day, _ in ticks), default=-1)
        resting = np.array(sorted(rested - set(done.tolist())), dtype=np.int64)
        return done, written[(written >= begin) & (written <= end) & ~np.isin(written, resting)]

    def _statement(self, pair: Pair, found: CameTogether, words: TrendWords) -> Statement:
        name, measure = self._name(pair, words), words.measure(pair.measure)
        gaps: dict[str, object] = {"name": name, "measure": measure}
        if found.difference is None or found.with_level is None or found.without_level is None:
            sentence = words.say("trends.together.few", first=found.with_days, last=found.without_days, **gaps)
            return Statement(pair, name, measure, found, sentence)
        gaps |= {
            "first": words.number(found.with_level),
            "last": words.number(found.without_level),
            "days": found.with_days,
            "total": found.without_days,
            "change": _amount(found.difference, words),
        }
        key = "open" if found.tier is Tier.OPEN else f"{found.tier.value}_{found.direction.value}"
        return Statement(pair, name, measure, found, words.say(f"trends.together.{key}", **gaps))

    def _name(self, pair: Pair, words: TrendWords) -> str:
        if pair.sort is Sort.TRIGGER:
            return words.plain("trends.together.any")
        if pair.sort is Sort.RITUAL:
            ritual = RecordId(pair.key)
            return trend_titles.titles(self._session, (ritual,)).get(ritual, "")
        option = self._session.content.list("cues").option(pair.key)
        return _capital(label_for(option, solo=words.solo)) if option is not None else ""

    def _is_there(self, pair: Pair) -> bool:
        if pair.measure not in {field.id for field in self._measures()}:
            return False
        if pair.sort is Sort.CUE:
            return self._session.content.list("cues").option(pair.key) is not None
        return pair.sort is Sort.TRIGGER or pair.key in self._rituals()

    def _rituals(self) -> list[RecordId]:
        hidden = apart.hidden(self._session)
        found = [ritual for space in self._session.spaces for ritual in ids_of_kind(space.connection, _RITUAL)]
        return [ritual for ritual in found if ritual not in hidden]

    def _measures(self) -> list[Field]:
        """The questions of the check-in that are answered by a point on a scale."""
        fields = self._session.content.kinds[_CHECKIN].fields
        solo = self._session.solo
        return [field for field in fields if field.measure and field.is_scale and is_offered(field, solo=solo)]


def _code(pair: Pair) -> str:
    return msgspec.json.encode(pair).decode()


def _amount(difference: TwoSamples, words: TrendWords) -> str:
    """How large a difference is, in points, with the range it plausibly lies in unless that reads as one number."""
    low, high = sorted((abs(difference.low), abs(difference.high)))
    if difference.low <= 0 <= difference.high:
        low = 0.0
    n: object = words.number(abs(difference.change))
    n = 1 if n == "1" else n  # the plural goes by a whole number alone
    ends = words.number(low), words.number(high)
    if ends[0] == ends[1]:
        return words.say("trends.together.about", n=n)
    return words.say("trends.together.about_range", n=n, low=ends[0], high=ends[1])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
