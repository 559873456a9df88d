"""Whose a record of the space for two is, and which of its saved states count (security.md 3.3, T6).

A signature proves who wrote a state, not that it was theirs to write: each of the two could sign words onto the
other's record, or another beginning of it. What one person wrote, only they reword and remove; a text made together is
worded by both, and removed by whoever began it.
"""

from __future__ import annotations

from app.domain.records import PersonId, Revision

TOGETHER = "together"
"""What a kind declares of its sharing when both word its records."""


def began(history: list[Revision], me: PersonId) -> Revision:
    """The state a record began with, as `me` sees it; `history` is not empty and in display order.

    A beginning of one's own decides: nobody else can know the id of a record before it is there, and a clock reading is
    only what its writer says it is.
    """
    beginnings = [revision for revision in history if not revision.parents]
    own = next((revision for revision in beginnings if revision.author == me), None)
    return own or next(iter(beginnings), history[0])


def counted(history: list[Revision], me: PersonId, *, together: bool) -> list[Revision]:
    """The states that were their author's to write, in the order given. The others are as if they were not there."""
    if not history:
        return []
    first = began(history, me)
    by_id: dict[str, Revision] = {revision.id: revision for revision in history}
    return [r for r in history if r.kind == first.kind and _may(r, first, by_id, together=together)]


def _may(revision: Revision, first: Revision, by_id: dict[str, Revision], *, together: bool) -> bool:
    if revision.author == first.author:
        return True
    grew = [by_id[parent] for parent in revision.parents if parent in by_id]
    whole = len(grew) == len(revision.parents)
    brings_back = all(parent.removes for parent in grew)  # also without any parent: a second beginning
    return together and whole and not revision.removes and not brings_back
