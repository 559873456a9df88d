"""From a passphrase to a key: normalisation, Argon2id under a fixed policy, and HKDF for the keys derived from a key.

The policy is checked before any work is done: a header that names a cheap cost (downgrade) or a huge one (a memory
bomb) is refused in well under a millisecond.
"""

from __future__ import annotations

import unicodedata
from typing import Final

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.crypto.secret import KEY_BYTES, Secret
from app.domain.errors import Code, VaultError

SALT_BYTES: Final = 16
_MIB: Final = 1024


class KdfParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The cost of one guess at a passphrase: Argon2id, version 0x13 (RFC 9106). Stored in the slot."""

    memory_kib: int
    iterations: int
    lanes: int


DEFAULT: Final = KdfParams(memory_kib=256 * _MIB, iterations=3, lanes=4)
FLOOR: Final = KdfParams(memory_kib=64 * _MIB, iterations=3, lanes=1)
CEILING: Final = KdfParams(memory_kib=1024 * _MIB, iterations=10, lanes=16)


def check_policy(params: KdfParams) -> None:
    """Refuse costs outside `FLOOR` to `CEILING`. The floor is RFC 9106's second recommended option.

    Raises:
        VaultError: DAMAGED_HEADER with `reason="kdf_policy"`; costs like these are never written by us.
    """
    inside = (
        FLOOR.memory_kib <= params.memory_kib <= CEILING.memory_kib
        and FLOOR.iterations <= params.iterations <= CEILING.iterations
        and FLOOR.lanes <= params.lanes <= CEILING.lanes
    )
    if not inside:
        raise VaultError(Code.DAMAGED_HEADER, reason="kdf_policy")


def normalise(passphrase: str) -> Secret:
    """Return the passphrase as UTF-8 of its NFKC form, so that one phrase is the same on every system and keyboard.

    Spaces are kept as typed. Unpaired surrogates (an undecodable terminal) are encoded as they are rather than raising.

    Raises:
        VaultError: EMPTY_PASSPHRASE for nothing, or nothing but spaces.
    """
    text = unicodedata.normalize("NFKC", passphrase)
    if not text.strip():
        raise VaultError(Code.EMPTY_PASSPHRASE)
    return Secret(text.encode("utf-8", "surrogatepass"))


def derive_key(passphrase: Secret, salt: bytes, params: KdfParams) -> Secret:
    """Return the 32-byte key of a passphrase. Takes about 0.6 s and 256 MiB at `DEFAULT`; releases the interpreter
    meanwhile.

    Raises:
        VaultError: DAMAGED_HEADER when the costs or the salt's length are outside the policy, before any work.
    """
    check_policy(params)
    if len(salt) != SALT_BYTES:
        raise VaultError(Code.DAMAGED_HEADER, reason="kdf_salt")
    argon = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=params.iterations,
        lanes=params.lanes,
        memory_cost=params.memory_kib,
    )
    key = bytearray(KEY_BYTES)
    # the wheel accepts any buffer at run time, its stub says bytes; a bytes copy could not be wiped
    argon.derive_into(passphrase.view(), key)  # type: ignore[arg-type]
    return Secret.absorb(key)


def expand(master: Secret, info: bytes, length: int = KEY_BYTES) -> Secret:
    """Return a key for one purpose: HKDF-SHA256 (RFC 5869) with `info` from `app.crypto.labels.label`.

    `master` must be uniformly random already, as master keys are; hence no salt.
    """
    key = bytearray(length)
    HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=info).derive_into(master.view(), key)
    return Secret.absorb(key)
