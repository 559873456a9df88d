"""The one line of a check-in that its writer ticked to be seen by the other person; nothing else of any check-in."""

from __future__ import annotations

import msgspec

from app.data import reading
from app.insights.series import monday_of
from app.services.session import Session

_KIND = "checkin"


class ReleasedLine(msgspec.Struct, frozen=True):
    """A person's own words. `mark` 1 or 2 says whose; `week` is the Monday (ordinal) of the day they are about.

    `day` orders lines of one week and is not shown.
    """

    mark: int
    week: int
    day: int
    words: str


def released_lines(session: Session, mark: int, first_day: int, last_day: int) -> tuple[ReleasedLine, ...]:
    """One person's ticked lines of some days (ordinals, both included), oldest first."""
    found = []
    for day, stored in reading.bodies(session.connection, _KIND, first_day, last_day):
        body = session.kinds.decode(_KIND, stored)
        words = str(getattr(body, "line", None) or "").strip()
        if getattr(body, "share_line", None) is True and words:
            found.append(ReleasedLine(mark, monday_of(day), day, words))
    return tuple(found)
