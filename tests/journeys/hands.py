"""A person at the window: sees words, presses what can be seen, types where the keyboard is. Not a test.

Whatever is looked at is also drawn, in a full run once in light and once in dark; so it is with LEEWARD_PICTURES set to
a folder, where the pictures are kept.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTextEdit, QWidget

from app.crypto.kdf import FLOOR
from app.services import vaults
from app.services.backups import quietly
from app.services.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.screens.unlock.view import UnlockView
from app.ui.theme.hub import current_hub
from app.ui.widgets.dialog import DialogSurface
from tests.fixtures.session import EVENING, ZONE, shipped_content
from tests.fixtures.windows import Program

PHRASE = "amber kettle orchard seven"
FIRST, LATER = "It was raining when we talked.", "Written after the copy."
NEW_PHRASE = "harbour violin pepper staircase"
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
_PICTURES = os.environ.get("LEEWARD_PICTURES", "")
_Part = TypeVar("_Part", bound=QWidget)


def new_journal(folder: Path, partner: str | None = "Jules") -> Desk:
    """A journal of Noa's, open, at the lowest cost the policy allows."""
    return vaults.create_vault(
        folder, "Noa", PHRASE, partner, content=shipped_content(), now=lambda: EVENING, zone=ZONE, kdf=FLOOR
    )


def journal_at(folder: Path, phrase: str = PHRASE) -> Desk:
    """The same journal, opened without a window."""
    return vaults.unlock(folder, phrase, content=shipped_content(), now=lambda: EVENING, zone=ZONE)


def journal_with_a_copy(folder: Path) -> Path:
    """A journal with one line and one copy, and a line that was written after it; closed."""
    desk = new_journal(folder)
    desk.journal.add("note", {"body": FIRST})
    assert quietly(desk.backups.making()) is not None
    desk.journal.add("note", {"body": LATER})
    desk.close()
    return folder


class Hands:
    """What a person can do with one run of the program after another."""

    def __init__(self, program: Program, *, both_themes: bool = False) -> None:
        self.program = program
        self._both_themes = both_themes or bool(_PICTURES)

    # ------------------------------------------------------------------------------------------------- seeing

    @property
    def window(self) -> QWidget:
        """The window as it stands now."""
        return self.program.running.window

    @property
    def session(self) -> MainWindow:
        """The open journal."""
        session = self.program.running.session
        assert session is not None
        return session

    def words(self, place: QWidget | None = None) -> str:
        """Everything that can be read now, top surface or not."""
        found: list[str] = []
        for widget in (place or self.window).findChildren(QWidget):
            if not widget.isVisible():
                continue
            if isinstance(widget, QLabel | QPushButton | QLineEdit):
                found.append(widget.displayText() if isinstance(widget, QLineEdit) else widget.text())
            elif isinstance(widget, QTextEdit):
                found.append(widget.toPlainText())
        return "\n".join(found)

    def sees(self, *words: str) -> None:
        """Wait until all of these can be read."""
        try:
            self.program.wait(lambda: all(part in self.words() for part in words))
        except AssertionError:
            raise AssertionError(f"not to be read: {words}\n{self.words()}") from None

    def top(self) -> QWidget:
        """The surface in front, or the window."""
        open_ones = [surface for surface in self.window.findChildren(DialogSurface) if surface.isVisible()]
        return open_ones[-1] if open_ones else self.window

    def one(self, kind: type[_Part], fits: Callable[[_Part], object]) -> _Part:
        """The one visible part of the top surface that fits, as soon as it is there."""
        found: list[_Part] = []

        def there() -> bool:
            found[:] = [part for part in self.top().findChildren(kind) if part.isVisible() and fits(part)]
            return len(found) == 1

        try:
            self.program.wait(there)
        except AssertionError:
            raise AssertionError(f"{len(found)} found\n{self.words(self.top())}") from None
        return found[0]

    def buttons(self) -> list[str]:
        """The names of what can be pressed in the top surface."""
        return [part.accessibleName() for part in self.top().findChildren(QPushButton) if part.isVisible()]

    def picture(self, name: str) -> None:
        """Draw what stands there now, in light and in dark where both are wanted."""
        hub = current_hub()
        if not self._both_themes:  # to change the theme takes longer than all the rest of a journey
            for _ in range(5):  # widths first, then the heights that follow from them
                QCoreApplication.processEvents()
            assert not self.window.grab().isNull()
            return
        before = hub.choice
        for theme in ("light", "dark"):
            hub.choose(theme)
            for _ in range(5):  # widths first, then the heights that follow from them
                QCoreApplication.processEvents()
            drawn = self.window.grab()
            assert not drawn.isNull()
            if _PICTURES:
                drawn.save(str(Path(_PICTURES) / f"{name}-{theme}.png"))
        hub.choose(before)
        QCoreApplication.processEvents()

    # ------------------------------------------------------------------------------------------------- acting

    def press(self, words: str) -> None:
        """Press, with the mouse, the one button that says this or is called this."""
        says = any(part.text() == words and part.isVisible() for part in self.top().findChildren(QPushButton))

        def fits(part: QPushButton) -> bool:
            return part.isEnabled() and words == (part.text() if says else part.accessibleName())

        button = self.one(QPushButton, fits)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type_into(self, name: str, words: str) -> None:
        """Go to the field of this name in the top surface and type, over what stood there."""
        field = self.one(QLineEdit, lambda part: part.accessibleName() == name and part.isEnabled())
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, words)

    def focused(self) -> QWidget:
        """Where the keyboard is."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def key(self, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(self.focused(), key, how)

    def asked(self, question: Callable[[Desk], object]) -> object:
        """What the desk answers, on its own thread."""
        found: list[object] = []
        self.session.context.tasks.run(question, found.append)
        self.program.wait(lambda: found)
        return found[0]

    # ------------------------------------------------------------------------------------------ locked and open

    def at_the_locked_screen(self, reason: str = "", *, at: dt.datetime = EVENING) -> UnlockView:
        """Start afresh, at some moment; the keyboard is in the passphrase."""
        view = self.program.start(reason, at=at).window.content()
        assert isinstance(view, UnlockView)
        self.window.activateWindow()
        self.program.wait(view._field.hasFocus)
        self.program.wait(lambda: view._presenter.has_looked)
        return view

    def tries(self, phrase: str) -> None:
        """Type a passphrase at the locked screen and press Enter."""
        self.type_into("Passphrase", phrase)
        self.key(Qt.Key.Key_Return)

    def unlocks(self, phrase: str = PHRASE, *, at: dt.datetime = EVENING) -> MainWindow:
        """Start afresh and open."""
        self.at_the_locked_screen(at=at)
        self.tries(phrase)
        self.program.wait(lambda: self.program.running.session is not None)
        return self.session

    def locks(self) -> None:
        """Ctrl+L, and the process is over."""
        quits = self.program.quits
        self.session.setFocus()
        QTest.keyClick(self.session, Qt.Key.Key_L, CTRL)
        self.program.wait(lambda: self.program.quits > quits)

    def settings(self, section: str) -> None:
        """Go to a part of the settings."""
        self.session.go("settings", section)
        self.program.wait(lambda: self.session._pages.name == "settings")
