"""Pause words with their gaps filled: how long, until when, where. Gaps nobody knows stay as they were written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.ui.text import clock_time, number_word, tr


@dataclass(frozen=True, slots=True)
class Filled:
    """Words to say, and where in them the time to come back stands: (start, length), or None."""

    words: str
    time_at: tuple[int, int] | None = None


def fill(words: str, minutes: int, back_at: dt.datetime, place: str = "") -> Filled:
    """`{minutes}`, `{time}` and `{place}` filled in; `back_at` is when the pause is over."""
    said = clock_time(back_at)
    where = place.strip().rstrip(".") or tr("another room")
    begun = words.replace("{minutes}", number_word(minutes)).replace("{place}", where)
    at = begun.find("{time}")
    return Filled(begun.replace("{time}", said), None if at < 0 else (at, len(said)))


def in_quotes(filled: Filled) -> Filled:
    """The same as somebody says it; words that carry quotation marks of their own stay as they are."""
    if filled.words.startswith(("“", "„", "«", '"')):
        return filled
    moved = None if filled.time_at is None else (filled.time_at[0] + 1, filled.time_at[1])
    return Filled(tr("“{words}”").format(words=filled.words), moved)


def left_words(seconds: float) -> str:
    """What is left of a pause in figures: "19:42"."""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02}"
