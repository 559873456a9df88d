"""`leeward rituals`: what is due today, a tick for one of them, and one ritual's days with its strength.

Nothing is said of who left a day open, and a rest is nobody's: the figures are the window's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from app import cli_keeping
from app.cli_call import Call
from app.data.ritual_queries import RITUAL, TICK
from app.domain.errors import Code, RecordError
from app.domain.records import RecordId
from app.services import reach
from app.services.desk import Desk
from app.services.ritual_reading import DONE, RitualDay
from app.services.ritual_views import Detail, RitualRow

LAST_DAYS: Final = 28
"""So many days of a ritual are printed as lines; as JSON all of them."""
_NOTHING = "-"


def rituals(call: Call) -> int:
    """What is due today, a tick, or one ritual's days."""
    return _WAYS[call.options.what](call)


def _today(call: Call) -> int:
    with call.desk() as desk:
        if call.options.all:
            today, month = desk.rituals.day(), desk.rituals.month().rows
            found = [(one.row, one.marks[today].outcome if today in one.marks else "") for one in month]
        else:
            found = [(one.row, one.outcome) for one in desk.rituals.today()]
    if call.options.json:
        return call.json([_as_json(row) | {"today": outcome or None} for row, outcome in found])
    for row, outcome in found:
        at = row.at.isoformat("minutes") if row.at is not None else row.around or _NOTHING
        title = " ".join(row.title.split())
        call.say(f"{row.record}  {outcome or _NOTHING:<7}{at:<14} {_strength(row):<10} {title}")
    return 0


def _tick(call: Call) -> int:
    """A day of one ritual, today unless another was named."""
    with call.desk() as desk:
        record = _ritual(desk, call.options.id)
        day = _day(call.options.day) or desk.rituals.day()
        desk.rituals.mark(record, day, call.options.outcome or DONE)
        found = desk.rituals.detail(record)
        cli_keeping.copy_of_the_day(desk)
    if call.options.json:
        return call.json(_as_json(found.row) | {"day": _iso(day), "outcome": call.options.outcome or DONE})
    call.say(f"{_iso(day)}  {call.options.outcome or DONE}  {_strength(found.row)}")
    return 0


def _history(call: Call) -> int:
    """One ritual from its first day on: what was noted, and the strength after each day."""
    with call.desk() as desk:
        found = desk.rituals.detail(_ritual(desk, call.options.id))
        names = {author: reach.name_of(desk.session, author) for mark in found.marks.values() for author in mark.by}
    if call.options.json:
        return call.json(
            _as_json(found.row)
            | {
                "kept_in_all": found.kept,
                "rested": [{"from": _iso(first), "to": _iso(last)} for first, last in found.away],
                "days": [_day_json(mark, names) for _, mark in sorted(found.marks.items())],
                "strength": [{"day": _iso(day), "strength": round(share, 4)} for day, share in found.line],
            }
        )
    for line in _lines(found):
        call.say(line)
    return 0


_WAYS: Final[Mapping[str, Callable[[Call], int]]] = {"today": _today, "tick": _tick, "history": _history}


def _ritual(desk: Desk, start: str | None) -> RecordId:
    """The ritual whose id begins so.

    Raises:
        RecordError: UNKNOWN_RECORD; INVALID_RECORD for a record that is no ritual, or where none was named.
    """
    if start is None:
        raise RecordError(Code.INVALID_RECORD, kind=TICK, field="ritual", reason="required")
    record = desk.journal.resolve(start)
    entry = desk.journal.entry(record)
    if entry is None or entry.kind != RITUAL:
        raise RecordError(Code.INVALID_RECORD, kind=TICK, field="ritual", reason="wrong_kind")
    return record


def _lines(found: Detail) -> list[str]:
    days = dict(found.line)
    shown = [
        day for day in sorted({*days, *found.marks}) if day in found.marks or found.course.schedule_on(day).has_days
    ]
    lines = [f"{found.row.record}  {_strength(found.row)}  {' '.join(found.row.title.split())}"]
    for day in shown[-LAST_DAYS:]:
        mark = found.marks.get(day)
        said = mark.outcome if mark is not None else _NOTHING
        strength = f"{round(days[day] * 100):>3}" if day in days and not found.row.figures.early else "   "
        note = " ".join(mark.note.split()) if mark is not None else ""
        lines.append(f"{_iso(day)}  {said:<7} {strength}  {note}".rstrip())
    return lines


def _as_json(row: RitualRow) -> dict[str, object]:
    figures = row.figures
    return {
        "id": row.record,
        "title": row.title,
        "at": row.at.isoformat("minutes") if row.at is not None else None,
        "around": row.around or None,
        "standing": row.standing.value,
        "resting": row.resting,
        "shared": row.shared,
        "strength": None if figures.early else figures.strength,
        "kept": figures.kept if not row.anothers else None,
        "of_the_last": figures.total if not row.anothers else None,
    }


def _day_json(mark: RitualDay, names: Mapping[str, str]) -> dict[str, object]:
    return {
        "day": _iso(mark.day),
        "outcome": mark.outcome,
        "by": [names[author] for author in mark.by],
        "entered": _iso(mark.entered) if mark.entered else None,
        "reason": mark.reason or None,
        "note": mark.note or None,
    }


def _strength(row: RitualRow) -> str:
    """A strength of a hundred, or "2 of 3" while that would say more than is known; none of what another keeps."""
    figures = row.figures
    if row.anothers:
        return _NOTHING
    return f"{figures.kept} of {figures.total}" if figures.early else str(figures.strength)


def _day(text: str | None) -> int:
    if text is None:
        return 0
    try:
        return dt.date.fromisoformat(text).toordinal()
    except ValueError as error:
        raise RecordError(Code.INVALID_RECORD, kind=TICK, field="at", reason="not_a_date") from error


def _iso(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()
