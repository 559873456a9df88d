"""How the streams, their lines and their ranges are called on the surface of releases."""

from __future__ import annotations

import datetime as dt
from typing import Final

from app.domain.released import Release, ReleasedRow, Stream
from app.insights.series import DAYS_A_WEEK, monday_of
from app.ui.text import number, short_date, tr

BEGINNING: Final = 1
"""The first day of a range that reaches as far back as anything was written (an ordinal)."""
_BACK_WEEKS: Final = (4, 12, 26, 52)


def stream_name(stream: Stream) -> str:
    """What a stream is called."""
    return {
        Stream.FELT_SAFETY: tr("Felt safety"),
        Stream.ARE: tr("Reaching, answering, being together"),
        Stream.TRUST: tr("Trust"),
        Stream.MIRROR: tr("How I came across, as I see it"),
        Stream.TRIGGERS: tr("How many alarms"),
        Stream.RITUALS: tr("Days of my rituals"),
        Stream.COMMITMENTS: tr("Promises noted as kept"),
        Stream.AGREEMENTS: tr("Agreements noted as kept"),
        Stream.REPAIRS: tr("Repair conversations"),
    }[stream]


def stream_line(stream: Stream) -> str:
    """What leaves with it, in one line."""
    if stream is Stream.TRIGGERS:
        return tr("How many in a week. Never what happened, what set it off, or how strong it was.")
    if stream in {Stream.ARE, Stream.MIRROR}:
        return tr("Three lines, one value a week each.")
    if stream in {Stream.FELT_SAFETY, Stream.TRUST}:
        return tr("One value a week.")
    return tr("How many in a week.")


def row_name(stream: Stream, row: str) -> str:
    """What one line of a stream is called in the preview."""
    if stream not in {Stream.ARE, Stream.MIRROR}:
        return tr("a week")
    return {"accessible": tr("reachable"), "responsive": tr("answered"), "engaged": tr("together")}[row]


def value_words(row: ReleasedRow, at: int) -> str:
    """One week's value, with a decimal where it is a mean."""
    return number(row.values[at], 1 if row.top else 0)


def first_choices(today: int, chosen: Release | None) -> list[tuple[str, object]]:
    """The beginnings on offer, with the one that is chosen where it is another."""
    this_year = dt.date.fromordinal(today)
    mondays = [monday_of(today) - DAYS_A_WEEK * weeks for weeks in _BACK_WEEKS]
    made: list[tuple[str, object]] = [(_from_words(monday, this_year), monday) for monday in mondays]
    made.append((tr("as far back as I wrote"), BEGINNING))
    if chosen is not None and all(value != chosen.first for _, value in made):
        made.append((_from_words(chosen.first, this_year), chosen.first))
    return made


def last_choices(today: int, chosen: Release | None) -> list[tuple[str, object]]:
    """The ends on offer. None is no end: each new week joins when it is over."""
    this_year = dt.date.fromordinal(today)
    sunday = monday_of(today) - 1
    made: list[tuple[str, object]] = [
        (tr("with each new week"), None),
        (tr("up to {day}").format(day=short_date(dt.date.fromordinal(sunday), this_year)), sunday),
    ]
    if chosen is not None and all(value != chosen.last for _, value in made):
        last = dt.date.fromordinal(chosen.last or sunday)
        made.append((tr("up to {day}").format(day=short_date(last, this_year)), chosen.last))
    return made


def week_words(monday: int, today: int) -> str:
    """The day a week began."""
    return short_date(dt.date.fromordinal(monday), dt.date.fromordinal(today))


def _from_words(monday: int, today: dt.date) -> str:
    return tr("from {day}").format(day=short_date(dt.date.fromordinal(monday), today))
