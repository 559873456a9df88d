"""Series of repeated worksheets: which sheets belong together, numbers over years, what changed, and how fast."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pikepdf
import pytest

from app.domain.errors import RecordError
from app.domain.fields import SCALE_RANGE
from app.domain.records import Clock, PersonId, RecordId
from app.services.journal import Journal
from app.services.session import Session
from app.services.worksheets import MOST, Worksheets, seal
from tests.fixtures.session import EVENING

OTHER = PersonId("f" * 32)


def _sheet(session: Session, kind: str, day: dt.date, author: PersonId | None = None, **answers: object) -> RecordId:
    moment = dt.datetime.combine(day, dt.time(20), tzinfo=EVENING.tzinfo)
    body = session.kinds.parse(kind, answers)
    with session.space.change(author or session.person.id, zone=session.zone) as change:
        return change.at(Clock(wall_ms=lambda: int(moment.timestamp() * 1000))).put(kind, body, arriving=True)


def _years(session: Session, count: int) -> list[RecordId]:
    start = EVENING.date()
    return [
        _sheet(session, "styles_reflection", start - dt.timedelta(days=180 * back), at_ease=back % 7 + 1)
        for back in reversed(range(count))
    ]


def test_sheets_of_years_stand_in_their_order_with_their_numbers(couple: Session) -> None:
    records = _years(couple, 5)
    series = Worksheets(couple).series(records[2])

    assert [sheet.record for sheet in series.sheets] == records
    assert [sheet.record for sheet in series.others] == [records[at] for at in (4, 3, 1, 0)]
    (track,) = series.tracks
    assert track.field == "at_ease"
    assert track.values == (5.0, 4.0, 3.0, 2.0, 1.0)
    assert list(track.days) == sorted(track.days)
    assert (track.lowest, track.highest) == (1, 7)
    assert not series.more_before


def test_one_number_is_no_line_and_a_reason_is_no_number(couple: Session) -> None:
    only = _years(couple, 1)[0]
    assert Worksheets(couple).series(only).tracks == ()
    _sheet(couple, "styles_reflection", dt.date(2026, 1, 1), with_whom="Jules")
    assert Worksheets(couple).series(only).tracks == ()


def test_choices_count_by_their_values_and_not_now_is_left_out(couple: Session) -> None:
    for day, now in ((1, "ground"), (2, "not_now"), (3, "commitment")):
        last = _sheet(couple, "trust_levels", dt.date(2026, 1, day), about=["Jules"], now=now)
    (track,) = Worksheets(couple).series(last).tracks
    assert track.values == (0.0, 3.0)
    assert (track.lowest, track.highest) == (0.0, 3.0)


def test_another_matter_and_another_writer_are_series_of_their_own(couple: Session) -> None:
    jules = _sheet(couple, "trust_levels", dt.date(2026, 1, 1), about=["Jules"], now="trust")
    _sheet(couple, "trust_levels", dt.date(2026, 1, 2), about=["my sister"], now="commitment")
    _sheet(couple, "trust_levels", dt.date(2026, 1, 3), OTHER, about=["Jules"], now="ground")
    later = _sheet(couple, "trust_levels", dt.date(2026, 1, 4), about=["Jules"], now="trust")

    assert [sheet.record for sheet in Worksheets(couple).series(jules).sheets] == [jules, later]


def test_a_sheet_older_than_what_is_listed_is_found_among_its_own(couple: Session) -> None:
    records = _years(couple, MOST + 8)
    series = Worksheets(couple).series(records[1])
    listed = [sheet.record for sheet in series.sheets]
    assert records[1] in listed
    assert records[0] in listed
    assert not series.more_before
    assert Worksheets(couple).series(records[-1]).more_before


def test_what_changed_between_two_without_their_days(couple: Session) -> None:
    first = _sheet(couple, "cycle", dt.date(2025, 1, 1), our_name="The seesaw", starts_with="A date.")
    second = _sheet(couple, "cycle", dt.date(2026, 1, 1), our_name="The late bus", starts_with="A date.")
    found = Worksheets(couple).difference(first, second)
    assert [(part.field, part.before, part.after) for part in found] == [("our_name", "The seesaw", "The late bus")]


def test_closeness_is_never_set_against_earlier_days(couple: Session) -> None:
    items = [{"row": "hug", "answer": "no"}]
    first = _sheet(couple, "intimacy_map", dt.date(2025, 1, 1), items=items)
    second = _sheet(couple, "intimacy_map", dt.date(2026, 1, 1), items=items)
    worksheets = Worksheets(couple)
    series = worksheets.series(second)
    assert (series.comparable, series.tracks) == (False, ())
    with pytest.raises(RecordError):
        worksheets.difference(first, second)


def test_what_is_not_filled_in_again_has_no_series(couple: Session) -> None:
    note = Journal(couple).add("note", {"body": "words", "at": {"day": "2026-05-14"}})
    with pytest.raises(RecordError):
        Worksheets(couple).series(note)
    with pytest.raises(RecordError):
        Worksheets(couple).series(RecordId("0" * 32))


def test_a_new_sheet_may_begin_with_everything_but_the_day(couple: Session) -> None:
    record = _sheet(
        couple, "attunement_practice", dt.date(2026, 1, 1), at={"day": "2026-01-01"}, what="walk", note="Quiet."
    )
    assert Worksheets(couple).answers(record) == {"what": "walk", "note": "Quiet."}


def test_a_series_among_a_thousand_sheets_costs_two_pages(couple: Session) -> None:
    body = couple.kinds.parse("cycle", {"our_name": "The late bus"})
    with couple.change() as change:
        records = [change.put("cycle", body) for _ in range(3000)]
    worksheets = Worksheets(couple)
    took = []
    for at in (0, 1500, 2999):
        start = time.perf_counter()
        series = worksheets.series(records[at])
        took.append(time.perf_counter() - start)
        assert len(series.sheets) <= 2 * MOST + 1
    assert min(took) < 0.1


def test_scales_of_tracks_are_those_of_the_fields(couple: Session) -> None:
    for kind in couple.content.kinds.values():
        for field in kind.fields:
            if kind.repeats and field.measure and not field.per_person:
                assert field.type in SCALE_RANGE or any(option.value is not None for option in field.options)


def test_a_page_leaves_sealed_or_not_at_all(tmp_path: Path) -> None:
    blank, path = tmp_path / "blank.pdf", tmp_path / "page.pdf"
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(blank)
    with pytest.raises(RecordError):
        seal(blank.read_bytes(), "", path)
    assert not path.exists()
    seal(blank.read_bytes(), "four quiet words", path)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    with pikepdf.open(path, password="four quiet words") as opened:  # a word of this test
        assert len(opened.pages) == 1
