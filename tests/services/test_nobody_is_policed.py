"""No feature lets one person police the other: every figure one is given about the other is on a list, with its reason.

Everything the pages ask of agreements, promises and rituals is walked through as the other person gets it, and each
number in it is found, however deep. A number that is not on the list fails the test, so that no run, no count of days
open or late, and no share of what somebody else keeps can come in unseen.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec
import pytest

from app.domain.errors import Code, RecordError
from app.domain.records import RecordId
from app.domain.ritual_course import Course
from app.domain.schedule import Schedule
from app.services.commitments import Went
from app.services.desk import Desk
from app.services.ritual_reading import DONE, RESTED
from tests.fixtures.both import Both
from tests.fixtures.session import EVENING

TODAY = EVENING.date()
DAY = dt.timedelta(days=1)
EVERY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WHEN: Final = frozenset({"first", "last", "day", "begin", "end", "next_look", "today", "until", "marked_ms"})
"""Names of days and moments: when something is, not how much of it."""
ALLOWED: Final[Mapping[str, str]] = {
    "promises.weeks.occasions": "one mark for one time, as whoever keeps it noted it: always 1",
    "promise.row.weeks.occasions": "the same marks, opened",
    "month.under_way": "how many rituals run on the page, whoever keeps them",
    "month.rows.row.figures.strength": "withheld: always 0 for what another keeps",
    "month.rows.row.figures.kept": "withheld: always 0",
    "month.rows.row.figures.total": "withheld: always 0",
    "month.rows.row.figures.current": "withheld: always 0, no run",
    "month.rows.row.figures.longest": "withheld: always 0, no run",
    "month.rows.row.give_or_take_min": "minutes around its hour, as they worded it",
    "month.rows.marks.entered": "the day a day was entered on, beside that day: never counted",
    "ritual.row.figures.strength": "withheld: always 0",
    "ritual.row.figures.kept": "withheld: always 0",
    "ritual.row.figures.total": "withheld: always 0",
    "ritual.row.figures.current": "withheld: always 0, no run",
    "ritual.row.figures.longest": "withheld: always 0, no run",
    "ritual.row.give_or_take_min": "minutes around its hour, as they worded it",
    "ritual.marks.entered": "the day a day was entered on, beside that day: never counted",
    "ritual.kept": "withheld: always 0",
    "ritual.open_day": "withheld: always 0",
    "promise.held.held": "withheld: always 0",
    "promise.held.of": "withheld: always 0",
}
ZERO: Final = frozenset(name for name, why in ALLOWED.items() if why.startswith("withheld"))


@pytest.fixture
def watched(both: Both) -> tuple[Desk, RecordId, RecordId]:
    """Noa's desk, beside what Jules promised and did not always keep, and a ritual of Jules's own that Jules shows."""
    jules = Desk(both.jules, lambda: None)
    promise = jules.journal.add(
        "commitment", {"wording": "I write before seven.", "state": "active", "rhythm": "daily"}
    )
    for number, went in enumerate((Went.KEPT_LATE, Went.NOT_KEPT, Went.KEPT_LATE, Went.PARTLY, Went.KEPT)):
        jules.commitments.note(promise, went, "", TODAY - number * DAY)
    start = TODAY - 40 * DAY
    raw = {"title": "The early walk", "who": ["Jules"], "rhythm": "days", "days": EVERY}
    ritual = jules.journal.add("ritual", {**raw, "starts": {"day": start.isoformat()}})
    jules.sharing.share(ritual, jules.sharing.preview(ritual))
    for number in range(0, 40, 3):
        jules.rituals.mark(ritual, start.toordinal() + number, DONE)
    jules.rituals.mark(ritual, TODAY.toordinal(), RESTED)
    return Desk(both.noa, lambda: None), promise, ritual


def figures(value: object, name: str) -> Iterator[tuple[str, float]]:
    """Every number in a value of the services, with where it stands; days, moments and rhythms are passed over."""
    if isinstance(value, (bool, Schedule, Course)) or name.rsplit(".", 1)[-1] in WHEN:
        return
    if isinstance(value, int | float):
        yield name, value
    for inside, part in _parts(value):
        yield from figures(part, f"{name}.{inside}" if inside else name)


def _parts(value: object) -> Iterator[tuple[str, object]]:
    """What a value holds: its fields by name, or its items without one."""
    if isinstance(value, Mapping):
        yield from (("", one) for one in value.values())
    elif isinstance(value, tuple | list | frozenset):
        yield from (("", one) for one in value)
    elif isinstance(value, msgspec.Struct):
        yield from ((field, getattr(value, field)) for field in value.__struct_fields__)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))


def _told(desk: Desk, promise: RecordId, ritual: RecordId) -> Iterator[tuple[str, float]]:
    yield from figures(desk.commitments.rows(), "promises")
    yield from figures(desk.commitments.detail(promise), "promise")
    yield from figures(desk.commitments.due(), "due")
    yield from figures(desk.rituals.today(), "today")
    yield from figures(desk.rituals.month(), "month")
    yield from figures(desk.rituals.detail(ritual), "ritual")


def test_every_figure_about_the_other_is_on_the_list(watched: tuple[Desk, RecordId, RecordId]) -> None:
    found = list(_told(*watched))
    unknown = {name for name, _ in found if not name.startswith(("ritual.row.schedule", "month.rows.row.schedule"))}
    assert unknown <= set(ALLOWED), (
        f"a figure about another person that nobody weighed: {sorted(unknown - set(ALLOWED))}"
    )
    told = {name: value for name, value in found if name in ZERO and value}
    assert told == {}, "how another keeps what is theirs is theirs to read"
    assert not any(re.search("streak|late|missed|overdue|behind", name) for name, _ in found)


def test_who_keeps_them_reads_all_of_it(watched: tuple[Desk, RecordId, RecordId], both: Both) -> None:
    _, promise, ritual = watched
    jules = Desk(both.jules, lambda: None)
    assert jules.commitments.detail(promise).counts[Went.KEPT_LATE] == 2
    shown = jules.rituals.detail(ritual)
    assert shown.row.figures.strength > 0 and shown.kept == 14 and not shown.row.anothers
    assert [one.row.record for one in jules.rituals.today()] == [ritual]


def test_nobody_is_asked_about_what_another_keeps_nor_notes_it(watched: tuple[Desk, RecordId, RecordId]) -> None:
    noa, promise, ritual = watched
    assert noa.rituals.today() == () and noa.commitments.due() == ()
    with pytest.raises(RecordError) as refused:
        noa.rituals.tick_today(ritual)
    assert refused.value.code is Code.NOT_YOURS
    with pytest.raises(RecordError) as refused:
        noa.commitments.note(promise, Went.NOT_KEPT)
    assert refused.value.code is Code.NOT_YOURS
    (row,) = noa.rituals.month().rows
    assert row.due == frozenset(), "no day of it stands open"


def test_no_reminder_speaks_of_what_another_keeps(both: Both) -> None:
    jules, noa = Desk(both.jules, lambda: None), Desk(both.noa, lambda: None)
    around = {"day": TODAY.isoformat(), "precision": "instant", "time": "20:30:00"}
    raw = {"title": "The early walk", "who": ["Jules"], "rhythm": "days", "days": EVERY, "around": around}
    ritual = jules.journal.add("ritual", {**raw, "starts": {"day": TODAY.isoformat()}})
    jules.sharing.share(ritual, jules.sharing.preview(ritual))
    soon = (EVENING, EVENING + dt.timedelta(hours=3))
    assert [one.record for one in jules.rituals.due_between(*soon)] == [ritual]
    assert noa.rituals.due_between(*soon) == ()
