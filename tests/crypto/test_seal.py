"""HPKE against RFC 9180 appendix A.2.1 (X25519, HKDF-SHA256, ChaCha20-Poly1305, base mode)."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.identity import Identity, PublicIdentity
from app.crypto.labels import label
from app.crypto.seal import OVERHEAD_BYTES, seal, unseal
from app.crypto.secret import Secret
from app.domain.errors import Code, VaultError

_RECIPIENT = bytes.fromhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
_ENCAPSULATED = bytes.fromhex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a")
_INFO = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
_KEY = bytes.fromhex("ad2744de8e17f4ebba575b3f5f5a8fa1f69c2a07f6e7500bc60ca6e3e3ec1c91")
_NONCE = bytes.fromhex("5c4d98150661b848853b547f")
_TEXT = b"Beauty is truth, truth beauty"
_PUBLISHED = bytes.fromhex("1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28")
_ROBIN = Identity.generate()


def test_a_message_made_from_the_published_key_schedule_opens() -> None:
    """The vector's message carries associated data, which our calls never do: its key and nonce seal the text again.

    That they are the vector's is shown first, on the published ciphertext.
    """
    cipher = ChaCha20Poly1305(_KEY)
    assert cipher.decrypt(_NONCE, _PUBLISHED, b"Count-0") == _TEXT
    sealed = _ENCAPSULATED + cipher.encrypt(_NONCE, _TEXT, b"")
    recipient = Identity(Secret.random(), Secret(_RECIPIENT))
    assert bytes(unseal(recipient, _INFO, sealed).view()) == _TEXT


@given(st.binary(max_size=300))
def test_what_was_sealed_comes_back(content: bytes) -> None:
    sealed = seal(_ROBIN.public, label("inbox"), content)
    assert len(sealed) == len(content) + OVERHEAD_BYTES
    assert bytes(unseal(_ROBIN, label("inbox"), sealed).view()) == content


def test_only_the_recipient_opens_it_and_only_for_its_purpose() -> None:
    sealed = seal(_ROBIN.public, label("inbox", "a"), b"words")
    for recipient, info in ((Identity.generate(), label("inbox", "a")), (_ROBIN, label("inbox", "b")), (_ROBIN, b"")):
        with pytest.raises(VaultError) as refused:
            unseal(recipient, info, sealed)
        assert refused.value.code is Code.DAMAGED_ENTRIES


def test_every_changed_byte_is_noticed() -> None:
    sealed = seal(_ROBIN.public, label("inbox"), b"words")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        # the top bit of an X25519 point is ignored by the curve, so flip another one
        changed[place] ^= 0x01
        with pytest.raises(VaultError):
            unseal(_ROBIN, label("inbox"), bytes(changed))


def test_every_cut_is_noticed() -> None:
    sealed = seal(_ROBIN.public, label("inbox"), b"words")
    for length in range(len(sealed)):
        with pytest.raises(VaultError):
            unseal(_ROBIN, label("inbox"), sealed[:length])


def test_a_weak_point_is_refused() -> None:
    with pytest.raises(VaultError):
        seal(PublicIdentity(signing=bytes(32), sealing=bytes(32)), label("inbox"), b"words")
