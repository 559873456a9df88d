"""Questionnaires in a form: one question a row, the digits of their answers, half of it fine, and no total shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.instruments import INSTRUMENTS, items, total_of
from app.ui.widgets.form import Form
from tests.fixtures.session import shipped_content, shipped_kinds
from tests.ui.widgets.test_form import _needs as needs


def press(form: Form, field_id: str, digit: int) -> None:
    """Type a digit where a question is answered."""
    control = form.editor(field_id).focusProxy()
    assert control is not None
    QTest.keyClick(control, Qt.Key(Qt.Key.Key_0 + digit))


@pytest.mark.parametrize("kind_id", INSTRUMENTS)
def test_digits_answer_from_zero(qtbot: QtBot, kind_id: str) -> None:
    kind = shipped_content().kind(kind_id)
    form = Form(kind, needs())
    qtbot.addWidget(form)
    asked = items(kind)
    for number, field in enumerate(asked):
        press(form, field.id, number % 4)
    answers = form.answers()
    assert total_of(kind, shipped_kinds().parse(kind_id, answers)) == sum(number % 4 for number in range(len(asked)))
    press(form, asked[-1].id, 9)
    assert form.answers() == answers


def test_other_rows_count_from_one_as_before(qtbot: QtBot) -> None:
    form = Form(shipped_content().kind("checkin"), needs())
    qtbot.addWidget(form)
    press(form, "accessible", 0)
    assert "accessible" not in form.answers()
    press(form, "accessible", 1)
    assert form.answers()["accessible"] == 0


@pytest.mark.parametrize("kind_id", INSTRUMENTS)
def test_half_of_it_can_be_kept(qtbot: QtBot, kind_id: str) -> None:
    kind = shipped_content().kind(kind_id)
    form = Form(kind, needs())
    qtbot.addWidget(form)
    press(form, items(kind)[0].id, 2)
    assert form.check()
    assert total_of(kind, shipped_kinds().parse(kind_id, form.answers())) is None
