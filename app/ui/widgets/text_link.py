"""A quiet button whose words stand on the edge of the text around it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button

_PAD_PX = 10
"""What a quiet button keeps free at either side."""


class TextLink(Button):
    """A quiet button without the padding at its sides; as high as any other, so that it stays easy to hit."""

    def __init__(self, words: str, *, icon: str = "", trailing: str = "", small: bool = True) -> None:
        super().__init__(words, "quiet", icon=icon, trailing=trailing, small=small)

    @override
    def sizeHint(self) -> QSize:
        full = super().sizeHint()
        least = current_hub().theme.size("min_target")
        return QSize(max(least, full.width() - 2 * current_hub().theme.px(_PAD_PX)), full.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
