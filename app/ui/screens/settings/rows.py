"""One row of the settings: a name, what it does in one line, and its control at the end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, Select, TickBox
from app.ui.widgets.card import Card, Rule
from app.ui.widgets.fields import Field
from app.ui.widgets.label import Label


def row(name: str, line: str, control: QWidget | None = None) -> QWidget:
    """The row. The control is named after it for assistive technology, and described by its line."""
    made = QWidget()
    box = QHBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(current_hub().theme.space("l"))
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(Label(name, "body"))
    if line:
        words.addWidget(Label(line, "small", "ink3"))
    box.addLayout(words, 1)
    if control is not None:
        if isinstance(control, Button):
            control.setAccessibleDescription(line)
        else:
            control.setAccessibleName(name)
            control.setAccessibleDescription(line)
        box.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
    made.setMinimumHeight(current_hub().theme.px(36))
    return made


def card(heading: str, *rows: QWidget) -> Card:
    """Rows under a heading, with a hairline before each."""
    made = Card(heading)
    made.body.setSpacing(current_hub().theme.px(4))
    for part in rows:
        made.add(Rule())
        made.add(part)
    return made


def ticked(name: str, line: str) -> tuple[QWidget, TickBox]:
    """A row with a tick box."""
    box = TickBox(name=name)
    return row(name, line, box), box


def selected(name: str, line: str, options: list[tuple[str, object]]) -> tuple[QWidget, Select]:
    """A row with a drop-down; each option is words and the value it stands for."""
    box = Select(name=name)
    for words, value in options:
        box.addItem(words, value)
    box.setMinimumWidth(current_hub().theme.px(150))
    return row(name, line, box), box


def typed(name: str, line: str) -> tuple[QWidget, Field]:
    """A row with one line of text."""
    field = Field(name=name)
    field.setMinimumWidth(current_hub().theme.px(200))
    field.setMaxLength(80)
    return row(name, line, field), field


def pressed(name: str, line: str, button: Button) -> QWidget:
    """A row with a button."""
    return row(name, line, button)


def direction(narrow: bool) -> QBoxLayout.Direction:  # one of two ways to stand
    """How sections and cards stand to each other."""
    return QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
