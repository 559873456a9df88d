"""What a four-weekly look judges, and from what: the days up to its Sunday and nothing after them.

Felt safety is the one primary measure; the others are corrected together (Holm). Over time is judged on 26 weeks where
they hold enough, else on 12; lately is the last four weeks against the twelve before (insights.md 2.2-2.4).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from app.data.connection import Connection
from app.insights.holm import cap_family
from app.insights.series import DAYS_A_WEEK
from app.insights.shift import Shift, shift
from app.insights.trail import WINDOW_DAYS
from app.insights.verdict import Tier, Verdict
from app.services.trend_series import (
    LONG_WINDOW_WEEKS,
    REVIEW_DAYS,
    SHORT_WINDOW_WEEKS,
    Entries,
    judged,
    load,
)
from app.services.trends import PRIMARY, SECONDARY

SAFETY_SPAN = 10.0


@dataclass(frozen=True, slots=True)
class Judged:
    """One secondary measure: the field of the check-in, its verdict, the length of its scale in points."""

    field: str
    verdict: Verdict
    span: float


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """What one look found. `review` is its Sunday, an ordinal; `entries` those of felt safety that it read.

    `basis` changes whenever an answer that was read changes: by it a kept letter knows that older entries did.
    """

    review: int
    weeks: int
    safety: Verdict
    others: tuple[Judged, ...]
    lately: Shift
    entries: Entries
    basis: str

    @property
    def first_day(self) -> int:
        """The Monday of the four weeks."""
        return self.review - REVIEW_DAYS + 1


def look(connection: Connection, review: int) -> Findings:
    """Judge every measure of the check-in up to the Sunday `review` (an ordinal)."""
    since = review - REVIEW_DAYS - DAYS_A_WEEK * (LONG_WINDOW_WEEKS + 1) - WINDOW_DAYS
    safety = load(connection, PRIMARY, since, review)
    others = [(field, load(connection, measure, since, review), span) for field, measure, span in SECONDARY]
    weeks = LONG_WINDOW_WEEKS
    verdict = _judged(safety, review, weeks, SAFETY_SPAN)
    if verdict.tier is Tier.NOT_ENOUGH:
        weeks = SHORT_WINDOW_WEEKS
        verdict = _judged(safety, review, weeks, SAFETY_SPAN)
    alone = [_judged(entries, review, weeks, span) for _, entries, span in others]
    together = cap_family(alone)
    return Findings(
        review=review,
        weeks=weeks,
        safety=verdict,
        others=tuple(Judged(field, one, span) for (field, _, span), one in zip(others, together, strict=True)),
        lately=shift(
            safety.days, safety.values, end_day=review, late=safety.late, wording=safety.wording, span=SAFETY_SPAN
        ),
        entries=safety,
        basis=_basis(safety, *(entries for _, entries, _ in others)),
    )


def _judged(entries: Entries, review: int, weeks: int, span: float) -> Verdict:
    return judged(entries, review=review, today=review, weeks=weeks, span=span)


def _basis(*measures: Entries) -> str:
    digest = hashlib.sha256()
    for entries in measures:
        digest.update(len(entries).to_bytes(8, "big"))
        for column in (entries.days, entries.values, entries.late):
            digest.update(column.tobytes())
    return digest.hexdigest()
