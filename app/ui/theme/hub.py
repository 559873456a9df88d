"""The theme that is shown now, and the one signal that says it has changed.

The hub hangs on the QApplication, beside palette and style sheet, because it belongs to the same thing: a widget asks
`hub_of(self)` once when it is built and follows `changed` from then on.
"""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.theme import fonts
from app.ui.theme.apply import apply_theme, prepare
from app.ui.theme.tokens import MAX_SCALE, MIN_SCALE, Scheme, Theme

Choice = Literal["system", "light", "dark"]
CHOICES: Final[tuple[Choice, ...]] = ("system", "light", "dark")
_NAME: Final = "leeward-theme-hub"


class ThemeHub(QObject):
    """Holds the current theme and applies each new one to the whole application before it says `changed`."""

    changed = Signal(object)
    """Emitted with the new Theme after palette, fonts and style sheet have been applied."""

    def __init__(
        self, app: QApplication, choice: Choice = "system", text_scale: float = 1.0, *, reduced_motion: bool = False
    ) -> None:
        super().__init__(app)
        self.setObjectName(_NAME)
        self._app = app
        self._choice: Choice = choice
        self._theme = Theme(self._scheme(), _fit(text_scale), reduced_motion)
        prepare(app)
        fonts.load(fonts.FIRST)
        apply_theme(app, self._theme)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)

    @property
    def theme(self) -> Theme:
        """The theme every widget draws with now."""
        return self._theme

    @property
    def choice(self) -> Choice:
        """What the person chose: one of the two palettes, or to follow the system."""
        return self._choice

    def choose(self, choice: Choice) -> None:
        """Show light, dark, or whatever the system shows."""
        self._choice = choice
        self._replace(Theme(self._scheme(), self._theme.text_scale, self._theme.reduced_motion))

    def set_text_scale(self, text_scale: float) -> None:
        """Scale all text and every control with it; held within 1.0 to 2.0."""
        self._replace(Theme(self._theme.scheme, _fit(text_scale), self._theme.reduced_motion))

    def set_reduced_motion(self, reduced: bool) -> None:
        """Leave out fades and slides."""
        self._replace(Theme(self._theme.scheme, self._theme.text_scale, reduced))

    def _scheme(self) -> Scheme:
        if self._choice != "system":
            return Scheme(self._choice)
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return Scheme.DARK if dark else Scheme.LIGHT

    def _system_changed(self) -> None:
        if self._choice == "system":
            self.choose("system")

    def _replace(self, theme: Theme) -> None:
        if theme == self._theme:
            return
        self._theme = theme
        apply_theme(self._app, theme)
        self.changed.emit(theme)


def _fit(text_scale: float) -> float:
    return min(MAX_SCALE, max(MIN_SCALE, round(text_scale, 2)))


def current_hub() -> ThemeHub:
    """The hub of the running application; a light one is made when nobody has made one (single widgets in tests)."""
    app = QCoreApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("no QApplication")
    found = app.findChild(ThemeHub, _NAME, Qt.FindChildOption.FindDirectChildrenOnly)
    return found if found is not None else ThemeHub(app, "light")


def theme_of(_widget: QWidget) -> Theme:
    """The theme a widget is drawn with. Today one per application; a preview pane could get its own here."""
    return current_hub().theme
