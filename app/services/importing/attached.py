"""Added files of an export: bound again to their records, whole or not at all."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import Final

import msgspec

from app.data import attachments, export_queries
from app.data.change import Change
from app.domain.kinds.attachment import ALT_LIMIT, NAME_LIMIT, Attachment
from app.domain.outside import OutsideAttachment, milliseconds
from app.domain.records import Clock, RecordId
from app.services.importing.report import Tally
from app.services.session import Session

LIMIT: Final = 25 * 1024 * 1024
_ID: Final = re.compile(r"[0-9a-f]{32}")
_PART: Final = 1 << 16


class Attaching:
    """Takes the added files of one pass; without a change it only looks."""

    def __init__(self, session: Session, change: Change | None, tally: Tally) -> None:
        self._session = session
        self._change = change
        self._tally = tally

    def take(self, line: int, raw: object) -> None:
        """One added file as it stands in a file."""
        try:
            found = msgspec.convert(raw, OutsideAttachment)
            body = msgspec.convert({**found.about, "record": found.record}, Attachment)
            added_ms = milliseconds(found.added)
        except (msgspec.ValidationError, ValueError, OverflowError):
            self._tally.problem(line, "not_an_attachment")
            return
        if not (_ID.fullmatch(found.id) and _ID.fullmatch(found.record)):
            self._tally.problem(line, "bad_id", field="id")
        elif self._is_here(RecordId(found.id)):
            return
        elif found.content is None:
            self._tally.unattached += 1
        else:
            self._take_bytes(line, RecordId(found.id), body, added_ms, found.content)

    def _take_bytes(self, line: int, attachment: RecordId, body: Attachment, added_ms: int, content: str) -> None:
        try:
            data = base64.b64decode(content, validate=True)
        except (binascii.Error, ValueError):
            self._tally.problem(line, "not_an_attachment", field="content")
            return
        whole = len(data) == body.size <= LIMIT and hashlib.sha256(data).hexdigest() == body.sha256
        if not whole or len(body.name) > NAME_LIMIT or len(body.alt) > ALT_LIMIT:
            self._tally.problem(line, "not_an_attachment", field="content")
        elif not self._belongs(RecordId(body.record)):
            self._tally.problem(line, "unknown_record", field="record")
        else:
            self._tally.attached += 1
            if self._change is not None:
                moments = Clock(wall_ms=lambda: added_ms)
                parts = (data[at : at + _PART] for at in range(0, len(data), _PART))
                self._change.at(moments).attach(body, parts, attachment=attachment)

    def _belongs(self, record: RecordId) -> bool:
        """Whether it was added to something that is in the file or here."""
        if bytes.fromhex(record) in self._tally.seen:
            return True
        return export_queries.standing_body(self._session.connection, record) is not None

    def _is_here(self, attachment: RecordId) -> bool:
        return any(
            attachments.find(space.connection, attachment) is not None
            or export_queries.is_known(space.connection, attachment)
            for space in self._session.spaces
        )
