"""A theme hub that every test gets back as it was, and a window for widgets that need one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme.hub import ThemeHub, current_hub


@pytest.fixture
def hub(qapp: QApplication) -> Iterator[ThemeHub]:
    """The application's hub, light at 100 % before and after."""
    found = current_hub()
    found.choose("light")
    found.set_text_scale(1.0)
    yield found
    found.choose("light")
    found.set_text_scale(1.0)
    found.set_reduced_motion(False)


Stage = Callable[..., QWidget]


@pytest.fixture
def stage(qtbot: QtBot, hub: ThemeHub) -> Stage:
    """Put widgets in a shown, active window: `stage(widget, width=600, rtl=False)`."""

    kept: list[QWidget] = []

    def put(*widgets: QWidget, width: int = 600, height: int = 400, rtl: bool = False) -> QWidget:
        window = QWidget()
        qtbot.addWidget(window)
        kept.append(window)
        if rtl:
            window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        layout = QVBoxLayout(window)
        for widget in widgets:
            layout.addWidget(widget)
        layout.addStretch(1)
        window.resize(width, height)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        return window

    return put
