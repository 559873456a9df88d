"""The mark and the name, as the screens before unlock show them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.theme.hub import current_hub
from app.ui.widgets.card import Icon
from app.ui.widgets.label import Label


class Brand(QWidget):
    """The mark and the name, top left of the screens before unlock."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_hub().theme.px(10))
        row.addWidget(Icon("brand", "lee"))
        name = Label("Leeward", "heading", "ink2", lines=1)
        name.set_weight(500)
        row.addWidget(name)
