"""Offers: the key of a shared space, put away for one person alone until that person unlocks.

`people/<random>.offer` has a fixed size and says nothing of names or words. The key inside is sealed by HPKE to the
recipient, bound to vault, space, epoch and the recipient's fingerprint; since such sealing says nothing about who did
it, the whole is signed by the person who offers. It may carry their statements that their own keys changed.

Layout: magic 8, length 4, canonical JSON, zeros, SHA-256 of everything before it 32; 4,096 bytes in all.
"""

from __future__ import annotations

import hashlib
import hmac
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from app.crypto.header import SpaceRecord
from app.crypto.identity import Identity, PublicIdentity
from app.crypto.labels import label
from app.crypto.seal import seal, unseal
from app.data.durable_files import read_file, reading, replace_file, sync_folder, writing
from app.data.signatures import KeyChange
from app.data.vault_layout import Layout
from app.data.vault_meta import is_id, random_id
from app.domain.errors import Code, VaultError

OFFER_BYTES: Final = 4096
CHANGES_LIMIT: Final = 4
_ENDING: Final = ".offer"
_MAGIC: Final = b"lw-offer"
_FORMAT: Final = 1
_HASH_BYTES: Final = 32
_BODY_START: Final = len(_MAGIC) + 4
_BODY_END: Final = OFFER_BYTES - _HASH_BYTES
_LOOKED_AT: Final = 64
"""Files tried at most; there are two at any time, and whoever can write here could put thousands."""


class Grant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is sealed: how to open the space, and which earlier files of it are done with once it is accepted."""

    file_name: str
    key: bytes
    salt: bytes
    retires: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "<Grant>"


class Offer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An offer that has the right form. Nothing in it is believed before `is_from` says whose it is."""

    format: int
    vault_id: str
    by: str
    to: str
    space: str
    epoch: int
    changes: tuple[KeyChange, ...]
    sealed: bytes
    signature: bytes = b""

    def is_from(self, identity: PublicIdentity) -> bool:
        """Whether exactly this was signed with these keys."""
        return identity.verify(self.signature, _purpose(self), _said(self))


class Found(msgspec.Struct, frozen=True):
    """Offers in a folder of people, each with its file, and the files that hold none."""

    offers: tuple[tuple[Path, Offer], ...]
    unreadable: tuple[Path, ...]


def make_offer(  # one argument for each thing an offer says
    vault_id: str,
    by: str,
    to: str,
    record: SpaceRecord,
    *,
    signer: Identity,
    recipient: PublicIdentity,
    changes: tuple[KeyChange, ...] = (),
    retires: tuple[str, ...] = (),
) -> Offer:
    """Seal a space's key to `recipient` and sign it. `by` and `to` are person files; the newest `changes` go along."""
    grant = msgspec.json.encode(Grant(record.file_name, record.key, record.salt, retires))
    sealed = seal(recipient, _info(vault_id, record.space_id, record.epoch, recipient), grant)
    newest = changes[-CHANGES_LIMIT:]
    unsigned = Offer(_FORMAT, vault_id, by, to, record.space_id, record.epoch, newest, sealed)
    return msgspec.structs.replace(unsigned, signature=signer.sign(_purpose(unsigned), _said(unsigned)))


def open_offer(offer: Offer, recipient: Identity) -> Grant:
    """Unseal what an offer holds. Ask `is_from` first: anybody can seal to a public key.

    Raises:
        VaultError: DAMAGED_ENTRIES when it is not for this person, or not for this space, epoch or vault.
    """
    with unseal(recipient, _info(offer.vault_id, offer.space, offer.epoch, recipient.public), offer.sealed) as plain:
        try:
            grant = msgspec.json.decode(bytes(plain.view()), type=Grant)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise VaultError(Code.DAMAGED_ENTRIES, reason="offer") from None
    names = (grant.file_name, *grant.retires)
    if (len(grant.key), len(grant.salt)) != (32, 16) or not all(_is_space_name(name) for name in names):
        raise VaultError(Code.DAMAGED_ENTRIES, reason="offer")
    return grant


def encode_offer(offer: Offer) -> bytes:
    """The file of an offer.

    Raises:
        ValueError: it has no room for this.
    """
    body = msgspec.json.encode(offer)
    if len(body) > _BODY_END - _BODY_START:
        raise ValueError("the offer has no room for this")
    covered = (_MAGIC + len(body).to_bytes(4, "big") + body).ljust(_BODY_END, b"\0")
    return covered + hashlib.sha256(covered).digest()


def parse_offer(raw: bytes) -> Offer:
    """Read a file strictly: exactly what `encode_offer` writes, or nothing.

    Raises:
        VaultError: DAMAGED_HEADER with `reason="offer"`.
    """
    length = int.from_bytes(raw[len(_MAGIC) : _BODY_START], "big")
    sound = len(raw) == OFFER_BYTES and hmac.compare_digest(hashlib.sha256(raw[:_BODY_END]).digest(), raw[_BODY_END:])
    if not sound or length > _BODY_END - _BODY_START:
        raise _damaged()
    try:
        offer = msgspec.json.decode(raw[_BODY_START : _BODY_START + length], type=Offer)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise _damaged() from None
    ids = all(is_id(name) for name in (offer.vault_id, offer.by, offer.to, offer.space))
    known = offer.format == _FORMAT and 1 <= offer.epoch < 1 << 31 and len(offer.changes) <= CHANGES_LIMIT
    people = all(is_id(change.person) and (not change.space or is_id(change.space)) for change in offer.changes)
    if not (ids and known and people) or encode_offer(offer) != raw:
        raise _damaged()
    return offer


def write_offer(layout: Layout, offer: Offer) -> Path:
    """Put an offer into the vault under a random name, whole or not at all.

    Raises:
        VaultError: DISK_FULL, NO_PERMISSION, WRITE_FAILED.
    """
    path = layout.people / (random_id() + _ENDING)
    replace_file(path, encode_offer(offer))
    return path


def find_offers(layout: Layout) -> Found:
    """Look at every offer in the vault; needs no key.

    Raises:
        VaultError: INCOMPLETE_COPY when the folder is missing, NO_PERMISSION when it may not be read.
    """
    with reading():
        entries = [path for path in layout.people.iterdir() if path.suffix == _ENDING and is_id(path.stem)]
    offers: list[tuple[Path, Offer]] = []
    unreadable: list[Path] = []
    for path in sorted(entries)[:_LOOKED_AT]:
        try:
            offers.append((path, parse_offer(read_file(path, OFFER_BYTES))))
        except VaultError:
            unreadable.append(path)
    return Found(tuple(offers), tuple(unreadable))


def remove_offer(path: Path) -> None:
    """Take an offer away that has done its work. One that cannot be removed is known as done at the next unlock."""
    with suppress(VaultError):
        with writing():
            path.unlink(missing_ok=True)
        sync_folder(path.parent)


def _info(vault_id: str, space: str, epoch: int, recipient: PublicIdentity) -> bytes:
    return label("space-key", vault_id, space, epoch, recipient.fingerprint)


def _purpose(offer: Offer) -> bytes:
    return label("offer", offer.vault_id, offer.by, offer.to, offer.space, offer.epoch)


def _said(offer: Offer) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(offer, signature=b""))


def _is_space_name(name: str) -> bool:
    return name.endswith(".db") and is_id(name.removesuffix(".db"))


def _damaged() -> VaultError:
    return VaultError(Code.DAMAGED_HEADER, reason="offer")
