"""`leeward streams`: what the other person may see while both are here, looked at, let out and taken back."""

from __future__ import annotations

import datetime as dt

from app import cli_keeping
from app.cli_call import Call
from app.domain.errors import Code, RecordError
from app.domain.released import Release, ReleasedWeeks, Stream

BEGINNING = 1
"""The first day of a range that names none: as far back as anything was written (an ordinal)."""


def streams(call: Call) -> int:
    """List what is let out; or look at, let out or take back one stream. Looking keeps nothing."""
    options = call.options
    if options.what == "list":
        return _list(call)
    if options.stream is None:
        raise RecordError(Code.INVALID_RECORD, field="stream")
    stream = Stream(options.stream)
    release = Release(stream, _day(options.since, "from") or BEGINNING, _day(options.until, "to"))
    with call.desk() as desk:
        if options.what == "withdraw":
            desk.streams.withdraw(stream)
            return 0
        weeks = desk.streams.preview(release, desk.session.today())
        if options.what == "release":
            desk.streams.release(stream, release.first, release.last)
            cli_keeping.copy_of_the_day(desk)
    return _tell(call, weeks)


def _list(call: Call) -> int:
    with call.desk() as desk:
        released = {one.stream: one for one in desk.streams.released()}
    if call.options.json:
        return call.json([_as_json(stream, released.get(stream)) for stream in Stream])
    for stream in Stream:
        one = released.get(stream)
        call.say(f"{stream.value:<12}  {_range(one) if one is not None else '-'}")
    return 0


def _tell(call: Call, weeks: ReleasedWeeks) -> int:
    """The weeks as the other person sees them, and nothing about those that are not there."""
    if call.options.json:
        return call.json(
            {
                "stream": weeks.stream.value,
                "rows": [
                    {
                        "id": row.id,
                        "top": row.top or None,
                        "weeks": [
                            {"from": _iso(monday), "value": round(value, 2)}
                            for monday, value in zip(row.mondays, row.values, strict=True)
                        ],
                    }
                    for row in weeks.rows
                ],
            }
        )
    for row in weeks.rows:
        for monday, value in zip(row.mondays, row.values, strict=True):
            call.say(f"{row.id:<12}  {_iso(monday)}  {value:.{1 if row.top else 0}f}")
    return 0


def _as_json(stream: Stream, release: Release | None) -> dict[str, object]:
    first = release.first if release is not None and release.first > BEGINNING else None
    return {
        "stream": stream.value,
        "released": release is not None,
        "from": _iso(first) if first is not None else None,
        "to": _iso(release.last) if release is not None and release.last is not None else None,
    }


def _range(release: Release) -> str:
    first = _iso(release.first) if release.first > BEGINNING else ""
    return f"{first}..{_iso(release.last) if release.last is not None else ''}"


def _day(text: str | None, field: str) -> int | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text).toordinal()
    except ValueError:
        raise RecordError(Code.INVALID_RECORD, field=field) from None


def _iso(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()
