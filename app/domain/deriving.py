"""What a record gives to the projections: its day, its title, its measures, links, terms and searchable words.

One pure function of the declaration and the answers, so that a rebuilt space always equals the live one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from app.domain import given_scores, instruments
from app.domain.fields import Field, FieldType, Kind, When
from app.domain.records import Body, Measure

PREVIEW_LENGTH = 240
TITLE_LENGTH = 120
LATE_AFTER = dt.timedelta(hours=48)
"""An entry made later than this after the end of its day is a look back (insights.md 1.1)."""


class Written(msgspec.Struct, frozen=True):
    """One decoded state of a record and when it was saved (UTC milliseconds)."""

    body: Body
    at_ms: int


class Derived(msgspec.Struct, frozen=True):
    """Everything the projection tables hold of one record. `links` and `terms` are (field id, target or term).

    `title` is the first text a person wrote, `words` every other one; together they are what search reads. `reasons`
    are why a number was not given ("no occasion"): counted beside the terms, and not what a search looks for.
    """

    day: int
    instant_ms: int
    late: bool
    title: str
    preview: str
    words: str
    measures: tuple[Measure, ...]
    links: tuple[tuple[str, str], ...]
    terms: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...] = ()


def measures_of(kind: Kind) -> tuple[str, ...]:
    """Every measure a record of a kind can have a number of, each once."""
    names = [field.measure for field in kind.fields if field.measure]
    names += [kind.total] if kind.total is not None else []
    names += [known.measure for known in given_scores.KNOWN] if kind.id == given_scores.KIND else []
    return tuple(dict.fromkeys(names))


def zone_of(name: str) -> dt.tzinfo:
    """The named zone, or UTC when this computer does not know it: an entry must stay readable everywhere."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return dt.UTC


def derive(kind: Kind, states: list[Written], zone: str) -> Derived:
    """Project a record from its saved states, oldest first; the last one is shown.

    A kind without a date of its own (an injury) is measured each time its answer changes, at the time of that change.
    """
    created_ms, shown = states[0].at_ms, states[-1].body
    tz = zone_of(zone)
    day, instant_ms, late = _place(kind, shown, created_ms, tz)
    if kind.dated_by is not None:
        measures = tuple(_measures(kind, shown, day, instant_ms, late))
    else:
        measures = tuple(_rerated(kind, states, tz))
    title, preview, words = _words(kind, shown)
    return Derived(
        day=day,
        instant_ms=instant_ms,
        late=late,
        title=title,
        preview=preview,
        words=words,
        measures=measures,
        links=tuple(_links(kind, shown)),
        terms=tuple(_terms(kind, shown)),
        reasons=tuple(_reasons(kind, shown)),
    )


def local_day(at_ms: int, tz: dt.tzinfo) -> dt.date:
    """The calendar day a UTC instant falls on in a zone."""
    return dt.datetime.fromtimestamp(at_ms / 1000, tz).date()


def _place(kind: Kind, body: Body, created_ms: int, tz: dt.tzinfo) -> tuple[int, int, bool]:
    written_day = local_day(created_ms, tz)
    when = getattr(body, kind.dated_by.id) if kind.dated_by else None
    if not isinstance(when, When):
        return written_day.toordinal(), created_ms, False
    if when.time is not None:
        moment = dt.datetime.combine(when.day, when.time, zone_of(when.zone) if when.zone else tz)
    elif when.day == written_day:
        return when.day.toordinal(), created_ms, False
    else:
        moment = dt.datetime.combine(when.day, dt.time(12), tz)
    day_ends = dt.datetime.combine(when.until or when.day, dt.time(23, 59, 59), tz)
    late = dt.datetime.fromtimestamp(created_ms / 1000, tz) - day_ends > LATE_AFTER
    return when.day.toordinal(), round(moment.timestamp() * 1000), late


class _Number(NamedTuple):
    """One number of a record: the measure it belongs to, and the wording it answers."""

    measure: str
    value: float
    wording: int


def _measured(kind: Kind, body: Body) -> Iterator[_Number]:
    for field in kind.fields:
        if field.measure is not None:
            number = _number(field, getattr(body, field.id))
            if number is not None:
                yield _Number(field.measure, number, field.wording)
    if kind.total is not None and (total := instruments.total_of(kind, body)) is not None:
        yield _Number(kind.total, float(total), 1)
    if kind.id == given_scores.KIND:
        given = given_scores.measured(*(getattr(body, name) for name in (given_scores.NAME, given_scores.TOTAL)))
        if given is not None:
            yield _Number(*given, 1)


def _number(field: Field, value: object) -> float | None:
    if (field.measure or "").endswith(".count"):
        return 1.0
    if field.options and isinstance(value, str):
        number = next((option.value for option in field.options if option.id == value), None)
        return None if number is None else float(number)
    if field.number and isinstance(value, str):
        return given_scores.number_of(value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _measures(kind: Kind, body: Body, day: int, instant_ms: int, late: bool) -> Iterator[Measure]:
    for measure, value, wording in _measured(kind, body):
        yield Measure(measure, day, instant_ms, value, wording, late)


def _rerated(kind: Kind, states: list[Written], tz: dt.tzinfo) -> Iterator[Measure]:
    last: dict[str, float] = {}
    for state in states:
        for measure, value, wording in _measured(kind, state.body):
            if last.get(measure) != value:
                last[measure] = value
                day = local_day(state.at_ms, tz).toordinal()
                yield Measure(measure, day, state.at_ms, value, wording)


def _words(kind: Kind, body: Body) -> tuple[str, str, str]:
    given = [(field, value) for field in kind.fields if (value := getattr(body, field.id)) is not None]
    texts = [text for field, value in given if field.is_searched for text in _written(field, value)]
    texts = [text for text in texts if text.strip()]
    title = _first_line(texts[0], TITLE_LENGTH) if texts else ""
    rest = texts[1:] if texts and len(texts[0]) <= TITLE_LENGTH and "\n" not in texts[0].strip() else texts
    preview = " ".join(" ".join(rest)[: PREVIEW_LENGTH * 2].split())[:PREVIEW_LENGTH]
    return title, preview, "\n".join(rest)


def _first_line(text: str, limit: int) -> str:
    line = text.strip().splitlines()[0].strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _written(field: Field, value: object) -> Iterator[str]:
    """What a person wrote in an answer; of a table its own rows and its written cells, as the columns stand."""
    if field.type is not FieldType.TABLE or not isinstance(value, (list, tuple)):
        yield from _flatten(value)
        return
    given = {option.id for option in field.rows}
    written = [column.id for column in field.columns if column.type in {FieldType.TEXT, FieldType.LONG_TEXT}]
    for row in value:
        if isinstance(row, Mapping):
            named = row.get("row")
            yield from _flatten(named if named not in given else None)
            for column in written:
                yield from _flatten(row.get(column))


def _flatten(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _flatten(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _flatten(part)


def _chosen(field: Field, value: object) -> Iterable[str]:
    if field.type is FieldType.CHOICE:
        return (value,) if isinstance(value, str) else ()
    if field.type is FieldType.CHIPS and isinstance(value, (tuple, list, Mapping)):
        return tuple(value)
    return ()


def _links(kind: Kind, body: Body) -> Iterator[tuple[str, str]]:
    for field in kind.fields:
        if field.type is FieldType.LINK and isinstance(value := getattr(body, field.id), str):
            yield field.id, value


def _terms(kind: Kind, body: Body) -> Iterator[tuple[str, str]]:
    for field in kind.fields:
        value = getattr(body, field.id)
        for term in _chosen(field, value) if value is not None else ():
            yield field.id, term


def _reasons(kind: Kind, body: Body) -> Iterator[tuple[str, str]]:
    for field in kind.fields:
        value = getattr(body, field.id) if field.measure is not None and field.no_answer else None
        if isinstance(value, str) and any(option.id == value for option in field.no_answer):
            yield field.id, value
