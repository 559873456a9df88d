"""Injuries: threads, each with its path, its story and what hangs on it."""

from __future__ import annotations

from app.ui.context import Context, Screen
from app.ui.screens.injuries.screen import InjuriesScreen


def build(ctx: Context) -> Screen:
    """The page of one session."""
    return InjuriesScreen(ctx)
