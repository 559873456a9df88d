"""Key slots: the master key of a person, wrapped by what that person knows or holds.

A passphrase never encrypts data; it opens a slot, and the slot gives the master key. So a passphrase can change in
under a second, and two ways in (passphrase, recovery code) can lead to the same key. Everything that describes the slot
is authenticated with it: it opens only in its own vault, for its own person file, with its own costs.
"""

from __future__ import annotations

import os
import re
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
_TAG: Final = re.compile(r"[0-9a-f]{8}")


class SlotKind(StrEnum):
    """What opens a slot. The key of a RECOVERY slot comes from HKDF: a random code needs no slow derivation."""

    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"


class SlotPlace(msgspec.Struct, frozen=True):
    """Where a slot belongs. All three are authenticated, so that a slot moved elsewhere does not open."""

    vault_id: str
    person_file: str
    format: int


class KeySlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One wrapped master key as stored. `kdf` is present exactly for passphrase slots; `wrapped` is key and tag, 48
    bytes. `tag` is present exactly for recovery slots: it tells which code this slot belongs to and nothing about it.
    """

    kind: SlotKind
    kdf: KdfParams | None
    salt: bytes
    nonce: bytes
    wrapped: bytes
    tag: str = ""


def is_tag(text: str) -> bool:
    """Whether `text` has the form of a recovery code's tag: eight hex digits."""
    return _TAG.fullmatch(text) is not None


def check_slot(slot: KeySlot) -> None:
    """Refuse a slot whose sizes or costs we never write, before any derivation.

    Raises:
        VaultError: DAMAGED_HEADER.
    """
    if (len(slot.salt), len(slot.nonce), len(slot.wrapped)) != (SALT_BYTES, NONCE_BYTES, KEY_BYTES + TAG_BYTES):
        raise VaultError(Code.DAMAGED_HEADER, reason="slot_size")
    if (slot.kdf is None) != (slot.kind is SlotKind.RECOVERY):
        raise VaultError(Code.DAMAGED_HEADER, reason="slot_kind")
    if bool(slot.tag) != (slot.kind is SlotKind.RECOVERY) or (slot.tag and not is_tag(slot.tag)):
        raise VaultError(Code.DAMAGED_HEADER, reason="slot_tag")
    if slot.kdf is not None:
        check_policy(slot.kdf)


def wrap(kek: Secret, master: Secret, kdf: KdfParams, salt: bytes, place: SlotPlace) -> KeySlot:
    """Wrap `master` (32 bytes) for a passphrase, under `kek` derived with exactly `kdf` and `salt`."""
    return _wrapped(kek, master, KeySlot(SlotKind.PASSPHRASE, kdf, salt, os.urandom(NONCE_BYTES), b""), place)


def wrap_for_recovery(kek: Secret, master: Secret, salt: bytes, tag: str, place: SlotPlace) -> KeySlot:
    """Wrap `master` (32 bytes) for the recovery code of that `tag`, under `kek` expanded with exactly `salt`."""
    return _wrapped(kek, master, KeySlot(SlotKind.RECOVERY, None, salt, os.urandom(NONCE_BYTES), b"", tag), place)


def _wrapped(kek: Secret, master: Secret, empty: KeySlot, place: SlotPlace) -> KeySlot:
    wrapped = ChaCha20Poly1305(kek.view()).encrypt(empty.nonce, master.view(), _bound(empty, place))
    slot = msgspec.structs.replace(empty, wrapped=wrapped)
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
        cipher.decrypt_into(slot.nonce, slot.wrapped, _bound(slot, place), master)
    except InvalidTag:
        raise VaultError(Code.WRONG_PASSPHRASE) from None
    return Secret.absorb(master)


def _bound(slot: KeySlot, place: SlotPlace) -> bytes:
    cost = "none" if slot.kdf is None else f"argon2id-19:{slot.kdf.memory_kib}:{slot.kdf.iterations}:{slot.kdf.lanes}"
    tag = (slot.tag,) if slot.tag else ()
    return label("slot", slot.kind.value, place.vault_id, place.person_file, cost, slot.salt.hex(), place.format, *tag)
