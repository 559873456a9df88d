"""Whether a file is byte for byte as it was left, without reading its rows.

Every page of an encrypted file ends with the 16 bytes its encryption began with and a 64-byte HMAC-SHA512 of the whole
page and its number (SQLCipher 4). The engine refuses a page that does not fit its own; so two files whose pages end
alike hold the same, also for somebody who has the key: they would have to find a collision of SHA-512.
"""

from __future__ import annotations

import hashlib
import mmap
from contextlib import suppress

from app.data.cipher import PAGE_BYTES
from app.data.connection import Connection
from app.data.live_file import live_file

_MARK_BYTES = 80
LARGEST = 1 << 27
"""Bytes up to which a file is looked through so: with large files added to entries, reading its rows is less."""


def page_marks(connection: Connection) -> str:
    """SHA-256 over the endings of all pages of an open file; "" where that says nothing about what will be read.

    That is so for a file without a name, one that is too large, one that cannot be read, and while its log holds pages.
    """
    live = live_file(connection)
    if live is None:
        return ""
    with suppress(OSError, ValueError):
        log = live.path.with_name(live.path.name + "-wal")
        if log.exists() and log.stat().st_size:
            return ""
        with live.path.open("rb") as file:
            size = file.seek(0, 2)
            if 0 < size <= LARGEST and size % PAGE_BYTES == 0:
                with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as pages:
                    ends = range(PAGE_BYTES, size + 1, PAGE_BYTES)
                    return hashlib.sha256(b"".join(pages[end - _MARK_BYTES : end] for end in ends)).hexdigest()
    return ""
