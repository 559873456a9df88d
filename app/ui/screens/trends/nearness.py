"""Which parts of a long page are in sight or soon will be, told once the page has come to rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

_REST_MS: Final = 60
_AHEAD: Final = 0.5
"""How far below and above what is seen a part counts as near, in heights of the view."""


class Nearness(QObject):
    """Watches a scrolling page; `near(widget)` for each part that can be seen now or after the next turn of the wheel.

    It may be told of one part many times: who listens knows what was done already.
    """

    near = Signal(object)

    def __init__(self, scroll: QScrollArea, parts: Sequence[QWidget]) -> None:
        super().__init__(scroll)
        self._scroll, self._parts = scroll, tuple(parts)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.look)
        scroll.verticalScrollBar().valueChanged.connect(self.soon)
        scroll.verticalScrollBar().rangeChanged.connect(self.soon)
        scroll.viewport().installEventFilter(self)

    def soon(self, *_: object) -> None:
        """Look once the page has come to rest."""
        if not self._rest.isActive():
            self._rest.start()

    def look(self) -> None:
        """Look now."""
        view = self._scroll.viewport()
        if not view.isVisible():
            return
        high = view.height()
        for part in self._parts:
            if part.isVisible():
                top = part.mapTo(view, QPoint(0, 0)).y()
                if top < high * (1 + _AHEAD) and top + part.height() > -high * _AHEAD:
                    self.near.emit(part)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Show, QEvent.Type.Resize}:
            self.soon()
        return False
