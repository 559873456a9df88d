"""From a declaration to the type of its answers: what `msgspec` decodes, and what hand-written kinds must equal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from app.domain.fields import Field, FieldType, Kind, When
from app.domain.records import Body

Cell = bool | int | str

_TYPES: dict[FieldType, Any] = {
    FieldType.TEXT: str,
    FieldType.LONG_TEXT: str,
    FieldType.SCALE_0_10: int,
    FieldType.SCALE_0_4: int,
    FieldType.SCALE_1_7: int,
    FieldType.DURATION_MIN: int,
    FieldType.CHOICE: str,
    FieldType.CHIPS: tuple[str, ...],
    FieldType.WHEN: When,
    FieldType.LINK: str,
    FieldType.PEOPLE: tuple[str, ...],
    FieldType.LIST: tuple[str, ...],
    FieldType.TABLE: tuple[Mapping[str, Cell], ...],
    FieldType.SIGNATURE: Mapping[str, str],
    FieldType.CHECKBOX: bool,
}


def answer_type(field: Field) -> Any:  # noqa: ANN401  # a type expression, for which Python has no type yet
    """The type of a given answer, as tabled in `app.domain.fields`; None for "left for later" comes on top."""
    plain = _TYPES[field.type]
    if field.graded is not None:
        plain = Mapping[str, int | None]
    if field.takes_reason:
        plain = plain | str
    return Mapping[str, plain] if field.per_person else plain  # type: ignore[valid-type]  # built at run time


def build(kind: Kind) -> type[Body]:
    """The frozen Struct of a kind that has no behaviour of its own."""
    name = "".join(part.capitalize() for part in kind.id.split("_"))
    fields = [(field.id, answer_type(field) | None, None) for field in kind.fields]
    return msgspec.defstruct(
        name,
        fields,
        frozen=True,
        kw_only=True,
        omit_defaults=True,
        module=__name__,
        namespace={"__doc__": f"The answers of one {kind.id}, by field id."},
    )
