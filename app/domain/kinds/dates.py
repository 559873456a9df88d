"""Reading a moment as people and files write it: a day, a minute, a month, a year, or a stretch in named parts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from app.domain.fields import Precision, When

FIRST_DAY = dt.date(1900, 1, 1)
LAST_DAY = dt.date(2199, 12, 31)

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-\d\d")
_YEAR = re.compile(r"\d{4}")
_HOURS_MINUTES = re.compile(r"\d\d:\d\d")
_MINUTE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)")


class Unreadable(Exception):  # noqa: N818  # reads as what happened
    """Not a moment this journal can hold. `reason` is a value of `intake.Reason`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_when(raw: object) -> When | None:
    """A moment from `2026-05-14`, `2026-05-14T18:42`, `2026-05`, `2026`, a date, a mapping of When's parts, or a When.

    Times are local wall times. A month or a year starts on its first day. None for blank text.

    Raises:
        Unreadable: wrong_type, unreadable_date, date_out_of_range or unknown_zone.
    """
    if isinstance(raw, str):
        return _checked(_from_text(raw.strip())) if raw.strip() else None
    if isinstance(raw, When):
        return _checked(raw)
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        return _checked(When(raw))
    if isinstance(raw, Mapping):
        return _checked(_from_parts(raw))
    raise Unreadable("wrong_type")


def _from_text(text: str) -> When:
    try:
        if _DAY.fullmatch(text):
            return When(dt.date.fromisoformat(text))
        if minute := _MINUTE.fullmatch(text):
            day, time = dt.date.fromisoformat(minute[1]), dt.time.fromisoformat(minute[2])
            return When(day, Precision.INSTANT, time)
        if _MONTH.fullmatch(text):
            return When(dt.date.fromisoformat(f"{text}-01"), Precision.MONTH)
        if _YEAR.fullmatch(text):
            return When(dt.date.fromisoformat(f"{text}-01-01"), Precision.YEAR)
    except ValueError:
        raise Unreadable("unreadable_date") from None
    raise Unreadable("unreadable_date")


def _from_parts(parts: Mapping[object, object]) -> When:
    given = {key: value for key, value in parts.items() if value is not None}
    if "precision" not in given and "time" in given:
        given["precision"] = "instant"
    elif "precision" not in given and "until" in given:
        given["precision"] = "period"
    time = given.get("time")
    if isinstance(time, str) and _HOURS_MINUTES.fullmatch(time):
        given["time"] = f"{time}:00"
    try:
        return msgspec.convert(given, When)
    except (msgspec.ValidationError, UnicodeEncodeError):  # half a letter cannot be the name of a part
        raise Unreadable("unreadable_date") from None


def _checked(when: When) -> When:
    if when.precision is Precision.MONTH:
        when = msgspec.structs.replace(when, day=when.day.replace(day=1))
    elif when.precision is Precision.YEAR:
        when = msgspec.structs.replace(when, day=when.day.replace(month=1, day=1))
    last = when.day if when.until is None else when.until
    if not FIRST_DAY <= when.day <= last <= LAST_DAY:
        raise Unreadable("date_out_of_range")
    _check_parts(when)
    return when


def _check_parts(when: When) -> None:
    if (when.time is not None) != (when.precision is Precision.INSTANT):
        raise Unreadable("unreadable_date")
    if (when.until is not None) != (when.precision is Precision.PERIOD):
        raise Unreadable("unreadable_date")
    if when.time is not None and when.time.tzinfo is not None:
        raise Unreadable("unknown_zone")
    if when.zone is not None:
        if when.time is None:
            raise Unreadable("unreadable_date")
        try:
            ZoneInfo(when.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise Unreadable("unknown_zone") from None
