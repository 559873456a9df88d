"""A long text to read: one label a paragraph, so that the space between them is the page's and not a blank line."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.label import Label

_GAP_PX = 9


class Told(QWidget):
    """Paragraphs in reading type, held to the reading measure."""

    def __init__(self) -> None:
        super().__init__()
        self._hub = current_hub()
        self._words = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._restyle(self._hub.theme)
        self._hub.changed.connect(self._restyle)

    def text(self) -> str:
        """What is shown."""
        return self._words

    def set_text(self, words: str) -> None:
        """Show another text; paragraphs that stay are not made again."""
        if words == self._words:
            return
        self._words = words
        paragraphs = [part.strip("\n") for part in words.split("\n\n") if part.strip()]
        for number, paragraph in enumerate(paragraphs):
            item = self._column.itemAt(number)
            label = item.widget() if item is not None else None
            if isinstance(label, Label):
                if label.text() != paragraph:
                    label.setText(paragraph)
            else:
                self._column.addWidget(Label(paragraph, "reading"))
        while (item := self._column.takeAt(len(paragraphs))) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()

    def _restyle(self, theme: Theme) -> None:
        self._column.setSpacing(theme.px(_GAP_PX))
        self.setMaximumWidth(theme.size("reading_measure"))
