"""The recovery sheet a person wished for while the journal was being made: begun at once, or on the third day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.context import Context
from app.ui.sheet_wish import SheetWish

if TYPE_CHECKING:
    from app.services.desk import Desk


def begin_sheet(context: Context, wish: SheetWish) -> None:
    """Do what was wished. Somebody who begins now and stops half way is reminded like one who chose later."""
    if wish is SheetWish.NONE:
        return
    context.tasks.run(_remind, _nothing)
    if wish is SheetWish.NOW:
        from app.ui.screens.keys.sheet import SheetSurface

        context.shell.open_over(SheetSurface(context))


def _remind(desk: Desk) -> None:
    desk.keys.remind_of_sheet()


def _nothing(_none: None) -> None:
    """Nothing is shown for it."""
