"""One line on Today in the two weeks after a four-weekly look is due; put aside, it stays away for that look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.records import Changes
from app.services.reviews import KIND
from app.ui.context import Context, Toast
from app.ui.text import tr
from app.ui.widgets.notes import Banner

if TYPE_CHECKING:
    from app.services.desk import Desk


class ReviewNotice(QWidget):
    """Asks the desk whenever the page is shown; takes no room while there is nothing to look at."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._day: int | None = None
        self.banner = Banner(
            tr("Four more weeks can be looked at, if you like."),
            icon="trends",
            action=tr("Read the letter"),
            close_words=tr("Not this time"),
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.banner)
        self.banner.acted.connect(lambda: ctx.shell.go("review"))
        self.banner.closed.connect(self._put_aside)
        ctx.bus.changed.connect(self._changed)
        self.hide()

    def look(self) -> None:
        """See whether a look is due."""
        today = self._ctx.now().date().toordinal()
        self._ctx.tasks.run(lambda desk: desk.reviews.due(today), self._show, slot="today-review")

    def _show(self, day: int | None) -> None:
        self._day = day
        self.banner.setVisible(day is not None)
        self.setVisible(day is not None)

    def _put_aside(self) -> None:
        day, ctx = self._day, self._ctx
        if day is None:
            return

        def again() -> None:
            ctx.tasks.run(_offer_again, lambda _none: self.look())

        def done(_none: object) -> None:
            self.look()
            ctx.shell.toast(Toast(tr("Let be. Trends leads there whenever you like."), tr("Undo"), again))

        ctx.tasks.run(lambda desk: desk.reviews.not_now(day), done)

    def _changed(self, changes: Changes) -> None:
        if KIND in changes.kinds:
            self.look()


def _offer_again(desk: Desk) -> None:
    desk.reviews.offer_again()
