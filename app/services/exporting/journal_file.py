"""The export file, written as a stream: a head, one record a line, added files, an end that says how many there were.

docs/export-format.md describes it, resources/schema/leeward-export-1.schema.json says the same to a program.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from app.domain.outside import CONTENT, FORMAT, VERSION, Holds, OutsideAttachment
from app.services.backups import RELEASE
from app.services.exporting.entries import Entries
from app.services.session import Session

_AT_ONCE: Final = 1 << 16
_BASE64_BYTES: Final = 3 * (1 << 15)
_ENCODER: Final = msgspec.json.Encoder()


class Counts:
    """How much has been written so far."""

    def __init__(self) -> None:
        self.records = 0
        self.attachments = 0


def parts(session: Session, holds: Holds, counts: Counts, step: Callable[[], None]) -> Iterator[bytes]:
    """The file, in pieces of some 64 KiB. `step` is called after every record, and may raise to end it there."""
    entries = Entries(session, holds)
    held = bytearray(_head(session, holds))
    for record in entries.records():
        held += b",\n" if counts.records else b"\n"
        held += _ENCODER.encode(record)
        counts.records += 1
        step()
        if len(held) > _AT_ONCE:
            yield bytes(held)
            held.clear()
    yield bytes(held) + b'\n],\n"attachments":['
    for about, content in entries.attached():
        start = b",\n" if counts.attachments else b"\n"
        counts.attachments += 1
        yield from _attachment(start, about, content if holds.attachments == CONTENT else None)
        step()
    end = {"records": counts.records, "attachments": counts.attachments}
    yield b'\n],\n"end":' + _ENCODER.encode(end) + b"\n}\n"


def _head(session: Session, holds: Holds) -> bytes:
    made = session.now().isoformat(timespec="seconds")
    members: tuple[tuple[str, object], ...] = (
        ("format", FORMAT),
        ("version", VERSION),
        ("made", made),
        ("program", RELEASE),
        ("person", session.person.name),
        ("partner", session.partner),
        ("holds", holds),
    )
    lines = [_ENCODER.encode(name) + b":" + _ENCODER.encode(value) for name, value in members]
    return b"{\n" + b",\n".join(lines) + b',\n"records":['


def _attachment(start: bytes, about: OutsideAttachment, content: Iterator[bytes] | None) -> Iterator[bytes]:
    encoded = _ENCODER.encode(about)
    if content is None:
        yield start + encoded
        return
    yield start + encoded[:-1] + b',"content":"'
    held = bytearray()
    for part in content:
        held += part
        whole = len(held) - len(held) % _BASE64_BYTES
        if whole:
            yield base64.b64encode(held[:whole])
            del held[:whole]
    yield base64.b64encode(held) + b'"}'
