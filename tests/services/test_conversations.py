"""Conversations over real files: put away at every move, taken up again, refused where there is danger, and ended."""

from __future__ import annotations

import msgspec
import pytest

from app.data import keeping
from app.domain import conversing
from app.domain.conversing import NUMBERS, OWN_SAFETY, Stage, Talk
from app.domain.errors import Code, RecordError
from app.domain.practices import Conversation
from app.domain.records import RecordId
from app.services import apart
from app.services.conversations import Conversations, readable
from app.services.drafts import TALK
from app.services.journal import Journal
from app.services.session import Session
from app.services.today import Today
from tests.fixtures.both import Both
from tests.fixtures.session import shipped_content

HURT = "hearing-an-old-hurt"
SCRIPT: Conversation = shipped_content().conversation(HURT)
NOTE = "the night at the hospital"


def _whole(talk: Talk) -> Talk:
    """Every step gone through, with a note at the first and answers about safety."""
    for _ in talk.seats:
        talk = conversing.answer_safety(talk, 7)
    talk = conversing.write(talk, "name-one-moment", NOTE)
    for _ in SCRIPT.step:
        talk = conversing.go_on(talk, SCRIPT)
    for _ in talk.seats:
        talk = conversing.answer_safety(talk, 2)
    return conversing.to_keeping(talk)


def _all_kept(talk: Talk, *seats: int) -> Talk:
    for item in conversing.items(talk, SCRIPT):
        for seat in seats:
            talk = conversing.say_keep(talk, item, seat, on=True)
    return talk


def _stored(session: Session) -> str:
    return str([draft.body for draft in keeping.drafts(session.connection)])


def test_every_move_can_be_taken_up_by_another_session(session: Session, couple: Session) -> None:
    held = Conversations(couple).begin(HURT, alone=False, speaker=1)
    talk = conversing.answer_safety(held.talk, 7)
    talk = conversing.write(conversing.answer_safety(talk, 5), "name-one-moment", NOTE)
    for moved in (talk, conversing.go_on(talk, SCRIPT), conversing.pause(talk)):
        Conversations(couple).keep(held.key, moved)
        again = Conversations(session).open(held.key)
        assert again is not None
        assert again.talk == moved


def test_what_waits_is_told_newest_first_and_today_leaves_it_to_its_page(couple: Session) -> None:
    desk = Conversations(couple)
    first = desk.begin("small-repair", alone=True)
    held = desk.begin(HURT, alone=False)
    talk = conversing.answer_safety(conversing.answer_safety(held.talk, 7), 7)
    desk.keep(held.key, conversing.go_on(talk, SCRIPT))
    assert {one.key for one in desk.paused()} == {first.key, held.key}
    told = next(one for one in desk.paused() if one.key == held.key)
    assert (told.script, told.step, told.steps, told.turn, told.alone) == (HURT, 2, 6, 1, False)
    assert Today(couple).state(couple.now()).unfinished == ()
    desk.let_go(held.key)
    assert [one.key for one in desk.paused()] == [first.key]
    assert desk.open(held.key) is None


def test_a_talk_of_a_script_that_is_gone_is_not_taken_up(couple: Session) -> None:
    desk = Conversations(couple)
    held = desk.begin(HURT, alone=False)
    desk.keep(held.key, msgspec.structs.replace(held.talk, script="gone"))
    keeping.save_draft(couple.connection, TALK + "odd", "conversation", {"_talk": {"script": 3}}, 1)
    keeping.save_draft(couple.connection, TALK + "bare", "conversation", {}, 2)
    assert desk.paused() == ()
    assert desk.open(held.key) is None


def test_nothing_typed_stays_unless_both_say_so(both: Both) -> None:
    desk = Conversations(both.noa)
    for seats in ((), (0,), (1,)):
        held = desk.begin(HURT, alone=False)
        talk = _all_kept(_whole(held.talk), *seats)
        talk = conversing.say_keep(talk, OWN_SAFETY, 0, on=False)
        record = Journal(both.noa).record(desk.end(held.key, talk))
        answers = apart.answers_of(both.noa, record.body)
        assert answers.keys() == {"script", "at", "reached"}
        assert answers["reached"] == "plan"
    assert NOTE not in _stored(both.noa)


def test_what_both_keep_stands_in_the_space_for_two_and_safety_in_ones_own(both: Both) -> None:
    desk = Conversations(both.noa)
    held = desk.begin(HURT, alone=False)
    talk = conversing.strengthen(_whole(held.talk), 1, 5)
    record = desk.end(held.key, _all_kept(talk, 0, 1))
    seen = Journal(both.jules).record(record).body
    answers = apart.answers_of(both.jules, seen)
    assert answers["step_notes"] == [{"step": "Name one moment", "note": NOTE}]
    assert answers["strength_before"] == {both.jules.person.id: 5}
    assert answers["seats"] == [both.noa.person.id, both.jules.person.id]
    assert not answers.keys() & {"safety_before", "safety_after"}
    own = apart.answers_of(both.noa, Journal(both.noa).record(record).body)
    assert own["safety_before"] == {both.noa.person.id: 7}
    assert own["safety_after"] == {both.noa.person.id: 2}
    assert desk.paused() == ()


def test_ending_twice_writes_once(both: Both) -> None:
    desk = Conversations(both.noa)
    held = desk.begin(HURT, alone=False)
    talk = _all_kept(_whole(held.talk), 0, 1)
    first = desk.end(held.key, talk)
    desk.keep(held.key, talk)  # killed between the two files: the record stands, and so does the draft
    assert desk.open(held.key) is None
    assert desk.paused() == ()
    assert desk.end(held.key, talk) == first
    assert Journal(both.noa).counts()["conversation"] == 1


def test_alone_it_stays_with_oneself_even_where_two_share(both: Both) -> None:
    desk = Conversations(both.noa)
    held = desk.begin(HURT, alone=True)
    record = desk.end(held.key, _all_kept(_whole(held.talk), 0))
    assert both.noa.space_of(record) is both.noa.space
    body = apart.answers_of(both.noa, Journal(both.noa).record(record).body)
    assert body["step_notes"] == [{"step": "Name one moment", "note": NOTE}]
    assert "seats" not in body


def test_in_a_journal_of_one_none_for_two_begins(session: Session) -> None:
    desk = Conversations(session)
    assert not desk.start(HURT).two
    with pytest.raises(RecordError) as refused:
        desk.begin(HURT, alone=False)
    assert refused.value.code is Code.NOT_READY
    assert desk.begin(HURT, alone=True).talk.alone


def test_where_danger_is_noted_none_for_two_begins_or_goes_on(couple: Session) -> None:
    desk = Conversations(couple)
    waiting = desk.begin(HURT, alone=False)
    mine = desk.begin(HURT, alone=True)
    Journal(couple).add("injury", {"title": "That evening", "breach": ["abuse"]})
    assert desk.start(HURT).danger
    with pytest.raises(RecordError) as refused:
        desk.begin(HURT, alone=False)
    assert refused.value.detail["reason"] == "safety"
    held = desk.open(waiting.key)
    assert held is not None
    assert held.danger
    alone = desk.open(mine.key)
    assert alone is not None
    assert not alone.danger
    assert not desk.start("preparing-the-deep-work").danger


def test_the_pause_words_of_two_come_before_ones_own(both: Both) -> None:
    desk = Conversations(both.noa)
    assert desk.pause_words(alone=False) is None
    shared = Journal(both.jules).add("pause_script", {"words": "Twenty minutes, and I come back.", "length": 20})
    assert both.noa.space_of(shared) is both.noa.shared
    found = desk.pause_words(alone=False)
    assert found is not None
    assert found.answers["words"] == "Twenty minutes, and I come back."
    assert found.minutes == 20


def test_words_that_cannot_be_put_away_fit_the_form_of_their_kind(couple: Session) -> None:
    held = Conversations(couple).begin(HURT, alone=False)
    words = readable(couple.content, _whole(held.talk))
    assert words["step_notes"] == [{"step": "Name one moment", "note": NOTE}]
    assert getattr(Journal(couple).check("conversation", words), "script") == "Hearing an old hurt"  # noqa: B009  # made at run time


def test_how_often_it_was_held_counts_this_one_only(couple: Session) -> None:
    desk = Conversations(couple)
    for script in (HURT, "small-repair", HURT):
        held = desk.begin(script, alone=False)
        desk.end(held.key, held.talk)
    assert desk.start(HURT).times == 2
    assert desk.start("state-of-us").times == 0


def test_a_thread_that_went_meanwhile_is_left_out(couple: Session) -> None:
    journal, desk = Journal(couple), Conversations(couple)
    thread = journal.add("injury", {"title": "a night"})
    held = desk.begin(HURT, alone=False, thread=RecordId(thread))
    assert held.about == "a night"
    journal.remove(thread)
    record = desk.end(held.key, _all_kept(_whole(held.talk), 0, 1))
    assert "thread" not in apart.answers_of(couple, journal.record(record).body)


def test_numbers_stay_out_where_they_were_not_kept(couple: Session) -> None:
    desk = Conversations(couple)
    held = desk.begin(HURT, alone=False)
    talk = conversing.pause(conversing.strengthen(_whole(held.talk), 0, 8))
    talk = conversing.say_keep(conversing.come_back(talk), NUMBERS, 0, on=True)
    assert talk.stage is Stage.KEEPING
    answers = apart.answers_of(couple, Journal(couple).record(desk.end(held.key, talk)).body)
    assert not answers.keys() & {"strength_before", "pause_used", "heard"}
