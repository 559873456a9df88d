"""The sample vault: a real one, with generated passphrases, filled with the invented months of Noa and Jules."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from app import paths
from app.crypto.kdf import DEFAULT, KdfParams
from app.data.change import Change
from app.domain.content import Content
from app.domain.errors import Code, VaultError
from app.domain.records import Body, Clock, RecordId, RevisionId, new_id
from app.services import apart, sample, sample_marks, vaults
from app.services.desk import Desk
from app.services.local_time import Now
from app.services.sample import SampleEntry
from app.services.session import Session

ZONE = "Europe/Paris"
PERSON, OTHER = "noa", "jules"
_WORDS = 5


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made: who opens it with what, and how much is in it."""

    passphrases: tuple[tuple[str, str], ...]
    records: int


def create(
    path: Path,
    *,
    content: Content,
    now: Now,
    months: int = sample.MONTHS,
    seed: int = 1,
    kdf: KdfParams = DEFAULT,
) -> Demo:
    """Make the sample vault: a part for each of two people, and what they shared. Its diary ends today.

    Raises:
        VaultError: as `vaults.create_vault`: VAULT_EXISTS, NO_PERMISSION, DISK_FULL.
    """
    names = {person.id: person.name for person in sample.people(paths.resources())}
    first, second = sample_passphrase(seed), sample_passphrase(seed, OTHER)
    ids = Ids()
    desk = vaults.create_vault(path, names[PERSON], first, names[OTHER], content=content, now=now, zone=ZONE, kdf=kdf)
    try:
        if desk.people is None:
            raise VaultError(Code.NO_SHARED_SPACE)
        desk.people.welcome(names[OTHER], second, kdf=kdf)
        written = fill(desk.session, now().date(), months, ids=ids)
        _sign(desk, ids, PERSON)
    finally:
        desk.close()
    for phrase, person in ((second, OTHER), (first, PERSON)):
        desk = vaults.unlock(path, phrase, content=content, now=now, zone=ZONE)
        try:
            if person == OTHER:
                written += fill(desk.session, now().date(), months, OTHER, ids=ids)
            _sign(desk, ids, person)
        finally:
            desk.close()
    return Demo(((names[PERSON], first), (names[OTHER], second)), written)


def _sign(desk: Desk, ids: Ids, person: str) -> None:
    shift = desk.session.now().date() - sample.LAST_DAY
    sample_marks.sign(desk.session, ids, sample_marks.signed(paths.resources(), shift, person))


def sample_passphrase(seed: int, person: str = PERSON) -> str:
    """Five words for invented entries, the same for the same seed: never a pattern for a real passphrase."""
    listed = (paths.resources() / "content" / "words-en.txt").read_text(encoding="utf-8").split()
    dice = random.Random(seed if person == PERSON else f"{seed} {person}")  # noqa: S311  # guards nothing but a sample
    return " ".join(dice.sample(listed, _WORDS))


class Ids(dict[str, RecordId]):
    """The record id for each id of the sample, made when it is first asked for: what links to it may come first."""

    def __missing__(self, key: str) -> RecordId:
        self[key] = RecordId(new_id())
        return self[key]


def fill(
    session: Session, today: dt.date, months: int = sample.MONTHS, person: str = PERSON, *, ids: Ids | None = None
) -> int:
    """Write one person's records as if each had been written at its time, and shared when it was.

    Without a shared space everything stays private. `ids` are known to both when two people are written. Returns how
    many records stand.
    """
    together = session.shared is not None
    found = sample.entries(paths.resources(), today, person, months, for_two=together)
    states: dict[str, list[SampleEntry]] = {}
    for entry in found:
        states.setdefault(entry.id, []).append(entry)
    writing = _Writing(session, Ids() if ids is None else ids, states)
    writing.private()
    if together:
        writing.shared()
    return len(states)


class _Writing:
    """One person's records on their way into their spaces."""

    def __init__(self, session: Session, ids: Ids, states: dict[str, list[SampleEntry]]) -> None:
        self._session = session
        self._ids = ids
        self._states = states

    def private(self) -> None:
        """Write what stays private, in time order."""
        entries = [entry for states in self._states.values() if not self._is_shared(states) for entry in states]
        with self._session.change() as change:
            self._write(change, entries)

    def shared(self) -> None:
        """Write what was shared: from then on into the space for two, the states before beside it, apart."""
        moved = [states for states in self._states.values() if self._is_shared(states)]
        with self._session.change(self._session.shared) as change:
            self._write(change, [entry for states in moved for entry in _as_shared(states)])
        with self._session.change():
            for states in moved:
                earlier = tuple(self._earlier(entry) for entry in states if entry.written_at < _shared_at(states))
                apart.keep(self._session, self._ids[states[0].id], apart.Apart(earlier=earlier))

    def _is_shared(self, states: list[SampleEntry]) -> bool:
        return self._session.shared is not None and states[0].shared_at is not None

    def _write(self, change: Change, entries: list[SampleEntry]) -> None:
        begun: set[str] = set()
        for entry in sorted(entries, key=lambda entry: (entry.written_at, entry.id)):
            clock = Clock(wall_ms=partial(int, entry.written_at.timestamp() * 1000))
            arriving = entry.id not in begun
            change.at(clock).put(entry.kind, self._body(entry), record=self._ids[entry.id], arriving=arriving)
            begun.add(entry.id)

    def _body(self, entry: SampleEntry) -> Body:
        linked = {field: self._ids[str(entry.body[field])] for field in entry.links}
        return self._session.kinds.parse(entry.kind, {**entry.body, **linked})

    def _earlier(self, entry: SampleEntry) -> apart.Earlier:
        answers = apart.answers_of(self._session, self._body(entry))
        return apart.Earlier(RevisionId(new_id()), int(entry.written_at.timestamp() * 1000), answers)


def _shared_at(states: list[SampleEntry]) -> dt.datetime:
    """When the record of these states was shared, which was not before it was begun."""
    first = states[0]
    return max(first.written_at, first.shared_at or first.written_at)


def _as_shared(states: list[SampleEntry]) -> Iterator[SampleEntry]:
    """The states the shared space holds: the newest of those from before, at the moment of sharing, and all later."""
    moment = _shared_at(states)
    before = [entry for entry in states if entry.written_at <= moment]
    yield msgspec.structs.replace(before[-1], written_at=moment)
    yield from (entry for entry in states if entry.written_at > moment)
