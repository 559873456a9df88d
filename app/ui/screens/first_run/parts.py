"""What the pages of the first run are made of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.screens.first_run.state import FirstRunState
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.label import Label

if TYPE_CHECKING:
    from app.domain.care import Care


class Page(QWidget):
    """One step. `first` is what gets the keyboard when the step is shown."""

    first: QWidget | None = None

    def show_state(self, state: FirstRunState) -> None:
        """Show what the step shares with the others; what is typed stays in its fields."""

    def show_words(self, care: Care) -> None:
        """Fill in the sentences of the content pack; called once it is there, and again changes nothing."""


def column(page: QWidget) -> QVBoxLayout:
    """The column of cards of a page."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current_hub().theme.space("card_gap"))
    return column


def start(widget: QWidget) -> QWidget:
    """A widget at the start of its line, at its own width."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    return made


def bullet(words: str) -> QWidget:
    """One point of a list."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current_hub().theme.space("s"))
    row.addWidget(Label("•", "small", "ink3", lines=1), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(words, "small", "ink2"), 1)
    return made


def ask_folder(owner: QWidget, chosen: Callable[[Path], None]) -> None:
    """Our own dialog: the system's would keep the folder among its recent places."""
    from PySide6.QtWidgets import QFileDialog  # its many enums would cost the first paint

    dialog = QFileDialog(owner, tr("Choose a folder"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOptions(QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda folder: chosen(Path(folder)))
    dialog.open()
