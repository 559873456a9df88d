"""Words that guard or push away are found as whole wordings, wherever apostrophes, spaces and capitals differ."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.fields import Option
from app.domain.gentle import GentleWords
from tests.fixtures.session import shipped_content

GUARDED = GentleWords(shipped_content().list("guarded_words").items)
STATEMENT = GentleWords(shipped_content().list("statement_words").items)


@pytest.mark.parametrize(
    ("words", "text", "items"),
    [
        (GUARDED, "I am sorry, but you started", ["but"]),
        (GUARDED, "BUT", ["but"]),
        (GUARDED, "butter and rebuttal", []),
        (GUARDED, "There was nothing but rain", []),
        (GUARDED, "I didn't mean to; I didn\u2019t  mean\nto", ["didnt_mean", "didnt_mean"]),
        (GUARDED, "you always say", ["you_always"]),
        (GUARDED, "I will never do it again", []),
        (STATEMENT, "You make me angry when you never call", ["you_make_me", "never"]),
        (STATEMENT, "you should, I should", ["you_should", "should"]),
        (STATEMENT, "When the door is shut, I feel small.", []),
        (STATEMENT, "", []),
    ],
)
def test_wordings_are_found(words: GentleWords, text: str, items: list[str]) -> None:
    assert [mark.item for mark in words.find(text)] == items


@given(st.text(max_size=200))
def test_places_are_places_in_the_text_itself(text: str) -> None:
    for mark in GUARDED.find(text + " But " + text):
        piece = (text + " But " + text)[mark.start : mark.start + mark.length]
        assert len(piece) == mark.length
        assert mark.line
    assert any(mark.item == "but" for mark in GUARDED.find(text + " . But . "))


def test_an_empty_list_finds_nothing() -> None:
    assert GentleWords(()).find("but") == ()
    assert GentleWords((Option("x", "x"),)).find("a x b")[0].start == 2


def test_every_wording_of_the_pack_is_found_and_says_something() -> None:
    for name in ("guarded_words", "statement_words"):
        items = shipped_content().list(name).items
        words = GentleWords(items)
        for item in items:
            assert item.line
            for wording in (item.label, *item.also):
                assert words.find(f"So {wording} now"), wording
            for fine in item.unless:
                assert not any(mark.item == item.id for mark in words.find(f"So {fine} now")), fine


def test_a_long_paragraph_is_looked_through_in_a_moment() -> None:
    text = "the rain on the roof and the quiet street " * 450
    before = time.perf_counter()
    GUARDED.find(text)
    assert time.perf_counter() - before < 0.1
