"""Privacy and lock: when the journal locks by itself, and what others can see of it at a glance."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.services.choices import CLEAR_COPIED_S, IDLE_MINUTES, Choices
from app.ui.actions import key_words
from app.ui.platform import capture
from app.ui.screens.settings import rows
from app.ui.screens.settings.section import Section
from app.ui.text import clock_time, count_of, tr
from app.ui.widgets.buttons import Button, Select, TickBox


class PrivacySection(Section):
    """`chosen(name, value)` with a name of `Choices`; `lock_asked()`. Locking never asks back."""

    chosen = Signal(str, object)
    lock_asked = Signal()

    def __init__(self, keys: Section) -> None:
        """`keys` is what opens the journal; it stands below."""
        super().__init__()
        self._keys = keys
        self._showing = False
        self._ticks: dict[str, TickBox] = {}
        self._selects: dict[str, Select] = {}
        self.add(rows.card(tr("Locking"), *self._locking(), self._lock_now()))
        self.add(rows.card(tr("At a glance"), *self._glance()))
        self.add(rows.card(tr("Rituals"), *self._rituals()))
        self.add(rows.card(tr("Questionnaires"), *self._questionnaires()))
        self.add(keys)

    def show_choices(self, choices: Choices) -> None:
        """Show what is chosen."""
        self._showing = True
        for name, tick in self._ticks.items():
            tick.setChecked(bool(getattr(choices, name)))
        for name, select in self._selects.items():
            select.setCurrentIndex(max(0, select.findData(getattr(choices, name))))
        self._showing = False

    @override
    def enter(self) -> None:
        self._keys.enter()

    def _locking(self) -> list[QWidget]:
        minutes = [(count_of(n, tr("{n} minute"), tr("{n} minutes")), n) for n in IDLE_MINUTES]
        return [
            self._select(
                "idle_minutes",
                tr("Lock after no activity"),
                tr("What you are writing is kept as a draft, sealed."),
                list(minutes),
            ),
            self._tick(
                "lock_on_sleep",
                tr("Lock when the computer sleeps or the lid closes"),
                tr("The time asleep counts as quiet time in any case."),
            ),
            self._tick(
                "lock_with_screen", tr("Lock together with the screen"), tr("Also when a screen saver takes over.")
            ),
            self._tick(
                "lock_on_switch", tr("Lock when the login changes"), tr("When somebody else signs in on this computer.")
            ),
            self._tick(
                "lock_minimised",
                tr("Lock when the window is put away"),
                tr("Minimising then ends the program that held your keys."),
            ),
        ]

    def _lock_now(self) -> QWidget:
        lock = Button(tr("Lock"), "plain", icon="lock", hint=key_words("Ctrl+L"), small=True)
        lock.clicked.connect(lambda _checked=False: self.lock_asked.emit())
        return rows.pressed(tr("Lock now"), tr("Ends the program that held your keys and starts it anew."), lock)

    def _glance(self) -> list[QWidget]:
        return [
            self._tick(
                "veil_on_switch",
                tr("Veil when I switch to another window"),
                tr("Writing becomes plain bars; nothing can be read from the side."),
            ),
            self._tick(
                "plain_labels",
                tr("Plain labels"),
                tr("“Injuries” becomes “Threads”, “Log a trigger” becomes “Quick note”."),
            ),
            self._tick("previews", tr("Previews on Today"), tr("Shows the last lines of a story where you left off.")),
            self._select(
                "on_this_day",
                tr("This day in earlier times"),
                tr("Shown quietly over the Journal. Heavy entries are never part of it."),
                [(tr("Not shown"), "off"), (tr("Without triggers"), "light"), (tr("With triggers"), "all")],
            ),
            self._pictures(),
            self._select(
                "clear_copied_s",
                tr("Clear copied text"),
                tr("What you copied here leaves the clipboard. A clipboard history may have kept it before."),
                [(_after(seconds), seconds) for seconds in CLEAR_COPIED_S],
            ),
        ]

    def _rituals(self) -> list[QWidget]:
        hours: list[tuple[str, object]] = [(clock_time(dt.time(hour)), hour) for hour in range(7)]
        return [
            self._select(
                "day_closes_at", tr("The day closes"), tr("Until then, late evening still is the day before."), hours
            ),
            self._tick(
                "ritual_runs",
                tr("Runs"),
                tr("How many times in a row, small beside the curve. Off hides both numbers."),
            ),
        ]

    def _questionnaires(self) -> list[QWidget]:
        beside = tr("A link beside the look at four weeks, never a reminder. “The long view” has it in any case.")
        return [
            self._tick("offer_phq4", tr("Offer the PHQ-4"), beside),
            self._tick("offer_gad7", tr("Offer the GAD-7"), tr("Seven questions about worry, in the same place.")),
            self._tick(
                "offer_pcl5",
                tr("Offer the PCL-5"),
                tr("Twenty questions about one hard experience; once a month at most, in the same place."),
            ),
        ]

    def _pictures(self) -> QWidget:
        name = tr("Keep out of screenshots and screen sharing")
        if not capture.is_offered():
            return rows.row(name, tr("This system offers no way to ask for it. The veil covers the window instead."))
        return self._tick(
            "out_of_pictures", name, tr("Asks the system to leave this window out. Not every system honours it.")
        )

    def _tick(self, choice: str, name: str, line: str) -> QWidget:
        row, box = rows.ticked(name, line)
        self._ticks[choice] = box
        box.toggled.connect(lambda on: self._tell(choice, on))
        return row

    def _select(self, choice: str, name: str, line: str, options: list[tuple[str, object]]) -> QWidget:
        row, box = rows.selected(name, line, options)
        self._selects[choice] = box
        box.activated.connect(lambda _index: self._tell(choice, box.currentData()))
        return row

    def _tell(self, choice: str, value: object) -> None:
        if not self._showing:
            self.chosen.emit(choice, value)


def _after(seconds: int) -> str:
    if not seconds:
        return tr("When it locks")
    return tr("After {time}").format(time=count_of(seconds, tr("{n} second"), tr("{n} seconds")))
