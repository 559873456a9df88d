"""`leeward review`: the letter of the newest four-weekly look, or of a kept one. Only looks; nothing is kept by it."""

from __future__ import annotations

import datetime as dt

from app.cli_call import Call
from app.services.reviews import Look, ReviewState


def review(call: Call) -> int:
    """The letter in its own words, the codes behind it with --json, and the looks that are kept."""
    with call.desk() as desk:
        target = desk.journal.resolve(call.options.id) if call.options.id else None
        state = desk.reviews.state(desk.session.today(), target)
    if call.options.json:
        return call.json(_as_json(state))
    if state.shown is not None:
        for paragraph in state.shown.letter:
            call.say(paragraph)
    for one in state.kept:
        call.say(f"{one.record}  {_iso(one.day)}")
    return 0


def _as_json(state: ReviewState) -> dict[str, object]:
    return {
        "look": _look(state.shown) if state.shown is not None else None,
        "kept": [{"id": one.record, "to": _iso(one.day)} for one in state.kept],
        "next": _iso(state.next_day) if state.next_day is not None else None,
    }


def _look(look: Look) -> dict[str, object]:
    return {
        "id": look.record,
        "from": _iso(look.first_day),
        "to": _iso(look.day),
        "letter": list(look.letter),
        "verdicts": look.codes,
        "entries_changed_since": look.changed,
    }


def _iso(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()
