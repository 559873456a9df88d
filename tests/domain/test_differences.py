"""What changed between two states: both sides are in it whole, for any kind, and long texts cost a moment."""

from __future__ import annotations

import itertools
import random
import time
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.differences import Op, Run, applied, compare_words, differences, reverted, text_of
from tests.domain.answers import AWKWARD, answers_of, texts
from tests.fixtures.session import kind_ids, shipped_kinds

KINDS = shipped_kinds()
LONG = 50_000


@st.composite
def _edited(draw: st.DrawFn) -> tuple[str, str]:
    """A text and the same after a few edits."""
    words = draw(st.lists(st.sampled_from(("a", "the", "night", "waited. ", "\n", " ", "I", *AWKWARD)), max_size=30))
    again = list(words)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(again)))
        again[place : place + draw(st.integers(0, 3))] = draw(st.lists(st.sampled_from(("new", " ", ". ")), max_size=3))
    return "".join(words), "".join(again)


@given(_edited() | st.tuples(texts, texts) | st.tuples(st.just(""), texts))
def test_both_texts_can_be_read_from_the_difference(pair: tuple[str, str]) -> None:
    before, after = pair
    runs = compare_words(before, after)
    assert text_of(runs, without=Op.ADDED) == before
    assert text_of(runs, without=Op.REMOVED) == after
    assert all(run.words for run in runs)
    assert all(one.op is not two.op for one, two in itertools.pairwise(runs))
    assert (len(runs) <= 1 and all(run.op is Op.SAME for run in runs)) == (before == after)


@given(st.data(), st.sampled_from(kind_ids()))
def test_either_state_of_any_kind_is_made_from_the_other(data: st.DataObject, kind: str) -> None:
    declared = KINDS.declared(kind)
    before = KINDS.parse(kind, data.draw(answers_of(declared)))
    after = KINDS.parse(kind, data.draw(answers_of(declared)))
    found = differences(declared, before, after)
    assert applied(before, found) == after
    assert reverted(after, found) == before
    assert [part.field for part in found] == [f.id for f in declared.fields if f.id in {p.field for p in found}]
    assert differences(declared, after, after) == ()


def test_words_are_matched_one_by_one_and_blanks_are_no_islands() -> None:
    runs = compare_words("I waited at the window all night.", "I waited at a different window all night.")
    assert runs == (
        Run(Op.SAME, "I waited at "),
        Run(Op.REMOVED, "the"),
        Run(Op.ADDED, "a different"),
        Run(Op.SAME, " window all night."),
    )
    assert compare_words("one two", "three four") == (Run(Op.REMOVED, "one two"), Run(Op.ADDED, "three four"))


def test_a_sentence_that_moved_in_leaves_its_neighbours_alone() -> None:
    before = "It was late. I called twice. Nobody came."
    after = "It was late. The rain had begun. I called twice. Nobody came."
    added = [run.words for run in compare_words(before, after) if run.op is Op.ADDED]
    assert [words.strip() for words in added] == ["The rain had begun."]


def test_a_letter_keeps_its_accent() -> None:
    runs = compare_words("caf\u0065\u0301 tonight", "cafe tonight")
    assert runs[0] == Run(Op.REMOVED, "caf\u0065\u0301")


def test_chosen_things_are_told_apart_from_regraded_ones() -> None:
    declared = KINDS.declared("trigger")
    before = KINDS.parse("trigger", {"cue": "x", "body": ["chest", "stomach"], "peak": 5})
    after = KINDS.parse("trigger", {"cue": "x", "body": ["stomach", "jaw"], "peak": 7})
    found = {part.field: part for part in differences(declared, before, after)}
    assert (found["body"].added, found["body"].removed) == (("jaw",), ("chest",))
    assert (found["peak"].before, found["peak"].after) == (5, 7)


def _prose(seed: int, vocabulary: int) -> list[str]:
    chance = random.Random(seed)
    words = [f"word{chance.randrange(vocabulary)}" for _ in range(LONG)]
    return [word + ("." if place % 14 == 13 else "") for place, word in enumerate(words)]


@cache
def _cases() -> dict[str, tuple[str, str]]:
    prose, other = _prose(1, 3_000), _prose(2, 3_000)
    scattered = list(prose)
    for place in range(0, LONG, 250):
        scattered[place] = "changed"
    return {
        "scattered edits": (" ".join(prose), " ".join(scattered)),
        "another text": (" ".join(prose), " ".join(other)),
        "few words, no sentences": (" ".join(_prose(3, 20)).replace(".", ""), " ".join(_prose(4, 20)).replace(".", "")),
        "one word again and again": ("word " * LONG, "word " * (LONG // 2) + "other " + "word " * (LONG // 2)),
        "one letter a line": ("a\n" * LONG, "b\n" + "a\nb\n" * (LONG // 2)),
        "nothing common": ("word " * LONG, "other " * LONG),
    }


@pytest.mark.parametrize("case", sorted(_cases()))
def test_fifty_thousand_words_take_a_moment(case: str) -> None:
    before, after = _cases()[case]
    best_s = 9.0
    for _ in range(3):
        began = time.perf_counter()
        runs = compare_words(before, after)
        best_s = min(best_s, time.perf_counter() - began)
    assert text_of(runs, without=Op.ADDED) == before
    assert text_of(runs, without=Op.REMOVED) == after

    assert best_s < 0.6, "200 ms on a quiet machine"
