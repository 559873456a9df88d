"""A weighted mixture of Student t distributions, with NumPy alone.

With t = √ν·cot φ the upper tail becomes ∫₀^φ sin^(ν-1) over a short finite range, which 48 Gauss-Legendre nodes
integrate to about nine digits for every ν from 2 to 400, so that no special function is needed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from app.insights.arrays import Floats

_NODES = 48
_MOST_STEPS = 80
_TOLERANCE = 1e-10


@cache
def _unit_nodes() -> tuple[Floats, Floats]:
    """Gauss-Legendre nodes and weights on (0, 1)."""
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return (nodes + 1) / 2, weights / 2


@lru_cache(maxsize=1024)
def _constant(df: float) -> float:
    return math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(math.pi)


@dataclass(frozen=True, slots=True, eq=False)
class TMixture:
    """Σ weight · (centre + scale · t with df degrees of freedom). All shape (k,); weights sum to 1, df ≥ 2."""

    weights: Floats
    centres: Floats
    scales: Floats
    df: Floats

    @property
    def mean(self) -> float:
        """Expected value (each t is centred, df ≥ 2)."""
        return float(self.weights @ self.centres)

    def below(self, points: Floats) -> Floats:
        """Probability below each of `points`, shape (m,)."""
        t = (points[:, None] - self.centres) / self.scales
        tail = self._upper_tail(np.abs(t))
        return np.asarray(np.where(t > 0, 1 - tail, tail) @ self.weights)

    def above(self, points: Floats) -> Floats:
        """Probability above each of `points`, accurate in the far tail too."""
        t = (points[:, None] - self.centres) / self.scales
        tail = self._upper_tail(np.abs(t))
        return np.asarray(np.where(t > 0, tail, 1 - tail) @ self.weights)

    def quantiles(self, shares: Floats) -> Floats:
        """Points with probability `shares` (between 0 and 1, shape (m,)) below them, by bracketed Newton steps.

        A step that is not half as long as the one before is halving the bracket instead: around a narrow component
        Newton's steps may lead in a circle for ever, inside the bracket.
        """
        low, high = self._bracket(shares)
        unit = float(self.scales.min())
        points = (low + high) / 2
        moved = high - low
        for _ in range(_MOST_STEPS):
            excess = self.below(points) - shares
            low = np.where(excess < 0, points, low)
            high = np.where(excess < 0, high, points)
            density = np.maximum(self._density(points), np.finfo(np.float64).tiny)
            step = points - excess / density
            inside = (step >= low) & (step <= high) & (np.abs(step - points) <= moved / 2)
            following = np.where(inside, step, (low + high) / 2)
            moved = np.abs(following - points)
            if np.all(moved <= _TOLERANCE * unit):
                return following
            points = following
        return points

    def _bracket(self, shares: Floats) -> tuple[Floats, Floats]:
        reach = 4.0
        while True:
            low = float((self.centres - reach * self.scales).min())
            high = float((self.centres + reach * self.scales).max())
            at_low, at_high = self.below(np.array((low, high)))
            if at_low < shares.min() and at_high > shares.max():
                return np.full(len(shares), low), np.full(len(shares), high)
            reach *= 2

    def _constants(self) -> Floats:
        """Γ((ν+1)/2) / (√π Γ(ν/2)) for each component."""
        return np.array([_constant(df) for df in self.df.tolist()])

    def _upper_tail(self, t: Floats) -> Floats:
        """P(T > t) of each component for t ≥ 0, shape (m, k)."""
        nodes, weights = _unit_nodes()
        angle = np.arctan2(np.sqrt(self.df), t)
        heights = np.sin(angle[..., None] * nodes) ** (self.df - 1)[:, None]
        return np.asarray(self._constants() * angle * (heights @ weights))

    def _density(self, points: Floats) -> Floats:
        t = (points[:, None] - self.centres) / self.scales
        peak = self._constants() / np.sqrt(self.df) / self.scales
        return np.asarray((peak * (1 + t * t / self.df) ** (-(self.df + 1) / 2)) @ self.weights)
