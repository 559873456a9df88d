"""Reminders switched on in the settings of the real program, told in the window, handed over to the lock, and off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.services import vaults
from app.services.reminders import ReminderChoices
from app.ui.main_window import MainWindow
from app.ui.platform.handover import Handover
from app.ui.screens.settings.reminders import RemindersSection
from app.ui.screens.unlock.view import UnlockView
from tests.fixtures.session import EVENING, ZONE, shipped_content
from tests.fixtures.windows import Program, running_program

PHRASE = "amber kettle orchard seven"
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    yield from running_program(qapp, tmp_path / "vault", monkeypatch)


def _opened(program: Program) -> MainWindow:
    desk = vaults.create_vault(program.folder, "Noa", PHRASE, content=shipped_content(), now=lambda: EVENING, zone=ZONE)
    around = {"day": "2026-05-01", "precision": "instant", "time": "20:00"}
    desk.journal.add(
        "ritual", {"title": "Tea", "rhythm": "days", "days": DAYS, "around": around, "starts": "2026-05-01"}
    )
    desk.close()
    unlock = program.start().window.content()
    assert isinstance(unlock, UnlockView)
    unlock._presenter.try_passphrase(PHRASE)
    program.wait(lambda: program.running.session)
    session = program.running.session
    assert session is not None
    return session


def test_on_told_and_off(program: Program, tmp_path: Path) -> None:
    window = _opened(program)
    reminding = program.running._reminding
    assert reminding is not None and not reminding.watching and not reminding.moments
    window.go("settings", "reminders")
    section = window.findChild(RemindersSection)
    assert isinstance(section, RemindersSection)
    program.wait(section.isVisible)
    section._ticks["on"].click()
    program.wait(lambda: reminding.moments)
    assert reminding.moments[0] == EVENING.replace(hour=20, minute=0)
    assert not (tmp_path / "config" / "autostart").exists(), "nothing is written for the login unasked"

    object.__setattr__(window.context, "now", lambda: EVENING.replace(hour=20, minute=0, second=10))
    reminding.look()
    program.wait(lambda: window._toast.words() == "A moment")
    assert "Tea" not in window._toast.words()

    section._ticks["on"].click()
    program.wait(lambda: not reminding.watching)
    assert not reminding.moments


def test_a_lock_hands_over_moments_only_while_reminders_are_on(program: Program) -> None:
    window = _opened(program)
    reminding = program.running._reminding
    assert reminding is not None
    window._opened.tasks.run(
        lambda desk: desk.reminders.choose(ReminderChoices(on=True)), window.context.bus.chosen.emit
    )
    program.wait(lambda: reminding.moments)
    told: list[Handover] = []
    around = program.running._around

    def start_again(_folder: Path, handover: Handover) -> bool:
        told.append(handover)
        return True

    object.__setattr__(around, "start_again", start_again)
    program.running.lock()
    program.wait(lambda: program.quits)
    assert told[0].moments and all(moment.tzinfo is dt.UTC for moment in told[0].moments)
