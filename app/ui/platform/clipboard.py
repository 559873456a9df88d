"""What was copied here does not stay on the clipboard: marked as not for histories, cleared after a while and on lock.

The marks are requests: clipboard histories of the system honour them, other programs may not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

_WINDOWS: Final = 'application/x-qt-windows-mime;value="{name}"'
Owns = Callable[[QClipboard, QClipboard.Mode], bool]
_NO: Final = b"\x00\x00\x00\x00"
_MARKS: Final[dict[str, dict[str, bytes]]] = {
    "win32": {
        _WINDOWS.format(name="ExcludeClipboardContentFromMonitorProcessing"): _NO,
        _WINDOWS.format(name="CanIncludeInClipboardHistory"): _NO,
        _WINDOWS.format(name="CanUploadToCloudClipboard"): _NO,
    },
    "linux": {"x-kde-passwordManagerHint": b"secret"},
}


def marks(platform: str = sys.platform) -> dict[str, bytes]:
    """The formats that ask a system's clipboard history to leave a copy out; empty where none is known."""
    return _MARKS.get(platform, {})


def is_ours(clipboard: QClipboard, mode: QClipboard.Mode) -> bool:
    """Whether this program put there what a clipboard holds. A Qt without a screen cannot tell."""
    if QGuiApplication.platformName() in {"offscreen", "minimal"}:
        return False
    if mode is QClipboard.Mode.Selection:
        return clipboard.supportsSelection() and clipboard.ownsSelection()
    return clipboard.ownsClipboard()


class ClipboardGuard(QObject):
    """Looks after copies this window made, and never touches what another program put there."""

    def __init__(self, parent: QObject | None = None, *, after_s: int = 30, owns: Owns = is_ours) -> None:
        super().__init__(parent)
        self._owns = owns
        self._clipboard = QGuiApplication.clipboard()
        self._ours = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.set_seconds(after_s)
        self._clipboard.dataChanged.connect(self._changed)

    def set_seconds(self, after_s: int) -> None:
        """Clear so long after a copy; 0 leaves it until the lock."""
        self._after_s = after_s
        if not after_s:
            self._timer.stop()
        elif self._ours:
            self._timer.start(after_s * 1000)

    def clear(self) -> None:
        """Take our own copy away, also the one the middle button would paste."""
        self._timer.stop()
        for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
            if self._owns(self._clipboard, mode):
                self._clipboard.clear(mode)
        self._ours = False

    def stop(self) -> None:
        """Clear, and look no longer."""
        self.clear()
        self._clipboard.dataChanged.disconnect(self._changed)

    def _changed(self) -> None:
        if not self._owns(self._clipboard, QClipboard.Mode.Clipboard):
            self._ours = False
            self._timer.stop()
            return
        held: QMimeData | None = self._clipboard.mimeData()  # none once it is empty
        if held is None or not held.hasText():
            return
        self._ours = True
        missing = {name: value for name, value in marks().items() if not held.hasFormat(name)}
        if missing:
            self._clipboard.setMimeData(_marked(held, missing))  # tells of a change once more
            return
        if self._after_s:
            self._timer.start(self._after_s * 1000)


def _marked(held: QMimeData, missing: dict[str, bytes]) -> QMimeData:
    made = QMimeData()
    for name in held.formats():
        made.setData(name, held.data(name))
    for name, value in missing.items():
        made.setData(name, value)
    return made
