"""Passphrase and recovery, as cards at the end of the privacy section."""

from __future__ import annotations

from app.ui.context import Context
from app.ui.screens.settings.section import Section


class KeysSection(Section):
    """What opens this person's part, and how to change it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
