"""The recovery code: its arithmetic, its reading of what people type, and answers that must never change."""

from __future__ import annotations

import copy
import itertools
import pickle
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.keyslot import KeySlot, SlotKind, SlotPlace, unwrap, wrap_for_recovery
from app.crypto.recovery import ALPHABET, DATA_SYMBOLS, SYMBOLS, RecoveryCode, new_code, parse
from app.crypto.secret import Secret
from app.domain.errors import Code, VaultError

PLACE = SlotPlace(vault_id="aa" * 16, person_file="bb" * 16, format=1)
CODES = st.lists(st.integers(0, SYMBOLS - 1), min_size=DATA_SYMBOLS, max_size=DATA_SYMBOLS).map(
    lambda data: RecoveryCode(tuple(data))
)
KNOWN = {
    "checks": "WXYZ",
    "tag": "a4c9951a",
    "key": "865dd32d3e0e098ebb2f23c1b2d57b1bd5b613bbc0581506400de99433e15818",
}
COUNTING = RecoveryCode(tuple(range(DATA_SYMBOLS)))


def refusal(typed: str) -> VaultError:
    with pytest.raises(VaultError) as refused:
        parse(typed)
    assert refused.value.code is Code.CODE_TYPO
    return refused.value


def product(one: int, other: int) -> int:
    """Multiplication in GF(32) by the book: polynomials over GF(2) modulo x⁵ + x² + 1."""
    total = 0
    for bit in range(5):
        if other >> bit & 1:
            total ^= one << bit
    for bit in range(9, 4, -1):
        if total >> bit & 1:
            total ^= 0b100101 << (bit - 5)
    return total


def power(base: int, exponent: int) -> int:
    total = 1
    for _ in range(exponent):
        total = product(total, base)
    return total


@given(CODES)
def test_every_code_satisfies_the_four_checks_of_the_book(code: RecoveryCode) -> None:
    symbols = [ALPHABET.index(sign) for sign in "".join(code.groups)]
    assert len(symbols) == SYMBOLS
    for exponent in range(4):
        total = 0
        for place, symbol in enumerate(symbols):
            total ^= product(symbol, power(place, exponent))
        assert total == 0


def test_any_four_columns_of_the_checks_are_independent() -> None:
    """A distance of 5: no word of weight 4 or less is a code. By determinants of Vandermonde, never zero."""
    for places in itertools.combinations(range(SYMBOLS), 4):
        determinant = 1
        for one, other in itertools.combinations(places, 2):
            determinant = product(determinant, one ^ other)
        assert determinant != 0


@given(CODES)
def test_what_is_written_is_read_back(code: RecoveryCode) -> None:
    assert parse(code.written) == code
    assert parse("".join(code.groups).lower()) == code
    assert parse("  " + " . ".join(code.groups).replace("0", "o").replace("1", "l") + "\n") == code
    assert parse("\u2013".join(code.groups).replace("1", "I").replace("0", "O")) == code


def test_codes_do_not_repeat_and_use_the_whole_alphabet() -> None:
    drawn = [new_code().written for _ in range(400)]
    assert len(set(drawn)) == 400
    assert set("".join(drawn)) - {"-"} == set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


def test_what_is_no_code_says_where_to_look() -> None:
    written = "".join(COUNTING.groups)
    assert refusal(written[:-1]).detail == {"reason": "length", "found": 31}
    assert refusal(written + "2").detail == {"reason": "length", "found": 33}
    assert refusal("").detail == {"reason": "length", "found": 0}
    assert refusal(written[:9] + "U" + written[10:]).detail == {"reason": "sign", "group": 3}
    assert refusal("é" * 32).detail == {"reason": "sign", "group": 1}


@pytest.mark.parametrize("data", [(0,) * 27, (0,) * 29, (32, *(0,) * 27), (-1, *(0,) * 27)])
def test_a_code_is_made_of_28_symbols(data: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="28 symbols"):
        RecoveryCode(data)


def test_the_known_answers() -> None:
    """Kept for ever: a sheet printed once must open what it opened."""
    assert COUNTING.written == "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-" + KNOWN["checks"]
    assert COUNTING.tag(PLACE) == KNOWN["tag"]
    with COUNTING.key(bytes(range(16)), PLACE) as key:
        assert bytes(key.view()).hex() == KNOWN["key"]


def test_a_kept_slot_opens_with_the_code_it_was_made_for() -> None:
    """Written once by this release and kept for ever."""
    salt = bytes(range(16))
    slot = KeySlot(
        SlotKind.RECOVERY,
        None,
        salt,
        bytes.fromhex("bc991ee11d2c49ea2536975c"),
        bytes.fromhex(
            "05525ccdc966985082c896f45e5db139ffb4f5da3de99269306ea11c39f832b38ad62a9f97ea07f920928d4a43bacdda"
        ),
        KNOWN["tag"],
    )
    with COUNTING.key(salt, PLACE) as key, unwrap(key, slot, PLACE) as master:
        assert bytes(master.view()) == bytes(range(32, 64))


def test_key_and_tag_belong_to_one_place_and_one_salt() -> None:
    salt = bytes(range(16))
    places = [
        PLACE,
        SlotPlace("cc" * 16, PLACE.person_file, 1),
        SlotPlace(PLACE.vault_id, "cc" * 16, 1),
    ]
    assert len({COUNTING.tag(place) for place in places}) == 3
    keys = [bytes(COUNTING.key(salt, place).view()) for place in places]
    keys.append(bytes(COUNTING.key(bytes(16), PLACE).view()))
    keys.append(bytes(COUNTING.key(salt, SlotPlace(PLACE.vault_id, PLACE.person_file, 2)).view()))
    assert len(set(keys)) == 5


def test_a_slot_opens_with_its_code_and_with_no_other() -> None:
    master, salt = Secret.random(), bytes(range(16))
    slot = wrap_for_recovery(COUNTING.key(salt, PLACE), master, salt, COUNTING.tag(PLACE), PLACE)
    assert unwrap(COUNTING.key(salt, PLACE), slot, PLACE) == master
    with pytest.raises(VaultError):
        unwrap(new_code().key(salt, PLACE), slot, PLACE)


def test_a_code_does_not_show_itself() -> None:
    code = new_code()
    assert code.groups[0] not in repr(code)
    for act in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError):
            act(code)
    assert code != code.written
    assert len({code, RecoveryCode(tuple(ALPHABET.index(s) for s in "".join(code.groups)[:28]))}) == 1


def test_two_wrong_symbols_are_never_taken_for_one() -> None:
    chance = random.Random(3)
    for _ in range(500):
        symbols = list("".join(new_code().groups))
        for place in chance.sample(range(SYMBOLS), 2):
            symbols[place] = chance.choice([sign for sign in ALPHABET if sign != symbols[place]])
        assert "group" not in refusal("".join(symbols)).detail
