"""What changed between two saved states of a record, question by question: words by words, chosen things by things.

Nothing here is a sentence: a screen puts the labels around it. Every difference holds both sides whole, so that either
state can be read from the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

import msgspec

from app.domain.fields import Field, FieldType, Kind
from app.domain.records import Body

PAIRS = 120_000
"""How many equal pairs of words (or sentences) one comparison may look at. It bounds the time: a text of 50,000 words
against another takes less than 200 ms; what lies beyond is shown as one stretch taken out and one put in."""

_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0670\u200c\u200d"
"""Signs that belong to the letter before them (accents, vowel points, joiners): a word is never cut in front of one."""
_WORD = re.compile(rf"\s+|[\w{_MARKS}]+(?:['’][\w{_MARKS}]+)*|[^\w\s{_MARKS}]+")
_SENTENCE = re.compile(r"[^.?!…\n]*(?:[.?!…]+['\"”’»)]*\s*|\n\s*|$)")

_SETS = frozenset({FieldType.CHIPS, FieldType.PEOPLE, FieldType.LIST, FieldType.TABLE})


class Op(StrEnum):
    """What happened to a stretch of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Run(msgspec.Struct, frozen=True):
    """A stretch of words that share one fate."""

    op: Op
    words: str


class FieldDifference(msgspec.Struct, frozen=True):
    """One question answered differently. `before` and `after` are the whole answers as a body holds them.

    `runs` are there where both sides are written words, `added` and `removed` where the answer is a set of things:
    items, or keys of a mapping. A key whose value alone changed (a chip with another grade) is in neither.
    """

    field: str
    before: object
    after: object
    runs: tuple[Run, ...] = ()
    added: tuple[object, ...] = ()
    removed: tuple[object, ...] = ()


def differences(kind: Kind, before: Body | None, after: Body | None) -> tuple[FieldDifference, ...]:
    """Every question of a kind that the two states answer differently, in the order of the form.

    Args:
        kind: the declaration of both.
        before: the earlier state; None counts as nothing answered.
        after: the later one; None likewise.
    """
    found = []
    for field in kind.fields:
        first, second = (getattr(body, field.id, None) for body in (before, after))
        if first != second:
            found.append(_difference(field, first, second))
    return tuple(found)


def applied(body: Body, found: Iterable[FieldDifference]) -> Body:
    """The later state, made from the earlier one."""
    return msgspec.structs.replace(body, **{part.field: part.after for part in found})


def reverted(body: Body, found: Iterable[FieldDifference]) -> Body:
    """The earlier state, made from the later one."""
    return msgspec.structs.replace(body, **{part.field: part.before for part in found})


def compare_words(before: str, after: str) -> tuple[Run, ...]:
    """Two texts as stretches that stayed, went and came.

    Sentences are matched first, then the words of what stands between matching ones: an edit at both ends of a long
    text reads as two small edits. The stretches without `ADDED` are exactly `before`, those without `REMOVED` exactly
    `after`.
    """
    return _joined(_Comparison().texts(before, after))


def text_of(runs: Iterable[Run], *, without: Op) -> str:
    """One side of a comparison: `without=Op.ADDED` is the earlier text, `without=Op.REMOVED` the later one."""
    return "".join(run.words for run in runs if run.op is not without)


def _difference(field: Field, before: object, after: object) -> FieldDifference:
    if isinstance(before, str) and isinstance(after, str) and field.is_free_text:
        return FieldDifference(field.id, before, after, runs=compare_words(before, after))
    if isinstance(before, Mapping) or isinstance(after, Mapping) or field.type in _SETS:
        first, second = _things(before), _things(after)
        added = tuple(thing for thing in second if thing not in first)
        removed = tuple(thing for thing in first if thing not in second)
        return FieldDifference(field.id, before, after, added=added, removed=removed)
    return FieldDifference(field.id, before, after)


def _things(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (Mapping, tuple, list)) else ()


class _Comparison:
    """One comparison with its allowance of pairs: spent by every part, so that many parts cost no more than one."""

    def __init__(self) -> None:
        self._left = PAIRS

    def texts(self, before: str, after: str) -> list[Run]:
        return self._parts(_SENTENCE.findall(before), _SENTENCE.findall(after), self._sentences)

    def _sentences(self, before: Sequence[str], after: Sequence[str]) -> list[Run]:
        return self._parts(_WORD.findall("".join(before)), _WORD.findall("".join(after)), _exchange)

    def _parts(self, before: Sequence[str], after: Sequence[str], replaced: _Replaced) -> list[Run]:
        """Runs of two sequences of parts; `replaced` says how a stretch against another is told."""
        start = _common(before, after)
        end = _common(before[start:][::-1], after[start:][::-1])
        first, second = before[start : len(before) - end], after[start : len(after) - end]
        runs = [Run(Op.SAME, "".join(before[:start]))]
        if first and second and self._affords(first, second):
            matcher = SequenceMatcher(_is_filler, first, second, autojunk=False)
            for tag, low, high, from_, to in matcher.get_opcodes():
                if tag == "equal":
                    runs.append(Run(Op.SAME, "".join(first[low:high])))
                else:
                    runs += _between(first[low:high], second[from_:to], replaced)
        else:
            runs += _between(first, second, replaced)
        return [*runs, Run(Op.SAME, "".join(before[len(before) - end :]))]

    def _affords(self, before: Sequence[str], after: Sequence[str]) -> bool:
        counts = Counter(after)
        pairs = sum(times * counts[part] for part, times in Counter(before).items() if not _is_filler(part))
        if pairs > self._left:
            return False
        self._left -= pairs
        return True


def _is_filler(part: str) -> bool:
    """Blanks and points match next to words that match, never by themselves: they are everywhere."""
    return not any(sign.isalnum() for sign in part)


def _between(before: Sequence[str], after: Sequence[str], replaced: _Replaced) -> list[Run]:
    return replaced(before, after) if before and after else _exchange(before, after)


def _exchange(before: Sequence[str], after: Sequence[str]) -> list[Run]:
    return [Run(Op.REMOVED, "".join(before)), Run(Op.ADDED, "".join(after))]


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    """How many parts both begin with."""
    return next(
        (place for place, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        min(len(before), len(after)),
    )


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs as they are read: what went before what came, and no islands of blanks between two changes."""
    told: list[Run] = []
    gone = come = held = ""
    for run in (run for run in runs if run.words):
        if run.op is Op.SAME:
            if (gone or come) and not held and not run.words.strip():
                held = run.words
                continue
            told += _told(gone, come)
            told = _same(told, held + run.words)
            gone = come = held = ""
            continue
        gone += held + (run.words if run.op is Op.REMOVED else "")
        come += held + (run.words if run.op is Op.ADDED else "")
        held = ""
    return tuple(_same([*told, *_told(gone, come)], held))


def _told(gone: str, come: str) -> list[Run]:
    return [run for run in (Run(Op.REMOVED, gone), Run(Op.ADDED, come)) if run.words]


def _same(runs: list[Run], words: str) -> list[Run]:
    if runs and runs[-1].op is Op.SAME:
        return [*runs[:-1], Run(Op.SAME, runs[-1].words + words)]
    return [*runs, Run(Op.SAME, words)] if words else runs


_Replaced = Callable[[Sequence[str], Sequence[str]], list[Run]]
