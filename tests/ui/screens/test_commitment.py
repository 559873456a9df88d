"""The plan of action on the page of agreements: one's own promise, the other's, what both promise; by keyboard too."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.records import RecordId
from app.services import reach
from app.services.commitments import Went
from app.services.desk import Desk
from app.services.session import Session
from app.ui.screens.agreements.commitment_detail import CommitmentPane
from app.ui.screens.agreements.screen import AgreementsScreen
from app.ui.screens.record_form.surface import RecordSurface
from app.ui.theme.hub import current_hub
from app.ui.widgets.ask import AskSurface
from app.ui.widgets.buttons import Button
from app.ui.widgets.label import Label
from app.ui.widgets.text_link import TextLink
from tests.fixtures.both import JULES, NOA, Both
from tests.fixtures.page_context import Page, page_of


def _page(qtbot: QtBot, session: Session) -> Page:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1044, 714)
    area.show()
    qtbot.waitUntil(area.isActiveWindow)
    made = page_of(session, area)
    made.ctx = dataclasses.replace(made.ctx, other=reach.other(session) or "")
    return made


def _opened(page: Page, record: RecordId) -> CommitmentPane:
    screen = AgreementsScreen(page.ctx)
    box = QVBoxLayout(page.shell.area)
    box.addWidget(screen.widget())
    screen.widget().show()
    screen.enter(record)
    page.desk.close = lambda screen=screen: None  # type: ignore[method-assign,misc]  # the page lives as long as its desk
    pane = screen.widget().findChild(CommitmentPane)
    assert pane is not None
    assert pane.isVisible()
    return pane


def _texts(pane: CommitmentPane) -> str:
    QCoreApplication.processEvents()
    return "\n".join(label.text() for label in pane.findChildren(Label) if label.isVisibleTo(pane))


def _buttons(pane: CommitmentPane) -> dict[str, Button]:
    QCoreApplication.processEvents()  # what was laid out just now is shown
    return {one.text(): one for one in pane.findChildren(Button) if one.isVisibleTo(pane) and one.text()}


def _promise(session: Session, words: str = "I write before seven.", **answers: object) -> RecordId:
    return Desk(session, lambda: None).journal.add("commitment", {"wording": words, "state": "active", **answers})


def test_how_ones_own_promise_went_is_one_press_and_can_be_taken_back(qtbot: QtBot, couple: Session) -> None:
    page, record = _page(qtbot, couple), _promise(couple, to_whom=["Jules"], rhythm="daily", cost="low")
    pane = _opened(page, record)
    assert "your promise" in _texts(pane)
    assert "made to Jules · every day · costs little" in _texts(pane)

    kept = _buttons(pane)["Kept late"]
    kept.setFocus()
    QTest.keyClick(kept, Qt.Key.Key_Space)
    assert [event.went for event in page.desk.commitments.detail(record).events] == ["kept_late"]
    assert "kept late, and said so 1" in _texts(pane)
    undo = page.shell.toasts[-1].on_action
    assert undo is not None
    undo()
    assert page.desk.commitments.detail(record).events == ()
    assert "Nothing noted yet" in _texts(pane)


def test_the_others_promise_can_only_be_noticed(qtbot: QtBot, both: Both) -> None:
    record = _promise(both.jules)
    theirs = Desk(both.jules, lambda: None).commitments
    theirs.note(record, Went.NOT_KEPT, "I forgot the card.", dt.date(2026, 5, 2))
    event = theirs.note(record, Went.KEPT, "Said at noon.")
    page = _page(qtbot, both.noa)
    pane = _opened(page, record)

    offered = set(_buttons(pane))
    assert offered == {"History", "I noticed", "Say thanks…"}
    assert "Jules’s promise" in _texts(pane)
    assert "of 2 times" not in _texts(pane)
    noticed = [one for one in pane.findChildren(TextLink) if one.text() == "I noticed" and one.isVisibleTo(pane)]
    assert len(noticed) == 1  # there is nothing to notice of what was not kept
    noticed[0].click()
    (line,) = page.desk.commitments.detail(record).events[0].noticed
    assert (line.by_me, line.noticed, page.desk.commitments.detail(record).events[0].record) == (True, "yes", event)
    assert "I noticed." in _texts(pane)


def test_thanks_are_written_in_a_form_of_their_own(qtbot: QtBot, both: Both) -> None:
    record = _promise(both.jules)
    event = Desk(both.jules, lambda: None).commitments.note(record, Went.NOT_KEPT)
    page = _page(qtbot, both.noa)
    pane = _opened(page, record)
    _buttons(pane)["Say thanks…"].click()

    form = page.shell.surfaces[-1]
    assert isinstance(form, RecordSurface)
    form.form.set_answers({"event": event, "thanks": "Thank you for saying so."})
    form.save()
    assert "Thank you for saying so." in _texts(pane)


def test_what_both_promise_is_marked_here(qtbot: QtBot, both: Both) -> None:
    record = _promise(both.jules, who=[NOA.id, JULES.id], state="proposed")
    page = _page(qtbot, both.noa)
    pane = _opened(page, record)
    assert "These words wait for your mark" in _texts(pane)

    pane.focus_first()
    assert _buttons(pane)["Mark these words"].hasFocus()
    _buttons(pane)["Mark these words"].click()
    assert "Waiting for Jules’s mark" in _texts(pane)
    jules = Desk(both.jules, lambda: None).commitments
    jules.mark(record, jules.detail(record).hash)
    pane.presenter.open(record)
    assert {"Kept", "Not kept"} <= set(_buttons(pane))


def test_a_look_that_is_due_is_taken_or_leads_to_other_words(qtbot: QtBot, couple: Session) -> None:
    record = _promise(couple, next_look={"day": "2026-05-14"})
    page = _page(qtbot, couple)
    pane = _opened(page, record)
    _buttons(pane)["Change…"].click()
    assert isinstance(page.shell.surfaces[-1], RecordSurface)

    _buttons(pane)["Still right for me"].click()
    assert page.desk.commitments.rows()[0].next_look == dt.date(2026, 6, 13).toordinal()
    assert "Due for a look" not in _texts(pane)


@pytest.mark.parametrize("asked, state", [("stand:paused", "paused"), ("stand:done", "done")])
def test_it_rests_or_is_done_from_the_menu(qtbot: QtBot, couple: Session, asked: str, state: str) -> None:
    record = _promise(couple)
    page = _page(qtbot, couple)
    pane = _opened(page, record)
    assert asked in {act.id for act in pane.presenter.shown.more}
    pane.presenter.act(asked)

    assert page.desk.commitments.detail(record).state == state
    assert "Kept" not in _buttons(pane)
    pane.presenter.act("stand:active")
    assert "Kept" in _buttons(pane)


def test_one_is_removed_after_a_question_and_hidden_without_telling(qtbot: QtBot, both: Both) -> None:
    own, theirs = _promise(both.noa), _promise(both.jules)
    page = _page(qtbot, both.noa)
    pane = _opened(page, own)
    pane.presenter.act("remove")
    ask = page.shell.surfaces[-1]
    assert isinstance(ask, AskSurface)
    ask.agree()
    assert [row.record for row in page.desk.commitments.rows()] == [theirs]

    pane.presenter.open(theirs)
    pane.presenter.act("hide")
    assert page.desk.commitments.rows() == ()
    assert len(Desk(both.jules, lambda: None).commitments.rows()) == 1


def test_alone_no_word_for_two_is_said(qtbot: QtBot, session: Session) -> None:
    record = _promise(session)
    page = _page(qtbot, session)
    pane = _opened(page, record)
    page.desk.commitments.note(record, Went.KEPT, "Rang on Friday.")
    pane.presenter.open(record)

    said = _texts(pane) + " ".join(_buttons(pane)) + " ".join(act.words for act in pane.presenter.shown.more)
    for word in ("noticed", "thanks", "both", "agreed", "your promise"):
        assert word not in said


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("scale, size", [(1.0, (1044, 714)), (1.0, (952, 620)), (2.0, (1120, 700))])
def test_it_stands_in_every_shape(
    qtbot: QtBot, couple: Session, choice: str, scale: float, size: tuple[int, int]
) -> None:
    record = _promise(couple, "A long promise, in many words, " * 6, why="Because the waiting is the hard part.")
    page = _page(qtbot, couple)
    page.desk.commitments.note(record, Went.PARTLY, "Half of it, and said so.")
    hub = current_hub()
    try:
        hub.choose("dark" if choice == "dark" else "light")
        hub.set_text_scale(scale)
        page.shell.area.resize(*size)
        pane = _opened(page, record)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        QCoreApplication.processEvents()
        assert pane.part.horizontalScrollBar().maximum() == 0
        for button in _buttons(pane).values():
            assert pane.rect().left() <= button.mapTo(pane, button.rect().topLeft()).x()
            assert button.mapTo(pane, button.rect().topRight()).x() <= pane.rect().right()
    finally:
        hub.set_text_scale(1.0)
        hub.choose("light")


def test_the_keyboard_finds_a_button_that_is_still_there(qtbot: QtBot, couple: Session) -> None:
    """An act that is asked at the foot and offered above has two buttons; the one that went is not looked for."""
    page, record = _page(qtbot, couple), _promise(couple)
    pane = _opened(page, record)
    shown = pane.presenter.shown
    asked = dataclasses.replace(shown, asked="Due for a look today", asks=shown.went[:1])
    pane.show_state(asked)
    pane.show_state(dataclasses.replace(asked, asked="", asks=()))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    pane.focus_first()

    assert _buttons(pane)[shown.went[0].words].hasFocus()
