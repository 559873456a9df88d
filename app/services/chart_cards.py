"""Every chart of Trends in one form: its question, its words, its plot, its rows, and what stands behind each stop.

So the window, the command line and the JSON need not know a dozen shapes of card.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import msgspec

from app.charts import trail, year
from app.charts.plot import Caption, Plot
from app.domain.records import RecordId
from app.services import trend_labels
from app.services.trend_agreements import AgreementsCard
from app.services.trend_are import AreCard
from app.services.trend_cards import Alternative
from app.services.trend_conversations import ConversationsCard
from app.services.trend_cues import CuesCard
from app.services.trend_helped import HelpedCard
from app.services.trend_lately import LatelyCard
from app.services.trend_panels import PanelsCard
from app.services.trend_promises import PromisesCard
from app.services.trend_scores import ScoresCard
from app.services.trend_settling import StripCard
from app.services.trend_triggers import TimelineCard
from app.services.trend_weeks import StringRows, string_rows
from app.services.trends import TrendsReport

WEEK_DAYS: Final = 7
_TRAIL_PX, _YEAR_PX = 260.0, 150.0


class Behind(msgspec.Struct, frozen=True):
    """What a stop of a chart stands for: days from `day` (an ordinal) on, rows of triggers, one record, or nothing."""

    day: int = 0
    days: int = 1
    numbers: tuple[int, ...] = ()
    record: RecordId | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to open."""
        return not self.day and not self.numbers and self.record is None


@dataclass(frozen=True, slots=True, eq=False)
class ChartCard:
    """One chart in the form all have. `plot` is None while there is not enough; then `sentence` says what it needs.

    `height_px` is logical. `notes` say why no more is said. `behind` tells for a stop of the reading line what Enter
    opens. Where a chart shows one of several, `offered` are they, as (id, name), and `which` is the one shown.
    """

    name: str
    title: str
    sentence: str
    notes: tuple[str, ...]
    alternative: Alternative
    plot: Plot | None
    rows: Callable[[], StringRows]
    behind: Callable[[int], Behind]
    height_px: float
    offered: tuple[tuple[str, str], ...] = ()
    which: str = ""

    def as_json(self) -> dict[str, object]:
        """For programs: the words, and the table as it is written; a gap stays an empty cell."""
        columns, rows = self.rows()
        return {
            "title": self.title,
            "sentence": self.sentence,
            "notes": list(self.notes),
            "alternative": {
                "what": self.alternative.what,
                "figures": self.alternative.figures,
                "pattern": self.alternative.pattern,
            },
            "enough": self.plot is not None,
            "columns": list(columns),
            "rows": [list(row) for row in rows],
        }


def weekly(name: str, card: LatelyCard | PanelsCard | AreCard, height_px: float) -> ChartCard:
    """A chart whose stops are weeks."""
    days = card.days
    notes = card.notes if isinstance(card, LatelyCard) else ()

    def behind(stop: int) -> Behind:
        return Behind(day=days[stop], days=WEEK_DAYS)

    return ChartCard(
        name, card.title, card.sentence, notes, card.alternative, card.plot(), card.rows, behind, height_px
    )  # fmt: skip


def events(name: str, card: TimelineCard | CuesCard | HelpedCard | StripCard, height_px: float) -> ChartCard:
    """A chart whose stops are triggers, or what many of them have in common."""
    plot = card.plot if card.data is not None else None

    def behind(stop: int) -> Behind:
        return Behind(numbers=card.behind(stop))

    return ChartCard(name, card.title, card.sentence, (), card.alternative, plot, card.rows, behind, height_px)


def occasions(
    name: str, card: AgreementsCard | PromisesCard | ConversationsCard, height_px: float,
    record_at: Callable[[int], RecordId | None],
) -> ChartCard:  # fmt: skip
    """A chart whose stops are single records."""

    def behind(stop: int) -> Behind:
        return Behind(record=record_at(stop))

    return ChartCard(name, card.title, card.sentence, (), card.alternative, card.plot(), card.rows, behind, height_px)


def totals(name: str, card: ScoresCard, height_px: float) -> ChartCard:
    """The totals of one questionnaire of those filled in; its stops are single records."""

    def behind(stop: int) -> Behind:
        return Behind(numbers=card.behind(stop))

    return ChartCard(
        name, card.title, card.sentence, (), card.alternative, card.plot(), card.rows, behind, height_px, card.offered,
        card.which,
    )  # fmt: skip


def first_screen(name: str, report: TrendsReport) -> ChartCard:
    """The felt-safety trail or the year of a report, as they leave the program."""
    words = report.words
    if name == "year":
        plot = None
        if report.year.data is not None:
            caption = Caption(words.plain("trends.year.title"), report.year.alternative.text, str)
            plot = year.plot(report.year.data, trend_labels.year_labels(words), caption)
        return _plain(name, words.plain("trends.year.title"), report.year.sentence, report.year.alternative, plot,
                      report, _YEAR_PX)  # fmt: skip
    safety, title, plot = report.safety, words.measure("felt_safety"), None
    if safety.data is not None:
        labels = trend_labels.trail_labels(words, safety.level, weekly=safety.data.is_weekly)
        plot = trail.plot(safety.data, labels, Caption(title, safety.alternative.text, str))
    return _plain(name, title, safety.sentence, safety.alternative, plot, report, _TRAIL_PX)


def _plain(
    name: str, title: str, sentence: str, alternative: Alternative, plot: Plot | None, report: TrendsReport,
    height_px: float,
) -> ChartCard:  # fmt: skip
    def rows() -> StringRows:
        return string_rows(plot.table(), report.words) if plot is not None else ((), ())

    return ChartCard(name, title, sentence, (), alternative, plot, rows, lambda _stop: Behind(), height_px)
