"""The marks of the sample: each of the two signs, in their own session, the agreements and pause words that stand."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from app.domain.records import Clock, PersonId, RecordId, wall_ms
from app.services.sample_mapping import ZONE
from app.services.session import Session

_A_SECOND_MS = 1_000
_EVENING = dt.time(21, 5)


class Signed(msgspec.Struct, frozen=True):
    """A mark somebody made on the newest wording of a line of the sample, or with it a word on letting it go."""

    line: str
    at: dt.datetime
    lets_go: dt.date | None = None


def signed(resources: Path, shift: dt.timedelta, person: str) -> Iterator[Signed]:
    """What one person signed, `shift` later than the diary says."""
    zone = ZoneInfo(ZONE)
    text = (resources / "sample" / "agreements.jsonl").read_text(encoding="utf-8")
    for record in map(json.loads, text.splitlines()):
        signatures = {found["by"]: found["at"] for found in record["versions"][-1]["signatures"]}
        if person not in signatures:
            continue
        gone = record.get("retired")
        if gone is not None:
            day = dt.date.fromisoformat(gone["date"]) + shift
            yield Signed(record["id"], dt.datetime.combine(day, _EVENING, zone), day)
        else:
            yield Signed(record["id"], dt.datetime.fromisoformat(signatures[person]).replace(tzinfo=zone) + shift)
    yield from _pauses(resources, shift, person)


def _pauses(resources: Path, shift: dt.timedelta, person: str) -> Iterator[Signed]:
    """The pause words somebody agreed to."""
    text = (resources / "sample" / "worksheets.jsonl").read_text(encoding="utf-8")
    for record in map(json.loads, text.splitlines()):
        agreed = record["body"].get("agreed") if record["form"] == "pause_script" else None
        if agreed is not None and person in agreed["by"]:
            day = dt.date.fromisoformat(agreed["date"]) + shift
            yield Signed(record["id"], dt.datetime.combine(day, _EVENING, ZoneInfo(ZONE)))


def sign(session: Session, ids: Mapping[str, RecordId], marks: Iterator[Signed]) -> None:
    """Write the marks of this session's person that are not there yet, each at its time, none before what it is on.

    Lines that nobody wrote so far are left out: the other person's are signed once they are there.
    """
    space, me = session.shared, session.person.id
    if space is None:
        return
    with session.change(space) as change:
        for mark in sorted(marks, key=lambda mark: mark.at):
            record = ids[mark.line]
            history, found = space.history(record), space.record(record)
            if found is None or me in _held(found.body, "marks"):
                continue
            earliest = max(wall_ms(revision.clock) for revision in history) + _A_SECOND_MS
            at_ms = max(round(mark.at.timestamp() * 1000), earliest)
            told: dict[str, object] = {"marks": {**_held(found.body, "marks"), me: mark.at.isoformat()}}
            if mark.lets_go is not None:
                day = {"day": mark.lets_go.isoformat()}
                told["lets_go"] = {**_held(found.body, "lets_go"), me: day}
            answers: dict[str, object] = msgspec.json.decode(session.kinds.encode(found.body))
            body = session.kinds.decode(found.kind, msgspec.json.encode({**answers, **told}))
            change.at(Clock(wall_ms=partial(int, at_ms))).put(found.kind, body, record=record)


def _held(body: object, field: str) -> dict[PersonId, object]:
    """What stands in a per-person answer, as JSON values."""
    held = getattr(body, field, None) or {}
    return {person: json.loads(msgspec.json.encode(value)) for person, value in held.items()}
