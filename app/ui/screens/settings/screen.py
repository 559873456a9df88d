"""The settings as a page of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.screens.settings.presenter import SettingsPresenter
from app.ui.screens.settings.view import SettingsView
from app.ui.text import tr


class SettingsScreen:
    """See `Screen`. A target is the name of a section."""

    def __init__(self, context: Context) -> None:
        self._presenter = SettingsPresenter(context)
        self._view = SettingsView(self._presenter, context)
        self._presenter.setParent(self._view)

    @property
    def title(self) -> str:
        """See `Screen.title`."""
        return tr("Settings")

    def widget(self) -> QWidget:
        """See `Screen.widget`."""
        return self._view

    def enter(self, target: str | None) -> None:
        """See `Screen.enter`."""
        self._presenter.load(target)
        self._view.focus_first()

    def leave(self) -> None:
        """See `Screen.leave`. Every choice is stored already."""
