"""Estimates of passphrases, and the list that words are drawn from."""

from __future__ import annotations

import math
import re
from pathlib import Path

from app import paths
from app.services.passphrases import LEAST_STRENGTH, SUGGESTED_WORDS, strength, suggest

LIST = paths.resources() / "content" / "words-en.txt"


def test_estimates_follow_the_sense_of_it() -> None:
    assert strength("") == 0
    assert strength("password") == 0
    assert strength("jules2019", ["Jules"]) < LEAST_STRENGTH
    assert strength("amber kettle orchard seven") == 4


def test_the_own_name_is_worth_nothing() -> None:
    assert strength("Marguerite-Anne") > strength("Marguerite-Anne", ["Marguerite-Anne"])


def test_a_very_long_phrase_is_judged_quickly_and_without_error() -> None:
    assert strength("seven lamps " * 200) >= LEAST_STRENGTH


def test_suggestions_are_six_words_of_the_list_and_differ() -> None:
    known = set(LIST.read_text(encoding="utf-8").split())
    drawn = {suggest(LIST) for _ in range(20)}

    assert len(drawn) == 20
    assert all(len(phrase.split()) == SUGGESTED_WORDS and set(phrase.split()) <= known for phrase in drawn)
    assert all(strength(phrase) == 4 for phrase in drawn)


def test_the_list_is_long_enough_and_holds_plain_different_words() -> None:
    words = LIST.read_text(encoding="utf-8").split()

    assert len(words) == len(set(words)) >= 2048
    assert SUGGESTED_WORDS * math.log2(len(words)) >= 66
    assert all(re.fullmatch(r"[a-z]{3,9}", word) for word in words)
    assert words == sorted(words)


def test_another_list_can_be_used(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("leaf\n", encoding="utf-8")

    assert suggest(tmp_path / "one.txt") == "leaf leaf leaf leaf leaf leaf"
