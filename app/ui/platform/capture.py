"""Asks the system to leave the window out of screenshots and screen sharing, where it has such a switch.

Windows and macOS have one; neither promises that everything honours it. Linux has none, and the settings say so.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

from PySide6.QtGui import QGuiApplication

_LEFT_OUT: Final = 0x11
"""WDA_EXCLUDEFROMCAPTURE (winuser.h), since Windows 10 2004."""
_BLACK: Final = 0x01
"""WDA_MONITOR: what older systems have, the window is black in a picture."""
_SHARED: Final = {True: 0, False: 1}
"""NSWindowSharingNone and NSWindowSharingReadOnly."""


def is_offered(platform: str = sys.platform) -> bool:
    """Whether this system has a switch for it."""
    return platform in {"win32", "darwin"}


def leave_out(window: int, *, on: bool) -> bool:
    """Set the switch of a native window (its `winId`). Returns whether the system agreed."""
    if not is_offered() or QGuiApplication.platformName() not in {"windows", "cocoa"}:
        return False
    try:
        return _leave_out_windows(window, on=on) if sys.platform == "win32" else _leave_out_macos(window, on=on)
    except (OSError, AttributeError):
        return False


def _leave_out_windows(window: int, *, on: bool) -> bool:
    if sys.platform == "win32":
        switch = ctypes.WinDLL("user32").SetWindowDisplayAffinity
        switch.argtypes, switch.restype = (ctypes.c_void_p, ctypes.c_uint), ctypes.c_int
        wanted = (_LEFT_OUT, _BLACK) if on else (0,)
        return any(bool(switch(window, affinity)) for affinity in wanted)
    return False


def _leave_out_macos(view: int, *, on: bool) -> bool:
    from app.ui.platform.objc import Runtime

    runtime = Runtime()
    native = runtime.send(view, "window")
    if native:
        runtime.send(native, "setSharingType:", _SHARED[on])
    return bool(native)
