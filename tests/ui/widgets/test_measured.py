"""A measured column asks for the height it needs at the width it takes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme.hub import current_hub
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import MeasuredLayout

WORDS = "They are kept if both of you say yes, and otherwise only the date and how far it went are kept. " * 3
MOST_PX = 300


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_wide_room_gives_it_the_height_of_its_own_width(qtbot: QtBot, mirrored: bool) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    column = QWidget()
    words = Label(WORDS, "body")
    MeasuredLayout(column, MOST_PX).addWidget(words)
    outer = QVBoxLayout(ground)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(column)
    outer.addStretch(1)
    ground.resize(1000, 700)
    ground.show()
    qtbot.waitExposed(ground)
    most = current_hub().theme.px(MOST_PX)
    assert words.width() == most
    assert words.x() == (1000 - most if mirrored else 0)
    assert words.height() >= words.heightForWidth(most), "its last lines are cut"
    ground.resize(200, 700)
    assert words.width() == 200
