"""The kinds that can be written: their declarations, their types, and the ways in and out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

import msgspec

from app.domain import given_scores
from app.domain.content import Content
from app.domain.errors import Code, RecordError
from app.domain.fields import FieldType, Kind
from app.domain.kinds import intake, shapes
from app.domain.kinds.attachment import ATTACHMENT, DECLARED, Attachment
from app.domain.kinds.checkin import Checkin
from app.domain.kinds.injury import Injury
from app.domain.kinds.intake import Reason
from app.domain.kinds.trigger import Trigger
from app.domain.records import Body

WITH_BEHAVIOUR: Mapping[str, type[Body]] = MappingProxyType({"checkin": Checkin, "trigger": Trigger, "injury": Injury})
"""Kinds written by hand; a test holds each equal to its declaration."""

Key = TypeVar("Key")
Entry = TypeVar("Entry")

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_SAYS_NOTHING = frozenset({FieldType.WHEN, FieldType.CHECKBOX, FieldType.LINK})


class Kinds:
    """All declared kinds. Types are made once, on construction."""

    def __init__(self, content: Content) -> None:
        self._offered = content.kinds
        self._declared = {**content.kinds, ATTACHMENT: DECLARED}
        self._structs = {kind.id: WITH_BEHAVIOUR.get(kind.id) or shapes.build(kind) for kind in content.kinds.values()}
        self._structs[ATTACHMENT] = Attachment
        self._ids = {struct: kind_id for kind_id, struct in self._structs.items()}
        self._decoders = {kind_id: msgspec.json.Decoder(struct) for kind_id, struct in self._structs.items()}
        self._encoder = msgspec.json.Encoder(order="sorted")

    def ids(self) -> tuple[str, ...]:
        """Every kind that can be written in a form, in the order of its declaration."""
        return tuple(self._offered)

    def declared(self, kind_id: str) -> Kind:
        """A declaration.

        Raises:
            RecordError: UNKNOWN_KIND.
        """
        return _known(self._declared, kind_id)

    def struct(self, kind_id: str) -> type[Body]:
        """The type of a kind's answers. Raises RecordError UNKNOWN_KIND."""
        return _known(self._structs, kind_id)

    def kind_of(self, body: Body) -> str:
        """The kind a body belongs to. Raises RecordError UNKNOWN_KIND for a Struct made elsewhere."""
        return _known(self._ids, type(body))

    def parse(self, kind_id: str, raw: Mapping[str, object]) -> Body:
        """Answers from outside, checked against their declaration.

        Raises:
            RecordError: UNKNOWN_KIND for a kind that is not declared; INVALID_RECORD with `kind`, `field` and `reason`
                (a value of `intake.Reason`), never with the answer itself.
        """
        kind = _known(self._offered, kind_id)
        for name in raw:
            if kind.field(name) is None:
                raise _invalid(kind_id, _shown(name), Reason.UNKNOWN_FIELD)
        answers: dict[str, object] = {}
        for field in kind.fields:
            try:
                answers[field.id] = intake.answer(field, raw.get(field.id))
            except intake.Refused as why:
                raise _invalid(kind_id, field.id, why.reason) from None
            if field.required and answers[field.id] is None:
                raise _invalid(kind_id, field.id, Reason.REQUIRED)
        if kind.needs_any and all(
            answers[field.id] is None for field in kind.fields if field.type not in _SAYS_NOTHING
        ):
            raise _invalid(kind_id, "", Reason.NEEDS_ANSWER)
        if kind_id == given_scores.KIND and not given_scores.is_possible(answers):
            raise _invalid(kind_id, given_scores.TOTAL, Reason.OUT_OF_RANGE)
        return self.struct(kind_id)(**answers)

    def decode(self, kind_id: str, data: bytes) -> Body:
        """A stored body. Fields that the declaration no longer (or not yet) knows are passed over.

        Raises:
            RecordError: UNKNOWN_KIND, or INVALID_RECORD with reason `wrong_type` when the bytes are not such a body.
        """
        decoder = _known(self._decoders, kind_id)
        try:
            return decoder.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise _invalid(kind_id, "", Reason.WRONG_TYPE) from None

    def encode(self, body: Body) -> bytes:
        """The bytes a body is stored as: JSON, keys sorted, unanswered fields left out; equal bodies, equal bytes."""
        return self._encoder.encode(body)


def _known(entries: Mapping[Key, Entry], key: Key) -> Entry:
    if key not in entries:
        raise RecordError(Code.UNKNOWN_KIND, kind=_shown(key))
    return entries[key]


def _invalid(kind: str, field: str, reason: Reason) -> RecordError:
    return RecordError(Code.INVALID_RECORD, kind=kind, field=field, reason=reason.value)


def _shown(name: object) -> str:
    """A name from outside, if it can be one: a slip of the pen may have put words where a name belongs."""
    return name if isinstance(name, str) and _NAME.fullmatch(name) else "?"
