"""An answer as plain words, from the content pack alone: what a person is shown before anything is shared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from app.domain.content import Content
from app.domain.fields import SCALE_RANGE, Column, Field, FieldType, Option, Precision, When
from app.domain.wording import label_for, with_partner
from app.services.trend_words import TrendWords


class AnswerWords:
    """Words for the answers of one person, as somebody else will read them.

    `names` maps the ids of people to what they are called; `partner` fills the gap that names the other person.
    """

    def __init__(self, content: Content, *, today: int, names: Mapping[str, str], partner: str) -> None:
        self._words = TrendWords(content, solo=False, today=today)
        self._names = names
        self._partner = partner
        self._makers: dict[FieldType, Callable[[Field, object], str]] = {
            FieldType.CHOICE: lambda field, value: self._option(field.options, value),
            FieldType.CHIPS: self._chips,
            FieldType.WHEN: lambda _, value: self._when(value),
            FieldType.CHECKBOX: lambda _, value: self._words.plain("answer.yes" if value else "answer.no"),
            FieldType.PEOPLE: lambda _, value: ", ".join(self._name(part) for part in _items(value)),
            FieldType.LIST: lambda _, value: "\n".join(str(part) for part in _items(value)),
            FieldType.TABLE: self._table,
            FieldType.DURATION_MIN: self._minutes,
            FieldType.SIGNATURE: lambda _, value: self._by_person(value, str),
        }

    def label(self, field: Field) -> str:
        """The question, as it will stand above the answer."""
        return with_partner(label_for(field, solo=False), self._partner)

    def say(self, field: Field, value: object) -> str:
        """The answer, whole; every word a person wrote is in it as it was written."""
        if field.per_person and isinstance(value, Mapping):
            return self._by_person(value, lambda part: self._single(field, part))
        return self._single(field, value)

    def _single(self, field: Field, value: object) -> str:
        if field.is_scale:
            return self._scale(field, value)
        maker = self._makers.get(field.type)
        return maker(field, value) if maker is not None else str(value)

    def _by_person(self, value: object, say: Callable[[object], str]) -> str:
        parts = value.items() if isinstance(value, Mapping) else ()
        return "\n".join(f"{self._name(person)}: {say(part)}" for person, part in parts)

    def _name(self, person: object) -> str:
        return self._names.get(str(person), str(person))

    def _option(self, options: Iterable[Option], value: object) -> str:
        found = next((option for option in options if option.id == value), None)
        return with_partner(label_for(found, solo=False), self._partner) if found is not None else str(value)

    def _scale(self, field: Field, value: object) -> str:
        if isinstance(value, str):
            return self._option(field.no_answer, value)
        if isinstance(value, int) and field.words and value < len(field.words):
            return field.words[value]
        if not field.ends:
            return str(value)
        return self._words.say(
            "answer.scale", level=value, low=field.ends[0], high=field.ends[-1], total=SCALE_RANGE[field.type][1]
        )

    def _minutes(self, field: Field, value: object) -> str:
        if isinstance(value, int):
            return self._words.say("answer.minutes", n=value)
        return self._option(field.no_answer, value)

    def _chips(self, field: Field, value: object) -> str:
        if not isinstance(value, Mapping):
            return ", ".join(self._option(field.options, part) for part in _items(value))
        return ", ".join(self._graded(self._option(field.options, part), grade) for part, grade in value.items())

    def _graded(self, name: str, grade: object) -> str:
        return name if grade is None else self._words.say("answer.graded", name=name, level=grade)

    def _when(self, value: object) -> str:
        if not isinstance(value, When):
            return str(value)
        if value.precision is Precision.YEAR:
            return str(value.day.year)
        if value.precision is Precision.MONTH:
            return f"{self._words.month(value.day.month)} {value.day.year}"
        day = self._words.full_date(value.day.toordinal())
        if value.until is not None:
            return self._words.say("answer.period", start=day, end=self._words.full_date(value.until.toordinal()))
        if value.time is None:
            return day
        time = value.time.isoformat("minutes")
        if value.zone is None:
            return self._words.say("answer.moment", date=day, start=time)
        return self._words.say("answer.moment_there", date=day, start=time, name=value.zone)

    def _table(self, field: Field, value: object) -> str:
        rows = (self._row(field, row) for row in _items(value) if isinstance(row, Mapping))
        return "\n".join("; ".join(row) for row in rows)

    def _row(self, field: Field, row: Mapping[str, object]) -> Iterator[str]:
        if "row" in row:
            yield self._option(field.rows, row["row"])
        for column in field.columns:
            if column.id in row:
                question = with_partner(label_for(column, solo=False), self._partner)
                yield f"{question}: {self._cell(column, row[column.id])}"

    def _cell(self, column: Column, value: object) -> str:
        if isinstance(value, bool):
            return self._words.plain("answer.yes" if value else "answer.no")
        return self._option(column.options, value)


def _items(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else ()
