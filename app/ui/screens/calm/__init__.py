"""Calm: breathing, the senses, and the ways out."""

from __future__ import annotations

from app.ui.context import Context, Screen
from app.ui.screens.calm.screen import CalmScreen


def build(context: Context) -> Screen:
    """The page for one session."""
    return CalmScreen(context)
