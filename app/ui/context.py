"""What a screen is given when it is built. It knows nobody else: it asks the desk through tasks, the shell to move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.domain.content import Content
    from app.services.local_time import Now
    from app.services.session import Person
    from app.ui.looks import Looks
    from app.ui.runtime.bus import Bus
    from app.ui.runtime.tasks import Tasks
    from app.ui.theme.hub import ThemeHub
    from app.ui.widgets.dialog import DialogSurface


@dataclass(frozen=True, slots=True)
class Toast:
    """A short word after something was done, with one thing the person can still do about it."""

    text: str
    action: str = ""
    on_action: Callable[[], None] | None = None


class Shell(Protocol):
    """What screens may ask of the window around them."""

    def go(self, page: str, target: str | None = None) -> None:
        """Show a page of `actions.PAGES`, perhaps at one record."""

    def toast(self, toast: Toast) -> None:
        """Say something quietly at the bottom; it leaves by itself."""

    def ground(self) -> QWidget:
        """What a dialog surface is made on: the area it covers, and the veil with it."""

    def open_over(self, surface: DialogSurface) -> None:
        """Show a dialog surface made on `ground`; it is deleted once it is `finished`."""

    def retitle(self) -> None:
        """The title or subtitle of the page that is shown has changed."""

    def log_trigger(self, record: str | None = None) -> None:
        """Open the trigger form over anything, empty or to complete an earlier one."""

    def calm(self) -> None:
        """Go to Calm."""

    def back(self) -> None:
        """Go to the page before."""

    def lock(self, reason: str = "asked") -> None:
        """Lock now; `reason` is one of care.toml's reasons for it."""

    def help(self, page: str) -> None:
        """Open "help", "limits", "safety" or "licences" over the page."""


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
    looks: Looks
    mark: int = 1
    """This person's own mark: 1 the circle, 2 the square. The other person of two has the other one."""
    other: str = ""
    """The id of the person the shared space is shared with; empty where there is none."""

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
        """Another page is shown now, or the journal is being locked: unsaved writing is kept as a draft."""


@runtime_checkable
class Subtitled(Protocol):
    """A page with one quiet fact beside its title."""

    @property
    def subtitle(self) -> str:
        """The fact, "Good evening, Noa"."""


@runtime_checkable
class Equipped(Protocol):
    """A page with a control of its own in the header, before what every page has there."""

    def tools(self) -> QWidget | None:
        """The control; always the same one, and the header's from now on."""


@runtime_checkable
class Searchable(Protocol):
    """A page that can be searched."""

    def find(self) -> None:
        """Put the keyboard into the search field."""


@runtime_checkable
class Growing(Protocol):
    """A page to which something can be added."""

    def new(self) -> None:
        """Begin a new item of this page."""
