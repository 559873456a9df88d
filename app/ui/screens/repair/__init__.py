"""Repair: the gallery of practices, and one of them opened."""

from __future__ import annotations

from app.ui.context import Context, Screen
from app.ui.screens.repair.screen import RepairScreen


def build(context: Context) -> Screen:
    """The page for one session."""
    return RepairScreen(context)
