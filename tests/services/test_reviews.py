"""The four-weekly look: made twice it says the same, what comes later changes nothing, what was said stays said."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import app
from app.domain.errors import RecordError
from app.domain.records import Clock, RecordId
from app.domain.safety import says_danger
from app.services import trend_lately
from app.services.desk import Desk
from app.services.drafts import LOOK
from app.services.journal import Journal
from app.services.review_verdicts import look
from app.services.reviews import KIND, OFFERED_DAYS, Look, Reviews
from app.services.session import Session
from app.services.summary_choice import Part
from app.services.trend_series import REVIEW_DAYS
from app.services.trends import SECONDARY, Trends
from tests.fixtures.both import Both
from tests.fixtures.session import EVENING, ME, ZONE, new_space, shipped_content, shipped_kinds

FIRST_MONDAY = dt.date(2025, 10, 27).toordinal()
SUNDAY = dt.date(2026, 5, 10).toordinal()
"""The last look before the still evening of the tests: 28 weeks after the first Monday."""
TODAY = EVENING.date().toordinal()


def _at(day: int, late_days: int = 0) -> Clock:
    moment = dt.datetime.combine(dt.date.fromordinal(day), dt.time(21), EVENING.tzinfo) + dt.timedelta(days=late_days)
    return Clock(wall_ms=lambda: int(moment.timestamp() * 1000))


def write(session: Session, kind: str, day: int, *, late_days: int = 0, **answers: object) -> RecordId:
    """A record made on the evening of its day, or some days later."""
    name = "felt_for_date" if kind == "checkin" else "at"
    body = session.kinds.parse(kind, {name: dt.date.fromordinal(day).isoformat(), **answers})
    with session.space.change(session.person.id, zone=ZONE) as change:
        return change.at(_at(day, late_days)).put(kind, body)


def diary(session: Session, level: Callable[[int], int], *, first: int = FIRST_MONDAY, until: int = SUNDAY) -> None:
    """A check-in an evening, each made on its own day."""
    with session.space.change(session.person.id, zone=ZONE) as change:
        for day in range(first, until + 1):
            felt = level(day - first)
            answers = {"felt_for_date": dt.date.fromordinal(day).isoformat(), "felt_safety": felt, "trust": felt}
            change.at(_at(day)).put("checkin", session.kinds.parse("checkin", {**answers, "accessible": 2}))


def rising(day: int) -> int:
    return min(9, 2 + day // 30 + (day * 7) % 3 - 1)


def falling(day: int) -> int:
    return 10 - rising(day)


def flat(day: int) -> int:
    return 5 + (day * 7) % 3 - 1


def shown(session: Session, today: int = TODAY, target: str | None = None) -> Look:
    found = Reviews(session).state(today, target).shown
    assert found is not None
    return found


def text(found: Look) -> str:
    return " ".join(found.letter)


def test_before_the_first_four_weeks_it_says_when_the_first_look_is(session: Session) -> None:
    empty = Reviews(session).state(TODAY)
    assert (empty.shown, empty.kept, empty.next_day) == (None, (), None)
    write(session, "checkin", TODAY - 3, felt_safety=5)
    begun = Reviews(session).state(TODAY)
    assert begun.shown is None and begun.next_day is not None
    assert dt.date.fromordinal(begun.next_day).weekday() == 6
    assert TODAY < begun.next_day <= TODAY + REVIEW_DAYS
    assert Reviews(session).due(TODAY) is None
    at_last = Reviews(session).state(begun.next_day).shown
    assert at_last is not None and at_last.day == begun.next_day


def test_too_little_is_said_without_blame_and_only_once(session: Session) -> None:
    diary(session, flat, first=SUNDAY - REVIEW_DAYS + 1)
    letter = text(shown(session))
    assert letter.count("Too early to say") == 1 and "Too early to compare" not in letter
    assert "of 8 usable weeks" in letter
    assert "You wrote on 28 of these 28 days" in letter


def test_a_rise_is_said_with_its_amount_and_a_fall_with_care(session: Session) -> None:
    diary(session, rising)
    up = shown(session)
    assert up.codes["felt_safety"] == "clear_up"
    assert "Felt safety is higher than 26 weeks ago, by about" in text(up)


def test_a_fall_leads_to_somebody_and_blames_nobody(session: Session) -> None:
    diary(session, falling)
    down = shown(session)
    assert down.codes["felt_safety"] == "clear_down"
    assert "does not undo earlier steps" in text(down) and "someone you trust" in text(down)


def test_one_letter_says_what_trends_says_of_the_same_look(session: Session) -> None:
    diary(session, rising)
    report = Trends(session).report("6", TODAY)
    assert report.safety.sentence in text(shown(session))
    trust = report.words.verdict(report.trust.verdicts[0], report.words.measure("trust"), report.trust.span)
    assert trust in text(shown(session))


def test_made_twice_it_says_the_same_and_is_one_record(session: Session) -> None:
    diary(session, rising)
    reviews = Reviews(session)
    before = shown(session)
    assert shown(session).letter == before.letter
    kept = reviews.keep(before.day, None, {})
    again = reviews.keep(before.day, None, {"easier": "The mornings."})
    assert kept == again
    assert [one.record for one in reviews.state(TODAY).kept] == [kept]
    after = shown(session)
    assert (after.letter, after.record, after.answers) == (before.letter, kept, {"easier": "The mornings."})


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[str, ...], dict[str, str]]:
    """What is said of a diary that ends with the Sunday."""
    return _said_with_later((), tmp_path_factory.mktemp("undisturbed"))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(levels=st.lists(st.integers(0, 10), min_size=1, max_size=REVIEW_DAYS - 1))
def test_what_comes_after_its_day_changes_nothing(
    levels: list[int], undisturbed: tuple[object, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert _said_with_later(tuple(levels), tmp_path_factory.mktemp("later")) == undisturbed


def _said_with_later(levels: tuple[int, ...], folder: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    space = new_space(folder / "space.db")
    try:
        session = Session(ME, space, shipped_kinds(), shipped_content(), lambda: EVENING, ZONE)
        diary(session, rising, first=SUNDAY - 4 * REVIEW_DAYS + 1)
        for number, level in enumerate(levels, start=1):
            write(session, "checkin", SUNDAY + number, felt_safety=level, trust=level)
            write(session, "trigger", SUNDAY + number, cue="x", peak=level)
        found = shown(session, SUNDAY + len(levels))
        return found.letter, found.codes
    finally:
        space.close()


def test_a_kept_letter_stays_as_it_was_said_and_says_that_entries_changed(session: Session) -> None:
    diary(session, rising)
    record = Reviews(session).keep(SUNDAY, None, {"guess": 3})
    before = shown(session)
    assert not before.changed
    for day in range(SUNDAY - 60, SUNDAY):
        write(session, "checkin", day, felt_safety=0)
    after = shown(session)
    assert (after.letter, after.record, after.changed) == (before.letter, record, True)
    Reviews(session).keep(SUNDAY, record, {"guess": 4})
    assert shown(session).letter == before.letter


@pytest.mark.parametrize("change", ["added", "edited", "removed"])
def test_every_change_of_what_was_read_is_noticed_and_none_of_later_days(session: Session, change: str) -> None:
    diary(session, flat, first=SUNDAY - 2 * REVIEW_DAYS + 1)
    entry = write(session, "checkin", SUNDAY - 8, felt_safety=7)
    Reviews(session).keep(SUNDAY, None, {})
    write(session, "checkin", SUNDAY + 1, felt_safety=0)
    assert not shown(session).changed
    if change == "added":
        write(session, "checkin", SUNDAY - 9, felt_safety=1, late_days=10)
    elif change == "edited":
        Journal(session).answer(entry, felt_safety=2)
    else:
        Journal(session).remove(entry)
    assert shown(session).changed


def test_no_verdict_is_made_between_two_looks(session: Session) -> None:
    """Day after day with the lowest answers: Trends says what the look said until the next one."""
    diary(session, rising)
    said = _verdicts(session, SUNDAY)
    for day in range(SUNDAY + 1, SUNDAY + REVIEW_DAYS):
        write(session, "checkin", day, felt_safety=0, trust=0, accessible=0)
        assert _verdicts(session, day) == said
    write(session, "checkin", SUNDAY + REVIEW_DAYS, felt_safety=0, trust=0, accessible=0)
    assert _verdicts(session, SUNDAY + REVIEW_DAYS) != said


def test_lately_is_compared_at_looks_only(session: Session) -> None:
    diary(session, rising)
    words = Trends(session).report("6", SUNDAY).words
    said = trend_lately.read(session, SUNDAY - 90, SUNDAY, words).shift
    for day in range(SUNDAY + 1, SUNDAY + REVIEW_DAYS, 5):
        write(session, "checkin", day, felt_safety=0)
        assert trend_lately.read(session, SUNDAY - 90, day, words).shift == said
    assert look(session.connection, SUNDAY).lately == said


def test_who_may_judge_is_named() -> None:
    """A new caller of the verdicts has to say here why it judges at looks only."""
    judges = {"direction": {"trend_series"}, "shift": {"trend_lately", "review_verdicts"}}
    found: dict[str, set[str]] = {name: set() for name in judges}
    for path in Path(app.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module is not None:
                for alias in node.names:
                    if alias.name in judges and node.module == f"app.insights.{alias.name}":
                        found[alias.name].add(path.stem)
    assert found == judges


def _verdicts(session: Session, today: int) -> list[object]:
    report = Trends(session).report("6", today)
    cards = (report.are, report.trust, report.load)
    every = [report.safety.verdict, *(verdict for card in cards for verdict in card.verdicts)]
    assert len(every) == 1 + len(SECONDARY)
    return [(verdict.tier, verdict.direction, verdict.estimate) for verdict in every]


def test_it_reads_nothing_after_its_sunday(session: Session) -> None:
    diary(session, flat, until=TODAY)
    found = look(session.connection, SUNDAY)
    assert found.entries.days.max() == SUNDAY
    assert found.safety.last_day == SUNDAY
    assert np.isfinite(found.entries.values).all()


def test_what_is_added_is_a_draft_until_it_is_kept(session: Session) -> None:
    diary(session, flat)
    desk = Desk(session, lambda: None)
    desk.reviews.keep_draft(SUNDAY, None, {"easier": "Asking on", "guess": None})
    assert [draft.key for draft in desk.drafts.all()] == [f"{LOOK}{SUNDAY}"]
    assert desk.today.state(EVENING).unfinished == ()
    found = shown(session)
    assert (found.record, found.draft, found.answers) == (None, True, {"easier": "Asking on"})
    record = desk.reviews.keep(SUNDAY, None, {"easier": "Asking once"})
    assert desk.drafts.all() == []
    desk.reviews.keep_draft(SUNDAY, record, {"easier": "Asking once"})
    assert desk.drafts.all() == [] and not shown(session).draft
    desk.reviews.keep_draft(SUNDAY, record, {"easier": "Asking once, and waiting"})
    changed = shown(session)
    assert changed.draft and changed.answers == {"easier": "Asking once, and waiting"}
    desk.reviews.keep(SUNDAY, record, changed.answers)
    assert desk.drafts.all() == [] and shown(session).letter == found.letter


def test_it_is_found_by_the_persons_words_and_dated_by_its_weeks(session: Session) -> None:
    diary(session, flat)
    record = Reviews(session).keep(SUNDAY, None, {"easier": "The zinnias"})
    journal = Journal(session)
    assert [hit.id for hit in journal.search("zinnias")] == [record]
    body = journal.record(record).body
    period = body.period  # type: ignore[attr-defined]  # declared in the content pack
    assert (period.day.toordinal(), period.until.toordinal()) == (SUNDAY - REVIEW_DAYS + 1, SUNDAY)
    assert shown(session, target=record).record == record


def test_letters_follow_one_another_and_each_can_be_read(session: Session) -> None:
    diary(session, rising)
    first = Reviews(session).keep(SUNDAY - REVIEW_DAYS, None, {})
    second = Reviews(session).keep(SUNDAY, None, {})
    state = Reviews(session).state(TODAY)
    assert [one.record for one in state.kept] == [second, first]
    old, new = shown(session, target=first), shown(session)
    assert (old.day, new.day) == (SUNDAY - REVIEW_DAYS, SUNDAY)
    assert "first of these letters" in text(old) and "first of these letters" not in text(new)


def test_an_answer_that_does_not_fit_is_refused_and_nothing_is_kept(session: Session) -> None:
    diary(session, flat)
    with pytest.raises(RecordError):
        Reviews(session).keep(SUNDAY, None, {"guess": 9})
    assert Reviews(session).state(TODAY).kept == ()


def test_today_offers_it_once_and_not_for_long(session: Session) -> None:
    diary(session, flat)
    reviews = Reviews(session)
    assert [reviews.due(SUNDAY + day) for day in (0, 4, OFFERED_DAYS - 1, OFFERED_DAYS)] == [
        SUNDAY,
        SUNDAY,
        SUNDAY,
        None,
    ]
    reviews.not_now(SUNDAY)
    assert reviews.due(TODAY) is None
    assert reviews.due(SUNDAY + REVIEW_DAYS) == SUNDAY + REVIEW_DAYS
    reviews.offer_again()
    assert reviews.due(TODAY) == SUNDAY
    reviews.keep(SUNDAY, None, {})
    assert reviews.due(TODAY) is None


def test_moments_are_shown_and_kept_in_no_letter(session: Session) -> None:
    diary(session, flat)
    entry = write(session, "appreciation", SUNDAY - 3, line="The bench by the gate")
    record = Reviews(session).keep(SUNDAY, None, {})
    assert [one.line for one in shown(session).moments] == ["The bench by the gate"]
    stored = session.kinds.encode(Journal(session).record(record).body)
    assert b"bench" not in stored
    Journal(session).remove(entry)
    assert shown(session).moments == ()


def test_where_something_marks_danger_nothing_for_two_is_said(couple: Session) -> None:
    diary(couple, flat)
    journal = Journal(couple)
    before = text(shown(couple))
    marked = _danger(couple)
    assert marked and Reviews(couple).state(TODAY).danger
    after = shown(couple)
    assert "promise" not in text(after) and "greement" not in text(after) and "Jules" not in text(after)
    assert after.words.solo and before
    assert journal.counts()["injury"] == 1


def _danger(session: Session) -> RecordId:
    kind = session.kinds.declared("injury")
    for field in kind.fields:
        for option in field.options:
            if option.safety:
                value: object = [option.id] if field.type.value == "chips" else option.id
                record = Journal(session).add("injury", {"title": "The stairs", field.id: value, "relation": "partner"})
                assert says_danger(kind, Journal(session).record(record).body)
                return record
    raise AssertionError


def test_only_ones_own_notes_are_counted_and_letters_are_ones_own(both: Both) -> None:
    diary(both.noa, flat)
    diary(both.jules, flat)
    record = Reviews(both.noa).keep(SUNDAY, None, {"easier": "Mine alone"})
    assert Reviews(both.jules).state(TODAY).kept == ()
    assert "Mine alone" not in str(Reviews(both.jules).state(TODAY).shown)
    assert both.noa.space_of(record) is both.noa.space


def test_shared_by_choice_the_letter_itself_stays_apart(both: Both) -> None:
    diary(both.noa, flat)
    record = Reviews(both.noa).keep(SUNDAY, None, {"easier": "The bench"})
    letter = shown(both.noa).letter
    desk = Desk(both.noa, lambda: None)
    desk.sharing.share(record, desk.sharing.preview(record))
    found = shown(both.noa)
    assert found.shared and found.letter == letter
    theirs = Journal(both.jules).record(record).body
    assert (theirs.easier, theirs.letter) == ("The bench", None)  # type: ignore[attr-defined]  # declared


def test_the_summary_holds_it_only_where_it_was_picked(session: Session) -> None:
    diary(session, flat)
    desk = Desk(session, lambda: None)
    record = desk.reviews.keep(SUNDAY, None, {"easier": "The zinnias", "pace_right": 3, "guess": 2})
    letter = shown(session).letter
    usual = desk.summaries.choice()
    assert Part.REVIEWS not in usual.parts and desk.summaries.offer(usual.first, usual.last).reviews == 1
    assert "zinnias" not in desk.summaries.markdown(usual)
    desk.reviews.pick(record, on=True)
    chosen = desk.summaries.choice()
    said = desk.summaries.markdown(chosen)
    assert "zinnias" in said and "partly" in said and all(part[:40] in said for part in letter)
    assert "pace of closeness" not in said
    covered = desk.summaries.markdown(msgspec.structs.replace(chosen, words=("zinnias",)))
    assert "zinnias" not in covered
    desk.reviews.pick(record, on=False)
    assert Part.REVIEWS not in desk.summaries.choice().parts


def test_a_plain_form_gives_the_letter_back_as_it_was(session: Session) -> None:
    diary(session, flat)
    record = Reviews(session).keep(SUNDAY, None, {})
    body = Journal(session).record(record).body
    answers: dict[str, object] = msgspec.json.decode(session.kinds.encode(body))
    Journal(session).edit(record, {**answers, "harder": "The Tuesday"})
    assert shown(session).letter == tuple(answers["letter"])  # type: ignore[arg-type]  # a list of paragraphs
    assert session.kinds.declared(KIND).field("letter").told  # type: ignore[union-attr]  # declared
