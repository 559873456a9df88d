"""The live file is damaged: from the words that say so to an open journal again, by nothing but the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.journeys.hands import FIRST, LATER, PHRASE, Hands, journal_with_a_copy, new_journal


@pytest.fixture
def vault(program: object, tmp_path: Path) -> Path:
    """A journal with one copy, and a line that was written after it."""
    return journal_with_a_copy(tmp_path / "vault")


def _overwritten(vault: Path) -> None:
    (file,) = (vault / "spaces").glob("*.db")
    raw = bytearray(file.read_bytes())
    raw[:4096] = b"\xa5" * 4096
    file.write_bytes(raw)


def _emptied(vault: Path) -> None:
    (file,) = (vault / "spaces").glob("*.db")
    file.write_bytes(b"")


def _gone(vault: Path) -> None:
    (file,) = (vault / "spaces").glob("*.db")
    file.unlink()


def _header_overwritten(vault: Path) -> None:
    for file in (*(vault / "people").glob("*.key"), *(vault / "people").glob("*.key.old")):
        file.write_bytes(b"\xa5" * file.stat().st_size)


@pytest.mark.parametrize("harm", [_overwritten, _emptied, _gone])
def test_a_copy_is_put_in_place_from_the_words_that_say_it_does_not_open(
    hands: Hands, vault: Path, harm: Callable[[Path], None]
) -> None:
    harm(vault)
    hands.at_the_locked_screen()
    hands.tries(PHRASE)
    hands.sees("Go back to a copy…")
    assert hands.program.running.session is None
    hands.picture(f"damaged{harm.__name__}")
    hands.press("Go back to a copy…")
    hands.sees("Made when you asked")
    hands.picture("copies")
    (button,) = [name for name in hands.buttons() if name.startswith("Go back to the copy")]
    hands.press(button)
    hands.sees("The copy stands in place now.")
    hands.picture("copy-in-place")
    assert hands.focused().property("text") == "Open"
    hands.key(Qt.Key.Key_Space)
    hands.program.wait(lambda: hands.program.running.session is not None)

    hands.session.go("journal")
    titles = str(hands.asked(lambda desk: [entry.title for entry in desk.journal.page().entries]))
    assert FIRST in titles
    assert LATER not in titles
    files = [path.name for path in (vault / "spaces").iterdir()]
    assert any("-kept" in name for name in files) == (harm is not _gone), "what stood there is kept beside it"
    assert hands.asked(lambda desk: desk.checks.verify().clean)


def test_a_damaged_key_file_alone_costs_no_words(hands: Hands, vault: Path) -> None:
    _header_overwritten(vault)
    hands.at_the_locked_screen()
    hands.tries(PHRASE)
    hands.press("Go back to a copy…")
    hands.sees("Your entries are whole.")
    hands.picture("key-file-only")
    hands.press("Put it back")
    hands.sees("The key file is back, and your entries stand as they were.")
    hands.press("Open")
    hands.program.wait(lambda: hands.program.running.session is not None)
    titles = str(hands.asked(lambda desk: [entry.title for entry in desk.journal.page().entries]))
    assert FIRST in titles
    assert LATER in titles


def test_while_a_copy_is_put_in_place_it_can_be_stopped(hands: Hands, vault: Path) -> None:
    _emptied(vault)
    before = {path.name: path.stat().st_size for path in (vault / "spaces").iterdir()}
    hands.at_the_locked_screen()
    hands.tries(PHRASE)
    hands.press("Go back to a copy…")
    hands.sees("Made when you asked")
    (button,) = [name for name in hands.buttons() if name.startswith("Go back to the copy")]
    hands.press(button)
    hands.press("Stop")
    hands.sees("Made when you asked")
    assert {path.name: path.stat().st_size for path in (vault / "spaces").iterdir()} == before
    hands.press("Not now")
    hands.program.wait(lambda: hands.top() is hands.window)
    assert hands.program.running.session is None


def test_without_a_copy_it_says_where_one_may_be(hands: Hands, tmp_path: Path) -> None:
    new_journal(tmp_path / "vault").close()
    _overwritten(tmp_path / "vault")
    hands.at_the_locked_screen()
    hands.tries(PHRASE)
    hands.press("Go back to a copy…")
    hands.sees("No whole copy lies in this journal’s folder.")
    hands.picture("no-copies")
    hands.key(Qt.Key.Key_Escape)
    hands.program.wait(lambda: hands.top() is hands.window)
    assert "Go back to a copy…" in str(hands.focused().property("text")), "the keyboard is back where it came from"


def test_a_wrong_passphrase_offers_no_copy(hands: Hands, vault: Path) -> None:
    hands.at_the_locked_screen()
    hands.tries("not these words")
    hands.sees("That didn’t open it")
    assert "Go back to a copy…" not in hands.words()
