"""Circle, square, or whichever fits: whose part a passphrase is tried on, when two people write here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from app.ui.screens.unlock.state import Owner
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Radio
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.marks import Person, PersonMark, Shape

_SHAPES = {1: Shape.CIRCLE, 2: Shape.SQUARE}


class OwnerRow(QWidget):
    """A row of marks, chosen by keyboard. Hidden while one person writes here."""

    chosen = Signal(str)
    """A person file, or empty for whichever fits."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Owner, ...] = ()
        self._radios: dict[str, Radio] = {}
        self._group = QButtonGroup(self)
        gap = current_hub().theme.px(14)
        self._row = FlowLayout(self, gap_px=gap, line_gap_px=6)
        self.setAccessibleName(tr("Whose part"))
        self.hide()

    def show_owners(self, owners: tuple[Owner, ...], chosen: str) -> None:
        """Show whose parts there are, and which one is chosen."""
        if owners != self._shown:
            self._make(owners)
        self.setVisible(bool(owners))
        if (radio := self._radios.get(chosen)) is not None:
            radio.setChecked(True)

    def _make(self, owners: tuple[Owner, ...]) -> None:
        self._shown = owners
        while (item := self._row.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.deleteLater()
        self._radios = {}
        for owner in owners:
            shape = _SHAPES.get(owner.mark, Shape.CIRCLE)
            words = owner.label or (tr("Circle") if shape is Shape.CIRCLE else tr("Square"))
            self._row.addWidget(self._option(owner.person_file, words, shape))
        self._row.addWidget(self._option("", tr("Whichever fits"), None))

    def _option(self, person_file: str, words: str, shape: Shape | None) -> QWidget:
        radio = Radio(words)
        radio.clicked.connect(lambda _checked=False: self.chosen.emit(person_file))
        self._group.addButton(radio)
        self._radios[person_file] = radio
        if shape is None:
            return radio
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_hub().theme.px(6))
        row.addWidget(radio)
        row.addWidget(PersonMark(Person(shape, outline=True), size="small"))
        return made
