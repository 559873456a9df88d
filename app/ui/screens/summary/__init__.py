"""Summary: what goes to a session, its exact pages, and the sealed file."""

from __future__ import annotations

from app.ui.context import Context, Screen
from app.ui.screens.summary.screen import SummaryScreen


def build(ctx: Context) -> Screen:
    """The page for one session."""
    return SummaryScreen(ctx)
