"""Leaving something without opening: from the keyboard, for one or two, and nothing of it can be read back."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.crypto.identity import Identity
from app.data import durable_files
from app.data.cards import SECOND, write_card
from app.data.vault_layout import Layout
from app.data.vault_meta import random_id
from app.domain.errors import Code, VaultError
from app.ui.runtime.aside import Aside
from app.ui.runtime.warmup import Warmup
from app.ui.screens.drop.opening import open_drop
from app.ui.screens.drop.view import DropSurface
from app.ui.theme.hub import Choice, ThemeHub, current_hub
from app.ui.widgets.marks import Shape
from tests.fixtures.inboxes import card_of, new_vault, notes, opened, parcels
from tests.fixtures.session import EVENING

PATIENCE_S = 20.0
CTRL = Qt.KeyboardModifier.ControlModifier


def wait_for(until: Callable[[], object]) -> None:
    """Let the event loop go on until something is so."""
    end_s = time.monotonic() + PATIENCE_S
    while not until():
        assert time.monotonic() < end_s, "it did not happen"
        QCoreApplication.processEvents()
        time.sleep(0.002)


class Place:
    """A locked window with the surface over it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.ground = QWidget()
        self.ground.resize(1024, 700)
        self.ground.show()
        self.ground.activateWindow()
        self.aside, self.warmup = Aside(self.ground), Warmup()

    def open(self) -> DropSurface:
        """The surface, with its first field ready."""
        open_drop(self.ground, self.aside, self.warmup, self.root, lambda: EVENING)
        wait_for(lambda: self.surfaces() and self.surfaces()[0]._owners)
        return self.surfaces()[0]

    def surfaces(self) -> list[DropSurface]:
        """What is open."""
        return [found for found in self.ground.findChildren(DropSurface) if not found.isHidden()]

    def end(self) -> None:
        """Let go of everything."""
        self.aside.close()
        self.warmup.finish()
        self.ground.close()
        self.ground.deleteLater()


@pytest.fixture
def place(qapp: QApplication, tmp_path: Path) -> Iterator[Place]:
    made = Place(new_vault(tmp_path / "v"))
    yield made
    made.end()


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _second_person(root: Path) -> None:
    person = random_id()
    first = card_of(root)
    shutil.copy(next((root / "people").glob("*.key")), root / "people" / f"{person}.key")
    write_card(Layout(root), first.vault_id, person, random_id(), Identity.generate(), SECOND)


def test_a_note_is_sealed_from_the_keyboard_and_nothing_stays_in_the_field(place: Place) -> None:
    surface = place.open()
    wait_for(surface._note.hasFocus)
    QTest.keyClicks(_focused(), "what I could not say")
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)
    wait_for(lambda: parcels(place.root))
    wait_for(lambda: surface._note.words() == "")
    assert "sealed" in surface._told.words()
    QTest.keyClick(surface._note, Qt.Key.Key_Z, CTRL)
    assert surface._note.words() == ""
    assert not surface._note.document().isUndoAvailable()
    with opened(place.root) as desk:
        assert notes(desk) == ["what I could not say"]


def test_a_tally_takes_one_key_and_a_trigger_three_answers(place: Place) -> None:
    surface = place.open()
    wait_for(surface._note.hasFocus)
    QTest.keyClick(_focused(), Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    wait_for(lambda: len(parcels(place.root)) == 1 and surface._seal.isEnabled())
    surface._what.setFocus()
    QTest.keyClick(_focused(), Qt.Key.Key_Left)
    assert not surface._form.isHidden()
    surface._ask_seal()  # nothing answered yet: asks, and seals nothing
    surface._form.editor("cue").setFocus()
    QTest.keyClicks(_focused(), "The phone face down")
    QTest.keyClick(_focused(), Qt.Key.Key_Return, CTRL)
    wait_for(lambda: len(parcels(place.root)) == 2)
    wait_for(lambda: surface._form.answers() == {})
    with opened(place.root) as desk:
        assert desk.inbox is not None
        speeds = [desk.journal.record(record).body.speed() for record in desk.inbox.news().joined]  # type: ignore[attr-defined]  # a Trigger
    assert speeds == ["tally", "quick"]


def test_two_people_are_asked_by_mark_and_nothing_is_sealed_before(place: Place) -> None:
    _second_person(place.root)
    surface = place.open()
    assert [owner.shape for owner in surface._owners] == [Shape.CIRCLE, Shape.SQUARE]
    assert [button.text() for button in surface._marks] == ["Circle", "Square"]
    wait_for(lambda: surface._note.hasFocus() and surface._marks[0].isVisible())
    surface._note.set_words("for whom?")
    QTest.keyClick(surface._note, Qt.Key.Key_Return, CTRL)
    assert parcels(place.root) == []
    assert surface._marks[0].hasFocus()
    QTest.keyClick(surface._marks[1], Qt.Key.Key_Space)
    QTest.keyClick(surface._note, Qt.Key.Key_Return, CTRL)
    wait_for(lambda: parcels(place.root))
    with opened(place.root) as desk:  # the circle's part: it was for the square
        assert notes(desk) == []
        assert desk.inbox is not None
        assert desk.inbox.news().kept_back == 0


def test_a_full_disk_keeps_what_is_typed_and_says_so(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    surface = place.open()
    surface._note.set_words("it took an hour")

    def full(_path: Path, _data: bytes) -> None:
        raise VaultError(Code.DISK_FULL)

    with monkeypatch.context() as here:
        here.setattr(durable_files, "create_file", full)
        surface._ask_seal()
        wait_for(surface._trouble.isVisible)
    assert surface._note.words() == "it took an hour"
    assert "What you typed still stands here." in surface._trouble_words.text()
    surface._ask_seal()
    wait_for(lambda: parcels(place.root))
    wait_for(lambda: not surface._trouble.isVisible())


def test_the_lock_key_clears_at_once_and_esc_asks_before_words_are_lost(place: Place) -> None:
    surface = place.open()
    wait_for(surface._note.hasFocus)
    QTest.keyClicks(_focused(), "half a thought")
    QTest.keyClick(_focused(), Qt.Key.Key_Escape)
    assert place.surfaces() == [surface]
    assert "Esc once more" in surface._told.words()
    QTest.keyClick(_focused(), Qt.Key.Key_Escape)
    assert place.surfaces() == []
    assert surface._note.words() == ""
    again = place.open()
    wait_for(again._note.hasFocus)
    QTest.keyClicks(_focused(), "half a thought")
    QTest.keyClick(_focused(), Qt.Key.Key_L, CTRL)
    assert place.surfaces() == []
    assert again._note.words() == ""
    assert parcels(place.root) == []


def test_without_a_card_it_says_what_makes_it_possible(place: Place) -> None:
    next((place.root / "people").glob("*.card")).unlink()
    open_drop(place.ground, place.aside, place.warmup, place.root, lambda: EVENING)
    wait_for(lambda: place.surfaces() and place.surfaces()[0]._trouble.isVisible())
    assert not place.surfaces()[0]._seal.isEnabled()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_is_drawn_in_both_themes_and_at_twice_the_text(theme: Choice, scale: float, place: Place) -> None:
    hub = current_hub()
    assert isinstance(hub, ThemeHub)
    hub.choose(theme)
    hub.set_text_scale(scale)
    try:
        surface = place.open()
        picture = surface.grab()
        assert not picture.isNull()
        assert surface.surface.geometry().bottom() <= place.ground.height()
    finally:
        hub.set_text_scale(1.0)
        hub.choose("light")
