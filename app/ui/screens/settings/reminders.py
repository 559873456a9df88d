"""Reminders: whether there are any, what of, when none, and whether the program starts with the login."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.errors import LeewardError
from app.services.reminders import LEADS_MIN, ReminderChoices
from app.ui.context import Context, Toast
from app.ui.platform import tray
from app.ui.platform.autostart import Autostart, of_this_system
from app.ui.screens.settings import rows
from app.ui.screens.settings.section import Section
from app.ui.text import clock_time, duration, tr, trouble
from app.ui.widgets.buttons import Select, TickBox

_HALF_HOURS: Final = tuple(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in range(0, 24 * 60, 30))
_A_DAY_MIN: Final = 1_440


class RemindersSection(Section):
    """Applies each choice at once. Starting with the login belongs to this computer, not to the journal."""

    def __init__(self, context: Context, autostart: Autostart | None = None) -> None:
        super().__init__()
        self._context = context
        self._autostart = autostart or of_this_system()
        self._chosen = ReminderChoices()
        self._showing = False
        self._ticks: dict[str, TickBox] = {}
        self._selects: dict[str, Select] = {}
        self.add(rows.card(tr("Reminders"), *self._whether()))
        self.add(rows.card(tr("Quiet hours"), *self._quiet()))
        self.add(rows.card(tr("On this computer"), *self._here()))
        context.bus.chosen.connect(self._elsewhere)
        self._render()

    @override
    def enter(self) -> None:
        self._context.tasks.run(
            lambda desk: desk.reminders.choices(), self._show, self._failed, slot="reminder_choices"
        )

    # ---------------------------------------------------------------------------------------------------- building

    def _whether(self) -> list[QWidget]:
        leads: list[tuple[str, object]] = [(_lead_words(minutes), minutes) for minutes in LEADS_MIN]
        return [
            self._tick(
                "on",
                tr("Remind me"),
                tr("One plain line, without a sound or a number. While Leeward runs; closing it ends them."),
            ),
            self._tick(
                "rituals",
                tr("Of rituals that have a time"),
                tr("Once a day at most, never of the other person’s, and not while they rest."),
            ),
            self._tick("checkin", tr("Of the check-in"), tr("Only on days without one.")),
            self._select("checkin_at", tr("Check-in at"), tr("By the clock of wherever you are."), _times()),
            self._tick("sessions", tr("Of a session ahead"), tr("From the dates you wrote down yourself.")),
            self._select(
                "ahead_min", tr("Before a session"), tr("Without a time it is the morning of that day."), leads
            ),
            self._tick(
                "named",
                tr("Name the ritual"),
                tr("Otherwise the line says “A moment”, and while the journal is locked it always does."),
            ),
        ]

    def _quiet(self) -> list[QWidget]:
        return [
            self._select(
                "quiet_from", tr("Nothing from"), tr("What falls into these hours is left out, not put off."), _times()
            ),
            self._select("quiet_until", tr("Until"), tr("The same time twice means no quiet hours."), _times()),
        ]

    def _here(self) -> list[QWidget]:
        where = (
            tr("A small icon beside the clock, with the program’s name and nothing else.")
            if tray.is_offered()
            else tr("This desktop has no place beside the clock. The line appears in the window instead.")
        )
        row, self._start = rows.ticked(
            tr("Start with the login"),
            tr("Locked. Writes one small entry with the program’s name; unticked, or without reminders, it is gone."),
        )
        self._start.toggled.connect(self._start_asked)
        return [rows.row(tr("Where it shows"), where), row]

    def _tick(self, choice: str, name: str, line: str) -> QWidget:
        row, box = rows.ticked(name, line)
        self._ticks[choice] = box
        box.toggled.connect(lambda on: self._choose(**{choice: on}))
        return row

    def _select(self, choice: str, name: str, line: str, options: list[tuple[str, object]]) -> QWidget:
        row, box = rows.selected(name, line, options)
        self._selects[choice] = box
        box.activated.connect(lambda _index: self._choose(**{choice: box.currentData()}))
        return row

    # ----------------------------------------------------------------------------------------------------- choosing

    def _choose(self, **changed: object) -> None:
        if not self._showing:
            self._store(msgspec.structs.replace(self._chosen, **changed), self._chosen)

    def _store(self, wanted: ReminderChoices, before: ReminderChoices) -> None:
        if wanted == before:
            return

        def done(kept: ReminderChoices) -> None:
            self._show(kept)
            self._context.bus.chosen.emit(kept)
            if not kept.on and self._autostart.is_on():
                self._autostart.switch(False)
                self._render()
            said = Toast(tr("Saved, only for you."), tr("Undo"), lambda: self._store(before, wanted))
            self._context.shell.toast(said)

        self._context.tasks.run(lambda desk: desk.reminders.choose(wanted), done, self._failed)

    def _start_asked(self, on: bool) -> None:  # the signal brings a plain value
        if self._showing:
            return
        if not self._autostart.switch(on):
            self._context.shell.toast(Toast(tr("This system did not take that. Nothing was changed.")))
        self._render()

    def _elsewhere(self, chosen: object) -> None:
        if isinstance(chosen, ReminderChoices):
            self._show(chosen)

    def _show(self, chosen: ReminderChoices) -> None:
        self._chosen = chosen
        self._render()

    def _render(self) -> None:
        self._showing = True
        for name, tick in self._ticks.items():
            tick.setChecked(bool(getattr(self._chosen, name)))
            tick.setEnabled(name == "on" or self._chosen.on)
        for name, select in self._selects.items():
            value = getattr(self._chosen, name)
            if select.findData(value) < 0:
                select.addItem(_time_words(value) if isinstance(value, str) else _lead_words(value), value)
            select.setCurrentIndex(select.findData(value))
            select.setEnabled(self._chosen.on)
        self._selects["checkin_at"].setEnabled(self._chosen.on and self._chosen.checkin)
        self._selects["ahead_min"].setEnabled(self._chosen.on and self._chosen.sessions)
        self._ticks["named"].setEnabled(self._chosen.on and self._chosen.rituals)
        self._start.setChecked(self._autostart.is_on())
        self._start.setEnabled(self._chosen.on or self._autostart.is_on())
        self._showing = False

    def _failed(self, error: LeewardError) -> None:
        said = trouble(error, self._context.content)
        self._context.shell.toast(Toast(f"{said.title}. {said.safe}"))
        self._render()


def _times() -> list[tuple[str, object]]:
    return [(_time_words(one), one) for one in _HALF_HOURS]


def _time_words(clock: str) -> str:
    return clock_time(dt.time.fromisoformat(clock))


def _lead_words(minutes: int) -> str:
    if minutes == _A_DAY_MIN:
        return tr("a day before")
    return tr("{time} before").format(time=duration(minutes))
