"""Tab goes the way a page is read, also through what was built last."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.tab_chain import in_reading_order


def _chain(first: QWidget, most: int) -> list[str]:
    """The names of the buttons Tab comes to, from one of them on, once around."""
    found: list[str] = []
    now: QWidget | None = first
    for _ in range(most):
        if isinstance(now, QPushButton):
            found.append(now.text())
        now = now.nextInFocusChain() if now is not None else None
        if now is first:
            break
    return found


def test_columns_are_read_one_after_the_other_however_late_their_parts_came(qtbot: QtBot) -> None:
    page, left, right = QWidget(), QWidget(), QScrollArea()
    qtbot.addWidget(page)
    last, grid = QPushButton("last"), QGridLayout()
    whole, column, inner = QHBoxLayout(page), QVBoxLayout(left), QWidget()
    QVBoxLayout(inner).addWidget(last)
    right.setWidget(inner)
    first = QPushButton("first")
    column.addWidget(first)
    column.addLayout(grid)
    whole.addWidget(left)
    whole.addWidget(right)
    grid.addWidget(QPushButton("late"), 0, 0)
    grid.addWidget(QPushButton("later"), 0, 1)
    assert _chain(first, 40) != ["first", "late", "later", "last"]

    in_reading_order(page)

    assert _chain(first, 40) == ["first", "late", "later", "last"]
