"""The trigger form: drafts, undo, Calm, the suggested thread, and the tally."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services.session import Session
from app.services.triggers import moment
from app.ui.screens.record_form.surface import open_record_form
from app.ui.screens.trigger import build
from app.ui.screens.trigger.parts import Tag
from app.ui.screens.trigger.view import TriggerSurface
from app.ui.theme.hub import current_hub
from app.ui.widgets.field_editors import ChipsEditor
from app.ui.widgets.label import Label
from app.ui.widgets.sheet import OverBar
from tests.fixtures.page_context import Page, page_of

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1280, 800)
    area.show()
    qtbot.waitUntil(area.isActiveWindow)
    return page_of(couple, area)


def _open(page: Page, record: str | None = None) -> TriggerSurface:
    surface = build(page.ctx, record)
    page.shell.open_over(surface)
    return surface


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_escape_keeps_a_draft_that_comes_back(qtbot: QtBot, page: Page) -> None:
    surface = _open(page)
    QTest.keyClicks(_focused(), "Keys in the door")
    with qtbot.waitSignal(surface.finished):
        QTest.keyClick(_focused(), Qt.Key.Key_Escape)

    again = _open(page)

    assert again.answers()["cue"] == "Keys in the door"
    assert page.desk.journal.counts() == {}


def test_escape_on_an_untouched_form_leaves_nothing(qtbot: QtBot, page: Page) -> None:
    surface = _open(page)
    with qtbot.waitSignal(surface.finished):
        QTest.keyClick(_focused(), Qt.Key.Key_Escape)

    assert page.desk.drafts.all() == []


def test_saving_can_be_undone(qtbot: QtBot, page: Page) -> None:
    _open(page)
    QTest.keyClicks(_focused(), "A tone")
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)
    assert page.desk.journal.counts() == {"trigger": 1}

    undo = page.shell.toasts[-1].on_action
    assert undo is not None
    undo()

    assert page.desk.journal.counts() == {}


def test_enough_to_save_appears_with_the_third_thing(page: Page) -> None:
    surface = _open(page)
    surface._three.set_answers({"cue": "A tone", "peak": 3})  # as if typed
    surface._edited()
    assert surface._enough.isHidden()
    surface._three.set_answers({"cue": "A tone", "peak": 3, "move": ["withdraw"]})
    surface._edited()
    assert not surface._enough.isHidden()


def test_a_strong_one_offers_calm_and_holds_nobody(qtbot: QtBot, page: Page) -> None:
    surface = _open(page)
    surface.presenter.save({"cue": "A siren", "peak": 9})
    assert page.desk.journal.counts() == {"trigger": 1}
    assert surface._calm_band.isVisible()  # what is on the screen

    with qtbot.waitSignal(surface.finished):
        surface._calm.first.click()

    assert page.shell.calms == 1


def test_the_offer_can_be_undone_as_well(qtbot: QtBot, page: Page) -> None:
    surface = _open(page)
    surface.presenter.save({"cue": "A siren", "peak": 9})
    with qtbot.waitSignal(surface.finished):
        surface._calm.undo.emit()

    assert page.desk.journal.counts() == {}


def test_a_tally_is_one_press(qtbot: QtBot, page: Page) -> None:
    surface = _open(page)
    with qtbot.waitSignal(surface.finished):
        QTest.keyClick(_focused(), Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)

    assert page.desk.journal.counts() == {"trigger": 1}


def test_the_letter_t_is_a_letter_while_one_writes(qtbot: QtBot, page: Page) -> None:
    surface = _open(page)
    QTest.keyClicks(_focused(), "t")

    assert surface.answers()["cue"] == "t"
    assert page.desk.journal.counts() == {}
    surface.presenter.leave()


def _linked_before(page: Page) -> str:
    thread = page.desk.journal.add("injury", {"title": "The messages"})
    page.desk.triggers.save({"cue": "Phone lit up", "thread": thread})
    page.desk.triggers.save({"cue": "A siren"})
    return thread


def test_a_thread_is_offered_with_its_reason_and_taken_with_one_key(qtbot: QtBot, page: Page) -> None:
    thread = _linked_before(page)
    surface = _open(page)
    QTest.keyClicks(_focused(), "Phone on the table")
    qtbot.waitUntil(lambda: not surface._early_suggestion.isHidden(), timeout=3000)
    assert "thread" not in surface.answers()
    assert "“Phone”" in surface._early_suggestion.why()

    QTest.keyClick(_focused(), Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)

    assert surface.answers()["thread"] == thread
    surface.presenter.leave()


def test_the_offer_moves_to_the_link_once_that_is_open(qtbot: QtBot, page: Page) -> None:
    _linked_before(page)
    surface = _open(page)
    QTest.keyClicks(_focused(), "Phone on the table")
    qtbot.waitUntil(lambda: not surface._early_suggestion.isHidden(), timeout=3000)

    surface.show_more(more=True)

    assert surface._early_suggestion.isHidden()
    assert not surface._suggestion.isHidden()
    surface.presenter.leave()


def test_a_thread_let_go_is_not_offered_again_for_this_entry(qtbot: QtBot, page: Page) -> None:
    _linked_before(page)
    surface = _open(page)
    QTest.keyClicks(_focused(), "Phone on the table")
    qtbot.waitUntil(lambda: not surface._early_suggestion.isHidden(), timeout=3000)

    surface._early_suggestion.decline.click()
    QTest.keyClicks(_focused(), " again, the phone")
    qtbot.wait(500)
    assert surface._early_suggestion.isHidden()
    surface.presenter.save(surface.answers())

    record = page.desk.journal.page(kinds=("trigger",)).entries[0].id
    again = _open(page, record)
    assert again._suggestion.isHidden()
    assert again._early_suggestion.isHidden()


def test_an_own_word_can_become_a_tool_and_stops_being_one(qtbot: QtBot, page: Page) -> None:
    record = page.desk.triggers.save(
        {"cue": "A tone", "peak": 6, "move": ["check"], "helped": ["the cat"]}
    ).saved.record
    surface = _open(page, record)
    assert "the cat" in surface._tool.why()

    surface._tool.take.click()
    assert page.desk.journal.counts()["tool"] == 1
    assert surface._tool.isHidden()
    assert "the cat" in surface._kept.why()

    surface._kept.take.click()
    assert "tool" not in page.desk.journal.counts()
    assert page.desk.tools.unkept(["the cat"]) is None  # asked once


def test_what_helped_offers_own_tools_first(page: Page) -> None:
    page.desk.tools.keep("the cat")
    surface = _open(page)
    surface.show_more(more=True)

    helped = surface._minute.editor("helped")
    assert isinstance(helped, ChipsEditor)
    assert helped.control._chips[0].word == "the cat"
    helped.control.setFocus()
    QTest.keyClick(_focused(), Qt.Key.Key_1)
    assert surface.answers()["helped"] == ["the cat"]
    surface.presenter.leave()


def test_a_loop_is_offered_from_two_moves_and_only_taken_by_a_press(page: Page) -> None:
    page.desk.journal.add("cycle", {"pattern": "pursue_withdraw", "our_name": "The tide"})
    two = {"cue": "A tone", "move": ["pursue"], "other_move": ["withdraw"]}
    record = page.desk.triggers.save(two).saved.record
    surface = _open(page, record)
    assert surface._loop.take.text() == "The tide"
    assert "pattern" not in surface.answers()

    surface._loop.take.click()

    assert surface.answers()["pattern"] == "pursue_withdraw"
    surface.presenter.leave()


def test_a_tally_says_kindly_what_is_open_and_begins_there(page: Page, couple: Session) -> None:
    record = page.desk.triggers.tally(couple.now()).saved.record
    surface = _open(page, record)

    assert surface._open_words.text().startswith("Still open, and free to stay so: what set it off")
    assert surface._tally.isHidden()  # it is one already
    assert surface._three.editor("cue").focusProxy() is _focused()
    surface.presenter.leave()


def test_one_still_going_is_rated_again_with_one_press(page: Page, couple: Session) -> None:
    at = moment(couple.now() - dt.timedelta(minutes=130), couple.zone)
    first = {"at": at, "cue": "A tone", "peak": 7, "move": ["check"], "minutes_to_settle": "still_going"}
    record = page.desk.triggers.save(first).saved.record
    surface = _open(page, record)
    assert surface._minute.editor("after").focusProxy() is _focused()
    assert not surface._settled.isHidden()

    surface._settled.take.click()

    assert surface.answers()["minutes_to_settle"] == 130
    assert surface._settled.isHidden()
    surface.presenter.leave()


def test_completing_keeps_what_was_and_the_time(page: Page, couple: Session) -> None:
    record = page.desk.triggers.save({"at": {"day": "2026-05-13"}, "cue": "A tone", "needed": "A word"}).saved.record
    surface = _open(page, record)
    surface.presenter.save({**surface.answers(), "after": 2})

    body = page.desk.journal.record(record).body
    assert (body.cue, body.needed, body.after) == ("A tone", "A word", 2)  # type: ignore[attr-defined]
    assert page.desk.journal.record(record).day == couple.today() - 1


def test_control_d_opens_and_closes_more(qtbot: QtBot, page: Page) -> None:
    surface = _open(page)
    QTest.keyClick(_focused(), Qt.Key.Key_D, CTRL)
    assert surface._minute.isVisible()
    QTest.keyClick(_focused(), Qt.Key.Key_D, CTRL)
    assert not surface._minute.isVisible()


def test_recent_cues_are_taken_with_the_down_key(qtbot: QtBot, page: Page) -> None:
    page.desk.triggers.save({"cue": "late, no word"})
    surface = _open(page)
    QTest.keyClick(_focused(), Qt.Key.Key_Down)

    assert surface.answers()["cue"] == "late, no word"
    surface.presenter.leave()


def test_any_kind_opens_on_a_sheet_saves_and_can_be_undone(page: Page) -> None:
    surface = open_record_form(page.ctx, "new_experience")
    page.shell.open_over(surface)
    assert surface.form.editor("happened").focusProxy() is _focused()
    QTest.keyClicks(_focused(), "I asked.")
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)
    assert page.desk.journal.counts() == {"new_experience": 1}

    undo = page.shell.toasts[-1].on_action
    assert undo is not None
    undo()
    assert page.desk.journal.counts() == {}


def test_leaving_any_form_keeps_a_draft_only_of_what_was_written(page: Page) -> None:
    for words in ("", "Half a thought"):
        surface = open_record_form(page.ctx, "note")
        page.shell.open_over(surface)
        surface.form.editor("body").setFocus()
        QTest.keyClicks(_focused(), words)
        QTest.keyClick(_focused(), Qt.Key.Key_Escape)
        assert [draft.body.get("body") for draft in page.desk.drafts.all()] == ([words] if words else [])


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_surface_stays_inside_the_window(qtbot: QtBot, page: Page, scale: float) -> None:
    hub = current_hub()
    try:
        hub.set_text_scale(scale)
        surface = _open(page)
        surface.show_more(more=True, chain=True)
        qtbot.wait(30)
        assert surface.rect().contains(surface.surface.geometry())
        assert surface._content.width() <= surface._scroll.viewport().width()
    finally:
        hub.set_text_scale(1.0)


def test_recent_cues_stay_on_one_line_and_what_does_not_fit_is_left_out(qtbot: QtBot, page: Page) -> None:
    for number in range(5):
        page.desk.triggers.save({"cue": f"A message tone at night, {number}"})
    page.shell.area.resize(700, 700)
    surface = _open(page)
    qtbot.wait(20)

    tags = surface.findChildren(Tag)
    shown = [tag for tag in tags if tag.isVisible()]
    assert len(tags) == 5
    assert 0 < len(shown) < 5
    assert len({tag.y() for tag in shown}) == 1
    assert all(tag.geometry().right() <= tag.parentWidget().width() for tag in shown)  # type: ignore[union-attr]


def test_the_offer_of_calm_needs_no_scrolling_and_promises_no_draft(qtbot: QtBot, page: Page) -> None:
    surface = _open(page)
    surface.presenter.save({**surface.answers(), "cue": "Keys", "peak": 9})
    qtbot.wait(20)

    assert surface._scroll.verticalScrollBar().maximum() == 0  # what is on the screen
    assert not any("draft" in label.text() for label in surface.findChildren(Label) if label.isVisible())
    assert _focused().accessibleName() == "Open Calm"


def test_what_gets_the_focus_comes_into_sight(qtbot: QtBot, page: Page) -> None:
    page.shell.area.resize(800, 560)
    surface = _open(page)
    surface.show_more(more=True, chain=True)
    qtbot.wait(20)
    last = surface._chain.editor("needed")
    last.setFocus()
    qtbot.wait(20)

    port = surface._scroll.viewport()  # what is on the screen
    top = last.mapTo(port, QPoint(0, 0)).y()
    assert 0 <= top <= port.height() - 30


def test_grounds_reach_the_edge_while_a_sheet_scrolls(qtbot: QtBot, page: Page) -> None:
    page.shell.area.resize(800, 560)
    surface = _open(page)
    surface.show_more(more=True)
    qtbot.wait(20)

    bar = surface.findChild(OverBar)
    assert bar is not None
    assert bar.isVisible()
    assert surface._three_band.width() == surface._scroll.width()  # what is on the screen
    bar.setValue(bar.maximum())
    assert surface._scroll.verticalScrollBar().value() == bar.maximum() > 0
