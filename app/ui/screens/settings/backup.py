"""Backup and moving: where copies are, whether they open, and how to get one back."""

from __future__ import annotations

from app.ui.context import Context
from app.ui.screens.settings.section import Section


class BackupSection(Section):
    """Copies of the journal, checks of the live one, and how to take it away for good."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
