"""Qt's own file dialog writes the folders it showed into a settings file it shares between programs. Not from here.

Where settings are files, they are pointed at a place that cannot be written. Where they are not (the registry, the
preferences of macOS), what stood there before is put back at the end.
"""

from __future__ import annotations

import os
import sys
from typing import Final

from PySide6.QtCore import QSettings

_GROUP: Final = "FileDialog"


class Places:
    """Keeps the history of file dialogs as it was before this program began."""

    def __init__(self) -> None:
        self._before = _stored() if _is_shared_elsewhere() else {}

    def put_back(self) -> None:
        """Undo what dialogs of this program noted."""
        if not _is_shared_elsewhere() or _stored() == self._before:
            return
        settings = _settings()
        settings.remove(_GROUP)
        for key, value in self._before.items():
            settings.setValue(f"{_GROUP}/{key}", value)
        settings.sync()


def write_no_settings() -> None:
    """Let Qt write no settings file in this process; called before any dialog is made."""
    for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
        for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(form, scope, os.devnull)


def _is_shared_elsewhere() -> bool:
    return sys.platform in {"win32", "darwin"}


def _settings() -> QSettings:
    return QSettings(QSettings.Scope.UserScope, "QtProject")


def _stored() -> dict[str, object]:
    settings = _settings()
    settings.beginGroup(_GROUP)
    return {key: settings.value(key) for key in settings.allKeys()}
