"""Shares and rates of countable things, with intervals that stay honest for small counts."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from app.insights.arrays import Floats, sealed

LEAST_FOR_SHARE = 5
LEAST_EVENTS_TO_COMPARE = 10
_Z95 = NormalDist().inv_cdf(0.975)
_SAME_LIKELIHOOD = 1 + 1e-7
_BISECTIONS = 60


@dataclass(frozen=True, slots=True)
class Share:
    """`kept` of `total`, and the Wilson 95 % interval; `worded`: too few for a percentage, say "3 of 4" only."""

    kept: int
    total: int
    low: float
    high: float

    @property
    def worded(self) -> bool:
        """Whether only the two counts should be said."""
        return self.total < LEAST_FOR_SHARE


@dataclass(frozen=True, slots=True)
class RateRatio:
    """`ratio` of two rates (first to second), exact two-sided `p`, 95 % interval; `high` may be infinite."""

    ratio: float
    low: float
    high: float
    p: float


def wilson(kept: int, total: int) -> Share:
    """Wilson score interval (1927) of `kept` out of `total`; 0 … 1 when there is nothing yet.

    Outcomes such as "no record", "skipped by agreement", "released" and "unclear" belong in neither number.
    Raises ValueError unless 0 ≤ kept ≤ total.
    """
    if not 0 <= kept <= total:
        raise ValueError("a share needs 0 <= kept <= total")
    if total == 0:
        return Share(0, 0, 0.0, 1.0)
    share, grain = kept / total, _Z95**2 / total
    centre = (share + grain / 2) / (1 + grain)
    half = _Z95 * math.sqrt(share * (1 - share) / total + grain / total / 4) / (1 + grain)
    low = 0.0 if kept == 0 else centre - half
    high = 1.0 if kept == total else centre + half
    return Share(kept, total, low, high)


def comparable(first: int, second: int) -> bool:
    """Whether two counts are enough together for their rates to be compared at all."""
    return first + second >= LEAST_EVENTS_TO_COMPARE


def rate_ratio(first: int, first_days: float, second: int, second_days: float) -> RateRatio | None:
    """Compare `first` events in `first_days` *logged* days with `second` in `second_days`.

    None below ten events in all: list them, do not compare. Exact conditional test: given the sum, the first count is
    binomial with share first_days/(first_days+second_days); Clopper-Pearson interval. Raises ValueError unless both
    spans are positive. More entries can also mean more noticing.
    """
    if first_days <= 0 or second_days <= 0:
        raise ValueError("a rate needs a positive number of days")
    total = first + second
    if not comparable(first, second):
        return None
    likelihood = _binomial(total, first_days / (first_days + second_days))
    p = float(likelihood[likelihood <= likelihood[first] * _SAME_LIKELIHOOD].sum())
    per_share = second_days / first_days
    low, high = _share_limits(first, total)
    ratio = first * per_share / second if second else math.inf
    highest = per_share * high / (1 - high) if second else math.inf
    return RateRatio(ratio, per_share * low / (1 - low), highest, min(p, 1.0))


def _share_limits(count: int, total: int) -> tuple[float, float]:
    """Clopper-Pearson 95 % interval of a binomial share: where either tail holds 2.5 %."""
    tail = 0.025
    low = _bisect(lambda share: float(_binomial(total, share)[count:].sum()) < tail) if count else 0.0
    high = _bisect(lambda share: float(_binomial(total, share)[: count + 1].sum()) > tail) if count < total else 1.0
    return low, high


def _binomial(total: int, share: float) -> Floats:
    """Probability of 0 … total successes, by logarithms so that thousands of events do not overflow."""
    counts = np.arange(total + 1)
    return np.asarray(np.exp(_ways(total) + counts * math.log(share) + (total - counts) * math.log1p(-share)))


@lru_cache(maxsize=1)
def _ways(total: int) -> Floats:
    """Logarithm of how many ways there are to choose 0 … total of `total`: the same for every share that is tried."""
    factorials = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, total + 1)))))
    return sealed(factorials[-1] - factorials - factorials[::-1])


def _bisect(go_up: Callable[[float], bool]) -> float:
    """The share in (0, 1) at which `go_up` turns false."""
    low, high = 0.0, 1.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if go_up(middle):
            low = middle
        else:
            high = middle
    return (low + high) / 2
