"""Looking at several measures at once: Holm's step-down correction, and its use on a family of verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.insights.verdict import CLEAR_P, Cap, Tier, Verdict


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p-values in the order given, each at most 1 (Holm 1979)."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = highest
    return tuple(adjusted)


def cap_family(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Take the verdicts of all secondary measures shown together; those not clear after Holm become leaning.

    Felt safety is the one primary measure and does not belong in here. Verdicts without an estimate are not counted.
    """
    tested = [(place, verdict.estimate.p) for place, verdict in enumerate(verdicts) if verdict.estimate is not None]
    result = list(verdicts)
    for (place, _), p in zip(tested, holm([p for _, p in tested]), strict=True):
        verdict = result[place]
        if verdict.tier is Tier.CLEAR and p >= CLEAR_P:
            result[place] = replace(verdict, tier=Tier.LEANING, caps=(*verdict.caps, Cap.FAMILY))
    return tuple(result)
