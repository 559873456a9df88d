"""Every command of the window once: its id, words, keys, icon and menu. Menus, help page and buttons read it here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.ui.text import tr
from app.ui.theme.icons import icon

PAGES: Final = (
    "today", "journal", "injuries", "agreements", "rituals", "repair", "trends", "together", "summary", "settings",
)  # fmt: skip
"""The pages of this release in the order of the rail; Ctrl+1 is the first. Settings stands apart, at Ctrl+comma."""
FOR_TWO: Final = frozenset({"together"})
"""Pages that have no place in a journal of one."""

SEPARATOR: Final = ""
_MENUS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("file", ("trigger", "moment", "new", SEPARATOR, "lock", "quit")),
    ("edit", ("undo", "redo", SEPARATOR, "cut", "copy", "paste", "select_all", SEPARATOR, "search")),
    ("view", ("veil", SEPARATOR, "text_larger", "text_smaller", "text_normal", SEPARATOR, "light", "dark", "system")),
    ("go", (*PAGES[:-1], SEPARATOR, "calm", "settings", SEPARATOR, "back", "next_pane", "previous_pane")),
    ("help", ("help", "limits", "safety")),
)


class _Labels:
    """Which of two names the window uses: one window, one way of naming."""

    plain = False


def use_plain_labels(plain: bool) -> None:  # as `use_twelve_hours`
    """Name the page and the button that say most about this journal in words that say less."""
    _Labels.plain = plain


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the window can do. `keys` are portable key names, the first one is shown."""

    id: str
    words: str
    keys: tuple[str, ...] = ()
    icon: str = ""

    @property
    def shown_key(self) -> str:
        """The first key as this system writes it, or nothing."""
        return key_words(self.keys[0]) if self.keys else ""


def key_words(key: str) -> str:
    """A key as this system writes it: "Ctrl+T", "⌘T"."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def page_words(page: str) -> str:
    """A page's name in the rail, the menus and the header."""
    return {
        "today": tr("Today"),
        "journal": tr("Journal"),
        "injuries": tr("Threads") if _Labels.plain else tr("Injuries"),
        "agreements": tr("Agreements"),
        "rituals": tr("Rituals"),
        "repair": tr("Repair"),
        "trends": tr("Trends"),
        "together": tr("Together"),
        "summary": tr("Summary"),
        "settings": tr("Settings"),
    }[page]


def menu_words(menu: str) -> str:
    """A menu's name."""
    return {
        "file": tr("File"),
        "edit": tr("Edit"),
        "view": tr("View"),
        "go": tr("Go"),
        "help": tr("Help"),
    }[menu]


def commands() -> dict[str, Command]:
    """Every command by its id, in the language of the window."""
    pages = [
        Command(page, page_words(page), (f"Ctrl+{number}",), page) for number, page in enumerate(PAGES[:-1], start=1)
    ]
    listed = [
        Command("trigger", tr("Quick note") if _Labels.plain else tr("Log a trigger"), ("Ctrl+T",), "trigger"),
        Command("moment", tr("Note a moment"), ("Ctrl+M",), "leaf"),
        Command("new", tr("New on this page"), ("Ctrl+N",), "plus"),
        Command("calm", tr("Calm"), ("Ctrl+G",), "calm"),
        Command("lock", tr("Lock now"), ("Ctrl+L",), "lock"),
        Command("quit", tr("Close Leeward"), ("Ctrl+Q",)),
        Command("undo", tr("Undo"), ("Ctrl+Z",)),
        Command("redo", tr("Redo"), ("Ctrl+Shift+Z",)),
        Command("cut", tr("Cut"), ("Ctrl+X",)),
        Command("copy", tr("Copy"), ("Ctrl+C",)),
        Command("paste", tr("Paste"), ("Ctrl+V",)),
        Command("select_all", tr("Select all"), ("Ctrl+A",)),
        Command("search", tr("Search the journal"), ("Ctrl+K",), "magnifying-glass"),
        Command("veil", tr("Veil the window"), ("F8", "Ctrl+Shift+L"), "veil"),
        Command("text_larger", tr("Larger text"), ("Ctrl++", "Ctrl+=")),
        Command("text_smaller", tr("Smaller text"), ("Ctrl+-",)),
        Command("text_normal", tr("Text at 100 %"), ("Ctrl+0",)),
        Command("light", tr("Light")),
        Command("dark", tr("Dark")),
        Command("system", tr("Follow the system")),
        *pages,
        Command("settings", tr("Settings"), ("Ctrl+,",), "settings"),
        Command("back", tr("Back to the page before"), ("Alt+Left",)),
        Command("next_pane", tr("Next part of the window"), ("F6",)),
        Command("previous_pane", tr("Previous part of the window"), ("Shift+F6",)),
        Command("help", tr("Keys and help"), ("F1",), "lifebuoy"),
        Command("limits", tr("What Leeward cannot do")),
        Command("safety", tr("If being together is not safe"), (), "shield"),
    ]
    return {command.id: command for command in listed}


def menus() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each menu's id with the ids of its commands in order; `SEPARATOR` stands for a line."""
    yield from _MENUS


def in_menus() -> frozenset[str]:
    """Every command that some menu holds."""
    return frozenset(name for _, names in _MENUS for name in names if name != SEPARATOR)


def make_actions(
    owner: QWidget, handlers: Mapping[str, Callable[[], None]], *, own_keys: frozenset[str] = frozenset()
) -> dict[str, QAction]:
    """QActions of `owner` for every command that has a handler, with their keys active in its window.

    `own_keys` are commands whose keys text fields handle themselves: the action only names them.
    """
    made: dict[str, QAction] = {}
    for name, command in commands().items():
        handler = handlers.get(name)
        if handler is None:
            continue
        action = QAction(command.words, owner)
        if command.icon:
            action.setIcon(icon(command.icon))
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        action.triggered.connect(lambda _checked=False, run=handler: run())
        if name not in own_keys:
            owner.addAction(action)
        made[name] = action
    return made
