"""What a removal means for a record's history: what stands, what lies in the trash, what is gone for good.

A removal is a revision without a body (a tombstone). A record is away when every newest state is one; an edit that its
remover had not seen keeps it standing (security.md 3.3). A tombstone that grew from tombstones says: gone for good.
"""

from __future__ import annotations

from app.domain.records import Revision, heads

TRASH_DAYS = 30
"""How long the words of a removed record are kept (security.md 3.3)."""

_DAY_MS = 24 * 3600 * 1000
TRASH_MS = TRASH_DAYS * _DAY_MS


def standing(history: list[Revision]) -> list[Revision]:
    """The newest states that do not remove, in display order; none when the record is away."""
    return [tip for tip in heads(history) if not tip.removes]


def is_erased(history: list[Revision]) -> bool:
    """Whether somebody let the words of an absent record go for good."""
    by_id: dict[str, Revision] = {revision.id: revision for revision in history}
    return any(
        tip.removes and bool(tip.parents) and all(p in by_id and by_id[p].removes for p in tip.parents)
        for tip in heads(history)
    )


def last_words(history: list[Revision]) -> list[Revision]:
    """The states that stood when the record was removed, in display order; two where two versions of a text waited."""
    by_id: dict[str, Revision] = {revision.id: revision for revision in history}
    waiting = [tip for tip in heads(history) if tip.removes]
    found: dict[str, Revision] = {}
    passed = set()
    while waiting:
        revision = waiting.pop()
        if revision.id in passed:
            continue
        passed.add(revision.id)
        parents = [by_id[parent] for parent in revision.parents if parent in by_id]
        if revision.removes:
            waiting += parents
        else:
            found[revision.id] = revision
    replaced = _ancestors(by_id, found)
    return sorted((r for r in found.values() if r.id not in replaced), key=lambda r: r.order)


def days_left(removed_ms: int, now_ms: int) -> int:
    """Whole days until the words go, 0 to `TRASH_DAYS` (clocks may disagree); both UTC milliseconds."""
    return min(TRASH_DAYS, max(0, -((now_ms - removed_ms - TRASH_MS) // _DAY_MS)))


def _ancestors(by_id: dict[str, Revision], found: dict[str, Revision]) -> set[str]:
    """Everything that one of these grew from, through whatever lies between."""
    waiting = [parent for revision in found.values() for parent in revision.parents]
    known: set[str] = set()
    while waiting:
        current = waiting.pop()
        if current not in known and current in by_id:
            known.add(current)
            waiting += by_id[current].parents
    return known
