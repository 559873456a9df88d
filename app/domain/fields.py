"""The field vocabulary: what a kind may ask, and what an answer to it looks like.

A kind declares its fields once in `resources/content/`; forms, validation, search, charts, exports and merging all read
this declaration. The value of a field, by type:

| type                          | value                                                              |
|-------------------------------|--------------------------------------------------------------------|
| text, long_text               | str                                                                |
| scale_0_10, _0_4, _1_7        | int within the range, or the id of one of `no_answer`              |
| duration_min                  | whole minutes ≥ 0, or the id of one of `no_answer`                 |
| choice                        | option id                                                          |
| chips                         | tuple of option ids (or own words where `own`); graded: id → 0..4 or None |
| when                          | `When`                                                             |
| link                          | record id                                                          |
| people                        | tuple of person ids or free names                                  |
| list                          | tuple of str                                                       |
| table                         | tuple of rows, each a mapping column id → str, int or bool; given  |
|                               | rows carry their id under "row"                                    |
| signature                     | mapping person id → ISO instant                                    |
| checkbox                      | bool                                                               |
| any of these, `per_person`    | mapping person id → such a value                                   |

`None` always means "left for later"; a reason for not answering is stored as that reason, never as a number.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

TEXT_LIMIT = 1_048_576
"""Longest text of one field, in characters: a novel, and a bound against accidents (architecture, bundle caps)."""


class FieldType(StrEnum):
    """The types a declaration may use."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    SCALE_0_10 = "scale_0_10"
    SCALE_0_4 = "scale_0_4"
    SCALE_1_7 = "scale_1_7"
    CHOICE = "choice"
    CHIPS = "chips"
    WHEN = "when"
    DURATION_MIN = "duration_min"
    LINK = "link"
    PEOPLE = "people"
    TABLE = "table"
    LIST = "list"
    SIGNATURE = "signature"
    CHECKBOX = "checkbox"


DATING = frozenset({"at", "felt_for_date", "week", "period"})
"""Fields that say which day an entry belongs to."""

SCALE_RANGE: dict[FieldType, tuple[int, int]] = {
    FieldType.SCALE_0_10: (0, 10),
    FieldType.SCALE_0_4: (0, 4),
    FieldType.SCALE_1_7: (1, 7),
}


class Precision(StrEnum):
    """How exactly somebody knows when something was."""

    INSTANT = "instant"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    PERIOD = "period"


class When(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A moment as a person means it: a local day, perhaps a local time and its zone, perhaps only a month or a stretch.

    `day` is the first day meant (for a month, its first). `time` and `zone` (IANA name) go with `INSTANT`;
    `until` is the last day of a `PERIOD`.
    """

    day: dt.date
    precision: Precision = Precision.DAY
    time: dt.time | None = None
    zone: str | None = None
    until: dt.date | None = None


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer of a choice, a chip, or one item of a word list. `value` is the number stored for charts.

    `also` and `unless` belong to lists that are looked for in what is written: other wordings that mean the same, and
    longer ones that are fine.
    """

    id: str
    label: str
    line: str = ""
    solo_label: str | None = None
    solo_line: str | None = None
    value: int | float | None = None
    group: str | None = None
    pull: str | None = None
    stage: str | None = None
    leads: str | None = None
    more: str | None = None
    only: str | None = None
    safety: bool = False
    also: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column of a table field. `only` and `by` mean what they mean on a field."""

    id: str
    label: str
    type: FieldType = FieldType.TEXT
    solo_label: str | None = None
    options: tuple[Option, ...] = ()
    only: str | None = None
    by: str | None = None


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question of a kind as declared; `resources/content/words.md` explains each key.

    Once loaded, `options` and `rows` hold what can be chosen or filled in, also where the declaration names a word list
    (`options_from`, `rows_from`). `told`: written by the program when the record was made and never asked; a form gives
    it back as it was.
    """

    id: str
    type: FieldType
    label: str
    section: str = ""
    solo_label: str | None = None
    short: str | None = None
    solo_short: str | None = None
    help: str = ""
    solo_help: str | None = None
    ends: tuple[str, ...] = ()
    middle: str | None = None
    words: tuple[str, ...] = ()
    no_answer: tuple[Option, ...] = ()
    options: tuple[Option, ...] = ()
    options_from: str | None = None
    max: int | None = None
    own: bool = False
    graded: str | None = None
    required: bool = False
    private_only: bool = False
    measure: str | None = None
    wording: int = 1
    later: bool = False
    speed: str | None = None
    only: str | None = None
    by: str | None = None
    per_person: bool = False
    number: bool = False
    seat: str | None = None
    to: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Option, ...] = ()
    rows_from: str | None = None
    rows_group: str | None = None
    highlights: str | None = None
    told: bool = False

    @property
    def is_scale(self) -> bool:
        """Whether the answer is a number with a fixed range."""
        return self.type in SCALE_RANGE

    @property
    def takes_reason(self) -> bool:
        """Whether a reason for not answering can stand where the number would."""
        return bool(self.no_answer)

    @property
    def is_free_text(self) -> bool:
        """Whether two different versions must never be decided by a clock (merging keeps both)."""
        return self.type in {FieldType.TEXT, FieldType.LONG_TEXT}

    @property
    def is_searched(self) -> bool:
        """Whether the words of this field belong in the search index."""
        return self.type in {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LIST, FieldType.TABLE}


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A heading that groups fields in a form."""

    id: str
    label: str
    solo_label: str | None = None


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The declaration of a kind: its words, its fields in order, and how it may be shared.

    `total`: the measure that holds the sum of every scale and choice, once none of them is open.
    """

    id: str
    title: str
    singular: str
    add: str
    empty_state: str
    sharing: str
    sections: tuple[Section, ...]
    fields: tuple[Field, ...] = msgspec.field(name="field")
    solo_title: str | None = None
    solo_add: str | None = None
    solo_empty_state: str | None = None
    needs_any: bool = False
    standalone: bool = False
    speeds: tuple[str, ...] = ()
    cover: str | None = None
    repeats: bool = False
    picture: str | None = None
    highlights: str | None = None
    total: str | None = None

    def field(self, field_id: str) -> Field | None:
        """The field of that id, or None."""
        return next((f for f in self.fields if f.id == field_id), None)

    @property
    def dated_by(self) -> Field | None:
        """The field that says which day the record belongs to; without one it belongs to the day it was written.

        Other days do not date it: when an injury happened, years ago perhaps, or when an agreement is looked at next.
        """
        return next((f for f in self.fields if f.type is FieldType.WHEN and f.id in DATING), None)
