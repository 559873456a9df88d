"""Clocks that jump, and what each system's own messages mean."""

from __future__ import annotations

import ctypes
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from app.ui.platform import capture, watch_macos, watch_windows
from app.ui.platform.handover import Handover, Place, taken
from app.ui.platform.system_watch import CLOCK, SLEEP
from app.ui.platform.watch import Clocks, ClockWatch, EveryWatch, jump, read_clocks
from app.ui.platform.watch_windows import NativeMessage

START = Clocks(100.0, 500.0, 1_700_000_000.0)


def later(clocks: Clocks, awake_s: float = 0.0, asleep_s: float = 0.0, turned_s: float = 0.0) -> Clocks:
    """So much time passed, and somebody turned the clock."""
    passed_s = awake_s + asleep_s
    return Clocks(clocks.awake_s + awake_s, clocks.always_s + passed_s, clocks.wall_s + passed_s + turned_s)


@given(awake_s=st.floats(0, 1e5), asleep_s=st.floats(0, 3.9), turned_s=st.floats(-55, 55))
def test_ordinary_time_is_no_reason(awake_s: float, asleep_s: float, turned_s: float) -> None:
    assert jump(START, later(START, awake_s, asleep_s, turned_s)) == ""


@given(awake_s=st.floats(0, 1e5), asleep_s=st.floats(4.1, 1e6), turned_s=st.floats(-1e6, 1e6))
def test_sleep_is_seen_whatever_the_clock_says(awake_s: float, asleep_s: float, turned_s: float) -> None:
    assert jump(START, later(START, awake_s, asleep_s, turned_s)) == SLEEP


@given(
    awake_s=st.floats(0, 1e5),
    turned_s=st.one_of(st.floats(61, 1e9), st.floats(-1e9, -61)),
)
def test_a_turned_clock_is_seen_both_ways(awake_s: float, turned_s: float) -> None:
    assert jump(START, later(START, awake_s, 0.0, turned_s)) == CLOCK


def test_where_no_clock_counts_sleep_the_time_of_day_tells() -> None:
    blind = replace(START, always_s=START.awake_s)
    woken = Clocks(START.awake_s + 2, START.awake_s + 2, START.wall_s + 3600)

    assert jump(blind, woken) == CLOCK


def test_the_real_clocks_run_together() -> None:
    before = read_clocks()
    time.sleep(0.02)

    assert jump(before, read_clocks()) == ""


def test_a_jump_is_told_once(qapp: QApplication) -> None:
    del qapp
    shown = [START]
    watch = EveryWatch((ClockWatch(read=lambda: shown[0]),))
    told: list[str] = []
    watch.lock_asked.connect(told.append)
    watch.start()
    part = watch._parts[0]
    assert isinstance(part, ClockWatch)
    for now in (later(START, 2), later(START, 4, 600), later(START, 6, 600), later(START, 8, 600, -7200)):
        shown[0] = now
        part.look()
    watch.stop()

    assert told == [SLEEP, CLOCK]


def test_time_before_the_start_does_not_count(qapp: QApplication) -> None:
    del qapp
    shown = [START]
    watch = ClockWatch(read=lambda: shown[0])
    told: list[str] = []
    watch.lock_asked.connect(told.append)
    shown[0] = later(START, 0, 5000)
    watch.start()
    watch.look()
    watch.stop()

    assert told == []


@pytest.mark.parametrize(
    ("message", "parameter", "reason"),
    [
        (0x0218, 0x0004, "sleep"),
        (0x0218, 0x0007, ""),
        (0x0218, 0x000A, ""),
        (0x02B1, 0x7, "screen_lock"),
        (0x02B1, 0x8, ""),
        (0x02B1, 0x2, "user_switch"),
        (0x02B1, 0x4, "user_switch"),
        (0x02B1, 0x6, "user_switch"),
        (0x02B1, 0x1, ""),
        (0x0100, 0x7, ""),
    ],
)
def test_window_messages_of_windows(message: int, parameter: int, reason: str) -> None:
    assert watch_windows.told_by(message, parameter) == reason


def test_a_window_message_is_read_where_it_lies(qapp: QApplication) -> None:
    del qapp
    watch = watch_windows.WindowsWatch()
    told: list[str] = []
    watch.lock_asked.connect(told.append)
    message = NativeMessage(window=7, message=0x02B1, parameter=0x7, more=1)
    filtered = watch._filter.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message))
    watch._filter.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(message))

    assert told == ["screen_lock"]
    assert filtered == (False, 0)
    assert NativeMessage.parameter.offset == 2 * ctypes.sizeof(ctypes.c_void_p)


def test_notifications_of_macos() -> None:
    assert watch_macos.told_by("com.apple.screenIsLocked") == "screen_lock"
    assert watch_macos.told_by("NSWorkspaceWillSleepNotification") == "sleep"
    assert watch_macos.told_by("NSWorkspaceSessionDidResignActiveNotification") == "user_switch"
    assert watch_macos.told_by("com.apple.screenIsUnlocked") == ""


def test_pictures_can_be_refused_on_two_systems_only() -> None:
    assert [system for system in ("linux", "win32", "darwin", "freebsd14") if capture.is_offered(system)] == [
        "win32",
        "darwin",
    ]
    assert capture.leave_out(0, on=True) is False, "there is no such window system here"


@given(
    reason=st.text("abcdefgh_0é", max_size=20),
    numbers=st.tuples(*(st.integers(-32_767, 32_767) for _ in range(2)), *(st.integers(1, 32_767) for _ in range(2))),
    whole=st.booleans(),
)
def test_what_is_told_is_what_is_taken(reason: str, numbers: tuple[int, int, int, int], whole: bool) -> None:
    told = Handover(reason, Place(*numbers, whole))
    surroundings = {"HOME": "/", **told.told()}

    assert taken(surroundings) == told
    assert surroundings == {"HOME": "/"}, "nothing is handed on by accident"


@pytest.mark.parametrize("place", ["", "1,2,3", "1,2,3,4,x", "1,2,-3,4,0", "99999,2,3,4,0", "1,2,0,4,0", "; rm"])
def test_a_place_that_is_none_is_passed_over(place: str) -> None:
    assert taken({"LEEWARD_PLACE": place}) == Handover()
