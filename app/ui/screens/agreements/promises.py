"""Where the plan of action joins the page: its rows stand below the boundaries, its own pane opens one."""

from __future__ import annotations

from app.services.agreement_rows import Row
from app.services.desk import Desk
from app.services.own_promises import EVENT, NOTICED, PROMISE
from app.ui.context import Context
from app.ui.screens.agreements.commitment_detail import CommitmentPane
from app.ui.screens.agreements.commitment_presenter import CommitmentPresenter


def promise_kinds() -> frozenset[str]:
    """What the rows of promises are made from."""
    return frozenset({PROMISE, EVENT, NOTICED})


def promise_rows(desk: Desk) -> tuple[Row, ...]:
    """The promises as rows."""
    return desk.commitments.rows()


def promise_pane(ctx: Context) -> CommitmentPane:
    """The pane that opens a promise; it follows the states of the page."""
    return CommitmentPane(CommitmentPresenter(ctx))
