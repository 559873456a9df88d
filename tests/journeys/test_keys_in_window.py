"""Passphrase and recovery sheet in the real window: missed, changed, made anew, lost and found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.data import tries
from app.domain.errors import Code, VaultError
from app.ui.screens.keys.sheet import SheetSurface
from app.ui.widgets.passphrases import NewPassphrase
from tests.fixtures.session import shipped_content
from tests.journeys.hands import NEW_PHRASE, PHRASE, Hands, journal_at, new_journal

WRITTEN = "It was raining when we talked."


@pytest.fixture
def vault(program: object, tmp_path: Path) -> Path:
    """A journal with one line in it, closed."""
    folder = tmp_path / "vault"
    desk = new_journal(folder)
    desk.journal.add("note", {"body": WRITTEN})
    desk.close()
    return folder


def _choose_new(hands: Hands, phrase: str = NEW_PHRASE) -> None:
    hands.type_into("New passphrase", phrase)
    hands.type_into("Once more", phrase)


def _opens_nothing(vault: Path, phrase: str) -> bool:
    try:
        journal_at(vault, phrase).close()
    except VaultError as error:
        return error.code is Code.WRONG_PASSPHRASE
    return False


def _has_words(hands: Hands) -> bool:
    return WRITTEN in str(hands.asked(lambda desk: [entry.title for entry in desk.journal.page().entries]))


def test_five_wrong_passphrases_wait_longer_and_are_told_afterwards(
    hands: Hands, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "WAITS_S", (0, 0, 0, 1, 1, 2))
    hands.at_the_locked_screen()
    for number in range(1, 6):
        hands.tries(f"not these words {number}")
        hands.program.wait(lambda so_many=number: _misses(vault) == so_many)
        hands.sees("That didn’t open it", "Take your time.")
        if number >= 3:
            hands.sees("A short wait before the next try")
    hands.picture("wrong-five-times")

    hands.at_the_locked_screen()  # a fresh process has not forgotten
    hands.sees("A short wait before the next try")
    hands.tries(PHRASE)
    hands.program.wait(lambda: hands.program.running.session is not None)
    hands.sees("5", "did not open")
    assert _has_words(hands)
    hands.picture("told-afterwards")
    hands.locks()
    hands.unlocks()
    assert "did not open" not in hands.words(), "told once"


def _misses(vault: Path) -> int:
    from app.data.vault_layout import Layout

    return tries._read(Layout(vault)).count


def test_another_passphrase_for_the_same_words(hands: Hands, vault: Path) -> None:
    hands.unlocks()
    hands.settings("privacy")
    hands.press("Change…")
    hands.type_into(_present(hands), "not the present one")
    _choose_new(hands)
    _press_on(hands)
    hands.sees("That didn’t open it")
    hands.picture("change-refused")
    hands.type_into(_present(hands), PHRASE)
    _press_on(hands)
    hands.sees("The passphrase was changed.")
    hands.locks()
    assert _opens_nothing(vault, PHRASE)
    hands.at_the_locked_screen()
    hands.tries(PHRASE)
    hands.sees("That didn’t open it")
    hands.tries(NEW_PHRASE)
    hands.program.wait(lambda: hands.program.running.session is not None)
    assert _has_words(hands)


def test_somebody_may_know_it_new_keys_then_a_new_sheet(hands: Hands, vault: Path) -> None:
    hands.unlocks()
    hands.settings("privacy")
    former = _made_sheet(hands)
    hands.press("New keys…")
    hands.picture("new-keys")
    hands.type_into(_present(hands), PHRASE)
    _choose_new(hands)
    hands.press("Make new keys")
    hands.sees("What it could not reach")
    hands.picture("new-keys-made")
    hands.press("New recovery sheet…")
    code = _made_sheet(hands, opened=True, phrase=NEW_PHRASE)
    hands.program.wait(lambda: hands.program.restarts == ["keys_changed"])
    hands.program.wait(lambda: hands.program.quits == 1)
    assert _opens_nothing(vault, PHRASE)

    hands.at_the_locked_screen("keys_changed")
    hands.sees("Locked, as the passphrase was changed.")
    _enter_code(hands, former)
    hands.sees("An earlier sheet")
    assert not [part for part in hands.top().findChildren(NewPassphrase) if part.isVisible()]
    hands.picture("old-sheet")
    hands.type_into("The code", code)
    hands.press("Continue")
    hands.one(NewPassphrase, lambda _part: True)


def test_the_sheet_opens_when_the_passphrase_is_lost(hands: Hands, vault: Path) -> None:
    hands.unlocks()
    hands.settings("privacy")
    code = _made_sheet(hands)
    hands.sees("Made on ")
    hands.picture("settings-with-sheet")
    hands.locks()

    hands.at_the_locked_screen()
    groups = code.split()
    wrong = [*groups]
    wrong[5] = wrong[5][:-1] + ("7" if wrong[5][-1] != "7" else "8")
    _enter_code(hands, " ".join(wrong))
    hands.sees(shipped_content().care.recovery.typo.format(group=6))
    hands.picture("code-with-a-typo")
    hands.type_into("The code", code.lower())
    hands.press("Continue")
    hands.one(NewPassphrase, lambda _part: True)
    assert not any(group in hands.words() for group in groups), "the code is gone once it has opened"
    hands.picture("code-opened")
    _choose_new(hands)
    hands.press("Open")
    hands.program.wait(lambda: hands.program.running.session is not None)
    assert _has_words(hands)
    hands.locks()
    assert _opens_nothing(vault, PHRASE)
    journal_at(vault, NEW_PHRASE).close()


def test_the_sheet_can_be_let_be_at_every_step(hands: Hands, vault: Path) -> None:
    hands.unlocks()
    hands.settings("privacy")
    hands.press("Make a sheet…")
    hands.type_into(_present(hands), PHRASE)
    _press_on(hands)
    hands.press("I have it on paper")
    hands.key(Qt.Key.Key_Escape)
    hands.program.wait(lambda: hands.top() is hands.window)
    assert not hands.asked(lambda desk: desk.keys.status().has_code)
    hands.sees("None. If the passphrase is lost, what you wrote is lost.")


def _present(hands: Hands) -> str:
    return hands.session.context.content.care.passphrase.present


def _press_on(hands: Hands) -> None:
    """The button that goes on, of a surface for keys."""
    from app.ui.screens.keys.surface import KeysSurface

    surface: QWidget = hands.top()
    assert isinstance(surface, KeysSurface)
    hands.program.wait(surface.go_on.isEnabled)
    hands.press(surface.go_on.text())


def _enter_code(hands: Hands, code: str) -> None:
    hands.press("Use the recovery sheet")
    hands.type_into("The code", code)
    hands.press("Continue")


def _made_sheet(hands: Hands, *, opened: bool = False, phrase: str = PHRASE) -> str:
    """Make a recovery sheet as a person does; returns the code as it was read from the screen."""
    if not opened:
        hands.press("Make a sheet…")
    hands.picture("sheet-risks")
    hands.type_into(_present(hands), phrase)
    _press_on(hands)
    hands.sees("I have it on paper")
    surface = hands.top()
    assert isinstance(surface, SheetSurface)
    groups = [label.text() for label in surface._groups._labels]
    assert all(group in hands.words() for group in groups)
    hands.picture("sheet-code")
    hands.press("I have it on paper")
    wrong = groups[2][:-1] + ("7" if groups[2][-1] != "7" else "8")
    hands.type_into("The code", " ".join([*groups[:2], wrong, *groups[3:]]))
    hands.press("Check it")
    hands.sees(hands.session.context.content.care.recovery.typo.format(group=3))
    hands.picture("sheet-typo")
    hands.type_into("The code", " ".join(groups))
    hands.press("Check it")
    hands.program.wait(lambda: hands.top() is hands.window or not hands.top().isVisible())
    return " ".join(groups)
