"""Every letter there is: what the index keeps can be read again, and what is asked meets it in the tokenizer."""

from __future__ import annotations

import sys
import time
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.lettering import (
    CLOSE,
    CUT,
    OPEN,
    Plain,
    asked,
    ends_cut,
    indexed,
    plain,
    restored,
    says_something,
)

_texts = st.text(st.characters(exclude_categories=["Cs", "Co"], exclude_characters=OPEN + CLOSE + CUT), max_size=40)
_UNLETTERED = {0xFFFE, 0xFFFF, 0x1FFFE, 0x1FFFF}
"""Code points that stand for no sign, now or ever."""


def _signs() -> Iterator[str]:
    for code in range(1, sys.maxunicode + 1):
        if unicodedata.category(chr(code)) not in {"Cs", "Co"} and code not in _UNLETTERED | {2, 3, 0x1F}:
            yield chr(code)


def test_every_sign_can_be_read_again() -> None:
    lost = [
        hex(ord(sign)) for sign in _signs() if ord(sign) < 0xF0000 and restored(indexed(f"a{sign}b")) != f"a{sign}b"
    ]
    assert lost == []


@given(_texts)
@example("ｶﾞﾗｽ カ\u3099 e\u0301\u0323 ά\u0345 ﷺ ½ 👩‍❤️‍👩")
@example("\u1100\u1161\u11a8\u0301")
@example("é\u0300\u0301")
@example("\u0301x")
def test_what_is_indexed_can_be_read_again(text: str) -> None:
    assert restored(indexed(text)) == text.translate(dict.fromkeys(_UNLETTERED, " "))


@given(_texts)
def test_what_is_asked_stands_in_what_is_indexed(text: str) -> None:
    """Without the notes behind letters, both are the same: the tokenizer sees no difference."""
    without = "".join(letter for letter in indexed(text) if not 0x300 <= ord(letter) <= 0x331)
    assert without == "".join(letter for letter in asked(text) if not 0x300 <= ord(letter) <= 0x331)


def test_a_text_four_times_as_long_takes_about_four_times_as_long_to_read() -> None:
    def took_s(lines: int) -> float:
        words, best = indexed("שלום e\u0301 👩🏽‍🤝‍👩🏻 \u202eright\u202c line\n" * lines), float("inf")
        for _ in range(3):
            start = time.perf_counter()
            restored(words)
            best = min(best, time.perf_counter() - start)
        return best

    assert took_s(4_000) < 9 * took_s(1_000)


def test_marks_around_words_stay_where_they_are() -> None:
    kept = indexed("Die Straße ﬁnden 手紙")
    marked = kept.replace("Str", f"{OPEN}Str").replace(" fi", f"{CLOSE} {OPEN}fi") + CLOSE
    assert restored(marked) == f"Die {OPEN}Straße{CLOSE} {OPEN}ﬁnden 手紙{CLOSE}"


def test_plain_text_stays_as_it_is() -> None:
    for text in ("A letter, twice: x=3 & <b>", "Ärger, été, Việt", "Письмо на столе", "שלום עולם"):
        assert indexed(text) == text


def test_the_signs_of_the_search_are_not_indexed() -> None:
    assert indexed(f"a{OPEN}b{CLOSE}c{CUT}d") == "a b c d"
    assert asked(f"a{OPEN}b") == "a b"
    assert indexed("a\U000f0041b") == "a b"


@pytest.mark.parametrize(
    ("words", "told"), [("手", True), ("a", True), ("❤", True), ("…", False), ("_", False), ("", False)]
)
def test_whether_anything_is_asked(words: str, told: bool) -> None:
    assert says_something(asked(words)) is told


def test_what_stands_alone_begins_nothing() -> None:
    assert ends_cut(asked("写了"))
    assert not ends_cut(asked("写abc"))
    assert CUT in indexed("a 🌧 b")
    assert CUT not in indexed("a b")


@given(_texts)
def test_places_lie_in_the_text(text: str) -> None:
    looked = Plain(text)
    assert looked.letters == plain(text)
    for word in plain(text).split()[:3]:
        places = looked.places([word])
        assert places
        for start, length in places:
            assert 0 <= start < start + length <= len(text)
            assert word in plain(text[start : start + length])


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("die Straße da", "strasse", "Straße"),
        ("كَتَبْتُ رسالة", "كتبت", "كَتَبْتُ"),
        ("to ﬁnd it", "find", "ﬁnd"),
        ("un cafe\u0301 noir", "cafe", "cafe\u0301"),
        ("昨日手紙を", "手紙", "手紙"),
        ("my ❤️ too", "❤", "❤️"),
        ("Ａｐｒｉｌ", "april", "Ａｐｒｉｌ"),
    ],
)
def test_what_is_found_is_marked_as_written(text: str, wanted: str, found: str) -> None:
    ((start, length),) = Plain(text).places([plain(wanted)])
    assert text[start : start + length] == found
