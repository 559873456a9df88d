"""Danger is asked at every door: what counts as marked, and that nothing for two leads on from it."""

from __future__ import annotations

import time
from collections.abc import Callable

import msgspec
import pytest

from app.domain.errors import Code, RecordError
from app.domain.records import RecordId
from app.services.danger import Danger
from app.services.journal import Journal
from app.services.session import Session
from app.services.sharing import Sharing
from app.services.summary import Summaries
from app.services.summary_choice import Choice, Part
from app.services.timeline import Timeline
from app.services.today import Today
from tests.fixtures.both import Both


def _thread(session: Session, **answers: object) -> RecordId:
    return Journal(session).add("injury", {"title": "That evening", **answers})


def _timed(ask: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    ask()
    return time.perf_counter() - began_s


def _safety_words(session: Session) -> list[str]:
    return [option.id for option in session.content.list("breaches").items if option.safety]


def test_the_word_lists_say_what_can_mean_danger(session: Session) -> None:
    assert _safety_words(session) == ["abuse", "abuse_forms"]


@pytest.mark.parametrize("kind", ["injury", "trigger", "setback"])
@pytest.mark.parametrize("word", ["abuse", "abuse_forms"])
def test_a_marked_break_is_danger_wherever_it_can_be_picked(session: Session, kind: str, word: str) -> None:
    named = {"title": "That evening"} if kind == "injury" else {"at": {"day": "2026-05-01"}}
    cue = {"cue": "keys in the door"} if kind == "trigger" else {}
    record = Journal(session).add(kind, {**named, **cue, "breach": ["absent", word]})

    assert Danger(session).marks(record)
    assert Danger(session).recorded()


def test_other_breaks_and_own_words_are_no_danger(session: Session) -> None:
    record = _thread(session, breach=["affair", "the abuse of a nickname"], story="I read about abuse_forms and abuse.")

    assert not Danger(session).marks(record)
    assert not Danger(session).recorded()
    assert not Danger(session).marks(RecordId("0" * 32))


def test_what_hangs_on_a_marked_thread_is_marked_too(session: Session) -> None:
    thread, other = _thread(session, breach=["abuse"]), _thread(session)
    journal = Journal(session)
    letter = journal.add("letter", {"thread": thread, "body": "To you."})
    step = journal.add("path_step", {"thread": thread, "step": "tell", "at": {"day": "2026-05-01"}})
    free = journal.add("letter", {"thread": other, "body": "To you."})
    danger = Danger(session)

    assert [danger.marks(record) for record in (letter, step, free)] == [True, True, False]


@pytest.mark.parametrize(
    ("answers", "marked"),
    [
        ({"afraid": "often"}, True),
        ({"afraid": "not_sure"}, True),
        ({"forms": ["control"]}, True),
        ({"free_to_say_no": "depends"}, True),
        ({"note": "It is loud again."}, True),
        ({"afraid": "no", "note": "A calm week."}, False),
        ({"afraid": "not_now"}, False),
        ({"free_to_say_no": "yes"}, False),
    ],
)
def test_a_safety_note_counts_by_what_it_answers(session: Session, answers: dict[str, object], marked: bool) -> None:
    note = Journal(session).add("fear_note", answers)

    assert Danger(session).marks(note) is marked
    assert Danger(session).recorded() is marked


@pytest.mark.parametrize(
    ("relation", "about_two"), [(None, True), ("partner", True), ("parent", False), ("past_partner", False)]
)
def test_a_thread_about_somebody_else_says_nothing_of_the_two(
    session: Session, relation: str | None, about_two: bool
) -> None:
    thread = _thread(session, breach=["abuse"], **({"relation": relation} if relation else {}))
    Journal(session).add("trigger", {"cue": "a door", "breach": ["abuse"], "thread": thread})

    assert Danger(session).marks(thread)
    assert Danger(session).recorded() is about_two


def test_a_removed_mark_is_no_mark(session: Session) -> None:
    thread = _thread(session, breach=["abuse"])
    Journal(session).remove(thread)

    assert not Danger(session).recorded()


def test_practices_for_two_are_not_offered_and_all_others_are(couple: Session) -> None:
    catalogue, danger = couple.content.catalogue.practice, Danger(couple)
    assert all(danger.offers(practice) for practice in catalogue)

    _thread(couple, breach=["abuse"])

    refused = {practice.id for practice in catalogue if not danger.offers(practice)}
    assert refused >= {practice.id for practice in catalogue if practice.audience == "two"}
    assert refused >= {"one-story-two-voices", "three-phases-of-repair", "amends-from-two-seats", "small-repair"}
    assert not refused & {"telling-one-moment", "after-a-setback", "where-i-learned-it", "eight-step-path"}


# ------------------------------------------------------------------------------------------------ the doors of two


@pytest.mark.parametrize("kind", ["injury", "setback", "letter", "path_step", "new_experience"])
def test_nothing_that_marks_danger_is_offered_for_sharing(both: Both, kind: str) -> None:
    noa = both.noa
    marked = _thread(noa, breach=["abuse"])
    answers: dict[str, dict[str, object]] = {
        "setback": {"happened": "Again.", "breach": ["abuse_forms"]},
        "letter": {"body": "To you.", "thread": marked},
        "path_step": {"step": "tell", "happened": "Told.", "thread": marked},
        "new_experience": {"happened": "Rang.", "thread": marked},
    }
    record = marked if kind == "injury" else Journal(noa).add(kind, answers[kind])

    assert not Timeline(noa).open(record).shareable
    with pytest.raises(RecordError) as refusal:
        Sharing(noa).preview(record)

    assert (refusal.value.code, refusal.value.detail["reason"]) == (Code.NOT_SHAREABLE, "safety")


def test_a_text_for_two_about_a_marked_thread_begins_and_stays_private(both: Both) -> None:
    marked = _thread(both.noa, breach=["abuse"])
    free = _thread(both.noa)

    joint = Journal(both.noa).add("joint_narrative", {"title": "Ours", "thread": marked})
    other = Journal(both.noa).add("joint_narrative", {"title": "Ours too", "thread": free})

    assert both.noa.space_of(joint) is both.noa.space
    assert both.noa.space_of(other) is both.noa.shared
    with pytest.raises(RecordError):
        Sharing(both.noa).preview(joint)


def test_a_mark_made_after_sharing_never_reaches_the_other(both: Both) -> None:
    sharing = Sharing(both.noa)
    thread = _thread(both.noa, breach=["absent"])
    sharing.share(thread, sharing.preview(thread))
    assert Journal(both.jules).record(thread).body.breach == ("absent",)  # type: ignore[attr-defined]

    Journal(both.noa).answer(thread, breach=["absent", "abuse"])

    assert Journal(both.noa).record(thread).body.breach == ("absent", "abuse")  # type: ignore[attr-defined]
    assert Journal(both.jules).record(thread).body.breach is None  # type: ignore[attr-defined]
    assert (Danger(both.noa).marks(thread), Danger(both.jules).marks(thread)) == (True, False)
    assert (Danger(both.noa).recorded(), Danger(both.jules).recorded()) == (True, False)


def test_today_never_goes_on_with_a_marked_thread(session: Session) -> None:
    _thread(session, story="Eleven calls.")
    shown = Today(session).state(session.now()).thread
    assert shown is not None
    _thread(session, story="It happened again.", breach=["abuse"])

    assert Today(session).state(session.now()).thread == shown


def test_a_summary_holds_a_marked_thread_only_by_name(session: Session) -> None:
    marked = _thread(session, breach=["abuse"], for_therapy=True, story="It happened.")
    free = _thread(session, title="The night", for_therapy=True)
    summaries = Summaries(session)
    everything = msgspec.structs.replace(summaries.choice(), parts=frozenset({Part.THREADS}))

    def titles(choice: Choice) -> list[str]:
        return sorted(repair.title for repair in summaries.build(choice).repairs)

    assert titles(everything) == ["The night"]
    assert titles(msgspec.structs.replace(everything, threads=(marked, free))) == ["That evening", "The night"]


def test_the_question_is_quick_among_many_entries(session: Session) -> None:
    with session.change() as change:
        body = session.kinds.parse("trigger", {"at": {"day": "2026-05-01"}, "cue": "a tone", "breach": ["absent"]})
        for _ in range(4_000):
            change.put("trigger", body)
    _thread(session, breach=["abuse"])

    took_s = min(_timed(Danger(session).recorded) for _ in range(5))

    assert took_s < 0.01


def test_answers_still_being_written_are_asked_about_as_they_are(session: Session) -> None:
    marked, other = _thread(session, breach=["abuse"]), _thread(session)
    danger = Danger(session)

    assert danger.marks_answers("joint_narrative", {"thread": marked})  # its title is missing still
    assert not danger.marks_answers("joint_narrative", {"thread": other, "title": 7})
    assert danger.marks_answers("setback", {"breach": ["abuse"]})
    assert not danger.marks_answers("setback", {})
