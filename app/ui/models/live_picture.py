"""The picture of a worksheet beside its form, drawn again as one writes; only where the window has room for both."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea
from typing_extensions import override

from app.domain.fields import Kind
from app.ui.context import Context
from app.ui.models.pictures import picture_of
from app.ui.theme.hub import current_hub
from app.ui.widgets.card import Surface
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.form import Form
from app.ui.widgets.picture import PictureView
from app.ui.widgets.picture_parts import Picture

_LEAST_PX: Final = 340
_MOST_PX: Final = 620
_RESTS_MS: Final = 300


class LivePicture(QObject):
    """Stands at the right of a sheet, and moves the sheet aside for it. It lives as long as the sheet."""

    def __init__(self, ctx: Context, kind: Kind, sheet: DialogSurface, form: Form) -> None:
        super().__init__(sheet)
        self._ctx, self._kind, self._sheet, self._form = ctx, kind, sheet, form
        self._view: PictureView | None = None
        self._moving = False
        self.panel = Surface("card", radius_px=current_hub().theme.radius("dialog"), parent=sheet)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        self.panel.body.addWidget(self._area)
        self.panel.hide()
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_RESTS_MS)
        self._resting.timeout.connect(self.draw)
        form.changed.connect(self._resting.start)
        sheet.surface.installEventFilter(self)

    def draw(self) -> None:
        """Draw what the form holds now; nothing stands there before there is something to draw."""
        picture = picture_of(self._kind, self._form.answers(), self._ctx)
        if picture is not None:
            self._show(picture)
        self._place()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize} and not self._moving:
            self._place()
        elif event.type() is QEvent.Type.Show:
            QTimer.singleShot(0, self, self.draw)
        return False

    def _show(self, picture: Picture) -> None:
        if self._view is None:
            self._view = PictureView(picture)
            self._area.setWidget(self._view)
            self._view.setAutoFillBackground(False)
        elif self._view.picture != picture:
            self._view.show_picture(picture)

    def _place(self) -> None:
        theme, sheet = current_hub().theme, self._sheet
        dialog, gap = sheet.surface.geometry(), theme.space("l")
        room = sheet.width() - dialog.width() - 3 * gap
        if self._view is None or room < theme.px(_LEAST_PX):
            self.panel.hide()
            return
        wide = min(room, theme.px(_MOST_PX))
        left = (sheet.width() - dialog.width() - gap - wide) // 2
        self._moving = True
        sheet.surface.move(left, dialog.top())
        self._moving = False
        inner = wide - 2 * theme.space("card_pad_x") - self._area.verticalScrollBar().sizeHint().width()
        self._view.set_room(float(inner))
        tall = self._view.wanted().height() + 2 * theme.space("card_pad_y") + 4
        most = sheet.height() - dialog.top() - gap
        self.panel.setGeometry(left + dialog.width() + gap, dialog.top(), wide, min(tall, most))
        self.panel.show()
        self.panel.raise_()
