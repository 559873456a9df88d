"""The words of a four-weekly look: what was written, what may be said of it, what was kept. Sentences, never a cause.

Whole sentences of the content pack in a fixed order, one paragraph an item. A letter that is kept stays as it was said:
it is stored with its look, and nothing here is asked again for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.insights.series import day_values, midmean
from app.insights.trail import trail
from app.insights.verdict import Direction, Tier
from app.services.review_verdicts import SAFETY_SPAN, Findings, Judged
from app.services.trend_series import REVIEW_DAYS
from app.services.trend_words import TrendWords, verdict_key

LEAST_LEVEL_DAYS = 8
"""Written days from which a typical level is said, as the line of the chart needs them (insights.md 2.1)."""
LOAD = "outside_load"
"""The one measure of which more is not better."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What was noted in the four weeks besides check-ins. None for what is not to be said here."""

    triggers: int
    promises: int | None = None
    rituals: int | None = None
    agreements: int | None = None


def paragraphs(found: Findings, noted: Noted, words: TrendWords, *, first: bool) -> tuple[str, ...]:
    """The letter. `first`: there is no look before this one."""
    parts = (
        " ".join(_written(found, words)),
        " ".join((words.plain("review.first"), *_safety(found, words)) if first else _safety(found, words)),
        " ".join(_others(found, words)),
        " ".join(_lately(found, words)),
        " ".join(_noted(noted, words)),
        words.say("review.closing", date=words.date(found.review), end=words.date(found.review + REVIEW_DAYS)),
    )
    return tuple(part for part in parts if part)


def _written(found: Findings, words: TrendWords) -> list[str]:
    """On how many days, at which level, and where nothing stands."""
    days = day_values(found.entries.days, found.entries.values).between(found.first_day, found.review)
    if not len(days.days):
        return [words.plain("review.no_days")]
    said = [words.say("review.days", n=len(days.days), total=REVIEW_DAYS)]
    counted = day_values(found.entries.days, found.entries.values, ~found.entries.late)
    inside = counted.between(found.first_day, found.review).values
    if len(inside) >= LEAST_LEVEL_DAYS:
        low, high = np.percentile(inside, (25, 75))
        said.append(
            words.say(
                "review.level",
                measure=words.measure("felt_safety"),
                level=words.number(midmean(inside)),
                total=words.number(SAFETY_SPAN),
                q1=words.number(float(low)),
                q3=words.number(float(high)),
            )
        )
    return said + _gaps(found, words)


def _gaps(found: Findings, words: TrendWords) -> list[str]:
    entries = found.entries
    drawn = trail(entries.days, entries.values, end_day=found.review, late=entries.late, wording=entries.wording)
    return [
        words.say("coverage.gap", **words.span(max(gap.first_day, found.first_day), gap.last_day))
        for gap in drawn.gaps
        if gap.last_day >= found.first_day
    ]


def _safety(found: Findings, words: TrendWords) -> tuple[str, ...]:
    said = words.verdict(found.safety, words.measure("felt_safety"), SAFETY_SPAN)
    if (found.safety.tier, found.safety.direction) == (Tier.LEANING, Direction.DOWN):
        return said, words.plain("direction.ask")
    return (said,)


def _others(found: Findings, words: TrendWords) -> list[str]:
    """One sentence for each measure of which something may be said, then those without a direction by name."""
    told = [one for one in found.others if one.verdict.tier not in {Tier.NOT_ENOUGH, Tier.OPEN}]
    said = [_measure(one, words) for one in told]
    trust = next(one.verdict for one in found.others if one.field == "trust")
    if found.safety.tier is Tier.STEADY and trust.tier is Tier.OPEN:
        names = {"first": words.measure("felt_safety"), "second": _inside(words.measure("trust"))}
        said.append(words.say("direction.mixed", **names))
    for tier, key in ((Tier.OPEN, "review.open_others"), (Tier.NOT_ENOUGH, "review.few_others")):
        names_of = [_inside(words.measure(one.field)) for one in found.others if one.verdict.tier is tier]
        if names_of and not (tier is found.safety.tier is Tier.NOT_ENOUGH):
            said.append(words.say(key, names=f"{words.plain('review.between')} ".join(names_of)))
    return said


def _measure(one: Judged, words: TrendWords) -> str:
    name = words.measure(one.field)
    said = words.verdict(one.verdict, name, one.span, plain=one.field == LOAD)
    return said if name in said else words.say("review.named", name=name, value=said)


def _lately(found: Findings, words: TrendWords) -> list[str]:
    """Nothing while there is too little: that over time there is too little was said already."""
    lately = found.lately
    if lately.estimate is None or lately.recent_midmean is None or lately.earlier_midmean is None:
        return []
    key = lately.tier.value if lately.direction is Direction.NONE else f"{lately.tier.value}_{lately.direction.value}"
    said = words.say(
        f"shift.{key}",
        recent=words.number(lately.recent_midmean),
        earlier=words.number(lately.earlier_midmean),
        change=words.number(abs(lately.estimate.change)),
    )
    shares = {"first": round(100 * lately.coverage_earlier), "second": round(100 * lately.coverage_recent)}
    return [said, *(words.say(f"cap.{cap.value}", **shares) for cap in lately.caps)]


def _noted(noted: Noted, words: TrendWords) -> list[str]:
    said = [words.say("review.triggers", n=noted.triggers) if noted.triggers else words.plain("review.triggers_none")]
    kept = (("promises", noted.promises), ("rituals", noted.rituals), ("agreements", noted.agreements))
    return said + [words.say(f"review.kept_{name}", n=count) for name, count in kept if count]


def _inside(name: str) -> str:
    """A measure's name in the middle of a sentence."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def codes(found: Findings) -> dict[str, str]:
    """The verdicts as codes, for programs: by measure, and "lately" for the shift."""
    lately = found.lately
    shifted = (
        lately.tier.value if lately.direction is Direction.NONE else f"{lately.tier.value}_{lately.direction.value}"
    )
    others = {one.field: verdict_key(one.verdict) for one in found.others}
    return {"felt_safety": verdict_key(found.safety), **others, "lately": shifted}
