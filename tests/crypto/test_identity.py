"""Published keys: RFC 8032 section 7.1 (test 3) for signing, RFC 9180 appendix A.2.1 for sealing."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.identity import Identity, PublicIdentity
from app.crypto.labels import label
from app.crypto.secret import Secret

_SEED = bytes.fromhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
_SCALAR = bytes.fromhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
_PURPOSE = label("revision")
_ROBIN = Identity.generate()


def test_public_keys_are_those_of_the_standards() -> None:
    public = Identity(Secret(_SEED), Secret(_SCALAR)).public
    assert public.signing.hex() == "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
    assert public.sealing.hex() == "4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a"


def test_the_fingerprint_is_pinned() -> None:
    """A change here would make every compared fingerprint worthless."""
    assert Identity(Secret(_SEED), Secret(_SCALAR)).fingerprint == "7c22f7e4bcf826b4002e3c6de1451b29"


@given(st.binary(max_size=200))
def test_a_signature_holds_for_its_message_only(message: bytes) -> None:
    signature = _ROBIN.sign(_PURPOSE, message)
    assert _ROBIN.public.verify(signature, _PURPOSE, message)
    assert not _ROBIN.public.verify(signature, _PURPOSE, message + b"\0")
    assert not _ROBIN.public.verify(signature, label("agreement"), message)
    assert not Identity.generate().public.verify(signature, _PURPOSE, message)


def test_a_purpose_cannot_be_moved_into_the_message() -> None:
    signature = _ROBIN.sign(b"ab", b"c")
    assert not _ROBIN.public.verify(signature, b"a", b"bc")


@pytest.mark.parametrize("bit", range(0, 512, 7))
def test_a_changed_signature_does_not_hold(bit: int) -> None:
    signature = bytearray(_ROBIN.sign(_PURPOSE, b"words"))
    signature[bit // 8] ^= 1 << bit % 8
    assert not _ROBIN.public.verify(bytes(signature), _PURPOSE, b"words")


@pytest.mark.parametrize("signature", [b"", b"short", bytes(63), bytes(64), bytes(65)])
def test_what_is_no_signature_does_not_hold(signature: bytes) -> None:
    assert not _ROBIN.public.verify(signature, _PURPOSE, b"words")


def test_an_identity_comes_back_from_its_bytes() -> None:
    signing, sealing = _ROBIN.private_bytes()
    again = Identity(Secret(signing), Secret(sealing))
    assert again.public == _ROBIN.public
    assert again.fingerprint == _ROBIN.fingerprint


def test_both_keys_count_in_the_fingerprint() -> None:
    other = Identity.generate().public
    mixed = PublicIdentity(signing=_ROBIN.public.signing, sealing=other.sealing)
    assert len({mixed.fingerprint, other.fingerprint, _ROBIN.fingerprint}) == 3


def test_a_key_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        PublicIdentity(signing=bytes(31), sealing=bytes(32))


def test_a_wiped_identity_signs_nothing_and_shows_nothing() -> None:
    identity = Identity.generate()
    private = identity.private_bytes()[0].hex()
    assert private not in repr(identity)
    with pytest.raises(TypeError):
        pickle.dumps(identity)
    identity.wipe()
    with pytest.raises(ValueError, match="wiped"):
        identity.sign(_PURPOSE, b"words")
