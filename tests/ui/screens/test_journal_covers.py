"""Reading behind a cover: safety first where danger is marked, entry by entry; and keeping one for a session."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.services.session import Session
from app.ui.screens.journal.screen import JournalScreen
from tests.fixtures.page_context import Page, entered, page_on_screen


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    return page_on_screen(qtbot, couple)


def _reading(page: Page, record: str) -> JournalScreen:
    return entered(page, JournalScreen(page.ctx), record)


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("trigger", {"cue": "keys in the door", "breach": ["abuse"]}),
        ("setback", {"happened": "Again.", "breach": ["abuse_forms"]}),
        ("fear_note", {"afraid": "often", "note": "It is loud again."}),
    ],
)
def test_what_marks_danger_opens_behind_the_safety_page_each_by_itself(
    page: Page, kind: str, answers: dict[str, object]
) -> None:
    letter = page.desk.journal.add("letter", {"body": "To you."})
    marked = page.desk.journal.add(kind, answers)
    screen = _reading(page, letter)
    screen._presenter.uncover()

    screen._presenter.open(marked)
    reading = screen._presenter.shown.reading
    assert reading is not None
    assert reading.covered is not None  # what was opened before did not open this one
    assert (reading.safety, reading.answers, reading.title, reading.shareable) == (True, (), "", False)
    screen._view.reader.cover.safety_asked.emit()
    assert page.shell.went[-1] == ("help", "safety")

    screen._presenter.uncover()
    opened = screen._presenter.shown.reading
    assert opened is not None
    assert opened.covered is None


def test_a_covered_entry_kept_for_a_session_stays_covered(page: Page) -> None:
    letter = page.desk.journal.add("letter", {"body": "To you."})
    screen = _reading(page, letter)

    screen._view.reader.cover.session.click()

    reading = screen._presenter.shown.reading
    assert reading is not None
    assert reading.covered is not None
    assert reading.listed
    assert [one.record for one in page.desk.session_list.all()] == [letter]


def test_a_cover_says_how_heavy_the_thread_behind_it_was_last(page: Page) -> None:
    thread = page.desk.journal.add("injury", {"title": "That evening", "weight": 7})
    beside = page.desk.journal.add("setback", {"happened": "Again.", "thread": thread})
    alone = page.desk.journal.add("setback", {"happened": "Once more."})
    screen = _reading(page, beside)
    reading = screen._presenter.shown.reading
    assert reading is not None
    assert reading.covered is not None
    assert reading.heavy is not None
    assert (reading.heavy.value, reading.heavy.words) == (7, "Its thread was 7 of 10 heavy when you last said")
    screen._presenter.open(alone)
    assert (opened := screen._presenter.shown.reading) is not None
    assert opened.heavy is None


def test_a_line_stands_once_as_title_or_as_answer(page: Page) -> None:
    words = "I asked whether there was time for a walk."
    moment = page.desk.journal.add("moment", {"for_what": words, "followed": "Once around the pond."})
    screen = _reading(page, moment)
    reading = screen._presenter.shown.reading
    assert reading is not None
    assert reading.title == words
    assert [part.words for part in reading.answers].count(words) == 0
