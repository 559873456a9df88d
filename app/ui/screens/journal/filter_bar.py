"""What the timeline is narrowed to: each value a button that takes it off, and how many entries are left."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.ui.screens.journal.filter_words import Choice
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout


class ChoiceButton(Button):
    """One value; a click, Enter, Delete or Backspace takes it off."""

    def __init__(self, choice: Choice) -> None:
        super().__init__(choice.words, "plain", trailing="x", small=True)
        self.choice = choice
        words = tr("Take off the filter {words}").format(words=choice.words)
        self.setAccessibleName(words)
        self.setToolTip(words)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """Hidden while nothing is chosen."""

    taken_off = Signal(object)
    """Emitted with a Choice."""
    cleared = Signal()
    """Emitted when everything should be shown again."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Filters in use"))
        self._shown: tuple[Choice, ...] = ()
        self.buttons: list[ChoiceButton] = []
        self._flow = FlowLayout(self, gap_px=current_hub().theme.space("s"))
        self._count = Label("", "caption", "ink2", lines=1)
        self._clear = Button(tr("Clear all"), "quiet", small=True)
        self._clear.clicked.connect(lambda _checked=False: self.cleared.emit())
        self._flow.addWidget(self._count)
        self._flow.addWidget(self._clear)

    def show_choices(self, choices: tuple[Choice, ...], count: str) -> None:
        """Show what is chosen and how much it leaves; the keyboard stays beside what was taken off."""
        self._count.setText(count)
        self._count.setVisible(bool(count))
        self.setVisible(bool(choices))
        if choices == self._shown:
            return
        held = next((at for at, button in enumerate(self.buttons) if button.hasFocus()), None)
        self._shown = choices
        for button in (*self.buttons, self._count, self._clear):
            self._flow.removeWidget(button)
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = [ChoiceButton(choice) for choice in choices]
        for button in self.buttons:
            button.clicked.connect(partial(self._take_off, button))
            self._flow.addWidget(button)
            button.show()
        self._flow.addWidget(self._clear)
        self._flow.addWidget(self._count)
        if held is not None and self.buttons:
            self.buttons[min(held, len(self.buttons) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    def _take_off(self, button: ChoiceButton, _checked: bool = False) -> None:
        self.taken_off.emit(button.choice)
