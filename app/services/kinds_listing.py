"""What can be written, as plain data: for people and programs at a shell."""

from __future__ import annotations

from typing import TypedDict

from app.domain.content import Content
from app.domain.fields import SCALE_RANGE, Field


class FieldListing(TypedDict, total=False):
    """One question: its id, its type, its words, and what an answer may be."""

    id: str
    type: str
    label: str
    required: bool
    range: list[int]
    options: list[str]
    own_words: bool
    instead: list[str]
    measure: str


class KindListing(TypedDict):
    """One kind that can be written."""

    id: str
    title: str
    fields: list[FieldListing]


def describe_kinds(content: Content) -> list[KindListing]:
    """Every kind that `add` takes, with its fields."""
    return [
        {"id": kind.id, "title": kind.title, "fields": [_field(field) for field in kind.fields]}
        for kind in content.kinds.values()
    ]


def _field(field: Field) -> FieldListing:
    listing: FieldListing = {"id": field.id, "type": field.type.value, "label": field.label}
    if field.required:
        listing["required"] = True
    if field.is_scale:
        listing["range"] = list(SCALE_RANGE[field.type])
    if field.options:
        listing["options"] = [option.id for option in field.options]
        listing["own_words"] = field.own
    if field.no_answer:
        listing["instead"] = [reason.id for reason in field.no_answer]
    if field.measure:
        listing["measure"] = field.measure
    return listing
