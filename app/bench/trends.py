"""What a four-weekly look costs in a journal of many years: every verdict of it, with the numbers it reads."""

from __future__ import annotations

from typing import Final

from app.bench.storage import EVENING
from app.bench.timing import median_ms
from app.services import review_verdicts
from app.services.desk import Desk

_REPEATS: Final = 15


def figures(desk: Desk) -> dict[str, float]:
    """`verdicts_ms`: direction of six measures, each with the look before, and the shift of felt safety."""
    today = EVENING.date().toordinal()
    return {"verdicts_ms": median_ms(lambda: review_verdicts.look(desk.session.connection, today), _REPEATS)}
