"""Reading a worksheet: its picture, other times, what changed, filling in again, and paper after a word about it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from app.domain.records import Clock, RecordId
from app.services.session import Session
from app.ui.models.answers import answered, left_open
from app.ui.models.pictures import picture_of
from app.ui.screens.journal.screen import JournalScreen
from app.ui.screens.record_form.surface import RecordSurface
from app.ui.screens.worksheets.again import LastTime
from app.ui.screens.worksheets.printing import Pages, Paper, PrintSurface, as_pdf
from app.ui.theme.hub import current_hub
from app.ui.widgets.difference import DifferenceView
from app.ui.widgets.reading_grid import GridView
from app.ui.widgets.reading_picture import PictureFrame
from app.ui.widgets.reading_shapes import Each, Grid, Items, Point
from tests.fixtures.page_context import Page, entered, page_on_screen
from tests.fixtures.session import EVENING

LOOP = {"our_name": "The late bus", "my_move": ["pursue"], "starts_with": "A late train"}


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    return page_on_screen(qtbot, couple)


def _sheet(page: Page, kind: str, year: int, answers: dict[str, object]) -> RecordId:
    session = page.desk.session
    moment = dt.datetime(year, 5, 2, 20, tzinfo=EVENING.tzinfo)
    with session.change() as change:
        clock = Clock(wall_ms=lambda: int(moment.timestamp() * 1000))
        return change.at(clock).put(kind, session.kinds.parse(kind, answers), arriving=True)


def _screen(page: Page, record: RecordId) -> JournalScreen:
    made = entered(page, JournalScreen(page.ctx), record)
    made._presenter.uncover()
    return made


def _loops(page: Page) -> tuple[RecordId, RecordId]:
    return _sheet(page, "cycle", 2025, {**LOOP, "our_name": "The seesaw"}), _sheet(page, "cycle", 2026, dict(LOOP))


def test_other_times_are_named_and_open(page: Page) -> None:
    first, second = _loops(page)
    screen = _screen(page, second)
    strip = screen._view.reader.series
    assert strip.isVisibleTo(screen.widget())
    assert [strip.against.itemText(at) for at in range(strip.against.count())] == ["2 May 2025"]
    strip.opened.emit(first)
    reading = screen._presenter.shown.reading
    assert reading is not None
    assert reading.record == first
    assert strip.against.itemText(0) == "2 May 2026"


def test_what_changed_between_two_is_shown_and_names_both_days(page: Page) -> None:
    _, second = _loops(page)
    strip = _screen(page, second)._view.reader.series
    strip.compare.click()
    surface = page.shell.surfaces[-1]
    assert surface.title.text() == "2 May 2025, then 2 May 2026"
    assert surface.findChild(DifferenceView) is not None


def test_filling_in_again_begins_empty_and_may_start_from_the_last(page: Page) -> None:
    _, second = _loops(page)
    strip = _screen(page, second)._view.reader.series
    strip.again.click()
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, RecordSurface)
    assert surface.form.answers() == {}
    panel = surface.findChild(LastTime)
    assert isinstance(panel, LastTime)
    panel.start.click()
    assert surface.form.answers()["our_name"] == "The late bus"


def test_a_number_over_time_has_its_sentence(page: Page) -> None:
    _sheet(page, "styles_reflection", 2025, {"at_ease": 2})
    last = _sheet(page, "styles_reflection", 2026, {"at_ease": 5})
    strip = _screen(page, last)._view.reader.series
    assert strip._shown is not None
    (track,) = strip._shown.tracks
    assert track.sentence == "2 May 2025: 2; 2 May 2026: 5"
    assert [round(y, 3) for _, y in track.points] == [round(1 / 6, 3), round(4 / 6, 3)]


def test_paper_comes_after_the_word_about_paper_and_leaves_no_file(page: Page, tmp_path: Path) -> None:
    _, second = _loops(page)
    screen = _screen(page, second)
    frame = screen._view.reader.findChild(PictureFrame)
    assert isinstance(frame, PictureFrame)
    frame.print.click()
    before = page.shell.surfaces[-1]
    assert before.title.text() == page.ctx.content.care.print.title
    before.confirmed.emit()
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, PrintSurface)
    assert list(tmp_path.rglob("*.pdf")) == []
    target = tmp_path / "kept.pdf"
    surface.save(target)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(target)
    with pikepdf.open(target, password=surface.password.text()) as opened:
        assert len(opened.pages) == 1


def test_a_page_is_lines_and_letters_and_light_also_in_the_dark(page: Page) -> None:
    picture = picture_of(page.ctx.content.kind("cycle"), LOOP, page.ctx)
    assert picture is not None
    hub = current_hub()
    hub.choose("dark")
    pages = Pages(Paper(picture, "today"))
    assert not pages._theme.dark
    made = as_pdf(pages)
    hub.choose("light")
    assert made.startswith(b"%PDF")
    assert b"/Subtype /Image" not in made
    assert pages.count == 1


def test_long_answers_go_on_to_further_pages(page: Page) -> None:
    long = {"then": "A long sentence about the kitchen. " * 400, "now": "Short."}
    picture = picture_of(page.ctx.content.kind("then_and_now"), long, page.ctx)
    assert picture is not None
    assert Pages(Paper(picture, "today")).count > 1


def test_no_line_of_a_long_answer_is_cut_or_stands_twice_where_a_page_ends(page: Page) -> None:
    long = {"then": "A long sentence about the kitchen. " * 400, "now": "Short."}
    picture = picture_of(page.ctx.content.kind("then_and_now"), long, page.ctx)
    assert picture is not None
    pages = Pages(Paper(picture, "today"))
    ends = [end for _, end in pages.spans]
    assert [begin for begin, _ in pages.spans[1:]] == ends[:-1]
    assert all(begin < end <= begin + pages.area.height() for begin, end in pages.spans)
    for number in range(1, pages.count):
        assert _ink_of_first_row(pages, number) <= 12  # the sides of the frames, no letters


def _ink_of_first_row(pages: Pages, number: int) -> int:
    image = QImage(int(pages.area.width()), 4, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    pages.paint(painter, number)
    painter.end()
    return sum(value < 200 for value in bytes(image.constBits())[: image.bytesPerLine()])


def test_what_is_shared_item_by_item_is_neither_compared_nor_printed(page: Page) -> None:
    items = [{"row": "hug", "answer": "no"}]
    _sheet(page, "intimacy_map", 2025, {"items": items})
    record = _sheet(page, "intimacy_map", 2026, {"items": items})
    screen = _screen(page, record)
    assert not screen._view.reader.series.compare.isVisibleTo(screen.widget())
    ladder = _sheet(page, "closeness_ladder", 2026, {"rungs": [{"rung": "Reading", "feel": "ease"}]})
    screen._presenter.open(ladder)
    frame = screen._view.reader.findChildren(PictureFrame)[-1]
    assert frame.print.isHidden()


def test_answers_know_how_they_are_set(page: Page) -> None:
    ctx = page.ctx
    me = ctx.person.id

    def shape(kind: str, **answers: object) -> object:
        return answered(ctx.content.kind(kind), answers, ctx)[0].shape

    assert shape("plan", looks=["May", "June"]) == Items(("May", "June"))
    assert shape("styles_reflection", at_ease=3) == Point(3, 1, 7, "not like me", "very much like me")
    each = shape("attunement_practice", ease_before={me: 4})
    assert isinstance(each, Each)
    assert each.people[0].who.name == "Noa"
    grid = shape("windows_walls", people=[{"who": "Work", "now": "wall"}])
    assert isinstance(grid, Grid)
    assert grid.columns == ("Who or where", "Now")


def test_a_grid_turns_into_blocks_where_it_would_be_narrow(qtbot: QtBot, page: Page) -> None:
    rows = [{"row": "fear", "shows": "I ask twice", "helps": "a hand", "not_this": "jokes"}]
    grid = answered(page.ctx.content.kind("emotion_responses"), {"rows": rows}, page.ctx)[0].shape
    assert isinstance(grid, Grid)
    view = GridView(grid)
    qtbot.addWidget(view)
    view.show()
    view.resize(900, 200)
    assert not view.in_blocks
    view.resize(320, 200)
    assert view.in_blocks


def test_what_waits_is_named_and_only_what_this_journal_asks(page: Page) -> None:
    left = left_open(page.ctx.content.kind("cycle"), LOOP, page.ctx)
    assert "A name for the loop" not in left
    assert "The move Jules makes" in left
