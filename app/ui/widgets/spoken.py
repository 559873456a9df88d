"""What painted widgets are for assistive technology: a role and a value where Qt would see an empty area.

Qt asks the factory below for an interface the first time a screen reader meets a widget, so none of this costs
anything while no screen reader runs. Names and descriptions come from the widget itself.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from typing_extensions import override

_installed: list[bool] = []


@runtime_checkable
class Spoken(Protocol):
    """A widget that says what it is."""

    spoken_role: QAccessible.Role

    def spoken_value(self) -> str:
        """The value as text."""


class SpokenInterface(QAccessibleWidget):
    """The interface of one painted widget."""

    def __init__(self, widget: QWidget, said: Spoken) -> None:
        super().__init__(widget, said.spoken_role)
        self._said = said

    @override
    def text(self, t: QAccessible.Text) -> str:
        return self._said.spoken_value() if t is QAccessible.Text.Value else super().text(t)


def _make(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    if isinstance(thing, QWidget) and isinstance(thing, Spoken):
        return SpokenInterface(thing, thing)
    return None


def install() -> None:
    """Offer these interfaces to Qt; once is enough for the process."""
    if not _installed:
        QAccessible.installFactory(_make)
        _installed.append(True)
