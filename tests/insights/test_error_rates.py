"""How often the rules are wrong, and how often they see a real change, on simulated diaries.

Diaries of whole numbers 0-10, standard deviation 1.8, autocorrelated days, 35 % of them missing at random. A flat year
has thirteen four-weekly reviews. The figures of the design are compared within sampling error of both simulations.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
from scipy.signal import lfilter

from app.insights.daily_model import daily_change
from app.insights.direction import _tier
from app.insights.series import DaySeries, week_values
from app.insights.verdict import Tier, evidence_tier
from app.insights.weekly import weekly_change

MONDAY = 738_158
REVIEWS = 13
DESIGN_YEARS, DESIGN_WINDOWS = 500, 1500


@dataclass(frozen=True)
class Rates:
    """Per cent: flat years with a lean or better, with a clear verdict; power for 2 and 3 points, likewise."""

    flat: tuple[float, float]
    two: tuple[float, float]
    three: tuple[float, float]


DESIGN = {
    (12, 0.0): (Rates((29, 4), (37, 12), (68, 36)), Rates((27, 4), (53, 25), (88, 65))),
    (12, 0.4): (Rates((40, 8), (24, 7), (48, 19)), Rates((43, 8), (33, 12), (65, 30))),
    (12, 0.6): (Rates((41, 9), (19, 5), (35, 13)), Rates((34, 6), (21, 6), (41, 13))),
    (26, 0.0): (Rates((30, 5), (81, 53), (98, 90)), Rates((31, 5), (91, 75), (100, 99))),
    (26, 0.4): (Rates((35, 8), (56, 30), (90, 69)), Rates((37, 10), (68, 41), (96, 85))),
    (26, 0.6): (Rates((42, 12), (43, 21), (74, 50)), Rates((37, 8), (49, 22), (85, 57))),
}


def diary(generator: np.random.Generator, days: int, ar: float, change: float) -> DaySeries:
    warm_up = 60
    noise = lfilter([math.sqrt(1 - ar * ar)], [1, -ar], generator.standard_normal(days + warm_up))[warm_up:]
    values = np.clip(np.round(5 + change * np.linspace(-0.5, 0.5, days) + 1.8 * noise), 0, 10)
    written = np.flatnonzero(generator.random(days) >= 0.35)
    return DaySeries(MONDAY + written, values[written])


@dataclass(frozen=True)
class Outcome:
    """Verdicts of both methods on one window, before caps, and whether the daily one names the wrong way."""

    weekly: Tier
    daily: Tier
    daily_down: bool


def judge(series: DaySeries, first_day: int, weeks: int) -> Outcome:
    last_day = first_day + 7 * weeks - 1
    window = series.between(first_day, last_day)
    in_weeks = week_values(window, last_day=last_day, weeks=weeks)
    if in_weeks.valid < math.ceil(weeks * 3 / 5):
        return Outcome(Tier.NOT_ENOUGH, Tier.NOT_ENOUGH, False)
    by_week, by_day = weekly_change(in_weeks), daily_change(window, window_days=7 * weeks)
    daily = _tier(by_day, by_week.slope.value, 10.0)
    return Outcome(evidence_tier(by_week.change, by_week.p), daily, daily.has_direction and by_day.change < 0)


def shares(tiers: list[list[Tier]]) -> tuple[float, float]:
    """Per cent of rows with a lean or better, and with a clear verdict, at least once."""
    leaning = sum(any(tier.has_direction for tier in row) for row in tiers)
    clear = sum(Tier.CLEAR in row for row in tiers)
    return 100 * leaning / len(tiers), 100 * clear / len(tiers)


def simulate(weeks: int, ar: float, *, years: int, windows: int, seed: int) -> tuple[Rates, Rates, float]:
    """Rates of the weekly and of the daily method, and the per cent of daily verdicts against a real rise."""
    generator = np.random.default_rng(seed)
    flat = [
        [judge(year, MONDAY + 28 * review, weeks) for review in range(REVIEWS)]
        for year in (diary(generator, 7 * weeks + 28 * (REVIEWS - 1), ar, 0.0) for _ in range(years))
    ]
    powers = [
        [[judge(diary(generator, 7 * weeks, ar, change), MONDAY, weeks)] for _ in range(windows)]
        for change in (2.0, 3.0)
    ]
    weekly = [shares([[one.weekly for one in row] for row in rows]) for rows in (flat, *powers)]
    daily = [shares([[one.daily for one in row] for row in rows]) for rows in (flat, *powers)]
    wrong = 100 * float(np.mean([row[0].daily_down for rows in powers for row in rows]))
    return Rates(*weekly), Rates(*daily), wrong


def tolerance(design: float, design_count: int, count: int) -> float:
    """3.3 standard errors of the difference of two shares in per cent, plus half a point of rounding in the design."""
    share = min(max(design / 100, 0.01), 0.99)
    return 330 * math.sqrt(share * (1 - share) * (1 / design_count + 1 / count)) + 0.5


def compare(found: Rates, design: Rates, *, years: int, windows: int) -> list[str]:
    """What lies outside the tolerance, in words for the failure message."""
    off = []
    for name, design_count, count in (
        ("flat", DESIGN_YEARS, years),
        ("two", DESIGN_WINDOWS, windows),
        ("three", DESIGN_WINDOWS, windows),
    ):
        for ours, theirs in zip(getattr(found, name), getattr(design, name), strict=True):
            if abs(ours - theirs) > tolerance(theirs, design_count, count):
                off.append(f"{name}: {ours:.1f} instead of {theirs}")
    return off


@pytest.mark.slow
@pytest.mark.parametrize(("weeks", "ar"), list(DESIGN), ids=str)
def test_the_table_of_the_design_is_reproduced(weeks: int, ar: float) -> None:
    size = {"years": DESIGN_YEARS, "windows": DESIGN_WINDOWS}
    weekly, daily, wrong = simulate(weeks, ar, seed=weeks * 100 + round(ar * 10), **size)
    design_weekly, design_daily = DESIGN[weeks, ar]
    print(f"\n{weeks} weeks, {ar}: weekly {weekly}\n  daily {daily}\n  wrong {wrong:.2f} %")  # noqa: T201 - the record of a run
    assert compare(weekly, design_weekly, **size) == []
    assert compare(daily, design_daily, **size) == []
    assert wrong <= 0.3


def test_a_small_run_lies_within_sampling_error_of_the_design() -> None:
    size = {"years": 30, "windows": 150}
    weekly, daily, wrong = simulate(12, 0.4, seed=11, **size)
    design_weekly, design_daily = DESIGN[12, 0.4]
    assert compare(weekly, design_weekly, **size) == []
    assert compare(daily, design_daily, **size) == []
    assert wrong == 0.0


def test_the_daily_model_finds_more_than_the_weekly_test_on_the_same_diaries() -> None:
    weekly, daily, _ = simulate(12, 0.0, seed=5, years=2, windows=200)
    assert daily.two[0] > weekly.two[0] + 5
    assert daily.three[1] > weekly.three[1] + 15
