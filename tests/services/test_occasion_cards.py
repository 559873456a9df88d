"""Charts of agreements, of rituals and promises, and of repair talks, as both people of a journal see them."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator

import numpy as np
import pytest

from app.charts import promises as promise_chart
from app.domain.kinds.agreement import Held
from app.domain.records import Clock, RecordId
from app.services import apart, demo, trend_promises
from app.services.agreement_notes import AgreementNotes
from app.services.agreements import Agreements
from app.services.commitments import Commitments
from app.services.commitments import Went as Kept
from app.services.journal import Journal
from app.services.occasion_cards import OccasionCards
from app.services.ritual_reading import AGREED, DONE, OPEN, SMALL
from app.services.rituals import Rituals
from app.services.session import Session
from app.services.sharing import Sharing
from app.services.trend_agreements import MOST_ROWS, AgreementsCard, Noted, noted_as, read
from app.services.trend_conversations import ConversationsCard, Heard
from app.services.trend_promises import PromisesCard, Went, Whose
from app.services.trend_words import TrendWords
from tests.fixtures.both import JULES, NOA, Both, two_people
from tests.fixtures.session import EVENING, ZONE

TODAY = EVENING.date().toordinal()
FIRST = TODAY - 181
EVERY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def said(session: Session) -> TrendWords:
    return TrendWords(session.content, solo=session.solo, today=TODAY)


def agreements(session: Session, first: int = FIRST) -> AgreementsCard:
    return OccasionCards(session).agreements(first, TODAY, said(session))


def promises(session: Session, whose: Whose = Whose.ALL, today: int = TODAY) -> PromisesCard:
    return OccasionCards(session).promises(FIRST, today, said(session), whose)


def conversations(session: Session, first: int = FIRST) -> ConversationsCard:
    return OccasionCards(session).conversations(first, TODAY, said(session))


def day(back: int) -> dict[str, str]:
    return {"day": dt.date.fromordinal(TODAY - back).isoformat()}


def agreement(session: Session, words: str) -> RecordId:
    return Agreements(session).begin({"wording": words, "why": "Silence is loud."})


def happened(session: Session, record: RecordId, outcome: str, back: int, **answers: object) -> RecordId:
    return AgreementNotes(session).note(record, {"outcome": outcome, "at": day(back), **answers})


def begin(session: Session, title: str, back: int, **answers: object) -> RecordId:
    raw = {"title": title, "rhythm": "days", "days": EVERY, "starts": day(back), **answers}
    return Journal(session).add("ritual", raw)


def talk(session: Session, back: int, **answers: object) -> RecordId:
    return Journal(session).add("conversation", {"script": "Small repair", "at": day(back), **answers})


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """The diary of two people, written once and only read."""
    made = two_people(tmp_path_factory.mktemp("sample"))
    ids = demo.Ids()
    demo.fill(made.noa, EVENING.date(), ids=ids)
    demo.fill(made.jules, EVENING.date(), person=demo.OTHER, ids=ids)
    yield made
    made.close()


# ---------------------------------------------------------------------------------------------- agreements


def test_without_an_occasion_nothing_is_drawn(both: Both) -> None:
    agreement(both.noa, "We ring when we are late.")
    card = agreements(both.noa)
    assert card.data is None and card.plot() is None
    assert card.sentence == card.alternative.pattern == "No occasions recorded."
    assert card.rows()[1] == ()


def test_each_agreement_is_counted_as_its_own_page_counts_it(sample: Both) -> None:
    card = agreements(sample.noa, first=1)
    assert len(card.every) == 7
    for row in card.every:
        assert row.held == Agreements(sample.noa).detail(row.record).held


def test_a_share_has_its_wilson_range_and_below_five_is_said_in_words(both: Both) -> None:
    many, few = agreement(both.noa, "We ring when we are late."), agreement(both.noa, "Phones stay out.")
    for back in range(10):
        happened(both.noa, many, "crossed" if back in {3, 7} else "honoured", back + 1)
    for back, outcome in enumerate(("honoured", "strained", "honoured", "crossed")):
        happened(both.noa, few, outcome, back + 1)
    card = agreements(both.noa)
    place = card.names.index("We ring when we are late.")
    share = card.every[place].share
    assert (share.low, share.high) == pytest.approx((0.4902, 0.9433), abs=5e-5)
    assert card.labels.asides[place] == ("8 of 10, 49 to 94 %", "")
    assert card.labels.asides[1 - place] == ("3 of 4", "")
    assert card.data is not None
    assert np.isfinite(card.data.share).tolist() == [place == 0, place == 1]
    assert "We ring when we are late.: 8 of 10 kept, plausibly 49 to 94 %." in card.alternative.figures
    assert "Phones stay out.: kept 2, strained 1, crossed 1." in card.alternative.figures
    assert "%" not in card.alternative.figures.split("Phones")[1].split(":")[1].split(".")[0]
    table = dict(zip(card.names, card.rows()[1], strict=True))
    assert table["We ring when we are late."][-2:] == ("8 of 10", "49\u201394 %")
    assert table["Phones stay out."][-2:] == ("3 of 4", "")


def test_what_is_seen_differently_stands_beside_until_both_settle_it(both: Both) -> None:
    record = agreement(both.noa, "We ring when we are late.")
    happened(both.noa, record, "honoured", 20)
    first = happened(both.noa, record, "crossed", 5)
    other = AgreementNotes(both.jules).read(first, {"outcome": "honoured"})
    for session in (both.noa, both.jules):
        card = agreements(session)
        assert card.every[0].held == Held(1, 1)
        assert card.labels.asides == (("1 of 1", "1 seen differently"),)
        assert "1 is seen differently" in card.sentence
        assert card.readout(1).endswith("seen differently.")
    AgreementNotes(both.noa).settle(first)
    assert agreements(both.noa).every[0].counts[Noted.DIFFERENT] == 1, "one alone settles nothing"
    AgreementNotes(both.jules).settle(other)
    card = agreements(both.noa)
    assert card.every[0].counts == {Noted.KEPT: 1, Noted.UNCLEAR: 1}
    assert card.labels.asides == (("1 of 1", "1 unclear"),)
    assert "differently" not in card.sentence


def test_new_wording_and_unclear_are_two_marks_and_in_no_share(both: Both) -> None:
    record = agreement(both.noa, "We ring when we are late.")
    happened(both.noa, record, "renegotiated", 5)
    happened(both.noa, record, "unclear", 4)
    card = agreements(both.noa)
    assert [noted_as(one) for one in card.every[0].occasions] == [Noted.REWORDED, Noted.UNCLEAR]
    assert card.labels.asides == (("nothing to count yet", "1 unclear, 1 reworded"),)


def test_a_link_line_leads_to_the_day_of_the_talk(both: Both) -> None:
    record = agreement(both.noa, "We ring when we are late.")
    held = talk(both.noa, 3)
    happened(both.noa, record, "crossed", 9, repaired="yes", repair_link=held)
    card = agreements(both.noa)
    assert card.data is not None
    assert card.data.repaired.tolist() == [TODAY - 3]
    assert card.every[0].noted == (Noted.TALKED,)
    assert card.readout(0) == "We ring when we are late., 5 May: talked through. A talk or apology on 11 May."
    assert "1 that was crossed has been talked through." in card.sentence


def test_rows_stand_as_they_were_begun_and_not_by_how_they_go(both: Both) -> None:
    begun = sorted(agreement(both.noa, f"{number}.") for number in range(3))  # made within one day: then by id
    for record, outcomes in zip(begun, (("honoured", "crossed"), ("crossed",), ("honoured",)), strict=True):
        for back in range(1, 7):
            happened(both.noa, record, outcomes[back % len(outcomes)], back)
    assert agreements(both.noa).records == tuple(begun)


def test_before_titles_are_joined_rows_bear_numbers(both: Both) -> None:
    record = agreement(both.noa, "We ring when we are late.")
    happened(both.noa, record, "honoured", 5)
    card = read(both.noa, FIRST, TODAY, said(both.noa))
    assert card.names == ("Agreement 1",)
    assert "ring" not in card.alternative.text + card.readout(0) + str(card.rows())
    assert card.named({record: "We ring."}).names == ("We ring.",)


def test_life_markers_of_the_period_stand_over_the_rows(both: Both) -> None:
    Journal(both.noa).add("life_marker", {"title": "first holidays since", "at": day(12)})
    assert agreements(both.noa).markers == ()
    happened(both.noa, agreement(both.noa, "We ring when we are late."), "honoured", 5)
    card = agreements(both.noa)
    assert card.data is not None
    assert [(one.day, one.text) for one in card.data.markers] == [(TODAY - 12, "first holidays since")]
    assert agreements(both.noa, first=TODAY - 10).markers == ()


def test_of_many_agreements_those_with_the_newest_occasions_are_drawn_and_all_are_told(both: Both) -> None:
    for number in range(MOST_ROWS + 2):
        happened(both.noa, agreement(both.noa, f"Agreement of ours, {number}."), "honoured", 3 + number)
    card = agreements(both.noa)
    assert (len(card.every), len(card.drawn)) == (MOST_ROWS + 2, MOST_ROWS)
    drawn = {row.occasions[-1].first.day for row in card.drawn}
    assert min(drawn) == TODAY - 2 - MOST_ROWS
    assert "2 more agreements are in the table." in card.sentence
    assert len(card.rows()[1]) == MOST_ROWS + 2
    assert [row for row in card.every if row in card.drawn] == list(card.drawn)


def test_what_one_put_out_of_sight_is_not_met_in_the_chart(both: Both) -> None:
    record = agreement(both.noa, "We ring when we are late.")
    hidden = happened(both.jules, record, "crossed", 5)
    happened(both.noa, record, "honoured", 4)
    apart.hide(both.noa, hidden, on=True)
    assert agreements(both.noa).every[0].noted == (Noted.KEPT,)
    assert len(agreements(both.jules).every[0].noted) == 2


# ---------------------------------------------------------------------------------------------- rituals, promises


def test_with_nothing_planned_it_invites_one_small_thing(both: Both) -> None:
    card = promises(both.noa)
    assert card.data is None and card.plot() is None
    assert card.sentence == "Plan one small ritual or promise to see it here."


def test_each_planned_time_has_the_form_of_what_became_of_it(both: Both) -> None:
    record = begin(both.noa, "Ten minutes", 40)
    rituals = Rituals(both.noa)
    for back, outcome in (
        (9, DONE),
        (8, SMALL),
        (7, DONE),
        (7, OPEN),
        (5, AGREED),
        (4, DONE),
        (3, DONE),
        (2, DONE),
        (1, DONE),
    ):
        rituals.mark(record, TODAY - back, outcome)
    (row,) = promises(both.noa).every
    assert len(row.went) == promise_chart.LAST
    by_day = dict(zip(row.days, row.went, strict=True))
    assert by_day[TODAY - 8] is Went.PART and by_day[TODAY - 7] is Went.OPEN
    assert by_day[TODAY - 6] is Went.BLANK and by_day[TODAY - 5] is Went.REST
    assert (row.kept.kept, row.kept.total) == (6, 11)
    assert row.strength == rituals.detail(record).row.figures.strength
    card = promises(both.noa)
    assert card.labels.asides[0] == ("6 of the last 11", f"strength {row.strength}, 1 at rest or released")
    assert "in a row" not in card.alternative.text and "A rest changes nothing" in card.sentence


def test_every_ritual_of_the_sample_has_the_strength_its_page_shows(sample: Both) -> None:
    rituals = Rituals(sample.noa)
    found = [row for row in promises(sample.noa).every if row.is_ritual]
    assert len(found) >= 5
    for row in found:
        figures = rituals.detail(row.record).row.figures
        assert row.strength == (None if figures.early else figures.strength)


def test_a_young_ritual_has_no_strength_yet(both: Both) -> None:
    record = begin(both.noa, "Ten minutes", 1)
    Rituals(both.noa).mark(record, TODAY - 1, DONE)
    card = promises(both.noa)
    assert card.every[0].strength is None and card.labels.asides[0][0] == "1 of 1 so far"
    assert card.data is not None and np.isnan(card.data.strength).all()
    assert card.readout(0) == "Ten minutes: nothing was planned here yet."
    assert card.record_at(0) is None and card.record_at(promise_chart.LAST - 1) == record


def test_promises_are_kept_late_partly_or_not_and_a_release_counts_as_nothing(both: Both) -> None:
    promise = Journal(both.noa).add("commitment", {"wording": "I say so before.", "state": "active"})
    notes = {}
    for back, went in ((6, Kept.KEPT), (5, Kept.KEPT_LATE), (4, Kept.PARTLY), (3, Kept.NOT_KEPT), (2, Kept.RELEASED)):
        notes[went] = Commitments(both.noa).note(promise, went, day=dt.date.fromordinal(TODAY - back))
    card = promises(both.noa)
    assert card.every[0].went == (Went.WHOLE, Went.LATE, Went.PART, Went.NOT_KEPT, Went.REST)
    assert (card.every[0].kept.kept, card.every[0].kept.total) == (2, 4)
    held = Commitments(both.noa).detail(promise).held
    assert (held.held, held.of) == (2, 4)
    assert card.labels.asides == (("2 of 4", "1 at rest or released"),)
    assert card.record_at(promise_chart.LAST - 2) == notes[Kept.NOT_KEPT]
    assert card.readout(promise_chart.LAST - 4) == "I say so before., 9 May: kept late."


def test_the_toggle_shows_all_mine_or_ours_and_never_what_the_other_keeps_alone(both: Both) -> None:
    Journal(both.noa).add("commitment", {"wording": "Mine.", "state": "active", "who": [NOA.id]})
    theirs = Journal(both.jules).add("commitment", {"wording": "Theirs.", "state": "active", "who": [JULES.id]})
    Journal(both.noa).add("commitment", {"wording": "Ours.", "state": "active", "who": [NOA.id, JULES.id]})
    Commitments(both.jules).note(theirs, Kept.NOT_KEPT, day=dt.date.fromordinal(TODAY - 2))
    begin(both.noa, "My own", 20, who=[NOA.name])
    assert set(promises(both.noa).names) == {"Mine.", "Ours.", "My own"}
    assert set(promises(both.noa, Whose.MINE).names) == {"Mine.", "My own"}
    assert promises(both.noa, Whose.OURS).names == ("Ours.",)
    assert set(promises(both.jules).names) == {"Theirs.", "Ours."}


def test_a_ritual_the_other_keeps_alone_has_no_row_here(both: Both) -> None:
    record = begin(both.jules, "The early walk", 20, who=[JULES.name])
    sharing = Sharing(both.jules)
    sharing.share(record, sharing.preview(record))
    assert promises(both.jules).names == ("The early walk",)
    assert promises(both.noa).every == ()


def test_without_knowing_who_keeps_it_no_promise_is_counted(both: Both) -> None:
    Journal(both.noa).add("commitment", {"wording": "Mine.", "state": "active"})
    assert trend_promises.read(both.noa, FIRST, TODAY, said(both.noa)).every == ()


def test_rituals_come_first_and_rows_in_the_order_they_were_begun(both: Both) -> None:
    begin(both.noa, "Younger", 20)
    begin(both.noa, "Older", 60)
    Journal(both.noa).add("commitment", {"wording": "A promise.", "state": "active"})
    assert promises(both.noa).names == ("Older", "Younger", "A promise.")


def test_a_promise_that_ended_is_shown_while_something_came_of_it_in_the_period(both: Both) -> None:
    promise = Journal(both.noa).add("commitment", {"wording": "Once.", "state": "active"})
    Commitments(both.noa).note(promise, Kept.KEPT, day=dt.date.fromordinal(TODAY - 30))
    Commitments(both.noa).stand(promise, "done")
    cards = OccasionCards(both.noa)
    assert cards.promises(TODAY - 60, TODAY, said(both.noa)).names == ("Once.",)
    assert cards.promises(TODAY - 20, TODAY, said(both.noa)).data is None


def test_kept_cards_see_what_was_ticked_since(both: Both) -> None:
    record, cards = begin(both.noa, "Ten minutes", 40), OccasionCards(both.noa)
    before = cards.promises(FIRST, TODAY, said(both.noa)).every[0]
    Rituals(both.noa).mark(record, TODAY - 1, DONE)
    after = cards.promises(FIRST, TODAY, said(both.noa)).every[0]
    assert (before.went[-1], after.went[-1]) == (Went.BLANK, Went.WHOLE)


# ---------------------------------------------------------------------------------------------- conversations


def test_without_a_talk_it_says_when_one_appears(both: Both) -> None:
    card = conversations(both.noa)
    assert card.data is None
    assert card.sentence == "When you have a repair talk, its steps appear here."


def test_a_talk_has_its_step_and_both_numbers_for_either_person(both: Both) -> None:
    held = talk(both.noa, 9, reached="need_met", heard={NOA.id: 7, JULES.id: 5})
    for session, heard in ((both.noa, Heard(7, 5)), (both.jules, Heard(5, 7))):
        card = conversations(session)
        assert [(one.record, one.reached, one.heard) for one in card.every] == [(held, 6, heard)]
        assert card.data is not None
        assert (card.data.mine.tolist(), card.data.theirs.tolist()) == ([heard.mine], [heard.theirs])
    card = conversations(both.noa)
    assert card.readout(0) == "Small repair, 5 May reached “need met”. Felt heard: Noa 7. Felt heard: Jules 5."
    assert card.record_at(0) == held and card.record_at(1) is None
    assert card.rows()[1] == (("Small repair", "5 May 2026", "need met", "7", "5"),)
    assert "6" not in card.alternative.text, "two people are not averaged"


def test_a_talk_that_kept_no_step_says_so_and_is_no_zero(both: Both) -> None:
    talk(both.noa, 9)
    card = conversations(both.noa)
    assert card.readout(0) == "Small repair, 5 May: how far it went is not noted."
    assert card.rows()[1][0][2] == "not noted"
    assert card.data is not None and np.isnan(card.data.mine).all()
    assert card.data.reached.tolist() == [0]
    assert card.sentence == "How far it went is noted for 0 of 1."


def test_a_talk_held_alone_tells_how_clear_it_was(couple: Session) -> None:
    talk(couple, 9, reached="told", heard={NOA.id: 4})
    assert conversations(couple).readout(0).endswith("How clear it was: 4.")


def test_of_many_talks_the_newest_are_drawn(both: Both) -> None:
    for back in range(30):
        talk(both.noa, back + 1, reached="told")
    card = conversations(both.noa)
    assert (len(card.every), len(card.drawn), len(card.rows()[1])) == (30, 24, 30)
    assert card.drawn[-1].day == TODAY - 1
    assert "6 older talks are in the table." in card.sentence


def test_a_damaged_talk_costs_no_more_than_its_own_number(both: Both) -> None:
    talk(both.noa, 9, reached="told", heard={NOA.id: 7})
    talk(both.noa, 8, reached="told", heard={NOA.id: 3})
    assert both.noa.shared is not None
    both.noa.shared.connection.execute(
        "UPDATE revision SET body = CAST(replace(CAST(body AS TEXT), ':7', ':\"x') AS BLOB) WHERE kind = 'conversation'"
    )
    assert [one.heard.mine for one in conversations(both.noa).every] == [None, 3]


# ---------------------------------------------------------------------------------------------- ten years


def _noted_for_years(session: Session, kind: str, field: str, targets: list[RecordId], every_days: int) -> int:
    outcomes = {
        "boundary_occasion": ("honoured", "honoured", "crossed"),
        "commitment_event": ("kept", "partly", "kept"),
    }
    written = 0
    assert session.shared is not None
    with session.shared.change(session.person.id, zone=ZONE) as change:
        at = change.at(Clock(wall_ms=lambda: int(EVENING.timestamp() * 1000)))
        for back in range(0, 3650, every_days):
            for number, target in enumerate(targets):
                answers = {field: target, "at": day(back), "outcome": outcomes[kind][(back + number) % 3]}
                at.put(kind, session.kinds.parse(kind, answers))
                written += 1
    return written


def test_ten_years_of_notes_cost_a_hundredth_of_a_second_each_card(both: Both) -> None:
    """Half a year beside ten years of notes, and all of them; the limit is five budgets, for a busy machine."""
    records = [agreement(both.noa, f"Agreement of ours, {number}.") for number in range(3)]
    kept = [Journal(both.noa).add("commitment", {"wording": f"{number}.", "state": "active"}) for number in range(3)]
    assert _noted_for_years(both.noa, "boundary_occasion", "boundary", records, 14) > 700
    assert _noted_for_years(both.noa, "commitment_event", "commitment", kept, 14) > 700
    cards, words = OccasionCards(both.noa), said(both.noa)
    for make in (cards.agreements, cards.promises, cards.conversations):
        for first in (FIRST, TODAY - 3650):
            spent_ms = []
            for _ in range(4):
                begun = time.process_time()
                make(first, TODAY, words)
                spent_ms.append((time.process_time() - begun) * 1000)
            assert min(spent_ms) < 50, (make.__name__, TODAY - first)
