"""What was copied here leaves the clipboard again; what others put there stays."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.platform.clipboard import ClipboardGuard, marks

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def owned() -> list[bool]:
    return [True]


@pytest.fixture
def guard(qapp: QApplication, owned: list[bool]) -> Iterator[ClipboardGuard]:
    del qapp
    made = ClipboardGuard(after_s=1, owns=lambda _clipboard, mode: owned[0] and mode is QClipboard.Mode.Clipboard)
    yield made
    made.stop()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, 52)


def test_a_copy_of_ours_is_cleared_after_a_while(qtbot: QtBot, guard: ClipboardGuard) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("ours")
    assert clipboard.text() == "ours"

    qtbot.waitUntil(lambda: clipboard.text() == "", timeout=3000)


def test_it_is_marked_as_not_for_histories(guard: ClipboardGuard) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("ours")

    assert set(marks()) <= set(clipboard.mimeData().formats())
    assert clipboard.text() == "ours"
    guard.clear()


def test_what_others_copied_stays(guard: ClipboardGuard, owned: list[bool]) -> None:
    owned[0] = False
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("theirs")
    guard.clear()

    assert clipboard.text() == "theirs"
    assert not guard._timer.isActive()
    clipboard.clear()


def test_no_length_leaves_it_until_the_lock(guard: ClipboardGuard) -> None:
    guard.set_seconds(0)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("ours")
    assert not guard._timer.isActive()
    guard.set_seconds(15)
    assert guard._timer.isActive()
    guard.clear()

    assert clipboard.text() == ""


def test_each_system_has_its_own_marks() -> None:
    assert any("CanIncludeInClipboardHistory" in name for name in marks("win32"))
    assert marks("linux") == {"x-kde-passwordManagerHint": b"secret"}
    assert marks("plan9") == {}


@pytest.mark.skipif(not shutil.which("xvfb-run"), reason="no display without a screen here")
def test_on_a_real_clipboard(tmp_path: Path) -> None:
    done = subprocess.run(
        ["xvfb-run", "-a", "env", "QT_QPA_PLATFORM=xcb", sys.executable, "-m", "tests.ui.platform.copying"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if "could not load the Qt platform plugin" in done.stderr.lower():
        pytest.skip("this Qt has no window system here")
    del tmp_path
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "copied: 'private words' True 'private words'",
        "later: '' False ''",
        "again: 'private words' True ''",
        "locked: '' False ''",
        "not looked after: 'after the lock' False ''",
    ]
