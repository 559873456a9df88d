"""The sheet of a therapy session: what was left last time, what waits on the list, and what stays afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.records import RecordId
from app.services.session import Session
from app.ui.screens.therapy.surface import BRING, SessionSurface, open_session
from app.ui.widgets.buttons import Button
from app.ui.widgets.label import Label
from tests.fixtures.page_context import Page, page_of
from tests.fixtures.session import EVENING


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1040, 740)
    area.show()
    qtbot.waitUntil(area.isActiveWindow)
    return page_of(couple, area)


def _day(away: int) -> dict[str, str]:
    return {"day": (EVENING.date() + dt.timedelta(days=away)).isoformat()}


def _opened(page: Page, record: RecordId | None) -> SessionSurface:
    surface = open_session(page.ctx, record)
    page.ctx.shell.open_over(surface)
    return surface


def _buttons(surface: SessionSurface, words: str) -> list[Button]:
    return [one for one in surface.findChildren(Button) if one.text() == words and not one.isHidden()]


def test_a_new_one_begins_with_the_day_that_was_agreed(page: Page) -> None:
    page.desk.journal.add("therapy_session", {"at": _day(-7), "took_away": ["Name it, don’t argue."], "next": _day(4)})
    surface = _opened(page, None)

    words = [label.text() for label in surface.findChildren(Label)]
    assert "Name it, don’t argue." in words
    assert surface.form.answers()["at"] == _day(4)
    surface.save()
    assert page.desk.plans.ahead(EVENING) is not None
    assert len(page.desk.plans.sessions()) == 2


def test_what_waits_can_be_brought_or_taken_off_the_list_and_back(page: Page) -> None:
    thread = page.desk.journal.add("injury", {"title": "The messages"})
    score = page.desk.journal.add("setback", {"happened": "A tone at night"})
    for record in (thread, score):
        page.desk.session_list.put(record)
    surface = _opened(page, page.desk.journal.add("therapy_session", {"at": _day(2)}))

    bring = next(one for one in _buttons(surface, "Bring it") if one.accessibleDescription() == "The messages")
    bring.click()
    assert surface.form.answers()[BRING] == thread
    assert len(_buttons(surface, "Read together")) == 2
    _buttons(surface, "Read together")[0].click()
    assert len(page.desk.session_list.records()) == 1
    undo = page.shell.toasts[-1].on_action
    assert undo is not None
    undo()
    assert len(page.desk.session_list.records()) == 2


def test_one_that_is_over_asks_first_what_stays(page: Page, qtbot: QtBot) -> None:
    record = page.desk.journal.add("therapy_session", {"at": _day(-1), "want": "The poster"})
    surface = _opened(page, record)

    focused = QApplication.focusWidget()
    assert focused is not None
    assert surface.form.question("helped").isAncestorOf(focused)
    surface.form.set_answers({**surface.form.answers(), "helped": "Being asked.", "next": _day(6)})
    surface.save()
    ahead = page.desk.plans.ahead(EVENING)
    assert ahead is not None
    assert (ahead.record, ahead.day) == (None, EVENING.toordinal() + 6)


def test_with_nothing_waiting_there_is_only_the_form(page: Page) -> None:
    surface = _opened(page, None)

    assert surface._above.isHidden()  # what is on the screen
    assert _buttons(surface, "Read together") == []
