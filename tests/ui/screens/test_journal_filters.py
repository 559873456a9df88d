"""Filters of the Journal by hand: chosen, taken off one by one, kept until the lock, named when they empty it."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.records import RecordId
from app.services.filtering import NO_FILTER, Filter
from app.services.session import Session
from app.ui.models.timeline_rows import DayRow, EntryRow
from app.ui.screens.journal.filter_surface import FilterSurface
from app.ui.screens.journal.filter_words import quick_days
from app.ui.screens.journal.month_surface import MonthSurface
from app.ui.screens.journal.screen import JournalScreen
from app.ui.screens.journal.state import Listed
from app.ui.screens.journal.timeline_view import TimelineView
from tests.fixtures.page_context import Page, entered, page_on_screen
from tests.fixtures.session import EVENING


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    return page_on_screen(qtbot, couple)


def _screen(page: Page) -> JournalScreen:
    return entered(page, JournalScreen(page.ctx))


def _filled(page: Page) -> RecordId:
    journal = page.desk.journal
    thread = journal.add("injury", {"title": "The messages"})
    journal.add("trigger", {"cue": "a tone", "peak": 4, "thread": thread, "emotions": ["fear"], "at": _at(0)})
    journal.add("trigger", {"cue": "a door", "peak": 6, "emotions": ["anger"], "at": _at(40)})
    journal.add("note", {"body": "words", "at": _at(400)})
    return thread


def _at(days: int) -> dict[str, str]:
    return {"day": (EVENING.date() - dt.timedelta(days=days)).isoformat()}


def _listed(screen: JournalScreen) -> Listed:
    return screen._presenter.shown.listed


def _titles(screen: JournalScreen) -> list[str]:
    return [row.title for row in _listed(screen).rows if isinstance(row, EntryRow)]


def _surface(page: Page, screen: JournalScreen) -> FilterSurface:
    screen._view.filter.click()
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, FilterSurface)
    return surface


def test_what_is_there_is_offered_with_counts_and_applied_at_once(page: Page) -> None:
    thread = _filled(page)
    screen = _screen(page)
    surface = _surface(page, screen)
    words = [chip.word for group, _, _ in surface.chips for chip in group.chips]
    assert {"Triggers · 2", "fear · 1", "The messages · 2"} <= set(words)
    assert not any(group.part in {"whose", "shared"} for group, _, _ in surface.chips)

    for part, key in (("kinds", "trigger"), ("threads", thread), ("tags", "emotions:fear")):
        chips = next(chips for group, _, chips in surface.chips if any(c.key == key for c in group.chips))
        QTest.keyClick(chips, Qt.Key.Key_Home)
        while key not in chips.chosen():
            QTest.keyClick(chips, Qt.Key.Key_Space)
            if key not in chips.chosen():
                QTest.keyClick(chips, Qt.Key.Key_Space)
                QTest.keyClick(chips, Qt.Key.Key_Right)
        assert key in getattr(_listed(screen).filter, part)

    assert _titles(screen) == ["a tone"]
    assert surface._count.text() == "1 entry"
    assert [choice.words for choice in _listed(screen).choices] == ["Triggers", "The messages", "fear"]


def test_searching_the_filters_hides_others_and_keeps_what_is_chosen(page: Page) -> None:
    _filled(page)
    screen = _screen(page)
    screen._view.filtered.emit(Filter(kinds=("trigger",)))
    surface = _surface(page, screen)

    surface.sought.setText("fear")
    shown = [chips for _, _, chips in surface.chips if not chips.isHidden()]
    assert len(shown) == 1
    QTest.keyClick(shown[0], Qt.Key.Key_Space)
    assert _listed(screen).filter == Filter(kinds=("trigger",), tags=("emotions:fear",))

    surface.sought.setText("nobody has this")
    assert not surface._none.isHidden()
    surface.clear()
    assert _listed(screen).filter == NO_FILTER


def test_dates_come_quickly_or_exactly(page: Page) -> None:
    _filled(page)
    screen = _screen(page)
    surface = _surface(page, screen)

    surface.quick.changed.emit(("quarter",))
    assert _titles(screen) == ["a tone", "a door"]
    surface.when.show_answer({"day": _at(400)["day"], "precision": "month"})
    surface.when.changed.emit()
    assert _titles(screen) == ["words"]
    surface.when.show_answer(None)
    surface.when.changed.emit()
    assert len(_titles(screen)) == 4


@pytest.mark.parametrize(
    ("quick", "first"), [("month", "2026-05-01"), ("quarter", "2026-03-01"), ("year", "2025-06-01")]
)
def test_quick_dates_reach_to_today(quick: str, first: str) -> None:
    today = dt.date(2026, 5, 31)
    assert quick_days(quick, today) == (dt.date.fromisoformat(first).toordinal(), today.toordinal())


def test_each_filter_is_taken_off_by_key_and_all_at_once(page: Page) -> None:
    _filled(page)
    screen = _screen(page)
    screen._view.filtered.emit(Filter(kinds=("trigger",), tags=("emotions:fear", "emotions:anger")))
    bar = screen._view.bar
    assert [button.choice.words for button in bar.buttons] == ["Triggers", "fear", "anger"]

    bar.buttons[1].setFocus()
    QTest.keyClick(bar.buttons[1], Qt.Key.Key_Delete)
    assert _titles(screen) == ["a door"]
    assert bar.buttons[1].hasFocus()
    assert bar.buttons[1].accessibleName() == "Take off the filter anger"

    bar._clear.click()
    assert _listed(screen).filter == NO_FILTER
    assert bar.isHidden()


def test_what_empties_the_list_is_named_and_taken_off(page: Page) -> None:
    _filled(page)
    screen = _screen(page)

    screen._view.filtered.emit(Filter(kinds=("note",), tags=("emotions:fear",)))
    assert _titles(screen) == []
    assert screen._view.drop.text() == "Take off “fear”"
    screen._view.drop.click()

    assert _titles(screen) == ["words"]
    assert screen._view.timeline.hasFocus()


def test_filters_stay_while_the_journal_is_open_and_go_with_the_lock(page: Page) -> None:
    _filled(page)
    screen = _screen(page)
    screen._view.filtered.emit(Filter(kinds=("note",)))
    screen.leave()
    screen.enter(None)
    assert _titles(screen) == ["words"]

    page.ctx.bus.locking.emit()

    assert _listed(screen).filter == NO_FILTER
    assert not screen._view.bar.buttons


def test_a_month_is_gone_to_and_months_are_walked(page: Page) -> None:
    _filled(page)
    screen = _screen(page)
    timeline = screen._view.timeline
    timeline.focus_first()

    walked = []
    for key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
        QTest.keyClick(timeline, key)
        walked.append(_current(timeline))
    assert walked == ["a tone", "a door", "a tone"]
    QTest.keyClick(timeline, Qt.Key.Key_G)
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, MonthSurface)
    last = surface.years[-1]
    QTest.keyClick(last, Qt.Key.Key_Space)

    assert _current(timeline) == "words"
    assert timeline.hasFocus()


def test_the_list_is_walked_from_end_to_end_by_keys(qtbot: QtBot, page: Page, couple: Session) -> None:
    with couple.change() as change:
        for number in range(200):
            body = couple.kinds.parse("note", {"body": f"line {number:03}", "at": _at(number // 4)})
            change.put("note", body)
    screen = _screen(page)
    timeline = screen._view.timeline
    timeline.focus_first()
    order = [timeline.currentIndex().row()]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_J, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_End):
        QTest.keyClick(timeline, key)
        order.append(timeline.currentIndex().row())
        assert timeline.visualRect(timeline.currentIndex()).top() >= 0
        assert timeline.visualRect(timeline.currentIndex()).bottom() <= timeline.viewport().height()
    assert order == sorted(order)
    assert order[-1] == timeline.rows.rowCount() - 1
    assert not any(isinstance(timeline.rows.row(at), DayRow) for at in order)
    assert order[3] - order[2] < 20
    qtbot.waitUntil(lambda: bool(_current(timeline)))

    for key in (Qt.Key.Key_K, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
        QTest.keyClick(timeline, key)
    assert timeline.currentIndex().row() == 1
    QTest.keyClick(timeline, Qt.Key.Key_Slash)
    assert screen._view.search.hasFocus()


def test_the_wheel_moves_by_pixels_and_stops_at_both_ends(page: Page, couple: Session) -> None:
    with couple.change() as change:
        for number in range(60):
            change.put("note", couple.kinds.parse("note", {"body": f"line {number}", "at": _at(number)}))
    timeline = _screen(page)._view.timeline
    bar = timeline.verticalScrollBar()
    _wheel(timeline, 5)
    assert bar.value() == 0
    _wheel(timeline, -2)
    tops = [y for _, y, _ in timeline.in_sight()]
    assert bar.value() > 0
    _wheel(timeline, 2)
    assert (bar.value(), tops[0] <= 0) == (0, True)

    _wheel(timeline, -1000)
    row, y, high = list(timeline.in_sight())[-1]
    assert (row, y + high) == (timeline.rows.rowCount() - 1, timeline.viewport().height())
    assert bar.value() == bar.maximum()


def test_the_menu_key_offers_what_can_be_done_and_delete_can_be_taken_back(page: Page) -> None:
    _filled(page)
    screen = _screen(page)
    timeline = screen._view.timeline
    timeline.focus_first()
    row = timeline.rows.row(timeline.currentIndex().row())
    assert isinstance(row, EntryRow)
    menu = timeline.menu_of(row)
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Read", f"Show only this kind: {row.kind_words}", "Remove…",
    ]  # fmt: skip
    menu.actions()[1].trigger()
    assert _listed(screen).filter == Filter(kinds=(row.kind,))
    menu.close()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    timeline.contextMenuEvent(event)

    before = len(_titles(screen))
    timeline.focus_first()
    QTest.keyClick(timeline, Qt.Key.Key_Delete)
    assert len(_titles(screen)) == before - 1
    undo = page.shell.toasts[-1].on_action
    assert undo is not None
    undo()
    assert len(_titles(screen)) == before


def test_this_day_earlier_stands_above_quietly_and_can_be_put_away(page: Page) -> None:
    journal = page.desk.journal
    today = EVENING.date()
    earlier = journal.add(
        "note", {"body": "A quiet walk", "at": {"day": today.replace(year=today.year - 1).isoformat()}}
    )
    screen = _screen(page)
    back = screen._view.back
    assert [(line.ago, line.title) for line in _listed(screen).back] == [("1 year ago", "A quiet walk")]
    assert not back.isHidden()

    back.lines[0].opened.emit()
    reading = screen._presenter.shown.reading
    assert reading is not None
    assert reading.record == earlier
    screen._view.filtered.emit(Filter(kinds=("note",)))
    assert back.isHidden()
    screen._view.filtered.emit(NO_FILTER)
    back._away.click()
    assert back.isHidden()


def _current(timeline: TimelineView) -> str:
    row = timeline.rows.row(timeline.currentIndex().row())
    return row.title if isinstance(row, EntryRow) else ""


def _wheel(timeline: TimelineView, notches: int) -> None:
    at = QPointF(timeline.viewport().rect().center())
    QApplication.sendEvent(
        timeline.viewport(),
        QWheelEvent(
            at,
            at,
            QPoint(),
            QPoint(0, notches * 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )
