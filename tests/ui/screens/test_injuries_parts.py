"""What opens from a thread: a step with its returns, a month, the weights, what belongs to it; covers and safety."""

from __future__ import annotations

import random
import time
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.records import RecordId
from app.services.session import Session
from app.ui.screens.injuries.belonging_list import BelongingRow
from app.ui.screens.injuries.screen import InjuriesScreen
from app.ui.screens.injuries.state import Detail
from app.ui.screens.injuries.step_surface import StepSurface
from app.ui.screens.injuries.surfaces import MonthSurface, TriggerRow, WeightSurface
from app.ui.widgets.weight_course import WeightCourse
from tests.fixtures.page_context import Page, entered, page_on_screen

KEY_MS = 16
W = TypeVar("W", bound=QWidget)
LONG_WORDS = 50_000


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    return page_on_screen(qtbot, couple)


def _screen(page: Page, target: str | None = None, *, opened: bool = True) -> InjuriesScreen:
    made = entered(page, InjuriesScreen(page.ctx), target)
    if opened:
        made.open_cover()
    QApplication.processEvents()
    return made


def _detail(screen: InjuriesScreen) -> Detail:
    found = screen._presenter.shown.detail
    assert found is not None
    return found


def _thread(page: Page, **answers: object) -> RecordId:
    return page.desk.journal.add("injury", {"title": "The messages", **answers})


def _note(page: Page, thread: RecordId, step: str, day: str, **answers: object) -> RecordId:
    return page.desk.journal.add("path_step", {"thread": thread, "step": step, "at": {"day": day}, **answers})


def _only(widget: QWidget, sort: type[W]) -> W:
    found = widget.findChildren(sort)
    assert len(found) == 1
    return found[0]


def _said(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_a_step_keeps_every_return_with_its_day_and_what_made_it_possible(page: Page) -> None:
    thread = _thread(page)
    _note(page, thread, "tell", "2026-02-10", happened="To the end.", made_possible="A shut door.", with_therapist=True)
    _note(page, thread, "tell", "2026-04-20", happened="Again, shorter.", not_yet="The date aloud.", role="carries")
    screen = _screen(page)

    screen._view.detail._path.opened.emit(0)
    surface = page.shell.surfaces[-1]

    assert isinstance(surface, StepSurface)
    said = _said(surface)
    for words in (
        "2 notes: 10 Feb and 20 Apr", "10 Feb · in a session", "20 Apr · carries the hurt", "A shut door.",
        "The date aloud.", "What is not there yet",
    ):  # fmt: skip
        assert words in said
    assert said.index("Again, shorter.") < said.index("To the end.")  # the newest return comes first
    steps = [step for stage in _detail(screen).stages for step in stage.steps]
    assert steps[0].spoken == "where you are, 2 notes"


def test_the_steps_are_walked_from_one_to_the_next_with_the_keyboard(qtbot: QtBot, page: Page) -> None:
    thread = _thread(page)
    _note(page, thread, "tell", "2026-02-10", happened="To the end.")
    screen = _screen(page)
    path = screen._view.detail._path
    path.setFocus()
    qtbot.keyClick(path, Qt.Key.Key_Home)  # type: ignore[no-untyped-call]  # pytest-qt has no types here
    qtbot.keyClick(path, Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, StepSurface)
    assert QApplication.focusWidget() is surface.add

    qtbot.keyClick(surface.add, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)  # type: ignore[no-untyped-call]
    assert surface.accessibleName() == "Step 2: See the guard go up"
    assert "Nothing noted here" in _said(surface)
    qtbot.keyClick(surface.add, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)  # type: ignore[no-untyped-call]
    assert "To the end." in _said(surface)
    assert not surface.before.isEnabled()

    surface.add.click()
    assert page.shell.surfaces[-1].accessibleName() == "Note a step"


def test_how_heavy_it_is_today_takes_two_keys_from_anywhere_on_the_page(qtbot: QtBot, page: Page) -> None:
    thread = _thread(page, weight=8)
    screen = _screen(page)
    screen._view.list.setFocus()

    QTest.keyClick(screen._view.list, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    focused = QApplication.focusWidget()
    assert focused is screen._view.detail.side._scale
    QTest.keyClick(focused, Qt.Key.Key_5)

    assert [value for _, value in page.desk.threads.detail(thread).weights] == [8, 5]


def test_the_weights_are_a_picture_with_words_and_a_list_of_days(page: Page) -> None:
    thread = _thread(page, weight=8)
    page.desk.threads.weigh(thread, 5)
    screen = _screen(page)
    picture = screen._view.detail.side._picture
    assert picture.isVisible()
    assert picture.accessibleDescription() == _detail(screen).weight.course

    screen._view.detail.side._answers.click()
    surface = page.shell.surfaces[-1]

    assert isinstance(surface, WeightSurface)
    assert _only(surface, WeightCourse).accessibleDescription() == _detail(screen).weight.course
    assert [value for _, value in _detail(screen).weight.dates] == ["5", "8"]
    assert _only(surface, WeightCourse).grab().toImage().pixelColor(40, 20).isValid()


def test_the_triggers_of_a_month_open_in_the_journal(qtbot: QtBot, page: Page) -> None:
    thread = _thread(page)
    april = page.desk.journal.add(
        "trigger", {"at": {"day": "2026-04-02"}, "cue": "a door", "peak": 6, "thread": thread}
    )
    page.desk.journal.add("trigger", {"at": {"day": "2026-05-02"}, "cue": "a tone", "thread": thread})
    screen = _screen(page)

    screen._view.detail.side._total.click()
    newest = page.shell.surfaces[-1]
    assert isinstance(newest, MonthSurface)
    assert newest.accessibleName() == "Linked triggers, May 2026"
    newest.month_asked.emit(_detail(screen).linked.months[-2])
    earlier = page.shell.surfaces[-1]
    row = _only(earlier, TriggerRow)
    assert "strength 6" in row.accessibleName()
    qtbot.keyClick(row, Qt.Key.Key_Return)  # type: ignore[no-untyped-call]

    assert page.shell.went[-1] == ("journal", april)


def test_what_belongs_to_a_thread_is_listed_opened_and_added_to(page: Page) -> None:
    thread = _thread(page)
    letter = page.desk.journal.add("letter", {"to": "You, then", "body": "Come.", "thread": thread})
    screen = _screen(page)
    belongings = screen._view.detail.side.belongings
    row = _only(belongings, BelongingRow)
    assert row.accessibleName().startswith("You, then, Letter · ")

    row.opened.emit(letter)
    assert page.shell.went[-1] == ("journal", letter)
    belongings.begin_asked.emit("setback")
    surface = page.shell.surfaces[-1]
    assert surface.accessibleName() == "Write about a setback"
    assert surface.form.answers()["thread"] == thread  # type: ignore[attr-defined]


def test_the_one_who_answers_for_it_sees_the_questions_of_that_seat(page: Page) -> None:
    answers = _thread(page, my_place="answers", answer_part="I hid it.")
    both = _thread(page, title="Both", my_place="both", moment_of_need="At the door.")
    screen = _screen(page, answers)
    shown = _detail(screen)
    assert [answer.words for answer in shown.answering] == ["", "I hid it.", ""]
    assert shown.answers == ()

    screen._presenter.choose(both)
    shown = _detail(screen)
    assert (len(shown.answers), len(shown.answering)) == (3, 3)


def test_a_thread_with_a_parent_has_no_words_for_two(page: Page) -> None:
    parent = _thread(page, relation="parent", my_place="carries")
    screen = _screen(page, parent)
    labels = [step.words for stage in _detail(screen).stages for step in stage.steps]
    assert "Say it whole" in labels
    assert "Say it whole, to us" not in labels
    assert not {"joint_narrative", "conversation", "trust_revival"} & {kind for kind, _ in _detail(screen).offered}


def test_a_settled_thread_says_since_when_and_opens_again(page: Page) -> None:
    thread = _thread(page)
    page.desk.threads.stand(thread, "settled")
    screen = _screen(page, thread)
    assert _detail(screen).stood.words.startswith("Settled since ")

    screen._view.detail.stood.action.click()

    assert page.desk.threads.detail(thread).row.standing == "open"
    assert not screen._view.detail.stood.isVisible()


def test_reading_it_with_a_therapist_keeps_it_covered_and_on_the_list(page: Page) -> None:
    thread = _thread(page, weight=8)
    screen = _screen(page, opened=False)
    cover = screen._view.cover
    assert cover._pips.accessibleName().startswith("8 of 10 heavy")

    cover.session.click()

    shown = screen._presenter.shown
    assert shown.detail is None
    assert shown.cover is not None
    assert shown.cover.listed
    assert [one.record for one in page.desk.session_list.all()] == [thread]
    assert "list for a session" in cover.accessibleName()
    undo = page.shell.toasts[-1].on_action
    assert undo is not None
    undo()
    assert page.desk.session_list.all() == ()


def test_danger_comes_behind_the_safety_page_and_leads_to_nothing_for_two(page: Page) -> None:
    thread = _thread(page, breach=["abuse"], my_place="carries")
    screen = _screen(page, thread, opened=False)
    screen._view.focus_thread()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "The safety page"

    screen.open_cover()
    shown = _detail(screen)

    assert not shown.shareable
    assert not {"joint_narrative", "conversation", "trust_revival", "forgiveness_work"} & {k for k, _ in shown.offered}
    screen.leave()
    screen.enter(thread)
    assert screen._presenter.shown.cover is not None  # the next visit begins with it again


def test_words_inside_a_thread_find_it_in_the_list(page: Page) -> None:
    night = _thread(page, title="The night", story="Eleven calls from the corridor.")
    _thread(page)
    screen = _screen(page, opened=False)

    screen._view.filter.setText("corridor")

    assert [line.record for group in screen._presenter.shown.groups for line in group.lines] == [night]


def test_a_long_story_opens_and_is_typed_without_waiting(page: Page) -> None:
    dice, known = random.Random(4), ("night", "house", "call", "door", "never", "again", "rain", "street", "phone")
    words = [dice.choice(known) for _ in range(LONG_WORDS)]
    thread = _thread(page, story="\n\n".join(" ".join(words[at : at + 120]) for at in range(0, LONG_WORDS, 120)))
    began_s = time.perf_counter()
    screen = _screen(page, thread)
    assert time.perf_counter() - began_s < 4
    detail = screen._view.detail
    detail.write_asked.emit()
    QApplication.processEvents()
    editor: QTextEdit = detail._editor

    took_ms = []
    for number in range(60):
        began_s = time.perf_counter()
        QTest.keyClick(editor, Qt.Key.Key_Space if number % 6 == 0 else Qt.Key.Key_A)
        QApplication.processEvents()
        took_ms.append((time.perf_counter() - began_s) * 1000)

    assert sorted(took_ms)[30] < KEY_MS
    screen.leave()
    saved = page.desk.journal.record(thread).body
    assert getattr(saved, "story").endswith("aaaaa aaaaa aaaaa")  # noqa: B009  # a body of any kind


def test_the_told_story_scrolls_with_the_keyboard(page: Page) -> None:
    _thread(page, story="\n\n".join(f"Paragraph {number} of a long story." for number in range(60)))
    screen = _screen(page)
    detail = screen._view.detail
    detail._story.setFocus()

    QTest.keyClick(detail._story, Qt.Key.Key_PageDown)
    moved = detail._told_scroll.verticalScrollBar().value()
    QTest.keyClick(detail._story, Qt.Key.Key_Home)

    assert moved > 0
    assert detail._told_scroll.verticalScrollBar().value() == 0


def test_a_step_nobody_noted_opens_its_page_and_is_noted_from_there(page: Page) -> None:
    _thread(page)
    screen = _screen(page)

    screen._view.detail._path.opened.emit(2)
    surface = page.shell.surfaces[-1]

    assert isinstance(surface, StepSurface)
    assert "Nothing noted here. The path has no clock." in _said(surface)
    assert QApplication.focusWidget() is surface.add
