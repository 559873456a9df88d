"""The settings of reminders: off at first, each choice at once and to be undone, and what is written for the login."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.services.reminders import ReminderChoices
from app.services.session import Session
from app.ui.platform.autostart import FileAutostart, desktop_entry
from app.ui.screens.settings.reminders import RemindersSection
from tests.fixtures.page_context import Page, page_of

Shown = tuple[RemindersSection, Page, FileAutostart]


@pytest.fixture
def shown(qtbot: QtBot, session: Session, tmp_path: Path) -> Shown:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(760, 900)
    page = page_of(session, area)
    autostart = FileAutostart(tmp_path / "autostart" / "leeward.desktop", desktop_entry(["leeward"]))
    section = RemindersSection(page.ctx, autostart)
    QVBoxLayout(area).addWidget(section)
    area.show()
    section.enter()
    return section, page, autostart


def test_everything_is_off_and_nothing_else_can_be_chosen(shown: Shown) -> None:
    section, _page, autostart = shown
    assert not section._ticks["on"].isChecked() and section._ticks["on"].isEnabled()
    rest = [tick for name, tick in section._ticks.items() if name != "on"]
    assert not any(control.isEnabled() for control in (*rest, *section._selects.values(), section._start))
    assert not autostart.is_on()


def test_choices_are_stored_at_once_told_and_undone(shown: Shown) -> None:
    section, page, _autostart = shown
    heard: list[object] = []
    page.ctx.bus.chosen.connect(heard.append)
    section._ticks["on"].click()
    section._ticks["checkin"].click()
    section._selects["checkin_at"].setCurrentIndex(section._selects["checkin_at"].findData("21:00"))
    section._selects["checkin_at"].activated.emit(0)

    assert page.desk.reminders.choices() == ReminderChoices(on=True, checkin=True, checkin_at="21:00")
    assert heard[-1] == page.desk.reminders.choices()
    undo = page.shell.toasts[-1].on_action
    assert undo is not None
    undo()
    assert page.desk.reminders.choices().checkin_at == "20:30"


def test_the_entry_for_the_login_is_written_when_asked_and_goes_with_the_reminders(shown: Shown) -> None:
    section, _page, autostart = shown
    section._ticks["on"].click()
    assert not autostart.is_on()
    section._start.click()
    assert autostart.is_on()
    section._start.click()
    assert not autostart.is_on()
    section._start.click()
    section._ticks["on"].click()
    assert not autostart.is_on() and not section._start.isChecked()


def test_a_time_that_is_not_on_the_list_is_shown_as_it_is(shown: Shown) -> None:
    section, page, _autostart = shown
    page.desk.reminders.choose(ReminderChoices(on=True, quiet_from="21:47"))
    section.enter()
    assert section._selects["quiet_from"].currentText() == "21:47"


def test_a_system_that_does_not_take_it_says_so(shown: Shown) -> None:
    section, page, autostart = shown
    section._ticks["on"].click()
    autostart._file.parent.write_text("in the way", encoding="utf-8")
    section._start.click()
    assert not section._start.isChecked()
    assert "did not take" in page.shell.toasts[-1].text
