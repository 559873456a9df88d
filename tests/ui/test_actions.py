"""The list of commands: no key twice, nothing in a menu that does not exist."""

from __future__ import annotations

from collections import Counter

from pytestqt.qtbot import QtBot

from app.ui.actions import PAGES, commands, in_menus, key_words, menus, page_words


def test_no_key_stands_for_two_commands(qtbot: QtBot) -> None:
    keys = Counter(key_words(key) for command in commands().values() for key in command.keys)

    assert [key for key, times in keys.items() if times > 1] == []


def test_every_menu_entry_is_a_command_and_every_command_is_in_a_menu() -> None:
    assert in_menus() <= commands().keys()
    assert commands().keys() - in_menus() == set()
    assert [menu for menu, _ in menus()] == ["file", "edit", "view", "go", "help"]


def test_pages_have_their_number_in_the_order_of_the_rail() -> None:
    known = commands()

    assert [known[page].keys[0] for page in PAGES[:-1]] == [f"Ctrl+{n}" for n in range(1, len(PAGES))]
    assert all(page_words(page) for page in PAGES)
