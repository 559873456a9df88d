"""What a mark stands for: the exact wording of a text that needs both, and nothing else of its record.

Left out of the wording are the marks themselves, questions for one person alone, and what is said about the text rather
than by it (`BESIDE`): letting an agreement rest, or looking at it again next month, rewords nothing.
"""

from __future__ import annotations

import hashlib
from typing import Final

import msgspec

from app.domain.fields import Field, FieldType, Kind
from app.domain.kinds.registry import Kinds
from app.domain.records import Body

BESIDE: Final = frozenset({"state", "next_look", "reason", "looked", "lets_go"})
"""Answers beside the wording: how it stands, when it is looked at, why it reads so, who finds it right or lets go."""


def marks_field(kind: Kind) -> Field | None:
    """The field that holds the marks of a kind whose text needs both; None where no mark is asked for."""
    return next((field for field in kind.fields if field.type is FieldType.SIGNATURE), None)


def wording(kind: Kind, body: Body) -> Body:
    """The part of a body that is agreed on."""
    outside = {
        field.id: None
        for field in kind.fields
        if field.type is FieldType.SIGNATURE or field.private_only or field.id in BESIDE
    }
    return msgspec.structs.replace(body, **outside)


def wording_hash(kinds: Kinds, kind: str, body: Body) -> str:
    """SHA-256 (64 hex digits) of the canonical text: equal wordings, equal hashes, whatever stands around them."""
    text = kinds.encode(wording(kinds.declared(kind), body))
    return hashlib.sha256(msgspec.msgpack.encode(("leeward wording v1", kind, text))).hexdigest()


def with_marks_of(kinds: Kinds, kind: str, body: Body, former: Body | None) -> Body:
    """A body as a form or a file may save it: marks are made by marking only, and end with the wording they are on.

    Args:
        kinds: the kinds of this release.
        kind: the kind's id.
        body: what is to be saved; marks in it count for nothing.
        former: the state before, whose marks stay while the wording stays; None for a new record.
    """
    field = marks_field(kinds.declared(kind))
    if field is None:
        return body
    stays = former is not None and wording_hash(kinds, kind, former) == wording_hash(kinds, kind, body)
    return msgspec.structs.replace(body, **{field.id: getattr(former, field.id) if stays else None})
