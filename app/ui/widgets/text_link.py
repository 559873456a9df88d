"""A quiet button whose words stand on the edge of the text around it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button

_PAD_PX = 10
"""What a quiet button keeps free at either side."""
_RING_PX = 4
"""What the ring keeps free at either side instead: letters never touch it."""
_LEAST_LETTERS = 4


class TextLink(Button):
    """A quiet button without the padding at its sides; as high as any other, so that it stays easy to hit.

    With `elide` it takes the room there is, and what does not fit ends in an ellipsis; the whole stays its name.
    """

    def __init__(
        self, words: str, *, icon: str = "", trailing: str = "", small: bool = True, elide: bool = False
    ) -> None:
        super().__init__(words, "quiet", icon=icon, trailing=trailing, small=small)
        self._elide = elide
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def focus_shape(self) -> tuple[QRectF, float]:
        room = self._hub.theme.px(_RING_PX)
        return QRectF(self.rect()).adjusted(-room, 0, room, 0), self._hub.theme.radius("control")

    @override
    def sizeHint(self) -> QSize:
        full = super().sizeHint()
        least = current_hub().theme.size("min_target")
        return QSize(max(least, full.width() - 2 * current_hub().theme.px(_PAD_PX)), full.height())

    @override
    def minimumSizeHint(self) -> QSize:
        full = self.sizeHint()
        if not self._elide:
            return full
        least = full.width() - self._words_w() + self._words_w("m" * _LEAST_LETTERS)
        return QSize(min(full.width(), least), full.height())

    @override
    def _shown(self) -> tuple[str, str]:
        words, hint = super()._shown()
        if not self._elide:
            return words, hint
        theme = self._hub.theme
        metrics = QFontMetrics(theme.font("label" if self._small else "body", weight=500))
        room = self.width() - (self.sizeHint().width() - self._words_w())
        short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, room))
        tip = words if short != words else ""
        if self.toolTip() != tip:
            self.setToolTip(tip)
        return short, hint
