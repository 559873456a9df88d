"""A look at four weeks in the whole program: from Today to the letter, kept, found again, and into the summary."""

from __future__ import annotations

import datetime as dt

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.domain.records import RecordId
from app.services.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.screens.journal.reader import Reader
from app.ui.screens.review.view import ReviewView
from app.ui.screens.summary.view import SummaryView
from app.ui.screens.today.view import TodayView
from app.ui.screens.trends.view import TrendsView
from app.ui.widgets.label import Label
from tests.fixtures.session import EVENING
from tests.fixtures.windows import Program
from tests.journeys.test_trigger import CTRL, asked, unlocked


def _written(desk: Desk) -> None:
    for back in range(88):
        day = EVENING.date() - dt.timedelta(days=back)
        desk.journal.add("checkin", {"felt_for_date": day, "felt_safety": 4 + back % 3})


def _letter(program: Program, session: MainWindow) -> ReviewView:
    def shown() -> list[ReviewView]:
        return [view for view in session.findChildren(ReviewView) if view.isVisible() and view.letter.words()]

    program.wait(shown)
    return shown()[0]


def _pdf(program: Program, session: MainWindow) -> str:
    from io import BytesIO

    session.go("summary")
    asked(program, session, lambda _desk: True)  # behind what the page asked for
    program.wait(lambda: [one for one in session.findChildren(SummaryView) if one._presenter.shown.choice])
    view = session.findChildren(SummaryView)[0]
    program.wait(lambda: view._presenter.shown.pages and not view._presenter.shown.drawing)
    choice = view._presenter.shown.choice
    assert choice is not None
    made = asked(program, session, lambda desk: desk.summaries.pdf(choice))
    assert isinstance(made, bytes)
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(made)).pages)


def test_from_today_to_the_letter_to_the_journal_to_the_summary(program: Program) -> None:
    session = unlocked(program)
    asked(program, session, _written)
    session.go("trends")
    session.go("today")
    today = session.findChildren(TodayView)[0]
    program.wait(today.review.isVisible)
    today.review.banner.acted.emit()
    view = _letter(program, session)
    said = view.letter.words()
    assert "of these 28 days" in said[0]

    view.added.focus_first()
    program.wait(lambda: view.added.isAncestorOf(session.focusWidget()))
    QTest.keyClicks(session.focusWidget(), "Zinnias by the door")
    QTest.keyClick(session.focusWidget(), Qt.Key.Key_Return, CTRL)
    program.wait(lambda: view.kept.links)
    assert view.letter.words() == said
    assert "Zinnias" not in _pdf(program, session)

    session._search()
    field = session.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "zinnias")
    hit = asked(program, session, lambda desk: desk.journal.search("zinnias")[0].id)
    session.go("journal", RecordId(str(hit)))
    reader = session.findChildren(Reader)[0]
    program.wait(lambda: said[0] in " ".join(one.text() for one in reader.findChildren(Label)))
    reader.edit_asked.emit()
    view = _letter(program, session)
    program.wait(view.added._tick.isVisible)
    QTest.keyClick(view.added._tick, Qt.Key.Key_Space)
    program.wait(lambda: asked(program, session, lambda desk: len(desk.reviews.picked(0, EVENING.toordinal()))))

    found = _pdf(program, session)
    assert "Zinnias by the door" in found and said[0] in found
    session.go("review")
    asked(program, session, lambda _desk: True)
    view = _letter(program, session)
    assert view.added._tick.isChecked()
    QTest.keyClick(view.added._tick, Qt.Key.Key_Space)
    program.wait(lambda: not asked(program, session, lambda desk: len(desk.reviews.picked(0, EVENING.toordinal()))))
    assert "Zinnias" not in _pdf(program, session)


def test_trends_leads_to_it_and_a_lock_takes_every_word(program: Program) -> None:
    session = unlocked(program)
    asked(program, session, _written)
    session.go("trends")
    trends = session.findChildren(TrendsView)[0]
    program.wait(lambda: "next look is on" in trends._review.text())
    QTest.keyClick(trends._review, Qt.Key.Key_Space)
    view = _letter(program, session)
    session.let_go()
    assert view.letter.words() == () and trends._review.text() == ""
