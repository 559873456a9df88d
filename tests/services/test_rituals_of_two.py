"""A ritual two people share has one strength: whatever either keeps to themselves, both are told the same figures."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.data import keeping
from app.domain.records import RecordId
from app.domain.ritual_course import State
from app.domain.schedule import Rhythm, Schedule
from app.services import apart
from app.services.journal import Journal
from app.services.ritual_figures import Figures
from app.services.ritual_reading import AGREED, DONE, OPEN, RESTED, SMALL, Days, RitualDay, facts_of
from app.services.rituals import Rituals
from app.services.session import Session
from tests.fixtures.both import Both
from tests.fixtures.session import EVENING
from tests.services.test_rituals import DAY, Clock, begin, share, tick

NIGHT = EVENING.replace(hour=2) + DAY
FIRST = EVENING.date() - 40 * DAY


@pytest.fixture
def record(both: Both) -> RecordId:
    """A ritual that is shared from its first day on."""
    for session in (both.noa, both.jules):
        Clock(session, EVENING - 40 * DAY)
    shared = begin(both.noa, FIRST)
    share(both.noa, shared)
    for session in (both.noa, both.jules):
        Clock(session)
    tick(Rituals(both.noa), shared, [FIRST.toordinal() + number for number in range(0, 30, 2)])
    tick(Rituals(both.jules), shared, [FIRST.toordinal() + number for number in range(1, 30, 2)])
    return shared


def told(session: Session, record: RecordId) -> tuple[Figures, tuple[tuple[int, float], ...], Figures]:
    """Figures on the ritual's own page, its curve, and the figures of its row in the month."""
    rituals = Rituals(session)
    detail = rituals.detail(record)
    (row,) = [one.row for one in rituals.month().rows if one.row.record == record]
    return detail.row.figures, detail.line, row.figures


def test_a_pause_of_ones_own_changes_nothing_for_both(both: Both, record: RecordId) -> None:
    before = told(both.noa, record)
    for session in (both.noa, both.jules):
        Clock(session, EVENING - 9 * DAY)
    Rituals(both.jules).pause_all(EVENING.date() - 2 * DAY)
    for session in (both.noa, both.jules):
        Clock(session)
    assert told(both.jules, record) == told(both.noa, record) == before
    assert Rituals(both.jules).month().rows[0].resting, "the days themselves still rest for whoever paused"


def test_a_rest_of_ones_own_changes_nothing_and_an_agreed_one_does(both: Both, record: RecordId) -> None:
    today = EVENING.date().toordinal()
    before = told(both.noa, record)
    Rituals(both.jules).mark(record, today - 5, RESTED)
    assert told(both.jules, record) == told(both.noa, record) == before
    Rituals(both.jules).mark(record, today - 5, AGREED)
    after = told(both.noa, record)
    assert told(both.jules, record) == after
    assert after[0].total < before[0].total or after[1][-1][1] > before[1][-1][1]


@pytest.mark.parametrize("at", [EVENING, NIGHT])
@pytest.mark.parametrize("hour", ["0", "12"])
def test_the_hour_at_which_ones_own_day_closes_does_not_matter(
    both: Both, record: RecordId, at: dt.datetime, hour: str
) -> None:
    keeping.set_setting(both.jules.connection, "day_closes_at", hour)
    for session in (both.noa, both.jules):
        Clock(session, at)
    assert told(both.jules, record) == told(both.noa, record)
    Rituals(both.jules).tick_today(record)
    assert told(both.jules, record) == told(both.noa, record)
    Journal(both.noa).answer(record, days=["mon", "thu"])
    assert told(both.jules, record) == told(both.noa, record)


def test_what_was_kept_before_it_was_shared_is_ones_own(both: Both) -> None:
    record = begin(both.noa, EVENING.date() - 30 * DAY)
    today = EVENING.date().toordinal()
    tick(Rituals(both.noa), record, [today - number for number in range(1, 25)])
    Journal(both.noa).answer(record, days=["mon"])
    Journal(both.noa).answer(record, days=["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
    assert not told(both.noa, record)[0].early
    share(both.noa, record)
    for session in (both.noa, both.jules):
        Clock(session, EVENING + 20 * DAY)
    tick(Rituals(both.jules), record, [today + number for number in range(1, 18)])
    assert told(both.noa, record) == told(both.jules, record)
    assert told(both.noa, record)[1][0][0] == today + 1, "together it begins with what was noted together"
    assert Rituals(both.noa).detail(record).kept == 24 + 17, "and what was kept before is never taken away"
    assert Rituals(both.jules).detail(record).kept == 17


def test_hiding_a_day_changes_no_figure_and_shows_it_nowhere(both: Both, record: RecordId) -> None:
    today = EVENING.date().toordinal()
    Rituals(both.jules).mark(record, today, DONE, words="Out on the stairs")
    jules, before = Rituals(both.noa), told(both.noa, record)
    assert jules.detail(record).marks[today].note == "Out on the stairs"
    hers = next(one for one in Journal(both.noa).page(kinds=("ritual_completion",)).entries if one.day == today)
    apart.hide(both.noa, RecordId(hers.id), on=True)
    assert told(both.noa, record) == told(both.jules, record) == before
    assert today not in jules.detail(record).marks
    assert jules.today()[0].outcome == "", "what was read before is looked at anew"


def test_a_line_moves_with_its_day_out_of_what_is_shared(both: Both, record: RecordId) -> None:
    rituals, today = Rituals(both.jules), EVENING.date().toordinal()
    rituals.mark(record, today, DONE, words="Fever, and still")
    first = rituals.own_day(record, today)
    assert first is not None and (first.outcome, first.note) == (DONE, "Fever, and still")
    rituals.mark(record, today, RESTED, reason="illness", words="Fever, and still")
    assert Rituals(both.noa).detail(record).marks[today].note == ""
    found = rituals.own_day(record, today)
    assert found is not None and (found.outcome, found.reason, found.note) == (RESTED, "illness", "Fever, and still")
    assert Rituals(both.noa).own_day(record, today) is None


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=100)
@given(
    shared=st.dictionaries(st.integers(0, 60), st.sampled_from([DONE, SMALL, AGREED, OPEN]), max_size=40),
    own=st.dictionaries(st.integers(0, 60), st.sampled_from([DONE, SMALL, RESTED, OPEN]), max_size=40),
    saved=st.integers(0, 40),
)
def test_facts_are_those_both_can_see(shared: dict[int, str], own: dict[int, str], saved: int) -> None:
    start = FIRST.toordinal()
    state = State(start + saved, start, Schedule(Rhythm.DAYS, FIRST, frozenset(range(7))))

    def marks(days: dict[int, str]) -> dict[int, RitualDay]:
        return {start + day: RitualDay(start + day, outcome) for day, outcome in days.items()}

    mine = facts_of((state,), Days({**marks(own), **marks(shared)}, marks(shared)))
    theirs = facts_of((state,), Days(marks(shared), marks(shared)))
    assert mine == theirs
    assert start <= mine[0].begin <= start + saved
