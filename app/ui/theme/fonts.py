"""The shipped typefaces, so that window, charts and summary look the same on every system."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFontDatabase

from app import paths

FILES: Final = (
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
    "GentiumBookPlus-Regular.ttf",
    "GentiumBookPlus-Italic.ttf",
    "GentiumBookPlus-Bold.ttf",
)
FIRST: Final = 4

_loaded: set[str] = set()


def load(count: int = len(FILES)) -> tuple[str, ...]:
    """Register the first `count` fonts with Qt and return the names that could not be loaded.

    Start-up asks for the first four only; italic and bold reading type follow once something is on screen.
    A missing font is not an error: the families of the token file name what to fall back to.
    """
    folder = paths.resources() / "fonts"
    missing: list[str] = []
    for name in FILES[:count]:
        if name in _loaded:
            continue
        if QFontDatabase.addApplicationFont(str(folder / name)) < 0:
            missing.append(name)
        else:
            _loaded.add(name)
    return tuple(missing)


def forget() -> None:
    """Drop what is remembered about loaded fonts; for a new QApplication in the same process."""
    _loaded.clear()
