"""Hypothesis strategies for the answers of any declared field, awkward ones included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from hypothesis import strategies as st

from app.domain.fields import SCALE_RANGE, Column, Field, FieldType, Kind, Precision, When

AWKWARD = (
    "שלום, how are you",
    "مرحبا بالعالم",
    "e\u0301tait, n\u0303, a\u0308",
    "👩‍❤️‍👩 and 🏳️‍🌈",
    "one\nline\r\nand\tanother",
    "“quotes” ' \" \\ {partner} %s",
    "\u202eright to left override\u202c",
    "\ufeffbyte order mark",
    "line\u2028separator",
    "𝒎𝒂𝒕𝒉",
    "null",
    "\x7f\x01",
)
ZONES = ("Europe/Paris", "Asia/Kathmandu", "America/St_Johns", "UTC")

_plain = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), min_size=1, max_size=40)
texts = st.one_of(st.sampled_from(AWKWARD), _plain).filter(lambda text: bool(text.strip()))
names = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    lambda text: bool(text.strip())
)
record_ids = st.text("0123456789abcdef", min_size=32, max_size=32)
_days = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 1))


@st.composite
def moments(draw: st.DrawFn) -> When:
    day = draw(_days)
    precision = draw(st.sampled_from(Precision))
    if precision is Precision.INSTANT:
        time = draw(st.times()).replace(microsecond=0)
        return When(day, precision, time, draw(st.none() | st.sampled_from(ZONES)))
    if precision is Precision.PERIOD:
        return When(day, precision, until=day + dt.timedelta(days=draw(st.integers(0, 30))))
    if precision is Precision.MONTH:
        return When(day.replace(day=1), precision)
    if precision is Precision.YEAR:
        return When(day.replace(month=1, day=1), precision)
    return When(day, precision)


def chosen(field: Field) -> st.SearchStrategy[str]:
    ids = st.sampled_from([option.id for option in field.options])
    return ids | names if field.own else ids


def _chips(field: Field) -> st.SearchStrategy[object]:
    if field.graded:
        return st.dictionaries(chosen(field), st.none() | st.integers(0, 4), min_size=1, max_size=5)
    return st.lists(chosen(field), unique=True, min_size=1, max_size=field.max or 5).map(tuple)


def _cell(column: Column) -> st.SearchStrategy[object]:
    if column.type is FieldType.CHOICE:
        return st.sampled_from([option.id for option in column.options])
    if column.type is FieldType.CHECKBOX:
        return st.booleans()
    if column.type is FieldType.WHEN:
        return _days.map(dt.date.isoformat)
    return texts


def _tables(field: Field) -> st.SearchStrategy[object]:
    """Rows with at least one cell; given rows once each."""
    cells = st.dictionaries(st.sampled_from([column.id for column in field.columns]), st.none(), min_size=1)
    columns = {column.id: column for column in field.columns}
    row = cells.flatmap(lambda chosen: st.fixed_dictionaries({key: _cell(columns[key]) for key in chosen}))
    if not field.rows:
        return st.lists(row, min_size=1, max_size=4).map(tuple)
    named = st.dictionaries(st.sampled_from([option.id for option in field.rows]), row, min_size=1, max_size=4)
    return named.map(lambda rows: tuple({"row": key, **cells} for key, cells in rows.items()))


def _marks(_: Field) -> st.SearchStrategy[object]:
    instants = st.integers(946_684_800, 4_102_444_800).map(lambda second: dt.datetime.fromtimestamp(second, dt.UTC))
    return st.dictionaries(names, instants.map(dt.datetime.isoformat), min_size=1, max_size=2)


def _numbers(field: Field) -> st.SearchStrategy[object]:
    return st.integers(0, 999).map(str) if field.number else texts


_STRATEGIES: dict[FieldType, Callable[[Field], st.SearchStrategy[object]]] = {
    FieldType.TEXT: _numbers,
    FieldType.LONG_TEXT: lambda _: texts,
    FieldType.SCALE_0_10: lambda field: st.integers(*SCALE_RANGE[field.type]),
    FieldType.SCALE_0_4: lambda field: st.integers(*SCALE_RANGE[field.type]),
    FieldType.SCALE_1_7: lambda field: st.integers(*SCALE_RANGE[field.type]),
    FieldType.DURATION_MIN: lambda _: st.integers(0, 100_000),
    FieldType.CHOICE: chosen,
    FieldType.CHIPS: _chips,
    FieldType.WHEN: lambda _: moments(),
    FieldType.LINK: lambda _: record_ids,
    FieldType.PEOPLE: lambda _: st.lists(names, unique=True, min_size=1, max_size=3).map(tuple),
    FieldType.CHECKBOX: lambda _: st.booleans(),
    FieldType.LIST: lambda _: st.lists(texts, min_size=1, max_size=4).map(tuple),
    FieldType.TABLE: _tables,
    FieldType.SIGNATURE: _marks,
}


def value_of(field: Field) -> st.SearchStrategy[object]:
    """An acceptable answer, already in its stored form."""
    given = _STRATEGIES[field.type](field)
    if field.no_answer:
        given |= st.sampled_from([option.id for option in field.no_answer])
    return st.dictionaries(names, given, min_size=1, max_size=2) if field.per_person else given


def answers_of(kind: Kind) -> st.SearchStrategy[dict[str, object]]:
    """Acceptable answers: required ones always, others now and then."""
    required = {field.id: value_of(field) for field in kind.fields if field.required}
    optional = {field.id: value_of(field) for field in kind.fields if not field.required}
    drawn = st.fixed_dictionaries(required, optional=optional)
    if not kind.needs_any:
        return drawn
    silent = {FieldType.WHEN, FieldType.CHECKBOX, FieldType.LINK}
    telling = {field.id for field in kind.fields if field.type not in silent}
    return drawn.filter(lambda answers: bool(telling & answers.keys()))
