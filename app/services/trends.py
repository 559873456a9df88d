"""What the Trends page and `leeward trends` show: charts' data, verdicts and sentences of one period, never a cause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.charts.markers import Marker
from app.data import reading, trend_rows
from app.domain.kinds.trigger import STILL_GOING
from app.domain.records import RecordId
from app.insights.holm import cap_family
from app.insights.series import DAYS_A_WEEK, monday_of
from app.insights.trail import WINDOW_DAYS
from app.insights.verdict import Tier, Verdict
from app.services import trend_cards as cards
from app.services import trend_titles
from app.services.session import Session
from app.services.trend_json import card_json, trail_json
from app.services.trend_series import (
    REVIEW_DAYS,
    Entries,
    Period,
    Weeks,
    judged,
    load,
    load_thinned,
    median_counted,
    review_day,
    weekly,
)
from app.services.trend_words import TrendWords

PRIMARY = "felt_safety"
SECONDARY = (
    ("accessible", "are.accessible", 4.0),
    ("responsive", "are.responsive", 4.0),
    ("engaged", "are.engaged", 4.0),
    ("trust", "trust", 10.0),
    ("outside_load", "outside_load", 4.0),
)
"""Field of the check-in, measure, length of its scale: the family that Holm's correction counts."""


@dataclass(frozen=True, slots=True, eq=False)
class TrendsReport:
    """Everything the page shows of one period. Days are ordinals; both ends are included.

    `review` says up to which day verdicts were made and when the next ones are due.
    """

    period: Period
    first_day: int
    last_day: int
    review_day: int
    review: str
    safety: cards.TrailCard
    triggers: cards.TriggersCard
    settling: cards.SettlingCard
    are: cards.LinesCard
    trust: cards.LinesCard
    load: cards.LinesCard
    year: cards.YearCard
    words: TrendWords

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all to draw."""
        return self.safety.data is None and self.year.data is None and self.triggers.total == 0

    def alternatives(self) -> dict[str, cards.Alternative]:
        """Every chart in words."""
        return {
            "felt_safety": self.safety.alternative,
            "triggers": self.triggers.alternative,
            "settling": self.settling.alternative,
            "are": self.are.alternative,
            "trust": self.trust.alternative,
            "outside_load": self.load.alternative,
            "year": self.year.alternative,
        }

    def sentences(self) -> Iterator[str]:
        """The page in plain sentences, in its order."""
        for alternative in self.alternatives().values():
            yield alternative.text
        yield from self.safety.notes
        yield self.review

    def as_json(self) -> dict[str, object]:
        """The page for programs: weekly series, verdicts as codes with numbers, sentences, texts in three parts."""
        parts = {"felt_safety": trail_json(self.safety)}
        for card in (self.are, self.trust, self.load):
            parts |= card_json(card)
        return {
            "period": self.period.value,
            "from": dt.date.fromordinal(self.first_day).isoformat(),
            "to": dt.date.fromordinal(self.last_day).isoformat(),
            "verdicts_up_to": dt.date.fromordinal(self.review_day).isoformat(),
            "measures": parts,
            "triggers": self.triggers.total,
            "settled": self.settling.settled,
            "alternatives": {
                name: {"what": found.what, "figures": found.figures, "pattern": found.pattern}
                for name, found in self.alternatives().items()
            },
            "sentences": list(self.sentences()),
        }


class Trends:
    """Reads and judges; nothing is kept, so nothing can be out of date."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def report(self, period: str, today: int) -> TrendsReport:
        """The page for a period ("1", "3", "6", "12" months or "all") that ends `today` (an ordinal).

        Raises:
            ValueError: no such period.
        """
        chosen = Period(period)
        earliest = trend_rows.first_day_of(self._session.connection, PRIMARY)
        first_day = self.first_day(period, today)
        markers = trend_titles.markers(self._session, first_day, today)
        return self.between(chosen, first_day, today, earliest, markers)

    def first_day(self, period: str, today: int) -> int:
        """The first day (an ordinal) of a period that ends `today`.

        Raises:
            ValueError: no such period.
        """
        safety = trend_rows.first_day_of(self._session.connection, PRIMARY)
        return Period(period).first_day(today, self._earliest(safety))

    def between(
        self, period: Period, first_day: int, today: int, earliest: int | None, markers: tuple[Marker, ...] = ()
    ) -> TrendsReport:
        """The page for the days `first_day` … `today`, from numbers alone.

        `earliest` is the first day of felt safety, `markers` what `trend_titles` found to be drawn with it.
        """
        words = TrendWords(self._session.content, solo=self._session.solo, today=today)
        review = review_day(earliest, today)
        since = min(first_day, review - REVIEW_DAYS - DAYS_A_WEEK * (period.window_weeks + 1)) - WINDOW_DAYS
        year_since = monday_of(today) - DAYS_A_WEEK * (cards.YEAR_WEEKS - 1) - WINDOW_DAYS
        safety = load(self._session.connection, PRIMARY, min(since, year_since), today)
        verdict = judged(safety, review=review, today=today, weeks=period.window_weeks, span=10.0)
        shown = self._secondary(period, since, review, today)
        triggers, settling = self._alarms(first_day, today, words, safety)
        are, trust, outside = self._lines(shown, first_day, today, words)
        early = verdict.tier is Tier.NOT_ENOUGH and review == today
        due = (monday_of(earliest) + REVIEW_DAYS - 1) if early and earliest is not None else today
        drawn = safety.between(first_day - WINDOW_DAYS, today)
        return TrendsReport(
            period=period,
            first_day=first_day,
            last_day=today,
            review_day=review,
            review=words.review(review, due, early=early),
            safety=cards.trail_card(drawn, first_day, today, markers, verdict, words),
            triggers=triggers,
            settling=settling,
            are=are,
            trust=trust,
            load=outside,
            year=cards.year_card(safety.between(year_since, today), today, words),
            words=words,
        )

    def entry_near(self, day: int, days: int = 1) -> RecordId | None:
        """The newest record of the `days` days from `day` (an ordinal) on, else of the week before them."""
        first = day - DAYS_A_WEEK + 1
        return trend_rows.newest_between(self._session.connection, first, day + days - 1)

    def _earliest(self, safety: int | None) -> int | None:
        span = reading.span(self._session.connection)
        triggers = trend_rows.first_day_of(self._session.connection, "trigger.peak")
        known = [day for day in (safety, triggers) if day is not None]
        return min(known) if known else (span[0] if span else None)

    def _secondary(
        self, period: Period, since: int, review: int, today: int
    ) -> dict[str, tuple[Entries, Verdict, float]]:
        """The other measures, judged together: what is clear alone may not be clear among five."""
        exact = max(since, review - REVIEW_DAYS - DAYS_A_WEEK * (period.window_weeks + 1) - WINDOW_DAYS)
        loaded = [load_thinned(self._session.connection, measure, since, exact, today) for _, measure, _ in SECONDARY]
        alone = [
            judged(entries, review=review, today=today, weeks=period.window_weeks, span=span)
            for entries, (_, _, span) in zip(loaded, SECONDARY, strict=True)
        ]
        together = cap_family(alone)
        return {
            field: (entries, verdict, span)
            for (field, _, span), entries, verdict in zip(SECONDARY, loaded, together, strict=True)
        }

    def _lines(
        self, shown: dict[str, tuple[Entries, Verdict, float]], first_day: int, today: int, words: TrendWords
    ) -> tuple[cards.LinesCard, cards.LinesCard, cards.LinesCard]:
        weeks = {field: weekly(entries, first_day, today) for field, (entries, _, _) in shown.items()}

        def one(field: str) -> cards.LinesCard:
            _, verdict, span = shown[field]
            said = words.small(verdict, words.measure(field), span)
            return cards.lines_card((field,), words.measure(field), (weeks[field],), (verdict,), span, said, words)

        three = ("accessible", "responsive", "engaged")
        parts: tuple[Weeks, ...] = tuple(weeks[field] for field in three)
        verdicts = tuple(shown[field][1] for field in three)
        said = cards.are_sentence(parts, verdicts, are_names(words), words)
        are = cards.lines_card(three, are_title(words), parts, verdicts, 4.0, said, words)
        return are, one("trust"), one("outside_load")

    def _alarms(
        self, first_day: int, today: int, words: TrendWords, safety: Entries
    ) -> tuple[cards.TriggersCard, cards.SettlingCard]:
        connection = self._session.connection
        days = np.asarray(trend_rows.days_of_kind(connection, "trigger", first_day, today), dtype=np.int64)
        found = self._peaks(first_day, today)
        written = np.unique(np.concatenate((days, safety.between(first_day, today).days)))
        triggers = cards.triggers_card(days, found, written, first_day, today, words)
        done = trend_rows.settled(connection, first_day, today)
        going = trend_rows.without_number(connection, "trigger", "minutes_to_settle", STILL_GOING, first_day, today)
        return triggers, cards.settling_card(done, going, today, words)

    def _peaks(self, first_day: int, today: int) -> cards.Peaks:
        rows = trend_rows.peaks_by_day(self._session.connection, first_day, today)
        values = trend_rows.peaks_by_strength(self._session.connection, first_day, today)
        return cards.Peaks(
            days=np.asarray([row[0] for row in rows], dtype=np.int64),
            counts=np.asarray([row[1] for row in rows], dtype=np.int64),
            sums=np.asarray([row[2] for row in rows], dtype=np.float64),
            median=median_counted(values),
        )


def are_title(words: TrendWords) -> str:
    """The heading of the three answers, as this journal says it."""
    return words.plain("trends.are.solo_title" if words.solo else "trends.are.title")


def are_names(words: TrendWords) -> tuple[str, str, str]:
    """The short names of its three lines."""
    last = "with_me" if words.solo else "together"
    return words.plain("trends.are.reach"), words.plain("trends.are.answer"), words.plain(f"trends.are.{last}")
