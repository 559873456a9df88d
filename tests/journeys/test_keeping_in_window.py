"""Copies, checks, going back, erasing: what Settings offers to keep a journal and to end it, in the real window."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.services import vaults
from app.ui.screens.backups.surfaces import EraseSurface
from tests.fixtures.session import EVENING
from tests.journeys.hands import FIRST, LATER, PHRASE, Hands, journal_with_a_copy


@pytest.fixture
def vault(program: object, tmp_path: Path) -> Path:
    """A journal with one copy, and a line that was written after it."""
    return journal_with_a_copy(tmp_path / "vault")


def _titles(hands: Hands) -> str:
    return str(hands.asked(lambda desk: [entry.title for entry in desk.journal.page().entries]))


def test_a_check_is_stopped_and_then_done(hands: Hands, vault: Path) -> None:
    hands.unlocks()
    hands.settings("backup")
    hands.sees("Check the journal")
    hands.picture("backup")
    hands.press("Check")
    hands.press("Stop")
    hands.sees("Stopped. Nothing was changed.")
    hands.press("Check")
    hands.sees("Everything is whole")
    assert hands.focused().property("text") == "Check", "never by itself on the button that erases"
    hands.picture("checked")
    hands.press("Try it")
    hands.sees("It opens and is whole")


def test_damage_is_found_and_a_copy_put_back_from_inside(hands: Hands, vault: Path) -> None:
    hands.unlocks()
    assert LATER in _titles(hands)
    hands.settings("backup")
    hands.press("Go back to the copy: Today, 19:30")
    hands.picture("going-back")
    hands.press("Stay here")
    hands.press("Go back to the copy: Today, 19:30")
    hands.press("Go back to it")
    hands.program.wait(lambda: hands.program.quits == 1)
    hands.unlocks()
    assert FIRST in _titles(hands)
    assert LATER not in _titles(hands)
    hands.settings("backup")
    hands.sees("Your file as it was before")
    (kept,) = [name for name in hands.buttons() if name.startswith("Go back to the copy: Set aside")]
    hands.press(kept)
    hands.press("Go back to it")
    hands.program.wait(lambda: hands.program.quits == 2)
    hands.unlocks()
    assert LATER in _titles(hands), "what was set aside comes back whole"


def _asks_to_erase(hands: Hands, phrase: str, word: str) -> EraseSurface:
    hands.press("Erase my part…")
    surface = hands.top()
    assert isinstance(surface, EraseSurface)
    hands.type_into("Your passphrase", phrase)
    hands.type_into(surface.word.accessibleName(), word)
    return surface


def test_erasing_waits_a_day_and_can_be_taken_back(hands: Hands, vault: Path) -> None:
    hands.unlocks()
    hands.settings("backup")
    surface = _asks_to_erase(hands, PHRASE, "eras")
    assert not surface._go.isEnabled(), "only the whole word"
    hands.picture("erase")
    hands.key(Qt.Key.Key_Escape)
    surface = _asks_to_erase(hands, "not these words", "erase")
    surface._go.click()
    hands.sees("That didn’t open it.")
    hands.type_into("Your passphrase", PHRASE)
    surface._go.click()
    hands.sees("Planned for")
    hands.picture("erase-planned")
    hands.locks()
    hands.unlocks()
    hands.settings("backup")
    hands.sees("Planned for")
    hands.press("Keep it")
    hands.sees("Erase my part…")
    hands.locks()
    later = dt.timedelta(days=2)
    hands.unlocks(at=EVENING + later)
    assert FIRST in _titles(hands)


def test_after_the_day_the_part_is_gone(hands: Hands, vault: Path) -> None:
    hands.unlocks()
    hands.settings("backup")
    surface = _asks_to_erase(hands, PHRASE, "erase")
    surface._go.click()
    hands.sees("Planned for")
    hands.locks()
    hands.unlocks(at=EVENING + dt.timedelta(hours=23))
    assert FIRST in _titles(hands)
    hands.locks()
    quits = hands.program.quits
    hands.at_the_locked_screen(at=EVENING + dt.timedelta(hours=25))
    hands.tries(PHRASE)
    hands.program.wait(lambda: hands.program.quits > quits)
    left = [path for path in vault.rglob("*") if path.is_file() and path.suffix in {".db", ".key", ".old", ".card"}]
    assert left == []
    assert not vaults.exists(vault) or _nobody(vault)


def _nobody(vault: Path) -> bool:
    return not list((vault / "people").iterdir())


def test_limits_are_read_before_anything_is_opened(hands: Hands, vault: Path) -> None:
    hands.at_the_locked_screen()
    for link in ("What Leeward cannot do", "If being together is not safe", "Help"):
        hands.press(link)
        hands.program.wait(lambda: hands.top() is not hands.window)
        hands.picture(f"before-unlock-{link.split()[-1].lower()}")
        assert len(hands.words(hands.top())) > 300
        hands.key(Qt.Key.Key_Escape)
        hands.program.wait(lambda: hands.top() is hands.window)
    assert not [part for part in ("Noa", "Jules") if part in hands.words()]
    hands.tries(PHRASE)
    hands.program.wait(lambda: hands.program.running.session is not None)


def test_a_day_that_is_read_late_does_not_take_the_keyboard(hands: Hands, vault: Path) -> None:
    hands.unlocks()
    hands.session.log_trigger()
    surface = hands.top()
    assert surface is not hands.window
    for _ in range(3):
        hands.asked(lambda _desk: None)
    assert surface.isAncestorOf(hands.focused())
    hands.key(Qt.Key.Key_Escape)
    hands.session.go("today")
    hands.settings("backup")
    for _ in range(3):
        hands.asked(lambda _desk: None)
    settings = hands.session._pages.currentWidget()
    assert settings is not None
    assert settings.isAncestorOf(hands.focused())
