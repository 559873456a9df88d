"""Where a chart lives in the window: drawn when first seen, read with arrow keys or the pointer, swapped for its table.

matplotlib is loaded by the first chart that is shown, not by importing this module.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QVBoxLayout, QWidget
from typing_extensions import override

from app.charts.plot import Plot, Reading, Table
from app.charts.style import ChartStyle, load_style, new_figure
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets import spoken
from app.ui.widgets.chart_table import ChartTable

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
    from matplotlib.figure import Figure

RESTYLE_AFTER_MS: Final = 120
RING_PX: Final = 3
TABLE_KEYS: Final = "Ctrl+Shift+T"


class ChartView(QWidget):
    """One slot for one chart. The figure and its canvas are made once and painted again for every new plot.

    Keys: left and right move the reading line, Ctrl makes them leap, up and down move a day where days stand in
    columns, Home and End go to the ends, Enter activates the stop, Escape clears it, T or Ctrl+Shift+T shows the table.
    The accessible name is the chart's name; the description is its sentence, or the reading while there is one.
    """

    reading_changed = Signal(object, str)
    """The stop's index and its words; None and an empty string when the reading is cleared."""
    activated = Signal(int)
    """Enter or a double click on a stop."""
    table_toggled = Signal(bool)

    spoken_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        spoken.install()
        self._hub = current_hub()
        self._plot: Plot | None = None
        self._reading: Reading | None = None
        self._index: int | None = None
        self._canvas: FigureCanvasQTAgg | None = None
        self._background: object = None
        self._marks: tuple[Artist, ...] = ()
        self._stale = True
        self._table: ChartTable | None = None
        self._menu_words = ("", "")
        self._more: list[tuple[str, Callable[[], None]]] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(RING_PX, RING_PX, RING_PX, RING_PX)
        self._restyle = QTimer(self)
        self._restyle.setSingleShot(True)
        self._restyle.setInterval(RESTYLE_AFTER_MS)
        self._restyle.timeout.connect(self._take_style)
        self._hub.changed.connect(self._theme_changed)
        shortcut = QShortcut(QKeySequence(TABLE_KEYS), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.toggle_table)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def spoken_value(self) -> str:
        """See `Spoken`: the sentence is its description."""
        return ""

    def set_plot(self, plot: Plot | None) -> None:
        """Show another chart, or none; the figure and canvas are kept, everything of the old chart is let go."""
        self._plot = plot
        self._forget_reading()
        self.setAccessibleName(plot.caption.name if plot else "")
        self.setAccessibleDescription(plot.caption.sentence if plot else "")
        if self._table is not None:
            self._fill_table()
        self._redraw()

    @property
    def is_drawn(self) -> bool:
        """Whether what is on the canvas is the plot as it stands now."""
        return self._background is not None and not self._stale

    def redraw_now(self) -> None:
        """Build and draw at once instead of at the next paint: for measuring."""
        self._redraw()
        if self._canvas is not None:
            self._canvas.draw()  # type: ignore[no-untyped-call]  # matplotlib's canvas has no types

    def set_menu_words(self, show_table: str, show_chart: str) -> None:
        """The two translated words of the context menu; without them there is no menu."""
        self._menu_words = (show_table, show_chart)

    def add_to_menu(self, words: str, act: Callable[[], None]) -> None:
        """One more entry of the context menu, below the table's."""
        self._more.append((words, act))

    def step_to(self, index: int | None) -> None:
        """Put the reading line on a stop, or take it away with None; an index outside is held inside."""
        if self._reading is None or not len(self._reading):
            index = None
        elif index is not None:
            index = min(max(index, 0), len(self._reading) - 1)
        if index == self._index:
            return
        self._index = index
        self._show_marks()
        words = self._plot.caption.readout(index) if self._plot and index is not None else ""
        self.setAccessibleDescription(words or (self._plot.caption.sentence if self._plot else ""))
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.reading_changed.emit(index, words)

    @property
    def table_shown(self) -> bool:
        """Whether the table stands in the chart's place."""
        return self._table is not None and not self._table.isHidden()

    def show_table(self, on: bool) -> None:
        """Swap the chart for its table, or back."""
        if on == self.table_shown:
            return
        if on:
            self._ensure_table().show()
            self._fill_table()
        elif self._table is not None:
            self._table.hide()
        if self._canvas is not None:
            self._canvas.setVisible(not on)
        target: QWidget = self._table if on and self._table is not None else self
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table_toggled.emit(on)

    def toggle_table(self) -> None:
        """Chart to table and back."""
        self.show_table(not self.table_shown)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._hub.theme.px(120), self._hub.theme.px(64))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._canvas is None:
            self._make_canvas()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = self._key_target(event)
        if target is not None:
            self.step_to(target)
        elif event.key() == Qt.Key.Key_Escape and self._index is not None:
            self.step_to(None)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._index is not None:
            self.activated.emit(self._index)
        elif event.key() == Qt.Key.Key_T and not event.modifiers():
            self.toggle_table()
        else:
            super().keyPressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.step_to(self._stop_at(event.position()))
        if self._plot is not None and self._index is not None:
            QToolTip.showText(event.globalPosition().toPoint(), self._plot.caption.readout(self._index), self)
        super().mouseMoveEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.step_to(self._stop_at(event.position()))
        if self._index is not None:
            self.activated.emit(self._index)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self.step_to(None)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        words = self._menu_words[1 if self.table_shown else 0]
        if words:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(words, QKeySequence(TABLE_KEYS), self.toggle_table)
            for each, act in self._more:
                menu.addAction(each, act)
            menu.popup(event.globalPos())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.hasFocus():
            return
        theme = self._hub.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("focus"), 2.0))
        radius = theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        painter.end()

    def _key_target(self, event: QKeyEvent) -> int | None:
        """The stop a key asks for, or None when it asks for none."""
        reading = self._reading
        if reading is None or not len(reading):
            return None
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        across = reading.leap if control else reading.step
        moves = {
            Qt.Key.Key_Left: -across,
            Qt.Key.Key_Right: across,
            Qt.Key.Key_Up: -reading.rise,
            Qt.Key.Key_Down: reading.rise,
        }
        if key in moves and moves[Qt.Key(key)]:
            return reading.moved(self._index, moves[Qt.Key(key)])
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(reading) - 1}
        return ends.get(Qt.Key(key))

    def _stop_at(self, where: QPointF) -> int | None:
        """The stop under a point of this widget; None outside the plotting area's width."""
        if self._reading is None or self._canvas is None or self.table_shown:
            return None
        ratio = self._canvas.device_pixel_ratio
        x_px = (where.x() - self._canvas.x()) * ratio
        y_px = (self._canvas.height() - (where.y() - self._canvas.y())) * ratio
        axes = self._reading.axes
        box = axes.get_window_extent()
        if not (box.x0 - 6 * ratio <= x_px <= box.x1 + 6 * ratio):
            return None
        x, y = axes.transData.inverted().transform((x_px, y_px))
        return self._reading.nearest(float(x), float(y))

    def _make_canvas(self) -> None:
        style = self._style()
        figure = new_figure(max(self.width(), 40), max(self.height(), 40), style)
        self._canvas = _canvas(figure, self._before_draw)
        self._canvas.setParent(self)
        self._canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._canvas.mpl_connect("draw_event", self._drawn)
        self._canvas.mpl_connect("resize_event", self._resized)
        self._box.addWidget(self._canvas)
        self._canvas.setVisible(not self.table_shown)
        self._redraw()

    def _style(self) -> ChartStyle:
        theme = self._hub.theme
        return load_style(dark=theme.dark, scale=theme.text_scale)

    def _theme_changed(self, _theme: Theme) -> None:
        self._restyle.start()

    def _take_style(self) -> None:
        """Draw in the new theme. A new text scale needs a new canvas: a canvas keeps the dpi it was born with."""
        if self._canvas is None:
            return
        ratio = self._canvas.device_pixel_ratio
        if not np.isclose(self._canvas.figure.dpi, self._style().dpi * ratio):
            old, self._canvas = self._canvas, None
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
            self._forget_reading()
            self._make_canvas()
        else:
            self._redraw()

    def _redraw(self) -> None:
        self._stale = True
        if self._canvas is not None:
            self._canvas.draw_idle()  # type: ignore[no-untyped-call]  # matplotlib's canvas has no types

    def _resized(self, _event: object) -> None:
        self._stale = True
        self._background = None

    def _before_draw(self) -> None:
        """Build the figure anew, once per draw however many reasons there were, because margins are in pixels."""
        if not self._stale or self._canvas is None:
            return
        self._stale = False
        figure, style = self._canvas.figure, self._style()
        if self._plot is None:
            figure.clear()
            figure.set_facecolor(style.ground)
        self._reading = self._plot.build(figure, style) if self._plot is not None else None
        self._marks = _marks(self._reading, style) if self._reading is not None else ()

    def _drawn(self, _event: object) -> None:
        """Keep the finished picture, so that a moving reading line costs a copy and not a redraw."""
        if self._canvas is None:
            return
        self._background = self._canvas.copy_from_bbox(self._canvas.figure.bbox)  # type: ignore[no-untyped-call]  # matplotlib's canvas has no types
        self._place_marks()

    def _show_marks(self) -> None:
        if self._canvas is None or self._background is None or self._stale or not self._canvas.isVisible():
            return
        self._canvas.restore_region(self._background)  # type: ignore[no-untyped-call]  # matplotlib's canvas has no types
        self._place_marks()
        self._canvas.update()

    def _place_marks(self) -> None:
        if self._reading is None or self._index is None:
            return
        x, y = self._reading.xs[self._index], self._reading.ys[self._index]
        for mark in self._marks:
            mark.set(xdata=[x] if mark is self._marks[-1] else [x, x])
        self._marks[-1].set(ydata=[y])
        for mark in self._marks:
            self._reading.axes.draw_artist(mark)

    def _forget_reading(self) -> None:
        had = self._index is not None
        self._reading, self._index, self._background, self._marks = None, None, None, ()
        if had:
            self.reading_changed.emit(None, "")

    def _ensure_table(self) -> ChartTable:
        if self._table is None:
            self._table = ChartTable(self)
            self._box.addWidget(self._table)
        return self._table

    def _fill_table(self) -> None:
        if self._table is not None:
            rows = self._plot.table() if self._plot is not None else Table((), ())
            self._table.show_rows(rows, self.accessibleName())


def _canvas(figure: Figure, before_draw: Callable[[], None]) -> FigureCanvasQTAgg:
    """A canvas that asks for a fresh figure right before it draws; made here because its base loads matplotlib."""
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

    class Canvas(FigureCanvasQTAgg):
        def draw(self) -> None:
            before_draw()
            super().draw()  # type: ignore[no-untyped-call]  # matplotlib's canvas has no types

    return Canvas(figure)  # type: ignore[no-untyped-call]  # matplotlib's canvas has no types


def _marks(reading: Reading, style: ChartStyle) -> tuple[Artist, ...]:
    """The animated artists of a reading, the mark on the stop last."""
    at = float(reading.xs[0]) if len(reading) else 0.0
    if reading.cell_px:
        (cell,) = reading.axes.plot(
            [at], [0], "s", markersize=reading.cell_px * 0.75, markerfacecolor="none", markeredgecolor=style.focus,
            markeredgewidth=1.5, animated=True,
        )  # fmt: skip
        return (cell,)
    line = reading.axes.axvline(at, color=style.ink3, linewidth=0.75, animated=True, zorder=8)
    (dot,) = reading.axes.plot(
        [at], [0], "o", markersize=6, markerfacecolor=style.ground, markeredgecolor=style.ink, markeredgewidth=1.3,
        animated=True, zorder=9, clip_on=False,
    )  # fmt: skip
    return (line, dot)
