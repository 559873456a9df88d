"""The menu strip and the rail, made from the list of commands, and the small menus that open from the rail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QTextEdit, QWidget

from app.ui.actions import PAGES, SEPARATOR, commands, menu_words, menus, page_words
from app.ui.text import tr
from app.ui.widgets.menu_strip import MenuStrip
from app.ui.widgets.nav_rail import NavItem, NavRail


def strip() -> MenuStrip:
    """The strip above everything, its menus still empty."""
    keys = commands()
    return MenuStrip(
        promise=tr("On this computer only"),
        veil=tr("Veil"),
        veil_key=keys["veil"].shown_key,
        lock=tr("Lock"),
        lock_key=keys["lock"].shown_key,
    )


def rail() -> NavRail:
    """The pages of this release in their groups."""
    keys = commands()
    items = {name: NavItem(name, page_words(name), name, keys[name].shown_key) for name in PAGES}
    named = (("today", "journal"), ("injuries", "agreements", "rituals", "repair"), ("trends", "together", "summary"))
    groups = [[items[name] for name in group] for group in named]
    return NavRail(groups, [items["settings"]], name=tr("Pages"), menu_words=tr("All pages"))


def fill_strip(strip: MenuStrip, actions: Mapping[str, QAction]) -> None:
    """One menu after the other; a command without an action is left out, and so is a menu without commands."""
    for menu_id, names in menus():
        known = [name for name in names if name == SEPARATOR or name in actions]
        if any(name != SEPARATOR for name in known):
            _fill(strip.add_menu(menu_words(menu_id)), known, actions)


def popup(owner: QWidget, names: Sequence[str], actions: Mapping[str, QAction], at: QPoint) -> QMenu:
    """A small menu at a point of the screen; it deletes itself."""
    menu = QMenu(owner)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _fill(menu, [name for name in names if name == SEPARATOR or name in actions], actions)
    menu.popup(at)
    return menu


def _fill(menu: QMenu, names: Sequence[str], actions: Mapping[str, QAction]) -> None:
    for name in names:
        if name == SEPARATOR:
            menu.addSeparator()
        else:
            menu.addAction(actions[name])


class EditCommands:
    """Undo, cut, copy and paste for whatever field has the keyboard."""

    def undo(self) -> bool:
        """Take the last typing back. False where no field has the keyboard."""
        if (field := _field()) is not None:
            field.undo()
        return field is not None

    def redo(self) -> bool:
        """Do it again; as `undo`."""
        if (field := _field()) is not None:
            field.redo()
        return field is not None

    def cut(self) -> None:
        """Move the selection to the clipboard."""
        if (field := _field()) is not None:
            field.cut()

    def copy(self) -> None:
        """Copy the selection."""
        if (field := _field()) is not None:
            field.copy()

    def paste(self) -> None:
        """Insert what the clipboard holds."""
        if (field := _field()) is not None:
            field.paste()

    def select_all(self) -> None:
        """Select everything in the field."""
        if (field := _field()) is not None:
            field.selectAll()


def _field() -> QLineEdit | QTextEdit | None:
    focused = QApplication.focusWidget()
    return focused if isinstance(focused, QLineEdit | QTextEdit) else None
