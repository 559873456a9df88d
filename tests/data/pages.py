"""Looks into an encrypted file as somebody does who has the key and a hex editor: page by page, log included."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT = 4096, 80, 16
LOG_HEADER, FRAME_HEADER = 32, 24


def decrypted(path: Path, key: bytes) -> bytes:
    """Every page of a space file and every frame of its write-ahead log, decrypted (SQLCipher 4, raw key)."""
    return b"".join(_plain(page, number, key) for number, page in _pages(path))


def _pages(path: Path) -> Iterator[tuple[int, bytes]]:
    whole = path.read_bytes()
    for start in range(0, len(whole) - PAGE + 1, PAGE):
        yield start // PAGE + 1, whole[start : start + PAGE]
    log = path.with_name(path.name + "-wal")
    frames = log.read_bytes() if log.exists() else b""
    for start in range(LOG_HEADER, len(frames) - PAGE + 1, FRAME_HEADER + PAGE):
        number = int.from_bytes(frames[start : start + 4], "big")
        yield number, frames[start + FRAME_HEADER : start + FRAME_HEADER + PAGE]


def _plain(page: bytes, number: int, key: bytes) -> bytes:
    first = SALT if number == 1 else 0
    vector = page[PAGE - RESERVED : PAGE - RESERVED + 16]
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return cipher.update(page[first : PAGE - RESERVED]) + cipher.finalize()
