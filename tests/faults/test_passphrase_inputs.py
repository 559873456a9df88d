"""F17: one phrase opens on every system and keyboard, whatever it is made of; two phrases never open the same vault."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from app.crypto.kdf import normalise
from app.crypto.recovery import new_code
from app.data.vault_folder import VaultFolder
from app.domain.errors import Code, VaultError
from app.services.passphrases import strength
from tests.data.vaults import CHEAP
from tests.faults.table import Faults

SAME = [
    ("é as one sign and as two", "caf\u00e9 noir bleu", "cafe\u0301 noir bleu"),
    ("dead keys in another order", "q\u0323\u0307 quiet", "q\u0307\u0323 quiet"),
    ("angstrom and ring", "\u212bngstr\u00f6m tide", "A\u030angstro\u0308m tide"),
    ("hangul as syllable and letters", "\ud55c\uae00 slate", "\u1112\u1161\u11ab\u1100\u1173\u11af slate"),
    ("wide letters of an input method", "\uff51\uff55\uff49\uff45\uff54 ferry", "quiet ferry"),
    ("half-width katakana", "\uff76\uff80\uff76\uff85 ferry", "\u30ab\u30bf\u30ab\u30ca ferry"),
    ("a ligature", "\ufb01fteen ferries", "fifteen ferries"),
    ("a space that does not break", "seven\u00a0quiet ferries", "seven quiet ferries"),
    ("the wide space", "seven\u3000quiet ferries", "seven quiet ferries"),
    ("ohm and omega", "\u2126 quiet", "\u03a9 quiet"),
    ("a micro sign", "\u00b5 quiet", "\u03bc quiet"),
    ("superscript two", "quiet\u00b2 ferry", "quiet2 ferry"),
    ("roman number", "\u2163 ferries", "IV ferries"),
    ("vietnamese marks", "ti\u1ebfng vi\u1ec7t", "tie\u0302\u0301ng vie\u0323\u0302t"),
    ("arabic presentation form", "\ufedf\ufe8e quiet", "\u0644\u0627 quiet"),
    ("hebrew letter with a dot", "\ufb2e quiet", "\u05d0\u05b7 quiet"),
    ("devanagari nukta", "\u0958 quiet", "\u0915\u093c quiet"),
    ("three dots in one sign", "wait\u2026 ferry", "wait... ferry"),
    ("circled digit", "\u2460 ferry", "1 ferry"),
    ("long s", "\u017flate ferry", "slate ferry"),
]
DIFFERENT = [
    ("a leading space", " seven ferries", "seven ferries"),
    ("a trailing space", "seven ferries ", "seven ferries"),
    ("two spaces inside", "seven  ferries", "seven ferries"),
    ("capitals", "Seven ferries", "seven ferries"),
    ("an accent", "s\u00e9ven ferries", "seven ferries"),
    ("nothing after NUL counts", "seven\0 ferries", "seven\0 lanterns"),
    ("a NUL at the end", "seven ferries\0", "seven ferries"),
    ("the thousandth character", "a" * 999 + "b", "a" * 999 + "c"),
    ("one more after a thousand", "a" * 1000, "a" * 1001),
    ("an emoji's skin", "\U0001f44b\U0001f3fb wave", "\U0001f44b\U0001f3fd wave"),
    ("joined and single people", "\U0001f468\u200d\U0001f469 walk", "\U0001f468\U0001f469 walk"),
    ("a flag", "\U0001f1e9\U0001f1ea wave", "\U0001f1eb\U0001f1f7 wave"),
    ("greek and latin o", "\u03bfne ferry", "one ferry"),
    ("cyrillic and latin a", "\u0430 ferry", "a ferry"),
    ("sharp s and two s", "stra\u00dfe", "strasse"),
    ("curly and straight apostrophe", "it\u2019s quiet", "it's quiet"),
    ("dash and hyphen", "sea\u2014side", "sea-side"),
    ("a line break", "seven\nferries", "seven ferries"),
    ("a tab", "seven\tferries", "seven ferries"),
    ("writing direction", "\u200fseven ferries", "seven ferries"),
]


def key_of(phrase: str) -> bytes:
    with normalise(phrase) as secret:
        return bytes(secret.view())


def test_what_a_keyboard_makes_of_a_phrase_does_not_matter(faults: Faults) -> None:
    same = sum(key_of(one) == key_of(other) for _, one, other in SAME)
    faults.report("F17", "the same phrase, typed elsewhere", len(SAME), same)


def test_what_a_person_means_does_matter(faults: Faults) -> None:
    apart = sum(key_of(one) != key_of(other) for _, one, other in DIFFERENT)
    faults.report("F17", "phrases that are not the same", len(DIFFERENT), apart)
    for _, phrase, _ in DIFFERENT:
        for form in ("NFC", "NFD", "NFKC", "NFKD"):
            assert key_of(unicodedata.normalize(form, phrase)) == key_of(phrase)


@pytest.mark.parametrize("place", [0, 7, 12])
def test_the_hard_ones_open_a_real_vault_and_their_neighbour_does_not(tmp_path: Path, place: int) -> None:
    _, one, other = SAME[place]
    VaultFolder.create(tmp_path / "v", "Robin", one, kdf=CHEAP).close()
    VaultFolder.open(tmp_path / "v").unlock(other).close()
    with pytest.raises(VaultError) as refusal:
        VaultFolder.open(tmp_path / "v").unlock(other + " ")
    assert refusal.value.code is Code.WRONG_PASSPHRASE


@pytest.mark.parametrize("phrase", [DIFFERENT[5][1], DIFFERENT[7][1], DIFFERENT[9][1], "\ud800 alone", "\u202eabc"])
def test_odd_phrases_open_what_they_locked(tmp_path: Path, phrase: str) -> None:
    VaultFolder.create(tmp_path / "v", "Robin", phrase, kdf=CHEAP).close()
    VaultFolder.open(tmp_path / "v").unlock(phrase).close()


@pytest.mark.parametrize("phrase", ["", " ", "\u00a0\u3000\t\n"])
def test_nothing_is_no_passphrase(phrase: str) -> None:
    with pytest.raises(VaultError) as refusal:
        normalise(phrase)
    assert refusal.value.code is Code.EMPTY_PASSPHRASE


def test_a_recovery_code_is_not_taken_for_a_passphrase(tmp_path: Path) -> None:
    VaultFolder.create(tmp_path / "v", "Robin", "a quiet phrase of mine", kdf=CHEAP).close()
    with pytest.raises(VaultError) as refusal:
        VaultFolder.open(tmp_path / "v").unlock(new_code().written)
    assert refusal.value.code is Code.WRONG_PASSPHRASE


def test_judging_takes_whatever_is_typed() -> None:
    for _, one, other in (*SAME, *DIFFERENT):
        assert 0 <= strength(one) <= 4 and 0 <= strength(other) <= 4
