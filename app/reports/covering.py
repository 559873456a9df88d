"""Taking words out of a summary before anything is drawn, so that no file can hold them.

A covered place becomes one character, `COVERED`, of no length of its own: neither the word nor its size remains.
Matching ignores case, accents, invisible characters and the kind of apostrophe, hyphen or space, and keeps to whole
words, with a possessive ending left standing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import msgspec

from app.reports.summary import Summary, Words

COVERED = "\ue0c0"
"""One private-use character per covered place; removed from every text before it is used."""

BLOCK = "\u25a0\u25a0\u25a0"
"""How a covered place is written where only plain text is possible."""

_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u02b9\uff07\u00b4`"), "'")
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\ufe63\uff0d"), "-")
_POSSESSIVE = r"(?='?s?(?![^\W\d_]))"
_NOT_INSIDE = r"(?<![^\W\d_])"
_PHONE = re.compile(r"(?<![\w+])(?:\+|00)?[(\[]?\d(?:[\s().\-/\u2010-\u2013]{0,3}\d){6,16}(?!\w)")
_DATE = re.compile(
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}"
    r"|\d{1,2}[-./]\s?\d{1,2}[-./]\s?\d{4}"
    r"|(?:1[89]|20)\d\d\s?[-\u2013]\s?(?:1[89]|20)\d\d"
)
"""Eight digits that are a day or a span of years, not a telephone number."""

_MARKS = frozenset({"Mn", "Me", "Cf"})
"""Unicode categories that belong to the character before them or to nothing visible."""

_FIXED = frozenset({"lang", "paper"})
_Part = TypeVar("_Part", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as it is compared: `text` folded, and for each folded character where it came from."""

    text: str
    origin: tuple[int, ...]


def fold(text: str) -> _Folded:
    """Case, accents, width, apostrophes, hyphens and runs of space made equal, remembering where each came from."""
    letters: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(text):
        if char.isspace():
            plain = "" if letters and letters[-1] == " " else " "
        else:
            plain = unicodedata.normalize("NFKD", char).translate(_APOSTROPHES).translate(_HYPHENS).casefold()
        for letter in unicodedata.normalize("NFD", plain):
            if unicodedata.category(letter) not in _MARKS:
                letters.append(letter)
                origin.append(at)
    return _Folded("".join(letters), tuple(origin))


@dataclass(frozen=True)
class Cover:
    """What to take out: `words` are covered, `names` become initials, `phones` covers telephone numbers.

    A name of several words is replaced as a whole and in its parts; the longest match wins.
    """

    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    phones: bool = False

    def mark(self, text: str) -> str:
        """The text with every covered place as one `COVERED` and every name as its initials."""
        text = text.replace(COVERED, "")
        spans = [*self._words_in(text), *(self._phones_in(text) if self.phones else ())]
        return _replaced(text, spans)

    def plain(self, text: str) -> str:
        """The text for places that cannot draw a box: covered places as small squares."""
        return self.mark(text).replace(COVERED, BLOCK)

    def apply(self, summary: Summary) -> Summary:
        """The same summary without the covered words, in every text but the program's own labels."""
        return _walked(summary, self)

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        rules = {_key(word): COVERED for word in self.words}
        for name in self.names:
            for part, initials in _initials(name):
                rules.setdefault(_key(part), initials)
        rules.pop("", None)
        ordered = sorted(rules.items(), key=lambda rule: len(rule[0]), reverse=True)
        return tuple((re.compile(_NOT_INSIDE + re.escape(key) + _POSSESSIVE), new) for key, new in ordered)

    def _words_in(self, text: str) -> Iterable[tuple[int, int, str]]:
        folded = fold(text)
        for pattern, new in self._patterns:
            for found in pattern.finditer(folded.text):
                begin = folded.origin[found.start()]
                yield begin, _end(text, folded, found.end()), new

    def _phones_in(self, text: str) -> Iterable[tuple[int, int, str]]:
        for found in _PHONE.finditer(text):
            if not _DATE.fullmatch(found.group().strip()):
                yield found.start(), found.end(), COVERED


def _key(word: str) -> str:
    return fold(word).text.strip()


def _initials(name: str) -> list[tuple[str, str]]:
    """A name and its parts with what stands for them: "Noa Levi" gives "N. L.", "N." and "L."."""
    parts = name.split()
    each = [(part, f"{part[0].upper()}.") for part in parts if len(part) > 1]
    return [(name, " ".join(short for _, short in each)), *each] if len(each) > 1 else each


def _end(text: str, folded: _Folded, stop: int) -> int:
    """Where a match ends in the original: after its last character and the marks that belong to it."""
    end = folded.origin[stop - 1] + 1
    while end < len(text) and unicodedata.category(text[end]) in _MARKS:
        end += 1
    return end


def _replaced(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """Apply replacements from left to right.

    One that lies inside an earlier one is already done; one that overlaps makes the two a single covered place, so
    that nothing sticks out.
    """
    taken: list[tuple[int, int, str]] = []
    for span in spans:
        clash = [one for one in taken if one[0] < span[1] and span[0] < one[1]]
        if any(one[0] <= span[0] and span[1] <= one[1] for one in clash):
            continue
        if clash:
            taken = [one for one in taken if one not in clash]
            both = [*clash, span]
            taken.append((min(one[0] for one in both), max(one[1] for one in both), COVERED))
        else:
            taken.append(span)
    out: list[str] = []
    at = 0
    for begin, end, new in sorted(taken):
        out += [text[at:begin], new]
        at = end
    return "".join([*out, text[at:]])


def _walked(part: _Part, cover: Cover) -> _Part:
    """A frozen value with every text in it marked; the program's own labels and bytes are left alone."""
    names = [name for name in part.__struct_fields__ if name not in _FIXED]
    return msgspec.structs.replace(part, **{name: _marked(getattr(part, name), cover) for name in names})


def _marked(value: object, cover: Cover) -> object:
    if isinstance(value, str):
        return cover.mark(value)
    if isinstance(value, tuple):
        return tuple(_marked(item, cover) for item in value)
    if isinstance(value, msgspec.Struct) and not isinstance(value, Words):
        return _walked(value, cover)
    return value
