"""Preparing for a session in the whole program: choose, cover, look at the pages, seal them, and open the file."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.services.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.screens.summary.view import SummaryView
from app.ui.screens.trends.view import TrendsView
from app.ui.widgets.dialog import DialogSurface
from tests.fixtures.session import EVENING
from tests.fixtures.windows import Program
from tests.journeys.test_trigger import asked, unlocked

STORY = "I rang from the corridor. Jules did not pick up. Renate drove me home."


def _written(desk: Desk) -> None:
    for day in range(30):
        date = EVENING.date() - dt.timedelta(days=day)
        desk.journal.add("checkin", {"felt_for_date": date, "felt_safety": 4 + day % 3})
    desk.journal.add("injury", {"title": "The corridor", "story": STORY})


def _page(program: Program, session: MainWindow) -> SummaryView:
    session.go("summary")
    program.wait(lambda: [view for view in session.findChildren(SummaryView) if view._preview.count])
    return session.findChildren(SummaryView)[0]


def test_from_choosing_to_the_sealed_file(program: Program, tmp_path: Path) -> None:
    session = unlocked(program)
    asked(program, session, _written)
    view = _page(program, session)
    offer = view._presenter.shown.offer
    assert offer is not None
    thread = offer.threads[0].record
    for story in (False, True):
        QTest.keyClick(view._include._thread_rows[(thread, story)].tick, Qt.Key.Key_Space)
    QTest.keyClicks(view._include._questions, "What do I ask first?")
    view._cover(("initials", "phones", "Renate"))
    program.wait(lambda: not view._presenter.shown.drawing)

    QTest.mouseClick(view._export, Qt.MouseButton.LeftButton)
    program.wait(lambda: [one for one in session.findChildren(DialogSurface) if one.isVisible()])
    surface = next(one for one in session.findChildren(DialogSurface) if one.isVisible())
    surface.confirmed.emit()
    dialog = view.findChild(QFileDialog)
    assert dialog is not None
    place = tmp_path / Path(dialog.selectedFiles()[0]).name
    dialog.fileSelected.emit(str(place))
    dialog.reject()
    program.wait(place.exists)
    program.wait(session._toast.isVisible)

    sealed = PdfReader(BytesIO(place.read_bytes()))
    assert sealed.is_encrypted
    sealed.decrypt(view._password.text())
    text = " ".join(page.extract_text() for page in sealed.pages)
    assert "What do I ask first?" in text and "I rang from the corridor" in text
    for covered in ("Renate", "Jules", "Noa"):
        assert covered not in text
    assert place.name == "summary-2026-05-14.pdf"


def test_nothing_of_it_is_left_after_a_lock(program: Program) -> None:
    session = unlocked(program)
    asked(program, session, _written)
    view = _page(program, session)
    session.go("trends")
    program.wait(lambda: [trends for trends in session.findChildren(TrendsView) if trends._sentence.text()])
    trends = session.findChildren(TrendsView)[0]
    session.let_go()
    assert view._preview.count == 0 and view._presenter.shown.choice is None
    assert trends._sentence.text() == "" and trends._trail._plot is None
