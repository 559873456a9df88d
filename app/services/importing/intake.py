"""One record of an export file, taken strictly: what it says, or the reason why it cannot be taken."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from app.data.change import State
from app.domain.deriving import Derived, Written, derive
from app.domain.errors import RecordError
from app.domain.kinds.registry import Kinds
from app.domain.outside import OutsideRecord, OutsideState, coming_in, milliseconds
from app.domain.records import Body, RecordId

_ID: Final = re.compile(r"[0-9a-f]{32}")
_ZONE: Final = re.compile(r"[A-Za-z0-9_+:/-]{1,64}")
_CLOCK_BITS: Final = 16
_STATES_LIMIT: Final = 50_000
_DAY_MS: Final = 24 * 3600 * 1000
OTHER: Final = "other"


class Unfit(Exception):  # noqa: N818  # reads as what happened
    """A record that cannot be taken. Carries reason and field, never an answer."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


class Taken(msgspec.Struct, frozen=True):
    """A record that was understood. `states` are in order, oldest first; `shown` is what it says in the end.

    `copy` marks words of the other person, which never become one's own; `removed` one that lay in the trash.
    """

    id: RecordId
    kind: str
    zone: str
    states: tuple[State, ...]
    times_ms: tuple[int, ...]
    shown: Body
    copy: bool
    removed: bool

    def derived(self, kinds: Kinds) -> Derived:
        """What the lists will say of it."""
        written = [
            Written(state.body, at)
            for state, at in zip(self.states, self.times_ms, strict=True)
            if state.body is not None
        ]
        return derive(kinds.declared(self.kind), written, self.zone)


class Intake:
    """The gate for the records of one file. `me` is who reads them in, `now_ms` when."""

    def __init__(self, kinds: Kinds, me: str, now_ms: int) -> None:
        self._kinds = kinds
        self._me = me
        self._latest_ms = now_ms + _DAY_MS

    def take(self, raw: object) -> Taken:
        """A record as it stands in a file.

        Raises:
            Unfit: with the reason.
        """
        record = self._converted(raw)
        if not _ID.fullmatch(record.id):
            raise Unfit("bad_id", "id")
        zone = _zone(record.zone)
        states = self._states(record)
        times_ms = self._times(states)
        made = tuple(
            self._state(record, state, at, place)
            for place, (state, at) in enumerate(zip(states, times_ms, strict=True))
        )
        words = [state.body for state in made if state.body is not None]
        if not words:
            raise Unfit("no_answers", "answers")
        return Taken(
            id=RecordId(record.id),
            kind=record.kind,
            zone=zone,
            states=made,
            times_ms=times_ms,
            shown=words[-1],
            copy=record.by == OTHER,
            removed=bool(record.removed),
        )

    def _converted(self, raw: object) -> OutsideRecord:
        if isinstance(raw, dict):
            unknown = raw.keys() - set(OutsideRecord.__struct_fields__)
            if unknown:
                raise Unfit("unknown_field")
        try:
            record = msgspec.convert(raw, OutsideRecord)
            self._kinds.declared(record.kind)
        except msgspec.ValidationError:
            raise Unfit("not_a_record") from None
        except RecordError:
            raise Unfit("unknown_kind", "kind") from None
        if record.by not in {"", OTHER} or (record.answers is None) != bool(record.states):
            raise Unfit("not_a_record")
        return record

    def _states(self, record: OutsideRecord) -> tuple[OutsideState, ...]:
        """The states to save. A record told by its newest answers alone began when it began and changed when it did."""
        if record.states:
            if len(record.states) > _STATES_LIMIT:
                raise Unfit("too_many", "states")
            if bool(record.removed) != record.states[-1].removed:
                raise Unfit("not_a_record", "removed")
            return record.states
        found = [OutsideState(at=record.created, answers=record.answers)]
        if record.changed != record.created:
            found.append(OutsideState(at=record.changed, answers=record.answers))
        if record.removed:
            found.append(OutsideState(at=record.removed, removed=True))
        return tuple(found)

    def _times(self, states: tuple[OutsideState, ...]) -> tuple[int, ...]:
        try:
            times = tuple(milliseconds(state.at) for state in states)
        except (ValueError, OverflowError):
            raise Unfit("unreadable_date", "at") from None
        if max(times) > self._latest_ms:
            raise Unfit("date_out_of_range", "at")
        return times

    def _state(self, record: OutsideRecord, state: OutsideState, at_ms: int, place: int) -> State:
        parents = state.parents if state.parents is not None else (() if place == 0 else (place - 1,))
        if any(not 0 <= parent < place for parent in parents) or (place and not parents):
            raise Unfit("not_a_record", "parents")
        if state.removed != (state.answers is None):
            raise Unfit("not_a_record", "answers")
        zone = record.zone if state.zone is None else _zone(state.zone)
        body = self._body(record.kind, state.answers) if state.answers is not None else None
        return State((at_ms << _CLOCK_BITS) + place, zone, parents, body)

    def _body(self, kind: str, answers: dict[str, object]) -> Body:
        try:
            return self._kinds.parse(kind, coming_in(self._kinds.declared(kind), answers, self._me))
        except RecordError as refusal:
            raise Unfit(str(refusal.detail.get("reason", "invalid")), str(refusal.detail.get("field", ""))) from None


def _zone(name: str) -> str:
    if not _ZONE.fullmatch(name):
        raise Unfit("unknown_zone", "zone")
    return name
