"""Sealing: anyone with a person's public key can put something away that only this person can open.

HPKE (RFC 9180), base mode, single shot, suite fixed for format 1: X25519, HKDF-SHA256, ChaCha20-Poly1305. Base mode
says nothing about who sealed; where that matters the caller signs. It has no associated data either: what a sealed
thing is for, and for whom, is bound through `info`.
"""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.crypto.identity import Identity, PublicIdentity
from app.crypto.secret import Secret
from app.domain.errors import Code, VaultError

OVERHEAD_BYTES: Final = 48  # encapsulated key 32, tag 16
_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def seal(recipient: PublicIdentity, info: bytes, content: bytes | bytearray | memoryview) -> bytes:
    """Seal `content` to `recipient`, bound to `info` (a label). The result is `OVERHEAD_BYTES` longer.

    Raises:
        VaultError: DAMAGED_HEADER when the recipient's key is one of the few weak points nobody has as a real key.
    """
    try:
        return _SUITE.encrypt(content, recipient.sealing_key(), info)
    except ValueError:
        raise VaultError(Code.DAMAGED_HEADER, reason="recipient_key") from None


def unseal(recipient: Identity, info: bytes, sealed: bytes) -> Secret:
    """Open what was sealed to this person under the same `info`.

    Raises:
        VaultError: DAMAGED_ENTRIES when it was changed, cut, sealed to someone else or for something else.
    """
    if len(sealed) < OVERHEAD_BYTES:
        raise VaultError(Code.DAMAGED_ENTRIES, reason="sealed_length")
    try:
        return Secret(_SUITE.decrypt(sealed, recipient.sealing_key(), info))
    except (InvalidTag, ValueError):
        raise VaultError(Code.DAMAGED_ENTRIES, reason="sealed") from None
