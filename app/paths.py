"""Where things live on this computer: the folders each system gives a program, and the resources shipped with it."""

from __future__ import annotations

from pathlib import Path

import platformdirs

_APP = "leeward"


def resources() -> Path:
    """The folder of shipped content, fonts, icons and templates, in a wheel as well as in a checkout."""
    here = Path(__file__).resolve().parent
    packed = here / "resources"
    return packed if packed.is_dir() else here.parent / "resources"


def default_vault() -> Path:
    """The vault opened when none is named."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False)) / "vault"


def preferences_file() -> Path:
    """Look-and-feel choices that are needed before unlock: theme, language, text size. Never anything personal."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False)) / "preferences.json"


def cache_dir() -> Path:
    """Regenerable files of libraries (matplotlib's font list); never user data."""
    return Path(platformdirs.user_cache_dir(_APP, appauthor=False))
