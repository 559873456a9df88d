"""Earlier sheets of a worksheet beside the one that is read: their days, what changed, and a small line of points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.text import tr
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Button, Select
from app.ui.widgets.card import Surface
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.painting import PaintedWidget, box, outline
from app.ui.widgets.text_link import TextLink

_LISTED: Final = 6
"""Days shown at once; the older ones come when asked for."""
_LINE_PX: Final = 300
_HIGH_PX: Final = 64
_AWAY_PX: Final = 6
"""What the words of the lower end keep from the line, so that no point touches them."""


@dataclass(frozen=True, slots=True)
class TrackLine:
    """One number over time, placed: `points` hold parts of the width (time) and of the height (the whole scale)."""

    question: str
    points: tuple[tuple[float, float], ...]
    sentence: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One earlier or later sheet, by its day."""

    record: str
    words: str


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """Everything the strip says; `note` is a quiet word about sheets that are not listed."""

    others: tuple[SheetDay, ...]
    tracks: tuple[TrackLine, ...] = ()
    comparable: bool = True
    note: str = ""
    own: bool = True


class SeriesStrip(Surface):
    """Other sheets of the same series, newest first."""

    opened = Signal(str)
    """Emitted with the record of a sheet to read."""
    compare_asked = Signal(str)
    """Emitted with the record to set against the one that is read."""
    again_asked = Signal()
    """Emitted when a new sheet should begin."""

    def __init__(self) -> None:
        super().__init__("sunken")
        self._shown: SeriesLine | None = None
        self._all = False
        self._title = Label("", "caption", "ink3")
        self._days = QWidget()
        self._flow = FlowLayout(self._days, gap_px=14, line_gap_px=0)
        self._more: TextLink | None = None
        self.against = Select(name=tr("Compare with"))
        self.compare = Button(tr("What changed"), "plain", small=True)
        self.compare.clicked.connect(lambda _checked=False: self.compare_asked.emit(str(self.against.currentData())))
        self.again = Button(tr("Fill in again"), "plain", icon="plus", small=True)
        self.again.clicked.connect(lambda _checked=False: self.again_asked.emit())
        self._note = Label("", "caption", "ink3")
        self._tracks = QVBoxLayout()
        self._tracks.setSpacing(8)
        self._comparing = QWidget()
        across = QHBoxLayout(self._comparing)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.against)
        across.addWidget(self.compare)
        self._acts = QWidget()
        acts = FlowLayout(self._acts, gap_px=10, line_gap_px=6)
        acts.addWidget(self.again)
        acts.addWidget(self._comparing)
        for part in (self._title, self._days, self._note):
            self.body.addWidget(part)
        self.body.addLayout(self._tracks)
        self.body.addWidget(self._acts)
        self.hide()

    def show_series(self, line: SeriesLine | None) -> None:
        """Show a series; None for an entry that has none."""
        if line != self._shown:
            self._shown, self._all = line, False
            self._fill()
        self.setVisible(line is not None)

    def _fill(self) -> None:
        line = self._shown
        if line is None:
            return
        self._title.setText(tr("Other times") if line.others else tr("The first of its kind so far."))
        _empty(self._flow)
        shown = line.others if self._all else line.others[:_LISTED]
        for sheet in shown:
            link = TextLink(sheet.words)
            link.setAccessibleName(tr("Read the one of {day}").format(day=sheet.words))
            link.clicked.connect(lambda _checked=False, record=sheet.record: self.opened.emit(record))
            self._flow.addWidget(link)
        if len(shown) < len(line.others):
            self._more = TextLink(tr("Older ones"))
            self._more.clicked.connect(self._show_all)
            self._flow.addWidget(self._more)
        self._days.setVisible(bool(line.others))
        self.against.clear()
        for sheet in line.others:
            self.against.addItem(sheet.words, sheet.record)
        self._comparing.setVisible(line.comparable and bool(line.others))
        self.again.setVisible(line.own)
        self._acts.setVisible(line.own or (line.comparable and bool(line.others)))
        self._note.setText(line.note)
        self._note.setVisible(bool(line.note))
        _empty(self._tracks)
        for track in line.tracks:
            self._tracks.addWidget(TrackView(track))

    def _show_all(self, _checked: bool = False) -> None:
        self._all = True
        self._fill()


class TrackView(QWidget):
    """A question, its points over time, and the same in one sentence."""

    def __init__(self, track: TrackLine) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Label(track.question, "caption", "ink3"))
        column.addWidget(_Points(track))
        column.addWidget(Label(track.sentence, "caption", "ink2"))


class _Points(PaintedWidget):
    """Points joined by a thin line between the two ends of the scale, which are named; nothing is judged."""

    def __init__(self, track: TrackLine) -> None:
        super().__init__()
        self._track = track
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(track.question)
        self.setAccessibleDescription(track.sentence)

    @override
    def spoken_value(self) -> str:
        return self._track.sentence

    @override
    def wanted(self) -> QSize:
        return QSize(
            self.theme.px(_LINE_PX) // 2,
            self.theme.px(_HIGH_PX) + 2 * self.theme.line_height("caption") + self.theme.px(_AWAY_PX),
        )

    @override
    def draw(self, painter: QPainter) -> None:
        theme = self.theme
        line = theme.line_height("caption")
        area = QRectF(
            theme.px(6),
            line,
            min(self.width(), theme.px(_LINE_PX * 2)) - theme.px(12),
            self.height() - 2 * line - theme.px(_AWAY_PX),
        )
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("ink3"))
        start = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        wide = QRectF(0, 0, self.width(), line)
        painter.drawText(wide, start, self._track.high)
        painter.drawText(wide.translated(0, area.bottom() + theme.px(_AWAY_PX)), start, self._track.low)
        painter.setPen(outline(theme.color("line")))
        for y in (area.top(), area.bottom()):
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        spots = [
            QPointF(area.left() + x * area.width(), area.bottom() - y * area.height()) for x, y in self._track.points
        ]
        self._join(painter, spots, theme)

    @staticmethod
    def _join(painter: QPainter, spots: list[QPointF], theme: Theme) -> None:
        path = QPainterPath(spots[0])
        for spot in spots[1:]:
            path.lineTo(spot)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(outline(theme.color("control"), 1.2))
        painter.drawPath(path)
        half = theme.px(4)
        for spot in spots:
            around = QRectF(spot.x() - half, spot.y() - half, 2 * half, 2 * half)
            box(painter, around, half, fill=theme.color("lee"), edge=theme.color("sunken"))


def _empty(layout: FlowLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
