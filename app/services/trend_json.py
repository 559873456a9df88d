"""The numbers of a chart as JSON values: weeks, and verdicts as codes with what they stand on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from app.insights.verdict import Verdict
from app.services.trend_cards import LinesCard, TrailCard


def trail_json(card: TrailCard) -> dict[str, Any]:
    """Felt safety: written days by week, the typical level at each week's end, the verdict and its sentence."""
    data = card.data
    weeks = []
    if data is not None:
        for monday, days in zip(data.weeks, data.week_days, strict=True):
            at = min(int(monday) + 6, data.last_day) - data.first_day
            level = float(data.line[at]) if at >= 0 else np.nan
            weeks.append({"week": _day(int(monday)), "typical": _number(level), "written_days": int(days)})
    return {"span": 10, "weeks": weeks, "verdict": verdict_json(card.verdict), "sentence": card.sentence}


def card_json(card: LinesCard) -> dict[str, Any]:
    """Each measure of a panel: its weekly values, verdict and the panel's sentence."""
    return {
        field: {
            "span": card.span,
            "weeks": [
                {"week": _day(int(monday)), "value": _number(float(value)), "written_days": int(days)}
                for monday, value, days in zip(weeks.mondays, weeks.values, weeks.written_days, strict=True)
            ],
            "verdict": verdict_json(verdict),
            "sentence": card.sentence,
        }
        for field, weeks, verdict in zip(card.fields, card.weeks, card.verdicts, strict=True)
    }


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict as codes and numbers."""
    found: dict[str, Any] = {
        "tier": verdict.tier.value,
        "direction": verdict.direction.value,
        "window_weeks": verdict.window_weeks,
        "from": _day(verdict.first_day),
        "to": _day(verdict.last_day),
        "usable_weeks": verdict.valid_weeks,
        "needed_weeks": verdict.needed_weeks,
        "lacking": [lack.value for lack in verdict.lacking],
        "caps": [cap.value for cap in verdict.caps],
        "again": verdict.again,
    }
    if verdict.estimate is not None:
        estimate = verdict.estimate
        found |= {
            "change": round(estimate.change, 3),
            "low": round(estimate.low, 3),
            "high": round(estimate.high, 3),
            "p": round(estimate.p, 5),
        }
    return found


def _day(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()


def _number(value: float) -> float | None:
    return round(value, 2) if np.isfinite(value) else None
