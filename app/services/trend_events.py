"""Triggers as arrays for the charts of single events, read once a page and shared by its cards; never their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.data import event_rows
from app.data.connection import Connection
from app.domain.kinds.trigger import STILL_GOING
from app.domain.records import RecordId
from app.insights.arrays import Flags, Floats, Ints, sealed
from app.services.session import Session

KIND = "trigger"


@dataclass(frozen=True, slots=True)
class Picked:
    """Which triggers are looked at: those of one kind of `cue` (an option of its list), of one `injury`, or all."""

    cue: str | None = None
    injury: RecordId | None = None


EVERY = Picked()


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """The triggers of a period in time order, one element each; both end days (ordinals) are included.

    `numbers` are rows of the private file, `days` ordinals. `peak` and `after` are 0-10, `minutes` until it settled;
    NaN where nothing was noted. `going`: noted as not over yet.
    """

    first_day: int
    last_day: int
    picked: Picked
    numbers: Ints
    days: Ints
    peak: Floats
    after: Floats
    minutes: Floats
    going: Flags

    def __len__(self) -> int:
        return int(self.numbers.size)

    @property
    def ease(self) -> Floats:
        """By how much each came down, in points; NaN unless both strengths were noted."""
        return self.peak - self.after

    def places(self, chosen: Mapping[str, Sequence[int]]) -> dict[str, Ints]:
        """For each answer the positions, rising, of the triggers that gave it; an answer none gave is left out."""
        order = np.argsort(self.numbers, kind="stable")
        found = {}
        for answer, rows in chosen.items():
            places, _ = _matched(self.numbers, order, rows)
            if places.size:
                found[answer] = np.sort(places)
        return found


def load(session: Session, first_day: int, last_day: int, picked: Picked = EVERY) -> Events:
    """Read the triggers between two days (ordinals, both included), only those `picked`."""
    connection = session.connection
    rows, days, instants = (
        np.asarray(column, dtype=np.int64) for column in event_rows.rows_of_kind(connection, KIND, first_day, last_day)
    )
    kept = _picked(connection, rows, picked)
    rows, days, instants = rows[kept], days[kept], instants[kept]
    in_time = np.lexsort((rows, instants, days))
    numbers = rows[in_time]
    order = np.argsort(numbers, kind="stable")

    def measured(name: str) -> Floats:
        records, found = event_rows.values(connection, f"trigger.{name}", first_day, last_day)
        column = np.full(numbers.size, np.nan)
        places, which = _matched(numbers, order, records)
        column[places] = np.asarray(found, dtype=np.float64)[which]
        return sealed(column)

    going = np.zeros(numbers.size, dtype=np.bool_)
    unsettled = event_rows.chose(connection, "minutes_to_settle", (STILL_GOING,)).get(STILL_GOING, [])
    going[_matched(numbers, order, unsettled)[0]] = True
    return Events(
        first_day=first_day,
        last_day=last_day,
        picked=picked,
        numbers=sealed(numbers),
        days=sealed(days[in_time]),
        peak=measured("peak"),
        after=measured("after"),
        minutes=measured("minutes_to_settle"),
        going=sealed(going),
    )


def records(session: Session, numbers: Sequence[int]) -> list[RecordId]:
    """What stands behind a mark or a row of a chart, to be listed or opened."""
    return event_rows.ids(session.connection, numbers)


def _picked(connection: Connection, rows: Ints, picked: Picked) -> Flags:
    kept = np.ones(rows.size, dtype=np.bool_)
    if picked.cue is not None:
        kept &= np.isin(rows, event_rows.chose(connection, "cue_kind", (picked.cue,)).get(picked.cue, []))
    if picked.injury is not None:
        kept &= np.isin(rows, event_rows.linked(connection, "thread", picked.injury))
    return kept


def _matched(numbers: Ints, order: Ints, rows: Sequence[int]) -> tuple[Ints, Ints]:
    """Which of `numbers` (sorted by `order`) stand in `rows`: their positions, and the places in `rows`."""
    wanted = np.asarray(rows, dtype=np.int64)
    if not numbers.size or not wanted.size:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    at = np.minimum(np.searchsorted(numbers, wanted, sorter=order), numbers.size - 1)
    places = order[at]
    hit = numbers[places] == wanted
    return places[hit].astype(np.int64), np.flatnonzero(hit).astype(np.int64)
