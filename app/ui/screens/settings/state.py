"""What the settings page shows."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.choices import Choices
from app.services.preferences import Preferences

SECTIONS = ("privacy", "appearance", "reminders", "people", "language", "backup", "keyboard", "about")


@dataclass(frozen=True, slots=True)
class SettingsState:
    """Everything that can be chosen now. `partner` is empty in a journal of one; `folder` is where it lives."""

    looks: Preferences
    choices: Choices
    partner: str
    section: str = SECTIONS[0]
