"""A questionnaire in the Journal: its total in the list, and below its answers what may be said of it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.session import Session
from app.ui.models.timeline_rows import EntryRow
from app.ui.screens.journal.screen import JournalScreen
from app.ui.widgets.label import Label
from tests.domain.test_instruments import answered
from tests.fixtures.page_context import Page, entered, page_on_screen


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    return page_on_screen(qtbot, couple, 1280, 900)


def reading(page: Page, kind: str, answers: dict[str, object]) -> tuple[str, str]:
    """The line in the list, and every word of the opened entry."""
    record = page.desk.journal.add(kind, answers)
    screen = entered(page, JournalScreen(page.ctx), record)
    QApplication.processEvents()
    rows = [row for row in screen._presenter.shown.rows if isinstance(row, EntryRow)]
    said = " ".join(label.text() for label in screen.widget().findChildren(Label) if label.isVisible())
    return next(row.title for row in rows if row.record == record), said


def test_a_whole_one_has_its_total_and_band(page: Page) -> None:
    title, said = reading(page, "phq4", answered("phq4", [2, 2, 1, 0]))
    assert title == "PHQ-4, total 5"
    assert "Total 5 of 12." in said
    assert "It lies in the second of four bands, 3 to 5, which its authors call mild." in said
    assert "Feeling nervous, anxious or on edge" in said
    assert "More than half the days" in said


def test_half_of_one_has_none(page: Page) -> None:
    title, said = reading(page, "pcl5", answered("pcl5", [4] * 18))
    assert title == "PCL-5"
    assert "2 questions are open, so there is no total." in said
    assert "of 80" not in said


def test_the_safety_page_is_named_quietly_with_a_high_total(page: Page) -> None:
    assert "the safety page in the Help menu" in reading(page, "pcl5", answered("pcl5", [2] * 20))[1]


def test_a_total_given_by_others_keeps_its_name(page: Page) -> None:
    title, said = reading(page, "score_entry", {"name": "RDAS", "total": "51"})
    assert title == "RDAS"
    assert "It does not lie below 47.31" in said
