"""A worksheet's picture with everything one does with it: larger, smaller, read out in sentences, printed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui import text
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.label import Label
from app.ui.widgets.picture import LARGEST, SMALLEST, PictureView
from app.ui.widgets.picture_parts import Picture
from app.ui.widgets.text_link import TextLink

_MOST_PX: Final = 900
"""How high the picture may stand before it scrolls by itself, at 100 %."""


class PictureFrame(QWidget):
    """The picture in a window of its own width; what is larger than that scrolls."""

    print_asked = Signal()
    """Emitted when it should go to paper."""

    def __init__(self, picture: Picture, *, printable: bool = True, folded: bool = False) -> None:
        super().__init__()
        self._hub = current_hub()
        self.view = PictureView(picture)
        self._fold = TextLink(tr("Picture"), icon="caret-down")
        self.smaller = IconButton("minus", tr("Smaller"))
        self.larger = IconButton("plus", tr("Larger"))
        self.usual = Button(_percent(1.0), "quiet", small=True)
        self.usual.setToolTip(tr("Usual size"))
        self.aloud = Button(tr("In sentences"), "quiet", small=True)
        self.aloud.setCheckable(True)
        self.print = Button(tr("Print…"), "quiet", icon="printer", small=True)
        self._told = Label(picture.told(), "body", "ink2")
        self._told.hide()
        self._area = QScrollArea()
        self._assemble()
        self.print.setVisible(printable)
        self._connect()
        self._unfolded = not folded
        self._show_folded()

    @property
    def unfolded(self) -> bool:
        """Whether the picture is shown."""
        return self._unfolded

    def show_picture(self, picture: Picture) -> None:
        """Draw another one in the same place."""
        self.view.show_picture(picture)
        self._told.setText(picture.told())
        self._follow()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._follow()
        return False

    def _assemble(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(2)
        bar.addWidget(self._fold)
        bar.addStretch(1)
        for part in (self.smaller, self.usual, self.larger, self.aloud, self.print):
            bar.addWidget(part)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._area.setWidget(self.view)
        self.view.setAutoFillBackground(False)
        self._area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(bar)
        column.addWidget(self._area)
        column.addWidget(self._told)

    def _connect(self) -> None:
        self.smaller.clicked.connect(lambda _checked=False: self.view.step(-1))
        self.larger.clicked.connect(lambda _checked=False: self.view.step(1))
        self.usual.clicked.connect(lambda _checked=False: self.view.step(0))
        self.aloud.toggled.connect(self._told.setVisible)
        self.print.clicked.connect(lambda _checked=False: self.print_asked.emit())
        self._fold.clicked.connect(self._turn)
        self.view.zoomed.connect(self._say_zoom)
        self.view.installEventFilter(self)
        self._hub.changed.connect(self._fit)

    def _turn(self, _checked: bool = False) -> None:
        self._unfolded = not self._unfolded
        self._show_folded()

    def _show_folded(self) -> None:
        self._fold.set_icon_name("caret-down" if self._unfolded else "caret-right")
        self._fold.setAccessibleDescription(tr("shown") if self._unfolded else tr("folded away"))
        for part in (self._area, self.smaller, self.usual, self.larger):
            part.setVisible(self._unfolded)
        self._fit()

    def _say_zoom(self, zoom: float) -> None:
        self.usual.setText(_percent(zoom))
        self.smaller.setEnabled(zoom > SMALLEST)
        self.larger.setEnabled(zoom < LARGEST)
        self._follow()

    def _fit(self) -> None:
        """Lay the picture out for the width there is; zooming does not lay it out anew."""
        self.view.set_room(float(self.width()))
        self._follow()

    def _follow(self) -> None:
        wide = self.view.wanted()
        bar = self._area.horizontalScrollBar().sizeHint().height() if wide.width() > self.width() else 0
        most = self._hub.theme.px(_MOST_PX)
        self._area.setFixedHeight(min(most, wide.height()) + bar + 2)


def _percent(part: float) -> str:
    return tr("{n} %").format(n=text.number(part * 100))
