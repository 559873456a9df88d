"""Tells of what is due while the program runs: beside the clock where there is a place for it, else in the window.

It holds nothing but moments. What is told is asked of the desk in that minute, and is one neutral line, without a sound
and without a number. While the journal is locked a fresh process knows the moments only, and says the neutral line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from app.services.local_time import Now, zone_name
from app.services.reminders import GRACE, Outlook, Reminder, ReminderChoices
from app.ui.context import Context, Toast
from app.ui.text import tr

if TYPE_CHECKING:
    from app.services.desk import Desk

LOOK_MS: Final = 20_000
_AFRESH: Final = dt.timedelta(hours=6)
"""How often the outlook is asked for anew while nothing changes: well within its day and a half."""


class Tray(Protocol):
    """What stands beside the clock (`platform.tray.Tray`)."""

    @property
    def open_asked(self) -> SignalInstance:
        """The window is wanted in front."""

    @property
    def close_asked(self) -> SignalInstance:
        """The program is to end."""

    def say(self, words: str) -> None:
        """Show a short line."""

    def go(self) -> None:
        """Take it away."""


MakeTray = Callable[[QObject], Tray | None]


def tray_of_system(parent: QObject) -> Tray | None:
    """The icon beside the clock, where this desktop has a place for it."""
    from app.ui.platform import tray

    return tray.Tray(parent) if tray.is_offered() else None


def neutral_words() -> str:
    """What a reminder says where nothing else was chosen."""
    return tr("A moment")


class Reminding(QObject):
    """Lives as long as its session. `close_asked()`: the program is to end, from the icon's menu."""

    close_asked = Signal()

    def __init__(
        self,
        context: Context,
        window: QWidget,
        *,
        make_tray: MakeTray = tray_of_system,
        zone: Callable[[], str] = zone_name,
    ) -> None:
        """`window` is the session's; it is brought to the front when the icon is pressed."""
        super().__init__(window)
        self._context, self._window = context, window
        self._make_tray, self._zone = make_tray, zone
        self._tray: Tray | None = None
        self._on = False
        self._moments: tuple[dt.datetime, ...] = ()
        self._asked_at: dt.datetime | None = None
        self._offset: dt.timedelta | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        context.bus.changed.connect(self._ask)
        context.bus.chosen.connect(self._chosen)
        context.bus.locking.connect(self._end, Qt.ConnectionType.SingleShotConnection)

    @property
    def moments(self) -> tuple[dt.datetime, ...]:
        """The moments to come (UTC) while reminders are on: all that a locked process may know."""
        now = self._context.now()
        return tuple(moment for moment in self._moments if moment > now) if self._on else ()

    @property
    def watching(self) -> bool:
        """Whether a timer runs."""
        return self._timer.isActive()

    def start(self) -> None:
        """Ask how things stand."""
        self._ask()

    def look(self) -> None:
        """Compare the clock with the moments; called by a timer."""
        now = self._context.now()
        moved = self._offset is not None and now.utcoffset() != self._offset
        if moved or self._asked_at is None or not dt.timedelta() <= now - self._asked_at <= _AFRESH:
            self._ask()
        if any(now - GRACE < moment <= now for moment in self._moments):
            self._context.tasks.run(lambda desk: desk.reminders.take(now), self._tell, lambda _error: None)

    def _ask(self, _changes: object = None) -> None:
        now, zone = self._context.now(), self._zone()
        self._asked_at, self._offset = now, now.utcoffset()

        def read(desk: Desk) -> Outlook:
            return desk.reminders.outlook(now, zone)

        self._context.tasks.run(read, self._known, lambda _error: None, slot="reminders")

    def _known(self, outlook: Outlook) -> None:
        """Off means: no icon, no timer, nothing that looks at a clock."""
        self._on = outlook.choices.on
        now = self._context.now()
        passing = {one for one in self._moments if now - GRACE < one <= now}
        self._moments = tuple(sorted({*outlook.moments, *passing})) if self._on else ()
        if self._on and self._tray is None:
            self._tray = self._make_tray(self)
            if self._tray is not None:
                self._tray.open_asked.connect(self._come)
                self._tray.close_asked.connect(self.close_asked)
        if not self._on and self._tray is not None:
            self._tray.go()
            self._tray = None
        if self._on:
            self._timer.start()
        else:
            self._timer.stop()

    def _chosen(self, choices: object) -> None:
        if isinstance(choices, ReminderChoices):
            self._ask()

    def _tell(self, reminder: Reminder | None) -> None:
        if reminder is None:
            return
        words = reminder.words or neutral_words()
        if self._tray is not None and not self._window.isActiveWindow():
            self._tray.say(words)
        else:
            shell = self._context.shell
            shell.toast(Toast(words, tr("Show"), lambda: shell.go("today")))

    def _come(self) -> None:
        come_forward(self._window)

    def _end(self) -> None:
        self._context.bus.changed.disconnect(self._ask)
        self._timer.stop()
        if self._tray is not None:
            self._tray.go()
            self._tray = None


class LockedReminding(QObject):
    """The same for a process that is locked: it was handed moments, says the neutral line, and knows nothing else."""

    close_asked = Signal()

    def __init__(
        self, moments: Sequence[dt.datetime], window: QWidget, now: Now, *, make_tray: MakeTray = tray_of_system
    ) -> None:
        super().__init__(window)
        self._moments, self._now, self._window = set(moments), now, window
        self._tray = make_tray(self) if self._moments else None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        if self._tray is not None:
            self._tray.open_asked.connect(lambda: come_forward(self._window))
            self._tray.close_asked.connect(self.close_asked)
            self._timer.start()

    def look(self) -> None:
        """Compare the clock with the moments; called by a timer. What was slept through is dropped."""
        now = self._now()
        past = {moment for moment in self._moments if moment <= now}
        self._moments -= past
        if self._tray is not None and any(now - GRACE < moment for moment in past):
            self._tray.say(neutral_words())
        if not self._moments:
            self._timer.stop()

    def end(self) -> None:
        """A journal is open now, or the program ends."""
        self._timer.stop()
        if self._tray is not None:
            self._tray.go()
            self._tray = None


def come_forward(widget: QWidget) -> None:
    """Bring the window to the front."""
    window = widget.window()
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
