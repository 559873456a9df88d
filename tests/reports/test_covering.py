from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.covering import BLOCK, COVERED, Cover, fold
from tests.reports.builders import WORDS, summary


@pytest.mark.parametrize(
    "text",
    [
        "Renée came", "RENÉE came", "renee came", "Rene\u0301e came", "Ren\u00ade\u0301e came", "Re\u200bnée came",
        "\uff32\uff45\uff4e\uff45\uff45 came", "(Renée) came", "'Renée' came", "Renée1979 came", "_renee_ came",
    ],
)  # fmt: skip
def test_every_spelling_of_a_word_goes(text: str) -> None:
    marked = Cover(words=("Renée",)).mark(text)
    assert "ren" not in fold(marked).text
    assert marked.endswith(" came") and COVERED in marked


@pytest.mark.parametrize("tail", ["'s", "\u2019s", "s'", "'", "s"])
def test_a_possessive_ending_stays(tail: str) -> None:
    assert Cover(words=("Renate",)).mark(f"Hearing Renate{tail} name") == f"Hearing {COVERED}{tail} name"


def test_words_inside_other_words_stay() -> None:
    assert Cover(words=("Al", "Rose")).mark("Also prose, Al rose") == f"Also prose, {COVERED} {COVERED}"


def test_phrases_match_across_lines_and_odd_spaces() -> None:
    cover = Cover(words=("Hotel du Nord", "Jean\u2010Luc"))
    assert cover.mark("at Hotel\u00a0du\n  Nord with Jean-Luc") == f"at {COVERED} with {COVERED}"


def test_names_become_initials_whole_and_in_parts() -> None:
    cover = Cover(names=("Noa Levi", "Jules"))
    assert cover.mark("Noa Levi rang Jules. noa's coat. Ms Levi") == "N. L. rang J.. N.'s coat. Ms L."


def test_a_covered_word_wins_over_a_name() -> None:
    assert Cover(words=("Noa",), names=("Noa",)).mark("Noa") == COVERED


def test_overlapping_matches_leave_nothing_sticking_out() -> None:
    assert Cover(words=("Anna Bell", "Bell Street")).mark("from Anna Bell Street home") == f"from {COVERED} home"


@pytest.mark.parametrize(
    "number",
    ["+44 20 7946 0958", "(030) 901820-45", "0171/1234567", "555 010 9999", "06.12.34.56.78", "+1-202-555-0143",
     "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667"],
)  # fmt: skip
def test_phone_numbers_go(number: str) -> None:
    marked = Cover(phones=True).mark(f"ring {number} at nine")
    assert marked == f"ring {COVERED} at nine"


@pytest.mark.parametrize("kept", ["2026-05-14", "14.05.2026", "14/5/2026", "2019-2023", "11 of 12", "20:30", "1 2 3 4"])
def test_days_times_and_counts_are_no_phone_numbers(kept: str) -> None:
    assert Cover(phones=True).mark(f"on {kept} then") == f"on {kept} then"


def test_a_planted_mark_is_no_covered_place() -> None:
    assert Cover().mark(f"a{COVERED}b") == "ab"
    assert Cover(words=("noa",)).mark(f"n{COVERED}oa") == COVERED


def test_an_empty_word_covers_nothing() -> None:
    assert Cover(words=("", "  "), names=("", " ")).mark("as it was") == "as it was"


def test_plain_form_for_charts() -> None:
    assert Cover(words=("Renate",)).plain("Renate rang") == f"{BLOCK} rang"


def test_every_text_of_a_summary_is_covered_but_its_labels() -> None:
    whole = summary(chart_alt="Renate and safety", trigger_note="Renate again", lang="en")
    covered = Cover(words=("Renate", "Felt safety")).apply(whole)
    assert "Renate" not in repr(covered)
    assert covered.words is whole.words and covered.words.felt_safety == WORDS.felt_safety
    assert covered.chart == whole.chart and covered.made_on == whole.made_on


WORD = st.text(st.characters(categories=["L"]), min_size=3, max_size=9).filter(lambda w: fold(w).text.isalpha())


@given(word=WORD, before=st.text(max_size=20), after=st.text(max_size=20))
def test_no_whole_word_survives_whatever_stands_around_it(word: str, before: str, after: str) -> None:
    cover = Cover(words=(word,))
    marked = cover.mark(f"{before} {word} {after}")
    assert COVERED in marked
    assert cover.mark(marked).count(COVERED) == 0 or fold(word).text in fold(marked.replace(COVERED, "")).text
    left = fold(marked.replace(COVERED, " | ")).text
    assert fold(word).text not in left.split(" ")


@given(st.text(max_size=60))
def test_folding_remembers_where_each_letter_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origin)
    assert all(0 <= at < len(text) for at in folded.origin)
    assert list(folded.origin) == sorted(folded.origin)


@given(st.text(max_size=80))
def test_nothing_to_cover_changes_nothing(text: str) -> None:
    assert Cover().mark(text) == text.replace(COVERED, "")
