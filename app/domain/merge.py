"""Joining two versions of a record that were written without knowing of each other (security.md 3.3).

Every field is merged by itself against the common ancestor:

- changed on one side only: that side's answer is taken; - changed on both sides to the same: that answer; - sets
(chips, people, lists, marks, graded chips, answers by person): merged item by item, so that what either side added
  stays and what either side took away goes;
- other answers (numbers, choices, dates, links, ticks): the larger (clock, author, id) decides, the other stays in
history; - words (text, long text, tables): both versions stay until someone joins them; no clock ever decides between
two texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from app.domain.fields import Field, FieldType, Kind
from app.domain.records import Body, Revision, RevisionId

_SETS = frozenset({FieldType.CHIPS, FieldType.PEOPLE, FieldType.LIST})
_WORDS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.TABLE})

Version = tuple[Revision, Body]
"""A head and its decoded answers."""


class Merged(NamedTuple):
    """The joined answers and what could not be joined.

    `text_conflicts` are the fields whose words stand in two versions; `body` shows the later one, and the record must
    not be written with both parents until someone has joined them. `superseded` are the fields where a later answer
    took the place of an earlier one; the earlier stays in history.
    """

    body: Body
    text_conflicts: tuple[str, ...]
    superseded: tuple[str, ...]


class _Outcome(NamedTuple):
    value: object
    conflict: bool = False
    superseded: bool = False


def merge(kind: Kind, base: Body | None, left: Version, right: Version) -> Merged:
    """Join two heads of one record. Which of them is called left makes no difference.

    Args:
        kind: The record's declaration.
        base: The answers both started from; None when they are not known, which counts as nothing answered.
        left: One head.
        right: The other.
    """
    earlier, later = sorted((left, right), key=lambda version: version[0].order)
    answers: dict[str, object] = {}
    conflicts: list[str] = []
    superseded: list[str] = []
    for field in kind.fields:
        start = None if base is None else getattr(base, field.id)
        outcome = _field(field, start, getattr(earlier[1], field.id), getattr(later[1], field.id))
        answers[field.id] = outcome.value
        if outcome.conflict:
            conflicts.append(field.id)
        if outcome.superseded:
            superseded.append(field.id)
    return Merged(msgspec.structs.replace(later[1], **answers), tuple(conflicts), tuple(superseded))


def _field(field: Field, base: object, earlier: object, later: object) -> _Outcome:
    if earlier in (later, base):
        return _Outcome(later)
    if later == base:
        return _Outcome(earlier)
    if _is_mapping(base, earlier, later):
        return _by_key(field, _as_mapping(base), _as_mapping(earlier), _as_mapping(later))
    if field.type in _SETS:
        joined = _by_item(_as_items(base), _as_items(earlier), _as_items(later))
        if field.max is None or len(joined) <= field.max:
            return _Outcome(joined or None)
    if field.type in _WORDS:
        return _Outcome(later, conflict=True)
    return _Outcome(later, superseded=True)


def _by_item(base: tuple[object, ...], earlier: tuple[object, ...], later: tuple[object, ...]) -> tuple[object, ...]:
    """Three-way merge of sets, in the order: what was there, what the earlier side added, what the later side added."""
    kept = [item for item in base if item in earlier and item in later]
    added = [item for item in (*earlier, *later) if item not in base]
    return tuple(dict.fromkeys([*kept, *added]))


def _by_key(
    field: Field, base: Mapping[str, object], earlier: Mapping[str, object], later: Mapping[str, object]
) -> _Outcome:
    """Three-way merge of mappings. A key one side removed and the other changed stays: nobody unseen is overruled."""
    joined: dict[str, object] = {}
    conflict = superseded = False
    for key in dict.fromkeys([*base, *earlier, *later]):
        start, first, second = (side.get(key, _ABSENT) for side in (base, earlier, later))
        if first in (second, start):
            value = second
        elif second == start:
            value = first
        else:
            value = second if second is not _ABSENT else first
            both = _ABSENT not in (first, second)
            conflict = conflict or (both and field.type in _WORDS)
            superseded = superseded or (both and field.type not in _WORDS)
        if value is not _ABSENT:
            joined[key] = value
    if field.max is not None and len(joined) > field.max:
        return _Outcome(dict(later) or None, superseded=True)
    return _Outcome(joined or None, conflict, superseded)


_ABSENT = object()


def _is_mapping(*values: object) -> bool:
    return any(isinstance(value, Mapping) for value in values)


def _as_mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _as_items(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def common_ancestor(revisions: Iterable[Revision], a: RevisionId, b: RevisionId) -> Revision | None:
    """The nearest revision both heads grew from; None when they share none that is known here.

    A head that is itself an ancestor of the other is their ancestor. Where histories crossed and several are equally
    near, the latest by order is taken, so that every computer takes the same.
    """
    by_id = {revision.id: revision for revision in revisions}
    shared = _ancestry(by_id, a) & _ancestry(by_id, b)
    farther: set[RevisionId] = set()
    for revision_id in shared:
        for parent in by_id[revision_id].parents:
            farther |= _ancestry(by_id, parent)
    nearest = [by_id[revision_id] for revision_id in shared - farther]
    return max(nearest, key=lambda revision: revision.order, default=None)


def _ancestry(by_id: Mapping[RevisionId, Revision], start: RevisionId) -> set[RevisionId]:
    """A revision and everything it grew from, as far as it is known here."""
    found: set[RevisionId] = set()
    waiting = [start]
    while waiting:
        current = waiting.pop()
        if current in by_id and current not in found:
            found.add(current)
            waiting.extend(by_id[current].parents)
    return found
