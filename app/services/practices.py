"""The catalogue as one person uses it: what was done and when, what is kept at hand, what is set aside for now.

Nothing here is a score: a count says how often a page was filled in, and it is shown to its writer only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from app.data import keeping, practice_queries, reading
from app.data.practice_queries import Standing
from app.domain.content import Content
from app.domain.practices import Practice
from app.domain.records import RecordId
from app.services.danger import Danger
from app.services.session import Session

FAVOURITES, SET_ASIDE = "practices_favourite", "practices_set_aside"
CONVERSATION = "conversation"
PAST = 20


class Doing(msgspec.Struct, frozen=True):
    """One practice in this journal. `last_day` is an ordinal; both are None or 0 where the practice keeps nothing.

    `alone`: it is for two, and something written here can mean danger between them: it is offered in its words for one,
    behind the safety page.
    """

    practice: str
    times: int
    last_day: int | None
    favourite: bool
    set_aside: bool
    alone: bool = False


class Past(msgspec.Struct, frozen=True):
    """Something written with a practice. `day` is an ordinal."""

    record: RecordId
    kind: str
    day: int
    title: str


def kept_as(practice: Practice) -> str | None:
    """The kind that tells whether a practice was done: the one it opens, else the first it uses.

    In Calm that is a kind only where one is written for what was done there; a kit of tools is not.
    """
    sort, target = practice.target
    if sort == "kind":
        return target
    if sort == "calm" and target == "start":
        return None
    return CONVERSATION if sort == "conversation" else practice.kinds[0]


def beside(practice: Practice) -> tuple[str, ...]:
    """The other kinds a practice uses, which can be written from its page too."""
    sort, target = practice.target
    return tuple(kind for kind in practice.kinds if kind not in {target, CONVERSATION} and sort != "vocabulary")


class Practices:
    """The catalogue over one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> tuple[Doing, ...]:
        """Every practice of the catalogue, in its order."""
        done, talks = self._done(), self._talks()
        favourites, aside = self._chosen(FAVOURITES), self._chosen(SET_ASIDE)
        danger = Danger(self._session).recorded()
        found = []
        for practice in self._content.catalogue.practice:
            known = talks.get(practice.id) if practice.target[0] == CONVERSATION else done.get(kept_as(practice) or "")
            times, last_day = known if known is not None else (0, None)
            here, apart = practice.id in favourites, practice.id in aside
            found.append(Doing(practice.id, times, last_day, here, apart, danger and practice.audience == "two"))
        return tuple(found)

    def past(self, practice: str) -> tuple[Past, ...]:
        """What was written with it, newest first, at most `PAST`.

        Raises:
            KeyError: no such practice.
        """
        found_practice = self._content.practice(practice)
        kind = kept_as(found_practice)
        if kind is None:
            return ()
        found: list[reading.Entry] = []
        for space in self._session.spaces:
            found += reading.page(space.connection, kinds=(kind,), limit=PAST)
        if kind == CONVERSATION:
            found = [entry for entry in found if entry.title in self._names(found_practice)]
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

    def _done(self) -> dict[str, Standing]:
        """How many records of each kind stand, and the newest one's day."""
        return _summed([reading.standing(space.connection) for space in self._session.spaces])

    def _talks(self) -> dict[str, Standing]:
        """The same of conversations, by the practice each was."""
        spaces = [practice_queries.standing_by_title(s.connection, CONVERSATION) for s in self._session.spaces]
        by_title = _summed(spaces)
        talks = [p for p in self._content.catalogue.practice if p.target[0] == CONVERSATION]
        held = {p.id: [by_title[name] for name in self._names(p) if name in by_title] for p in talks}
        return {
            practice: Standing(sum(found.times for found in names), max(found.last_day for found in names))
            for practice, names in held.items()
            if names
        }

    def _names(self, practice: Practice) -> frozenset[str]:
        """What records of a conversation are called: its name in a journal of two, and in one of one."""
        talk = self._content.conversation(practice.target[1])
        return frozenset({talk.title, talk.solo_title or talk.title})

    def _chosen(self, key: str) -> frozenset[str]:
        stored = keeping.setting(self._session.connection, key)
        return frozenset(stored.split()) if stored else frozenset()

    def _choose(self, key: str, practice: str, *, on: bool) -> None:
        wanted = {self._content.practice(practice).id}
        chosen = self._chosen(key) | wanted if on else self._chosen(key) - wanted
        keeping.set_setting(self._session.connection, key, " ".join(sorted(chosen)))


def _summed(spaces: Iterable[Mapping[str, tuple[int, int]]]) -> dict[str, Standing]:
    done: dict[str, Standing] = {}
    for found in spaces:
        for name, (times, day) in found.items():
            known = done.get(name, Standing(0, day))
            done[name] = Standing(known.times + times, max(known.last_day, day))
    return done
