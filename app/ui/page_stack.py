"""The pages of a session: built when first shown, entered and left, with a way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.context import Screen

_HISTORY = 30


class PageStack(QStackedWidget):
    """`turned(name)` when another page is in front, before it is entered; `shown(name)` after."""

    turned = Signal(str)
    shown = Signal(str)

    def __init__(self, builders: Mapping[str, Callable[[], Screen]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._builders = builders
        self._screens: dict[str, Screen] = {}
        self._history: list[str] = []
        self._name = ""

    @property
    def name(self) -> str:
        """The page that is shown; empty before the first."""
        return self._name

    @property
    def current(self) -> Screen | None:
        """The page that is shown."""
        return self._screens.get(self._name)

    def knows(self, name: str) -> bool:
        """Whether there is such a page."""
        return name in self._builders

    def go(self, name: str, target: str | None = None, *, remember: bool = True) -> None:
        """Leave the current page and enter another; entering the same page again shows its new target."""
        if self._name and self._name != name:
            self._screens[self._name].leave()
            if remember:
                self._history = [*self._history, self._name][-_HISTORY:]
        if name not in self._screens:
            screen = self._builders[name]()
            self._screens[name] = screen
            self.addWidget(screen.widget())
        self._name = name
        self.setCurrentWidget(self._screens[name].widget())
        self.turned.emit(name)
        self._screens[name].enter(target)
        self.shown.emit(name)

    def forget_others(self) -> list[QWidget]:
        """Let go of every page but the current one, to be built afresh when next shown; returns their widgets."""
        stale = [name for name in self._screens if name != self._name]
        widgets = [self._screens.pop(name).widget() for name in stale]
        for widget in widgets:
            self.removeWidget(widget)
            widget.setParent(None)
        return widgets

    def back(self) -> None:
        """Go to the page before, if there was one."""
        if self._history:
            self.go(self._history.pop(), remember=False)

    def leave(self) -> None:
        """Let the current page keep what is being typed."""
        if self.current is not None:
            self.current.leave()
