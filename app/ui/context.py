"""What a screen is given when it is built. Screens know nobody else: they ask the desk through tasks and move through `go`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.domain.content import Content
from app.services.local_time import Now
from app.services.session import Person
from app.ui.runtime.bus import Bus
from app.ui.runtime.tasks import Tasks
from app.ui.theme.hub import ThemeHub


@dataclass(frozen=True, slots=True)
class Toast:
    """A short word after something was done, with one thing the person can still do about it."""

    text: str
    action: str = ""
    on_action: Callable[[], None] | None = None


class Shell(Protocol):
    """What screens may ask of the window around them."""

    def go(self, page: str, target: str | None = None) -> None:
        """Show a page ("today", "journal", "injuries", "trends", "summary", "settings"), perhaps at one record."""

    def toast(self, toast: Toast) -> None:
        """Say something quietly at the bottom; it leaves by itself."""

    def open_over(self, surface: QWidget) -> None:
        """Show a dialog surface over the page; it closes itself by its `closed` signal."""

    def log_trigger(self, record: str | None = None) -> None:
        """Open the trigger form over anything, empty or to complete an earlier one."""

    def calm(self) -> None:
        """Go to Calm."""


@dataclass(frozen=True, slots=True)
class Context:
    """One unlocked session as the screens see it. Content and names are immutable and safe on the GUI thread."""

    tasks: Tasks
    bus: Bus
    hub: ThemeHub
    content: Content
    person: Person
    partner: str | None
    now: Now
    zone: str
    shell: Shell

    @property
    def solo(self) -> bool:
        """Whether phrases for two are left out."""
        return self.partner is None


class Screen(Protocol):
    """What the window needs of a page."""

    @property
    def title(self) -> str:
        """The page's name in the header."""

    def widget(self) -> QWidget:
        """The page itself."""

    def enter(self, target: str | None) -> None:
        """The page is shown, perhaps to show one record; focus goes to its first question."""

    def leave(self) -> None:
        """Another page is shown now; unsaved writing has been kept as a draft."""
