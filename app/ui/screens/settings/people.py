"""People and sharing: who writes in this journal, and what two of them have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.screens.settings import rows
from app.ui.screens.settings.section import Section
from app.ui.text import tr


class PeopleSection(Section):
    """The other person's name, and the shared space."""

    def __init__(self, context: Context, name_row: QWidget) -> None:
        super().__init__(rows.card(tr("Who it is for"), name_row))
        self._context = context
