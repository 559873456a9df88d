"""The page of a guided conversation: by two, by one alone, paused and taken up, left, locked, and not begun at all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.conversing import Stage, Talk
from app.services.journal import Journal
from app.services.session import Session
from app.ui.screens.conversation.presenter import BEGIN
from app.ui.screens.conversation.screen import ConversationScreen
from app.ui.screens.conversation.state import Part
from tests.fixtures.both import Both
from tests.fixtures.page_context import Page, page_of, page_on_screen

HURT = BEGIN + "hearing-an-old-hurt"
Opened = tuple[ConversationScreen, Page]


def _page(qtbot: QtBot, session: Session, target: str, width: int = 1280) -> Opened:
    page = page_on_screen(qtbot, session, width, 740)
    screen = ConversationScreen(page.ctx)
    layout = page.shell.area.layout()
    assert layout is not None
    layout.addWidget(screen.widget())
    tools = screen.tools()
    assert tools is not None
    layout.addWidget(tools)
    screen.enter(target)
    QApplication.processEvents()
    return screen, page


def _talk(screen: ConversationScreen) -> Talk:
    talk = screen._presenter.talk
    assert talk is not None
    return talk


def _begin(screen: ConversationScreen, *, alone: bool = False) -> None:
    start = screen._view.start
    if alone and start._who.isVisibleTo(start):
        start._who.choose(1)
        start._turn()
    assert not start._begin.isEnabled()
    for box in start._checks:
        box.click()
    start._begin.click()
    while screen._presenter.shown.part is Part.SAFETY:
        QTest.keyClick(screen._view.safety._scale, Qt.Key.Key_6)
        screen._view.safety._done.click()


def _to_end(screen: ConversationScreen) -> None:
    while screen._presenter.shown.part is Part.STEP:
        screen._view.step._on.click()
    while screen._presenter.shown.part is Part.SAFETY:
        screen._view.safety._done.click()


def test_a_whole_conversation_of_two_leaves_what_both_keep(qtbot: QtBot, both: Both) -> None:
    screen, page = _page(qtbot, both.noa, HURT)
    view = screen._view
    _begin(screen)
    assert screen._presenter.shown.part is Part.STEP
    helper = view.step._helper
    assert helper is not None
    assert helper.isVisible()
    QTest.keyClicks(helper._fields[0][2], "I rang and rang")
    assert helper._sentence.text() == "It was when I rang and rang."
    assert "stands on its own" in helper._said.text()
    view.step._on.click()
    view.step._on.click()
    assert view.step._on.text() == "Noa feels heard, go on"
    view.step._not_quite.click()
    assert "as often as needed" in view.step._note.text()
    _to_end(screen)
    view.closing._open.set_words("the ward")
    view.closing.went_on.emit()
    for box in view.keeping._all:
        box.click()
    view.keeping._end.click()
    assert page.shell.went == [("repair", None)]
    (entry,) = Journal(both.jules).page(kinds=("conversation",)).entries
    body = Journal(both.jules).record(entry.id).body
    assert [row["note"] for row in getattr(body, "step_notes", ())] == ["It was when I rang and rang."]
    assert getattr(body, "left_open", "") == "the ward"
    assert getattr(body, "safety_before", None) is None
    screen.leave()


def test_one_alone_needs_no_second_answer_and_stays_with_oneself(qtbot: QtBot, both: Both) -> None:
    screen, page = _page(qtbot, both.noa, HURT)
    _begin(screen, alone=True)
    assert _talk(screen).alone
    assert not screen._view.step._seats.isVisibleTo(screen._view.step)
    assert screen._view.step._on.text() == "Go on"
    _to_end(screen)
    screen._view.closing.went_on.emit()
    screen._view.keeping._end.click()
    assert page.shell.went[-1] == ("repair", None)
    (entry,) = Journal(both.noa).page(kinds=("conversation",)).entries
    assert not entry.shared
    screen.leave()


def test_paused_by_key_inside_a_field_and_taken_up_by_a_fresh_page(qtbot: QtBot, couple: Session) -> None:
    screen, _ = _page(qtbot, couple, HURT)
    _begin(screen)
    screen._view.step._on.click()
    screen._view.step._on.click()
    notes = screen._view.step._notes
    assert notes is not None
    notes.setFocus()
    QTest.keyClicks(notes, "half a sente")
    QTest.keyClick(notes, Qt.Key.Key_F9)
    assert screen._presenter.shown.part is Part.PAUSED
    screen.leave()
    (waiting,) = page_of(couple, QWidget()).desk.conversations.paused()
    fresh, _ = _page(qtbot, couple, waiting.key)
    assert fresh._presenter.shown.part is Part.PAUSED
    fresh._view.pause.back.click()
    assert _talk(fresh).step == 2
    again = fresh._view.step._notes
    assert again is not None
    assert again.words() == "half a sente"
    fresh.leave()


def test_left_at_any_step_the_place_is_kept_and_said_so(qtbot: QtBot, couple: Session) -> None:
    screen, page = _page(qtbot, couple, HURT)
    _begin(screen)
    screen._leave.click()
    assert page.shell.went == [("repair", None)]
    assert page.shell.toasts[-1].text == couple.content.conversations.common.leave_note
    (waiting,) = page.desk.conversations.paused()
    assert (waiting.step, waiting.turn) == (1, 0)
    assert Journal(couple).counts().get("conversation", 0) == 0


def test_locking_in_the_middle_puts_everything_away_and_shows_nothing(qtbot: QtBot, couple: Session) -> None:
    screen, page = _page(qtbot, couple, HURT)
    _begin(screen)
    notes = screen._view.step._notes
    assert notes is not None
    QTest.keyClicks(notes, "in the middle of")
    screen.leave()
    page.ctx.bus.locking.emit()
    assert screen._presenter.talk is None
    assert screen._presenter.shown.part is Part.LOADING
    (waiting,) = page.desk.conversations.paused()
    held = page.desk.conversations.open(waiting.key)
    assert held is not None
    assert held.talk.notes == {"name-one-moment": "in the middle of"}


def test_at_seven_the_way_on_waits_for_an_answer(qtbot: QtBot, couple: Session) -> None:
    screen, _ = _page(qtbot, couple, HURT)
    _begin(screen)
    QTest.keyClick(screen._view.side.strength._scales[1], Qt.Key.Key_8)
    screen._view.step._on.click()
    step = screen._view.step
    assert step._offer.isVisibleTo(step)
    assert not step._on.isEnabled()
    assert _talk(screen).step == 0
    step._offer.on.click()
    assert _talk(screen).step == 1
    screen.leave()


def test_where_danger_is_noted_the_safety_page_comes_first_and_two_do_not_begin(qtbot: QtBot, couple: Session) -> None:
    two, page = _page(qtbot, couple, HURT)
    _begin(two)
    two.leave()
    (waiting,) = page.desk.conversations.paused()
    Journal(couple).add("injury", {"title": "That evening", "breach": ["abuse"]})
    screen, page = _page(qtbot, couple, HURT)
    start = screen._view.start
    assert start._fear.isVisibleTo(start)
    assert start._safety.hasFocus()
    assert not start._who.isVisibleTo(start)
    start._safety.click()
    assert page.shell.went == [("help", "safety")]
    _begin(screen)
    assert _talk(screen).alone
    screen.leave()
    again, _ = _page(qtbot, couple, waiting.key)
    assert again._presenter.shown.part is Part.START
    again._view.step._on.click()
    assert _talk(again).stage is Stage.STEPS
    assert _talk(again).step == 0
    again._view.start._instead.click()
    assert again._presenter.talk is None
    again.leave()


def test_the_others_answer_about_safety_is_gone_before_the_next_looks(qtbot: QtBot, couple: Session) -> None:
    screen, page = _page(qtbot, couple, HURT)
    for box in screen._view.start._checks:
        box.click()
    screen._view.start._begin.click()
    safety = screen._view.safety
    for key in (Qt.Key.Key_9, Qt.Key.Key_2):
        assert safety._scale.value() is None
        QTest.keyClick(safety._scale, key)
        safety._done.click()
    assert screen._presenter.shown.step is not None
    assert screen._presenter.shown.step.low == couple.content.conversations.common.low_safety
    (draft,) = page.desk.drafts.all()
    assert "2" not in str({key: draft.body["_talk"][key] for key in ("own_before", "low")})  # type: ignore[index]  # JSON
    screen.leave()


@pytest.mark.parametrize("width", [1280, 1024, 820])
def test_there_is_room_at_every_width_and_the_steps_open_as_a_drawer(qtbot: QtBot, couple: Session, width: int) -> None:
    screen, _ = _page(qtbot, couple, HURT, width)
    _begin(screen)
    QApplication.processEvents()
    view = screen._view
    assert view._page.minimumSizeHint().width() <= view._scroll.viewport().width()
    assert view.steps.isVisible() == (width >= 1200)
    if width < 1200:
        view._opener.click()
        assert view.steps.isVisible()
        QTest.keyClick(view._drawer, Qt.Key.Key_Escape)
        assert not view.steps.isVisible()
        assert view._opener.hasFocus() or not view.isActiveWindow()
    screen.leave()
