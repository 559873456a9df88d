"""What counts as a mark of danger in an entry's answers, as the declarations say it."""

from __future__ import annotations

from typing import Final

from app.domain.fields import Field, FieldType, Kind
from app.domain.records import Body, RecordId

FEAR_NOTE: Final = "fear_note"
_AFRAID: Final = frozenset({"sometimes", "often", "not_sure"})
_FOR_TWO: Final = frozenset({"together", "each"})
_TWO_SEATS: Final = frozenset({"trust_revival", "forgiveness_work"})
"""Sheets with tasks for both seats of one relationship: not for a parent or a place, and not where there is danger."""
_NOT_FREE: Final = frozenset({"no", "depends"})


def says_danger(kind: Kind, body: Body) -> bool:
    """Whether these answers by themselves mark danger."""
    if kind.id == FEAR_NOTE:
        return _is_afraid(body)
    return any(can_mean_danger(field, getattr(body, field.id, None)) for field in kind.fields)


def can_mean_danger(field: Field, answer: object) -> bool:
    """Whether an answer to this question picks a word of a list that can mean danger."""
    dangerous = {option.id for option in field.options if option.safety}
    return bool(dangerous) and not dangerous.isdisjoint(_ids(answer))


def is_for_two(kind: Kind) -> bool:
    """Whether a kind is something the two of a relationship do together, or for each other's seats."""
    return kind.sharing in _FOR_TWO or kind.id in _TWO_SEATS


def threads_of(kind: Kind, body: Body) -> tuple[RecordId, ...]:
    """The entries a record says it belongs to."""
    links = (getattr(body, field.id, None) for field in kind.fields if field.type is FieldType.LINK)
    return tuple(RecordId(link) for link in links if isinstance(link, str))


def _ids(answer: object) -> frozenset[str]:
    if isinstance(answer, str):
        return frozenset({answer})
    if isinstance(answer, tuple | list | dict):
        return frozenset(one for one in answer if isinstance(one, str))
    return frozenset()


def _is_afraid(body: Body) -> bool:
    """A note about safety speaks of danger unless what it answers says there is none."""
    afraid, free = getattr(body, "afraid", None), getattr(body, "free_to_say_no", None)
    if afraid in _AFRAID or free in _NOT_FREE or getattr(body, "forms", None):
        return True
    return afraid != "no" and free != "yes" and bool(getattr(body, "note", None))
