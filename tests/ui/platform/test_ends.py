"""The system asks the program to end: heard at any moment, acted on only when nothing is being painted."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.ui.platform.ends import end_quietly


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.getsignal(getattr(signal, name)) for name in names}
    yield
    for name, handler in before.items():
        signal.signal(getattr(signal, name), handler)


class _Interrupted(QWidget):
    """Asked to end in the middle of its painting."""

    def __init__(self, calls: list[str]) -> None:
        super().__init__()
        self._calls = calls

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(1000):  # handlers run between bytecodes
            pass
        self._calls.append("painted")


def test_painting_is_finished_before_the_program_ends(qtbot: QtBot) -> None:
    calls: list[str] = []
    owner = QObject()
    end_quietly(owner, lambda: calls.append("ended"))
    widget = _Interrupted(calls)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: "ended" in calls)
    assert calls[0] == "painted"
    assert calls.count("ended") == 1
    os.kill(os.getpid(), signal.SIGTERM)
    qtbot.wait(400)
    assert calls.count("ended") == 1
