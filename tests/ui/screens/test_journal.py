"""The Journal page: days, rows, pages that follow, search with found words, filters, reading, and every size."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.records import RecordId
from app.services import demo
from app.services.filtering import Filter
from app.services.session import Session
from app.services.timeline import PAGE, stretches
from app.ui.models.timeline_rows import DayRow, EntryRow, WaitingRow
from app.ui.screens.journal.screen import JournalScreen
from app.ui.screens.journal.state import Listed, State
from app.ui.screens.journal.words import found_in
from app.ui.theme.hub import current_hub
from tests.fixtures.page_context import Page, entered, page_on_screen
from tests.fixtures.session import EVENING


def _page(qtbot: QtBot, session: Session, width: int = 1280, height: int = 740) -> Page:
    return page_on_screen(qtbot, session, width, height)


def _screen(page: Page, target: str | None = None) -> JournalScreen:
    return entered(page, JournalScreen(page.ctx), target)


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    return _page(qtbot, couple)


def _shown(screen: JournalScreen) -> State:
    return screen._presenter.shown


def _entries(screen: JournalScreen) -> list[EntryRow]:
    return [row for row in _shown(screen).rows if isinstance(row, EntryRow)]


def _search(qtbot: QtBot, screen: JournalScreen, words: str) -> None:
    before = _shown(screen).listed.generation
    screen.find()
    qtbot.keyClicks(screen._view.search, words)
    qtbot.waitUntil(lambda: _shown(screen).listed.generation > before)


def _note(page: Page, body: str, day: str = "2026-05-14") -> RecordId:
    return page.desk.journal.add("note", {"body": body, "at": {"day": day}})


def test_an_empty_journal_asks_for_nothing(page: Page) -> None:
    screen = _screen(page)

    assert _shown(screen).listed.empty
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Write a note"


def test_the_search_has_the_focus_first(page: Page) -> None:
    _note(page, "words")
    screen = _screen(page)

    assert screen._view.search.hasFocus()


def test_days_stand_over_their_entries_newest_first(page: Page) -> None:
    _note(page, "one", "2026-05-12")
    _note(page, "two", "2026-05-13")
    _note(page, "three", "2026-05-14")
    _note(page, "four", "2025-12-31")
    page.desk.journal.add("note", {"body": "five", "at": {"day": "2026-05-14"}})
    screen = _screen(page)

    said = [
        row.words if isinstance(row, DayRow) else row.title
        for row in _shown(screen).rows
        if not isinstance(row, WaitingRow)
    ]

    assert said == [
        "Today", "five", "three", "Yesterday", "two", "Tuesday 12 May", "one", "Wednesday 31 December 2025", "four",
    ]  # fmt: skip


def test_rows_say_numbers_tallies_looks_back_and_nothing_of_heavy_notes(page: Page) -> None:
    journal = page.desk.journal
    thread = journal.add("injury", {"title": "The messages", "story": "a secret"})
    journal.add("path_step", {"thread": thread, "step": "tell", "at": {"day": "2026-05-14"}, "happened": "I told it."})
    journal.add("trigger", {"at": {"day": "2026-05-13"}})
    journal.add("trigger", {"at": {"day": "2026-05-12"}, "peak": 7, "after": 3})
    journal.add("checkin", {"felt_for_date": {"day": "2026-05-11"}, "felt_safety": 6, "line": "Quiet."})
    rows = {row.kind + row.title: row for row in _entries(_screen(page))}

    assert "triggerA trigger, tallied" in rows
    assert rows["triggerStrength 7, then 3"].personal is False
    assert rows["checkinQuiet."].meta == "felt safety 6"
    assert rows["checkinQuiet."].personal
    step, injury = rows["path_stepStep 1: Tell what happened"], rows["injuryThe messages"]
    assert (step.pieces, injury.pieces) == ((), ())


def test_a_late_entry_says_that_it_looks_back(page: Page) -> None:
    late = _note(page, "that evening", "2020-03-01")
    screen = _screen(page, late)

    assert _entries(screen)[0].late == "looking back"
    assert _entries(screen)[0].time == ""  # nobody said at what time it was
    reading = _shown(screen).reading
    assert reading is not None
    assert reading.late.startswith("looking back, written")


def test_what_comes_into_sight_is_read_and_no_entry_comes_twice(qtbot: QtBot, page: Page, couple: Session) -> None:
    with couple.change() as change:
        for number in range(PAGE * 4):
            day = dt.date(2026, 5, 14) - dt.timedelta(days=number // 30)
            change.put("note", couple.kinds.parse("note", {"body": f"line {number}", "at": {"day": day.isoformat()}}))
    screen = _screen(page)
    bar = screen._view.timeline.verticalScrollBar()
    assert len(_shown(screen).rows) == PAGE * 4 + 7
    assert len(_entries(screen)) < PAGE * 2

    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: isinstance(_shown(screen).rows[-1], EntryRow))
    for value in range(bar.maximum(), -1, -100):
        bar.setValue(value)

    records = [row.record for row in _entries(screen)]
    assert len(records) == len(set(records)) == PAGE * 4
    titles = [row.title for row in _entries(screen)]
    assert [int(title.split()[1]) // 30 for title in titles] == sorted(int(title.split()[1]) // 30 for title in titles)


def test_the_day_one_reads_stays_in_sight(qtbot: QtBot, page: Page, couple: Session) -> None:
    with couple.change() as change:
        for number in range(40):
            body = couple.kinds.parse("note", {"body": f"line {number}", "at": {"day": "2026-05-13"}})
            change.put("note", body)
    screen = _screen(page)
    above = screen._view.timeline._above
    assert above.isHidden()

    screen._view.timeline.verticalScrollBar().setValue(400)

    assert (above.isVisible(), above._words) == (True, "Yesterday")


def test_a_save_elsewhere_shows_at_once_and_keeps_the_place(page: Page, couple: Session) -> None:
    with couple.change() as change:
        for _ in range(40):
            change.put("note", couple.kinds.parse("note", {"body": "words"}))
    screen = _screen(page)
    bar = screen._view.timeline.verticalScrollBar()
    bar.setValue(300)

    page.ctx.tasks.run(lambda desk: desk.journal.add("note", {"body": "new words"}), lambda _: None)

    assert _entries(screen)[0].title == "new words"
    assert bar.value() == 300


def test_a_search_shows_found_words_and_where_nothing_is_found_says_so(qtbot: QtBot, page: Page) -> None:
    _note(page, "The drinks machine hummed.\nI thought of the corridor all night.")
    _note(page, "Something else")
    screen = _screen(page)

    _search(qtbot, screen, "corridor")
    rows = _entries(screen)
    assert len(rows) == 1
    assert [piece.words for piece in rows[0].pieces if piece.found] == ["corridor"]
    assert rows[0].dated

    _search(qtbot, screen, "x")
    assert _shown(screen).listed.nothing_found == "No entry holds these words."

    qtbot.keyClick(screen._view.search, Qt.Key.Key_Escape)
    assert len(_entries(screen)) == 2


def test_found_words_in_a_title_are_marked_there(qtbot: QtBot, page: Page) -> None:
    _note(page, "Corridor again")
    screen = _screen(page)

    _search(qtbot, screen, "corridor")

    row = _entries(screen)[0]
    assert [(piece.words, piece.found) for piece in row.line] == [("Corridor", True), (" again", False)]


def test_chosen_answers_are_found_by_and_shown_with_their_labels(qtbot: QtBot, page: Page, couple: Session) -> None:
    option = couple.content.list("helped").items[0]
    page.desk.journal.add("trigger", {"cue": "a tone", "helped": [option.id, "talked_" + "it_over"]})
    screen = _screen(page)

    _search(qtbot, screen, option.id)

    shown = "".join(piece.words for piece in _entries(screen)[0].pieces)
    assert option.label in shown


def test_a_choice_names_the_other_person_in_the_list_and_in_the_entry(qtbot: QtBot, page: Page) -> None:
    record = page.desk.journal.add("trigger", {"cue": "The door", "peak": 4, "where_with": "partner"})
    screen = _screen(page)
    screen._presenter.open(record)

    said = " ".join(_texts(screen.widget()))
    assert "with Jules" in said
    assert "{" not in said
    qtbot.keyClicks(screen._view.search, "partner")
    qtbot.waitUntil(lambda: bool(screen._presenter.shown.listed.found))
    assert "{" not in _entries(screen)[0].spoken


def test_two_versions_of_a_note_are_offered_to_be_joined(page: Page) -> None:
    note = page.desk.journal.add("note", {"at": {"day": "2026-05-10"}, "body": "One."})
    seen = page.desk.journal.record(note).head
    for words in ("One and two.", "One and three."):
        page.desk.journal.edit(note, {"at": {"day": "2026-05-10"}, "body": words}, based_on=seen)
    screen = _screen(page)
    screen._presenter.open(note)
    reader = screen._view.reader
    assert reader.two.isVisible()

    reader.two.acted.emit()
    page.shell.surfaces[-1].join()  # type: ignore[attr-defined]

    assert not reader.two.isVisible()
    assert page.desk.journal.record(note).body.body == "One and two.\n\nOne and three."  # type: ignore[attr-defined]


def test_only_the_last_of_what_is_typed_is_searched(qtbot: QtBot, page: Page) -> None:
    _note(page, "corridor")
    screen = _screen(page)
    before = _shown(screen).listed.generation

    _search(qtbot, screen, "corridor")

    assert _shown(screen).listed.generation == before + 1


def test_kinds_narrow_the_timeline(page: Page) -> None:
    _note(page, "words")
    page.desk.journal.add("trigger", {"cue": "a tone"})
    screen = _screen(page)

    screen._view.filtered.emit(Filter(kinds=("trigger",)))
    assert [row.kind for row in _entries(screen)] == ["trigger"]
    screen._view.filtered.emit(Filter(kinds=("life_marker",)))
    assert not _entries(screen)
    screen._view.drop.click()
    assert len(_entries(screen)) == 2


def test_enter_opens_and_escape_closes(qtbot: QtBot, page: Page) -> None:
    _note(page, "First line\nand a second")
    screen = _screen(page)

    qtbot.keyClick(screen._view.search, Qt.Key.Key_Down)
    qtbot.keyClick(screen._view.timeline, Qt.Key.Key_Return)
    reading = _shown(screen).reading
    assert reading is not None
    assert [answer.words for answer in reading.answers] == ["First line\nand a second"]
    focused = QApplication.focusWidget()
    assert focused is not None
    assert screen._view.reader.isAncestorOf(focused)

    qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert _shown(screen).reading is None
    assert screen._view.timeline.hasFocus()


def test_a_thread_opens_on_its_own_page_and_a_trigger_in_its_own_form(page: Page) -> None:
    thread = page.desk.journal.add("injury", {"title": "The messages"})
    trigger = page.desk.journal.add("trigger", {"cue": "a tone", "thread": thread})
    screen = _screen(page, thread)
    assert page.shell.went == [("injuries", thread)]

    screen._presenter.open(trigger)
    screen._view.reader.edit_asked.emit()
    screen._view.reader.link_opened.emit("injury", thread)

    assert page.shell.triggers == [trigger]
    assert page.shell.went[-1] == ("injuries", thread)


def test_a_step_note_has_its_cover_once_a_visit(page: Page) -> None:
    thread = page.desk.journal.add("injury", {"title": "The messages"})
    step = page.desk.journal.add("path_step", {"thread": thread, "step": "tell", "happened": "I told it."})
    screen = _screen(page, step)
    reading = _shown(screen).reading
    assert reading is not None
    assert reading.covered
    assert "I told it." not in _texts(screen.widget())

    screen._view.reader.cover.open.click()
    assert "I told it." in _texts(screen.widget())
    screen.leave()
    screen.enter(step)
    again = _shown(screen).reading
    assert again is not None
    assert again.covered


def test_removing_can_be_taken_back_from_the_message(page: Page) -> None:
    note = _note(page, "words")
    screen = _screen(page, note)

    screen._view.reader.remove_asked.emit()
    assert page.desk.journal.entry(note) is None
    assert _shown(screen).reading is None
    assert _shown(screen).listed.empty
    toast = page.shell.toasts[-1]
    assert toast.on_action is not None
    toast.on_action()

    assert page.desk.journal.entry(note) is not None
    assert [row.record for row in _entries(screen)] == [note]


def test_what_is_typed_before_the_page_has_read_anything_stays(qtbot: QtBot, page: Page) -> None:
    _note(page, "rain on the roof")
    wanted = _note(page, "the kettle sang")
    screen = JournalScreen(page.ctx)
    qtbot.addWidget(screen.widget())
    qtbot.keyClicks(screen._view.search, "kettle")

    screen.enter(None)

    qtbot.waitUntil(lambda: [row.record for row in _entries(screen)] == [wanted])
    assert screen._view.search.text() == "kettle"


def test_who_goes_down_before_all_was_found_stands_on_what_is_found_then(qtbot: QtBot, page: Page) -> None:
    _note(page, "the kettle sang")
    wanted = _note(page, "the kettle went cold")
    screen = _screen(page)
    _search(qtbot, screen, "kettle")
    qtbot.keyClick(screen._view.search, Qt.Key.Key_Down)

    screen._view.search.setText("kettle cold")
    qtbot.waitUntil(lambda: [row.record for row in _entries(screen)] == [wanted])
    qtbot.keyClick(screen._view.timeline, Qt.Key.Key_Return)

    reading = _shown(screen).reading
    assert reading is not None
    assert reading.record == wanted


def test_locking_lets_go_of_every_word(qtbot: QtBot, page: Page) -> None:
    note = _note(page, "a secret line\nwith more of it")
    screen = _screen(page, note)
    screen._view.search.setText("secret")

    screen.leave()
    page.ctx.bus.locking.emit()
    QApplication.sendPostedEvents(None, 52)  # deferred deletions

    assert _shown(screen) == State(listed=Listed(generation=_shown(screen).listed.generation))
    assert screen._view.timeline.rows.rowCount() == 0
    assert screen._view.search.text() == ""
    assert "secret" not in " ".join(_texts(screen.widget()))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("width", "height", "scale"), [(1280, 740, 1.0), (948, 640, 1.0), (1140, 660, 2.0)])
def test_it_shows_whole_in_every_size_and_theme(
    qtbot: QtBot, couple: Session, width: int, height: int, scale: float, dark: bool
) -> None:
    demo.fill(couple, EVENING.date(), 2)
    hub = current_hub()
    page = _page(qtbot, couple, width, height)
    screen = _screen(page)
    try:
        hub.choose("dark" if dark else "light")
        hub.set_text_scale(scale)
        QApplication.processEvents()
        picture = screen.widget().grab().toImage()
        colours = {picture.pixel(x, y) for x in range(0, picture.width(), 5) for y in range(0, picture.height(), 5)}
        assert len(colours) > 30
        screen._presenter.open(next(row.record for row in _entries(screen) if row.kind == "trigger"))
        QApplication.processEvents()
        beside = width / scale >= 860
        assert screen._view.timeline.isVisible() is beside
        assert screen._view.reader.isVisible()
    finally:
        hub.choose("light")
        hub.set_text_scale(1.0)


def test_stretches_of_a_snippet_and_of_a_title() -> None:
    assert [(p.words, p.found) for p in stretches("… a \x02tone\x03 at\nnight")] == [
        ("… a ", False), ("tone", True), (" at night", False),
    ]  # fmt: skip
    assert "".join(p.words for p in found_in("Tone, toner, tone", ["tone"])) == "Tone, toner, tone"
    assert [p.found for p in found_in("Tone, toner, tone", ["tone"])] == [True, False, True]
    assert found_in("a (b", ["(b"])


def test_the_times_of_a_row_follow_the_clock_of_the_person(page: Page) -> None:
    page.desk.journal.add("trigger", {"cue": "a tone", "at": {
        "day": "2026-05-14", "precision": "instant", "time": "18:42:00", "zone": "Europe/Paris",
    }})  # fmt: skip
    assert _entries(_screen(page))[0].time == dt.time(18, 42).strftime("%H:%M")


def _texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]
