"""Journal: everything that was written, by day, searchable."""

from __future__ import annotations

from app.ui.context import Context, Screen
from app.ui.screens.journal.screen import JournalScreen


def build(ctx: Context) -> Screen:
    """The page of one session."""
    return JournalScreen(ctx)
