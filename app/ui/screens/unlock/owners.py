"""Circle, square, or whichever fits: whose part a passphrase is tried on, when two people write here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.ui.screens.unlock.state import Owner
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.mark_tile import GAP_PX, MarkTile
from app.ui.widgets.marks import Shape


class OwnerRow(QWidget):
    """A row of tiles, one tab stop, arrows move. Hidden while one person writes here."""

    chosen = Signal(str)
    """A person file, or empty for whichever fits."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Owner, ...] = ()
        self._tiles: dict[str, MarkTile] = {}
        self._group = QButtonGroup(self)
        gap = current_hub().theme.px(GAP_PX)
        self._row = FlowLayout(self, gap_px=gap, line_gap_px=gap)
        self._row.setContentsMargins(0, 0, 0, current_hub().theme.space("xs"))
        self.setAccessibleName(tr("Whose part"))
        self.hide()

    def show_owners(self, owners: tuple[Owner, ...], chosen: str) -> None:
        """Show whose parts there are, and which one is chosen."""
        if owners != self._shown:
            self._make(owners)
        self.setVisible(bool(owners))
        if (tile := self._tiles.get(chosen)) is not None:
            tile.setChecked(True)

    def _make(self, owners: tuple[Owner, ...]) -> None:
        self._shown = owners
        while (item := self._row.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self._tiles = {}
        shapes = [Shape.of(owner.mark) for owner in owners]
        for owner, shape in zip(owners, shapes, strict=True):
            self._add(owner.person_file, owner.label or _shape_words(shape), (shape,))
        self._add("", tr("Whichever fits"), sorted(shapes))

    def _add(self, person_file: str, words: str, shapes: Sequence[Shape]) -> None:
        tile = MarkTile(words, shapes)
        tile.clicked.connect(lambda _checked=False: self.chosen.emit(person_file))
        self._group.addButton(tile)
        self._tiles[person_file] = tile
        self._row.addWidget(tile)


def _shape_words(shape: Shape) -> str:
    return tr("Circle") if shape is Shape.CIRCLE else tr("Square")
