"""The Today page's service: one check-in a day, drafts, the thread to go on with, what can be finished."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from app.data import suggesting
from app.domain.errors import Code, RecordError
from app.services import choices
from app.services.choices import Choices
from app.services.drafts import Drafts
from app.services.fortnight import fortnight
from app.services.journal import Journal
from app.services.session import Session
from app.services.today import Today, draft_key, tail_of
from app.services.triggers import Triggers, moment


@pytest.fixture
def today(session: Session) -> Today:
    return Today(session)


def _day(session: Session, back: int = 0) -> int:
    return session.today() - back


def test_a_new_journal_asks_and_shows_nothing_else(session: Session, today: Today) -> None:
    state = today.state(session.now())

    assert (state.checkin.saved, state.checkin.draft, state.checkin.put_off) == (None, None, False)
    assert (state.thread, state.unfinished, state.fortnight.answered) == (None, (), 0)


def test_the_second_save_of_a_day_is_a_new_version_of_the_first(session: Session, today: Today) -> None:
    first = today.save_checkin(_day(session), {"felt_safety": 6})
    second = today.save_checkin(_day(session), {"felt_safety": 4, "line": "Later it sank in."})

    assert second.record == first.record
    assert Journal(session).counts() == {"checkin": 1}
    assert len(Journal(session).history(first.record)) == 2
    assert today.state(session.now()).checkin.saved.answers["felt_safety"] == 4  # type: ignore[union-attr]


def test_a_check_in_for_yesterday_belongs_to_yesterday(session: Session, today: Today) -> None:
    today.save_checkin(_day(session, 1), {"felt_safety": 3})

    assert today.state(session.now()).checkin.saved is None
    assert today.state(session.now(), _day(session, 1)).checkin.saved is not None
    assert today.state(session.now()).fortnight.values[-2] == 3


def test_taking_back_removes_a_new_one_and_restores_an_edited_one(session: Session, today: Today) -> None:
    first = today.save_checkin(_day(session), {"felt_safety": 6, "line": "Good."})
    second = today.save_checkin(_day(session), {"felt_safety": 2})

    today.take_back(second)
    restored = today.state(session.now()).checkin.saved
    assert restored is not None
    assert (restored.answers["felt_safety"], restored.answers["line"]) == (6, "Good.")
    today.take_back(first)
    assert today.state(session.now()).checkin.saved is None


def test_saving_lets_the_draft_go(session: Session, today: Today) -> None:
    today.keep_draft(_day(session), {"line": "half a"})
    assert today.state(session.now()).checkin.draft == {"line": "half a"}

    today.save_checkin(_day(session), {"line": "half a sentence"})

    assert today.state(session.now()).checkin.draft is None


def test_an_emptied_draft_leaves_nothing(session: Session, today: Today) -> None:
    today.keep_draft(_day(session), {"line": "x"})
    today.keep_draft(_day(session), {})

    assert today.state(session.now()).checkin.draft is None


def test_not_tonight_closes_until_tomorrow_and_leaves_no_record(session: Session, today: Today) -> None:
    today.keep_draft(_day(session), {"line": "no, not now"})
    today.not_tonight(_day(session))

    state = today.state(session.now())
    assert (state.checkin.put_off, state.checkin.draft) == (True, None)
    assert Journal(session).counts() == {}
    tomorrow = session.now() + dt.timedelta(days=1)
    assert not today.state(tomorrow).checkin.put_off
    today.reopen()
    assert not today.state(session.now()).checkin.put_off


def test_nothing_answered_is_refused_with_its_reason(session: Session, today: Today) -> None:
    with pytest.raises(RecordError) as refused:
        today.save_checkin(_day(session), {})

    assert refused.value.code is Code.INVALID_RECORD
    assert refused.value.detail["reason"] == "needs_answer"


def test_the_thread_to_go_on_with_is_the_newest_open_one_with_a_story(session: Session, today: Today) -> None:
    journal = Journal(session)
    old = journal.add("injury", {"title": "The messages", "story": "It began in March."})
    journal.add("injury", {"title": "No story yet"})
    journal.add("injury", {"title": "Settled", "story": "Long ago.", "state": "settled"})
    journal.add("path_step", {"thread": old, "step": "grasp"})

    thread = today.state(session.now()).thread

    assert thread is not None
    assert (thread.title, thread.step, thread.steps, thread.tail) == ("The messages", 4, 8, "It began in March.")


def test_writing_on_brings_a_thread_to_the_front(session: Session, today: Today) -> None:
    journal = Journal(session)
    first = journal.add("injury", {"title": "First", "story": "a"})
    journal.add("injury", {"title": "Second", "story": "b"})
    journal.answer(first, story="a and more")

    assert today.state(session.now()).thread.title == "First"  # type: ignore[union-attr]


def test_tallies_quick_notes_and_drafts_can_be_finished(session: Session, today: Today) -> None:
    triggers = Triggers(session)
    triggers.save({"at": moment(session.now(), session.zone), "cue": "Door", "peak": 4, "helped": ["walk"]})
    quick = triggers.save({"at": moment(session.now(), session.zone), "cue": "Phone", "peak": 4}).saved.record
    tally = triggers.tally(session.now()).saved.record
    triggers.keep_draft(None, {"cue": "A tone"})

    found = {(item.reason, item.record, item.title) for item in today.state(session.now()).unfinished}

    assert found == {("draft", None, "A tone"), ("quick", quick, "Phone"), ("tally", tally, "")}


def test_old_tallies_are_not_brought_up_again(session: Session, today: Today) -> None:
    Triggers(session).tally(session.now() - dt.timedelta(days=8))

    assert today.state(session.now()).unfinished == ()


def test_a_check_in_draft_is_not_listed_as_unfinished(session: Session, today: Today) -> None:
    today.keep_draft(_day(session), {"felt_safety": 5})

    assert today.state(session.now()).unfinished == ()


def test_hiding_previews_is_the_choice_that_settings_offers(session: Session, today: Today) -> None:
    choices.store(session, Choices(idle_minutes=30))

    assert today.hide_previews(hide=True) == Choices(previews=False, idle_minutes=30)
    assert today.state(session.now()).hide_previews
    assert not choices.load(session).previews

    choices.store(session, Choices(previews=True))
    assert not today.state(session.now()).hide_previews


def test_a_draft_is_dated_by_the_clock_of_the_session(session: Session, today: Today) -> None:
    Triggers(session).keep_draft(None, {"cue": "A tone"})
    Drafts(session).keep("new:note", "note", {"body": "Half"})

    days = {item.day for item in today.state(session.now()).unfinished}
    assert days == {session.today()}


def test_a_journal_is_new_until_something_is_saved_or_begun(session: Session, today: Today) -> None:
    today.keep_draft(_day(session), {"felt_safety": 5})
    assert today.state(session.now()).is_new

    Drafts(session).keep("new:note", "note", {"body": "Half"})
    assert not today.state(session.now()).is_new

    Drafts(session).drop("new:note")
    today.save_checkin(_day(session), {"felt_safety": 5})
    assert not today.state(session.now()).is_new


def test_a_long_story_shows_its_end_from_a_word_on() -> None:
    tail = tail_of("alpha beta gamma delta", letters=12)

    assert tail in {"…delta", "…gamma delta"}
    assert tail_of("short") == "short"


def test_a_long_story_shows_its_end_from_a_sentence_on_where_one_begins_soon() -> None:
    assert tail_of("First it rained. Then you called, and nobody answered.", letters=48) == (
        "…Then you called, and nobody answered."
    )
    assert tail_of("So it was. " + "word " * 30, letters=40).startswith("…word")


def test_the_draft_of_a_day_has_the_day_in_its_key() -> None:
    assert draft_key(7) == "checkin:7"


def _felt(session: Session, values: dict[int, int]) -> None:
    for back, value in values.items():
        Today(session).save_checkin(session.today() - back, {"felt_safety": value})


def test_two_weeks_need_five_days(session: Session) -> None:
    _felt(session, {1: 5, 2: 6, 3: 6, 4: 5})
    assert not fortnight(session.connection, session.today()).is_enough

    _felt(session, {5: 6})
    found = fortnight(session.connection, session.today())
    assert found.is_enough
    assert (found.low, found.high, found.answered) == (5.0, 6.0, 5)
    assert found.values[-1] is None


def test_a_drop_is_found_with_the_day_after(session: Session) -> None:
    _felt(session, {0: 6, 1: 6, 2: 3, 3: 6, 4: 5, 5: 6, 6: 5})

    drop = fortnight(session.connection, session.today()).drop

    assert drop is not None
    assert (drop.day, drop.value, drop.eased) == (session.today() - 2, 3, True)


def test_a_drop_on_the_last_day_claims_no_easing(session: Session) -> None:
    _felt(session, {0: 2, 1: 6, 2: 6, 3: 6, 4: 5, 5: 6})

    drop = fortnight(session.connection, session.today()).drop

    assert drop is not None
    assert drop.eased is None


def test_days_before_the_two_weeks_do_not_count(session: Session) -> None:
    _felt(session, {14: 1, 0: 6})

    assert fortnight(session.connection, session.today()).answered == 1


def test_questions_use_an_index(session: Session) -> None:
    """With 3,000 triggers the page costs what it costs with none: no table is read from end to end."""
    journal = Journal(session)
    with session.change() as change:
        for n in range(3000):
            when = session.now() - dt.timedelta(hours=n + 24 * 10)
            body = journal.check("trigger", {"at": moment(when, session.zone), "cue": "x", "peak": 3})
            change.put("trigger", body)
    plan = [str(row[3]) for row in session.connection.execute("EXPLAIN QUERY PLAN " + suggesting._LINKED, (300,))]
    assert not any(step.startswith(("SCAN record", "SCAN l")) for step in plan)
    began = time.perf_counter()
    Today(session).state(session.now())
    assert time.perf_counter() - began < 0.5


def test_one_that_was_still_going_is_asked_about_for_a_few_days(session: Session, today: Today) -> None:
    triggers = Triggers(session)
    for days in (1, 5):
        at = moment(session.now() - dt.timedelta(days=days), session.zone)
        triggers.save({"at": at, "cue": f"{days} ago", "peak": 6, "minutes_to_settle": "still_going"})

    (offered,) = today.state(session.now()).unfinished

    assert (offered.reason, offered.title) == ("still_going", "1 ago")
    triggers.save({"at": moment(session.now(), session.zone), "minutes_to_settle": 20}, record=offered.record)
    assert today.state(session.now()).unfinished == ()
