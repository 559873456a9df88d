"""A long text to read: paragraphs apart by the page's own space and not by a blank line, in one document.

One widget a paragraph would take seconds to stand up for a text of fifty thousand words; a document takes a moment.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextBlockFormat, QTextCursor, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QTextEdit, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme

_GAP_PX = 9
_INSIDE_PARAGRAPH = "\u2028"


class Told(QTextEdit):
    """Paragraphs in reading type, held to the reading measure, as high as they are. The page around it scrolls: with
    the keyboard here, arrows and Page Up and Down scroll that.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._hub = current_hub()
        self._words = ""
        self.setAccessibleName(name)
        self.setProperty("voice", "read")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self._restyle(self._hub.theme)
        self._hub.changed.connect(self._restyle)

    def text(self) -> str:
        """What is shown."""
        return self._words

    def set_text(self, words: str) -> None:
        """Show another text."""
        if words == self._words:
            return
        self._words = words
        paragraphs = [part.strip("\n") for part in words.split("\n\n") if part.strip()]
        self.setPlainText("\n".join(part.replace("\n", _INSIDE_PARAGRAPH) for part in paragraphs))
        self._shape(self._hub.theme)
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._hub.theme.px(260), self.minimumHeight())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._hub.theme.px(120), self.minimumHeight())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page around it scrolls

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        around = self._around()
        bar = around.verticalScrollBar() if around is not None else None
        moves = {} if bar is None else {
            Qt.Key.Key_Up: bar.value() - bar.singleStep(),
            Qt.Key.Key_Down: bar.value() + bar.singleStep(),
            Qt.Key.Key_PageUp: bar.value() - bar.pageStep(),
            Qt.Key.Key_PageDown: bar.value() + bar.pageStep(),
            Qt.Key.Key_Home: bar.minimum(),
            Qt.Key.Key_End: bar.maximum(),
        }  # fmt: skip
        goal = moves.get(Qt.Key(event.key()))
        if bar is None or goal is None or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
            return
        bar.setValue(goal)
        event.accept()

    def _around(self) -> QScrollArea | None:
        """What scrolls it: the nearest scrolling part around that has something to scroll."""
        parent: QWidget | None = self.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea) and parent.verticalScrollBar().maximum() > 0:
                return parent
            parent = parent.parentWidget()
        return None

    def _shape(self, theme: Theme) -> None:
        """The line height of the reading type, and the space after each paragraph."""
        look = QTextBlockFormat()
        look.setLineHeight(theme.line_height("reading"), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        look.setBottomMargin(theme.px(_GAP_PX))
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(look)

    def _fit(self) -> None:
        high = max(1, round(self.document().size().height()))
        if self.minimumHeight() != high:
            self.setFixedHeight(high)
            self.updateGeometry()

    def _restyle(self, theme: Theme) -> None:
        font = theme.font("reading")
        self.document().setDefaultFont(font)
        self.setFont(font)
        self.setMaximumWidth(theme.size("reading_measure"))
        self._shape(theme)
        self._fit()
