"""A person's public card: what somebody at the locked program needs to put something away for this person.

`people/<person_file>.card` holds no secret and nothing readable about anyone: two public keys, random ids, the mark
(circle or square) by which a person finds their own inbox, and a label only if they asked for one. It has a fixed size,
so that its length says nothing either.

The signature is the card's own: it shows damage and mixed-up files, not who wrote it. Whoever can write into the folder
can put another whole card there, and what is dropped meanwhile is then sealed to them. The next unlock sees that the
keys are not the person's, writes the card anew and says so (`repair_card`).

Layout: canonical JSON in field order, spaces, one newline; 1,024 bytes in all.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Final

import msgspec

from app.crypto.identity import Identity, PublicIdentity
from app.crypto.labels import label as purpose
from app.data.durable_files import read_file, replace_file
from app.data.vault_layout import Layout
from app.data.vault_meta import META_LIMIT_BYTES, decode_meta, is_id
from app.domain.errors import Code, RecordError, VaultError

CARD_BYTES: Final = 1024
LABEL_LIMIT: Final = 24
FIRST, SECOND = 1, 2
"""Marks in the order of joining: circle, square."""
MARKS: Final = (FIRST, SECOND)
_FORMAT: Final = 1
_READER: Final = 1
_ENDING: Final = ".card"
_LOOKED_AT: Final = 16
"""Files tried at most; a vault has one or two people."""


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A card that passed every check that needs no key. `label` is "" unless the person chose to be named here."""

    format: int
    min_reader: int
    vault_id: str
    person_file: str
    person_id: str
    signing: bytes
    sealing: bytes
    mark: int
    label: str
    signature: bytes = b""

    @property
    def identity(self) -> PublicIdentity:
        """The two public keys, to seal to and to verify with."""
        return PublicIdentity(self.signing, self.sealing)


class CardsFound(msgspec.Struct, frozen=True):
    """Every card that can be used, by mark, and the person files whose card is missing, damaged or not theirs."""

    cards: tuple[Card, ...]
    damaged: tuple[str, ...]


class _Peek(msgspec.Struct, frozen=True):
    min_reader: int


def read_cards(layout: Layout) -> tuple[Card, ...]:
    """The cards of the people of this vault, circle first; needs no key. Damaged ones are left out.

    Raises:
        VaultError: as `find_cards`.
    """
    return find_cards(layout).cards


def find_cards(layout: Layout) -> CardsFound:
    """Look at the card of everyone who has a header here, and check it against this vault.

    Raises:
        VaultError: INCOMPLETE_COPY when the folder of people is missing, NO_PERMISSION.
    """
    vault_id = _vault_id(layout)
    cards: list[Card] = []
    damaged: list[str] = []
    for person_file in layout.person_files()[:_LOOKED_AT]:
        try:
            card = read_card(layout, person_file)
        except VaultError:
            damaged.append(person_file)
            continue
        if vault_id in (None, card.vault_id):
            cards.append(card)
        else:
            damaged.append(person_file)
    return CardsFound(tuple(sorted(cards, key=lambda card: (card.mark, card.person_file))), tuple(damaged))


def read_card(layout: Layout, person_file: str) -> Card:
    """The card of one person, checked for form, place and signature.

    Raises:
        VaultError: NEWER_FORMAT; INCOMPLETE_COPY when there is none; DAMAGED_HEADER; NO_PERMISSION.
    """
    card = parse_card(read_file(_path(layout, person_file), CARD_BYTES))
    if card.person_file != person_file:
        raise VaultError(Code.DAMAGED_HEADER, reason="card_place")
    return card


def parse_card(raw: bytes) -> Card:
    """Read the bytes of a card strictly: exactly what `write_card` writes, or nothing.

    Raises:
        VaultError: NEWER_FORMAT, or DAMAGED_HEADER with `reason="card"`.
    """
    if len(raw) != CARD_BYTES:
        raise _damaged()
    try:
        if msgspec.json.decode(raw, type=_Peek).min_reader > _READER:
            raise VaultError(Code.NEWER_FORMAT, file="card")
        card = msgspec.json.decode(raw, type=Card)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise _damaged() from None
    if not _is_sound(card) or raw != _encode(card):
        raise _damaged()
    if not card.identity.verify(card.signature, _purpose(card), _signed(card)):
        raise _damaged()
    return card


def write_card(
    layout: Layout,
    vault_id: str,
    person_file: str,
    person_id: str,
    identity: Identity,
    mark: int,
    label: str = "",
) -> Card:
    """Sign and write a person's card in one atomic step, in place of the one before. `label` is readable on disk.

    Raises:
        RecordError: INVALID_RECORD for a label with more than `LABEL_LIMIT` characters or with control characters.
        ValueError: no such mark.
        VaultError: DISK_FULL, NO_PERMISSION, WRITE_FAILED; the earlier card is then still there.
    """
    if mark not in MARKS:
        raise ValueError("a mark is 1 (circle) or 2 (square)")
    public = identity.public
    text = checked_label(label)
    draft = Card(_FORMAT, _READER, vault_id, person_file, person_id, public.signing, public.sealing, mark, text)
    card = msgspec.structs.replace(draft, signature=identity.sign(_purpose(draft), _signed(draft)))
    replace_file(_path(layout, person_file), _encode(card))
    return card


def repair_card(layout: Layout, vault_id: str, person_file: str, person_id: str, identity: Identity) -> bool:
    """Make the card on disk the one of the person who has just unlocked. True when another's keys stood in their place.

    Mark and label of their own earlier card are kept. Without one, the mark is the one nobody else has.

    Raises:
        VaultError: DISK_FULL, NO_PERMISSION, WRITE_FAILED; nothing was lost then, and dropping is simply not offered.
    """
    try:
        found: Card | None = read_card(layout, person_file)
    except VaultError:
        found = None
    if found is not None and (found.vault_id, found.person_id, found.identity) == (
        vault_id,
        person_id,
        identity.public,
    ):
        return False
    taken = {card.mark for card in read_cards(layout) if card.person_file != person_file}
    mark = next((mark for mark in MARKS if mark not in taken), FIRST)
    write_card(layout, vault_id, person_file, person_id, identity, mark)
    return found is not None and found.identity != identity.public


def checked_label(label: str) -> str:
    """A label as it is stored: NFC, without outer spaces, at most `LABEL_LIMIT` printable characters; "" for none.

    Raises:
        RecordError: INVALID_RECORD naming the field.
    """
    text = unicodedata.normalize("NFC", label).strip()
    if len(text) > LABEL_LIMIT or not text.isprintable():
        raise RecordError(Code.INVALID_RECORD, field="label")
    return text


def _path(layout: Layout, person_file: str) -> Path:
    if not is_id(person_file):
        raise VaultError(Code.DAMAGED_HEADER, reason="card_place")
    return layout.people / (person_file + _ENDING)


def _vault_id(layout: Layout) -> str | None:
    """Which vault the public file says this is; None when it cannot be read, and then only form and place count."""
    try:
        return decode_meta(read_file(layout.meta, META_LIMIT_BYTES)).vault_id
    except VaultError:
        return None


def _is_sound(card: Card) -> bool:
    ids = all(is_id(name) for name in (card.vault_id, card.person_file, card.person_id))
    known = (card.format, card.min_reader) == (_FORMAT, _READER) and card.mark in MARKS
    sizes = (len(card.signing), len(card.sealing), len(card.signature)) == (32, 32, 64)
    try:
        return ids and known and sizes and checked_label(card.label) == card.label
    except RecordError:
        return False


def _purpose(card: Card) -> bytes:
    return purpose("card", card.vault_id, card.person_file)


def _signed(card: Card) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(card, signature=b""))


def _encode(card: Card) -> bytes:
    return msgspec.json.encode(card).ljust(CARD_BYTES - 1) + b"\n"


def _damaged() -> VaultError:
    return VaultError(Code.DAMAGED_HEADER, reason="card")
