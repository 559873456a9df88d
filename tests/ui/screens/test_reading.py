"""What can still be read, over the locked screen: from the words that say it does not open, and out in two steps."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from app.domain.errors import Code, VaultError
from app.ui.runtime.aside import Aside
from app.ui.runtime.warmup import Warmup
from app.ui.screens.unlock.presenter import UnlockPresenter
from app.ui.screens.unlock.reading_view import PAGE, ReadingSurface
from app.ui.screens.unlock.view import UnlockView
from app.ui.theme.hub import Choice, current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import PassphraseField
from tests.fixtures import vault

PICTURES = os.environ.get("LEEWARD_PICTURES", "")
NOTES = PAGE + 5


class Locked:
    """A locked window that was just told that the entries are damaged."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.aside, self.warmup = Aside(), Warmup()
        self.presenter = UnlockPresenter(self.aside, self.warmup, root)
        self.view = UnlockView(self.presenter)
        self.presenter.setParent(self.view)
        self.view.resize(1280, 800)
        self.view.show()
        self.view.activateWindow()
        self.warmup.wait()
        self.view.findChildren(PassphraseField)[0].setText(vault.PASSPHRASE)
        self.presenter.refused(VaultError(Code.DAMAGED_ENTRIES, count=2))

    def wait(self, until: Callable[[], object]) -> None:
        """Let the event loop go on until something is so."""
        end_s = time.monotonic() + 20
        while not until():
            assert time.monotonic() < end_s, self.words()
            QCoreApplication.processEvents()
            time.sleep(0.003)

    def words(self) -> str:
        """Everything that can be read now."""
        return "\n".join(label.text() for label in self.view.findChildren(QLabel) if label.isVisible())

    def press(self, words: str) -> Button:
        """Press the one visible button that says this."""
        QCoreApplication.processEvents()
        (button,) = [b for b in self.view.findChildren(Button) if b.text() == words and b.isVisible()]
        button.click()
        return button

    def can_press(self) -> list[str]:
        """What buttons say."""
        return [b.text() for b in self.view.findChildren(Button) if b.isVisible()]

    def read(self) -> ReadingSurface:
        """Open the list and wait until it is there."""
        self.press("Read what can be read…")
        self.wait(self.surfaces)
        self.wait(lambda: self.surfaces()[0]._opening.shown.found is not None)
        return self.surfaces()[0]

    def surfaces(self) -> list[ReadingSurface]:
        """What is open."""
        return [found for found in self.view.findChildren(ReadingSurface) if not found.isHidden()]

    def choose(self, folder: Path) -> None:
        """Answer the question for a folder."""
        QCoreApplication.processEvents()
        (dialog,) = [found for found in self.view.findChildren(QFileDialog) if found.isVisible()]
        dialog.fileSelected.emit(str(folder))
        dialog.close()

    def picture(self, name: str) -> None:
        """Kept where a folder for pictures is named."""
        for theme in ("light", "dark"):
            choose: Choice = "light" if theme == "light" else "dark"
            current_hub().choose(choose)
            for _ in range(5):
                QCoreApplication.processEvents()
            drawn = self.view.grab()
            assert not drawn.isNull()
            if PICTURES:
                drawn.save(str(Path(PICTURES) / f"{name}-{theme}.png"))
        current_hub().choose("light")
        QCoreApplication.processEvents()

    def end(self) -> None:
        """Let go of everything."""
        self.aside.close()
        self.warmup.finish()
        self.view.close()
        self.view.deleteLater()


def _journal(root: Path, notes: int, *, copy: bool) -> Path:
    vault.copied(root)
    desk = vault.opened(root)
    for number in range(notes):
        desk.journal.add("note", {"body": f"What I wrote, number {number}.\nAnd a second line of it."})
    if copy:
        desk.backups.making()(lambda: False, lambda _part: None)
    desk.close()
    return root


@pytest.fixture
def locked(qapp: QApplication, tmp_path: Path) -> Iterator[Locked]:
    made = Locked(_journal(tmp_path / "vault", NOTES, copy=True))
    yield made
    made.end()


def test_a_list_to_read_that_grows_when_asked(locked: Locked) -> None:
    locked.picture("reading-offered")
    surface = locked.read()
    assert f"{NOTES} entries can be read." in locked.words()
    assert locked.words().count("And a second line of it.") == PAGE
    locked.picture("reading-list")
    locked.press("Show more")
    QCoreApplication.processEvents()
    assert locked.words().count("And a second line of it.") == NOTES
    assert "Show more" not in locked.can_press()
    QTest.keyClick(surface, Qt.Key.Key_Escape)
    locked.wait(lambda: not locked.surfaces())
    assert surface._opening.shown.found is None, "nothing that was read stays behind"


def test_a_locked_copy_is_offered_first_and_opens(locked: Locked, tmp_path: Path) -> None:
    locked.read()
    buttons = locked.can_press()
    assert "Take a locked copy along…" in buttons and "Save as plain text…" in buttons
    locked.press("Take a locked copy along…")
    (tmp_path / "stick").mkdir()
    locked.choose(tmp_path / "stick")
    locked.wait(lambda: "Copied to" in locked.words())
    (made,) = (tmp_path / "stick").iterdir()
    desk = vault.opened(made)
    assert len(desk.journal.page().entries) == NOTES
    desk.close()


def test_plain_text_leaves_after_a_second_step_only(locked: Locked, tmp_path: Path) -> None:
    locked.read()
    locked.press("Save as plain text…")
    assert "Anyone who opens this file can read it" in locked.words()
    assert "And a second line" not in locked.words()
    locked.picture("reading-second-step")
    locked.press("Not now")
    assert "And a second line" in locked.words()
    locked.press("Save as plain text…")
    locked.press("I understand, save plain text")
    (tmp_path / "out").mkdir()
    locked.choose(tmp_path / "out")
    locked.wait(lambda: "Saved as two files" in locked.words())
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".json", ".md"}
    locked.picture("reading-saved")


def test_where_nothing_opens_a_copy_is_what_is_left(qapp: QApplication, tmp_path: Path) -> None:
    root = _journal(tmp_path / "vault", 1, copy=True)
    vault.space_file(root).write_bytes(b"")
    locked = Locked(root)
    locked.read()
    assert "Nothing of the file itself can be read." in locked.words()
    assert "Take a locked copy along…" in locked.can_press()
    assert "Save as plain text…" not in locked.can_press()
    locked.end()


def test_another_passphrase_reads_nothing(qapp: QApplication, tmp_path: Path) -> None:
    locked = Locked(_journal(tmp_path / "vault", 1, copy=False))
    locked.view.findChildren(PassphraseField)[0].setText("not these words")
    locked.press("Read what can be read…")
    locked.wait(lambda: "did not fit" in locked.words())
    assert "What I wrote" not in locked.words()
    locked.end()


@pytest.mark.parametrize(("width", "height", "scale"), [(1024, 700, 1.0), (1280, 800, 2.0)])
def test_it_fits_small_windows_and_large_text(locked: Locked, width: int, height: int, scale: float) -> None:
    current_hub().set_text_scale(scale)
    try:
        locked.view.resize(width, height)
        surface = locked.read()
        for step in ("list", "plain"):
            if step == "plain":
                locked.press("Save as plain text…")
            for _ in range(5):
                QCoreApplication.processEvents()
            for button in (b for b in surface.findChildren(Button) if b.isVisible()):
                if not surface._content.isAncestorOf(button):
                    place = button.rect().translated(button.mapTo(surface, button.rect().topLeft()))
                    assert surface.surface.geometry().contains(place), button.text()
            locked.picture(f"reading-{step}-{width}-{scale}")
    finally:
        current_hub().set_text_scale(1.0)
