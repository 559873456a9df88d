"""From a file somebody chose to what is kept of it: read once, recognised, looked at, and refused kindly or taken."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from pathlib import Path
from typing import Final

import msgspec

from app.media import pages, pictures, sounds
from app.media.limits import MOST_BYTES, refuse
from app.media.sniffing import PAGES, PICTURES, SOUNDS, media_of

_HEAD: Final = 1024
_NAME_LIMIT: Final = 120
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_REASONS: Final = {
    "image/heic": "heic",
    "image/avif": "heic",
    "image/svg+xml": "svg",
    "audio/mp4": "m4a",
    "audio/opus": "opus",
    "video/mp4": "video",
    "video/webm": "video",
}


class Prepared(msgspec.Struct, frozen=True):
    """What is to be kept: the very bytes, and what they are. Numbers that do not apply are 0."""

    name: str
    media: str
    content: bytes
    width: int = 0
    height: int = 0
    pages: int = 0
    length_ms: int = 0

    @property
    def sha256(self) -> str:
        """The hash of what is to be kept, as hex."""
        return hashlib.sha256(self.content).hexdigest()


def from_file(path: Path) -> Prepared:
    """Read a file of this computer, once, and prepare it. The file itself stays as and where it is.

    Raises:
        MediaError: FILE_REFUSED with `reason` not_a_file, not_readable, too_big; as `prepare`.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        raise refuse("not_readable") from None
    try:
        seen = os.fstat(descriptor)
        if not stat.S_ISREG(seen.st_mode):
            raise refuse("not_a_file")
        if seen.st_size > MOST_BYTES:
            raise refuse("too_big", megabytes=MOST_BYTES >> 20)
        data = _read(descriptor, seen.st_size)
    except OSError:
        raise refuse("not_readable") from None
    finally:
        os.close(descriptor)
    return prepare(data, path.name)


def _read(descriptor: int, size: int) -> bytes:
    """The whole of it, and one byte more where it grew meanwhile, so that this is noticed."""
    parts, left = [], size + 1
    while left and (part := os.read(descriptor, left)):
        parts.append(part)
        left -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def prepare(data: bytes, name: str) -> Prepared:
    """Recognise bytes and make of them what is kept. May take a second: not for the thread that draws.

    Raises:
        MediaError: FILE_REFUSED with `reason` empty, too_big, unknown, heic, svg, m4a, opus, video, damaged, locked,
            no_pages, too_many_pages, too_many_pixels, too_long or no_memory.
    """
    if not data:
        raise refuse("empty")
    if len(data) > MOST_BYTES:
        raise refuse("too_big", megabytes=MOST_BYTES >> 20)
    media, shown = media_of(data[:_HEAD]), shown_name(name)
    if media in PICTURES:
        picture = pictures.written_anew(data)
        ending = ".png" if picture.media == "image/png" else ".jpg"
        stem = shown.rpartition(".")[0] or shown
        return Prepared(stem + ending, picture.media, picture.content, picture.width, picture.height)
    if media == PAGES:
        return Prepared(shown, media, data, pages=pages.looked_at(data))
    if media in SOUNDS:
        return Prepared(shown, media, data, length_ms=sounds.looked_at(data))
    raise refuse(_REASONS.get(media, "unknown"))


def shown_name(name: str) -> str:
    """A file's own name as it may be shown: one line, nothing unseen in it, no folder, not too long."""
    bare = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(sign for sign in bare if unicodedata.category(sign) not in _UNSEEN).strip()
    if len(seen) <= _NAME_LIMIT:
        return seen or "file"
    stem, dot, ending = seen.rpartition(".")
    return seen[:_NAME_LIMIT] if not dot or len(ending) > 8 else stem[: _NAME_LIMIT - len(ending) - 1] + dot + ending
