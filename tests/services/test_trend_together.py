"""Two views and the perception gap from what was released: weeks in common, tiers, words that take no side."""

from __future__ import annotations

import re
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import paths
from app.domain.records import PersonId
from app.domain.released import Present, ReleasedRow, ReleasedWeeks, Side, Stream
from app.insights.gap import GapTier
from app.services.trend_perception import differ_card, gap_card
from app.services.trend_two_views import mondays_between, views_card, weekly
from app.services.trend_words import TrendWords
from app.services.vaults import load_words

MONDAY = 739_733 - (739_733 - 1) % 7
LAST = MONDAY // 28 * 28 + 28
"""The end of a four-week block."""
LEVELS = ("no", "a little", "partly", "mostly", "yes")
ANSWERS = ("accessible", "responsive", "engaged")


@pytest.fixture(scope="module")
def words() -> TrendWords:
    content = load_words(paths.resources() / "content", "en").content
    return TrendWords(content, solo=False, today=LAST + 3)


def line(row: str, values: list[float | None], top: int = 10) -> ReleasedRow:
    """Week values that end with the week before LAST + 1; None for a week that is not there."""
    last = LAST - 6
    known = [(last - 7 * (len(values) - 1 - i), value) for i, value in enumerate(values) if value is not None]
    return ReleasedRow(row, top, tuple(week for week, _ in known), tuple(value for _, value in known))


def side(mark: int, **streams: list[ReleasedRow]) -> Side:
    name = ("Noa", "Jules")[mark - 1]
    shown = tuple(ReleasedWeeks(Stream(stream), tuple(rows)) for stream, rows in streams.items())
    return Side(Present(PersonId(name), name, mark), shown)


def safety(first: list[float | None], second: list[float | None]) -> tuple[Side, Side]:
    return side(1, felt_safety=[line("felt_safety", first)]), side(2, felt_safety=[line("felt_safety", second)])


def both_forms(received: list[float | None], pictured: list[float | None]) -> tuple[Side, Side]:
    """Noa says how Jules came across; Jules pictured it."""
    noa = side(1, are=[line(row, received, 4) for row in ANSWERS])
    jules = side(2, mirror=[line(row, pictured, 4) for row in ANSWERS])
    return noa, jules


def test_two_views_count_weeks_in_common_and_point_out_the_one_far_apart(words: TrendWords) -> None:
    card = views_card(safety([5, 6, None, 3, 6], [6, 6, 5, 7, None]), Stream.FELT_SAFETY, LAST - 34, LAST, words)
    assert card.data is not None
    assert (card.common, card.near, card.wide) == (3, 2, LAST - 13)
    assert card.sentence.startswith("Within a point of each other in 2 of 3 weeks. The week of ")
    assert "felt different from each side" in card.sentence
    assert "Typically 4.7 for Noa and 6.3 for Jules" in card.alternative.figures
    heads, rows = card.rows()
    assert heads == ("Week of", "Noa", "Jules")
    assert [row[1:] for row in rows] == [("5.0", "6.0"), ("6.0", "6.0"), ("", "5.0"), ("3.0", "7.0"), ("6.0", "")]
    assert card.read(3).endswith("Noa 3, Jules 7.")


def test_without_a_week_in_common_nothing_is_drawn_and_nobody_is_said_to_be_missing(words: TrendWords) -> None:
    wanted = "Opens when both share three or more days in a week."
    for sides in (
        safety([5, None], [None, 6]),
        safety([5, 6], []),
        (side(1), side(2)),
        (side(1, trust=[line("trust", [5.0])]), side(2, felt_safety=[line("felt_safety", [5.0])])),
    ):
        card = views_card(sides, Stream.FELT_SAFETY, LAST - 27, LAST, words)
        assert (card.data, card.sentence, card.rows()[1]) == (None, wanted, ())


values = st.lists(st.one_of(st.none(), st.floats(0, 10).map(lambda v: round(v, 1))), min_size=1, max_size=30)


@given(first=values, second=values, weeks=st.integers(1, 26))
def test_whatever_is_released_lies_in_the_period_and_gaps_stay_gaps(
    first: list[float | None], second: list[float | None], weeks: int
) -> None:
    content = load_words(paths.resources() / "content", "en").content
    spoken = TrendWords(content, solo=False, today=LAST + 3)
    sides = safety(first, second)
    card = views_card(sides, Stream.FELT_SAFETY, LAST - 7 * weeks + 1, LAST, spoken)
    if card.data is None:
        return
    assert card.data.weeks.tolist() == list(range(LAST - 7 * weeks + 1, LAST, 7))
    for shown, told in ((card.data.first, first), (card.data.second, second)):
        expected = ([None] * weeks + told)[-weeks:]
        assert [None if np.isnan(value) else value for value in shown] == expected
    assert card.near <= card.common <= weeks


def test_a_difference_is_said_from_both_sides(words: TrendWords) -> None:
    sides = both_forms([1.2, 1.4, 1.0, 1.4, 1.2, 1.6, 1.2, 1.4], [3.0, 2.8, 3.2, 3.0, 3.0, 2.8, 3.0, 3.2])
    card = gap_card(sides, 1, LAST + 2, words)
    assert card.gap.tier is GapTier.DIFFERENCE
    assert (card.gap.pairs, card.data is not None) == (8, True)
    assert re.match(r"Jules pictured 7\.5; Noa felt 3\.\d\. Both are true reports", card.sentence)
    assert card.data is not None
    assert card.data.mondays.tolist() == [LAST - 55, LAST - 27]
    assert "8 shared weeks" in card.alternative.figures and "plausibly" in card.alternative.figures
    assert card.labels.columns[2:] == ("felt by Noa", "pictured by Jules")
    assert len(card.read) == len(card.rows()[1]) == 2


def test_close_is_close_and_five_pairs_are_too_few(words: TrendWords) -> None:
    close = gap_card(both_forms([2.5] * 8, [2.6] * 8), 1, LAST, words)
    assert close.gap.tier is GapTier.CLOSE
    assert close.sentence.startswith("Close, within ordinary variation: Jules pictured 6.5, and Noa felt 6.2")
    few = gap_card(both_forms([2.5] * 5, [3.5] * 5), 1, LAST, words)
    assert (few.data, few.sentence) == (None, "Needs six shared weeks with both forms.")
    other_way = gap_card(both_forms([2.5] * 8, [2.6] * 8), 0, LAST, words)
    assert other_way.data is None


def test_the_gap_is_looked_at_every_four_weeks_only(words: TrendWords) -> None:
    sides = both_forms([2.0] * 10, [3.0] * 10)
    found = {gap_card(sides, 1, day, words).gap for day in range(LAST, LAST + 28)}
    assert len(found) == 1


def test_two_of_three_answers_make_an_index_and_one_does_not(words: TrendWords) -> None:
    def sides(count: int) -> tuple[Side, Side]:
        noa = side(1, are=[line(row, [2.0] * 8, 4) for row in ANSWERS[:count]])
        return noa, side(2, mirror=[line(row, [2.0] * 8, 4) for row in ANSWERS])

    assert gap_card(sides(2), 1, LAST, words).gap.received == pytest.approx(5.0)
    assert gap_card(sides(1), 1, LAST, words).gap.pairs == 0


def test_where_they_differ_names_the_widest_and_no_wrong_reading(words: TrendWords) -> None:
    noa = side(1, are=[line("accessible", [3.0] * 4, 4), line("responsive", [2.0] * 4, 4)])
    jules = side(2, mirror=[line("accessible", [3.3] * 4, 4), line("responsive", [3.2] * 4, 4)])
    card = differ_card((noa, jules), 1, LAST - 83, LAST, LEVELS, words)
    assert [(row.id, round(row.received, 6), round(row.pictured, 6)) for row in card.rows] == [
        ("accessible", 3.0, 3.3),
        ("responsive", 2.0, 3.2),
    ]
    assert card.sentence == (
        "Widest on “answered”. Jules pictured it as “mostly”; to Noa it landed as “partly”."
        " Neither is the wrong reading."
    )
    assert differ_card((noa, jules), 0, LAST - 83, LAST, LEVELS, words).rows == ()
    assert differ_card((noa, jules), 1, LAST - 13, LAST, LEVELS, words).sentence.startswith("Needs three")


def test_no_sentence_ranks_averages_or_tells_who_was_away(words: TrendWords) -> None:
    refused = re.compile(r"average|score|joint|better|worse|more than|less than|winner|rank|missing|did not|has not"
                         r"|hasn|absent|\bwrong\b(?! reading)|because", re.IGNORECASE)  # fmt: skip
    choices: list[list[float | None]] = [[], [2.0] * 8, [3.9] * 8, [1.0, 4.0] * 4, [None, 2.0] * 4]
    said: list[str] = []
    for received, pictured, seat in product(choices, choices, (0, 1)):
        sides = both_forms(received, pictured)
        gap, differ = gap_card(sides, seat, LAST, words), differ_card(sides, seat, LAST - 83, LAST, LEVELS, words)
        views = views_card(safety(received, pictured), Stream.FELT_SAFETY, LAST - 83, LAST, words)
        said += [gap.sentence, gap.alternative.text, *gap.read, differ.sentence, views.sentence, views.alternative.text]
        said += [views.read(place) for place in range(12)] if views.data is not None else []
    assert len(set(said)) > 20
    assert [one for one in said if refused.search(one)] == []


def test_weeks_before_and_after_the_period_stay_out() -> None:
    row = line("felt_safety", [1.0, 2.0, 3.0, 4.0])
    assert weekly(row, mondays_between(LAST - 20, LAST - 7)).tolist() == [2.0, 3.0]
