"""Ends the program cleanly when the system asks: a terminal's Ctrl+C, a logout, a kill that can be heard."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

_LISTEN_MS: Final = 250
_HEARD: Final = tuple(
    number for name in ("SIGINT", "SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None
)


def end_quietly(owner: QObject, end: Callable[[], None]) -> None:
    """Call `end` on the GUI thread once, for any of these; the session manager's request too.

    Python runs signal handlers between any two bytecodes, also in the middle of painting a widget, which must not be
    taken apart then: the handler only notes what it heard. A slow timer finds the note once Qt waits for events.
    """
    heard: list[int] = []
    ended = False

    def once() -> None:
        nonlocal ended
        if not ended:
            ended = True
            end()

    def look() -> None:
        if heard:
            once()

    for number in _HEARD:
        signal.signal(number, lambda number, _frame: heard.append(number))
    listener = QTimer(owner)
    listener.setInterval(_LISTEN_MS)
    listener.timeout.connect(look)
    listener.start()
    application = QGuiApplication.instance()
    if isinstance(application, QGuiApplication):
        application.commitDataRequest.connect(lambda _manager: once())
