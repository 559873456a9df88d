"""Sleep, screen lock and change of login on Linux, heard on the two local message buses.

`QtDBus` needs nothing of `QtNetwork`, and only buses behind a local socket are listened to: an address that would lead
to another computer is left alone. logind is asked to wait with sleeping until the journal is locked.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)
from typing_extensions import override

from app.ui.platform.system_watch import SCREEN_LOCK, SLEEP, USER_SWITCH, SystemWatch

_LOGIND: Final = "org.freedesktop.login1"
_MANAGER: Final = "/org/freedesktop/login1"
_OWN_SESSION: Final = "/org/freedesktop/login1/session/auto"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_SYSTEM_SOCKETS: Final = (Path("/run/dbus/system_bus_socket"), Path("/var/run/dbus/system_bus_socket"))
_SAVERS: Final = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
_ASK_TIMEOUT_MS: Final = 5_000


def is_local(address: str) -> bool:
    """Whether every place a bus address names is a local socket: `unix:` and nothing that leads outside."""
    places = [place for place in address.split(";") if place]
    return bool(places) and all(place.startswith("unix:") for place in places)


def buses(environment: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether the system's bus and the login's bus can be listened to."""
    system = environment.get("DBUS_SYSTEM_BUS_ADDRESS", "")
    session = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    has_system = is_local(system) if system else any(socket.exists() for socket in _SYSTEM_SOCKETS)
    has_session = is_local(session) if session else bool(runtime) and (Path(runtime) / "bus").exists()
    return has_system, has_session


def told_by(name: str, value: object) -> str:
    """The reason to lock that a property of the login session holds, or nothing."""
    if name == "LockedHint":
        return SCREEN_LOCK if value is True else ""
    return USER_SWITCH if name == "Active" and value is False else ""


class LinuxWatch(SystemWatch):
    """Listens to logind and to the screen savers of the common desktops."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listening = False
        self._delay: QDBusUnixFileDescriptor | None = None

    @override
    def start(self) -> None:
        if self._listening:
            return
        self._listening = True
        has_system, has_session = buses(os.environ)
        if has_system:
            self._listen_to_logind(QDBusConnection.systemBus())
        if has_session:
            self._listen_to_savers(QDBusConnection.sessionBus())

    @override
    def stop(self) -> None:
        self._listening = False
        self._delay = None

    @Slot(bool)
    def sleep_said(self, going: bool) -> None:  # the signal's own argument
        """logind: the computer is about to sleep, or woke up. Once the journal is locked it need not wait longer."""
        self._ask(SLEEP if going else "")
        self._delay = None

    @Slot(bool)
    def saver_said(self, active: bool) -> None:  # the signal's own argument
        """A screen saver began or ended."""
        self._ask(SCREEN_LOCK if active else "")

    @Slot()
    def lock_said(self) -> None:
        """logind: lock this session."""
        self._ask(SCREEN_LOCK)

    @Slot(QDBusMessage)
    def session_changed(self, message: QDBusMessage) -> None:
        """Something about the login session changed. The signal's own table does not reach Python, so ask anew."""
        bus = QDBusConnection.systemBus()
        for name in ("Active", "LockedHint"):
            asked = QDBusMessage.createMethodCall(_LOGIND, message.path(), _PROPERTIES, "Get")
            asked.setArguments([f"{_LOGIND}.Session", name])
            self._call(bus, asked, partial(self._property_said, name))

    def _property_said(self, name: str, value: object) -> None:
        self._ask(told_by(name, value))

    def _ask(self, reason: str) -> None:
        if reason and self._listening:
            self.lock_asked.emit(reason)

    def _listen_to_savers(self, bus: QDBusConnection) -> None:
        for interface in _SAVERS:
            bus.connect("", "", interface, "ActiveChanged", self, _slot("saver_said(bool)"))

    def _listen_to_logind(self, bus: QDBusConnection) -> None:
        manager = f"{_LOGIND}.Manager"
        bus.connect(_LOGIND, _MANAGER, manager, "PrepareForSleep", self, _slot("sleep_said(bool)"))
        wait = QDBusMessage.createMethodCall(_LOGIND, _MANAGER, manager, "Inhibit")
        wait.setArguments(["sleep", "Leeward", "Leeward", "delay"])
        self._call(bus, wait, self._may_wait)
        known = os.environ.get("XDG_SESSION_ID", "")
        if known:
            self._find_session(bus, known)
            return
        own = QDBusMessage.createMethodCall(_LOGIND, _OWN_SESSION, _PROPERTIES, "Get")
        own.setArguments([f"{_LOGIND}.Session", "Id"])
        self._call(bus, own, lambda found: self._find_session(bus, found) if isinstance(found, str) else None)

    def _find_session(self, bus: QDBusConnection, name: str) -> None:
        which = QDBusMessage.createMethodCall(_LOGIND, _MANAGER, f"{_LOGIND}.Manager", "GetSession")
        which.setArguments([name])
        self._call(bus, which, lambda found: self._listen_to_session(bus, found))

    def _listen_to_session(self, bus: QDBusConnection, found: object) -> None:
        path = _path(found)
        if path:
            bus.connect(_LOGIND, path, f"{_LOGIND}.Session", "Lock", self, _slot("lock_said()"))
            changed = _slot("session_changed(QDBusMessage)")
            bus.connect(_LOGIND, path, _PROPERTIES, "PropertiesChanged", self, changed)

    def _may_wait(self, found: object) -> None:
        if self._listening and isinstance(found, QDBusUnixFileDescriptor):
            self._delay = found

    def _call(self, bus: QDBusConnection, message: QDBusMessage, found: Callable[[object], None]) -> None:
        """Ask without waiting; `found` gets the first thing the answer holds, and nothing comes of a refusal."""
        asked = QDBusPendingCallWatcher(bus.asyncCall(message, _ASK_TIMEOUT_MS), self)

        def answered(watcher: QDBusPendingCallWatcher) -> None:
            reply = watcher.reply()
            if reply.type() is QDBusMessage.MessageType.ReplyMessage and reply.arguments():
                first = reply.arguments()[0]
                found(first.variant() if isinstance(first, QDBusVariant) else first)
            watcher.deleteLater()

        asked.finished.connect(answered)


def _slot(name: str) -> bytes:
    """A method in the form signals are bound to by name: a text when it runs, bytes in the type stubs."""
    return cast("bytes", SLOT(name))


def _path(found: object) -> str:
    if isinstance(found, QDBusObjectPath):
        return found.path()
    return found if isinstance(found, str) else ""
