"""The door to the page for two: who may open it, the second passphrase, and what each lets be seen."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.ui.context import Context
from app.ui.screens.together_door.door import Door


def build(ctx: Context, parent: QObject | None = None) -> Door:
    """The door for one unlocked session."""
    return Door(ctx, parent)
