"""The arithmetic of a breath, and the way through the senses by keyboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.screens.calm.breath import FASTEST, SLOWEST, Phase, moment_at, stretched
from app.ui.screens.calm.senses import SenseRow
from app.ui.screens.calm.view import CalmView
from tests.fixtures.session import shipped_content

PACES = {pace.id: pace for pace in shipped_content().calm.breathing.pace}


@pytest.mark.parametrize(
    "elapsed_s, phase, count, breath",
    [
        (0.0, Phase.IN, 1, 1),
        (3.9, Phase.IN, 4, 1),
        (4.1, Phase.OUT, 1, 1),
        (9.9, Phase.OUT, 6, 1),
        (10.1, Phase.IN, 1, 2),
    ],
)
def test_four_in_six_out(elapsed_s: float, phase: Phase, count: int, breath: int) -> None:
    moment = moment_at(PACES["four_six"], elapsed_s)

    assert (moment.phase, moment.count, moment.breath) == (phase, count, breath)


@given(st.sampled_from(sorted(PACES)), st.floats(0, 10_000), st.floats(FASTEST, SLOWEST))
def test_a_breath_is_never_wider_than_full_nor_counted_past_its_length(name: str, at_s: float, stretch: float) -> None:
    moment = moment_at(PACES[name], at_s, stretch)

    assert 0.0 <= moment.fullness <= 1.0
    assert 0 <= moment.count <= moment.of or moment.of == 0


def test_still_rests_for_ever() -> None:
    assert {moment_at(PACES["still"], s).phase for s in (0, 5, 500)} == {Phase.REST}


def test_slower_and_faster_stay_comfortable() -> None:
    stretch = 1.0
    for _ in range(50):
        stretch = stretched(stretch, slower=True)
    assert stretch == SLOWEST
    for _ in range(50):
        stretch = stretched(stretch, slower=False)
    assert stretch == FASTEST


def test_naming_goes_from_sense_to_sense_and_back_to_the_breath(qtbot: QtBot) -> None:
    view = CalmView(shipped_content().calm, lambda: None, lambda: None, lambda: None)
    qtbot.addWidget(view)
    view.show()
    rows = view.findChildren(SenseRow)
    assert [row.field.accessibleName()[0] for row in rows] == ["5", "4", "3", "2", "1"]
    view.activateWindow()
    rows[0].field.setFocus()
    for row in rows:
        qtbot.waitUntil(row.field.hasFocus)
        QTest.keyClicks(row.field, "lamp")
        QTest.keyClick(row.field, Qt.Key.Key_Return)
    qtbot.waitUntil(view.circle.hasFocus)
    assert all(row._node._named and not row._node._current for row in rows)

    view.forget()
    assert not any(row._node._named for row in rows)
