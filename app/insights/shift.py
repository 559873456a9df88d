"""Is this month different? The last four weeks against the twelve before ("lately"), by week values."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.insights.arrays import Flags, Floats, Ints
from app.insights.coverage import blanks_as_low_and_high, coverage_caps, share_written, wording_caps
from app.insights.daily_model import Estimate
from app.insights.rank_tests import compare
from app.insights.series import DAYS_A_WEEK, DaySeries, WeekSeries, counted_entries, day_values, midmean, week_values
from app.insights.verdict import USUAL_SPAN, Cap, Direction, Lack, Tier, direction_of, evidence_tier
from app.insights.weekly import autocorrelation_stretch

RECENT_WEEKS = 4
EARLIER_WEEKS = 12
LEAST_RECENT_WEEKS = 3
LEAST_EARLIER_WEEKS = 8


@dataclass(frozen=True, slots=True)
class Shift:
    """Lately against before.

    `recent_values`, `earlier_values`: valid week values for the two dot strips, with their midmeans where there
    is one. `estimate`: Hodges-Lehmann difference in points with 90 % interval and p; `nap`: share of pairs in which the
    recent week is higher. Both are None exactly when the tier is NOT_ENOUGH. `coverage_*`: share of days written, 0-1.
    """

    tier: Tier
    direction: Direction
    lacking: tuple[Lack, ...]
    recent_values: tuple[float, ...]
    earlier_values: tuple[float, ...]
    coverage_recent: float
    coverage_earlier: float
    caps: tuple[Cap, ...] = ()
    recent_midmean: float | None = None
    earlier_midmean: float | None = None
    estimate: Estimate | None = None
    nap: float | None = None


def shift(
    days: Ints,
    values: Floats,
    *,
    end_day: int,
    late: Flags | None = None,
    wording: Ints | None = None,
    span: float = USUAL_SPAN,
) -> Shift:
    """Compare the four ISO weeks that end with the week of `end_day` with the twelve before them.

    Entries as in `direction`. A still running week counts once three of its days are written.
    """
    counted = counted_entries(days, values, late, wording)
    series = day_values(days, values, counted)
    weeks = week_values(series, last_day=end_day, weeks=RECENT_WEEKS + EARLIER_WEEKS)
    found = _before_evidence(series, weeks, end_day)
    if found.lacking:
        return found
    estimate, nap = weekly_shift(weeks)
    tier = evidence_tier(estimate.change, estimate.p, span)
    caps = coverage_caps(found.coverage_recent, found.coverage_earlier)
    caps += wording_caps(days, wording, counted, weeks.first_monday, end_day)
    if tier is Tier.CLEAR and _tips(series, weeks.first_monday, end_day, estimate, span):
        caps += (Cap.TIPPING,)
    if tier is Tier.CLEAR and caps:
        tier = Tier.LEANING
    return replace(
        found, tier=tier, direction=direction_of(tier, estimate.change), caps=caps, estimate=estimate, nap=nap
    )


def weekly_shift(weeks: WeekSeries) -> tuple[Estimate, float]:
    """The difference between the last four weeks of `weeks` and those before, and NAP.

    Chance is widened by the autocorrelation that is left once the difference itself is taken out.
    """
    recent, earlier = _blocks(weeks)
    plain = compare(recent, earlier)
    residuals = np.concatenate((earlier, recent - plain.change))
    stretch = autocorrelation_stretch(weeks.positions, residuals)
    wide = compare(recent, earlier, stretch=stretch)
    return Estimate(wide.change, wide.low, wide.high, wide.p_value(stretch)), wide.nap


def _before_evidence(series: DaySeries, weeks: WeekSeries, end_day: int) -> Shift:
    turn = weeks.first_monday + DAYS_A_WEEK * EARLIER_WEEKS
    recent, earlier = _blocks(weeks)
    return Shift(
        tier=Tier.NOT_ENOUGH,
        direction=Direction.NONE,
        lacking=_lacking(recent, earlier),
        recent_values=tuple(recent.tolist()),
        earlier_values=tuple(earlier.tolist()),
        coverage_recent=share_written(series, turn, end_day),
        coverage_earlier=share_written(series, weeks.first_monday, turn - 1),
        recent_midmean=midmean(recent) if len(recent) else None,
        earlier_midmean=midmean(earlier) if len(earlier) else None,
    )


def _blocks(weeks: WeekSeries) -> tuple[Floats, Floats]:
    late = weeks.positions >= weeks.weeks - RECENT_WEEKS
    return weeks.values[late], weeks.values[~late]


def _lacking(recent: Floats, earlier: Floats) -> tuple[Lack, ...]:
    present = (
        (Lack.RECENT, len(recent) >= LEAST_RECENT_WEEKS),
        (Lack.EARLIER, len(earlier) >= LEAST_EARLIER_WEEKS),
    )
    return tuple(lack for lack, enough in present if not enough)


def _tips(series: DaySeries, first_day: int, last_day: int, estimate: Estimate, span: float) -> bool:
    """Whether a clear shift is no longer clear once blank days are all taken as low, or all as high."""
    for filled in blanks_as_low_and_high(series, first_day, last_day):
        weeks = week_values(filled, last_day=last_day, weeks=RECENT_WEEKS + EARLIER_WEEKS)
        other, _ = weekly_shift(weeks)
        if evidence_tier(other.change, other.p, span) is not Tier.CLEAR or other.change * estimate.change <= 0:
            return True
    return False
