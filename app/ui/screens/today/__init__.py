"""Today: the day first, the past by choice."""

from __future__ import annotations

from app.ui.context import Context, Screen
from app.ui.screens.today.screen import TodayScreen


def build(ctx: Context) -> Screen:
    """The Today page."""
    return TodayScreen(ctx)
