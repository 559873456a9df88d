"""The vault's one public file: what it is, which vault, and who is too old to read it. Nothing in it is secret or
personal.

It is a hint: the copy that counts is in every person header, under that header's authentication.
"""

from __future__ import annotations

import re
import secrets
from typing import Final

import msgspec

from app.crypto.header import FORMAT, READABLE, READER
from app.domain.errors import Code, VaultError

META_LIMIT_BYTES: Final = 1024
_MAGIC: Final = "leeward vault"
_ID: Final = re.compile(r"[0-9a-f]{32}")


class VaultMeta(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`vault.meta` as stored: canonical JSON."""

    magic: str
    format: int
    min_reader: int
    vault_id: str


class _Peek(msgspec.Struct, frozen=True):
    magic: str
    min_reader: int


def random_id() -> str:
    """A random name of 128 bits as 32 hex digits: for vaults, people, spaces and their files."""
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Whether `text` could have come from `random_id`; nothing else is ever used to build a path."""
    return _ID.fullmatch(text) is not None


def encode_meta(vault_id: str) -> bytes:
    """The bytes of `vault.meta` for this format."""
    return msgspec.json.encode(VaultMeta(_MAGIC, FORMAT, READER, vault_id)) + b"\n"


def decode_meta(raw: bytes) -> VaultMeta:
    """Read `vault.meta` strictly.

    Raises:
        VaultError: NEWER_FORMAT; EMPTY_FILE for nothing at all; DAMAGED_HEADER otherwise.
    """
    if not raw:
        raise VaultError(Code.EMPTY_FILE, file="vault.meta")
    if len(raw) > META_LIMIT_BYTES:
        raise VaultError(Code.DAMAGED_HEADER, reason="meta")
    try:
        peek = msgspec.json.decode(raw, type=_Peek)
        if peek.magic == _MAGIC and peek.min_reader > READER:
            raise VaultError(Code.NEWER_FORMAT, needs=peek.min_reader)
        meta = msgspec.json.decode(raw, type=VaultMeta)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise VaultError(Code.DAMAGED_HEADER, reason="meta") from None
    known = (meta.magic, meta.format) == (_MAGIC, FORMAT) and meta.min_reader in READABLE
    if not known or not is_id(meta.vault_id) or raw != msgspec.json.encode(meta) + b"\n":
        raise VaultError(Code.DAMAGED_HEADER, reason="meta")
    return meta
