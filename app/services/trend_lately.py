"""Is this month different? The last four weeks of the newest look beside the twelve before, and what may be said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.charts import lately
from app.charts.plot import Caption, Plot
from app.data import trend_rows
from app.insights.daily_model import Estimate
from app.insights.series import DAYS_A_WEEK, monday_of
from app.insights.shift import EARLIER_WEEKS, RECENT_WEEKS, Shift, shift
from app.insights.verdict import Cap, Direction
from app.services.session import Session
from app.services.trend_cards import Alternative
from app.services.trend_series import Entries, load, review_day
from app.services.trend_weeks import StringRows, WeekRange, by_week, signed, string_rows, week_said
from app.services.trend_words import TrendWords

MEASURE = "felt_safety"
"""The one primary measure; any other would have to go through Holm's correction first (insights.md 2.4)."""
_WEEKS = EARLIER_WEEKS + RECENT_WEEKS


@dataclass(frozen=True, slots=True, eq=False)
class LatelyCard:
    """Lately beside before. `data` is None below three recent and eight earlier weeks; `shift` has the numbers.

    `title` is the question. `notes` say why no more is said. `weeks` are the sixteen weeks, oldest first.
    """

    data: lately.LatelyData | None
    title: str
    sentence: str
    notes: tuple[str, ...]
    alternative: Alternative
    shift: Shift
    weeks: WeekRange
    words: TrendWords

    @property
    def days(self) -> tuple[int, ...]:
        """The first day (ordinal) of what each stop of the reading line stands for: a week."""
        return tuple(int(monday) for monday in self.weeks.mondays)

    def read(self, index: int) -> str:
        """The reading at a stop."""
        value = float(self.weeks.means[index])
        said = self.words.number(value) if np.isfinite(value) else ""
        return week_said(int(self.weeks.mondays[index]), said, self.words)

    def plot(self) -> Plot | None:
        """The chart, ready for a view; None while there is nothing to draw."""
        if self.data is None:
            return None
        return lately.plot(self.data, self._labels(self.data), Caption(self.title, self.alternative.text, self.read))

    def rows(self) -> StringRows:
        """The table: headings, then one row a usable week."""
        made = self.plot()
        return string_rows(made.table(), self.words) if made is not None else ((), ())

    def _labels(self, data: lately.LatelyData) -> lately.LatelyLabels:
        words = self.words
        change, low, high = (signed(value, words) for value in (data.change, data.low, data.high))
        return lately.LatelyLabels(
            before=(words.plain("chart.lately.before"), _counted(len(self.shift.earlier_values), EARLIER_WEEKS, words)),
            between=(
                words.plain("chart.lately.between"),
                words.say("chart.lately.between_figures", change=change, low=low, high=high),
            ),
            now=(words.plain("chart.lately.now"), _counted(len(self.shift.recent_values), RECENT_WEEKS, words)),
            middles=(words.number(data.before), words.number(data.now)),
            columns=(
                words.plain("trends.column.week"),
                words.plain("chart.lately.part"),
                words.plain("trends.column.value"),
            ),
        )


def read(session: Session, first_day: int, today: int, words: TrendWords) -> LatelyCard:  # noqa: ARG001 - every card is read alike
    """The card as of the newest four-weekly look before `today` (an ordinal): verdicts are made only there.

    It spans sixteen weeks whatever the period, so `first_day` is not looked at.
    """
    review = review_day(trend_rows.first_day_of(session.connection, MEASURE), today)
    entries = load(session.connection, MEASURE, monday_of(review) - DAYS_A_WEEK * (_WEEKS - 1), review)
    return card(entries, review, words)


def card(entries: Entries, review: int, words: TrendWords) -> LatelyCard:
    """The same from entries; those outside the sixteen weeks that end with `review` are not looked at."""
    found = shift(entries.days, entries.values, end_day=review, late=entries.late, wording=entries.wording)
    first = monday_of(review) - DAYS_A_WEEK * (_WEEKS - 1)
    weeks = by_week(entries.days[~entries.late], entries.values[~entries.late], first, review)
    measure, title = words.measure(MEASURE), words.plain("chart.lately.title")
    what = words.say("chart.lately.what", measure=measure, start=words.date(first), end=words.date(review))
    if found.estimate is None or found.recent_midmean is None or found.earlier_midmean is None:
        empty, pattern = words.plain("chart.lately.empty"), words.plain("shift.not_enough")
        lacking = " ".join(words.plain(f"lack.{lack.value}") for lack in found.lacking)
        return LatelyCard(None, title, empty, (), Alternative(what, lacking, pattern), found, weeks, words)
    data = _data(weeks, found.earlier_midmean, found.recent_midmean, found.estimate)
    now, before = words.number(data.now), words.number(data.before)
    said = words.say(f"shift.{_key(found)}", recent=now, earlier=before, change=words.number(abs(data.change)))
    figures = words.say("chart.lately.alt", measure=measure, recent=now, earlier=before)
    change, low, high = (signed(value, words) for value in (data.change, data.low, data.high))
    figures = f"{figures} {words.say('chart.lately.difference', change=change, low=low, high=high)}"
    return LatelyCard(data, title, said, _notes(found, words), Alternative(what, figures, said), found, weeks, words)


def _data(weeks: WeekRange, before: float, now: float, estimate: Estimate) -> lately.LatelyData:
    return lately.LatelyData(
        weeks=weeks.mondays,
        values=weeks.means,
        before=before,
        now=now,
        change=estimate.change,
        low=estimate.low,
        high=estimate.high,
    )


def _key(found: Shift) -> str:
    """The code of the sentence: the tier, with the direction where it has one."""
    return found.tier.value if found.direction is Direction.NONE else f"{found.tier.value}_{found.direction.value}"


def _notes(found: Shift, words: TrendWords) -> tuple[str, ...]:
    shares = {"first": round(100 * found.coverage_earlier), "second": round(100 * found.coverage_recent)}
    return tuple(words.say(f"cap.{cap.value}", **(shares if cap is Cap.UNEVEN else {})) for cap in found.caps)


def _counted(usable: int, weeks: int, words: TrendWords) -> str:
    return words.say("chart.lately.counted", n=usable, total=weeks)
