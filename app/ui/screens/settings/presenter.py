"""Applies each choice at once and offers to take it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.errors import LeewardError
from app.services import choices
from app.services.choices import Choices
from app.ui.context import Context, Toast
from app.ui.screens.settings.state import SECTIONS, SettingsState
from app.ui.text import tr, trouble

if TYPE_CHECKING:
    from app.services.desk import Desk


class SettingsPresenter(QObject):
    """`state(SettingsState)` after every change, wherever it came from."""

    state = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown = SettingsState(context.looks.chosen, Choices(), context.partner or "")
        context.looks.changed.connect(self._looks_changed)

    def load(self, section: str | None = None) -> None:
        """Ask what is stored, perhaps to show one section."""
        if section in SECTIONS:
            self._show(replace(self._shown, section=section))

        def read(desk: Desk) -> tuple[Choices, str]:
            return choices.load(desk.session), desk.session.partner or ""

        self._context.tasks.run(read, self._loaded, self._failed, slot="settings")

    def show_section(self, section: str) -> None:
        """Show another section."""
        self._show(replace(self._shown, section=section))

    def choose(self, **changed: object) -> None:
        """Set privacy choices by their names in `Choices`."""
        before = self._shown.choices
        wanted = msgspec.structs.replace(before, **changed)
        if wanted != before:
            self._store(wanted, before)

    def name_partner(self, name: str) -> None:
        """Choose, change or (with nothing) drop the other person's name."""
        before, wanted = self._shown.partner, name.strip()
        if wanted == before:
            return

        def write(desk: Desk) -> str:
            desk.session.name_partner(wanted)
            return wanted

        def done(kept: str) -> None:
            self._show(replace(self._shown, partner=kept))
            self._context.bus.renamed.emit(kept)
            self._say(tr("Saved, only for you."), lambda: self.name_partner(before))

        self._context.tasks.run(write, done, self._failed)

    def lock(self) -> None:
        """Lock now."""
        self._context.shell.lock()

    def show_help(self, page: str) -> None:
        """Open a page of the Help menu."""
        self._context.shell.help(page)

    def _store(self, wanted: Choices, before: Choices) -> None:
        def done(kept: Choices) -> None:
            self._show(replace(self._shown, choices=kept))
            self._context.bus.chosen.emit(kept)
            self._say(tr("Saved, only for you."), lambda: self._store(before, wanted))

        self._context.tasks.run(lambda desk: choices.store(desk.session, wanted), done, self._failed)

    def _say(self, words: str, undo: Callable[[], None]) -> None:
        self._context.shell.toast(Toast(words, tr("Undo"), undo))

    def _loaded(self, found: tuple[Choices, str]) -> None:
        kept, partner = found
        self._show(replace(self._shown, choices=kept, partner=partner))

    def _failed(self, error: LeewardError) -> None:
        said = trouble(error, self._context.content)
        self._context.shell.toast(Toast(f"{said.title}. {said.safe}"))
        self.state.emit(self._shown)

    def _looks_changed(self) -> None:
        self._show(replace(self._shown, looks=self._context.looks.chosen))

    def _show(self, state: SettingsState) -> None:
        self._shown = state
        self.state.emit(state)
