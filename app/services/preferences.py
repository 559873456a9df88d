"""Choices needed before unlock: theme, language, text size. Readable on disk, so nothing personal is here."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Literal

import msgspec

ThemeChoice = Literal["system", "light", "dark"]

TEXT_SCALES = tuple(round(1 + step / 10, 1) for step in range(11))
"""1.0 to 2.0 in steps of a tenth (visual.md 9)."""


class Preferences(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the program looks. Defaults follow the system."""

    theme: ThemeChoice = "system"
    language: str = "system"
    text_scale: float = 1.0
    reduced_motion: bool = False


def load(file: Path) -> Preferences:
    """The stored choices; the defaults when there are none or the file cannot be understood."""
    try:
        found = msgspec.json.decode(file.read_bytes(), type=Preferences)
    except (OSError, msgspec.MsgspecError):
        return Preferences()
    nearest = min(TEXT_SCALES, key=lambda step: abs(step - found.text_scale))
    return msgspec.structs.replace(found, text_scale=nearest)


def store(file: Path, preferences: Preferences) -> None:
    """Write the choices; a folder that cannot be written only means they are asked of the system again next time."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        fresh.write_bytes(msgspec.json.encode(preferences))
        fresh.replace(file)
