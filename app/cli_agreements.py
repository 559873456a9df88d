"""`leeward agreements`: what the two agreed on, how it stands, and how its last weeks have gone. Only looks."""

from __future__ import annotations

import datetime as dt

from app.cli_call import Call
from app.domain.kinds.agreement import Mark
from app.services.agreement_rows import Row


def agreements(call: Call) -> int:
    """Boundaries, then the plan of action; nothing of the answers that are for one person alone."""
    with call.desk() as desk:
        rows = (*desk.agreements.rows(), *desk.commitments.rows())
    shown = [row for row in rows if call.options.all or row.current]
    if call.options.json:
        return call.json([_as_json(row) for row in shown])
    for row in shown:
        look = f"  {_iso(row.next_look)}" if row.next_look is not None else ""
        call.say(f"{row.record}  {row.standing.value:<9}{look}  {' '.join(row.words.split())}")
    return 0


def _as_json(row: Row) -> dict[str, object]:
    return {
        "id": row.record,
        "kind": row.kind,
        "words": row.words,
        "standing": row.standing.value,
        "owners": [{"name": owner.name, "mine": owner.mine, "marked": owner.marked} for owner in row.owners],
        "waits_for_me": row.waits_for_me,
        "waits_for_other": row.waits_for_other,
        "due": row.due,
        "next_look": _iso(row.next_look) if row.next_look is not None else None,
        "shared": row.shared,
        "weeks": [
            {"from": _iso(week.first), "mark": week.mark.value if week.mark is not Mark.NONE else None}
            for week in row.weeks
        ],
    }


def _iso(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()
