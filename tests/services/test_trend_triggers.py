"""Triggers read once for four charts, and the first of them: strength at first and after."""

from __future__ import annotations

import time

import numpy as np
import pytest

from app.charts.markers import Marker
from app.domain.records import RecordId
from app.services import trend_cues, trend_events, trend_helped, trend_settling, trend_triggers
from app.services.session import Session
from app.services.trend_events import Picked
from app.services.trend_triggers import MOST_SINGLE, TimelineCard
from tests.services.trigger_diary import TODAY, trigger, words

FIRST = TODAY - 181
MOVES = ("pursue", "withdraw", "blame", "defend", "shut_down")
CUES = ("phone", "lateness", "tone", "silence", "place", "date", "own words")
HELPED = ("walk", "breathing", "my dog", "nothing_yet")


def card(session: Session, picked: Picked = trend_events.EVERY, first: int = FIRST) -> TimelineCard:
    return trend_triggers.read(session, first, TODAY, words(session), picked=picked)


def test_events_are_in_time_order_with_blanks_where_nothing_was_noted(session: Session) -> None:
    trigger(session, 1, peak=5, after=6)
    trigger(session, 9, peak=8, minutes_to_settle=40)
    trigger(session, 5, minutes_to_settle="still_going")
    trigger(session, 400, peak=2)
    found = trend_events.load(session, FIRST, TODAY)
    assert found.days.tolist() == [TODAY - 9, TODAY - 5, TODAY - 1]
    np.testing.assert_array_equal(found.peak, [8, np.nan, 5])
    np.testing.assert_array_equal(found.ease, [np.nan, np.nan, -1])
    np.testing.assert_array_equal(found.minutes, [40, np.nan, np.nan])
    assert found.going.tolist() == [False, True, False]


def test_places_follow_the_answers_whatever_order_they_were_written_in(session: Session) -> None:
    trigger(session, 1, helped=["walk"])
    trigger(session, 9, helped=["walk", "rest"])
    found = trend_events.load(session, FIRST, TODAY)
    places = found.places({"walk": found.numbers[::-1].tolist(), "rest": [int(found.numbers[0])], "gone": [999_999]})
    assert {what: at.tolist() for what, at in places.items()} == {"walk": [0, 1], "rest": [0]}


def test_nothing_written_says_that_it_can_mean_calm(session: Session) -> None:
    found = card(session)
    assert found.title == "How strong, how long?"
    assert found.data is None and found.rows()[1] == () and len(found.rows()[0]) == 4
    assert "That can mean calm" in found.sentence
    assert found.plot.caption.sentence == found.sentence
    assert found.behind(0) == () and found.readout(0) == found.sentence


def test_tallies_alone_have_no_strength_to_draw(session: Session) -> None:
    trigger(session, 3)
    found = card(session)
    assert found.data is None and len(found.events) == 1
    assert "No strength is noted" in found.sentence


def test_each_trigger_is_a_mark_with_its_move(session: Session) -> None:
    trigger(session, 8, peak=7, after=3, move=["withdraw"])
    trigger(session, 6, peak=9, move=["reach_out"])
    trigger(session, 4, peak=4, after=4, move=["slammed the door"])
    record = trigger(session, 2, peak=5, move=["check"])
    trigger(session, 1)
    found = card(session)
    assert found.data is not None and found.data.blocks is None
    assert found.data.family.tolist() == [1, 2, 3, 0]
    assert found.moves == ("withdrew", "reached out", "", "checked")
    assert found.readout(0) == "6 May: 7 at first, 3 after, withdrew."
    assert found.readout(2) == "10 May: 4 at first, 4 after, another move, or none noted."
    assert found.readout(3) == "12 May: 5 at first, checked."
    assert trend_events.records(session, found.behind(3)) == [record]
    assert "1 more was only tallied." in found.alternative.pattern
    assert "slammed" not in f"{found.rows()}{found.alternative.text}"


def test_the_table_leaves_blanks_blank(session: Session) -> None:
    trigger(session, 8, peak=7, after=3, move=["withdraw"])
    trigger(session, 2, peak=5)
    heading, rows = card(session).rows()
    assert heading == ("Day", "Strength", "After", "Move")
    assert rows == (("6 May 2026", "7", "3", "withdrew"), ("12 May 2026", "5", "", ""))


@pytest.mark.parametrize(
    ("after", "said"),
    [(3, "5 have an after, typically lower by 4."), (7, "typically as strong as at first."),
     (9, "5 have an after, typically higher by 2.")],
)  # fmt: skip
def test_ease_and_settling_are_said_from_five_on(session: Session, after: int, said: str) -> None:
    for back in range(4):
        trigger(session, back, peak=7, after=after, minutes_to_settle=30)
    assert "after" not in card(session).sentence and "settled" not in card(session).sentence
    trigger(session, 4, peak=7, after=after, minutes_to_settle=30)
    assert said in card(session).sentence
    assert "Typically 30 minutes, from 5 that settled." in card(session).sentence


def test_a_cue_or_a_thread_picks_its_own(session: Session) -> None:
    with session.change() as change:
        thread = change.put("injury", session.kinds.parse("injury", {"title": "That winter"}))
    trigger(session, 3, peak=7, cue_kind=["phone", "silence"])
    trigger(session, 2, peak=5, thread=thread, cue_kind=["lateness"])
    trigger(session, 1, peak=4)
    assert len(card(session).shown) == 3
    for picked, peak in ((Picked(cue="silence"), 7), (Picked(injury=thread), 5)):
        found = card(session, picked).data
        assert found is not None and found.peak.tolist() == [peak]
    none = card(session, Picked(cue="lateness", injury=RecordId("0" * 32)))
    assert none.data is None and "what is picked" in none.sentence
    both = card(session, Picked(cue="lateness", injury=thread)).data
    assert both is not None and both.peak.tolist() == [5]


def test_many_are_drawn_by_blocks_that_say_so_and_hold_every_one(session: Session) -> None:
    count = MOST_SINGLE + 20
    with session.space.change(session.person.id, zone="UTC") as change:
        for number in range(count):
            raw = {"at": f"2026-0{1 + number % 5}-{1 + number % 14:02d}", "peak": number % 9, "move": ["check"]}
            change.put("trigger", session.kinds.parse("trigger", raw | ({"after": 1} if number % 3 else {})))
    found = trend_triggers.read(session, FIRST, TODAY, words(session), markers=(Marker(TODAY - 30, "moved house"),))
    assert found.data is not None and found.data.blocks is not None
    blocks = found.data.blocks
    assert blocks.counts.sum() == len(found.rows()[1]) == count
    behind = [found.behind(stop) for stop in range(len(blocks.starts))]
    assert [len(rows) for rows in behind] == blocks.counts.tolist()
    assert sorted(row for rows in behind for row in rows) == sorted(found.events.numbers.tolist())
    assert "each mark stands for 7 days" in found.alternative.pattern
    assert found.readout(0) == "26 December 2025 to 1 January: 4 triggers, typically 4 at first, 1 after."
    assert found.labels.peak == "typical at first"
    held = (found.data.days >= blocks.starts[1]) & (found.data.days <= blocks.ends[1])
    assert blocks.peak[1] == np.median(found.data.peak[held])
    assert blocks.after[1] == np.nanmedian(found.data.after[held])


def test_ten_years_fit_into_blocks_of_four_weeks(session: Session) -> None:
    trigger(session, 3600, peak=3)
    trigger(session, 1, peak=4)
    found = trend_events.load(session, TODAY - 3649, TODAY)
    assert trend_triggers._block_days(found) == 28
    assert trend_triggers._block_days(trend_events.load(session, TODAY - 700, TODAY)) == 7


def test_ten_thousand_triggers_make_four_cards_in_a_moment(session: Session) -> None:
    """About 15 ms to read them, shared by the cards, and 1 to 8 ms a card; the limit is four times that."""
    fill_ten_years(session)
    first = TODAY - 3649
    spent_ms = []
    for _ in range(4):
        begun = time.process_time()
        events = trend_events.load(session, first, TODAY)
        for chart in (trend_triggers, trend_cues, trend_helped, trend_settling):
            assert chart.read(session, first, TODAY, words(session), events=events).data is not None
        spent_ms.append((time.process_time() - begun) * 1000)
    assert len(events) == 10_000
    assert min(spent_ms) < 160


def fill_ten_years(session: Session) -> None:
    """Ten thousand triggers put straight into the tables that charts read: to write them one by one takes seconds."""
    connection = session.connection
    connection.execute("BEGIN")
    for row in range(1, 10_001):
        day, instant = TODAY - row * 3650 // 10_001, 10_001 - row
        connection.execute(
            "INSERT INTO record (number, id, kind, author, day, instant, zone, created, changed, head, late,"
            " conflict, title, preview) VALUES (?, ?, 'trigger', '', ?, ?, '', 0, 0, '', 0, 0, '', '')",
            (row, f"{row:032x}", day, instant),
        )
        for name in ("trigger.peak", "trigger.after", "trigger.minutes_to_settle"):
            values = (name, day, instant, row, row % 9 + 1)
            connection.execute("INSERT INTO measure VALUES (?, ?, ?, ?, ?, 1, 0)", values)
        for field, choices in (("move", MOVES), ("cue_kind", CUES), ("helped", HELPED)):
            connection.execute("INSERT INTO term VALUES (?, ?, ?)", (row, field, choices[row % len(choices)]))
    connection.execute("COMMIT")
