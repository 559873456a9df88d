"""Looking for words in the catalogue: every word must stand somewhere in what a practice says of itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from typing_extensions import override

_AROUND: Final = 36
"""Characters shown on either side of a word that was found inside a text."""


class _Folds(dict[int, str]):
    """Which letter stands for which; each is looked up once, as the whole catalogue is read with every key."""

    @override
    def __missing__(self, point: int) -> str:
        letter = chr(point)
        self[point] = plain = unicodedata.normalize("NFD", letter.casefold())[:1] or letter
        return plain


_FOLDS: Final = _Folds()


def folded(words: str) -> str:
    """Letters without case and accents, one for one, so that places stay the same."""
    return words.translate(_FOLDS)


def wanted_words(typed: str) -> tuple[str, ...]:
    """The words to look for, folded."""
    return tuple(folded(typed).split())


def holds(parts: Iterable[str], wanted: Sequence[str]) -> bool:
    """Whether each word stands in one of the parts."""
    told = [folded(part) for part in parts]
    return all(any(word in part for part in told) for word in wanted)


def places(words: str, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Where the wanted words stand, as (start, length), in order and without overlaps."""
    told, found = folded(words), []
    for word in wanted:
        at = told.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = told.find(word, at + len(word))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return [(start, end - start) for start, end in merged]


def snippet(parts: Iterable[str], wanted: Sequence[str]) -> str:
    """A few words around the first place that holds one of the wanted words; empty where none does."""
    for part in parts:
        found = places(part, wanted)
        if found:
            start, end = found[0][0] - _AROUND, found[0][0] + found[0][1] + _AROUND
            left = part.rfind(" ", 0, max(start, 0)) + 1 if start > 0 else 0
            right = part.find(" ", end) if end < len(part) else -1
            cut = part[left : right if right >= 0 else len(part)]
            return f"{'… ' if left else ''}{cut}{' …' if right >= 0 else ''}"
    return ""
