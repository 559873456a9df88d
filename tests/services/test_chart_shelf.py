"""Every chart of Trends in one form: questions, words in three parts, rows, what stands behind a stop, and files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.charts.plot import Table
from app.charts.style import load_style, new_figure
from app.domain.chart_names import FIRST_SCREEN, NAMES, Chart, Form
from app.domain.errors import VaultError
from app.services import chart_files, demo
from app.services.chart_cards import Behind, ChartCard
from app.services.chart_shelf import ChartShelf, Choice
from app.services.desk import Desk
from app.services.session import Session
from app.services.trend_cues import Response
from app.services.trend_events import Picked
from app.services.trend_promises import Whose
from tests.fixtures.questionnaires import fill_in
from tests.fixtures.session import EVENING, ME, ZONE, new_space, shipped_content, shipped_kinds
from tests.services.trigger_diary import trigger

TODAY = EVENING.date().toordinal()
PERIODS = ("1", "3", "6", "12", "all")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Half a year of the sample; the tests of this module only look."""
    space = new_space(tmp_path_factory.mktemp("written") / "space.db")
    session = Session(ME, space, shipped_kinds(), shipped_content(), lambda: EVENING, ZONE)
    session.name_partner("Jules")
    demo.fill(session, EVENING.date(), 6)
    for kind, back, total in (("pcl5", 100, 40), ("pcl5", 60, 33), ("phq4", 9, 4)):
        fill_in(session, kind, back, total)
    yield session
    space.close()


@pytest.fixture
def filled(written: Session) -> ChartShelf:
    return ChartShelf(written)


def stops(card: ChartCard) -> int:
    assert card.plot is not None
    reading = card.plot.build(new_figure(900, max(card.height_px, 120.0), load_style()), load_style())
    assert reading is not None
    return len(reading)


@pytest.mark.parametrize("name", NAMES)
def test_a_filled_journal_draws_every_chart_and_says_it_in_three_parts(filled: ChartShelf, name: str) -> None:
    card = filled.named(name, "all", TODAY)
    assert card.plot is not None and card.height_px > 90
    assert card.title and card.sentence
    assert card.alternative.what and (card.alternative.figures or card.alternative.pattern)
    if name not in FIRST_SCREEN:
        assert card.title.endswith("?"), "the question is the title"
    assert "because" not in f"{card.sentence} {card.alternative.text}".casefold()
    columns, rows = card.rows()
    assert rows and all(len(row) == len(columns) for row in rows)


@pytest.mark.parametrize("period", PERIODS)
def test_every_period_gives_every_chart(filled: ChartShelf, period: str) -> None:
    assert [card.name for card in filled.every(period, TODAY)] == list(Chart)


@pytest.mark.parametrize("name", NAMES)
def test_with_nothing_written_each_says_what_it_waits_for(couple: Session, name: str) -> None:
    card = ChartShelf(couple).named(name, "6", TODAY)
    assert card.plot is None
    assert card.sentence and card.alternative.text
    assert card.rows()[1] == ()


@pytest.mark.parametrize("chart", list(Chart))
def test_each_stop_leads_somewhere_that_exists(filled: ChartShelf, written: Session, chart: Chart) -> None:
    desk, card = Desk(written, lambda: None), filled.read(chart, "all", TODAY)
    assert card.plot is not None
    for stop in range(stops(card)):
        assert card.plot.caption.readout(stop)
        behind = card.behind(stop)
        if behind.day:
            assert behind.days == 7 and dt.date.fromordinal(behind.day).isoweekday() == 1
        elif not behind.is_empty:
            listing = filled.listing(behind)
            assert len(listing.found) + listing.more == len(behind.numbers) + (behind.record is not None)
            for one in listing.found:
                assert desk.journal.record(one.record).id == one.record
                assert one.day <= TODAY


def test_many_events_behind_a_mark_are_listed_newest_first(filled: ChartShelf) -> None:
    card = filled.read(Chart.CUES, "all", TODAY)
    fullest = max((card.behind(stop) for stop in range(stops(card))), key=lambda one: len(one.numbers))
    days = [one.day for one in filled.listing(fullest).found]
    assert len(days) > 1 and days == sorted(days, reverse=True)


def test_what_was_narrowed_changes_the_charts_of_triggers_alone(filled: ChartShelf) -> None:
    cue = filled.offered().cues[0][0]
    picked = Choice(picked=Picked(cue=cue))
    every, some = (len(filled.read(Chart.TRIGGERS, "all", TODAY, one).rows()[1]) for one in (None, picked))
    assert 0 < some < every
    assert filled.read(Chart.ARE, "all", TODAY, picked).rows() == filled.read(Chart.ARE, "all", TODAY).rows()
    other = filled.read(Chart.CUES, "all", TODAY, Choice(response=Response.CAME_BACK))
    assert other.rows()[0] != filled.read(Chart.CUES, "all", TODAY).rows()[0]
    mine = filled.read(Chart.PROMISES, "all", TODAY, Choice(whose=Whose.MINE))
    assert len(mine.rows()[1]) < len(filled.read(Chart.PROMISES, "all", TODAY).rows()[1])


def test_questionnaires_are_nowhere_until_one_was_filled_in(couple: Session) -> None:
    shelf = ChartShelf(couple)
    assert [card.name for card in shelf.every("6", TODAY)] == list(Chart)[:-1]
    assert shelf.read(Chart.SCORES, "6", TODAY).offered == ()
    fill_in(couple, "gad7", 50, 6)
    assert [card.name for card in shelf.every("6", TODAY)] == list(Chart)
    assert [card.name for card in shelf.every("1", TODAY)] == list(Chart)[:-1], "none in this period"


def test_the_questionnaire_filled_in_last_is_shown_or_the_one_asked_for(filled: ChartShelf, written: Session) -> None:
    newest = filled.read(Chart.SCORES, "all", TODAY)
    assert (newest.which, newest.offered) == ("phq4", (("phq4", "PHQ-4"), ("pcl5", "PCL-5")))
    asked = filled.read(Chart.SCORES, "all", TODAY, Choice(questionnaire="pcl5"))
    assert (asked.which, stops(asked)) == ("pcl5", 2)
    assert [one.day for one in filled.listing(asked.behind(1)).found] == [TODAY - 60]
    assert filled.read(Chart.SCORES, "1", TODAY, Choice(questionnaire="pcl5")).which == "phq4", "none of it there"


def test_a_record_without_a_title_is_listed_by_its_kind(session: Session) -> None:
    record = trigger(session, 3, peak=6)
    (one,) = ChartShelf(session).listing(Behind(record=record)).found
    assert one.title == "Trigger"


def test_an_unknown_chart_or_period_is_refused(filled: ChartShelf) -> None:
    with pytest.raises(ValueError, match="tarot"):
        filled.named("tarot", "6", TODAY)
    with pytest.raises(ValueError, match="7"):
        filled.read(Chart.ARE, "7", TODAY)


def test_json_keeps_words_and_an_empty_cell_for_a_gap(filled: ChartShelf) -> None:
    told = json.loads(json.dumps(filled.named("triggers", "all", TODAY).as_json()))
    assert told["enough"] is True and set(told["alternative"]) == {"what", "figures", "pattern"}
    assert any(cell == "" for row in told["rows"] for cell in row), "a trigger without an after has none"


# ------------------------------------------------------------------------------------------------------------ files


def test_numbers_leave_as_they_are_and_gaps_as_nothing() -> None:
    rows = (
        (dt.date(2026, 3, 2), 4.25, 3, 'a, "b"'),
        (dt.date(2026, 3, 9), None, None, ""),
        (dt.date(2026, 3, 16), math.nan, 0, "c"),
    )
    read = list(csv.reader(io.StringIO(chart_files.csv(Table(("Day", "Value", "n", "x"), rows)).decode("utf-8"))))
    assert read == [
        ["Day", "Value", "n", "x"],
        ["2026-03-02", "4.25", "3", 'a, "b"'],
        ["2026-03-09", "", "", ""],
        ["2026-03-16", "", "0", "c"],
    ]


def test_blank_days_of_the_year_are_empty_cells(filled: ChartShelf) -> None:
    card = filled.named("year", "all", TODAY)
    assert card.plot is not None
    read = list(csv.reader(io.StringIO(chart_files.document(card.plot, Form.CSV, 150).decode("utf-8"))))[1:]
    table = card.plot.table()
    assert len(read) == len(table.rows)
    for line, row in zip(read, table.rows, strict=True):
        known = row[1] is not None and np.isfinite(float(str(row[1])))
        assert (line[1] != "") == known
        if known:
            assert float(line[1]) == pytest.approx(float(str(row[1])), abs=5e-4)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_saved_as_a_picture_and_a_drawing(filled: ChartShelf, name: str, tmp_path: Path) -> None:
    card = filled.named(name, "6", TODAY)
    if card.plot is None:
        pytest.fail("half a year of the sample draws everything")
    path = tmp_path / "chart.png"
    chart_files.save(path, chart_files.document(card.plot, Form.PNG, card.height_px))
    with Image.open(path) as picture:
        assert picture.width == round(chart_files.WIDTH_PX * chart_files.PIXEL_RATIO)
        assert abs(picture.height - card.height_px * chart_files.PIXEL_RATIO) <= 1
        assert set(picture.info) <= {"dpi"}, "nothing else travels with it"
    drawing = chart_files.document(card.plot, Form.SVG, card.height_px).decode("utf-8")
    assert drawing.lstrip().startswith("<?xml") and "</svg>" in drawing
    assert not re.search(r"<text|<!--", drawing)


def test_a_new_file_never_replaces_another_and_a_missing_folder_is_told(tmp_path: Path) -> None:
    chart_files.save_new(tmp_path / "a.csv", b"1")
    with pytest.raises(VaultError):
        chart_files.save_new(tmp_path / "a.csv", b"2")
    assert (tmp_path / "a.csv").read_bytes() == b"1"
    with pytest.raises(VaultError):
        chart_files.save(tmp_path / "none" / "a.csv", b"2")
