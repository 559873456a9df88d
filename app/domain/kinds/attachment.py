"""Something added to an entry: a picture, pages, a sound. A record of its own, bound to the one it was added to.

It is written, signed, merged and removed as every record is, so that its history, its trash and the proof of its author
are those of words. It stands in no list: what it is shown with is the entry it belongs to. The bytes themselves lie
beside it in parts; the body names their number and their SHA-256, and is what an author signs.
"""

from __future__ import annotations

from typing import Final

import msgspec

from app.domain.fields import Field, FieldType, Kind

ATTACHMENT: Final = "attachment"
"""The kind such records are of. Content never declares it: no form asks for it."""
ALT_LIMIT: Final = 2_000
NAME_LIMIT: Final = 120


class Attachment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is said of one added file.

    `record` is what it was added to, `media` an internet media type, `size` bytes, `sha256` hex of all of them, `alt`
    the words the person wrote for it. A picture has `width` and `height` in pixels, a document `pages`, a sound
    `length_ms`.
    """

    record: str
    name: str
    media: str
    size: int = 0
    sha256: str = ""
    alt: str = ""
    width: int = 0
    height: int = 0
    pages: int = 0
    length_ms: int = 0


DECLARED: Final = Kind(
    id=ATTACHMENT,
    title="Added files",
    singular="added file",
    add="Add a file",
    empty_state="",
    sharing="choice",
    sections=(),
    fields=tuple(
        Field(id=name, type=FieldType.CHOICE, label=name)
        for name in ("record", "name", "media", "size", "sha256", "alt", "width", "height", "pages", "length_ms")
    ),
)
"""For merging only: each part of it is one answer, of which the later one counts."""
