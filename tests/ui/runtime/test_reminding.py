"""Reminding in a window: a line beside the clock or in the window, no timer while it is off, one line while locked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.records import RecordId
from app.services.reminders import ReminderChoices
from app.services.session import Session
from app.ui.platform.handover import Handover, taken
from app.ui.runtime.reminding import LockedReminding, Reminding, neutral_words
from tests.fixtures.page_context import Page, page_of
from tests.fixtures.session import EVENING, ZONE

DUE = EVENING.replace(hour=20, minute=0)


class NotedTray(QObject):
    """Stands where the icon beside the clock stands."""

    open_asked = Signal()
    close_asked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.said: list[str] = []
        self.gone = False

    def say(self, words: str) -> None:
        self.said.append(words)

    def go(self) -> None:
        self.gone = True


class Trays:
    """Makes trays and remembers them."""

    def __init__(self, *, offered: bool = True) -> None:
        self.made: list[NotedTray] = []
        self._offered = offered

    def __call__(self, parent: QObject) -> NotedTray | None:
        if not self._offered:
            return None
        self.made.append(NotedTray(parent))
        return self.made[-1]


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Page:
    area = QWidget()
    qtbot.addWidget(area)
    return page_of(session, area)


def _ritual(page: Page) -> RecordId:
    around = {"day": "2026-05-01", "precision": "instant", "time": "20:00"}
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    answers = {"title": "Tea", "rhythm": "days", "days": days, "around": around, "starts": "2026-05-01"}
    return page.desk.journal.add("ritual", answers)


def _reminding(page: Page, trays: Trays, at: list[dt.datetime], zone: Callable[[], str] = lambda: ZONE) -> Reminding:
    page.desk.session.now = lambda: at[0]
    ctx = page.ctx
    object.__setattr__(ctx, "now", lambda: at[0])
    made = Reminding(ctx, page.shell.area, make_tray=trays, zone=zone)
    made.start()
    return made


def test_off_there_is_no_icon_and_no_timer(page: Page) -> None:
    trays = Trays()
    _ritual(page)
    reminding = _reminding(page, trays, [DUE])
    reminding.look()

    assert not trays.made and not reminding.watching and reminding.moments == ()
    assert not page.shell.toasts


def test_on_it_says_one_neutral_line_beside_the_clock(page: Page) -> None:
    trays, at = Trays(), [EVENING]
    _ritual(page)
    page.desk.reminders.choose(ReminderChoices(on=True))
    reminding = _reminding(page, trays, at)
    assert len(trays.made) == 1 and reminding.watching and reminding.moments[0] == DUE

    at[0] = DUE + dt.timedelta(seconds=15)
    reminding.look()
    reminding.look()
    assert trays.made[0].said == [neutral_words()]
    assert not page.shell.toasts


def test_without_a_place_beside_the_clock_the_line_stands_in_the_window(page: Page) -> None:
    trays, at = Trays(offered=False), [DUE]
    _ritual(page)
    page.desk.reminders.choose(ReminderChoices(on=True))
    at[0] = EVENING
    reminding = _reminding(page, trays, at)
    at[0] = DUE
    reminding.look()

    assert [toast.text for toast in page.shell.toasts] == [neutral_words()]
    action = page.shell.toasts[0].on_action
    assert action is not None
    action()
    assert page.shell.went == [("today", None)]


def test_what_was_slept_through_is_not_told(page: Page) -> None:
    trays, at = Trays(), [EVENING]
    _ritual(page)
    page.desk.reminders.choose(ReminderChoices(on=True))
    reminding = _reminding(page, trays, at)
    at[0] = DUE + dt.timedelta(minutes=30)
    reminding.look()

    assert trays.made[0].said == []


def test_switching_it_off_takes_icon_and_timer_away_at_once(page: Page) -> None:
    trays = Trays()
    page.desk.reminders.choose(ReminderChoices(on=True))
    reminding = _reminding(page, trays, [EVENING])
    page.ctx.bus.chosen.emit(page.desk.reminders.choose(ReminderChoices()))

    assert trays.made[0].gone and not reminding.watching


def test_another_time_zone_is_noticed_at_the_next_look(page: Page) -> None:
    trays, at = Trays(), [EVENING]
    zones = [ZONE]
    _ritual(page)
    page.desk.reminders.choose(ReminderChoices(on=True))
    reminding = _reminding(page, trays, at, lambda: zones[0])
    zones[0] = "America/New_York"
    at[0] = EVENING.astimezone(ZoneInfo("America/New_York"))
    reminding.look()

    assert reminding.moments == tuple(dt.datetime(2026, 5, day, tzinfo=dt.UTC) for day in (15, 16))


def test_a_locked_process_gets_bare_moments_and_says_the_neutral_line(qtbot: QtBot) -> None:
    told = Handover("idle", moments=(DUE, DUE + dt.timedelta(hours=1))).told()
    assert set(told) == {"LEEWARD_REASON", "LEEWARD_MOMENTS"}
    assert told["LEEWARD_MOMENTS"].replace(",", "").isdecimal()
    window = QWidget()
    qtbot.addWidget(window)
    trays, at = Trays(), [EVENING]
    environment = dict(told)
    locked = LockedReminding(taken(environment).moments, window, lambda: at[0], make_tray=trays)
    assert environment == {}
    at[0] = DUE
    locked.look()
    at[0] = DUE + dt.timedelta(hours=5)
    locked.look()
    assert trays.made[0].said == [neutral_words()]
    assert not locked._timer.isActive()
    locked.end()
    assert trays.made[0].gone


@pytest.mark.parametrize("written", ["x", "1,x", "9" * 40, ","])
def test_what_is_no_moment_is_none(written: str) -> None:
    assert taken({"LEEWARD_MOMENTS": written}).moments == ()


def test_locking_ends_the_looking(page: Page) -> None:
    trays = Trays()
    page.desk.reminders.choose(ReminderChoices(on=True))
    reminding = _reminding(page, trays, [EVENING])
    page.ctx.bus.locking.emit()

    assert not reminding.watching and trays.made[0].gone
