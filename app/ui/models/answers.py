"""A record's answers as a person reads them: every answered question with its words, in the order of its form."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from app.domain.fields import SCALE_RANGE, Column, Field, FieldType, Kind, Option, Precision, When
from app.domain.records import PersonId
from app.domain.wording import is_offered, label_for, with_partner
from app.ui import text
from app.ui.context import Context
from app.ui.text import tr
from app.ui.widgets.marks import Person, Shape
from app.ui.widgets.reading_shapes import Cell, Each, Grid, Items, Point, Said
from app.ui.widgets.reading_shapes import Shape as Drawn

_BOTH_MARKS = 3
"""The marks are 1 and 2: this less one of them is the other."""
_WHOLE_OR_PART = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_WRITTEN = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LIST})


@dataclass(frozen=True, slots=True)
class Answered:
    """One question and its answer. `personal` words were written by a person and are shown in their typeface.

    `shape` is how the answer is set where lines of words do not do it justice; `section` the heading it stands under,
    empty where a kind has only one.
    """

    field: str
    question: str
    words: str
    personal: bool
    long: bool = False
    section: str = ""
    shape: Drawn | None = None


def question_words(field: Field, ctx: Context) -> str:
    """The question of a field as this journal asks it."""
    return _named(label_for(field, solo=ctx.solo), ctx)


def option_words(option: Option, ctx: Context) -> str:
    """A choice as this journal offers it."""
    return _named(label_for(option, solo=ctx.solo), ctx)


def _named(words: str, ctx: Context) -> str:
    return with_partner(words, ctx.partner or tr("the other person"))


def answered(kind: Kind, answers: Mapping[str, object], ctx: Context) -> tuple[Answered, ...]:
    """Every question that has an answer, a section of the form after the other; what the program told comes first.

    `answers` are as a body has them, or as JSON has them. Links are left out: what they lead to is shown by name, where
    it is known.
    """
    found: list[Answered] = []
    sections = {part.id: _named(label_for(part, solo=ctx.solo), ctx) for part in kind.sections}
    for field in sorted(kind.fields, key=lambda field: not field.told):
        value = answers.get(field.id)
        if value is None or field.type is FieldType.LINK:
            continue
        words = _words(field, value, ctx)
        if field.told:
            words = words.replace("\n", "\n\n")  # one paragraph an item
        if words:
            personal = (field.type in _WRITTEN or field.type is FieldType.TABLE) and not field.told
            long = field.type is FieldType.LONG_TEXT or field.told
            section = sections.get(field.section, "") if len(sections) > 1 else ""
            shape = None if field.told else shape_of(field, value, ctx)
            found.append(Answered(field.id, question_words(field, ctx), words, personal, long, section, shape))
    order = list(dict.fromkeys(answer.section for answer in found))
    return tuple(sorted(found, key=lambda answer: order.index(answer.section)))


def left_open(kind: Kind, answers: Mapping[str, object], ctx: Context) -> tuple[str, ...]:
    """The questions that may wait and do: named so that they are found again, never counted as missing."""
    return tuple(
        question_words(field, ctx)
        for field in kind.fields
        if field.later and answers.get(field.id) is None and is_offered(field, solo=ctx.solo)
    )


def shape_of(field: Field, value: object, ctx: Context) -> Drawn | None:
    """How an answer is set for reading; None where its words are all of it."""
    if field.per_person or field.type is FieldType.SIGNATURE:
        return _each(field, value, ctx)
    if field.type is FieldType.LIST:
        return Items(tuple(_lines(value).split("\n")))
    if field.type is FieldType.TABLE:
        return _grid(field, value, ctx)
    if field.is_scale and not field.words and isinstance(value, int):
        low, high = SCALE_RANGE[field.type]
        ends = (field.ends[0], field.ends[-1]) if field.ends else ("", "")
        return Point(value, low, high, *(_named(words, ctx) for words in ends))
    return None


def _each(field: Field, value: object, ctx: Context) -> Each | None:
    given = value if isinstance(value, Mapping) else {}
    personal = field.type in _WRITTEN
    if field.type is FieldType.SIGNATURE:
        lines = {who: text.full_date(dt.datetime.fromisoformat(str(at)).date()) for who, at in given.items()}
    else:
        lines = {who: _single(field, part, ctx) for who, part in given.items()}
    people = tuple(Said(person_of(ctx, str(who)), words, personal) for who, words in lines.items() if words)
    return Each(people) if people else None


def person_of(ctx: Context, who: str) -> Person:
    """Somebody by mark and name; a name alone for one who has no mark in this journal."""
    if who == ctx.person.id:
        return Person(Shape.of(ctx.mark), ctx.person.initial, ctx.person.name)
    if who and who in {ctx.other, ctx.partner}:
        name = ctx.partner or tr("the other person")
        return Person(Shape.of(_BOTH_MARKS - ctx.mark), name[:1].upper(), name)
    return Person(Shape.CIRCLE, "", who)


def _grid(field: Field, value: object, ctx: Context) -> Grid | None:
    """Every row that was begun; columns nobody answered are left out."""
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, (tuple, list)) else []
    named = any("row" in row for row in rows)
    columns = [column for column in field.columns if any(_column_words(column, row, ctx) for row in rows)]
    if not rows or not columns:
        return None
    heads = tuple(_named(label_for(column, solo=ctx.solo), ctx) for column in columns)
    lines = []
    for row in rows:
        cells = tuple(Cell(_column_words(column, row, ctx), column.type in _WRITTEN) for column in columns)
        if any(cell.words for cell in cells):
            name = (Cell(_option(field.rows, ctx, row.get("row", "")) if "row" in row else ""),)
            lines.append((*(name if named else ()), *cells))
    return Grid((("",) if named else ()) + heads, tuple(lines))


def _column_words(column: Column, row: Mapping[str, object], ctx: Context) -> str:
    cell = row.get(column.id)
    if column.type is FieldType.PEOPLE and cell:
        return _people(ctx, (cell,))
    asked = Field(id=column.id, type=column.type, label=column.label, options=column.options)
    return _cell(asked, cell, ctx)


def _words(field: Field, value: object, ctx: Context) -> str:
    if field.per_person:
        return _by_person(field, value, ctx)
    return _single(field, value, ctx)


def _by_person(field: Field, value: object, ctx: Context) -> str:
    """Each one's own answer on a line of its own."""
    given = value if isinstance(value, Mapping) else {}
    lines = [(_people(ctx, (person,)), _single(field, part, ctx)) for person, part in given.items()]
    return "\n".join(tr("{name}: {words}").format(name=name, words=words) for name, words in lines if words)


def _single(field: Field, value: object, ctx: Context) -> str:
    makers: dict[FieldType, Callable[[object], str]] = {
        FieldType.CHOICE: partial(_option, field.options, ctx),
        FieldType.CHIPS: partial(_chips, field, ctx),
        FieldType.WHEN: _when,
        FieldType.CHECKBOX: lambda on: tr("yes") if on else "",
        FieldType.PEOPLE: partial(_people, ctx),
        FieldType.LIST: _lines,
        FieldType.DURATION_MIN: partial(_duration, field, ctx),
        FieldType.TABLE: partial(_table, field, ctx),
        FieldType.SIGNATURE: partial(_marks, ctx),
        FieldType.TEXT: str,
        FieldType.LONG_TEXT: str,
    }
    if field.is_scale:
        return _scale(field, ctx, value)
    maker = makers.get(field.type)
    return maker(value).strip() if maker is not None else ""


def _scale(field: Field, ctx: Context, value: object) -> str:
    if isinstance(value, str):
        return _option(field.no_answer, ctx, value)
    if not isinstance(value, int):
        return ""
    if field.words and value < len(field.words):
        return field.words[value]
    if field.ends:
        least, most = SCALE_RANGE[field.type]
        return tr("{value} ({least} {low}, {top} {high})").format(
            value=text.number(value),
            least=text.number(least),
            low=_named(field.ends[0], ctx),
            high=_named(field.ends[-1], ctx),
            top=text.number(most),
        )
    return text.number(value)


def _option(options: tuple[Option, ...], ctx: Context, value: object) -> str:
    found = next((option for option in options if option.id == value), None)
    return option_words(found, ctx) if found is not None else str(value)


def _chips(field: Field, ctx: Context, value: object) -> str:
    if isinstance(value, Mapping):
        parts = []
        for key, grade in value.items():
            word = _option(field.options, ctx, key)
            parts.append(word if grade is None else tr("{word} ({grade} of 4)").format(word=word, grade=grade))
        return ", ".join(parts)
    return ", ".join(_option(field.options, ctx, key) for key in value) if isinstance(value, (tuple, list)) else ""


def _when(value: object) -> str:
    when = _as_when(value)
    if when is None:
        return ""
    if when.precision is Precision.YEAR:
        return str(when.day.year)
    if when.precision is Precision.MONTH:
        return text.month_and_year(when.day)
    if when.until is not None:
        return tr("{start} to {end}").format(start=text.full_date(when.day), end=text.full_date(when.until))
    day = text.full_date(when.day)
    if when.time is None:
        return day
    return tr("{day}, {time}").format(day=day, time=text.clock_time(when.time))


def _as_when(value: object) -> When | None:
    if isinstance(value, When):
        return value
    if not isinstance(value, Mapping) or "day" not in value:
        return None
    until, time = value.get("until"), value.get("time")
    return When(
        day=dt.date.fromisoformat(str(value["day"])),
        precision=Precision(str(value.get("precision", "day"))),
        time=dt.time.fromisoformat(str(time)) if time else None,
        until=dt.date.fromisoformat(str(until)) if until else None,
    )


def _people(ctx: Context, value: object) -> str:
    if not isinstance(value, (tuple, list)):
        return ""
    names = {ctx.person.id: ctx.person.name}
    if ctx.other and ctx.partner:
        names[PersonId(ctx.other)] = ctx.partner
    return text.listed([names.get(name, str(name)) for name in value])


def _table(field: Field, ctx: Context, value: object) -> str:
    """A block a row: its name, then each filled cell with its column. What was left open is not mentioned."""
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, (tuple, list)) else []
    return "\n\n".join(_row(field, ctx, row) for row in rows)


def _row(field: Field, ctx: Context, row: Mapping[str, object]) -> str:
    lines = [_option(field.rows, ctx, row["row"])] if "row" in row else []
    for column in field.columns:
        words = _column_words(column, row, ctx)
        if not words:
            continue
        if not lines:
            lines.append(words)
        else:
            name = _named(label_for(column, solo=ctx.solo), ctx)
            lines.append(tr("{name}: {words}").format(name=name, words=words))
    return "\n".join(lines)


def _cell(asked: Field, cell: object, ctx: Context) -> str:
    if cell is None:
        return ""
    return _cell_day(str(cell)) if asked.type is FieldType.WHEN else _single(asked, cell, ctx)


def _cell_day(written: str) -> str:
    """A day, a month or a year as a cell of a table has it (2026-05-14, 2026-05, 2026), in words."""
    if not _WHOLE_OR_PART.fullmatch(written):
        return written
    parts = written.split("-")
    day = dt.date.fromisoformat("-".join((*parts, "01", "01")[:3]))
    makers = (lambda: parts[0], lambda: text.month_and_year(day), lambda: text.full_date(day))
    return makers[len(parts) - 1]()


def _marks(ctx: Context, value: object) -> str:
    given = value if isinstance(value, Mapping) else {}
    days = {who: dt.datetime.fromisoformat(str(at)).date() for who, at in given.items()}
    return "\n".join(
        tr("{name}, {day}").format(name=_people(ctx, (who,)), day=text.full_date(day)) for who, day in days.items()
    )


def _lines(value: object) -> str:
    return "\n".join(str(line) for line in value) if isinstance(value, (tuple, list)) else ""


def _duration(field: Field, ctx: Context, value: object) -> str:
    return text.duration(value) if isinstance(value, int) else _option(field.no_answer, ctx, value)
