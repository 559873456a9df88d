"""Together: what two people look at side by side while both are here."""

from __future__ import annotations

from app.ui.context import Context, Screen
from app.ui.screens.together.screen import TogetherScreen


def build(ctx: Context) -> Screen:
    """The page for one session."""
    return TogetherScreen(ctx)
