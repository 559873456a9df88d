"""Pairs a person picks: kept for them, never more than three, compared over one window, and worded without a cause."""

from __future__ import annotations

import datetime as dt

import pytest

from app.data import keeping
from app.domain.records import RecordId
from app.insights.rank_tests import TwoSamples
from app.insights.together import PickedDays, came_together
from app.insights.verdict import Direction, Tier
from app.services import going_together
from app.services.going_together import SETTING, GoingTogether, Pair, Sort, Together
from app.services.session import Session
from tests.services.trigger_diary import TODAY, Line, trigger, words, write, write_all

LATE = Pair(Sort.CUE, "lateness", "felt_safety")
ANY = Pair(Sort.TRIGGER, "", "outside_load")
REVIEW = dt.date(2026, 5, 10).toordinal()
"""The last look before TODAY for a diary that begins 28 weeks before the week of TODAY, on a Monday."""
BEGAN = 28 * 7 + 3


def diary(session: Session, *, lift: int = 3, every: int = 4) -> None:
    """28 weeks of days; every fourth one came with lateness, and felt lower by `lift`."""
    lines: list[Line] = []
    for back in range(BEGAN, -1, -1):
        there = back % every == 0
        value = 4 + back * 7 % 5 - (lift if there else 0)
        lines.append(("checkin", back, {"felt_safety": max(value, 0), "outside_load": back % 3}))
        if there:
            lines.append(("trigger", back, {"cue_kind": ["lateness"]}))
    write_all(session, lines)


def report(session: Session, *pairs: Pair) -> Together:
    together = GoingTogether(session)
    together.pick(pairs)
    return together.report(TODAY, words(session))


def test_nothing_is_picked_at_first_and_nothing_is_compared(session: Session) -> None:
    diary(session)
    found = report(session)
    assert (found.statements, found.caution) == ((), "")
    assert "Nothing is compared that was not picked." in found.empty


def test_only_the_picked_pairs_are_read(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    diary(session)
    seen: list[str] = []

    def counted(pairs: dict[str, PickedDays]) -> object:
        seen.extend(pairs)
        return came_together(pairs)

    monkeypatch.setattr(going_together, "came_together", counted)
    asked: list[str] = []
    session.connection.set_trace_callback(asked.append)
    report(session, LATE)
    session.connection.set_trace_callback(None)
    assert len(seen) == 1 and "lateness" in seen[0]
    assert not any("outside_load" in line or "'trust'" in line or "'phone'" in line for line in asked)


def test_the_choice_is_kept_for_the_person_in_their_file(session: Session) -> None:
    together = GoingTogether(session)
    assert together.pick((LATE, ANY, LATE)) == (LATE, ANY)
    assert GoingTogether(session).picked() == (LATE, ANY)
    assert together.pick(()) == () and together.picked() == ()


def test_three_pairs_at_most(session: Session) -> None:
    four = tuple(Pair(Sort.CUE, cue, "trust") for cue in ("phone", "lateness", "tone", "silence"))
    with pytest.raises(ValueError, match="at most 3"):
        GoingTogether(session).pick(four)
    keeping.set_setting(session.connection, SETTING, "[" + ",".join(f'["cue","{p.key}","trust"]' for p in four) + "]")
    assert GoingTogether(session).picked() == four[:3]


@pytest.mark.parametrize("stored", ["", "{", '[["cue","lateness"]]', '[["moon","","trust"]]'])
def test_a_choice_that_cannot_be_understood_is_none(session: Session, stored: str) -> None:
    keeping.set_setting(session.connection, SETTING, stored)
    assert GoingTogether(session).picked() == ()


def test_what_is_no_longer_there_is_left_out(session: Session) -> None:
    gone = (Pair(Sort.RITUAL, "0" * 32, "trust"), Pair(Sort.CUE, "my own", "trust"), Pair(Sort.CUE, "tone", "weather"))
    assert GoingTogether(session).pick((gone[0], LATE, *gone[1:2])) == (LATE,)
    assert GoingTogether(session).pick(gone[2:]) == ()


def test_a_link_is_said_with_both_levels_and_days_and_the_caution(session: Session) -> None:
    diary(session)
    found = report(session, LATE)
    (one,) = found.statements
    assert (one.found.tier, one.found.direction) == (Tier.CLEAR, Direction.DOWN)
    assert (found.first_day, found.last_day) == (REVIEW - 26 * 7 + 1, REVIEW)
    assert one.found.with_days + one.found.without_days == 26 * 7
    assert one.sentence.startswith("Lateness came together with lower days: Felt safety 3 on 46 days with it, 6 on 136")
    assert one.sentence.endswith("a difference of about 3 points.")
    assert found.caution.startswith("Coming together does not say")


@pytest.mark.parametrize(
    ("change", "low", "high", "said"),
    [
        (-1.02, -1.04, -0.96, "about 1 point"),
        (3.0, 3.0, 3.0, "about 3 points"),
        (1.0, 0.5, 1.5, "about 1 point (plausibly 0.5 to 1.5)"),
        (-1.1, -1.6, 0.2, "about 1.1 points (plausibly 0 to 1.6)"),
    ],
)
def test_a_range_is_said_unless_it_reads_as_one_number(
    session: Session, change: float, low: float, high: float, said: str
) -> None:
    assert going_together._amount(TwoSamples(change, low, high, nap=0.9, z=3.0), words(session)) == said


def test_what_is_open_says_that_little_is_known(session: Session) -> None:
    diary(session, lift=0)
    found = report(session, LATE)
    assert found.statements[0].found.tier is Tier.OPEN
    assert "no clear difference" in found.statements[0].sentence and found.caution == ""


def test_too_few_days_say_how_many_there_are(session: Session) -> None:
    diary(session, every=30)
    sentence = report(session, LATE).statements[0].sentence
    assert sentence.startswith("Lateness and Felt safety: too early to say.")
    assert sentence.endswith("so far there are 6 and 176.")


def test_blank_days_and_those_written_looking_back_are_no_days(session: Session) -> None:
    diary(session)
    before = report(session, LATE).statements[0].found
    for back in range(40, 60):
        trigger(session, back + 400, cue_kind=["lateness"])
    with session.space.change(session.person.id, zone="UTC") as change:  # written today for a day long past
        day = dt.date.fromordinal(TODAY - 50).isoformat()
        change.put("checkin", session.kinds.parse("checkin", {"felt_for_date": day, "felt_safety": 0}))
    assert report(session, LATE).statements[0].found == before


def test_a_verdict_stays_until_the_next_look(session: Session) -> None:
    diary(session)
    before = report(session, LATE)
    for back in range(3):
        write(session, "checkin", back, felt_safety=10)
        trigger(session, back, cue_kind=["lateness"])
    assert report(session, LATE) == before


def test_several_pairs_are_corrected_together(session: Session) -> None:
    diary(session)
    alone = report(session, LATE).statements[0].found.p
    both = report(session, ANY, LATE).statements
    assert [one.pair for one in both] == [ANY, LATE]
    assert alone is not None and both[1].found.p == pytest.approx(2 * alone)
    assert both[0].name == "A trigger" and both[0].found.tier is Tier.OPEN


def test_days_of_a_ritual_count_from_its_first_to_its_last_and_rest_is_no_day_without(session: Session) -> None:
    with session.change() as change:
        tea = change.put("ritual", session.kinds.parse("ritual", {"title": "Tea at nine"}))
    lines: list[Line] = []
    for back in range(BEGAN, -1, -1):
        done = back % 2 == 0 and 40 <= back <= 120
        lines.append(("checkin", back, {"felt_safety": 5 + back * 7 % 3 + 2 * done}))
        outcome = {51: "rested", 53: "rested", 55: "open", 57: "open"}.get(back, "")
        if done:
            outcome = "small" if back % 4 else "done"
        if outcome:
            lines.append(("ritual_completion", back, {"ritual": tea, "outcome": outcome}))
    write_all(session, lines)
    found = report(session, Pair(Sort.RITUAL, tea, "felt_safety")).statements[0]
    assert (found.found.with_days, found.found.without_days) == (41, 40 - 2)
    assert found.found.direction is Direction.UP
    assert found.sentence.startswith("Tea at nine came together with higher days: Felt safety ")


def test_everything_that_can_be_picked_is_offered_by_name(couple: Session) -> None:
    with couple.change() as change:
        tea = change.put("ritual", couple.kinds.parse("ritual", {"title": "Tea at nine"}))
    offered = GoingTogether(couple).offered(words(couple))
    assert [thing.name for thing in offered.things][:3] == ["A trigger", "Phone or screen", "Lateness"]
    assert offered.things[-1].key == tea and offered.things[-1].name == "Tea at nine"
    measures = [measure for measure, _ in offered.measures]
    assert measures[:3] == ["felt_safety", "accessible", "responsive"] and "mirror_with" in measures
    for thing in offered.things:
        pair = Pair(thing.sort, thing.key, "trust")
        assert GoingTogether(couple).pick((pair,)) == (pair,)


def test_solo_has_no_questions_for_two(session: Session) -> None:
    offered = GoingTogether(session).offered(words(session))
    assert not any(measure.startswith("mirror") for measure, _ in offered.measures)
    assert GoingTogether(session).pick((Pair(Sort.RITUAL, RecordId("none"), "mirror_with"),)) == ()


def test_no_sentence_gives_a_cause(session: Session) -> None:
    diary(session)
    for key, text in session.content.sentences.items():
        if key.startswith("trends.together."):
            assert not any(word in str(text).lower() for word in ("because", "caused", "thanks to", "due to", "!"))
