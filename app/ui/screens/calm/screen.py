"""Calm as a page of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.screens.calm.view import CalmView
from app.ui.text import tr


class CalmScreen:
    """See `Screen`. Leaving drops everything that was typed."""

    def __init__(self, context: Context) -> None:
        shell = context.shell
        self._view = CalmView(context.content.calm, shell.back, shell.log_trigger, lambda: shell.help("safety"))

    @property
    def title(self) -> str:
        """See `Screen.title`."""
        return tr("Calm")

    def widget(self) -> QWidget:
        """See `Screen.widget`."""
        return self._view

    def enter(self, target: str | None) -> None:
        """See `Screen.enter`. The circle has the keyboard at first; there are no targets."""
        del target
        self._view.begin()

    def leave(self) -> None:
        """See `Screen.leave`."""
        self._view.forget()
