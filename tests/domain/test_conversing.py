"""A conversation as a value: every move keeps it whole, moving loses nothing typed, what stays is agreed on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import conversing
from app.domain.conversing import LEFT_OPEN, NUMBERS, OWN_SAFETY, Stage, Talk
from app.domain.practices import Conversation
from tests.fixtures.session import shipped_content

SCRIPTS = tuple(talk.id for talk in shipped_content().conversations.conversation)
ORDER = tuple(option.id for option in shipped_content().list("reach_stages").items)
HURT = shipped_content().conversation("hearing-an-old-hurt")
Move = Callable[[Talk, Conversation], Talk]
_NUMBERS = st.none() | st.integers(min_value=-3, max_value=14)
_WORDS = st.text(max_size=12)


def _simple(name: str) -> st.SearchStrategy[Move]:
    step = getattr(conversing, name)
    return st.just(lambda talk, _script: step(talk))


MOVES: st.SearchStrategy[Move] = st.one_of(
    st.just(conversing.go_on),
    st.just(conversing.end_here),
    *(_simple(name) for name in ("back", "swap", "pause", "come_back", "not_quite", "to_keeping")),
    st.builds(lambda value: lambda talk, _s: conversing.answer_safety(talk, value), _NUMBERS),
    st.builds(
        lambda seat, value: lambda talk, _s: conversing.strengthen(talk, seat if not talk.alone else 0, value),
        st.integers(0, 1),
        _NUMBERS,
    ),
    st.builds(lambda step: lambda talk, _s: conversing.open_step(talk, step), st.integers(-1, 12)),
    st.builds(lambda words: lambda talk, s: conversing.write(talk, s.step[talk.step].id, words), _WORDS),
    st.builds(lambda words: lambda talk, s: conversing.fill(talk, s.step[talk.step].id, ((words,),)), _WORDS),
    st.builds(lambda n: lambda talk, s: conversing.spend(talk, s.step[talk.step].id, n), st.integers(-5, 4000)),
)
WALKS = st.lists(MOVES, max_size=40)


def _begun(script: Conversation, *, alone: bool = False) -> Talk:
    return conversing.begin(script, 1_770_000_000_000, alone=alone)


def _at_steps(script: Conversation = HURT, *, alone: bool = False) -> Talk:
    talk = _begun(script, alone=alone)
    for _ in talk.seats:
        talk = conversing.answer_safety(talk, 6)
    return talk


def _walked(talk: Talk, script: Conversation, steps: int) -> Talk:
    for _ in range(steps):
        talk = conversing.go_on(talk, script)
    return talk


@given(st.sampled_from(SCRIPTS), st.booleans(), WALKS)
def test_whatever_is_done_it_stays_whole_and_reads_back_as_it_was(
    script_id: str, alone: bool, walk: list[Move]
) -> None:
    script = shipped_content().conversation(script_id)
    talk = _begun(script, alone=alone)
    for move in walk:
        former, talk = talk, move(talk, script)
        assert conversing.fits(talk, script)
        assert talk.step <= talk.furthest < len(script.step)
        assert talk.furthest >= former.furthest
        assert set(talk.passed) >= set(former.passed)
        assert list(talk.passed) == [step.id for step in script.step if step.id in talk.passed]
        assert all(value is None or 0 <= value <= 10 for value in (*talk.strength, *talk.heard))
        assert (talk.stage is Stage.PAUSED) == (talk.paused_in is not None)
        assert talk.asked < len(talk.seats)
        assert msgspec.json.decode(msgspec.json.encode(talk), type=Talk) == talk
        assert msgspec.convert(msgspec.to_builtins(talk), Talk) == talk


@given(st.sampled_from(SCRIPTS), WALKS)
def test_moving_about_loses_nothing_that_was_typed(script_id: str, walk: list[Move]) -> None:
    script = shipped_content().conversation(script_id)
    talk = conversing.write(_at_steps(script), "elsewhere", "kept")
    for move in walk:
        talk = move(talk, script)
    assert talk.notes["elsewhere"] == "kept"


@given(WALKS)
def test_a_pause_is_always_open_and_leads_back_to_where_it_was(walk: list[Move]) -> None:
    talk = _begun(HURT)
    for move in walk:
        talk = move(talk, HURT)
    talk = conversing.come_back(talk)
    paused = conversing.pause(talk)
    assert paused.stage is Stage.PAUSED
    assert paused.pauses == talk.pauses + 1
    back = conversing.come_back(paused)
    assert (back.stage, back.step, back.notes, back.seconds) == (talk.stage, talk.step, talk.notes, talk.seconds)
    assert conversing.pause(paused) == paused


def test_all_steps_lead_through_both_questions_about_safety_to_what_is_kept() -> None:
    talk = _walked(_at_steps(), HURT, len(HURT.step))
    assert talk.stage is Stage.SAFETY_AFTER
    assert talk.passed == tuple(step.id for step in HURT.step)
    for value in (4, 9):
        talk = conversing.answer_safety(talk, value)
    assert talk.stage is Stage.CLOSING
    assert (talk.own_before, talk.own_after) == (6, 4)
    assert conversing.to_keeping(talk).stage is Stage.KEEPING


def test_of_the_others_answer_about_safety_only_its_lowness_stays() -> None:
    talk = conversing.answer_safety(_begun(HURT), 8)
    told = [conversing.answer_safety(talk, value) for value in (0, 1, 2, 3)]
    assert all(one == told[0] for one in told)
    assert told[0].low
    untold = [conversing.answer_safety(talk, value) for value in (None, 4, 5, 10)]
    assert all(one == untold[0] for one in untold)
    assert not untold[0].low


def test_at_seven_a_pause_is_offered_once_before_the_next_step() -> None:
    talk = conversing.strengthen(_at_steps(), 1, 7)
    offered = conversing.go_on(talk, HURT)
    assert (offered.offering, offered.step) == (True, 0)
    assert conversing.go_on(offered, HURT).step == 1
    assert not conversing.go_on(offered, HURT).offering
    assert not conversing.strengthen(offered, 1, 6).offering
    assert conversing.go_on(conversing.strengthen(_at_steps(), 1, 6), HURT).step == 1


def test_not_quite_stays_and_may_be_said_again() -> None:
    talk = _walked(_at_steps(), HURT, 2)
    again = conversing.not_quite(conversing.not_quite(talk))
    assert (again.step, again.not_quite) == (2, True)
    assert not conversing.go_on(again, HURT).not_quite


def test_a_step_ahead_is_opened_by_nobody_alone() -> None:
    talk = _walked(_at_steps(), HURT, 2)
    assert conversing.open_step(talk, 4) == talk
    assert conversing.open_step(talk, 0).step == 0
    assert conversing.open_step(conversing.open_step(talk, 0), 2).step == 2


def test_how_far_it_went_follows_the_stages() -> None:
    talk = _at_steps()
    assert conversing.reached(talk, HURT, ORDER) is None
    assert [conversing.reached(_walked(talk, HURT, n), HURT, ORDER) for n in range(1, 7)] == [
        "told", "stayed", "acknowledged", "apology_named", "need_asked", "plan",
    ]  # fmt: skip
    fifth = _walked(conversing.give(talk, on=True), HURT, 5)
    assert conversing.reached(fifth, HURT, ORDER) == "need_met"
    assert conversing.reached(conversing.end_here(talk, HURT), HURT, ORDER) == "told"


def test_what_stays_needs_everybody_and_own_numbers_only_oneself() -> None:
    talk = conversing.write(_at_steps(), "name-one-moment", "a night")
    talk = msgspec.structs.replace(talk, left_open="the ward", heard=(5, None))
    assert conversing.items(talk, HURT) == ("name-one-moment", LEFT_OPEN, NUMBERS, OWN_SAFETY)
    one = conversing.say_keep(talk, "name-one-moment", 1, on=True)
    assert not conversing.stays(one, "name-one-moment")
    assert conversing.stays(conversing.say_keep(one, "name-one-moment", 0, on=True), "name-one-moment")
    assert not conversing.stays(conversing.say_keep(talk, OWN_SAFETY, 1, on=True), OWN_SAFETY)
    assert conversing.stays(conversing.say_keep(talk, OWN_SAFETY, 0, on=True), OWN_SAFETY)


def test_one_made_for_one_is_held_alone_whatever_is_asked() -> None:
    script = shipped_content().conversation("preparing-the-deep-work")
    talk = conversing.begin(script, 0, alone=False, speaker=1)
    assert (talk.alone, talk.speaker, talk.seats) == (True, 0, (0,))
    assert conversing.swap(talk) == talk


def test_seconds_add_up_over_a_pause_and_a_day() -> None:
    talk = conversing.spend(_at_steps(), "name-one-moment", 50)
    talk = conversing.come_back(conversing.pause(talk))
    assert conversing.spend(talk, "name-one-moment", 10).seconds == {"name-one-moment": 60}


@pytest.mark.parametrize(
    ("frame", "filled", "said"),
    [
        ("I heard that you …", ("rang",), "I heard that you rang"),
        ("I heard that you …", ("  ",), ""),
        ("I have … minutes in me.", ("twenty",), "I have twenty minutes in me."),
        ("I cannot yet …, and I can …", ("say it", "stay here"), "I cannot yet say it, and I can stay here"),
        ("I cannot yet …, and I can …", ("say it", ""), "I cannot yet say it"),
        ("I cannot yet …, and I can …", ("", "stay here"), "I cannot yet …, and I can stay here"),
        ("I am here.", (), ""),
    ],
)
def test_a_frame_reads_as_far_as_it_is_filled(frame: str, filled: tuple[str, ...], said: str) -> None:
    assert conversing.sentence(frame, filled) == said


def test_frames_compose_as_running_words() -> None:
    step = HURT.step[2]
    fills = (("rang and rang",), ("that you were on your own",), ("that I left my phone in my coat",))
    assert conversing.compose(step.word_helpers, fills) == (
        "I heard that you rang and rang, and it told you that you were on your own. "
        "My part was that I left my phone in my coat."
    )
    assert conversing.compose(step.word_helpers, ()) == ""
    assert conversing.compose(step.word_helpers, ((), ("a thing",))) == "And it told you a thing."


@given(st.sampled_from([step for talk in SCRIPTS for step in shipped_content().conversation(talk).step]), st.data())
def test_every_word_written_into_a_gap_stands_in_the_sentence(step: object, data: st.DataObject) -> None:
    frames = getattr(step, "word_helpers", ())
    word = st.text(alphabet="abcdefgh", min_size=1, max_size=6)
    fills = tuple(
        tuple(data.draw(st.just("") | word) for _ in range(len(conversing.gaps(frame)) - 1)) for frame in frames
    )
    told = conversing.compose(frames, fills)
    assert all(part in told or part.capitalize() in told for filled in fills for part in filled if part)


def test_what_was_put_away_by_another_script_does_not_fit() -> None:
    talk = _at_steps()
    assert not conversing.fits(msgspec.structs.replace(talk, step=40), HURT)
    assert not conversing.fits(msgspec.structs.replace(talk, passed=("gone",)), HURT)
    assert not conversing.fits(talk, shipped_content().conversation("small-repair"))


def test_the_closing_words_are_held_within_the_scale() -> None:
    day = dt.date(2026, 5, 21)
    talk = conversing.close(
        _at_steps(), heard=(12, None), taking=("a", "b"), left_open="", next_day=day, topic="t"
    )  # fmt: skip
    assert (talk.heard, talk.next_day) == ((10, None), day)
