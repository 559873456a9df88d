"""The four-weekly look: a letter about what was written, what one adds to it, the letters before."""

from __future__ import annotations

from app.ui.context import Context, Screen
from app.ui.screens.review.screen import ReviewScreen


def build(ctx: Context) -> Screen:
    """The page for one session."""
    return ReviewScreen(ctx)
