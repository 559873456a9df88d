from __future__ import annotations

import os

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.crypto.kdf import DEFAULT, FLOOR, KdfParams
from app.crypto.keyslot import KeySlot, SlotKind, SlotPlace, check_slot, unwrap, wrap, wrap_for_recovery
from app.crypto.secret import Secret
from app.domain.errors import Code, VaultError

_PLACE = SlotPlace(vault_id="aa" * 16, person_file="bb" * 16, format=1)
_SALT = bytes(range(16))


def _slot(kek: Secret, master: Secret) -> KeySlot:
    return wrap(kek, master, DEFAULT, _SALT, _PLACE)


def test_the_cipher_gives_the_answer_of_rfc_8439() -> None:
    """Section 2.8.2."""
    key = bytes(range(0x80, 0xA0))
    nonce = bytes.fromhex("070000004041424344454647")
    aad = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
    text = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you "
        b"only one tip for the future, sunscreen would be it."
    )
    sealed = ChaCha20Poly1305(key).encrypt(nonce, text, aad)
    assert sealed[:16].hex() == "d31a8d34648e60db7b86afbc53ef7ec2"
    assert sealed[-16:].hex() == "1ae10b594f09e26a7e902ecbd0600691"


def test_what_was_wrapped_comes_back() -> None:
    kek, master = Secret.random(), Secret.random()
    assert unwrap(kek, _slot(kek, master), _PLACE) == master


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(VaultError) as refused:
        unwrap(Secret.random(), _slot(Secret.random(), Secret.random()), _PLACE)
    assert refused.value.code is Code.WRONG_PASSPHRASE


@pytest.mark.parametrize(
    "place",
    [
        SlotPlace(vault_id="ac" * 16, person_file="bb" * 16, format=1),
        SlotPlace(vault_id="aa" * 16, person_file="bc" * 16, format=1),
        SlotPlace(vault_id="aa" * 16, person_file="bb" * 16, format=2),
    ],
)
def test_a_slot_opens_only_at_its_place(place: SlotPlace) -> None:
    kek = Secret.random()
    with pytest.raises(VaultError) as refused:
        unwrap(kek, _slot(kek, Secret.random()), place)
    assert refused.value.code is Code.WRONG_PASSPHRASE


@pytest.mark.parametrize(
    "change",
    [
        {"kdf": FLOOR},
        {"kdf": KdfParams(DEFAULT.memory_kib, DEFAULT.iterations, 1)},
        {"salt": bytes(16)},
        {"nonce": bytes(12)},
        {"wrapped": bytes(48)},
        {"kind": SlotKind.RECOVERY, "kdf": None, "tag": "0123abcd"},
    ],
)
def test_everything_in_a_slot_is_authenticated(change: dict[str, object]) -> None:
    kek = Secret.random()
    slot = msgspec.structs.replace(_slot(kek, Secret.random()), **change)
    with pytest.raises(VaultError) as refused:
        unwrap(kek, slot, _PLACE)
    assert refused.value.code is Code.WRONG_PASSPHRASE


@pytest.mark.parametrize(
    "change",
    [
        {"kdf": None},
        {"kind": SlotKind.RECOVERY},
        {"salt": b""},
        {"salt": bytes(17)},
        {"nonce": bytes(11)},
        {"wrapped": bytes(47)},
        {"wrapped": bytes(480)},
        {"kdf": KdfParams(8, 1, 1)},
        {"kdf": KdfParams(2**40, 3, 4)},
    ],
)
def test_a_slot_of_another_shape_is_damaged(change: dict[str, object]) -> None:
    slot = msgspec.structs.replace(_slot(Secret.random(), Secret.random()), **change)
    with pytest.raises(VaultError) as refused:
        check_slot(slot)
    assert refused.value.code is Code.DAMAGED_HEADER


def test_a_recovery_slot_already_has_its_place() -> None:
    kek, master = Secret.random(), Secret.random()
    slot = wrap_for_recovery(kek, master, os.urandom(16), "0123abcd", _PLACE)
    assert unwrap(kek, slot, _PLACE) == master


def test_no_two_wraps_are_alike() -> None:
    kek, master = Secret.random(), Secret.random()
    assert len({_slot(kek, master).wrapped for _ in range(20)}) == 20
