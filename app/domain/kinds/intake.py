"""Strict intake: the one gate through which answers come in, from forms, the command line and other programs' files.

What does not fit its declaration is refused with the field's name and a stable reason, never with the value. Blank text
and empty lists are no answer and become None.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from app.domain.fields import SCALE_RANGE, TEXT_LIMIT, Column, Field, FieldType, Option
from app.domain.kinds.dates import Unreadable, read_when

OWN_WORD_LIMIT = 200
"""Longest own word on a chip and longest name, in characters."""
ITEM_LIMIT = 10_000
"""Most items of one list, chips or table: a bound against accidents."""
MINUTES_LIMIT = 60 * 24 * 366 * 10

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,6})?")
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


class Reason(StrEnum):
    """Why an answer is refused; stable, for tests, the command line and import reports."""

    UNKNOWN_FIELD = "unknown_field"
    WRONG_TYPE = "wrong_type"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_OPTION = "unknown_option"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    REPEATED = "repeated"
    UNREADABLE_TEXT = "unreadable_text"
    UNREADABLE_DATE = "unreadable_date"
    DATE_OUT_OF_RANGE = "date_out_of_range"
    UNKNOWN_ZONE = "unknown_zone"
    REQUIRED = "required"
    NEEDS_ANSWER = "needs_answer"


class Refused(Exception):  # noqa: N818  # reads as what happened: raise Refused(reason)
    """An answer that does not fit. Carries the reason only."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def answer(field: Field, raw: object) -> object:
    """The value of one field, checked and in its stored form; None when it says nothing.

    Raises:
        Refused: with the reason.
    """
    if raw is None:
        return None
    if field.per_person:
        found = {_name(person): _single(field, value) for person, value in _mapping(raw).items() if value is not None}
        return {person: value for person, value in found.items() if value is not None} or None
    return _single(field, raw)


def _single(field: Field, raw: object) -> object:
    if isinstance(raw, str) and any(option.id == raw for option in field.no_answer):
        return raw
    return _READERS[field.type](field, raw)


def text(raw: object, limit: int = TEXT_LIMIT) -> str | None:
    """A text as it was written; None when there is nothing but space in it.

    Refused are lone surrogates, which no file can hold, and NUL, which databases cut at.
    """
    if not isinstance(raw, str):
        raise Refused(Reason.WRONG_TYPE)
    if len(raw) > limit:
        raise Refused(Reason.TOO_LONG)
    if _UNKEEPABLE.search(raw):
        raise Refused(Reason.UNREADABLE_TEXT)
    return raw if raw.strip() else None


def _text(field: Field, raw: object) -> object:
    if field.number and isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    written = text(raw)
    if field.number and written is not None and not _NUMBER.fullmatch(written.strip()):
        raise Refused(Reason.WRONG_TYPE)
    return written


def _whole(raw: object, low: int, high: int) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise Refused(Reason.WRONG_TYPE)
    if not low <= raw <= high:
        raise Refused(Reason.OUT_OF_RANGE)
    return raw


def _scale(field: Field, raw: object) -> object:
    if isinstance(raw, str) and field.takes_reason:
        raise Refused(Reason.UNKNOWN_OPTION)
    return _whole(raw, *SCALE_RANGE[field.type])


def _minutes(field: Field, raw: object) -> object:
    if isinstance(raw, str) and field.takes_reason:
        raise Refused(Reason.UNKNOWN_OPTION)
    return _whole(raw, 0, MINUTES_LIMIT)


def _option(options: Sequence[Option], raw: object, *, own: bool) -> str | None:
    if not isinstance(raw, str):
        raise Refused(Reason.WRONG_TYPE)
    if any(option.id == raw for option in options):
        return raw
    if not raw.strip():
        return None
    if not own:
        raise Refused(Reason.UNKNOWN_OPTION)
    return _name(raw)


def _name(raw: object) -> str:
    """An own word, a person's id or a free name: one line without control characters."""
    written = text(raw, OWN_WORD_LIMIT)
    if written is None:
        raise Refused(Reason.WRONG_TYPE)
    if any(unicodedata.category(sign) == "Cc" for sign in written):
        raise Refused(Reason.UNREADABLE_TEXT)
    return written


def _choice(field: Field, raw: object) -> object:
    return _option(field.options, raw, own=field.own)


def _chips(field: Field, raw: object) -> object:
    if field.graded is not None:
        return _graded(field, raw)
    chosen = [_option(field.options, part, own=field.own) for part in _items(raw)]
    return _distinct([part for part in chosen if part is not None], field.max)


def _graded(field: Field, raw: object) -> object:
    grades = raw if isinstance(raw, Mapping) else dict.fromkeys(_strings(raw))
    if len(grades) > ITEM_LIMIT or (field.max is not None and len(grades) > field.max):
        raise Refused(Reason.TOO_MANY)
    low, high = SCALE_RANGE[FieldType(field.graded or "")]
    found: dict[str, int | None] = {}
    for part, grade in grades.items():
        chosen = _option(field.options, part, own=field.own)
        if chosen is not None:
            found[chosen] = None if grade is None else _whole(grade, low, high)
    return found or None


def _strings(raw: object) -> list[str]:
    parts: list[str] = []
    for part in _items(raw):
        if not isinstance(part, str):
            raise Refused(Reason.WRONG_TYPE)
        parts.append(part)
    return parts


def _items(raw: object) -> Sequence[object]:
    if isinstance(raw, str) or not isinstance(raw, Sequence):
        raise Refused(Reason.WRONG_TYPE)
    if len(raw) > ITEM_LIMIT:
        raise Refused(Reason.TOO_MANY)
    return raw


def _mapping(raw: object) -> Mapping[object, object]:
    if not isinstance(raw, Mapping):
        raise Refused(Reason.WRONG_TYPE)
    if len(raw) > ITEM_LIMIT:
        raise Refused(Reason.TOO_MANY)
    return raw


def _distinct(parts: list[str], most: int | None) -> tuple[str, ...] | None:
    if len(set(parts)) != len(parts):
        raise Refused(Reason.REPEATED)
    if most is not None and len(parts) > most:
        raise Refused(Reason.TOO_MANY)
    return tuple(parts) or None


def _when(_: Field, raw: object) -> object:
    try:
        return read_when(raw)
    except Unreadable as why:
        raise Refused(Reason(why.reason)) from None


def _link(_: Field, raw: object) -> object:
    if not isinstance(raw, str):
        raise Refused(Reason.WRONG_TYPE)
    if raw and not _ID.fullmatch(raw):
        raise Refused(Reason.OUT_OF_RANGE)
    return raw or None


def _people(field: Field, raw: object) -> object:
    return _distinct([_name(part) for part in _items(raw)], field.max)


def _list(_: Field, raw: object) -> object:
    lines = [text(part) for part in _items(raw)]
    return tuple(line for line in lines if line is not None) or None


def _table(field: Field, raw: object) -> object:
    columns = {column.id: column for column in field.columns}
    rows = [_row(field, columns, part) for part in _items(raw)]
    return tuple(row for row in rows if row) or None


def _row(field: Field, columns: Mapping[str, Column], raw: object) -> dict[str, bool | int | str]:
    row: dict[str, bool | int | str] = {}
    for key, value in _mapping(raw).items():
        if key == "row" and field.rows:
            named = _option(field.rows, value, own=field.own)
            if named is not None:
                row["row"] = named
        elif isinstance(key, str) and key in columns:
            cell = None if value is None else _cell(columns[key], value)
            if cell is not None:
                row[key] = cell
        else:
            raise Refused(Reason.UNKNOWN_FIELD)
    return {} if row.keys() == {"row"} else row


def _cell(column: Column, raw: object) -> bool | int | str | None:
    if column.type is FieldType.CHOICE:
        return _option(column.options, raw, own=False)
    if column.type is FieldType.CHECKBOX:
        return _ticked(raw)
    if column.type in SCALE_RANGE:
        return _whole(raw, *SCALE_RANGE[column.type])
    if column.type is FieldType.WHEN:
        written = text(raw)
        if written is not None:
            _when(Field(id=column.id, type=column.type, label=column.label), written)
        return written
    return text(raw)


def _signature(_: Field, raw: object) -> object:
    marks: dict[str, str] = {}
    for person, moment in _mapping(raw).items():
        if not isinstance(moment, str):
            raise Refused(Reason.WRONG_TYPE)
        try:
            aware = dt.datetime.fromisoformat(moment).tzinfo is not None
        except ValueError:
            raise Refused(Reason.UNREADABLE_DATE) from None
        if not aware:
            raise Refused(Reason.UNKNOWN_ZONE)
        marks[_name(person)] = moment
    return marks or None


def _ticked(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise Refused(Reason.WRONG_TYPE)
    return raw


_READERS: dict[FieldType, Callable[[Field, object], object]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.SCALE_0_10: _scale,
    FieldType.SCALE_0_4: _scale,
    FieldType.SCALE_1_7: _scale,
    FieldType.DURATION_MIN: _minutes,
    FieldType.CHOICE: _choice,
    FieldType.CHIPS: _chips,
    FieldType.WHEN: _when,
    FieldType.LINK: _link,
    FieldType.PEOPLE: _people,
    FieldType.LIST: _list,
    FieldType.TABLE: _table,
    FieldType.SIGNATURE: _signature,
    FieldType.CHECKBOX: lambda _, raw: _ticked(raw),
}
