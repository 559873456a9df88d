"""What was written on this day of earlier months and years: offered quietly, and only what is light enough to meet.

Nothing that stands behind a cover, nothing that marks danger or hangs on a thread that does, and no trigger unless
somebody chose to see them. It can be switched off altogether.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Final, Literal

import msgspec

from app.services import apart, choices, reach
from app.services.danger import Danger
from app.services.session import Session
from app.services.timeline import Item, item_of

Mode = Literal["off", "light", "all"]
"""Not at all, without triggers, with them."""

MONTHS: Final = (1, 3, 6)
YEARS: Final = 30
MOST: Final = 3
_TRIGGER: Final = "trigger"


class LookBack(msgspec.Struct, frozen=True):
    """An entry of this day, so many months ago; whole years are multiples of twelve."""

    entry: Item
    months: int


def days_back(today: dt.date) -> dict[int, int]:
    """The days (ordinals) that are this day of an earlier month or year, with how many months ago.

    A day the other month does not have (the 31st, 29 February) is left out rather than moved.
    """
    found: dict[int, int] = {}
    for months in (*MONTHS, *(12 * year for year in range(1, YEARS + 1))):
        number = today.year * 12 + today.month - 1 - months
        year, month = number // 12, number % 12 + 1
        if year > 0 and today.day <= calendar.monthrange(year, month)[1]:
            found[dt.date(year, month, today.day).toordinal()] = months
    return found


class OnThisDay:
    """Looks back for one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def entries(self) -> tuple[LookBack, ...]:
        """At most `MOST` entries, the newest day first, one of each day; none where it is switched off."""
        mode = choices.load(self._session).on_this_day
        if mode == "off":
            return ()
        days = days_back(self._session.now().date())
        hidden = apart.hidden(self._session) if self._session.shared else frozenset()
        danger = Danger(self._session)
        found: list[LookBack] = []
        seen: set[int] = set()
        for entry in reach.on_days(self._session, sorted(days, reverse=True)):
            if len(found) == MOST:
                break
            light = self._is_light(entry.kind, mode) and entry.title and entry.id not in hidden
            if light and entry.day not in seen and not danger.marks(entry.id):
                seen.add(entry.day)
                found.append(LookBack(item_of(self._session, entry), days[entry.day]))
        return tuple(found)

    def _is_light(self, kind_id: str, mode: Mode) -> bool:
        kind = self._session.kinds.declared(kind_id)
        return kind.cover is None and (mode == "all" or kind_id != _TRIGGER)
