"""The recovery code: a second key for one person, made to be written on paper and typed back by hand.

32 symbols of Crockford's base 32 in 8 groups of 4: 28 carry 140 random bits, 4 are check symbols. The checks are those
of the extended Reed-Solomon code [32, 28, 5] over GF(32) (parity columns (1, a, a², a³) for all 32 field elements a;
MacWilliams and Sloane, The Theory of Error-Correcting Codes, chapter 10). Its least distance of 5 means: one wrong
symbol is located, and two wrong or two exchanged symbols are always noticed and never mistaken for one. Nothing is
ever corrected silently: the person is told where to look.

The code is random, so its key needs no slow derivation: HKDF with a salt of its own, bound to vault and person. A tag
of 32 bits tells which code a slot belongs to; it says nothing about the code, and lets an earlier sheet be named as
such.
"""

from __future__ import annotations

import re
import secrets
from typing import Final, NoReturn, SupportsIndex, final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.crypto.keyslot import SlotPlace
from app.crypto.labels import label
from app.crypto.secret import KEY_BYTES, Secret
from app.domain.errors import Code, VaultError

SYMBOLS: Final = 32
DATA_SYMBOLS: Final = 28
GROUP: Final = 4
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O and U, which are read as 1, 1, 0 and V by tired eyes."""
_CHECKS: Final = SYMBOLS - DATA_SYMBOLS
_MEANT: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN: Final = re.compile(r"[\s\-\u2010-\u2015\u2212.·_]+")
_TAG_BYTES: Final = 4
_FIELD: Final = 0b100101
"""x⁵ + x² + 1, primitive over GF(2)."""


def _tables() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Powers of the generator twice over (so that sums of two logarithms need no remainder), and logarithms."""
    powers, value = [], 1
    for _ in range(SYMBOLS - 1):
        powers.append(value)
        value <<= 1
        if value & SYMBOLS:
            value ^= _FIELD
    logs = [0] * SYMBOLS
    for exponent, power in enumerate(powers):
        logs[power] = exponent
    return (*powers, *powers), tuple(logs)


_POWERS, _LOGS = _tables()


def _times(one: int, other: int) -> int:
    return _POWERS[_LOGS[one] + _LOGS[other]] if one and other else 0


def _over(one: int, other: int) -> int:
    return _POWERS[_LOGS[one] + SYMBOLS - 1 - _LOGS[other]] if one else 0


@final
class RecoveryCode:
    """A code whose checks hold. Does not print itself; `groups` is for the sheet and the screen that shows it once."""

    __slots__ = ("_symbols",)

    def __init__(self, data: tuple[int, ...]) -> None:
        """Take 28 symbols of 5 bits and add the checks; use `new` or `parse`.

        Raises:
            ValueError: not 28 numbers from 0 to 31.
        """
        if len(data) != DATA_SYMBOLS or not all(0 <= symbol < SYMBOLS for symbol in data):
            raise ValueError("a code has 28 symbols of 5 bits")
        self._symbols = (*data, *_checks(data))

    @property
    def groups(self) -> tuple[str, ...]:
        """Eight groups of four characters, as written on paper."""
        text = "".join(ALPHABET[symbol] for symbol in self._symbols)
        return tuple(text[at : at + GROUP] for at in range(0, SYMBOLS, GROUP))

    @property
    def written(self) -> str:
        """The groups in one line."""
        return "-".join(self.groups)

    def key(self, salt: bytes, place: SlotPlace) -> Secret:
        """The 32-byte key that wraps the master key in the slot with that `salt` (16 bytes) at `place`."""
        info = label("recovery-key", place.vault_id, place.person_file, place.format)
        return self._expanded(salt, info, KEY_BYTES)

    def tag(self, place: SlotPlace) -> str:
        """Eight hex digits that name this code among those of one person in one vault."""
        with self._expanded(None, label("recovery-tag", place.vault_id, place.person_file), _TAG_BYTES) as tag:
            return bytes(tag.view()).hex()

    def _expanded(self, salt: bytes | None, info: bytes, length: int) -> Secret:
        number = 0
        for symbol in self._symbols[:DATA_SYMBOLS]:
            number = number << 5 | symbol
        bits = bytearray(number.to_bytes(18, "big"))
        key = bytearray(length)
        HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive_into(bits, key)
        bits[:] = bytes(len(bits))
        return Secret.absorb(key)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RecoveryCode):
            return NotImplemented
        return secrets.compare_digest(bytes(self._symbols), bytes(other._symbols))

    def __hash__(self) -> int:
        return hash(self._symbols)

    def __repr__(self) -> str:
        return "<RecoveryCode>"

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("a recovery code cannot be pickled or copied")


def new_code() -> RecoveryCode:
    """A code with 140 fresh bits from the system's generator."""
    return RecoveryCode(tuple(secrets.randbelow(SYMBOLS) for _ in range(DATA_SYMBOLS)))


def parse(typed: str) -> RecoveryCode:
    """Read a code as a person types it: any case, any spaces, dashes or dots, O for 0, I and L for 1.

    Raises:
        VaultError: CODE_TYPO. `group` (1 to 8) names the group of a single wrong character, or of the first one that
            no code has; without it more than one place is wrong. `reason` is "length" (with `found` characters),
            "sign" or "checks".
    """
    plain = _BETWEEN.sub("", typed).upper().translate(_MEANT)
    symbols = [ALPHABET.find(sign) for sign in plain]
    if -1 in symbols[:SYMBOLS]:
        raise VaultError(Code.CODE_TYPO, reason="sign", group=_group(symbols.index(-1)))
    if len(symbols) != SYMBOLS:
        raise VaultError(Code.CODE_TYPO, reason="length", found=len(symbols))
    found = _syndromes(symbols)
    if any(found):
        at = _single_error(found)
        where = {} if at is None else {"group": _group(at)}
        raise VaultError(Code.CODE_TYPO, reason="checks", **where)
    return RecoveryCode(tuple(symbols[:DATA_SYMBOLS]))


def _group(position: int) -> int:
    return position // GROUP + 1


def _syndromes(symbols: list[int] | tuple[int, ...]) -> tuple[int, int, int, int]:
    """The four sums over symbol x place⁰ … place³; all zero exactly for a whole code. Place n is field element n."""
    sums = [0, 0, 0, 0]
    for place, symbol in enumerate(symbols):
        for power in range(_CHECKS):
            sums[power] ^= symbol
            symbol = _times(symbol, place)  # noqa: PLW2901  # Horner's way: symbol x place to the next power
    return sums[0], sums[1], sums[2], sums[3]


def _single_error(found: tuple[int, int, int, int]) -> int | None:
    """The place of the one wrong symbol that explains the syndromes, or None when no single one does."""
    size, first, second, third = found
    if not size:
        return None
    place = _over(first, size)
    fits = (second, third) == (_times(first, place), _times(second, place))
    return place if fits else None


def _checks(data: tuple[int, ...]) -> tuple[int, ...]:
    """The four symbols at places 28 to 31 that make every syndrome zero, by Lagrange's basis on those places."""
    sums = _syndromes(data)
    return tuple(_weighed(_basis(place), sums) for place in range(DATA_SYMBOLS, SYMBOLS))


def _weighed(factors: list[int], sums: tuple[int, int, int, int]) -> int:
    total = 0
    for factor, value in zip(factors, sums, strict=True):
        total ^= _times(factor, value)
    return total


def _basis(place: int) -> list[int]:
    """Coefficients, lowest first, of the polynomial that is 1 at `place` and 0 at the other check places."""
    factors, scale = [1, 0, 0, 0], 1
    for other in range(DATA_SYMBOLS, SYMBOLS):
        if other == place:
            continue
        shifted = [0, *factors[:-1]]
        factors = [up ^ _times(other, here) for up, here in zip(shifted, factors, strict=True)]
        scale = _times(scale, place ^ other)
    return [_over(factor, scale) for factor in factors]
