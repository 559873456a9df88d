"""Key slots: the master key of a person, wrapped by what that person knows or holds.

A passphrase never encrypts data; it opens a slot, and the slot gives the master key. So a passphrase can change in
under a second, and two ways in (passphrase, recovery code) can lead to the same key. Everything that describes the slot
is authenticated with it: it opens only in its own vault, for its own person file, with its own costs.
"""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.crypto.kdf import SALT_BYTES, KdfParams, check_policy
from app.crypto.labels import label
from app.crypto.secret import KEY_BYTES, Secret
from app.domain.errors import Code, VaultError

NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16


class SlotKind(StrEnum):
    """What opens a slot. RECOVERY is reserved: it is read and kept, and its key comes from HKDF instead of Argon2id."""

    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"


class SlotPlace(msgspec.Struct, frozen=True):
    """Where a slot belongs. All three are authenticated, so that a slot moved elsewhere does not open."""

    vault_id: str
    person_file: str
    format: int


class KeySlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One wrapped master key as stored. `kdf` is present exactly for passphrase slots; `wrapped` is key and tag, 48
    bytes.
    """

    kind: SlotKind
    kdf: KdfParams | None
    salt: bytes
    nonce: bytes
    wrapped: bytes


def check_slot(slot: KeySlot) -> None:
    """Refuse a slot whose sizes or costs we never write, before any derivation.

    Raises:
        VaultError: DAMAGED_HEADER.
    """
    if (len(slot.salt), len(slot.nonce), len(slot.wrapped)) != (SALT_BYTES, NONCE_BYTES, KEY_BYTES + TAG_BYTES):
        raise VaultError(Code.DAMAGED_HEADER, reason="slot_size")
    if (slot.kdf is None) != (slot.kind is SlotKind.RECOVERY):
        raise VaultError(Code.DAMAGED_HEADER, reason="slot_kind")
    if slot.kdf is not None:
        check_policy(slot.kdf)


def wrap(kek: Secret, master: Secret, kind: SlotKind, kdf: KdfParams | None, salt: bytes, place: SlotPlace) -> KeySlot:
    """Wrap `master` (32 bytes) under `kek`, which must have been derived with exactly `kdf` and `salt`."""
    nonce = os.urandom(NONCE_BYTES)
    wrapped = ChaCha20Poly1305(kek.view()).encrypt(nonce, master.view(), _bound(kind, kdf, salt, place))
    slot = KeySlot(kind=kind, kdf=kdf, salt=salt, nonce=nonce, wrapped=wrapped)
    check_slot(slot)
    return slot


def unwrap(kek: Secret, slot: KeySlot, place: SlotPlace) -> Secret:
    """Return the master key.

    Raises:
        VaultError: WRONG_PASSPHRASE when the key does not open the slot at this place (a changed slot looks the same).
    """
    check_slot(slot)
    master = bytearray(KEY_BYTES)
    try:
        cipher = ChaCha20Poly1305(kek.view())
        cipher.decrypt_into(slot.nonce, slot.wrapped, _bound(slot.kind, slot.kdf, slot.salt, place), master)
    except InvalidTag:
        raise VaultError(Code.WRONG_PASSPHRASE) from None
    return Secret.absorb(master)


def _bound(kind: SlotKind, kdf: KdfParams | None, salt: bytes, place: SlotPlace) -> bytes:
    cost = "none" if kdf is None else f"argon2id-19:{kdf.memory_kib}:{kdf.iterations}:{kdf.lanes}"
    return label("slot", kind.value, place.vault_id, place.person_file, cost, salt.hex(), place.format)
