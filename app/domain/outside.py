"""How a journal is written down outside of it: times, people and the frame of the export file (docs/export-format.md).

People in answers are ids that mean something in one vault only. Outside, the person whose journal it is is `@me`; a
name that begins with `@` gets one more, so that every answer comes back as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from app.domain.deriving import zone_of
from app.domain.fields import Field, FieldType, Kind

FORMAT: Final = "leeward-export"
VERSION: Final = 1
ME: Final = "@me"
NEWEST, ALL = "newest", "all"
LISTED, CONTENT = "listed", "content"
_MS: Final = 1000


class Holds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a file holds: which states, whether the trash, the other person's words, attachments with their bytes."""

    states: str = NEWEST
    trash: bool = False
    others: bool = False
    attachments: str = LISTED


class OutsideState(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One saved state. `parents` are places in the list it stands in; None means the state before."""

    at: str
    zone: str | None = None
    parents: tuple[int, ...] | None = None
    removed: bool = False
    answers: dict[str, object] | None = None


class OutsideRecord(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One record: its newest answers, or all its states. `day` is for readers only; it is made again from the answers.

    `by` is "other" for a copy of what the other person shared; `removed` is when it went into the trash.
    """

    id: str
    kind: str
    zone: str
    created: str
    changed: str
    day: str = ""
    shared: bool = False
    by: str = ""
    removed: str = ""
    answers: dict[str, object] | None = None
    states: tuple[OutsideState, ...] = ()


class OutsideAttachment(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One added file: what is said of it, and its bytes (base64) when they were ticked."""

    id: str
    record: str
    added: str
    about: dict[str, object]
    content: str | None = None


def instant(at_ms: int, zone: str) -> str:
    """UTC milliseconds as RFC 3339 with the offset of the zone."""
    return dt.datetime.fromtimestamp(at_ms / _MS, zone_of(zone)).isoformat(timespec="milliseconds")


def milliseconds(text: str) -> int:
    """The other way round, exactly.

    Raises:
        ValueError: not a moment with an offset, or one before 1970.
    """
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    since = moment - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    found = since // dt.timedelta(milliseconds=1)
    if found < 0:
        raise ValueError("before 1970")
    return found


def names_people(kind: Kind) -> bool:
    """Whether answers of a kind can hold ids of people."""
    return any(_holds_people(field) for field in kind.fields)


def going_out(kind: Kind, answers: Mapping[str, object], me: str) -> dict[str, object]:
    """Answers as they stand outside; `me` is the id of the person whose journal it is."""
    return _renamed(kind, answers, lambda name: ME if name == me else f"@{name}" if name.startswith("@") else name)


def coming_in(kind: Kind, answers: Mapping[str, object], me: str) -> dict[str, object]:
    """Answers as they stand in a journal of `me`."""
    return _renamed(kind, answers, lambda name: me if name == ME else name[1:] if name.startswith("@@") else name)


def _holds_people(field: Field) -> bool:
    return field.per_person or field.type in {FieldType.PEOPLE, FieldType.SIGNATURE}


def _renamed(kind: Kind, answers: Mapping[str, object], name: Callable[[str], str]) -> dict[str, object]:
    found = dict(answers)
    for field in kind.fields:
        value = found.get(field.id)
        if value is not None and _holds_people(field):
            found[field.id] = _renamed_value(field, value, name)
    return found


def _renamed_value(field: Field, value: object, name: Callable[[str], str]) -> object:
    keyed = field.per_person or field.type is FieldType.SIGNATURE
    if keyed and isinstance(value, Mapping):
        inner = field.type is FieldType.PEOPLE
        renamed = {str(_name(key, name)): _each(part, name) if inner else part for key, part in value.items()}
        return dict(sorted(renamed.items()))
    return _each(value, name)


def _each(value: object, name: Callable[[str], str]) -> object:
    return [_name(part, name) for part in value] if isinstance(value, (list, tuple)) else value


def _name(value: object, name: Callable[[str], str]) -> object:
    return name(value) if isinstance(value, str) else value
