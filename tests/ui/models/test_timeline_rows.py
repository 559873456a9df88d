"""The model of the timeline keeps Qt's rules and fetches each page once."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.ui.models.timeline_rows import ROW_ROLE, DayRow, EntryRow, Piece, Row, TimelineModel


def _rows(count: int) -> tuple[Row, ...]:
    entries = tuple(
        EntryRow(str(n), "note", "Note", "19:30", "pen-nib", f"line {n}", True, (Piece("more"),)) for n in range(count)
    )
    return (DayRow("Today"), *entries)


def test_it_follows_the_rules_of_models(qtmodeltester: ModelTester, qapp: object) -> None:
    model = TimelineModel(qapp)  # type: ignore[arg-type]  # any owner does
    model.show_rows(_rows(3), has_more=False)
    qtmodeltester.check(model)


def test_rows_that_go_on_are_added_and_others_begin_anew(qtbot: QtBot, qapp: object) -> None:
    model = TimelineModel(qapp)  # type: ignore[arg-type]  # any owner does
    model.show_rows(_rows(2), has_more=True)

    with qtbot.waitSignal(model.rowsInserted), qtbot.assertNotEmitted(model.modelReset):
        model.show_rows(_rows(4), has_more=True)
    with qtbot.waitSignal(model.modelReset):
        model.show_rows(_rows(1), has_more=False)
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_rows(_rows(1), has_more=False)


def test_a_page_is_asked_for_once(qtbot: QtBot, qapp: object) -> None:
    model = TimelineModel(qapp)  # type: ignore[arg-type]  # any owner does
    model.show_rows(_rows(2), has_more=True)
    asked: list[None] = []
    model.more_wanted.connect(lambda: asked.append(None))

    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert len(asked) == 1
    model.show_rows(_rows(4), has_more=False)
    model.fetchMore(QModelIndex())
    assert len(asked) == 1


def test_days_cannot_be_chosen_and_rows_are_spoken_whole(qapp: object) -> None:
    model = TimelineModel(qapp)  # type: ignore[arg-type]  # any owner does
    model.show_rows(_rows(2), has_more=False)

    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole) == "Note, 19:30, line 0, more"
    assert model.data(model.index(1), ROW_ROLE) == _rows(1)[1]
    assert model.day_above(2) == "Today"
    assert model.index_of("1").row() == 2
    assert not model.index_of("9").isValid()
