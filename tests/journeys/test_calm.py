"""Calm by one key from a page, from a half-written form and from the locked screen, in the real program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.services import vaults
from app.ui.main_window import MainWindow
from app.ui.screens.calm.cover import CalmCover
from app.ui.screens.calm.screen import OpenedView
from app.ui.screens.record_form.surface import open_record_form
from app.ui.screens.unlock.view import UnlockView
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.fields import GrowingText
from tests.fixtures.session import EVENING, ZONE, shipped_content
from tests.fixtures.windows import Program, running_program

PHRASE = "amber kettle orchard seven"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    yield from running_program(qapp, tmp_path / "vault", monkeypatch)


@pytest.fixture
def shell(program: Program) -> tuple[Program, MainWindow]:
    vaults.create_vault(
        program.folder, "Noa", PHRASE, "Jules", content=shipped_content(), now=lambda: EVENING, zone=ZONE
    ).close()
    unlock = program.start().window.content()
    assert isinstance(unlock, UnlockView)
    unlock._presenter.try_passphrase(PHRASE)
    program.wait(lambda: program.running.session)
    session = program.running.session
    assert session is not None
    program.running.window.activateWindow()
    program.wait(program.running.window.isActiveWindow)
    return program, session


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _press_calm() -> None:
    QTest.keyClick(_focused(), Qt.Key.Key_G, CTRL)


def test_from_a_page_and_back(shell: tuple[Program, MainWindow]) -> None:
    program, window = shell
    window.go("journal")
    program.wait(QApplication.focusWidget)
    _press_calm()
    program.wait(lambda: window._pages.name == "calm")
    view = window._pages.current.widget()  # type: ignore[union-attr] # calm is there
    assert isinstance(view, OpenedView)
    program.wait(view.circle.hasFocus)
    QTest.keyClick(view.circle, Qt.Key.Key_Escape)
    program.wait(lambda: window._pages.name == "journal")
    assert not view.circle.moving


def test_from_a_form_and_back_to_the_same_word(shell: tuple[Program, MainWindow]) -> None:
    program, window = shell
    form = open_record_form(window.context, "note")
    window.open_over(form)
    program.wait(lambda: [one for one in form.findChildren(GrowingText) if one.isVisible()])
    field = next(one for one in form.findChildren(GrowingText) if one.isVisible())
    field.setFocus()
    program.wait(field.hasFocus)
    QTest.keyClicks(field, "half a senten")
    before = window._pages.name
    _press_calm()
    program.wait(lambda: window.ground().findChildren(CalmCover))
    cover = window.ground().findChild(CalmCover)
    assert isinstance(cover, CalmCover)
    program.wait(cover.view.circle.hasFocus)
    _press_calm()
    assert len(window.ground().findChildren(CalmCover)) == 1
    QTest.keyClick(cover.view.circle, Qt.Key.Key_Escape)
    program.wait(field.hasFocus)
    assert field.toPlainText() == "half a senten"
    assert form.isVisible() and window._pages.name == before
    assert [one for one in window.ground().findChildren(DialogSurface) if one.isVisible()] == [form]


def test_locking_from_calm_leaves_nothing_behind(shell: tuple[Program, MainWindow]) -> None:
    program, window = shell
    window.calm()
    program.wait(lambda: window._pages.name == "calm")
    field = window._pages.current.widget().ways.way("senses").fields[0]  # type: ignore[union-attr] # calm is there
    QTest.keyClicks(field, "lamp")
    program.running.lock()
    program.wait(lambda: program.quits)
    assert program.restarts == ["asked"]
