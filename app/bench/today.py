"""Today whole in a large journal: the check-in's side and all that stands around it, read anew each time."""

from __future__ import annotations

import datetime as dt
from typing import Final

from app.bench.storage import EVENING
from app.bench.timing import elapsed_ms, median_ms
from app.services.desk import Desk

RITUALS: Final = 12
AGREEMENTS: Final = 40
PROMISES: Final = 40
NOTES: Final = 400
SESSIONS: Final = 100
"""What years of use leave beside a large journal."""
_REPEATS: Final = 15
_EVERY_DAY: Final = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def figures(desk: Desk) -> dict[str, float]:
    """`today_full_ms`: the whole page when it is looked at again; `today_full_first_ms` the first time of a day."""
    _fill(desk)

    def whole() -> None:
        desk.today.state(EVENING)
        desk.around.state(EVENING)

    first = elapsed_ms(whole)
    return {"today_full_first_ms": first, "today_full_ms": median_ms(whole, _REPEATS)}


def _fill(desk: Desk) -> None:
    space, author, parse = desk.session.space, desk.session.person.id, desk.session.kinds.parse
    today = EVENING.date()

    def day(back: int) -> dict[str, str]:
        return {"day": (today - dt.timedelta(days=back)).isoformat()}

    with space.change(author, zone="UTC") as change:
        for number in range(RITUALS):
            ritual = {"title": f"Ritual {number}", "rhythm": "days", "days": _EVERY_DAY, "starts": day(300)}
            record = change.put("ritual", parse("ritual", ritual))
            for back in range(1, 200, 2):
                tick = {"ritual": record, "at": day(back), "outcome": "done"}
                change.put("ritual_completion", parse("ritual_completion", tick))
        for number in range(AGREEMENTS):
            wording = {"wording": f"Agreement {number}", "next_look": day(number - 20)}
            record = change.put("boundary", parse("boundary", wording))
            for back in range(NOTES // AGREEMENTS):
                noted = {"boundary": record, "at": day(7 * back), "outcome": "honoured"}
                change.put("boundary_occasion", parse("boundary_occasion", noted))
        for number in range(PROMISES):
            promise = {"wording": f"Promise {number}", "rhythm": "weekly"}
            record = change.put("commitment", parse("commitment", promise))
            for back in range(NOTES // PROMISES):
                went = {"commitment": record, "at": day(7 * back + 3), "outcome": "kept"}
                change.put("commitment_event", parse("commitment_event", went))
        for number in range(SESSIONS):
            held = {"at": day(14 * number - 5), "want": "A line", "helped": "A line" if number else None}
            change.put("therapy_session", parse("therapy_session", held))
