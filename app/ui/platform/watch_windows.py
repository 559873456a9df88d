"""Sleep, screen lock and change of login on Windows, read from the messages that every window gets."""

from __future__ import annotations

import ctypes
import sys
from ctypes import Structure, c_int, c_long, c_size_t, c_ssize_t, c_uint, c_void_p
from typing import Any, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication
from typing_extensions import override

from app.ui.platform.system_watch import SCREEN_LOCK, SLEEP, USER_SWITCH, SystemWatch

_POWER: Final = 0x0218
"""WM_POWERBROADCAST (winuser.h)."""
_SESSION: Final = 0x02B1
"""WM_WTSSESSION_CHANGE (winuser.h)."""
_POWER_REASONS: Final = {0x0004: SLEEP}
"""PBT_APMSUSPEND."""
_SESSION_REASONS: Final = {0x2: USER_SWITCH, 0x4: USER_SWITCH, 0x6: USER_SWITCH, 0x7: SCREEN_LOCK}
"""WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK (wtsapi32.h)."""
_THIS_SESSION: Final = 0


def told_by(message: int, parameter: int) -> str:
    """The reason to lock that a window message holds, or nothing."""
    if message == _POWER:
        return _POWER_REASONS.get(parameter, "")
    return _SESSION_REASONS.get(parameter, "") if message == _SESSION else ""


class NativeMessage(Structure):
    """The MSG of winuser.h, as far as it is read here."""

    _fields_ = (
        ("window", c_void_p),
        ("message", c_uint),
        ("parameter", c_size_t),
        ("more", c_ssize_t),
        ("time_ms", c_uint),
        ("x", c_long),
        ("y", c_long),
    )


class _Filter(QAbstractNativeEventFilter):
    """Sees every native message first and lets each go on."""

    def __init__(self, owner: WindowsWatch) -> None:
        super().__init__()
        self._owner = owner

    @override
    def nativeEventFilter(self, eventType: QByteArray | bytes | bytearray | memoryview, message: int) -> Any:
        kind = eventType.data() if isinstance(eventType, QByteArray) else eventType
        if bytes(kind) == b"windows_generic_MSG":
            told = NativeMessage.from_address(int(message))
            self._owner.heard(int(told.message), int(told.parameter))
        return False, 0


class WindowsWatch(SystemWatch):
    """Registers the first window for messages about its login session; power messages come without that."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filter = _Filter(self)
        self._window = 0

    def heard(self, message: int, parameter: int) -> None:
        """A window message came."""
        reason = told_by(message, parameter)
        if reason:
            self.lock_asked.emit(reason)

    @override
    def start(self) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)
        windows = QGuiApplication.topLevelWindows()
        if windows and not self._window and _register(int(windows[0].winId()), on=True):
            self._window = int(windows[0].winId())

    @override
    def stop(self) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self._filter)
        if self._window:
            _register(self._window, on=False)
            self._window = 0


def _register(window: int, *, on: bool) -> bool:
    """WTSRegisterSessionNotification and its opposite. Returns whether the system agreed."""
    if sys.platform == "win32":
        library = ctypes.WinDLL("wtsapi32")
        if on:
            library.WTSRegisterSessionNotification.argtypes = (c_void_p, c_uint)
            library.WTSRegisterSessionNotification.restype = c_int
            return bool(library.WTSRegisterSessionNotification(window, _THIS_SESSION))
        library.WTSUnRegisterSessionNotification.argtypes = (c_void_p,)
        return bool(library.WTSUnRegisterSessionNotification(window))
    return False
