"""How the program looks: the choices stored before unlock, the hub that applies them, and changing them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.services import preferences
from app.services.preferences import TEXT_SCALES, Preferences

if TYPE_CHECKING:
    from app.services.preferences import ThemeChoice
    from app.ui.theme.hub import ThemeHub

_SLACK: Final = 0.01


class Looks(QObject):
    """Applies each choice at once and writes it to the preferences file, which holds nothing personal."""

    changed = Signal()

    def __init__(self, hub: ThemeHub, chosen: Preferences, file: Path | None) -> None:
        """`file` is where choices are stored; None keeps them for this run only (tests, tour)."""
        super().__init__(hub)
        self._hub, self._chosen, self._file = hub, chosen, file

    @property
    def chosen(self) -> Preferences:
        """The choices now."""
        return self._chosen

    def choose_theme(self, theme: ThemeChoice) -> None:
        """Light, dark, or as the system shows."""
        self._hub.choose(theme)
        self._keep(theme=theme)

    def choose_text_scale(self, scale: float) -> None:
        """Text and controls at 1.0 to 2.0 of their size; the nearest tenth is taken."""
        nearest = min(TEXT_SCALES, key=lambda step: abs(step - scale))
        self._hub.set_text_scale(nearest)
        self._keep(text_scale=nearest)

    def choose_reduced_motion(self, *, reduced: bool) -> None:
        """Leave out fades, slides and the moving circle."""
        self._hub.set_reduced_motion(reduced)
        self._keep(reduced_motion=reduced)

    def larger(self) -> None:
        """Text one step larger, up to 200 %."""
        self.choose_text_scale(next((s for s in TEXT_SCALES if s > self._chosen.text_scale + _SLACK), TEXT_SCALES[-1]))

    def smaller(self) -> None:
        """Text one step smaller, down to 100 %."""
        below = [step for step in TEXT_SCALES if step < self._chosen.text_scale - _SLACK]
        self.choose_text_scale(below[-1] if below else TEXT_SCALES[0])

    def normal(self) -> None:
        """Text at 100 %."""
        self.choose_text_scale(1.0)

    def _keep(
        self,
        *,
        theme: ThemeChoice | None = None,
        text_scale: float | None = None,
        reduced_motion: bool | None = None,
    ) -> None:
        before = self._chosen
        self._chosen = Preferences(
            theme=before.theme if theme is None else theme,
            language=before.language,
            text_scale=before.text_scale if text_scale is None else text_scale,
            reduced_motion=before.reduced_motion if reduced_motion is None else reduced_motion,
        )
        if self._chosen != before:
            if self._file is not None:
                preferences.store(self._file, self._chosen)
            self.changed.emit()
