"""The page of agreements: the list, a wording with its marks, its history, and every size and theme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.records import RecordId
from app.services import demo
from app.services.session import Session
from app.ui.screens.agreements.dialogs import AskSheet, MarkSheet
from app.ui.screens.agreements.screen import AgreementsScreen
from app.ui.screens.agreements.state import Detail
from app.ui.theme.hub import current_hub
from app.ui.widgets.focus_ring import FocusRing
from app.ui.widgets.form import Form
from tests.fixtures.both import Both
from tests.fixtures.page_context import Page, entered, page_on_screen
from tests.fixtures.session import EVENING

FIRST = {"wording": "We ring when we are late.", "why": "Silence is loud."}
TODAY = EVENING.date()


def _page(qtbot: QtBot, session: Session, width: int = 1280, height: int = 740) -> Page:
    return page_on_screen(qtbot, session, width, height)


def _screen(page: Page, target: str | None = None) -> AgreementsScreen:
    return entered(page, AgreementsScreen(page.ctx), target)


def _detail(screen: AgreementsScreen) -> Detail:
    shown = screen._presenter.shown.detail
    assert shown is not None
    return shown


def _agree(both: Both, **answers: object) -> RecordId:
    from app.services.agreements import Agreements

    record = Agreements(both.noa).begin({**FIRST, **answers})
    for session in (both.noa, both.jules):
        agreements = Agreements(session)
        agreements.mark(record, agreements.detail(record).hash)
    return record


@pytest.fixture(autouse=True)
def plain_looks() -> Iterator[None]:
    yield
    current_hub().choose("light")
    current_hub().set_text_scale(1.0)


def test_an_empty_page_lets_off_the_hook_and_asks_for_words_only(qtbot: QtBot, session: Session) -> None:
    page = _page(qtbot, session)
    screen = _screen(page)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert screen.subtitle == ""

    qtbot.keyClick(focused, Qt.Key.Key_Space)
    sheet = page.shell.surfaces[-1]
    assert isinstance(sheet, AskSheet)
    sheet.form.set_answers(FIRST)
    sheet.give()

    shown = _detail(screen)
    assert (shown.words, shown.marks_heading, shown.version[:9]) == (FIRST["wording"], "My mark", "version 1")
    assert [act.words for act in shown.mark_acts] == ["Read and mark…"]
    assert len(shown.tiles) == 1
    assert page.shell.toasts[-1].text == "Saved."


def test_what_is_written_and_left_is_gone_on_with(qtbot: QtBot, session: Session) -> None:
    page = _page(qtbot, session)
    screen = _screen(page)
    screen.new()
    sheet = page.shell.surfaces[-1]
    assert isinstance(sheet, AskSheet)
    sheet.form.set_answers({"wording": "Half a sent"})
    sheet.form.changed.emit()
    sheet.leave()
    assert page.desk.drafts.find("new:boundary") is not None

    screen.new()
    again = page.shell.surfaces[-1]
    assert isinstance(again, AskSheet)
    assert again.form.answers()["wording"] == "Half a sent"
    again.give()

    assert page.desk.drafts.find("new:boundary") is None
    assert _detail(screen).words == "Half a sent"


def test_the_mark_sheet_shows_exactly_what_the_mark_stands_for(qtbot: QtBot, both: Both) -> None:
    page = _page(qtbot, both.noa)
    record = page.desk.agreements.begin({**FIRST, "if_crossed": "We say so first.", "exceptions": "No signal."})
    screen = _screen(page, record)
    assert [line.note for line in screen._presenter.shown.groups[0].lines] == ["being worded"]

    screen._act("mark")
    sheet = page.shell.surfaces[-1]
    assert isinstance(sheet, MarkSheet)
    told = {line.field for line in sheet.lines}
    assert {"wording", "why", "if_crossed", "exceptions"} <= told
    assert not told & {"freely", "marks", "state", "looked", "lets_go", "next_look"}
    assert sheet.freely is not None
    sheet.freely.choose(1)
    sheet.freely.changed.emit(1)
    assert not sheet.safety.isHidden()
    sheet.confirmed.emit()

    shown = _detail(screen)
    assert [tile.done for tile in shown.tiles] == [True, False]
    assert page.desk.agreements.detail(record).freely == "not_sure"
    assert screen._presenter.shown.groups[0].lines[0].note == "waiting for Jules’s mark"


def test_two_people_word_mark_and_word_anew(qtbot: QtBot, both: Both) -> None:
    noa, jules = _page(qtbot, both.noa), _page(qtbot, both.jules)
    first = _screen(noa)
    first.new()
    sheet = noa.shell.surfaces[-1]
    assert isinstance(sheet, AskSheet)
    sheet.form.set_answers(FIRST)
    sheet.give()
    record = RecordId(_detail(first).record)
    first._act("mark")
    noa.shell.surfaces[-1].confirmed.emit()

    second = _screen(jules)
    assert second.subtitle == "one waits for you"
    assert [act.role for act in _detail(second).mark_acts] == ["primary"]
    second._act("mark")
    jules.shell.surfaces[-1].confirmed.emit()
    assert _detail(second).marks_heading == "Agreed by both"

    second._act("change")
    change = jules.shell.surfaces[-1]
    assert isinstance(change, AskSheet)
    change.form.set_answers({**FIRST, "wording": "We ring before we are late.", "reason": "After is no warning."})
    change.give()
    history = _detail(second).history
    assert [entry.title for entry in history] == ["Version 2", "Version 1"]
    assert "After is no warning." in history[0].captions
    assert any(part.fate == "new" for part in history[0].parts)
    for screen, page in ((second, jules), (first, noa)):
        screen.enter(record)
        screen._act("mark")
        page.shell.surfaces[-1].confirmed.emit()
    assert _detail(first).marks_heading == "Agreed by both"


def test_an_occasion_read_differently_rests_when_both_say_so(qtbot: QtBot, both: Both) -> None:
    record = _agree(both)
    noa, jules = _page(qtbot, both.noa), _page(qtbot, both.jules)
    first, second = _screen(noa, record), _screen(jules, record)
    first._act("note")
    note = noa.shell.surfaces[-1]
    assert isinstance(note, AskSheet)
    note.form.set_answers({"at": {"day": TODAY.isoformat()}, "outcome": "crossed", "note": "Twenty past."})
    note.give()
    second.enter(record)
    (entry,) = _detail(second).occasions
    assert [act.id for act in entry.acts] == ["same", "read"]
    second._deeds.on_occasion("read", entry.record, entry.mine)
    reading = jules.shell.surfaces[-1]
    assert isinstance(reading, AskSheet)
    assert reading.form.asked() == {"outcome", "note", "step_kept"}
    reading.form.set_answers({"outcome": "honoured", "note": "Inside the wording."})
    reading.give()
    (entry,) = _detail(second).occasions
    assert entry.dot.dot == "different"
    assert len(entry.readings) == 2
    for screen in (second, first):
        screen.enter(record)
        (entry,) = _detail(screen).occasions
        assert "settle" in {act.id for act in entry.acts}
        screen._deeds.on_occasion("settle", entry.record, entry.mine)
    assert _detail(first).occasions[0].dot.dot == "unclear"


def test_it_is_let_go_when_both_say_so(qtbot: QtBot, both: Both) -> None:
    record = _agree(both)
    noa, jules = _page(qtbot, both.noa), _page(qtbot, both.jules)
    first, second = _screen(noa, record), _screen(jules, record)
    for screen, page in ((first, noa), (second, jules)):
        screen.enter(record)
        screen._act("let_go")
        gone = page.shell.surfaces[-1]
        assert isinstance(gone, AskSheet)
        gone.give()
    assert second._presenter.shown.retired
    assert _detail(second).foot.words.startswith("Retired on ")
    first.enter(record)
    assert first._presenter.shown.retired


def test_a_look_that_is_due_is_asked_of_each(qtbot: QtBot, both: Both) -> None:
    record = _agree(both, next_look={"day": (TODAY - dt.timedelta(days=2)).isoformat()})
    page = _page(qtbot, both.noa)
    screen = _screen(page, record)
    assert screen.subtitle == "one due for a look"
    assert [act.id for act in _detail(screen).foot.acts] == ["still_right", "talk"]
    assert screen._presenter.shown.groups[0].lines[0].aside == "today"

    screen._act("talk")
    assert page.shell.went[-1][0] == "repair"
    screen._act("still_right")

    assert _detail(screen).foot.words == "Still right for you. Jules has not looked yet."
    assert "Jules" in page.shell.toasts[-1].text
    other = _screen(_page(qtbot, both.jules), record)
    assert _detail(other).foot.words == "Noa finds it still right. Due for your look."


def test_the_history_opens_by_key_beside_the_page_or_as_a_drawer_and_esc_closes_it(qtbot: QtBot, both: Both) -> None:
    record = _agree(both)
    page = _page(qtbot, both.noa)
    view = _screen(page, record)._view
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    view.list.setFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_H, keys)
    assert view.history.isVisible()
    assert view.detail.geometry().right() <= view.history.mapTo(view, view.history.rect().topLeft()).x()
    qtbot.keyClick(view.history.close_button, Qt.Key.Key_Escape)
    assert not view.history.isVisible()
    assert QApplication.focusWidget() is view.detail.head.history

    page.shell.area.resize(1024, 640)
    QApplication.processEvents()
    qtbot.keyClick(view.list, Qt.Key.Key_H, keys)
    assert view.history.isVisible()
    assert view.history.parent() is view
    assert view.history.height() <= view.height()


def test_the_keyboard_walks_the_list_and_goes_on_into_what_is_open(qtbot: QtBot, both: Both) -> None:
    for words in ("One.", "Two."):
        _agree(both, wording=words)
    screen = _screen(_page(qtbot, both.noa))
    view = screen._view
    first = _detail(screen).record
    assert QApplication.focusWidget() is view.list
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert _detail(screen).record != first
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert view.detail.isAncestorOf(focused)


def test_where_danger_is_marked_nothing_for_two_is_offered(qtbot: QtBot, both: Both) -> None:
    record = _agree(both, next_look={"day": TODAY.isoformat()})
    kind = both.noa.kinds.declared("injury")
    field = next(field for field in kind.fields if any(option.safety for option in field.options))
    harm = next(option.id for option in field.options if option.safety)
    page = _page(qtbot, both.noa)
    page.desk.journal.add("injury", {"title": "That night", field.id: [harm]})

    screen = _screen(page, record)

    assert screen._presenter.shown.caution
    assert "talk" not in {act.id for act in _detail(screen).foot.acts}
    screen.new()
    sheet = page.shell.surfaces[-1]
    assert isinstance(sheet, AskSheet)
    sheet.form.set_answers({"wording": "I go to my sister."})
    sheet.give()
    assert _detail(screen).where == ("only you", "private")
    assert page.desk.session.space_of(RecordId(_detail(screen).record)) is page.desk.session.space


def test_words_leave_the_page_when_the_journal_is_locked(qtbot: QtBot, both: Both) -> None:
    record = _agree(both)
    page = _page(qtbot, both.noa)
    screen = _screen(page, record)
    screen._presenter.toggle_history()
    page.ctx.bus.locking.emit()
    said = [
        label.text() for label in screen.widget().findChildren(QWidget) if hasattr(label, "text") and label.isVisible()
    ]
    assert not any(FIRST["wording"] in str(words) for words in said if not callable(words))
    assert screen._view.detail.words.text() == ""


@pytest.mark.parametrize(
    ("theme", "size", "scale"),
    [("light", (1280, 740), 1.0), ("dark", (1280, 740), 1.0), ("light", (1024, 640), 1.0), ("light", (1280, 740), 2.0)],
)
def test_it_renders_with_a_whole_diary(
    qtbot: QtBot, both: Both, theme: str, size: tuple[int, int], scale: float
) -> None:
    demo.fill(both.noa, TODAY, 9)
    current_hub().choose("dark" if theme == "dark" else "light")
    current_hub().set_text_scale(scale)
    page = _page(qtbot, both.noa, *size)
    screen = _screen(page)
    screen._presenter.toggle_history()
    QApplication.processEvents()

    picture: QImage = screen.widget().grab().toImage()

    assert len(_detail(screen).occasions) > 5
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 9) for y in range(0, picture.height(), 9)}
    assert len(colours) > 8
    assert screen.widget().width() <= size[0]
    assert not [form for form in screen.widget().findChildren(Form) if form.isVisible()]


def test_where_one_pane_has_room_the_keyboard_goes_to_what_is_open(qtbot: QtBot, both: Both) -> None:
    record = _agree(both, next_look={"day": TODAY.isoformat()})
    page = _page(qtbot, both.noa, 820)
    screen = _screen(page, record)
    screen._view.focus_first()
    QApplication.processEvents()
    assert not screen._view.list.isVisible() and screen._view.detail.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None and screen._view.detail.isAncestorOf(focused)
    rings = [ring for ring in page.shell.area.window().findChildren(FocusRing) if ring.isVisible()]
    assert len(rings) == 1, "one ring, around what has the keyboard"
