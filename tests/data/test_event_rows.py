"""Triggers as columns: joined by row number, chosen answers found by index, own words only where they are asked for."""

from __future__ import annotations

from app.data import event_rows
from app.domain.records import RecordId
from app.services.session import Session
from tests.services.trigger_diary import TODAY, trigger, write


def numbers(session: Session, *records: RecordId) -> list[int]:
    found = dict(session.connection.execute("SELECT id, number FROM record").fetchall())
    return [found[record] for record in records]


def test_columns_hold_the_same_triggers(session: Session) -> None:
    first, second = trigger(session, 3, peak=7, after=2), trigger(session, 1, peak=5)
    trigger(session, 40, peak=9)
    write(session, "checkin", 2, felt_safety=5)
    rows, days, instants = event_rows.rows_of_kind(session.connection, "trigger", TODAY - 30, TODAY)
    assert dict(zip(rows, days, strict=True)) == dict(
        zip(numbers(session, first, second), [TODAY - 3, TODAY - 1], strict=True)
    )
    assert len(instants) == 2
    assert event_rows.values(session.connection, "trigger.peak", TODAY - 30, TODAY) == (
        numbers(session, first, second),
        [7.0, 5.0],
    )
    assert event_rows.values(session.connection, "trigger.after", TODAY - 30, TODAY)[1] == [2.0]
    assert event_rows.values(session.connection, "trigger.minutes_to_settle", 0, TODAY) == ([], [])


def test_chosen_answers_are_found_one_by_one_and_all_together(session: Session) -> None:
    first = trigger(session, 2, helped=["walk", "my dog"], cue_kind=["phone"])
    second = trigger(session, 1, helped=["walk"])
    one, two = numbers(session, first, second)
    assert event_rows.chose(session.connection, "helped", ["walk", "music"]) == {"walk": [one, two]}
    assert event_rows.chose_any(session.connection, "helped") == {"my dog": [one], "walk": [one, two]}
    assert event_rows.chose_any(session.connection, "move") == {}
    assert event_rows.chose(session.connection, "cue_kind", []) == {}


def test_what_leads_to_a_record(session: Session) -> None:
    with session.change() as change:
        thread = change.put("injury", session.kinds.parse("injury", {"title": "That winter"}))
        ritual = change.put("ritual", session.kinds.parse("ritual", {"title": "Tea"}))
    linked, _ = trigger(session, 2, thread=thread), trigger(session, 1)
    assert event_rows.linked(session.connection, "thread", thread) == numbers(session, linked)
    write(session, "ritual_completion", 3, ritual=ritual, outcome="done")
    write(session, "ritual_completion", 2, ritual=ritual, outcome="rested")
    write(session, "ritual_completion", 90, ritual=ritual, outcome="done")
    found = event_rows.linked_days(session.connection, "ritual", ritual, "outcome", TODAY - 30, TODAY)
    assert found == [(TODAY - 3, "done"), (TODAY - 2, "rested")]


def test_rows_lead_back_to_their_records(session: Session) -> None:
    records = [trigger(session, back) for back in range(4)]
    rows = numbers(session, *records)
    assert event_rows.ids(session.connection, [rows[2], 999_999, rows[0]]) == [records[2], records[0]]
    assert event_rows.ids(session.connection, []) == []
