"""The person header: 4,096 bytes that hold one person's way in, and nothing that names the person.

Layout (format 1): magic 8 · body length 4, big endian · body, canonical JSON · zeros · HMAC-SHA256 32 · SHA-256 32.
The last field needs no key: accidental damage is told apart from a wrong passphrase before any work is done. The HMAC,
under a key from the master key, covers everything before it, padding included: nothing can be added, removed or
reordered by someone who repairs the checksum. Names, private keys and space keys are in the body's encrypted part,
itself of fixed size.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from datetime import datetime
from typing import Final, NoReturn, SupportsIndex, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.crypto.kdf import expand
from app.crypto.keyslot import NONCE_BYTES, TAG_BYTES, KeySlot, SlotKind, SlotPlace, check_slot, is_tag
from app.crypto.labels import label
from app.crypto.secret import Secret
from app.domain.errors import Code, VaultError

HEADER_BYTES: Final = 4096
FORMAT: Final = 1
READER: Final = 2
"""The newest `min_reader` this program understands, and the one it writes. 1 had no other person and no recovery."""
_MAGIC: Final = b"leeward\x01"
_HASH_BYTES: Final = 32
_BODY_START: Final = len(_MAGIC) + 4
_BODY_END: Final = HEADER_BYTES - 2 * _HASH_BYTES
_CONTENTS_BYTES: Final = 2048
RETIRED_LIMIT: Final = 12
READABLE: Final = (1, READER)
_SLOT_ORDERS: Final = ((SlotKind.PASSPHRASE,), (SlotKind.PASSPHRASE, SlotKind.RECOVERY))
_ID: Final = re.compile(r"[0-9a-f]{32}")

_T = TypeVar("_T", bound=msgspec.Struct)


class _Sensitive(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of values that hold keys or names: they do not print themselves and cannot be pickled."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __rich_repr__(self) -> list[tuple[str, object]]:
        return []

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("key material cannot be pickled or copied")


class SpaceRecord(_Sensitive, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How to open one space, and the newest links of its chains that this person saw.

    `key` has 32 bytes, `salt` 16. `head` (a hash, or empty) is number `head_seq` of this person's own chain there, and
    `head_seen_at` (UTC) says when it was remembered: for the sentence "you last saw more entries than this copy holds".
    `other_head` and `other_seq` say the same of the other person's chain in a shared space. `epoch` grows by one with
    every change of the space's keys.
    """

    space_id: str
    file_name: str
    epoch: int
    key: bytes
    salt: bytes
    head: bytes
    head_seq: int
    head_seen_at: datetime | None
    other_head: bytes = b""
    other_seq: int = 0


class PersonPin(_Sensitive, frozen=True, forbid_unknown_fields=True):
    """The other person as this one knows them: whose signatures count, and whom a shared key is sealed to.

    Pinned when the two sat down together; a card that says something else later is not believed.
    """

    person_id: str
    person_file: str
    signing: bytes
    sealing: bytes


class Contents(_Sensitive, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The encrypted part. `generation` grows by one with every rewrite; `shared` has its place here from the start.

    `others` are the people this one shares, or shared, a space with: their earlier words still have to verify.
    `passphrase_set_at` and `recovery_made_at` (UTC) are shown to the owner and to nobody else. `leftover` names space
    files that are to be removed at the next chance: what a change of keys left behind, finished or not.
    """

    generation: int
    person_id: str
    display_name: str
    signing_key: bytes
    sealing_key: bytes
    private: SpaceRecord
    shared: tuple[SpaceRecord, ...]
    others: tuple[PersonPin, ...] = ()
    passphrase_set_at: datetime | None = None
    recovery_made_at: datetime | None = None
    leftover: tuple[str, ...] = ()


class _Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is readable without a key: ids, slots, one opaque block, and the tags of recovery codes that ended."""

    format: int
    min_reader: int
    vault_id: str
    person_file: str
    slots: tuple[KeySlot, ...]
    nonce: bytes
    sealed: bytes
    retired: tuple[str, ...] = ()


class _Peek(msgspec.Struct, frozen=True):
    """The one field that every later format keeps, so that "newer" is never called "damaged"."""

    min_reader: int


class Header(msgspec.Struct, frozen=True):
    """A header that passed every check that needs no key. `raw` is the file as it was read."""

    raw: bytes
    body: _Body

    @property
    def place(self) -> SlotPlace:
        """What its slots and its encrypted part are bound to."""
        return SlotPlace(vault_id=self.body.vault_id, person_file=self.body.person_file, format=self.body.format)

    @property
    def recovery_slot(self) -> KeySlot | None:
        """The slot the recovery code opens, where one was made."""
        return next((slot for slot in self.body.slots if slot.kind is SlotKind.RECOVERY), None)

    @property
    def passphrase_slots(self) -> tuple[KeySlot, ...]:
        """The slots a passphrase may open."""
        return tuple(slot for slot in self.body.slots if slot.kind is SlotKind.PASSPHRASE)


def parse(raw: bytes) -> Header:
    """Read a header file strictly; takes no key and does no derivation.

    Raises:
        VaultError: NEWER_FORMAT for a later format; DAMAGED_HEADER (with a `reason`) for everything else that is not
            byte for byte what `compose` writes.
    """
    if len(raw) != HEADER_BYTES:
        raise VaultError(Code.DAMAGED_HEADER, reason="size")
    if not hmac.compare_digest(hashlib.sha256(raw[:-_HASH_BYTES]).digest(), raw[-_HASH_BYTES:]):
        raise VaultError(Code.DAMAGED_HEADER, reason="checksum")
    length = int.from_bytes(raw[len(_MAGIC) : _BODY_START], "big")
    if raw[: len(_MAGIC)] != _MAGIC or length > _BODY_END - _BODY_START:
        raise VaultError(Code.DAMAGED_HEADER, reason="frame")
    if any(raw[_BODY_START + length : _BODY_END]):
        raise VaultError(Code.DAMAGED_HEADER, reason="padding")
    return Header(raw=raw, body=_parse_body(raw[_BODY_START : _BODY_START + length]))


def open_contents(header: Header, master: Secret) -> Contents:
    """Check the header's HMAC and decrypt its private part.

    Raises:
        VaultError: DAMAGED_HEADER when either was not made with this master key for this place.
    """
    mac = _mac(master, header.raw[:_BODY_END])
    if not hmac.compare_digest(mac, header.raw[_BODY_END : _BODY_END + _HASH_BYTES]):
        raise VaultError(Code.DAMAGED_HEADER, reason="mac")
    plain = bytearray(_CONTENTS_BYTES)
    try:
        with expand(master, label("wrap")) as key:
            cipher = ChaCha20Poly1305(key.view())
            cipher.decrypt_into(header.body.nonce, header.body.sealed, _bound(header.place), plain)
    except InvalidTag:
        raise VaultError(Code.DAMAGED_HEADER, reason="contents") from None
    length = int.from_bytes(plain[:4], "big")
    if length > _CONTENTS_BYTES - 4 or any(plain[4 + length :]):
        raise VaultError(Code.DAMAGED_HEADER, reason="contents_padding")
    contents = _strict(bytes(plain[4 : 4 + length]), Contents)
    plain[:] = bytes(len(plain))
    return contents


def compose(
    place: SlotPlace, slots: tuple[KeySlot, ...], contents: Contents, master: Secret, *, retired: tuple[str, ...] = ()
) -> bytes:
    """Return the header file for `contents`, 4,096 bytes, encrypted freshly each time.

    `retired` are the tags of recovery codes that ended, oldest first; the newest `RETIRED_LIMIT` are kept.

    Raises:
        ValueError: the contents or the slots do not fit; the caller bounds names and the number of shared spaces.
    """
    inner = msgspec.json.encode(contents)
    if len(inner) > _CONTENTS_BYTES - 4 or tuple(slot.kind for slot in slots) not in _SLOT_ORDERS:
        raise ValueError("the header has no room for this")
    plain = (len(inner).to_bytes(4, "big") + inner).ljust(_CONTENTS_BYTES, b"\0")
    nonce = os.urandom(NONCE_BYTES)
    with expand(master, label("wrap")) as key:
        sealed = ChaCha20Poly1305(key.view()).encrypt(nonce, plain, _bound(place))
    body = msgspec.json.encode(
        _Body(
            format=place.format,
            min_reader=READER,
            vault_id=place.vault_id,
            person_file=place.person_file,
            slots=slots,
            nonce=nonce,
            sealed=sealed,
            retired=retired[-RETIRED_LIMIT:],
        )
    )
    if len(body) > _BODY_END - _BODY_START:
        raise ValueError("the header has no room for this")
    covered = (_MAGIC + len(body).to_bytes(4, "big") + body).ljust(_BODY_END, b"\0")
    signed = covered + _mac(master, covered)
    return signed + hashlib.sha256(signed).digest()


def _parse_body(data: bytes) -> _Body:
    try:
        newest = msgspec.json.decode(data, type=_Peek).min_reader
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise VaultError(Code.DAMAGED_HEADER, reason="form") from None
    if newest > READER:
        raise VaultError(Code.NEWER_FORMAT, needs=newest)
    body = _strict(data, _Body)
    if body.format != FORMAT or body.min_reader not in READABLE:
        raise VaultError(Code.DAMAGED_HEADER, reason="format")
    if not (_ID.fullmatch(body.vault_id) and _ID.fullmatch(body.person_file)):
        raise VaultError(Code.DAMAGED_HEADER, reason="ids")
    if (len(body.nonce), len(body.sealed)) != (NONCE_BYTES, _CONTENTS_BYTES + TAG_BYTES):
        raise VaultError(Code.DAMAGED_HEADER, reason="sealed_size")
    if tuple(slot.kind for slot in body.slots) not in _SLOT_ORDERS:
        raise VaultError(Code.DAMAGED_HEADER, reason="slots")
    if len(body.retired) > RETIRED_LIMIT or not all(is_tag(tag) for tag in body.retired):
        raise VaultError(Code.DAMAGED_HEADER, reason="retired")
    for slot in body.slots:
        check_slot(slot)
    return body


def _strict(data: bytes, kind: type[_T]) -> _T:
    """Decode, and accept only the exact bytes that encoding gives again: one way to write each value, no extra keys."""
    try:
        value = msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise VaultError(Code.DAMAGED_HEADER, reason="form") from None
    if msgspec.json.encode(value) != data:
        raise VaultError(Code.DAMAGED_HEADER, reason="not_canonical")
    return value


def _mac(master: Secret, covered: bytes) -> bytes:
    with expand(master, label("header-mac")) as key:
        return hmac.digest(key.view(), covered, "sha256")


def _bound(place: SlotPlace) -> bytes:
    return label("contents", place.vault_id, place.person_file, place.format)
