"""Rituals: a month of days, the curve of one ritual, and when it is."""

from __future__ import annotations

from app.ui.context import Context, Screen
from app.ui.screens.rituals.screen import RitualsScreen


def build(ctx: Context) -> Screen:
    """The page for one session."""
    return RitualsScreen(ctx)
