"""The suggested thread: from earlier triggers, from the thread's own words, with its reason, and let go for good."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from app.data.space import Space
from app.services.journal import Journal
from app.services.session import Session
from app.services.suggestions import Suggestions, words_of
from app.services.triggers import NEW, Triggers

PHONE = "The phone lay face down on the table"


def _thread(session: Session, title: str, **answers: object) -> str:
    return Journal(session).add("injury", {"title": title, **answers})


def test_before_any_link_a_thread_is_found_by_its_own_words(session: Session) -> None:
    hospital = _thread(session, "The night at the hospital", story="Nobody came. The corridor smelled of soap.")
    _thread(session, "The messages", story="I found them on a screen.")

    found = Suggestions(session).thread("A corridor that smelled of soap")

    assert found is not None
    assert found.thread == hospital
    assert set(found.words) == {"corridor", "smelled", "soap"}
    assert not found.earlier


def test_one_word_of_a_title_is_enough_and_one_of_a_story_is_not(session: Session) -> None:
    hospital = _thread(session, "The hospital", story="The corridor.")
    for number in range(12):
        _thread(session, f"Title {number}", story="Unlike these.")
    suggestions = Suggestions(session)

    by_title = suggestions.thread("A hospital")
    assert by_title is not None
    assert by_title.thread == hospital
    assert suggestions.thread("Corridor") is None


def test_earlier_links_say_that_they_are_the_reason(session: Session) -> None:
    messages = _thread(session, "The messages")
    triggers = Triggers(session)
    triggers.save({"cue": "Phone lit up", "thread": messages})
    triggers.save({"cue": "A siren"})

    found = Suggestions(session).thread(PHONE)

    assert found is not None
    assert (found.thread, found.words, found.earlier) == (messages, ("phone",), True)


def test_usual_words_say_nothing(session: Session) -> None:
    _thread(session, "When we came back", story="It was there again, and nothing was said about it.")

    assert Suggestions(session).thread("When I came back there was nothing said about it again") is None


def test_plurals_count_as_the_same_word_and_are_shown_as_typed(session: Session) -> None:
    _thread(session, "The message")

    found = Suggestions(session).thread("Two Messages at night")

    assert found is not None
    assert found.words == ("Messages",)


def test_a_thread_that_marks_danger_is_not_named_where_two_may_read(session: Session) -> None:
    _thread(session, "The kitchen", breach=["abuse"])
    suggestions = Suggestions(session)

    assert suggestions.thread("Back in the kitchen") is not None
    assert suggestions.thread("Back in the kitchen", for_two=True) is None


def test_a_removed_thread_is_not_suggested(session: Session) -> None:
    kitchen = _thread(session, "The kitchen")
    Journal(session).remove(kitchen)  # type: ignore[arg-type]

    assert Suggestions(session).thread("The kitchen") is None


def test_let_go_for_one_entry_only_and_for_good(session: Session) -> None:
    _thread(session, "The kitchen")
    triggers = Triggers(session)
    answers = {"cue": "The kitchen light"}
    assert triggers.hints(None, answers).thread is not None

    triggers.let_go_suggestion(None)
    assert triggers.hints(None, answers).thread is None
    record = triggers.save(answers).saved.record

    assert triggers.hints(record, answers).thread is None  # stays let go once saved
    assert triggers.hints(None, answers).thread is not None  # the next one is another entry


def test_an_emptied_form_lets_nothing_go(session: Session) -> None:
    triggers = Triggers(session)
    triggers.let_go_suggestion(None)
    triggers.keep_draft(None, {"at": {"day": "2026-05-14"}})

    assert not Suggestions(session).is_let_go(NEW)


def test_what_is_linked_already_is_offered_nothing(session: Session) -> None:
    kitchen = _thread(session, "The kitchen")

    assert Triggers(session).hints(None, {"cue": "The kitchen", "thread": kitchen}).thread is None


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for stem, typed in words_of(text).items():
        assert typed in text
        assert stem == stem.casefold() or stem == typed.casefold()


def test_long_stories_and_many_threads_stay_quick(session: Session, space: Space) -> None:
    for number in range(60):
        _thread(session, f"Thread {number} of stone", story=f"corridor {number} " + "word after word " * 2_000)
    suggestions = Suggestions(session)
    suggestions.thread(PHONE)

    begun_s = time.perf_counter()
    suggestions.thread("A corridor of stone, number 41, in the morning light")
    assert time.perf_counter() - begun_s < 0.5  # a generous bound: measured figures come from 100,000 records
