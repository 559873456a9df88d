"""Trends: felt safety over months, five small charts, the year; one plain sentence each."""

from __future__ import annotations

from app.ui.context import Context, Screen
from app.ui.screens.trends.screen import TrendsScreen


def build(ctx: Context) -> Screen:
    """The page for one session."""
    return TrendsScreen(ctx)
