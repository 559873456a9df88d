"""One quiet line on Today: the recovery sheet somebody wished to be reminded of. Once it is closed it never returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.context import Context
from app.ui.text import tr
from app.ui.widgets.notes import Banner

if TYPE_CHECKING:
    from app.services.desk import Desk


class SheetNotice(QWidget):
    """Asks the desk whenever the page is shown; takes no room while there is nothing to say."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        words = ctx.content.care.recovery
        self.banner = Banner(words.reminder, icon="key", action=tr("Make a sheet…"), close_words=tr("Do not remind me"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.banner)
        self.banner.acted.connect(self._make)
        self.banner.closed.connect(self._forget)
        self.hide()

    def look(self) -> None:
        """See whether the day has come."""
        self._ctx.tasks.run(_is_due, self.setVisible, slot="sheet-reminder")

    def _make(self) -> None:
        from app.ui.screens.keys.sheet import SheetSurface  # many kinds of field, for a button that is rarely pressed

        self._forget()
        self._ctx.shell.open_over(SheetSurface(self._ctx))

    def _forget(self) -> None:
        self.hide()
        self._ctx.tasks.run(_forgotten, _nothing)


def _is_due(desk: Desk) -> bool:
    return desk.keys.sheet_reminder_due()


def _forgotten(desk: Desk) -> None:
    desk.keys.forget_sheet_reminder()


def _nothing(_none: None) -> None:
    """Nothing is shown for it."""
