"""One added file, shown inside the program: a picture, pages, or sound. No other program ever gets it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.domain.errors import LeewardError
from app.domain.kinds.attachment import ALT_LIMIT
from app.services.attachments import Added
from app.ui import text
from app.ui.context import Context
from app.ui.screens.attachments.showing import PagesShown, PictureShown, Shown, SoundShown
from app.ui.screens.attachments.wording import about, kept_as, refused
from app.ui.text import tr
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.fields import Field
from app.ui.widgets.label import Label
from app.ui.widgets.notes import Banner
from app.ui.widgets.viewer_canvas import LARGEST

_WIDEST_PX = 1100


class ViewerSurface(DialogSurface):
    """Large over the page. Esc closes; + − 0 zoom, arrows move, Page Up and Page Down turn pages."""

    def __init__(self, ctx: Context, added: Added, described: Callable[[], None]) -> None:
        super().__init__(ctx.shell.ground(), added.name, close_words=tr("Close"), caption=about(added))
        self._ctx, self.added, self._described = ctx, added, described
        self._banner = Banner("", tone="care")
        self._banner.hide()
        self.shown = self._made()
        self.words = Field(name=tr("In words: what it shows, for whoever cannot see or hear it"))
        asked = Label(tr("In words: what it shows, for whoever cannot see or hear it"), "caption", "ink3")
        self.words.setMaxLength(ALT_LIMIT)
        self.words.setText(added.alt)
        self.words.setReadOnly(not added.yours)
        self.body.addWidget(self._banner)
        self.body.addWidget(self.shown, 1)
        self.body.addWidget(asked)
        self.body.addWidget(self.words)
        for part in (asked, self.words):
            part.setVisible(added.yours or bool(added.alt))
        self.body.addWidget(Label(kept_as(added), "caption", "ink3"))
        self._assemble()
        self.dismissed.connect(self.leave)
        self.finished.connect(self.shown.let_go)
        ctx.bus.locking.connect(self.shown.let_go)
        self.shown.load()

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first or self.shown.goal())

    def leave(self) -> None:
        """Keep the words, and close."""
        words, added = self.words.text().strip(), self.added
        if added.yours and words != added.alt:
            described = self._described
            self._ctx.tasks.run(
                lambda desk: desk.attachments.describe(added.id, words), lambda _none: described(), self.refuse
            )
        self.close_surface()

    def refuse(self, error: LeewardError) -> None:
        """Say why it cannot be shown."""
        self._banner.say(refused(error, "", self._ctx.content))
        self._banner.show()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        turns = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
        key = Qt.Key(event.key())
        if key in turns:
            self.shown.turn(turns[key])
            event.accept()
        elif key in zooms:
            self.shown.zoom(zooms[key])
            event.accept()
        else:
            super().keyPressEvent(event)

    def _made(self) -> Shown:
        if self.added.sort == "image":
            return PictureShown(self._ctx, self.added, self.refuse)
        if self.added.sort == "pages":
            return PagesShown(self._ctx, self.added, self.refuse)
        return SoundShown(self._ctx, self.added, self.refuse)

    def _assemble(self) -> None:
        if self.added.sort != "sound":
            self.footer.addLayout(self._zooms())
        self.footer.addStretch(1)
        if self.added.sort == "pages":
            self.footer.addLayout(self._turns())
            self.footer.addStretch(1)
        done = Button(tr("Close"), "plain")
        done.clicked.connect(lambda _checked=False: self.leave())
        self.footer.addWidget(done)

    def _zooms(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        smaller, larger = IconButton("minus", tr("Smaller")), IconButton("plus", tr("Larger"))
        fit = Button(tr("Fit"), "quiet", small=True)
        fit.setToolTip(tr("Show all of it"))
        for part, step in ((smaller, -1), (fit, 0), (larger, 1)):
            part.clicked.connect(lambda _checked=False, step=step: self.shown.zoom(step))
            row.addWidget(part)

        def look(zoom: float) -> None:
            smaller.setEnabled(zoom > 1)
            larger.setEnabled(zoom < LARGEST)

        self.shown.zoomed.connect(look)
        look(1.0)
        return row

    def _turns(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._hub.theme.px(4))
        before, after = IconButton("caret-left", tr("The page before")), IconButton("caret-right", tr("The next page"))
        where = Label("", "small", "ink2")
        before.clicked.connect(lambda _checked=False: self.shown.turn(-1))
        after.clicked.connect(lambda _checked=False: self.shown.turn(1))
        for part in (before, where, after):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)

        def look(number: int, count: int) -> None:
            before.setEnabled(number > 0)
            after.setEnabled(number + 1 < count)
            where.setText(tr("Page {n} of {count}").format(n=text.number(number + 1), count=text.number(count)))

        self.shown.turned.connect(look)
        look(0, max(1, self.added.pages))
        return row

    @override
    def _place(self) -> None:
        """As large as the page allows: what is looked at closely needs the room."""
        ground, theme = self._ground, self._hub.theme
        self.setGeometry(ground.rect())
        gap = theme.space("l")
        wide = min(theme.px(_WIDEST_PX), ground.width() - 2 * gap)
        high = ground.height() - 2 * gap
        if self.added.sort == "sound":
            wide, high = min(wide, theme.size("dialog_max_w")), min(high, theme.px(300))
        self.surface.setGeometry((ground.width() - wide) // 2, (ground.height() - high) // 2, wide, high)


def open_viewer(ctx: Context, added: Added, described: Callable[[], None]) -> None:
    """Show an added file over the page; `described` is called once other words were kept for it."""
    surface = ViewerSurface(ctx, added, described)
    ctx.shell.open_over(surface)
    QTimer.singleShot(0, surface, surface.shown.settle)
