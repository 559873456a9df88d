"""The whole way in the real window: locked, something is left, unlocked, and it is there, named, and told once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.main_window import MainWindow
from app.ui.screens.drop.view import DropSurface
from app.ui.screens.unlock.view import UnlockView
from app.ui.widgets.buttons import Button
from tests.fixtures.inboxes import PHRASE, leave, new_vault, notes, opened, parcels
from tests.fixtures.windows import Program, running_program

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def locked(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """A program at its unlock screen."""
    yield from running_program(qapp, new_vault(tmp_path / "vault"), monkeypatch)


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _locked_view(program: Program) -> UnlockView:
    view = program.start().window.content()
    assert isinstance(view, UnlockView)
    program.running.window.activateWindow()
    program.wait(view._field.hasFocus)
    return view


def _unlock(program: Program, view: UnlockView) -> MainWindow:
    view._field.setFocus()
    QTest.keyClicks(view._field, PHRASE)
    QTest.keyClick(view._field, Qt.Key.Key_Return)
    program.wait(lambda: program.running.session is not None)
    session = program.running.session
    assert session is not None
    return session


def test_left_at_the_locked_screen_and_found_after_unlocking(locked: Program) -> None:
    view = _locked_view(locked)
    link = next(button for button in view.findChildren(Button) if "without opening" in button.text())
    QTest.keyClick(link, Qt.Key.Key_Space)
    locked.wait(lambda: view.findChildren(DropSurface))
    surface = view.findChildren(DropSurface)[0]
    locked.wait(lambda: surface._owners and surface._note.hasFocus())
    QTest.keyClicks(_focused(), "before it slips away")
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)
    locked.wait(lambda: parcels(locked.folder) and not surface._note.words())
    QTest.keyClick(_focused(), Qt.Key.Key_Escape)

    session = _unlock(locked, view)
    locked.wait(session._toast.isVisible)
    assert session._toast._label.text() == "1 thing kept while locked has joined your journal."
    assert parcels(locked.folder) == []
    session._toast._action.click()
    locked.wait(lambda: session._pages.current is not None and session._pages.current.title == "Journal")
    locked.end()
    with opened(locked.folder) as desk:
        assert notes(desk) == ["before it slips away"]
        assert desk.inbox is not None
        assert desk.inbox.news().joined == ()  # told once


def test_what_cannot_be_opened_is_named_and_can_be_removed(locked: Program) -> None:
    file = leave(locked.folder, "harmed on the way")
    raw = file.read_bytes()
    file.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    session = _unlock(locked, _locked_view(locked))
    locked.wait(session._toast.isVisible)
    assert session._toast._label.text() == "1 note could not be opened."
    assert file.exists()
    session._toast._action.click()
    from app.ui.widgets.ask import AskSurface

    ask = session._stage.findChildren(AskSurface)[0]
    ask.agree()
    locked.wait(lambda: not file.exists())
