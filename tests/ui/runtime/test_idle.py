"""Locking after quiet time, with a clock the test moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from app.ui.runtime.idle import IdleWatch


class _Heard:
    def __init__(self, watch: IdleWatch) -> None:
        self.told: list[str] = []
        watch.warned.connect(lambda: self.told.append("warned"))
        watch.expired.connect(lambda: self.told.append("expired"))


@pytest.fixture
def clock_s() -> list[float]:
    return [0.0]


@pytest.fixture
def watch(qapp: QApplication, clock_s: list[float]) -> Iterator[IdleWatch]:
    owner = QObject()
    made = IdleWatch(10, owner, lambda: clock_s[0])
    made.start()
    yield made
    made.stop()


def test_a_warning_a_minute_before_and_then_the_end(watch: IdleWatch, clock_s: list[float]) -> None:
    heard = _Heard(watch)
    for second in (539, 540, 599, 600, 700):
        clock_s[0] = second
        watch.check()

    assert heard.told[:2] == ["warned", "expired"]
    assert heard.told.count("warned") == 1


def test_any_key_starts_it_afresh(watch: IdleWatch, clock_s: list[float]) -> None:
    heard = _Heard(watch)
    clock_s[0] = 599
    watch.check()
    QCoreApplication.sendEvent(watch.parent(), QEvent(QEvent.Type.MouseMove))
    clock_s[0] = 1100
    watch.check()

    assert heard.told == ["warned"]


def test_other_events_are_no_sign_of_life(watch: IdleWatch, clock_s: list[float]) -> None:
    heard = _Heard(watch)
    clock_s[0] = 601
    QCoreApplication.sendEvent(watch.parent(), QEvent(QEvent.Type.User))
    watch.check()

    assert heard.told == ["expired"]


def test_a_longer_time_can_be_chosen(watch: IdleWatch, clock_s: list[float]) -> None:
    heard = _Heard(watch)
    watch.set_minutes(30)
    clock_s[0] = 1700
    watch.check()

    assert heard.told == []
