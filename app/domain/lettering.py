"""Letters of every script as a search compares them: one way to fold and cut words, for indexes and for screens.

The search engine's tokenizer (SQLite FTS5, unicode61) takes an unbroken run of letters for one word, leaves signs and
vowel marks out, and does not know that two ways of writing a letter are one. So text is prepared before it gets there:

- scripts without spaces (Chinese, Japanese, Thai, ...) and symbols are cut into single letters, which a phrase finds
  again anywhere in a text;
- vowel signs that are part of a word, and symbols, become letters: moved by a fixed distance into the private planes;
- marks that one may leave out (accents, Arabic and Hebrew vowels, joiners) and other forms of the same letters
  (full width, ligatures) are folded, and what stood there is written behind the letter in combining marks the tokenizer
  drops. So the very text can be read from the index again.

What is asked is folded and cut the same way, without the notes behind letters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

CUT: Final = "\x1f"
"""Stands in the index around letters of scripts without spaces and around symbols; the tokenizer takes it for a gap."""
OPEN: Final = "\x02"
CLOSE: Final = "\x03"
"""Marks around a found word; like `CUT`, a text that holds them is indexed with spaces instead."""

_DROPPED: Final = "".join(
    chr(code)
    for first, last in (
        (0x300, 0x304), (0x306, 0x30C), (0x30F, 0x30F), (0x311, 0x311), (0x31B, 0x31B), (0x323, 0x328),
        (0x32D, 0x32E), (0x330, 0x331),
    )
    for code in range(first, last + 1)
)  # fmt: skip
"""Combining marks that unicode61 takes into a word and then drops (its own table; a test holds them against it)."""
_BASE: Final = len(_DROPPED)
_NOTE: Final = 5
"""A note: how many letters stand for the one that was written, then its code point in four digits."""
_FAR: Final = 0xE0000
_FAR_NOTED: Final = 0x33000
_PLANE: Final = 0xF0000
_TWO_PLANES: Final = 0x20000
_RUN: Final = re.compile(f"[{_DROPPED}]+")
_PREPARED: Final = re.compile(f"[{CUT}{_DROPPED}\U000f0000-\U0010fffd]")
_HALF_WIDTH_MARKS: Final = re.compile("[\uff9e\uff9f]")
_JAMO: Final = range(0x1160, 0x1200)
_SAYS: Final = re.compile(r"[^\W_]|[\ue000-\uf8ff\U000f0000-\U0010fffd]")

_OPTIONAL: Final = (
    (0x300, 0x36F), (0x483, 0x487), (0x591, 0x5C7), (0x610, 0x61A), (0x640, 0x640), (0x64B, 0x65F), (0x670, 0x670),
    (0x6D6, 0x6ED), (0x711, 0x711), (0x730, 0x74A), (0x7EB, 0x7F3), (0x816, 0x82D), (0x8CA, 0x8FF), (0x135D, 0x135F),
    (0x180B, 0x180F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFB1E, 0xFB1E), (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F), (0xE0100, 0xE01EF),
)  # fmt: skip
"""Marks one may write or leave out, and the Arabic stretch."""
_UNSPACED: Final = (
    (0xE00, 0xEFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x1950, 0x19FF), (0x1A20, 0x1AAF),
    (0x1B00, 0x1B7F), (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3031, 0x303C), (0x3040, 0x31FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA000, 0xA4CF), (0xA960, 0xA97F), (0xA980, 0xA9FF), (0xAA00, 0xAADF),
    (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0x11700, 0x1174F), (0x12000, 0x143FF), (0x16FE0, 0x18D7F), (0x1AFF0, 0x1B2FF),
    (0x20000, 0x323AF),
)  # fmt: skip
"""Scripts that leave no gap between words; Korean too, whose particles stand at the word itself."""
_ALIKE: Final = {
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
    "đ": "d", "Đ": "d", "ı": "i", "ʒ": "z", "ʻ": "", "ʼ": "",
}  # fmt: skip
"""Letters that people type as others where a keyboard does not have them."""
_KNOWN_LATIN: Final = ((0, 0x1DF), (0x1E4, 0x1ED), (0x1F0, 0x1FB), (0x200, 0x24F), (0x1E00, 0x1EFF))
"""Where the tokenizer itself leaves accents out."""
_NEWER_CAPITALS: Final = 0x528
"""From here on the tokenizer does not know every capital."""


def _within(code: int, ranges: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(ranges, (code, 0x110000)) - 1
    return place >= 0 and ranges[place][0] <= code <= ranges[place][1]


def _is_unspaced(code: int) -> bool:
    return _within(code, _UNSPACED)


def _is_mark_to_drop(letter: str, category: str) -> bool:
    if category == "Cf":
        return letter != "\u200b"  # the gap that is not seen, which Khmer and Thai put between words
    return category[0] in "ML" and _within(ord(letter), _OPTIONAL)


def _moved(letter: str) -> str:
    code = ord(letter)
    if code >= _TWO_PLANES:
        return letter
    return chr(_PLANE + code) if code & 0xFFFE != 0xFFFE else " "


def _bare(letter: str) -> str:
    """A letter as it is asked for."""
    if letter in {OPEN, CLOSE, CUT}:
        return " "
    category, code = unicodedata.category(letter), ord(letter)
    if category == "Co" and code >= _PLANE:
        return " "
    if letter in _ALIKE or _is_mark_to_drop(letter, category):
        return _ALIKE.get(letter, "")
    if category in {"So", "Sm", "Sc", "Cn"} and code > 0x7F and letter != "\u2044":  # the slash of a fraction
        return f"{CUT}{_moved(letter)}{CUT}"
    if category[0] == "M" or 0x19B0 <= code <= 0x19C9 or 0x1CF2 <= code <= 0x1CF3:
        return f"{CUT}{_moved(letter)}{CUT}" if _is_unspaced(code) else _moved(letter)
    return _bare_letter(letter, code) if category[0] in "LN" else letter


def _bare_letter(letter: str, code: int) -> str:
    same = unicodedata.normalize("NFKC", letter)
    if same != letter and not 0x3131 <= code <= 0x318E:
        return "".join(map(_bare, same))
    if _is_unspaced(code):
        return f"{CUT}{letter}{CUT}"
    if _within(code, _KNOWN_LATIN):
        return letter
    apart = unicodedata.normalize("NFD", letter)
    if len(apart) > 1:
        return "".join(map(_bare, apart))
    small = letter.lower()
    return "".join(map(_bare, small)) if code >= _NEWER_CAPITALS and small != letter else letter


def _kept(letter: str) -> str:
    """A letter as it is indexed: as it is asked for, with a note of what was written where that would be lost."""
    bare = _bare(letter)
    if bare.strip(CUT) in {letter, _moved(letter)} or letter in {OPEN, CLOSE, CUT} or ord(letter) >= _PLANE:
        return bare
    apart = unicodedata.normalize("NFD", letter)
    if apart[0] == bare and len(apart) <= _NOTE and all(mark in _DROPPED for mark in apart[1:]):
        return apart
    return _noted(bare, letter)


def _noted(bare: str, written: str) -> str:
    """Letters as they are asked for, and behind the last of them what stood there."""
    inner = bare.rstrip(CUT)
    letters = len(inner) - inner.count(CUT)
    notes = "".join(_note(0 if place else letters, ord(letter)) for place, letter in enumerate(written))
    return inner + notes + bare[len(inner) :]


def _note(letters: int, code: int) -> str:
    value = code if code < _FAR else code - _FAR + _FAR_NOTED
    digits = [letters]
    for power in (3, 2, 1, 0):
        digits.append(value // _BASE**power % _BASE)
    return "".join(_DROPPED[digit] for digit in digits)


class _Letters(dict[int, str]):
    """A table for `str.translate` that works out each letter once."""

    def __init__(self, each: Callable[[str], str]) -> None:
        super().__init__()
        self._each = each

    def __missing__(self, code: int) -> str:
        self[code] = made = self._each(chr(code))
        return made


_BARE: Final = _Letters(_bare)
_KEPT: Final = _Letters(_kept)
_BACK: Final = _Letters(lambda letter: chr(ord(letter) - _PLANE) if ord(letter) >= _PLANE else letter)


def indexed(text: str) -> str:
    """A text as the search index keeps it; `restored` reads it again."""
    if _is_one_to_one(text):
        return text.translate(_KEPT)
    return "".join(_kept_together(part) for part in _clusters(text))


def asked(text: str) -> str:
    """Words somebody looks for, as the index knows them. Empty or without a word where there is nothing to look for."""
    if _is_one_to_one(text):
        return text.translate(_BARE)
    return "".join(_composed(part).translate(_BARE) for part in _clusters(text))


def says_something(words: str) -> bool:
    """Whether there is anything in what `asked` made that an index can find."""
    return _SAYS.search(words) is not None


def ends_cut(words: str) -> bool:
    """Whether what `asked` made ends with a letter that stands alone: it cannot be the beginning of a longer word."""
    return words.endswith(CUT)


def restored(words: str) -> str:
    """What was written, from what the index keeps; marks around found words stay where they are."""
    if not _PREPARED.search(words):
        return words
    words, letters, end = words.replace(CUT, ""), list[str](), 0
    for run in _RUN.finditer(words):
        letters += words[end : run.start()]
        _read_notes(letters, run.group())
        end = run.end()
    return ("".join(letters) + words[end:]).translate(_BACK)


def _read_notes(letters: list[str], run: str) -> None:
    """Change the last of the letters by what is noted behind them; of a long list only the end is seen."""
    accents = len(run) % _NOTE
    if accents:
        letters[-1:] = unicodedata.normalize("NFC", "".join(letters[-1:]) + run[:accents])
    for start in range(accents, len(run), _NOTE):
        count, *digits = (_DROPPED.index(mark) for mark in run[start : start + _NOTE])
        value = sum(digit * _BASE**power for digit, power in zip(digits, (3, 2, 1, 0), strict=True))
        code = value if value < _FAR_NOTED else value - _FAR_NOTED + _FAR
        _replace_last(letters, count, chr(code))


def _replace_last(letters: list[str], count: int, written: str) -> None:
    marks: list[str] = []
    while count and letters:
        sign = letters.pop()
        if sign in {OPEN, CLOSE}:
            marks.append(sign)
        else:
            count -= 1
    letters += [written, *reversed(marks)]


def _is_one_to_one(text: str) -> bool:
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not _HALF_WIDTH_MARKS.search(text))


def _clusters(text: str) -> Iterator[str]:
    """Each letter with the marks that belong to it."""
    start = 0
    for place, letter in enumerate(text):
        if place > start and not (unicodedata.combining(letter) or ord(letter) in _JAMO or letter in "\uff9e\uff9f"):
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


def _composed(cluster: str) -> str:
    form = "NFKC" if _HALF_WIDTH_MARKS.search(cluster) else "NFC"
    return unicodedata.normalize(form, cluster)  # type: ignore[arg-type]  # one of the two names above


def _kept_together(cluster: str) -> str:
    composed = _composed(cluster)
    return cluster.translate(_KEPT) if composed == cluster else _noted(composed.translate(_BARE), cluster)


class Plain:
    """A text folded for looking in it here: which of its letters each folded letter stands for."""

    def __init__(self, text: str) -> None:
        self.letters = plain(text)
        self._starts: Sequence[int] = range(len(text))
        self._end = len(text)
        if len(self.letters) != len(text) or not _is_one_to_one(text):
            self._starts = tuple(_starts(text))

    def places(self, wanted: Iterable[str]) -> list[tuple[int, int]]:
        """Where folded words stand in the text as written: (start, length), in order and without overlaps."""
        merged: list[tuple[int, int]] = []
        for start, end in sorted(self._found(wanted)):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], end))
            else:
                merged.append((start, end))
        return [(start, end - start) for start, end in merged]

    def _found(self, wanted: Iterable[str]) -> Iterator[tuple[int, int]]:
        for word in filter(None, wanted):
            at = self.letters.find(word)
            while at >= 0:
                last = at + len(word) - 1
                yield self._starts[at], self._ends(last)
                at = self.letters.find(word, last + 1)

    def _ends(self, place: int) -> int:
        """Where the written letter ends that a folded one belongs to, with the marks behind it."""
        following = bisect_right(self._starts, self._starts[place])
        return self._starts[following] if following < len(self._starts) else self._end


def plain(text: str) -> str:
    """Letters without case, accents and other things that make no other word; for comparing, not for showing."""
    if _is_one_to_one(text):
        return text.translate(_PLAIN)
    return "".join(_folded(part) for part in _clusters(text))


def _starts(text: str) -> Iterator[int]:
    place = 0
    for part in _clusters(text):
        yield from [place] * len(plain(part))
        place += len(part)


def _folded(cluster: str) -> str:
    bare = _composed(cluster).translate(_BARE).replace(CUT, "").translate(_BACK)
    apart = unicodedata.normalize("NFD", bare.casefold())
    return "".join(letter for letter in apart if not _within(ord(letter), _OPTIONAL))


_PLAIN: Final = _Letters(_folded)
