"""Is this month different? The last four weeks against the twelve before ("lately"), by week values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.insights.arrays import Flags, Floats, Ints
from app.insights.coverage import blanks_as_low_and_high, coverage_caps, share_written, wording_caps
from app.insights.daily_model import Estimate
from app.insights.rank_tests import compare
from app.insights.series import DAYS_A_WEEK, DaySeries, WeekSeries, day_values, midmean, week_values
from app.insights.verdict import LEANING_P, Cap, Direction, Lack, Tier, direction_of, evidence_tier
from app.insights.weekly import autocorrelation_stretch

RECENT_WEEKS = 4
EARLIER_WEEKS = 12
LEAST_RECENT_WEEKS = 3
LEAST_EARLIER_WEEKS = 8


@dataclass(frozen=True, slots=True)
class Shift:
    """Lately against before.

    `recent_values`, `earlier_values`: valid week values for the two dot strips, with their midmeans where enough.
    `estimate`: Hodges-Lehmann difference in points with 90 % interval and p; `nap`: share of pairs in which the recent
    week is higher. Both are None exactly when the tier is NOT_ENOUGH. `coverage_*`: share of days written, 0-1.
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
    days: Ints, values: Floats, *, end_day: int, late: Flags | None = None, wording: Ints | None = None
) -> Shift:
    """Compare the four ISO weeks that end with the week of `end_day` with the twelve before them.

    Entries as in `direction`. A still running week counts once three of its days are written.
    """
    counted = np.isfinite(values) if late is None else np.isfinite(values) & ~late
    series = day_values(days, values, counted)
    weeks = week_values(series, last_day=end_day, weeks=RECENT_WEEKS + EARLIER_WEEKS)
    first_day = weeks.first_monday
    turn = first_day + DAYS_A_WEEK * EARLIER_WEEKS
    coverage = share_written(series, turn, end_day), share_written(series, first_day, turn - 1)
    recent, earlier = _blocks(weeks)
    lacking = _lacking(recent, earlier)
    estimate, nap, tier, caps = None, None, Tier.NOT_ENOUGH, ()
    if not lacking:
        estimate, nap = weekly_shift(weeks)
        tier = evidence_tier(estimate.change, estimate.p)
        caps = coverage_caps(*coverage) + wording_caps(days, wording, counted, first_day, end_day)
        if tier is Tier.CLEAR and _tips(series, first_day, end_day, estimate):
            caps += (Cap.TIPPING,)
        if tier is Tier.CLEAR and caps:
            tier = Tier.LEANING
    return Shift(
        tier=tier,
        direction=direction_of(tier, estimate.change if estimate else 0.0),
        lacking=lacking,
        recent_values=tuple(recent.tolist()),
        earlier_values=tuple(earlier.tolist()),
        coverage_recent=coverage[0],
        coverage_earlier=coverage[1],
        caps=caps,
        recent_midmean=midmean(recent) if len(recent) else None,
        earlier_midmean=midmean(earlier) if len(earlier) else None,
        estimate=estimate,
        nap=nap,
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


def _blocks(weeks: WeekSeries) -> tuple[Floats, Floats]:
    late = weeks.positions >= weeks.weeks - RECENT_WEEKS
    return weeks.values[late], weeks.values[~late]


def _lacking(recent: Floats, earlier: Floats) -> tuple[Lack, ...]:
    present = (
        (Lack.RECENT, len(recent) >= LEAST_RECENT_WEEKS),
        (Lack.EARLIER, len(earlier) >= LEAST_EARLIER_WEEKS),
    )
    return tuple(lack for lack, enough in present if not enough)


def _tips(series: DaySeries, first_day: int, last_day: int, estimate: Estimate) -> bool:
    """Whether blank days, all low or all high, would undo the evidence (sign and p, as in `direction`)."""
    for filled in blanks_as_low_and_high(series, first_day, last_day):
        weeks = week_values(filled, last_day=last_day, weeks=RECENT_WEEKS + EARLIER_WEEKS)
        other, _ = weekly_shift(weeks)
        if other.p >= LEANING_P or other.change * estimate.change <= 0:
            return True
    return False
