"""Backup and moving: how copies stand, long work with progress and stop, what is asked before going back or erasing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.services.desk import Desk
from app.ui.screens.backups.state import BackupState, Doing
from app.ui.screens.backups.surfaces import EraseSurface
from app.ui.screens.settings.backup import BackupSection
from app.ui.widgets.ask import AskSurface
from app.ui.widgets.buttons import Button
from tests.data.sets import note
from tests.fixtures import vault
from tests.fixtures.page_context import Page, page_for


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = vault.opened(vault.copied(tmp_path / "vault"))
    note(made, "a first note")
    yield made
    made.close()


class Shown:
    """The section on a page of its own."""

    def __init__(self, desk: Desk) -> None:
        self.area = QWidget()
        self.area.resize(820, 900)
        self.page: Page = page_for(desk, self.area)
        self.section = BackupSection(self.page.ctx)
        self.section.setParent(self.area)
        self.section.resize(760, 860)
        self.states: list[BackupState] = []
        self.section.presenter.state.connect(self.states.append)
        self.area.show()
        self.section.enter()

    def press(self, words: str) -> None:
        """Press a button by its accessible name."""
        QCoreApplication.processEvents()
        (button,) = [b for b in self.area.findChildren(Button) if b.accessibleName() == words and b.isVisible()]
        assert button.isEnabled()
        button.click()

    def words(self) -> str:
        """Everything that can be read now."""
        return "\n".join(label.text() for label in self.area.findChildren(QLabel) if label.isVisible())

    def wait(self, until: Callable[[], object]) -> None:
        """Let work beside the window come back."""
        end_s = time.monotonic() + 20
        while not until():
            assert time.monotonic() < end_s, self.words()
            QCoreApplication.processEvents()
            time.sleep(0.005)

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.wait(lambda: self.states and not self.states[-1].busy and self.states[-1].said)

    def close(self) -> None:
        """Take it away."""
        self.page.ctx.bus.locking.emit()
        self.area.close()
        self.area.deleteLater()


@pytest.fixture
def shown(qapp: QApplication, desk: Desk) -> Iterator[Shown]:
    made = Shown(desk)
    yield made
    made.close()


def test_without_copies_it_says_when_the_first_is_made(shown: Shown) -> None:
    assert "None yet. One is made with the first change of each day." in shown.words()
    assert "No copies yet." in shown.words()


def test_back_up_now_then_try_then_check(shown: Shown, desk: Desk) -> None:
    shown.press("Back up now")
    assert shown.states[-1].doing is Doing.BACKING_UP
    shown.settle()
    assert "A copy is made, opened and checked." in shown.words()
    assert desk.backups.standing().last_good is not None
    shown.press("Try it")
    shown.settle()
    assert "It opens and is whole: 1 saved state" in shown.words()
    assert "Last tried today." in shown.words()
    shown.press("Check")
    shown.settle()
    assert "Everything is whole" in shown.words()


def test_stopped_work_leaves_nothing(shown: Shown, desk: Desk) -> None:
    shown.press("Back up now")
    shown.press("Stop")
    assert "Stopped. Nothing was changed." in shown.words()
    QCoreApplication.processEvents()
    shown.wait(lambda: not list((desk.backups.standing().place).glob("*.part")))
    assert shown.states[-1].doing is Doing.NOTHING


def test_a_check_that_finds_projections_offers_to_make_them_again(shown: Shown, desk: Desk) -> None:
    desk.session.connection.execute("UPDATE record SET title = 'other'")
    shown.press("Check")
    shown.settle()
    assert shown.states[-1].rebuildable
    shown.press("Make them again")
    shown.settle()
    assert "made again from your entries" in shown.words()


def test_going_back_is_asked_and_locks(shown: Shown) -> None:
    shown.press("Back up now")
    shown.settle()
    shown.press("Go back to the copy: Today, 19:30")
    (surface,) = shown.page.shell.surfaces
    assert isinstance(surface, AskSurface)
    surface.agree()
    shown.wait(lambda: ("lock", None) in shown.page.shell.went)


def test_erasing_needs_the_passphrase_and_the_word_and_can_be_kept(shown: Shown, desk: Desk) -> None:
    shown.press("Erase my part…")
    (surface,) = shown.page.shell.surfaces
    assert isinstance(surface, EraseSurface)
    surface.go()
    surface.word.setText("erase")
    surface.phrase.setText("not that one at all")
    surface.go()
    shown.wait(lambda: "didn’t open it" in shown.words())
    assert desk.erasing.standing().due is None
    surface.phrase.setText(vault.PASSPHRASE)
    surface.go()
    shown.wait(lambda: "Planned for" in shown.words())
    assert desk.erasing.standing().due is not None
    shown.press("Keep it")
    assert desk.erasing.standing().due is None
    assert ("lock", None) not in shown.page.shell.went


def test_every_control_has_a_name_and_can_be_reached(shown: Shown) -> None:
    shown.press("Back up now")
    shown.settle()
    for button in shown.section.findChildren(Button):
        assert button.accessibleName()
