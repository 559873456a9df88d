"""Where the plan of action joins the page: its rows stand below the boundaries, its own pane opens one."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.services.agreement_rows import Row
from app.services.desk import Desk
from app.ui.context import Context

PROMISE: Final = "commitment"


def promise_kinds() -> frozenset[str]:
    """What the rows of promises are made from."""
    return frozenset()


def promise_rows(desk: Desk) -> tuple[Row, ...]:  # noqa: ARG001  # what the plan of action asks of the desk
    """The promises as rows; their service joins here."""
    return ()


def promise_pane(ctx: Context) -> QWidget | None:  # noqa: ARG001  # what the pane is built with
    """The pane that opens a promise."""
    return None
