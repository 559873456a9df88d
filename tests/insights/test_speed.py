"""Every verdict of a look within its limit, on ten years of days, in units of a bare chart (charts.test_speed)."""

from __future__ import annotations

import numpy as np

from app.insights.direction import direction
from app.insights.holm import cap_family
from app.insights.shift import shift
from tests.charts.test_speed import TEN_YEARS, bare, in_units

LIMIT_MS = 30.0
LAST = 739_750


def measure(slope: float, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ten years of one measure with a few days missing, going up or down by `slope` in half a year."""
    generator = np.random.default_rng(seed)
    days = np.arange(LAST - TEN_YEARS + 1, LAST + 1)
    days = days[generator.random(TEN_YEARS) < 0.9]
    values = 5 + slope * np.maximum((days - LAST) / 182, -1) + 1.5 * generator.standard_normal(len(days))
    return days, np.clip(np.round(values), 0, 10), generator.random(len(days)) < 0.02


def test_every_verdict_of_a_look_is_made_in_time() -> None:
    measures = [measure(slope, seed) for seed, slope in enumerate((3.0, 2.0, 1.0, 0.0, -2.0, -3.0))]

    def look() -> None:
        verdicts = []
        for days, values, late in measures:
            before = direction(days, values, end_day=LAST - 28, weeks=26, late=late)
            verdicts.append(direction(days, values, end_day=LAST, weeks=26, late=late, previous=before))
        cap_family(verdicts[1:])
        shift(measures[0][0], measures[0][1], end_day=LAST, late=measures[0][2])
        assert sum(verdict.tier.has_direction for verdict in verdicts) >= 4

    assert in_units(look, bare()) <= LIMIT_MS
