"""Versions and Removed on the Journal page: differences anyone can read, ways back, and keys that lead there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.differences import compare_words
from app.domain.records import RecordId
from app.services import demo
from app.services.session import Session
from app.ui.models.changed import AROUND, MOST, changed_answers, excerpt
from app.ui.models.timeline_rows import EntryRow
from app.ui.models.versions import open_history
from app.ui.screens.journal.screen import JournalScreen
from app.ui.theme.hub import current_hub
from app.ui.widgets.ask import AskSurface
from app.ui.widgets.difference import ChangedAnswer, Fate, Part
from app.ui.widgets.history import HistorySurface
from tests.fixtures.page_context import Page, entered, page_on_screen


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    now = dt.datetime.now(couple.now().tzinfo)
    couple.now = lambda: now
    return page_on_screen(qtbot, couple)


def _screen(page: Page, target: str | None = None) -> JournalScreen:
    return entered(page, JournalScreen(page.ctx), target)


def _history(page: Page, kind: str, record: RecordId) -> HistorySurface:
    open_history(page.ctx, kind, record)
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, HistorySurface)
    return surface


def _texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def _edited(page: Page) -> RecordId:
    journal = page.desk.journal
    record = journal.add("trigger", {"cue": "A message tone at night.", "peak": 5, "body": ["chest"]})
    journal.edit(record, {"cue": "A message tone late at night.", "peak": 7, "body": ["stomach"], "after": 2})
    return record


def test_versions_say_what_changed_in_words(page: Page) -> None:
    surface = _history(page, "trigger", _edited(page))
    newest, first = surface.rows
    assert newest.version.current
    assert newest.version.changed.startswith("Changed: ")
    assert first.version.changed == "Begun here."
    assert newest.back.isHidden()
    assert first.changes.isHidden()

    newest.changes.click()
    said = _texts(newest)
    assert "A message tone late at night." in said
    assert any("5" in words and "→" in words and "7" in words for words in said)
    spoken = [label.accessibleName() for label in newest.findChildren(QLabel)]
    assert any("taken out" in words and "put in" in words for words in spoken)
    newest.changes.click()
    assert "A message tone late at night." not in _texts(newest)
    first.all.click()
    assert "A message tone at night." in _texts(first)


def test_a_version_stands_again_and_that_can_be_taken_back(page: Page) -> None:
    record = _edited(page)
    surface = _history(page, "trigger", record)
    surface.rows[1].back.click()
    assert page.desk.journal.record(record).body.peak == 5  # type: ignore[attr-defined]
    toast = page.shell.toasts[-1]
    assert toast.on_action is not None
    toast.on_action()
    assert page.desk.journal.record(record).body.peak == 7  # type: ignore[attr-defined]
    assert [row.version.current for row in _history(page, "trigger", record).rows] == [True, False, False, False]


def test_the_keyboard_begins_at_the_newest_version(page: Page) -> None:
    surface = _history(page, "trigger", _edited(page))
    assert surface.rows[0].changes.hasFocus()


def test_every_answer_of_a_difference_is_said(page: Page) -> None:
    record = _edited(page)
    newest = page.desk.history.versions(record)[0]
    found = page.desk.history.difference(record, newest.revision)
    told = changed_answers(page.ctx.content.kind("trigger"), found, page.ctx)
    assert len(told) == len(found) == 4
    parts = {change.question: change.parts for change in told}
    fates = [[part.fate for part in shown if part.fate is not Fate.SAME] for shown in parts.values()]
    assert all(fates)
    assert ChangedAnswer("Q", (Part(Fate.SAME, "not answered"), Part(Fate.NEW, "2"))).spoken == (
        "Q: not answered put in: 2;"
    )


def test_long_texts_are_shown_around_their_changes() -> None:
    before = "It rained. " * 3_000
    after = before + "Then it stopped. " + before
    parts = excerpt(compare_words(before + before, after))
    assert sum(len(part.words) for part in parts) < 4 * AROUND + 100
    one, other = (" ".join(f"{letter}{number} same{number}." for number in range(300)) for letter in "ab")
    many = excerpt(compare_words(one, other))
    assert sum(part.fate is not Fate.SAME for part in many) == MOST
    assert "more change" in many[-1].words


def test_delete_moves_to_removed_and_it_comes_back(qtbot: QtBot, page: Page) -> None:
    record = page.desk.journal.add("note", {"body": "a line to lose"})
    screen = _screen(page)
    view = screen._view
    assert not view._removed.isVisibleTo(view)
    qtbot.keyClick(view.search, Qt.Key.Key_Down)
    qtbot.keyClick(view.timeline, Qt.Key.Key_Delete)
    assert page.desk.journal.entry(record) is None
    assert view._removed.isVisibleTo(view), "also while nothing else is there"

    view._removed.click()
    (row,) = screen._presenter.shown.rows
    assert isinstance(row, EntryRow)
    assert (row.title, row.meta) == ("a line to lose", "30 days left to bring it back")
    view.timeline.focus_first()
    qtbot.keyClick(view.timeline, Qt.Key.Key_Return)
    reading = screen._presenter.shown.reading
    assert reading is not None
    assert "a line to lose" in [answer.words for answer in reading.answers]
    assert reading.removed.startswith("Removed today.")
    focused = QApplication.focusWidget()
    assert focused in view.reader._away

    qtbot.keyClick(focused, Qt.Key.Key_Space)
    assert page.desk.journal.entry(record) is not None
    assert screen._presenter.shown.listed.nothing_found == "Nothing was removed in the last 30 days."
    view._removed.click()
    assert [row.record for row in screen._presenter.shown.rows if isinstance(row, EntryRow)] == [record]


def test_removing_for_good_asks_once(qtbot: QtBot, page: Page) -> None:
    record = page.desk.journal.add("note", {"body": "a line to lose"})
    page.desk.journal.remove(record)
    screen = _screen(page)
    screen._view._removed.click()
    screen._view.timeline.focus_first()
    qtbot.keyClick(screen._view.timeline, Qt.Key.Key_Delete)
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, AskSurface)
    assert page.desk.trash.list()
    surface.agree()
    assert page.desk.trash.list() == ()
    assert page.shell.toasts[-1].on_action is None
    screen.find()
    assert not screen._presenter.shown.removed
    assert screen._view.search.isVisibleTo(screen._view) or screen._presenter.shown.listed.empty


def test_what_is_covered_stays_covered_when_removed(page: Page) -> None:
    thread = page.desk.journal.add("injury", {"title": "The messages", "story": "a heavy line"})
    page.desk.journal.remove(thread)
    screen = _screen(page)
    screen._view._removed.click()
    (row,) = screen._presenter.shown.rows
    assert isinstance(row, EntryRow)
    assert "messages" not in row.title
    screen._presenter.open(thread)
    assert "a heavy line" not in _texts(screen.widget())
    screen._view.reader.cover.open.click()
    assert "a heavy line" in _texts(screen.widget())


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("width", "height", "scale"), [(1280, 740, 1.0), (1024, 640, 1.0), (1280, 740, 2.0)])
def test_it_shows_whole_in_every_size_and_theme(
    page: Page, tmp_path: Path, width: int, height: int, scale: float, *, dark: bool
) -> None:
    hub = current_hub()
    page.shell.area.resize(width, height)
    demo.fill(page.desk.session, page.ctx.now().date(), 2)
    try:
        hub.choose("dark" if dark else "light")
        hub.set_text_scale(scale)
        record = _edited(page)
        for body in ("a line to lose " * 9, "another"):
            page.desk.journal.remove(page.desk.journal.add("note", {"body": body}))
        screen = _screen(page)
        screen._view._removed.click()
        QApplication.processEvents()
        screen._presenter.open(page.desk.trash.list()[0].record)
        QApplication.processEvents()
        assert all(button.isVisibleTo(screen._view) for button in screen._view.reader._away)
        _picture(page.shell.area, tmp_path, f"removed-{width}-{scale}-{dark}")
        surface = _history(page, "trigger", record)
        surface.rows[0].changes.click()
        QApplication.processEvents()
        for label in surface.findChildren(QLabel):
            if label.isVisibleTo(surface) and label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
        _picture(page.shell.area, tmp_path, f"versions-{width}-{scale}-{dark}")
    finally:
        hub.choose("light")
        hub.set_text_scale(1.0)


def _picture(area: QWidget, folder: Path, name: str) -> None:
    """Leave a picture to look at: `--basetemp` says where."""
    assert area.grab().save(str(folder / f"{name}.png"))
