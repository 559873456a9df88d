"""The Summary page: what is ticked is what the pages show, and nothing leaves without being asked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.services import demo
from app.services.session import Session
from app.services.summary_choice import Part
from app.ui import leaving
from app.ui.screens.summary.screen import SummaryScreen
from app.ui.screens.summary.state import Span, SummaryPage
from app.ui.screens.summary.view import SummaryView
from app.ui.theme.hub import current_hub
from tests.fixtures.page_context import Page, page_of
from tests.fixtures.session import EVENING


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1280, 800)
    return page_of(couple, area)


@pytest.fixture
def screen(page: Page, couple: Session) -> SummaryScreen:
    demo.fill(couple, EVENING.date(), 3)
    return shown(page)


def shown(page: Page) -> SummaryScreen:
    made = SummaryScreen(page.ctx)
    QVBoxLayout(page.shell.area).addWidget(made.widget())
    page.shell.area.show()
    made.enter(None)
    return made


def view_of(screen: SummaryScreen) -> SummaryView:
    found = screen.widget()
    assert isinstance(found, SummaryView)
    return found


def state_of(screen: SummaryScreen) -> SummaryPage:
    return screen._presenter.shown


def test_the_pages_are_there_on_entering(screen: SummaryScreen) -> None:
    view = view_of(screen)
    assert view._preview.count == len(state_of(screen).pages) >= 1
    assert view._preview._where.text().startswith("Page 1 of ")
    assert view._export.isEnabled()


def test_with_nothing_written_nothing_can_leave(page: Page) -> None:
    view = view_of(shown(page))
    assert not view._empty.isHidden() and view._preview.isHidden()
    assert not view._export.isEnabled() and not view._print.isEnabled()
    view._empty.button.click()
    assert page.shell.went == [("today", None)]


def test_several_ticks_draw_the_pages_once(screen: SummaryScreen, qtbot: QtBot) -> None:
    view, drawn = view_of(screen), []
    before = state_of(screen).pages
    screen._presenter.state.connect(lambda state: drawn.append(state.pages))
    view._include._rows[Part.MARKERS].tick.click()
    view._include._rows[Part.LINES].tick.click()
    assert state_of(screen).drawing
    qtbot.waitUntil(lambda: not state_of(screen).drawing, timeout=5000)
    choice = state_of(screen).choice
    assert choice is not None and {Part.MARKERS, Part.LINES} <= choice.parts
    assert len({id(pages) for pages in drawn if pages is not before}) == 1


def test_a_story_is_offered_with_its_path_and_goes_with_it(screen: SummaryScreen) -> None:
    view = view_of(screen)
    offer = state_of(screen).offer
    assert offer is not None
    thread = next(one for one in offer.threads if one.story_words)
    path, story = (view._include._thread_rows[(thread.record, part)] for part in (False, True))
    assert story.isHidden() and not path.tick.isChecked()
    path.tick.click()
    assert not story.isHidden()
    story.tick.click()
    choice = state_of(screen).choice
    assert choice is not None and choice.threads == choice.narratives == (thread.record,)
    path.tick.click()
    choice = state_of(screen).choice
    assert choice is not None and choice.threads == choice.narratives == ()
    assert story.isHidden()


def test_a_word_to_cover_becomes_a_chip_and_stays_one(screen: SummaryScreen) -> None:
    view = view_of(screen)
    view._cover(("initials", "phones", "Lise"))
    choice = state_of(screen).choice
    assert choice is not None and choice.words == ("Lise",)
    assert "Lise" in view._covers.chosen()
    view._cover(("phones",))
    choice = state_of(screen).choice
    assert choice is not None and choice.words == () and not choice.initials
    assert "Lise" in view._word_chips


def test_questions_are_lines_and_are_kept(screen: SummaryScreen, page: Page) -> None:
    view = view_of(screen)
    view._include._questions.set_words("First?\n\n  Second?  ")
    choice = state_of(screen).choice
    assert choice is not None and choice.questions == ("First?", "Second?")
    screen.leave()
    assert page.desk.summaries.kept().questions == ("First?", "Second?")


def test_another_period_changes_what_is_offered(screen: SummaryScreen) -> None:
    view = view_of(screen)
    before = state_of(screen).offer
    view._choose_span(2)
    assert state_of(screen).span is Span.OWN
    view._first.setDate(view._last.date().addDays(-6))
    after, choice = state_of(screen).offer, state_of(screen).choice
    assert before is not None and after is not None and choice is not None
    assert choice.last - choice.first == 6
    assert after.entries < before.entries


def test_since_last_counts_from_the_newest_session(screen: SummaryScreen) -> None:
    view = view_of(screen)
    assert view._period.currentIndex() == 1
    assert state_of(screen).span is Span.THREE_MONTHS
    view._choose_span(0)
    choice = state_of(screen).choice
    assert choice is not None
    assert dt.date.fromordinal(choice.first) == dt.date(2026, 4, 23)


def test_pages_turn_with_keys_and_buttons(screen: SummaryScreen, qtbot: QtBot) -> None:
    view = view_of(screen)
    offer = state_of(screen).offer
    assert offer is not None
    for thread in offer.threads:
        screen._presenter.include_thread(thread.record, True, story=True)
    qtbot.waitUntil(lambda: view._preview.count > 1, timeout=8000)
    QTest.keyClick(view._preview._sheet, Qt.Key.Key_PageDown)
    assert view._preview._where.text().startswith("Page 2 of ")
    view._preview._back.click()
    assert view._preview._where.text().startswith("Page 1 of ")
    assert not view._preview._back.isEnabled()


def test_a_sealed_file_is_asked_about_first(screen: SummaryScreen, page: Page, tmp_path: Path, qtbot: QtBot) -> None:
    view = view_of(screen)
    view._export.click()
    (surface,) = page.shell.surfaces
    surface.confirmed.emit()
    dialog = view.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    assert [Path(name).name for name in dialog.selectedFiles()] == ["summary-2026-05-14.pdf"]
    dialog.fileSelected.emit(str(tmp_path / "summary.pdf"))
    dialog.reject()
    assert (tmp_path / "summary.pdf").read_bytes().startswith(b"%PDF")
    assert page.shell.toasts[-1].text == "Saved, sealed with the password."


def test_a_place_that_cannot_be_written_is_said(screen: SummaryScreen, page: Page, tmp_path: Path) -> None:
    screen._presenter.export(tmp_path / "missing" / "summary.pdf")
    assert "Saved" not in page.shell.toasts[-1].text
    assert state_of(screen).trouble is None


def test_a_password_can_be_made_anew_typed_or_hidden(screen: SummaryScreen) -> None:
    view = view_of(screen)
    first = view._password.text()
    assert first == state_of(screen).password and first.count("-") == 4
    view._another.click()
    assert view._password.text() != first
    view._password.setText("my own words")
    assert state_of(screen).password == "my own words"
    view._password.setText("")
    assert not view._export.isEnabled() and view._print.isEnabled()
    assert view._note.text() == "A sealed file needs a password."


def test_printing_puts_every_page_on_a_sheet(screen: SummaryScreen, tmp_path: Path) -> None:
    out = tmp_path / "paper.pdf"
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    sheets: list[tuple[bytes, ...]] = []
    screen._presenter.for_printing(sheets.append)
    leaving.paint_pages(printer, sheets[0])
    assert out.read_bytes().startswith(b"%PDF")
    assert len(sheets[0]) == len(state_of(screen).pages)


def test_locking_forgets_pages_words_and_password(screen: SummaryScreen, page: Page) -> None:
    view = view_of(screen)
    page.ctx.bus.locking.emit()
    assert state_of(screen) == SummaryPage()
    assert view._preview.count == 0
    assert view._password.text() == "" and view._for.text() == ""


@pytest.mark.parametrize(("width", "height", "scale"), [(1280, 800, 1.0), (1024, 700, 1.0), (1280, 800, 2.0)])
def test_it_stands_in_every_size(page: Page, couple: Session, width: int, height: int, scale: float) -> None:
    hub = current_hub()
    demo.fill(couple, EVENING.date(), 3)
    page.shell.area.resize(width, height)
    try:
        hub.set_text_scale(scale)
        view = view_of(shown(page))
        assert view._card.width() <= view.width()
        inside = view._choices.widget()
        assert inside is not None and inside.width() <= view._choices.viewport().width()
        assert view._export.width() >= view._export.minimumSizeHint().width()
    finally:
        hub.set_text_scale(1.0)
