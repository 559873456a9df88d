"""Differences between saved states as people read them: labels, dates and numbers in words, long texts in excerpts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.domain.differences import FieldDifference, Op, Run
from app.domain.fields import Field, FieldType, Kind
from app.ui import text
from app.ui.context import Context
from app.ui.models.answers import answered, question_words
from app.ui.text import tr
from app.ui.widgets.difference import ChangedAnswer, Fate, Part

AROUND = 90
"""Letters kept on either side of a change in a long text; what lies farther away is left out."""
MOST = 40
"""Changed stretches shown of one text; how many more there are is said."""

_FATES = {Op.SAME: Fate.SAME, Op.REMOVED: Fate.GONE, Op.ADDED: Fate.NEW}


def changed_answers(kind: Kind, found: Sequence[FieldDifference], ctx: Context) -> tuple[ChangedAnswer, ...]:
    """Every changed question with what went and what came."""
    told = []
    for part in found:
        field = kind.field(part.field)
        if field is not None:
            parts = _parts(kind, field, part, ctx)
            told.append(ChangedAnswer(question_words(field, ctx), parts, long=field.is_free_text))
    return tuple(told)


def _parts(kind: Kind, field: Field, part: FieldDifference, ctx: Context) -> tuple[Part, ...]:
    if part.runs:
        return excerpt(part.runs)
    if field.type in {FieldType.CHIPS, FieldType.PEOPLE, FieldType.LIST} and (part.added or part.removed):
        gone = [_said(kind, field, _only(part.before, item), ctx) for item in part.removed]
        come = [_said(kind, field, _only(part.after, item), ctx) for item in part.added]
        items = [*((Fate.GONE, words) for words in gone), *((Fate.NEW, words) for words in come)]
        return _listed(items)
    before, after = (_said(kind, field, value, ctx) for value in (part.before, part.after))
    if not before and not after:
        return (Part(Fate.SAME, tr("changed")),)
    gone_part = Part(Fate.GONE, before) if before else Part(Fate.SAME, tr("not answered"))
    come_part = Part(Fate.NEW, after) if after else Part(Fate.SAME, tr("left empty"))
    return (gone_part, Part(Fate.SAME, " → "), come_part)


def excerpt(runs: Iterable[Run]) -> tuple[Part, ...]:
    """A text around its changes: unchanged stretches are cut to what stands next to a change."""
    known = list(runs)
    parts: list[Part] = []
    changes = 0
    for place, run in enumerate(known):
        if run.op is not Op.SAME:
            changes += 1
            if changes <= MOST:
                parts.append(Part(_FATES[run.op], run.words))
        elif changes < MOST:
            parts.append(Part(Fate.SAME, _cut(run.words, first=place == 0, last=place == len(known) - 1)))
    if changes > MOST:
        more = text.count_of(changes - MOST, tr("… and {n} more change"), tr("… and {n} more changes"))
        parts.append(Part(Fate.SAME, f"\n{more}"))
    return tuple(part for part in parts if part.words)


def _cut(words: str, *, first: bool, last: bool) -> str:
    """What stands next to a change: the end of what comes before one, the beginning of what comes after."""
    if len(words) <= 2 * AROUND:
        return words
    head = "" if first else words[:AROUND].rsplit(None, 1)[0] + " "
    tail = "" if last else " " + words[-AROUND:].split(None, 1)[-1]
    return f"{head}…{tail}"


def _said(kind: Kind, field: Field, value: object, ctx: Context) -> str:
    if value is None:
        return ""
    if field.is_scale and not field.words and isinstance(value, int):
        return text.number(value)
    found = answered(kind, {field.id: value}, ctx)
    return found[0].words if found else ""


def _only(value: object, item: object) -> object:
    """One thing of a set, in the form the set has."""
    return {item: value.get(item)} if isinstance(value, Mapping) else (item,)


def _listed(items: Sequence[tuple[Fate, str]]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for fate, words in items:
        if parts:
            parts.append(Part(Fate.SAME, ", "))
        parts.append(Part(fate, words))
    return tuple(parts)
