"""What statistics may say about a series, in codes and numbers; the window puts them into words.

Five tiers, their thresholds, and the reasons that hold a verdict back. What counts as a change is
a share of the scale's span: one point of 0-10.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from app.insights.daily_model import Estimate
from app.insights.theil_sen import Slope

LEAST_CHANGE_SHARE = 0.10
STEADY_SHARE = 0.20
USUAL_SPAN = 10.0
LEANING_P = 0.05
CLEAR_P = 0.01


class Tier(StrEnum):
    """How much may be said. OPEN never means "no progress": a small real change usually stays open."""

    NOT_ENOUGH = "not_enough"
    OPEN = "open"
    STEADY = "steady"
    LEANING = "leaning"
    CLEAR = "clear"

    @property
    def has_direction(self) -> bool:
        """Whether up or down may be said at all."""
        return self in (Tier.LEANING, Tier.CLEAR)


class Direction(StrEnum):
    """Which way, if that may be said."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Cap(StrEnum):
    """Why a verdict is at most leaning."""

    SPARSE = "sparse"
    """Fewer than half of the days written in one of the compared periods."""
    UNEVEN = "uneven"
    """The shares of written days differ by more than 25 percentage points."""
    WORDING = "wording"
    """The question was worded differently within the window."""
    TIPPING = "tipping"
    """No longer clear if blank days are all taken as low, or all as high."""
    FAMILY = "family"
    """Not clear once the number of measures looked at is counted (Holm)."""


class Lack(StrEnum):
    """What is missing before anything can be said."""

    WEEKS = "weeks"
    FIRST_THIRD = "first_third"
    LAST_THIRD = "last_third"
    RECENT = "recent"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Direction over a window ("over time").

    `first_day` … `last_day`: the window's `window_weeks`·7 days, as ordinals. `valid_weeks` of the window's ISO weeks
    have a value, `needed_weeks` must; `lacking` says what is missing. `entry_days`: written days that count.
    `coverage_first`, `coverage_second`: share of days written in each half, 0-1. `quartiles`: of the week values.
    `estimate`: change by the daily model; `slope`: Theil-Sen per week, at 0 in the week of `slope_monday`, for drawing.
    The last three numbers-or-nothing are None exactly when the tier is NOT_ENOUGH. `leant_before`: whether the review
    before leant (or was clear) the same way over a window of the same length.
    """

    tier: Tier
    direction: Direction
    window_weeks: int
    first_day: int
    last_day: int
    valid_weeks: int
    needed_weeks: int
    lacking: tuple[Lack, ...]
    entry_days: int
    coverage_first: float
    coverage_second: float
    slope_monday: int
    caps: tuple[Cap, ...] = ()
    leant_before: bool = False
    quartiles: tuple[float, float, float] | None = None
    estimate: Estimate | None = None
    slope: Slope | None = None

    @property
    def again(self) -> bool:
        """Whether this is the same lean at two reviews running, whatever held it back from being clear."""
        return self.tier is Tier.LEANING and self.leant_before

    def after(self, previous: Verdict | None) -> Verdict:
        """The same verdict, knowing the one of the review before."""
        same = previous is not None and self.direction is not Direction.NONE and previous.direction is self.direction
        return replace(self, leant_before=same and previous is not None and previous.window_weeks == self.window_weeks)


def evidence_tier(change: float, p: float, span: float = USUAL_SPAN) -> Tier:
    """CLEAR, LEANING or OPEN by p and by a change of at least a tenth of the scale's `span` in points."""
    if abs(change) < LEAST_CHANGE_SHARE * span or p >= LEANING_P:
        return Tier.OPEN
    return Tier.CLEAR if p < CLEAR_P else Tier.LEANING


def direction_of(tier: Tier, change: float) -> Direction:
    """Up or down where the tier allows it, otherwise none."""
    if not tier.has_direction:
        return Direction.NONE
    return Direction.UP if change > 0 else Direction.DOWN
