"""The Rituals page: days by keyboard and pointer, the schedule, rest for one and for all, empty, and its sizes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.records import RecordId
from app.services import choices, demo
from app.services.desk import Desk
from app.services.ritual_reading import AGREED, DONE, RESTED, SMALL
from app.services.session import Session
from app.ui.screens.rituals import build
from app.ui.screens.rituals.schedule_card import read_around
from app.ui.screens.rituals.screen import RitualsScreen
from app.ui.screens.rituals.surfaces import DaySurface, PauseSurface, RestSurface
from app.ui.screens.rituals.wording import rhythm_words, strength_word
from app.ui.theme.hub import current_hub
from app.ui.widgets.month_grid import Cell, MonthGrid
from tests.fixtures.both import Both
from tests.fixtures.page_context import Page, page_of
from tests.fixtures.session import EVENING

DAY = dt.timedelta(days=1)
TODAY = EVENING.date()
CTRL = Qt.KeyboardModifier.ControlModifier
EVERY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1280, 800)
    area.show()
    qtbot.waitUntil(area.isActiveWindow)
    return page_of(couple, area)


@pytest.fixture
def opened(page: Page) -> Callable[[], RitualsScreen]:
    kept: list[RitualsScreen] = []

    def open_it() -> RitualsScreen:
        screen = build(page.ctx)
        assert isinstance(screen, RitualsScreen)
        kept.append(screen)  # the window keeps its pages; signals alone do not
        screen.widget().setParent(page.shell.area)
        screen.widget().resize(1040, 700)
        screen.widget().show()
        screen.enter(None)
        return screen

    return open_it


def begin(page: Page, days_ago: int = 20, **answers: object) -> RecordId:
    raw = {"title": "Ten minutes", "rhythm": "days", "days": EVERY, "starts": {"day": str(TODAY - days_ago * DAY)}}
    return page.desk.journal.add("ritual", {**raw, **answers})


def grid_of(screen: RitualsScreen) -> MonthGrid:
    return screen.widget().findChildren(MonthGrid)[0]


def outcome(page: Page, record: RecordId, day: dt.date) -> str:
    mark = page.desk.rituals.detail(record).marks.get(day.toordinal())
    return mark.outcome if mark else ""


def test_space_moves_today_on_and_the_arrows_walk(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    record = begin(page)
    grid = grid_of(opened())
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert outcome(page, record, TODAY) == DONE
    QTest.keyClick(grid, Qt.Key.Key_Left)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert outcome(page, record, TODAY - DAY) == SMALL
    assert "part of it" in grid.accessibleDescription()


def test_days_to_come_are_locked(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    record = begin(page)
    grid = grid_of(opened())
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert outcome(page, record, TODAY + DAY) == ""
    assert page.shell.toasts == []


def test_a_click_moves_a_day_on(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    record = begin(page)
    screen = opened()
    grid = grid_of(screen)
    where = grid._square(0, TODAY.day - 3).center().toPoint()
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=where)
    assert outcome(page, record, TODAY - 2 * DAY) == DONE


def test_before_the_beginning_nothing_is_shown(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    begin(page, days_ago=3)
    cells = opened()._presenter.shown.rows[0].cells
    assert [cell.cell for cell in cells[:10]] == [Cell.NONE] * 10
    assert all(cell.locked for cell in cells[:10])
    assert cells[TODAY.day - 1].cell is Cell.OPEN
    assert cells[TODAY.day].cell is Cell.AHEAD


def test_more_about_a_day(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    record = begin(page)
    QTest.keyClick(grid_of(opened()), Qt.Key.Key_F2)
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, DaySurface)
    surface._outcome.choose(surface._keys.index(RESTED))
    surface._follow()
    assert surface._why.isVisible()
    surface._reason.choose(("travel",))
    surface._line.setText("On the night train")
    QTest.keyClick(surface._line, Qt.Key.Key_Return, CTRL)
    mark = page.desk.rituals.detail(record).marks[TODAY.toordinal()]
    assert (mark.outcome, mark.reason, mark.note) == (RESTED, "travel", "On the night train")


def test_an_agreed_rest_is_offered_to_two_only(qtbot: QtBot, page: Page, opened: Callable[[], RitualsScreen]) -> None:
    begin(page)
    QTest.keyClick(grid_of(opened()), Qt.Key.Key_F2)
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, DaySurface)
    assert AGREED in surface._keys


def test_the_schedule_is_saved_and_starts_tomorrow(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    record = begin(page)
    card = opened()._view.schedule
    assert not card._save.isEnabled()
    card.name.setText("Eleven minutes")
    card.around.setText("after dinner")
    card.days.setFocus()
    QTest.keyClicks(card.days, "67")
    QTest.mouseClick(card._save, Qt.MouseButton.LeftButton)
    answers = page.desk.rituals.detail(record).answers
    assert (answers["title"], answers["around_words"], answers["days"]) == (
        "Eleven minutes", "after dinner", ["mon", "tue", "wed", "thu", "fri"],
    )  # fmt: skip
    undo = page.shell.toasts[-1].on_action
    assert undo is not None
    undo()
    assert page.desk.rituals.detail(record).answers["title"] == "Ten minutes"


def test_a_clock_time_and_words_are_both_times(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    record = begin(page)
    card = opened()._view.schedule
    card.around.setText("7:05")
    QTest.mouseClick(card._save, Qt.MouseButton.LeftButton)
    assert page.desk.rituals.detail(record).row.at == dt.time(7, 5)
    assert read_around("20h30") == (dt.time(20, 30), "")
    assert read_around("25:00") == (None, "25:00")


def test_a_number_that_does_not_fit_is_said(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    record = begin(page)
    card = opened()._view.schedule
    card.rhythm.setCurrentIndex(1)
    card.times.setText("9")
    QTest.mouseClick(card._save, Qt.MouseButton.LeftButton)
    assert card._trouble.isVisible()
    assert page.desk.rituals.detail(record).answers["rhythm"] == "days"
    card.times.setText("3")
    QTest.mouseClick(card._save, Qt.MouseButton.LeftButton)
    assert rhythm_words(page.desk.rituals.detail(record).row.schedule) == "3 times a week"


def test_typing_stays_when_a_day_is_ticked(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    begin(page)
    screen = opened()
    screen._view.schedule.name.setText("Half written")
    QTest.keyClick(grid_of(screen), Qt.Key.Key_Space)
    assert screen._view.schedule.name.text() == "Half written"


def test_rest_for_one_and_taken_up_again(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    record = begin(page)
    card = opened()._view.schedule
    QTest.mouseClick(card.rest, Qt.MouseButton.LeftButton)
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, RestSurface)
    surface.turn.click()
    assert page.desk.rituals.detail(record).row.standing.value == "resting"
    card.rest.click()
    again = page.shell.surfaces[-1]
    assert isinstance(again, RestSurface)
    again.turn.click()
    assert page.desk.rituals.detail(record).row.standing.value == "active"


def test_everything_rests_and_goes_on(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    begin(page)
    screen = opened()
    screen._view.pause.click()
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, PauseSurface)
    surface._save()
    assert screen._presenter.shown.paused.startswith("Everything rests through")
    assert not screen._view.pause.isVisible()
    screen._view._paused.acted.emit()
    assert page.desk.rituals.paused() is None
    assert screen._presenter.shown.paused == ""


def test_runs_are_small_and_can_be_hidden(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    record = begin(page)
    for number in range(1, 6):
        page.desk.rituals.mark(record, TODAY.toordinal() - number, DONE)
    screen = opened()
    assert screen._presenter.shown.told is not None
    assert screen._presenter.shown.told.runs == "in a row: 5 now, 5 at most"
    choices.store(page.desk.session, choices.Choices(ritual_runs=False))
    screen.enter(None)
    assert screen._presenter.shown.told.runs == ""


def test_early_on_words_stand_in_place_of_a_curve(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    begin(page, days_ago=1)
    shown = opened()._presenter.shown
    assert shown.rows[0].strength is None
    assert shown.told is not None
    assert shown.told.plot is None
    assert "curve appears" in shown.told.early


def test_the_month_before_and_the_key_of_a_row(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    begin(page, days_ago=60)
    other = begin(page, days_ago=60, title="Walk", days=["sat"])
    screen = opened()
    screen._view.before.click()
    assert screen._presenter.shown.title == "April 2026"
    grid = grid_of(screen)
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert screen._presenter.shown.chosen == other
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(30, grid._y(0) + 20))
    assert screen._presenter.shown.selected == 0


def test_nothing_yet(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    screen = opened()
    assert screen._view._empty.isVisible()
    assert screen.subtitle == ""
    screen._view._empty.button.click()
    assert len(page.shell.surfaces) == 1


def test_locking_takes_the_words_away(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    begin(page)
    screen = opened()
    page.ctx.bus.locking.emit()
    assert screen._presenter.shown.rows == ()
    assert screen._view.schedule.name.text() == ""


@pytest.mark.parametrize(
    "value, word", [(0, "new"), (20, "taking root"), (69, "taking hold"), (70, "steady"), (90, "second nature")]
)
def test_the_words_of_strength(value: int, word: str) -> None:
    assert strength_word(value) == word


@pytest.mark.parametrize("width, high, scale", [(1040, 700, 1.0), (920, 600, 1.0), (1040, 700, 2.0)])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_size_is_drawn(page: Page, couple: Session, width: int, high: int, scale: float, dark: bool) -> None:
    demo.fill(couple, TODAY, 3)
    hub = current_hub()
    hub.choose("dark" if dark else "light")
    hub.set_text_scale(scale)
    try:
        screen = build(page.ctx)
        widget = screen.widget()
        widget.setParent(page.shell.area)
        widget.resize(width, high)
        widget.show()
        screen.enter(None)
        assert not widget.grab().isNull()
        grid = widget.findChildren(MonthGrid)[0]
        assert grid.width() >= grid.wanted().width()
    finally:
        hub.set_text_scale(1.0)
        hub.choose("light")


def test_a_day_is_asked_about_with_what_was_noted_of_it(page: Page, opened: Callable[[], RitualsScreen]) -> None:
    record = begin(page)
    line = "On the night train, and the whole way home"
    page.desk.rituals.mark(record, TODAY.toordinal(), AGREED, reason="travel", words=line)
    QTest.keyClick(grid_of(opened()), Qt.Key.Key_F2)
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, DaySurface)
    assert (surface._chosen(), surface._reason.chosen(), surface._line.text()) == (AGREED, ("travel",), line)
    QTest.keyClick(surface._line, Qt.Key.Key_Return, CTRL)
    mark = page.desk.rituals.detail(record).marks[TODAY.toordinal()]
    assert (mark.outcome, mark.reason, mark.note) == (AGREED, "travel", line), "looked at and saved, nothing is lost"


def test_what_another_keeps_alone_shows_its_days_and_no_figure(qtbot: QtBot, both: Both) -> None:
    jules = Desk(both.jules, lambda: None)
    raw = {"title": "The early walk", "who": ["Jules"], "rhythm": "days", "days": EVERY}
    record = jules.journal.add("ritual", {**raw, "starts": {"day": str(TODAY - 20 * DAY)}})
    jules.sharing.share(record, jules.sharing.preview(record))
    jules.rituals.mark(record, TODAY.toordinal() - 1, DONE)
    area = QWidget()
    qtbot.addWidget(area)
    screen = RitualsScreen(page_of(both.noa, area).ctx)
    screen.enter(record)
    (row,) = screen._presenter.shown.rows
    told = screen._presenter.shown.told
    assert told is not None
    assert (row.strength, row.told, told.kept, told.runs, told.plot) == (None, "", "", "", None)
    assert row.meta.endswith("Jules’s own")
    shown = {cell.cell for cell in row.cells}
    assert Cell.DONE in shown and not shown & {Cell.OPEN, Cell.AHEAD}, "no day of theirs stands open here"
    assert all(cell.locked for cell in row.cells)
    screen.leave()
