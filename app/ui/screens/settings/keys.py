"""Passphrase and recovery, as cards at the end of the privacy section."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.domain.errors import LeewardError
from app.services.keys import KeyStatus
from app.ui.context import Context, Toast
from app.ui.screens.keys.change import ChangeSurface, EndSheetSurface
from app.ui.screens.keys.renew import RenewSurface
from app.ui.screens.keys.sheet import SheetSurface
from app.ui.screens.keys.surface import KeysSurface
from app.ui.screens.settings import rows
from app.ui.screens.settings.section import Section
from app.ui.text import full_date, tr, trouble
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.label import Label


class KeysSection(Section):
    """What opens this person's part, and how to change it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        care = context.content.care
        self._change = Button(tr("Change…"), "plain", small=True)
        self._renew = Button(tr("New keys…"), "plain", small=True)
        self._sheet = Button(tr("Make a sheet…"), "plain", small=True)
        self._end = Button(tr("End it…"), "plain", small=True)
        self._passphrase_row = rows.row(tr("Passphrase"), _unknown(), self._change)
        self._sheet_row = rows.row(tr("Recovery sheet"), _unknown(), _beside(self._end, self._sheet))
        self.add(
            rows.card(
                tr("Passphrase and recovery"),
                self._passphrase_row,
                rows.row(care.passphrase.change_known, care.passphrase.change_known_line, self._renew),
                self._sheet_row,
            )
        )
        self._end.hide()
        for button, make in (
            (self._change, partial(ChangeSurface, context)),
            (self._end, partial(EndSheetSurface, context)),
            (self._sheet, partial(SheetSurface, context)),
        ):
            button.clicked.connect(lambda _checked=False, make=make: self._open(make()))
        self._renew.clicked.connect(lambda _checked=False: self._open_renewal())

    @override
    def enter(self) -> None:
        self._context.tasks.run(lambda desk: desk.keys.status(), self._show, self._failed, slot="keys")

    def _show(self, status: KeyStatus) -> None:
        _line(self._passphrase_row).setText(_passphrase_words(status))
        _line(self._sheet_row).setText(_sheet_words(status))
        self._end.setVisible(status.has_code)
        self._sheet.setText(tr("New sheet…") if status.has_code else tr("Make a sheet…"))

    def _failed(self, error: LeewardError) -> None:
        said = trouble(error, self._context.content)
        self._context.shell.toast(Toast(f"{said.title}. {said.safe}"))

    def _open(self, surface: KeysSurface) -> None:
        surface.finished.connect(self.enter)
        self._context.shell.open_over(surface)

    def _open_renewal(self) -> None:
        surface = RenewSurface(self._context)
        surface.sheet_asked.connect(self._sheet_then_lock)
        self._open(surface)

    def _sheet_then_lock(self) -> None:
        """The keys are new already: whichever way the sheet ends, the window locks."""
        sheet = SheetSurface(self._context)
        sheet.finished.connect(partial(self._context.shell.lock, "keys_changed"))
        self._context.shell.open_over(sheet)


def _passphrase_words(status: KeyStatus) -> str:
    if status.passphrase_on is None:
        return tr("Unchanged since the journal was made.")
    return tr("Changed on {date}.").format(date=full_date(status.passphrase_on))


def _sheet_words(status: KeyStatus) -> str:
    if not status.has_code:
        return tr("None. If the passphrase is lost, what you wrote is lost.")
    if status.recovery_on is None:
        return tr("There is one. Making a new one ends it.")
    return tr("Made on {date}. Making a new one ends the old one.").format(date=full_date(status.recovery_on))


def _unknown() -> str:
    """Something to measure the line by until the desk has answered."""
    return "\u2026"


def _line(row: QWidget) -> Label:
    """The explaining line of a row."""
    return row.findChildren(Label)[1]


def _beside(*buttons: Button) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current_hub().theme.space("s"))
    for button in buttons:
        row.addWidget(button)
    return made
