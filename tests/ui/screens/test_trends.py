"""The Trends page: periods, keyboard, tables, and every size and theme."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.records import RecordId
from app.services import demo
from app.services.session import Session
from app.services.trend_series import Period
from app.ui.screens.trends.screen import TrendsScreen
from app.ui.screens.trends.state import TrendsPage
from app.ui.screens.trends.view import TrendsView
from app.ui.theme.hub import current_hub
from app.ui.widgets.chart_view import ChartView
from app.ui.widgets.label import Label
from tests.fixtures.page_context import Page, page_of
from tests.fixtures.session import EVENING


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1068, 720)
    return page_of(couple, area)


def shown(page: Page) -> TrendsScreen:
    made = TrendsScreen(page.ctx)
    QVBoxLayout(page.shell.area).addWidget(made.widget())
    page.shell.area.show()
    made.enter(None)
    return made


def view_of(screen: TrendsScreen) -> TrendsView:
    found = screen.widget()
    assert isinstance(found, TrendsView)
    return found


def state_of(screen: TrendsScreen) -> TrendsPage:
    return screen._presenter.shown


def drawn(view: TrendsView, qtbot: QtBot) -> ChartView:
    qtbot.waitUntil(lambda: view._trail._reading is not None, timeout=5000)
    return view._trail


def opened_day(page: Page) -> dt.date:
    """The day of the record the Journal was asked to show."""
    ((name, target),) = page.shell.went
    assert name == "journal" and target is not None
    return dt.date.fromordinal(page.desk.journal.record(RecordId(target)).day)


def test_with_nothing_written_it_says_so_and_leads_to_today(page: Page) -> None:
    view = view_of(shown(page))
    assert not view._empty.isHidden() and view._safety.isHidden()
    view._empty.button.click()
    assert page.shell.went == [("today", None)]


def test_a_period_is_chosen_with_the_keyboard(page: Page, qtbot: QtBot, couple: Session) -> None:
    demo.fill(couple, EVENING.date(), 3)
    screen = shown(page)
    view = view_of(screen)
    assert state_of(screen).period is Period.SIX_MONTHS
    QTest.keyClick(view.period, Qt.Key.Key_Right)
    assert state_of(screen).period is Period.YEAR
    QTest.keyClick(view.period, Qt.Key.Key_Home)
    found = state_of(screen)
    assert found.period is Period.MONTH
    assert found.safety is not None and len(found.safety.days) == 30
    assert view._sentence.text() == found.safety.sentence


def test_arrows_read_a_day_aloud_and_enter_opens_it(page: Page, qtbot: QtBot, couple: Session) -> None:
    demo.fill(couple, EVENING.date(), 3)
    screen = shown(page)
    view = view_of(screen)
    chart = drawn(view, qtbot)
    resting = view._trail_line.text()
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert view._trail_line.text().startswith("Thursday 14 May 2026: ")
    assert chart.accessibleDescription() == view._trail_line.text()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert view._trail_line.text().startswith("Thursday 7 May 2026")
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert opened_day(page) == dt.date(2026, 5, 7)
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert view._trail_line.text() == resting


def test_the_table_stands_where_the_chart_stood(page: Page, qtbot: QtBot, couple: Session) -> None:
    demo.fill(couple, EVENING.date(), 3)
    screen = shown(page)
    view = view_of(screen)
    drawn(view, qtbot)
    screen.table()
    assert view._trail.table_shown
    screen.table()
    assert not view._trail.table_shown


def test_days_in_the_table_are_written_the_readers_way(page: Page, qtbot: QtBot, couple: Session) -> None:
    demo.fill(couple, EVENING.date(), 3)
    screen = shown(page)
    view = view_of(screen)
    drawn(view, qtbot)
    screen.table()
    table = view._trail._table
    assert table is not None
    model = table.model()
    assert model.index(model.rowCount() - 1, 0).data() == "14/05/2026"
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    asked = Qt.ItemDataRole.TextAlignmentRole
    assert model.headerData(1, Qt.Orientation.Horizontal, asked) == int(right)


def test_the_first_screen_fits_without_scrolling(page: Page, couple: Session) -> None:
    """At 1280x800 the window leaves a page 1044 x 713 px: felt safety, five small charts, the year."""
    demo.fill(couple, EVENING.date(), 3)
    page.shell.area.setContentsMargins(0, 0, 0, 0)
    view = view_of(shown(page))
    layout = page.shell.area.layout()
    assert layout is not None
    layout.setContentsMargins(0, 0, 0, 0)
    page.shell.area.resize(1280, 713)
    view._arrange()
    QApplication.processEvents()
    assert view._year.geometry().bottom() <= 713
    assert view.further.geometry().top() > view._year.geometry().bottom()


def test_too_little_is_shown_as_a_sample_not_as_an_empty_chart(page: Page, couple: Session) -> None:
    demo.fill(couple, EVENING.date(), 3)
    screen = shown(page)
    screen.enter("1")
    hollow = [card for card in view_of(screen)._small if not card.chart.isVisible()]
    assert hollow
    assert all(card._sample.isVisible() for card in hollow)


def test_small_charts_carry_a_sentence_and_their_words(page: Page, couple: Session) -> None:
    demo.fill(couple, EVENING.date(), 3)
    view = view_of(shown(page))
    for card in view._small:
        assert card._words.text()
        assert card.accessibleName()
        if card.chart.isVisible():
            said = card.chart.accessibleDescription()
            assert all(part in said for part in card._words.text().rstrip(".").split(". "))


def test_a_week_of_a_small_chart_opens_the_journal(page: Page, qtbot: QtBot, couple: Session) -> None:
    demo.fill(couple, EVENING.date(), 3)
    card = view_of(shown(page))._small[0]
    qtbot.waitUntil(lambda: card.chart._reading is not None, timeout=5000)
    QTest.keyClick(card.chart, Qt.Key.Key_End)
    assert card._words.text().startswith("Week of 11 May 2026: ")
    QTest.keyClick(card.chart, Qt.Key.Key_Return)
    assert dt.date(2026, 5, 11) <= opened_day(page) <= dt.date(2026, 5, 14)


def test_a_new_check_in_is_seen_at_once(page: Page, couple: Session) -> None:
    screen = shown(page)
    assert state_of(screen).empty
    page.ctx.tasks.run(
        lambda desk: desk.journal.add("checkin", {"felt_for_date": dt.date(2026, 5, 14), "felt_safety": 7}),
        lambda _record: None,
    )
    assert not state_of(screen).empty


def test_locking_lets_go_of_charts_and_words(page: Page, qtbot: QtBot, couple: Session) -> None:
    demo.fill(couple, EVENING.date(), 3)
    view = view_of(shown(page))
    drawn(view, qtbot)
    page.ctx.bus.locking.emit()
    assert view._trail._plot is None and view._year_chart._plot is None
    texts = [label.text() for label in view.findChildren(Label)]
    assert not any("weeks" in text or "logs" in text for text in texts)


@pytest.mark.parametrize(
    ("width", "height", "scale", "rows"), [(1280, 800, 1.0, 1), (1024, 700, 1.0, 2), (1280, 800, 2.0, 5)]
)
def test_it_stands_in_every_size(
    page: Page, qtbot: QtBot, couple: Session, width: int, height: int, scale: float, rows: int
) -> None:
    hub = current_hub()
    demo.fill(couple, EVENING.date(), 3)
    page.shell.area.resize(width, height)
    try:
        hub.set_text_scale(scale)
        view = view_of(shown(page))
        drawn(view, qtbot)
        assert len({card.y() for card in view._small}) == rows
        for card in (view._safety, *view._small, view._year):
            assert card.width() <= view._scroll.viewport().width()
        for label in view.findChildren(Label):
            if label.isVisible() and label.text() and label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
    finally:
        hub.set_text_scale(1.0)
