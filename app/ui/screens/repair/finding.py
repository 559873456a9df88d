"""Looking for words in the catalogue: every word must stand somewhere in what a practice says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from app.domain.lettering import Plain, plain

_AROUND: Final = 36
"""Characters shown on either side of a word that was found inside a text."""


def wanted_words(typed: str) -> tuple[str, ...]:
    """The words to look for, folded."""
    return tuple(plain(typed).split())


def holds(parts: Iterable[str], wanted: Sequence[str]) -> bool:
    """Whether each word stands in one of the parts."""
    told = [plain(part) for part in parts]
    return all(any(word in part for part in told) for word in wanted)


def places(words: str, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Where the wanted words stand, as (start, length), in order and without overlaps."""
    return Plain(words).places(wanted)


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
