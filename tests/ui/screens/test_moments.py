"""The sheet for small moments: kinds by digit, drafts, the offered thread, sharing only by choice, and its size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.services.moments import KINDS, LINES
from app.services.session import Session
from app.ui.screens.moments import build
from app.ui.screens.moments.view import MomentsSurface
from app.ui.theme.hub import current_hub
from tests.fixtures.page_context import Page, page_of

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1280, 800)
    area.show()
    qtbot.waitUntil(area.isActiveWindow)
    return page_of(couple, area)


def _open(page: Page, kind: str = "") -> MomentsSurface:
    surface = build(page.ctx, kind)
    page.shell.open_over(surface)
    return surface


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_digit_the_words_and_ctrl_enter_are_enough(page: Page, kind: str) -> None:
    _open(page)
    QTest.keyClicks(_focused(), str(KINDS.index(kind) + 1))
    QTest.keyClicks(_focused(), "A hand on my back")
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)

    (entry,) = page.desk.journal.page().entries
    body = page.desk.journal.record(entry.id).body
    assert (entry.kind, getattr(body, LINES[kind])) == (kind, "A hand on my back")


def test_the_toast_takes_it_back(page: Page) -> None:
    _open(page, "moment")
    QTest.keyClicks(_focused(), "A look")
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)

    undo = page.shell.toasts[-1].on_action
    assert undo is not None
    undo()
    assert page.desk.journal.counts() == {}


def test_nothing_is_saved_before_a_kind_is_chosen(page: Page) -> None:
    surface = _open(page)
    assert not surface._save.isEnabled()
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)

    assert page.desk.journal.counts() == {}


def test_escape_keeps_a_draft_that_comes_back_with_its_kind(qtbot: QtBot, page: Page) -> None:
    surface = _open(page, "setback")
    QTest.keyClicks(_focused(), "The old silence")
    with qtbot.waitSignal(surface.finished):
        QTest.keyClick(_focused(), Qt.Key.Key_Escape)

    again = _open(page)

    assert again.presenter.shown.kind == "setback"
    assert again.answers()["happened"] == "The old silence"
    assert page.desk.journal.counts() == {}


def test_escape_on_an_untouched_sheet_leaves_nothing(qtbot: QtBot, page: Page) -> None:
    surface = _open(page, "moment")
    with qtbot.waitSignal(surface.finished):
        QTest.keyClick(_focused(), Qt.Key.Key_Escape)

    assert page.desk.drafts.all() == []


def test_the_line_goes_along_to_another_kind(qtbot: QtBot, page: Page) -> None:
    surface = _open(page, "moment")
    QTest.keyClicks(_focused(), "He asked how it was")
    surface._kinds.setFocus()
    QTest.keyClick(surface._kinds, Qt.Key.Key_2)

    assert surface.presenter.shown.kind == "appreciation"
    assert surface.answers()["line"] == "He asked how it was"
    qtbot.wait(450)
    assert [draft.kind for draft in page.desk.drafts.all()] in ([], ["appreciation"])
    surface.presenter.leave()


def test_pressing_the_chosen_kind_again_keeps_it(page: Page) -> None:
    surface = _open(page, "moment")
    surface._kinds.setFocus()
    QTest.keyClick(surface._kinds, Qt.Key.Key_Space)

    assert surface._kinds.chosen() == ("moment",)


def test_a_good_thing_without_its_line_is_asked_for_it(page: Page) -> None:
    surface = _open(page, "appreciation")
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)

    assert page.desk.journal.counts() == {}
    assert surface._panels["appreciation"]._line.question("line").trouble()


def test_a_thread_is_offered_and_taken_with_one_key(qtbot: QtBot, page: Page) -> None:
    thread = page.desk.journal.add("injury", {"title": "The hospital"})
    surface = _open(page, "new_experience")
    QTest.keyClicks(_focused(), "You came with me to the hospital")
    qtbot.waitUntil(lambda: surface.presenter.shown.offer is not None, timeout=3000)
    assert "thread" not in surface.answers()

    QTest.keyClick(_focused(), Qt.Key.Key_L, ALT)
    assert surface.answers()["thread"] == thread
    surface.presenter.leave()


def test_an_offer_let_go_stays_away_and_the_line_goes_on(qtbot: QtBot, page: Page) -> None:
    page.desk.journal.add("injury", {"title": "The hospital"})
    surface = _open(page, "setback")
    QTest.keyClicks(_focused(), "Near the hospital")
    qtbot.waitUntil(lambda: surface.presenter.shown.offer is not None, timeout=3000)

    surface._let_go_offer()
    QTest.keyClicks(_focused(), " again, the hospital")
    qtbot.wait(450)

    assert surface.presenter.shown.offer is None
    assert "again" in str(surface.answers()["happened"])
    surface.presenter.leave()


def test_alone_nobody_is_named_and_nothing_is_shared(qtbot: QtBot, session: Session) -> None:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1280, 800)
    area.show()
    page = page_of(session, area)
    for kind in KINDS:
        surface = _open(page, kind)
        assert surface._share.isHidden()
        words = [widget.accessibleDescription() for widget in surface.findChildren(QWidget)]
        assert not any("{partner}" in said or "Jules" in said for said in words)
        surface.close_surface()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("kind", KINDS)
def test_the_sheet_stays_inside_a_small_window(qtbot: QtBot, page: Page, kind: str, scale: float) -> None:
    hub = current_hub()
    try:
        hub.set_text_scale(scale)
        page.shell.area.resize(1024, 700)
        surface = _open(page, kind)
        qtbot.wait(30)
        assert surface.rect().contains(surface.surface.geometry())
        assert surface._content.width() <= surface._scroll.viewport().width()
        surface.close_surface()
    finally:
        hub.set_text_scale(1.0)


def test_a_sheet_over_another_closes_after_the_one_below_is_gone(qtbot: QtBot, page: Page) -> None:
    below = _open(page, "moment")
    above = _open(page, "setback")
    assert below.isAncestorOf(above._opener)  # type: ignore[arg-type]  # where the keyboard was
    below.close_surface()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not isValid(below)

    with qtbot.waitSignal(above.finished):
        QTest.keyClick(_focused(), Qt.Key.Key_Escape)
