"""Dates, numbers and verdicts as words, from the content pack alone, so that every door says the same sentence."""

from __future__ import annotations

import datetime as dt

from app.domain.content import Content
from app.domain.wording import fill
from app.insights.verdict import STEADY_SHARE, Cap, Direction, Tier, Verdict
from app.services.trend_series import REVIEW_DAYS

_MINUTES_SAID = 90


class TrendWords:
    """The sentences of one language and one journal; `today` decides which dates carry their year."""

    def __init__(self, content: Content, *, solo: bool, today: int) -> None:
        self._content = content
        self.solo = solo
        self._year = dt.date.fromordinal(today).year

    def say(self, key: str, **values: object) -> str:
        """A sentence of the pack with its gaps filled."""
        return self._content.sentence(key, **values)

    def plain(self, key: str) -> str:
        """A wording that has no gaps."""
        return str(self._content.sentences[key])

    def measure(self, field: str) -> str:
        """The short name of a check-in's question."""
        found = self._content.kinds["checkin"].field(field)
        if found is None:
            return field
        return (found.solo_short if self.solo else None) or found.short or found.label

    # ------------------------------------------------------------------ numbers and dates

    def number(self, value: float) -> str:
        """One decimal, or none where it would be 0."""
        rounded = round(value, 1)
        text = f"{rounded:.0f}" if rounded == int(rounded) else f"{rounded:.1f}"
        return text.replace(".", self.plain("calendar.decimal"))

    def date(self, day: int) -> str:
        """Day and month; with the year where it is not this one."""
        date = dt.date.fromordinal(day)
        return self._day(day) if date.year == self._year else self.full_date(day)

    def _day(self, day: int) -> str:
        date = dt.date.fromordinal(day)
        return fill(self.plain("calendar.day"), {"date": date.day, "start": self.month(date.month)})

    def span(self, first: int, last: int) -> dict[str, object]:
        """Two days as `start` and `end` of a sentence; a year they share is said once, at the end."""
        one_year = dt.date.fromordinal(first).year == dt.date.fromordinal(last).year
        return {"start": self._day(first) if one_year else self.date(first), "end": self.date(last)}

    def full_date(self, day: int) -> str:
        """Day, month and year."""
        date = dt.date.fromordinal(day)
        gaps = {"date": date.day, "start": self.month(date.month), "end": date.year}
        return fill(self.plain("calendar.day_year"), gaps)

    def month(self, number: int) -> str:
        """A month's name; 1 is January."""
        return self.plain(f"calendar.month.{number}")

    def minutes(self, minutes: float) -> str:
        """A length of time in minutes, from an hour and a half on in hours."""
        if minutes < _MINUTES_SAID:
            return self.say("trends.settle.minutes", n=round(minutes))
        return self.say("trends.settle.hours", n=round(minutes / 60))

    # ------------------------------------------------------------------ verdicts

    def verdict(self, verdict: Verdict, name: str, span: float, *, plain: bool = False) -> str:
        """The sentence of a verdict with what goes with it: the same lean again, and why no more is said."""
        parts = [self.direction(verdict, name, span, plain=plain)]
        if verdict.again:
            parts.append(self.plain("direction.again"))
        return " ".join([*parts, *self.caps(verdict)])

    def direction(self, verdict: Verdict, name: str, span: float, *, plain: bool = False) -> str:
        """The sentence of the tier alone. `plain`: more of it is not better."""
        key = verdict_key(verdict)
        group = "direction.plain" if plain and verdict.tier.has_direction else "direction"
        return self.say(f"{group}.{key}", **self._gaps(verdict, name, span))

    def small(self, verdict: Verdict, name: str, span: float) -> str:
        """The same in the room under a small chart."""
        return self.say(f"trends.small.{verdict_key(verdict)}", **self._gaps(verdict, name, span))

    def caps(self, verdict: Verdict) -> tuple[str, ...]:
        """Why the verdict is held back, one sentence a reason."""
        shares = {
            "first": round(100 * verdict.coverage_first),
            "second": round(100 * verdict.coverage_second),
        }
        return tuple(self.say(f"cap.{cap.value}", **(shares if cap is Cap.UNEVEN else {})) for cap in verdict.caps)

    def review(self, review: int, today: int, *, early: bool) -> str:
        """When the verdict was made and when the next one will be."""
        if early:
            return self.say("trends.review_first", end=self.date(today))
        return self.say("trends.review", date=self.date(review), end=self.date(review + REVIEW_DAYS))

    def _gaps(self, verdict: Verdict, name: str, span: float) -> dict[str, object]:
        gaps: dict[str, object] = {
            "measure": name,
            "weeks": verdict.window_weeks,
            "n": min(verdict.valid_weeks, verdict.needed_weeks)
            if verdict.tier is Tier.NOT_ENOUGH
            else verdict.valid_weeks,
            "need": verdict.needed_weeks,
            "margin": self.number(STEADY_SHARE * span),
        }
        if verdict.estimate is not None and verdict.quartiles is not None:
            low, high = sorted((abs(verdict.estimate.low), abs(verdict.estimate.high)))
            if verdict.estimate.low <= 0 <= verdict.estimate.high:
                low = 0.0
            gaps |= {
                "change": self.number(abs(verdict.estimate.change)),
                "low": self.number(low),
                "high": self.number(high),
                "q1": self.number(verdict.quartiles[0]),
                "q3": self.number(verdict.quartiles[2]),
            }
        return gaps


def verdict_key(verdict: Verdict) -> str:
    """The code of a verdict: its tier, with the direction where it has one."""
    if verdict.direction is Direction.NONE:
        return verdict.tier.value
    return f"{verdict.tier.value}_{verdict.direction.value}"
