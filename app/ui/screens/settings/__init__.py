"""Settings: privacy and lock, appearance, language, keyboard, safety."""

from __future__ import annotations

from app.ui.context import Context, Screen
from app.ui.screens.settings.screen import SettingsScreen


def build(context: Context) -> Screen:
    """The page for one session."""
    return SettingsScreen(context)
