"""The keyboard at the running window, and nothing else: keys go where the focus is; what comes of them is awaited."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.ui.actions import PAGES
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.text_link import TextLink
from tests.journeys.hands import CTRL, Hands

PATIENCE_TABS = 240
_Part = TypeVar("_Part", bound=QWidget)
_Screen = TypeVar("_Screen")


class Keyboard:
    """Noa's hands on the keys."""

    def __init__(self, hands: Hands, name: str) -> None:
        self.hands, self.name = hands, name

    def begin_afresh(self) -> None:
        """A journey that stopped half way leaves its sheet open; the next one begins without it."""
        for sheet in self.hands.session.findChildren(DialogSurface):
            if sheet.isVisible():
                sheet.close_surface()
        self.hands.window.activateWindow()

    def wait(self, until: Callable[[], object]) -> None:
        """Let the program go on until something is so; else say what stood there instead."""
        try:
            self.hands.program.wait(until)
        except AssertionError:
            where = (QApplication.focusWidget(), QApplication.activeWindow(), QApplication.activePopupWidget())
            raise AssertionError(f"{self.name}: the keyboard is at {where}\n{self.hands.words()}") from None

    def focused(self) -> QWidget:
        """Where the keyboard is. Without a window manager nobody gives a window its keys back when a popup closes."""
        if QApplication.activeWindow() is None:
            self.hands.window.activateWindow()
        self.wait(lambda: QApplication.focusWidget() is not None)
        return self.hands.focused()

    def is_in(self, place: QWidget) -> bool:
        """Whether the keyboard is somewhere in this part."""
        here = QApplication.focusWidget()
        return here is not None and place.isAncestorOf(here)

    def press(self, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, where the keyboard is."""
        QTest.keyClick(self.focused(), key, how)

    def write(self, words: str) -> None:
        """Letters, where the keyboard is. Qt's own typist knows no letter beyond ASCII."""
        for letters in re.split(r"([^\x20-\x7e])", words):
            if letters.isascii():
                QTest.keyClicks(self.focused(), letters)
            else:
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(self.focused(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letters))

    def to_the_end(self) -> None:
        """Behind what stands in a field; Tab marks all of a line."""
        alone = isinstance(self.focused(), QLineEdit)
        self.press(Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier if alone else CTRL)

    def page(self, name: str, kind: type[_Screen]) -> _Screen:
        """Ctrl and the page's number."""
        self.press(Qt.Key(Qt.Key.Key_1 + PAGES.index(name)), CTRL)
        return self.came_to(kind)

    def came_to(self, kind: type[_Screen]) -> _Screen:
        """The page that is shown, once it is of this sort."""
        self.wait(lambda: isinstance(self.hands.session._pages.current, kind))
        found = self.hands.session._pages.current
        assert isinstance(found, kind)
        return found

    def tab_to(self, goal: QWidget, place: QWidget) -> None:
        """Tab until the keyboard is there, round the window where that is behind it; a sheet keeps it inside. Folded
        parts on the way open with Space.
        """
        kept = isinstance(place, DialogSurface)
        for _ in range(PATIENCE_TABS):
            here = self.focused()
            if here is goal or goal.isAncestorOf(here):
                return
            assert not kept or place.isAncestorOf(here) or here is place, f"{self.name}: Tab left {place} at {here}"
            if isinstance(here, TextLink) and not goal.isVisible() and _opens(here, goal):
                self.press(Qt.Key.Key_Space)
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"{self.name}: Tab never comes to {goal}\n{self.hands.words(place)}")

    def into(self, goal: QWidget, key: Qt.Key) -> None:
        """One key that takes the keyboard into another part of the page."""
        self.press(key)
        self.wait(lambda: goal is QApplication.focusWidget() or goal.isAncestorOf(self.focused()))

    def shown(self, kind: type[_Part]) -> _Part:
        """The sheet of this sort, once it is there."""
        found: list[_Part] = []

        def there() -> bool:
            found[:] = [part for part in self.hands.session.findChildren(kind) if part.isVisible()]
            return bool(found)

        self.wait(there)
        return found[-1]


def _opens(link: TextLink, goal: QWidget) -> bool:
    holder = link.parentWidget()
    return holder is not None and holder.isAncestorOf(goal)
