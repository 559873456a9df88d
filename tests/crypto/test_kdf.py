"""Published vectors (RFC 9106 section 5.3, RFC 5869 appendix A) and the policy around them."""

from __future__ import annotations

import time
import unicodedata

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.kdf import CEILING, DEFAULT, FLOOR, KdfParams, check_policy, derive_key, expand, normalise
from app.crypto.secret import Secret
from app.domain.errors import Code, VaultError

_SALT = bytes(range(16))


def test_argon2id_gives_the_answer_of_rfc_9106() -> None:
    argon = Argon2id(salt=b"\2" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\4" * 12, secret=b"\3" * 8)
    assert argon.derive(b"\1" * 32).hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


@pytest.mark.parametrize(
    "secret, salt, info, length, expected",
    [
        (
            "0b" * 22,
            "000102030405060708090a0b0c",
            "f0f1f2f3f4f5f6f7f8f9",
            42,
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        ),
        (
            "0b" * 22,
            "",
            "",
            42,
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        ),
    ],
)
def test_hkdf_gives_the_answers_of_rfc_5869(secret: str, salt: str, info: str, length: int, expected: str) -> None:
    salted = bytes.fromhex(salt) or None
    hkdf = HKDF(algorithm=hashes.SHA256(), length=length, salt=salted, info=bytes.fromhex(info))
    assert hkdf.derive(bytes.fromhex(secret)).hex() == expected
    if salted is None:
        assert bytes(expand(Secret(bytes.fromhex(secret)), b"", length).view()).hex() == expected


def test_our_call_is_argon2id_with_nothing_added() -> None:
    plain = Argon2id(salt=_SALT, length=32, iterations=3, lanes=1, memory_cost=65536).derive(b"a phrase")
    with derive_key(Secret(b"a phrase"), _SALT, FLOOR) as key:
        assert bytes(key.view()) == plain


def test_the_policy_is_the_published_one() -> None:
    assert (DEFAULT.memory_kib, DEFAULT.iterations, DEFAULT.lanes) == (262144, 3, 4)
    assert (FLOOR.memory_kib, FLOOR.iterations) == (65536, 3)
    assert (CEILING.memory_kib, CEILING.iterations) == (1048576, 10)
    for allowed in (FLOOR, DEFAULT, CEILING):
        check_policy(allowed)


@pytest.mark.parametrize(
    "params",
    [
        KdfParams(65535, 3, 4),
        KdfParams(65536, 2, 4),
        KdfParams(65536, 3, 0),
        KdfParams(1048577, 3, 4),
        KdfParams(262144, 11, 4),
        KdfParams(262144, 3, 17),
        KdfParams(0, 0, 0),
        KdfParams(-1, 3, 4),
        KdfParams(8, 1, 1),
        KdfParams(2**31, 3, 4),
        KdfParams(2**62, 2**62, 2**62),
    ],
)
def test_costs_out_of_policy_are_refused_before_any_work(params: KdfParams) -> None:
    begun = time.process_time()
    with pytest.raises(VaultError) as refused:
        derive_key(Secret(b"a phrase"), _SALT, params)
    assert time.process_time() - begun < 0.05
    assert refused.value.code is Code.DAMAGED_HEADER
    assert refused.value.detail == {"reason": "kdf_policy"}


@pytest.mark.parametrize("length", [0, 8, 15, 17])
def test_a_salt_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(VaultError):
        derive_key(Secret(b"a phrase"), bytes(length), FLOOR)


@pytest.mark.parametrize(
    "one, other",
    [
        ("café", "cafe\u0301"),
        ("ﬁne weather", "fine weather"),
        ("１２３", "123"),
        ("Å", "\u212b"),
        ("a\u00a0b", "a b"),
        ("한글", unicodedata.normalize("NFD", "한글")),
    ],
)
def test_one_phrase_is_the_same_however_it_is_typed(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize("phrase", ["", " ", "\u3000", "\t\n", "\u00a0 "])
def test_nothing_is_no_passphrase(phrase: str) -> None:
    with pytest.raises(VaultError) as refused:
        normalise(phrase)
    assert refused.value.code is Code.EMPTY_PASSPHRASE


@pytest.mark.parametrize(
    "phrase", ["a\0b", "x" * 1000, "🌿🦭👩‍👩‍👧", " leading and trailing ", "مرفأ", "\udc80", "'); DROP TABLE--"]
)
def test_odd_phrases_are_taken_as_they_are(phrase: str) -> None:
    assert len(normalise(phrase)) >= len(unicodedata.normalize("NFKC", phrase))


def test_a_nul_and_an_outer_space_count() -> None:
    assert len({bytes(normalise(phrase).view()) for phrase in ("a", "a\0", "a\0b", " a", "a ")}) == 5


@given(st.text(min_size=1))
def test_normalising_twice_changes_nothing(phrase: str) -> None:
    once = unicodedata.normalize("NFKC", phrase)
    if once.strip():
        assert normalise(phrase) == normalise(once)


def test_each_purpose_has_its_own_key() -> None:
    master = Secret.random()
    assert expand(master, b"one") != expand(master, b"two")
    assert expand(master, b"one") == expand(master, b"one")
    assert master != expand(master, b"one")
