"""One part of the settings that asks the desk itself: people, keys, backups. The page only shows and hides it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme.hub import current_hub


class Section(QWidget):
    """A column of cards."""

    def __init__(self, *cards: QWidget) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current_hub().theme.space("card_gap"))
        for card in cards:
            self.add(card)

    def add(self, card: QWidget) -> None:
        """One more card at the end."""
        self._column.addWidget(card)

    def enter(self) -> None:
        """The section is shown now: ask how things stand."""
