"""The cards of lately, the four panels and the three answers: numbers, words, and what is not said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.plot import Table
from app.domain.records import Clock
from app.insights.verdict import Tier
from app.services import trend_are, trend_lately, trend_panels
from app.services.session import Session
from app.services.trend_series import Entries
from app.services.trend_weeks import WeekRange, by_week, signed, string_rows
from app.services.trend_words import TrendWords
from tests.fixtures.session import EVENING, ZONE, shipped_content

TODAY = EVENING.date().toordinal()
REVIEW = dt.date(2026, 5, 10).toordinal()
NO_OCCASION = "no_occasion"
WORDS = TrendWords(shipped_content(), solo=False, today=TODAY)


def write(session: Session, day: int, *, late: bool = False, **answers: object) -> None:
    """A check-in for a day, made that evening or a week later."""
    date = dt.date.fromordinal(day)
    moment = dt.datetime.combine(date, dt.time(21), EVENING.tzinfo) + dt.timedelta(days=7 * late)
    with session.space.change(session.person.id, zone=ZONE) as change:
        clock = Clock(wall_ms=lambda: int(moment.timestamp() * 1000))
        body = session.kinds.parse("checkin", {"felt_for_date": date.isoformat(), **answers})
        change.at(clock).put("checkin", body)


def entries(weeks: Sequence[float], last_day: int = REVIEW) -> Entries:
    """Three days in each week with one value, the last week ending on `last_day`, a Sunday; NaN: nothing written."""
    days, values = [], []
    for back, value in enumerate(reversed(weeks)):
        if np.isfinite(value):
            days += [last_day - 7 * back - offset for offset in (0, 2, 4)]
            values += [value] * 3
    order = np.argsort(days)
    count = len(days)
    return Entries(
        np.asarray(days, dtype=np.int64)[order],
        np.asarray(values, dtype=np.float64)[order],
        np.ones(count, dtype=np.int64),
        np.zeros(count, dtype=np.bool_),
    )


EARLIER = (4.1, 3.9, 4.6, 4.0, 4.4, 3.7, 4.2, 4.9, 4.3, 4.5, 4.0, 4.6)
RECENT = (5.0, 5.4, 4.8, 5.6)

# ------------------------------------------------------------------------------------------------ lately


def test_lately_gives_the_published_shift_and_its_midmeans() -> None:
    """Reference of insights.md 7: Hodges-Lehmann .95, NAP .9791667."""
    found = trend_lately.card(entries((*EARLIER, *RECENT)), REVIEW, WORDS)
    assert found.data is not None
    assert found.data.change == pytest.approx(0.95)
    assert found.shift.nap == pytest.approx(0.9791667)
    np.testing.assert_allclose(found.data.values, (*EARLIER, *RECENT))
    assert found.data.before == pytest.approx(4.25)
    assert found.data.now == pytest.approx(5.2)
    assert found.shift.tier is Tier.OPEN and "much like the twelve before" in found.sentence  # below one point
    assert f"The difference is about {signed(found.data.change, WORDS)} points" in found.alternative.figures


@pytest.mark.parametrize(("lift", "said"), [(2.0, "easier"), (-2.0, "harder")])
def test_a_clear_difference_is_said_with_its_direction_and_no_cause(lift: float, said: str) -> None:
    found = trend_lately.card(entries((*EARLIER, *(4.3 + lift + value - 5.2 for value in RECENT))), REVIEW, WORDS)
    assert found.shift.tier.has_direction
    assert said in found.sentence and "because" not in found.alternative.text
    if found.shift.tier is Tier.LEANING:
        assert "chance" in found.sentence


@pytest.mark.parametrize(("recent", "earlier"), [(2, 12), (4, 7), (0, 0)])
def test_too_few_weeks_show_the_reason_and_no_chart(recent: int, earlier: int) -> None:
    weeks = [
        *([float("nan")] * (12 - earlier)),
        *([5.0] * earlier),
        *([float("nan")] * (4 - recent)),
        *([6.0] * recent),
    ]
    found = trend_lately.card(entries(weeks), REVIEW, WORDS)
    assert found.data is None and found.plot() is None and found.rows() == ((), ())
    assert found.sentence == "Needs 3 recent and 8 earlier weeks."
    assert "Too early to compare" in found.alternative.pattern


def test_three_recent_and_eight_earlier_weeks_are_enough_and_gaps_stay_open() -> None:
    weeks = [float("nan")] * 4 + [4.0] * 8 + [5.0, float("nan"), 5.0, 5.0]
    found = trend_lately.card(entries(weeks), REVIEW, WORDS)
    assert found.data is not None
    assert np.isnan(found.data.values).tolist() == [True] * 4 + [False] * 9 + [True] + [False] * 2
    assert len(found.rows()[1]) == 11
    assert "fewer than three days" in found.read(0) and found.read(15).endswith(": 5.")


def test_lately_is_judged_at_the_look_and_not_on_the_day_after(session: Session) -> None:
    for day in range(REVIEW - 16 * 7 + 1, REVIEW + 1):
        write(session, day, felt_safety=5 + day % 2)
    before = trend_lately.read(session, TODAY - 90, TODAY, WORDS)
    for day in range(REVIEW + 1, TODAY + 1):
        write(session, day, felt_safety=0)
    after = trend_lately.read(session, TODAY - 90, TODAY, WORDS)
    assert before.data is not None and after.data is not None
    assert before.sentence == after.sentence and before.days == after.days
    assert after.days[-1] + 6 == REVIEW


def test_what_was_written_looking_back_is_left_out_of_lately() -> None:
    found = entries((*EARLIER, *RECENT))
    late = Entries(found.days, found.values, found.wording, found.days > REVIEW - 7)
    assert trend_lately.card(late, REVIEW, WORDS).shift.recent_values == pytest.approx((5.0, 5.4, 4.8))
    drawn = trend_lately.card(late, REVIEW, WORDS).data
    assert drawn is not None and np.isnan(drawn.values[-1])


# ------------------------------------------------------------------------------------------------ four panels


def test_panels_hold_four_measures_and_say_each_alone(session: Session) -> None:
    for day in range(TODAY - 27, TODAY + 1):
        write(session, day, felt_safety=6, trust=4, outside_load=1, accessible=4, responsive=2, engaged=NO_OCCASION)
    found = trend_panels.read(session, TODAY - 27, TODAY, WORDS)
    assert found.data is not None
    assert [float(np.nanmax(series)) for series in found.data.series] == [6.0, 7.5, 4.0, 1.0]
    assert found.data.tops == (10.0, 10.0, 10.0, 4.0)
    assert found.panels[0].sentence == "Typically 6, from 5 weeks."
    assert found.read(len(found.days) - 1).count(":") == 5
    assert "Felt safety: typically 6" in found.alternative.figures
    assert found.sentence == "All four have a value in 5 weeks."


def test_the_index_needs_two_of_three_answers_in_one_check_in(session: Session) -> None:
    write(session, TODAY, accessible=4, responsive=NO_OCCASION, engaged=NO_OCCASION)
    write(session, TODAY, accessible=2)
    write(session, TODAY - 1, accessible=4, responsive=2, engaged=NO_OCCASION)
    write(session, TODAY - 2, accessible=4, responsive=4, engaged=1, late=True)
    days, values = trend_panels.index_of(session.connection, TODAY - 10, TODAY)
    assert days.tolist() == [TODAY - 1]
    assert values.tolist() == [7.5]


def test_the_quick_form_alone_leaves_two_panels_empty_and_unsaid(session: Session) -> None:
    for day in range(TODAY - 27, TODAY + 1):
        write(session, day, felt_safety=6, trust=4)
    found = trend_panels.read(session, TODAY - 27, TODAY, WORDS)
    assert found.data is not None
    assert [bool(heading.sentence) for heading in found.panels] == [True, False, True, False]
    assert all(cells[2] == "" and cells[4] == "" for cells in found.rows()[1])


def test_nothing_written_draws_no_panels_and_no_rows(session: Session) -> None:
    panels = trend_panels.read(session, TODAY - 27, TODAY, WORDS)
    assert panels.data is None and panels.plot() is None and panels.rows() == ((), ())
    assert panels.sentence == "Answer the full form on a few days to start this row."
    answers = trend_are.read(session, TODAY - 27, TODAY, WORDS)
    assert answers.data is None and answers.plot() is None and answers.rows() == ((), ())
    assert answers.sentence == "Rate any of the three to start its row."
    assert "fewer than three days" in answers.read(0)


# ------------------------------------------------------------------------------------------------ the three answers


def test_a_week_of_no_occasion_is_neither_low_nor_counted(session: Session) -> None:
    monday = TODAY - 3  # 11 May 2026
    for day in range(monday - 14, monday - 7):
        write(session, day, felt_safety=6, accessible=3, responsive=day % 3, engaged=NO_OCCASION)
    for day in range(monday - 7, monday):
        write(session, day, felt_safety=6, accessible=NO_OCCASION, responsive=2)
    found = trend_are.read(session, monday - 14, TODAY, WORDS)
    assert found.data is not None
    reach, answer, together = found.data.rows
    assert reach.means[0] == 3.0 and np.isnan(reach.means[1:]).all()
    assert reach.no_occasion.tolist() == [False, True, False]
    assert answer.no_occasion.tolist() == [False, False, False]
    assert together.no_occasion.tolist() == [True, False, False] and np.isnan(together.means).all()
    assert (answer.lows[0], answer.highs[0]) == (0.0, 2.0)
    assert found.rows_said[0].sentence == "3 on average; “no occasion” in 1 week."
    assert found.rows_said[2].sentence == "“No occasion” in 1 week."
    assert "Reachable: 3 on average; “no occasion” in 1 week." in found.alternative.figures
    assert "In it together: “no occasion” in 1 week." in found.alternative.figures
    assert ("Reachable", "no occasion", "", "") in [cells[1:] for cells in found.rows()[1]]
    assert (
        found.read(0)
        == "Week of 27 April 2026: Reachable: 3 (3 to 3); Answered: 1.1 (0 to 2); In it together: no occasion."
    )
    assert "fewer than three days" in found.read(2)


def test_a_week_with_three_rated_days_counts_whatever_else_had_no_occasion(session: Session) -> None:
    monday = TODAY - 10
    for offset in range(7):
        write(session, monday + offset, accessible=2 if offset < 3 else NO_OCCASION)
    found = trend_are.read(session, monday, TODAY, WORDS)
    assert found.data is not None
    assert found.data.rows[0].means[0] == 2.0 and not found.data.rows[0].no_occasion.any()


def test_words_that_look_like_the_answer_are_not_taken_for_it(session: Session) -> None:
    for offset in range(3):
        write(session, TODAY - offset, felt_safety=5, line='"accessible":"no_occasion"')
    assert trend_are.read(session, TODAY - 27, TODAY, WORDS).data is None


# ------------------------------------------------------------------------------------------------ weeks and words


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 4)), max_size=80))
def test_a_week_has_a_value_from_three_days_on_and_a_range_around_it(written: list[tuple[int, int]]) -> None:
    first = TODAY - 60
    days = np.asarray([first + offset for offset, _ in written], dtype=np.int64)
    values = np.asarray([value for _, value in written], dtype=np.float64)
    found: WeekRange = by_week(days, values, first, TODAY)
    assert found.mondays[0] <= first < found.mondays[0] + 7 and found.mondays[-1] <= TODAY < found.mondays[-1] + 7
    for monday, mean, low, high in zip(found.mondays, found.means, found.lows, found.highs, strict=True):
        inside = {day: values[days == day].mean() for day in set(days.tolist()) if monday <= day < monday + 7}
        if len(inside) < 3:
            assert np.isnan([mean, low, high]).all()
            continue
        assert mean == pytest.approx(np.mean(list(inside.values())))
        assert (low, high) == pytest.approx((min(inside.values()), max(inside.values())))
        assert low <= mean + 1e-9 and mean <= high + 1e-9


def test_figures_carry_their_sign_and_nought_has_none() -> None:
    assert [signed(value, WORDS) for value in (0.94, -0.96, 0.04, -0.04, 2.0)] == ["+0.9", "−1", "0", "0", "+2"]


def test_rows_are_strings_and_blanks_stay_blank() -> None:
    table = Table(("a", "b", "c", "d"), ((dt.date(2026, 5, 11), 2.25, None, "x"),))
    assert string_rows(table, WORDS) == (("a", "b", "c", "d"), (("11 May 2026", "2.2", "", "x"),))
