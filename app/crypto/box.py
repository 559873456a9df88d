"""A closed box: bytes under a key of our own, bound to what they are for. For small files that are no database."""

from __future__ import annotations

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.crypto.secret import Secret
from app.domain.errors import Code, VaultError

NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16


def close_box(key: Secret, content: bytes, bound: bytes) -> bytes:
    """Return nonce, ciphertext and tag, 28 bytes more than `content`. `bound` is a label and must be the same later."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key.view()).encrypt(nonce, content, bound)


def open_box(key: Secret, box: bytes, bound: bytes) -> bytes:
    """Return what was put in.

    Raises:
        VaultError: DAMAGED_HEADER with `reason="box"` when it was changed, cut, or closed with another key or label.
    """
    if len(box) < NONCE_BYTES + TAG_BYTES:
        raise VaultError(Code.DAMAGED_HEADER, reason="box")
    try:
        return ChaCha20Poly1305(key.view()).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], bound)
    except InvalidTag:
        raise VaultError(Code.DAMAGED_HEADER, reason="box") from None
