"""Two hundred rituals that began twenty years ago: which are due, and Today's card of them after one tick."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from app.bench import keys
from app.bench.storage import EVENING
from app.bench.timing import elapsed_ms, median_ms
from app.domain.content import Content
from app.domain.records import Clock, RecordId
from app.domain.schedule import Rhythm, Schedule
from app.services.desk import Desk
from app.services.rituals import Rituals

RITUALS: Final = 200
YEARS: Final = 20
_TICKED_DAYS: Final = 600
"""Ticks are written for as long as the slowest strength hears of; earlier ones are read by nobody for today."""
_WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_REPEATS: Final = 15


def figures(folder: Path, content: Content) -> dict[str, float]:
    """`recurrence_ms`: what is due today and next of all of them, by rule. `rituals_today_ms`: Today's card after a
    tick; `rituals_cold_ms` the same for the first time after unlocking.
    """
    today = EVENING.date()
    schedules = [schedule(number, today) for number in range(RITUALS)]
    found = {"recurrence_ms": median_ms(lambda: [one.is_due(today) for one in schedules], _REPEATS)}
    desk = keys.filled(folder, content, 0)
    try:
        records = _fill(desk, today)
        rituals = Rituals(desk.session)
        found["rituals_cold_ms"] = elapsed_ms(rituals.today)
        taken = []
        for number in range(_REPEATS):
            rituals.tick_today(records[7 * number])
            taken.append(elapsed_ms(rituals.today))
        found["rituals_today_ms"] = sorted(taken)[_REPEATS // 2]
    finally:
        desk.close()
    return found


def schedule(number: int, today: dt.date) -> Schedule:
    """The schedule of the ritual of that number: every rhythm there is, by turns."""
    first = today - dt.timedelta(days=YEARS * 365 + number)
    turn = number % 5
    if turn == 0:
        return Schedule(Rhythm.DAYS, first, frozenset(range(7)))
    if turn == 1:
        return Schedule(Rhythm.DAYS, first, frozenset({number % 7, (number + 3) % 7}))
    if turn == 2:
        return Schedule(Rhythm.DAYS, first, frozenset({number % 7}), every=2)
    if turn == 3:
        return Schedule(Rhythm.MONTH_DAY, first, times=number % 31 + 1)
    return Schedule(Rhythm.TIMES_WEEK, first, times=3)


def _answers(number: int, today: dt.date) -> dict[str, object]:
    found = schedule(number, today)
    return {
        "title": f"Ritual {number}",
        "rhythm": found.rhythm.value,
        "days": [_WEEK[day] for day in sorted(found.weekdays)] or None,
        "times": str(found.times),
        "month_day": str(found.times),
        "every": str(found.every),
        "starts": {"day": found.first.isoformat()},
    }


def _fill(desk: Desk, today: dt.date) -> list[RecordId]:
    """All rituals, and the ticks of each: two of three occasions, and every third day where any day will do."""
    space, author, kinds = desk.session.space, desk.session.person.id, desk.session.kinds
    began_ms = round(dt.datetime(today.year - YEARS, 1, 1, tzinfo=dt.UTC).timestamp() * 1000)
    with space.change(author, zone="UTC") as change:
        change.at(Clock(wall_ms=partial(int, began_ms)))
        records = [change.put("ritual", kinds.parse("ritual", _answers(number, today))) for number in range(RITUALS)]
    with space.change(author, zone="UTC") as change:
        for number, record in enumerate(records):
            for day in _ticked(schedule(number, today), today):
                raw = {"ritual": record, "at": {"day": day.isoformat()}, "outcome": "done"}
                change.put("ritual_completion", kinds.parse("ritual_completion", raw))
    return records


def _ticked(found: Schedule, today: dt.date) -> Iterator[dt.date]:
    first, last = today - dt.timedelta(days=_TICKED_DAYS), today - dt.timedelta(days=1)
    days = (
        found.due(first, last) if found.has_days else (first + dt.timedelta(days=n) for n in range(0, _TICKED_DAYS, 3))
    )
    yield from (day for place, day in enumerate(days) if place % 3 < 2)
