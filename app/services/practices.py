"""The catalogue as one person uses it: what was done and when, what is kept at hand, what is set aside for now.

Nothing here is a score: a count says how often a page was filled in, and it is shown to its writer only.
"""

from __future__ import annotations

import msgspec

from app.data import keeping, reading
from app.domain.content import Content
from app.domain.practices import Practice
from app.domain.records import RecordId
from app.services.session import Session

FAVOURITES, SET_ASIDE = "practices_favourite", "practices_set_aside"
PAST = 20


class Doing(msgspec.Struct, frozen=True):
    """One practice in this journal. `last_day` is an ordinal; both are None or 0 where the practice keeps nothing."""

    practice: str
    times: int
    last_day: int | None
    favourite: bool
    set_aside: bool


class Past(msgspec.Struct, frozen=True):
    """Something written with a practice. `day` is an ordinal."""

    record: RecordId
    kind: str
    day: int
    title: str


def kept_as(practice: Practice) -> str | None:
    """The kind that tells whether a practice was done: the one it opens, else the first it uses; None in Calm."""
    sort, target = practice.target
    if sort == "kind":
        return target
    return None if sort == "calm" else practice.kinds[0]


class Practices:
    """The catalogue over one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> tuple[Doing, ...]:
        """Every practice of the catalogue, in its order."""
        done = self._done()
        favourites, aside = self._chosen(FAVOURITES), self._chosen(SET_ASIDE)
        found = []
        for practice in self._content.catalogue.practice:
            times, last_day = done.get(kept_as(practice) or "", (0, None))
            found.append(Doing(practice.id, times, last_day, practice.id in favourites, practice.id in aside))
        return tuple(found)

    def past(self, practice: str) -> tuple[Past, ...]:
        """What was written with it, newest first, at most `PAST`.

        Raises:
            KeyError: no such practice.
        """
        kind = kept_as(self._content.practice(practice))
        if kind is None:
            return ()
        found: list[reading.Entry] = []
        for space in self._session.spaces:
            found += reading.page(space.connection, kinds=(kind,), limit=PAST)
        newest = sorted(found, key=lambda entry: (entry.day, entry.instant_ms), reverse=True)[:PAST]
        return tuple(Past(entry.id, entry.kind, entry.day, entry.title) for entry in newest)

    def favour(self, practice: str, *, on: bool) -> None:
        """Keep a practice at hand, or not any more. Raises KeyError for an unknown one."""
        self._choose(FAVOURITES, practice, on=on)

    def set_aside(self, practice: str, *, on: bool) -> None:
        """Not now: the practice waits apart, and nothing asks about it. Raises KeyError for an unknown one."""
        self._choose(SET_ASIDE, practice, on=on)

    @property
    def _content(self) -> Content:
        return self._session.content

    def _done(self) -> dict[str, tuple[int, int]]:
        """How many records of each kind stand, and the newest one's day."""
        done: dict[str, tuple[int, int]] = {}
        for space in self._session.spaces:
            for kind, (times, day) in reading.standing(space.connection).items():
                known = done.get(kind, (0, day))
                done[kind] = (known[0] + times, max(known[1], day))
        return done

    def _chosen(self, key: str) -> frozenset[str]:
        stored = keeping.setting(self._session.connection, key)
        return frozenset(stored.split()) if stored else frozenset()

    def _choose(self, key: str, practice: str, *, on: bool) -> None:
        wanted = {self._content.practice(practice).id}
        chosen = self._chosen(key) | wanted if on else self._chosen(key) - wanted
        keeping.set_setting(self._session.connection, key, " ".join(sorted(chosen)))
