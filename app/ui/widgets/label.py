"""Text with a type style, a role and a real line height: what QLabel and style sheets cannot do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Role, Theme, TypeName
from app.ui.widgets.painting import painting

_COMFORT_PX: Final = 420
_WIDTHS_KEPT: Final = 12
_ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class TextMark:
    """A stretch of a label that looks different: changed words in a history, or a leading phrase."""

    start: int
    length: int
    tint: Role | None = None
    strike: bool = False
    weight: int | None = None
    underline: bool = False


class Label(QLabel):
    """One piece of text. `lines` = 1 keeps it on one line, 0 wraps freely, n wraps and ends in an ellipsis after n.

    The full text stays the accessible name and, once something was cut, the tooltip.
    """

    def __init__(
        self,
        words: str = "",
        style: TypeName = "body",
        role: Role = "ink",
        *,
        lines: int = 0,
        elide: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._hub = current_hub()
        self._style, self._role, self._lines = style, role, lines
        self._elide = elide or lines > 1
        self._marks: tuple[TextMark, ...] = ()
        self._weight: int | None = None
        self._broken: dict[int, int] = {}  # how many lines it takes, by width: layouts ask for the same again and again
        self._cut = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(align | Qt.AlignmentFlag.AlignTop)
        if lines != 1:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy = self.sizePolicy()
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        elif self._elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._hub.changed.connect(self._theme_changed)
        self.setText(words)

    @override
    def setText(self, words: str) -> None:
        self._marks = ()
        super().setText(words)
        self.setAccessibleName(words)
        self._relayout()

    def set_role(self, role: Role) -> None:
        """Draw in another colour role."""
        self._role = role
        self.update()

    def set_weight(self, weight: int | None) -> None:
        """Draw in another weight than the style's own (400 to 700), or the style's with None."""
        self._weight = weight
        self._relayout()

    def set_marks(self, marks: Sequence[TextMark]) -> None:
        """Make stretches of the current text look different; a new text removes them."""
        self._marks = tuple(marks)
        self._relayout()

    @override
    def heightForWidth(self, width: int) -> int:
        if self._lines == 1:
            return self._line_px()
        if width not in self._broken:
            if len(self._broken) >= _WIDTHS_KEPT:
                self._broken.clear()
            self._broken[width] = max(1, len(self._lay_out(width)[1]))
        return self._line_px() * self._broken[width]

    @override
    def hasHeightForWidth(self) -> bool:
        return self._lines != 1

    @override
    def sizeHint(self) -> QSize:
        natural = max((self._metrics().horizontalAdvance(line) for line in self.text().split("\n")), default=0) + 1
        if self._lines == 1:
            return QSize(natural, self._line_px())
        width = min(natural, self._hub.theme.px(_COMFORT_PX))
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        metrics = self._metrics()
        if self._lines == 1 and not self._elide:
            return self.sizeHint()
        if self._elide:
            least = metrics.horizontalAdvance("mmm" + _ELLIPSIS)
        else:
            least = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0) + 1
        natural = self.sizeHint().width()
        return QSize(min(least, natural), self._line_px())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        layout, shown = self._lay_out(self.width())
        high = self._line_px()
        with painting(self, theme) as painter:
            painter.setPen(theme.color(self._role if self.isEnabled() else "disabled"))
            lead = (high - self._metrics().height()) / 2
            if self._lines == 1:
                lead += max(0, (self.height() - high) // 2)
            if shown and self._cut:
                self._draw_cut(painter, shown, high, lead)
                return
            for number in range(len(shown)):
                line = layout.lineAt(number)
                line.setPosition(QPointF(line.x(), number * high + lead))
            layout.draw(painter, QPointF(0, 0))

    def _draw_cut(self, painter: QPainter, shown: list[int], high: int, lead: float) -> None:
        metrics = self._metrics()
        painter.setFont(self._font())
        for number, start in enumerate(shown):
            words = self.text()[start : shown[number + 1]] if number + 1 < len(shown) else self.text()[start:]
            if number + 1 == len(shown):
                words = metrics.elidedText(words.replace("\n", " "), Qt.TextElideMode.ElideRight, self.width())
            left = 0.0
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                left = self.width() - metrics.horizontalAdvance(words.rstrip())
            painter.drawText(QPointF(left, number * high + lead + metrics.ascent()), words.rstrip())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(self.width())
        self.setToolTip(self.text() if self._cut else "")

    def _lay_out(self, width: int) -> tuple[QTextLayout, list[int]]:
        """Break the text for a width in px: the layout and where each shown line starts."""
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self._font())
        option = QTextOption(QStyle.visualAlignment(self.layoutDirection(), self.alignment()))
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        wrap = QTextOption.WrapMode.NoWrap if self._lines == 1 else QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        option.setWrapMode(wrap)
        layout.setTextOption(option)
        layout.setFormats([self._format(mark) for mark in self._marks])
        starts: list[int] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            starts.append(line.textStart())
        layout.endLayout()
        self._cut = False
        if self._elide:
            if self._lines == 1:
                self._cut = bool(starts) and layout.lineAt(0).naturalTextWidth() > width + 0.5
            elif len(starts) > self._lines:
                self._cut, starts = True, starts[: self._lines]
        return layout, starts

    def _format(self, mark: TextMark) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start, made.length = mark.start, mark.length
        look = QTextCharFormat()
        if mark.tint is not None:
            look.setBackground(self._hub.theme.color(mark.tint))
        if mark.strike:
            look.setFontStrikeOut(True)
            look.setForeground(self._hub.theme.color("ink3"))
        look.setFontUnderline(mark.underline)
        if mark.weight is not None:
            look.setFontWeight(mark.weight)
        made.format = look
        return made

    def _font(self) -> QFont:
        return self._hub.theme.font(self._style, weight=self._weight)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._font())

    def _line_px(self) -> int:
        return max(self._hub.theme.line_height(self._style), self._metrics().height() if self._lines == 1 else 0)

    def _relayout(self) -> None:
        self._broken.clear()
        self._lay_out(self.width())
        self.setToolTip(self.text() if self._cut else "")
        self.updateGeometry()
        self.update()

    def _theme_changed(self, _theme: Theme) -> None:
        self._relayout()
