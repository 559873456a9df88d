"""Totals of questionnaires as lines of a summary: each with its day, and the change rule where one is published."""

from __future__ import annotations

from typing import Final

from app.services import score_words, trend_scores
from app.services.session import Session
from app.services.trend_scores import Total
from app.services.trend_words import TrendWords

MOST: Final = 6
"""So many of the newest totals of one questionnaire stand on paper."""


def count(session: Session, first: int, last: int) -> int:
    """How many totals there are between two days (ordinals, both included)."""
    return len(trend_scores.between(session, first, last))


def lines(session: Session, first: int, last: int, words: TrendWords) -> tuple[str, ...]:
    """One paragraph a questionnaire that has a total between two days, the one filled in last first."""
    every = trend_scores.between(session, first, last)
    codes = dict.fromkeys(one.code for one in reversed(every))
    return tuple(_line([one for one in every if one.code == code], words) for code in codes)


def _line(totals: list[Total], words: TrendWords) -> str:
    """Its totals with their days, where the newest lies, and whether it differs from the first beyond chance."""
    shown = ", ".join(
        words.say("report.scores.total", level=words.number(one.value), date=words.full_date(one.day))
        for one in totals[-MOST:]
    )
    first, last = totals[0], totals[-1]
    name, highest = trend_scores.name_of(last.code), words.number(trend_scores.highest(last.code))
    parts = [words.say("report.scores.line", name=name, total=highest, value=shown)]
    if len(totals) > 1:
        parts.append(words.say("report.scores.newest", level=words.number(last.value)))
    parts.append(trend_scores.place(last, words))
    if len(totals) > 1 and score_words.has_rule(last.code):
        date = words.full_date(first.day)
        parts.append(score_words.change(last.code, first.value, last.value, date, words))
    return " ".join(parts)
