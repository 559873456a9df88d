"""Sleep, screen lock and change of login on macOS, heard from the notification centres of the system."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from typing_extensions import override

from app.ui.platform.system_watch import SCREEN_LOCK, SLEEP, USER_SWITCH, SystemWatch

if TYPE_CHECKING:
    from app.ui.platform.objc import Runtime

WORKSPACE: Final = {
    "NSWorkspaceWillSleepNotification": SLEEP,
    "NSWorkspaceScreensDidSleepNotification": SCREEN_LOCK,
    "NSWorkspaceSessionDidResignActiveNotification": USER_SWITCH,
}
DISTRIBUTED: Final = {"com.apple.screenIsLocked": SCREEN_LOCK, "com.apple.screensaver.didstart": SCREEN_LOCK}


def told_by(name: str) -> str:
    """The reason to lock that a notification's name holds, or nothing."""
    return WORKSPACE.get(name) or DISTRIBUTED.get(name) or ""


class MacWatch(SystemWatch):
    """One listener at two centres: the workspace's own, and the one between programs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runtime: Runtime | None = None
        self._listener = 0
        self._kept: object = None
        self._listening = False

    @override
    def start(self) -> None:
        self._listening = True
        if sys.platform == "darwin" and not self._listener:
            self._listen()

    @override
    def stop(self) -> None:
        self._listening = False

    def _heard(self, notification: int) -> None:
        if self._runtime is None or not self._listening:
            return
        reason = told_by(self._runtime.words(self._runtime.send(notification, "name")))
        if reason:
            self.lock_asked.emit(reason)

    def _listen(self) -> None:
        from app.ui.platform.objc import Runtime

        self._runtime = runtime = Runtime()
        self._listener, self._kept = runtime.listener("LeewardSystemWatch", self._heard)
        workspace = runtime.send(runtime.find("NSWorkspace"), "sharedWorkspace")
        between = runtime.send(runtime.find("NSDistributedNotificationCenter"), "defaultCenter")
        for centre, names in ((runtime.send(workspace, "notificationCenter"), WORKSPACE), (between, DISTRIBUTED)):
            for name in names:
                what = (self._listener, runtime.selector("heard:"), runtime.text(name), 0)
                runtime.send(centre, "addObserver:selector:name:object:", *what)
