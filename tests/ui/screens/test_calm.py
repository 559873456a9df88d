"""Calm: the arithmetic of a breath, each way by keyboard, the pause and its silent clock, and that nothing is kept."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.data.connection import Connection
from app.services.journal import Journal
from app.services.marks import Marks
from app.services.session import Session
from app.ui.screens.calm.afterwards import AfterWay
from app.ui.screens.calm.breath import BREATHS_EACH, FASTEST, SLOWEST, Phase, moment_at, stretched, turn_at
from app.ui.screens.calm.circle import BreathCircle
from app.ui.screens.calm.screen import SIDE_BY_SIDE, CalmScreen, OpenedView
from app.ui.screens.calm.senses import SenseRow
from app.ui.screens.calm.together import TogetherWay
from app.ui.screens.calm.words import fill, in_quotes, left_words
from app.ui.theme.hub import current_hub
from app.ui.widgets.label import Label
from app.ui.widgets.marks import Person, Shape
from app.ui.widgets.text_link import TextLink
from tests.fixtures.page_context import Page, entered, page_on_screen
from tests.fixtures.session import EVENING, shipped_content

PACES = {pace.id: pace for pace in shipped_content().calm.breathing.pace}
BOTH = (Person(Shape.CIRCLE, "N", "Noa"), Person(Shape.SQUARE, "J", "Jules"))


@pytest.mark.parametrize(
    "elapsed_s, phase, count, breath",
    [
        (0.0, Phase.IN, 1, 1),
        (3.9, Phase.IN, 4, 1),
        (4.1, Phase.OUT, 1, 1),
        (9.9, Phase.OUT, 6, 1),
        (10.1, Phase.IN, 1, 2),
    ],
)
def test_four_in_six_out(elapsed_s: float, phase: Phase, count: int, breath: int) -> None:
    moment = moment_at(PACES["four_six"], elapsed_s)

    assert (moment.phase, moment.count, moment.breath) == (phase, count, breath)


@given(st.sampled_from(sorted(PACES)), st.floats(0, 10_000), st.floats(FASTEST, SLOWEST))
def test_a_breath_is_never_wider_than_full_nor_counted_past_its_length(name: str, at_s: float, stretch: float) -> None:
    moment = moment_at(PACES[name], at_s, stretch)

    assert 0.0 <= moment.fullness <= 1.0
    assert 0 <= moment.count <= moment.of or moment.of == 0


def test_still_rests_for_ever() -> None:
    assert {moment_at(PACES["still"], s).phase for s in (0, 5, 500)} == {Phase.REST}


def test_slower_and_faster_stay_comfortable() -> None:
    stretch = 1.0
    for _ in range(50):
        stretch = stretched(stretch, slower=True)
    assert stretch == SLOWEST
    for _ in range(50):
        stretch = stretched(stretch, slower=False)
    assert stretch == FASTEST


def test_turns_change_after_some_breaths_each() -> None:
    pace = PACES["four_six"]
    turns = [turn_at(moment_at(pace, breath * pace.round_s + 1), 2) for breath in range(4 * BREATHS_EACH)]

    assert turns == ([0] * BREATHS_EACH + [1] * BREATHS_EACH) * 2


# ------------------------------------------------------------------------------------------------- the circle


class _Clock:
    def __init__(self) -> None:
        self.s = 0.0

    def __call__(self) -> float:
        return self.s


def _circle(qtbot: QtBot, clock: _Clock) -> BreathCircle:
    circle = BreathCircle(shipped_content().calm.breathing, clock)
    qtbot.addWidget(circle)
    circle.show()
    return circle


def test_each_part_of_a_breath_is_said_once_and_no_second_is(qtbot: QtBot) -> None:
    clock = _Clock()
    circle = _circle(qtbot, clock)
    said: list[str] = []
    circle.turned.connect(said.append)
    for tenth in range(200):
        clock.s = tenth / 10 + 0.05
        circle._beat()

    assert said == ["breathe in", "breathe out", "breathe in", "breathe out"]


def test_in_turns_the_name_is_said_with_the_word(qtbot: QtBot) -> None:
    clock = _Clock()
    circle = _circle(qtbot, clock)
    circle.share(BOTH, in_turns=True)
    assert circle.spoken_value() == "Noa: breathe in"
    clock.s = BREATHS_EACH * PACES["four_six"].round_s + 0.5
    assert circle.spoken_value() == "Jules: breathe in"


def test_the_circle_moves_only_while_it_is_shown_and_followed(qtbot: QtBot) -> None:
    circle = _circle(qtbot, _Clock())
    assert _is(circle.moving)
    QTest.keyClick(circle, Qt.Key.Key_Space)
    assert not _is(circle.moving)
    QTest.keyClick(circle, Qt.Key.Key_Space)
    assert _is(circle.moving)
    circle.choose(PACES["still"])
    assert not _is(circle.moving)
    circle.choose(PACES["square"])
    circle.hide()
    assert not _is(circle.moving)


def test_reduced_motion_stands_still_and_counts(qtbot: QtBot) -> None:
    clock = _Clock()
    circle = _circle(qtbot, clock)
    hub = current_hub()
    hub.set_reduced_motion(True)
    try:
        radii = set()
        for second in range(10):
            clock.s = second + 0.5
            radii.add(circle._radius(circle.moment()))
        assert len(radii) == 1
        assert circle._timer.interval() == 250
    finally:
        hub.set_reduced_motion(False)


# --------------------------------------------------------------------------------------------------- the words


def test_gaps_are_filled_and_unknown_ones_stay() -> None:
    words = "I take {minutes} minutes in {place}, back at {time}. {other} and {}"

    filled = fill(words, 5, EVENING, "The back room.")

    assert filled.words == "I take five minutes in The back room, back at 19:30. {other} and {}"
    assert filled.time_at is not None
    start, length = filled.time_at
    assert filled.words[start : start + length] == "19:30"


def test_quotation_marks_are_added_once() -> None:
    filled = in_quotes(fill("Back at {time}.", 20, EVENING))
    assert filled.words == "“Back at 19:30.”"
    assert filled.time_at == (9, 5)
    assert in_quotes(fill("“I’m back.”", 20, EVENING)).words == "“I’m back.”"


@given(st.floats(-100, 20_000))
def test_what_is_left_is_never_below_nothing(seconds: float) -> None:
    minutes, rest = left_words(seconds).split(":")
    assert 0 <= int(rest) < 60
    assert abs(int(minutes) * 60 + int(rest) - max(0.0, seconds)) <= 0.5


# ---------------------------------------------------------------------------------------------------- the page


def _opened(qtbot: QtBot, session: Session) -> tuple[CalmScreen, OpenedView, Page]:
    page = page_on_screen(qtbot, session, 1280, 800)
    screen = entered(page, CalmScreen(page.ctx))
    QApplication.processEvents()
    return screen, screen._view, page


def _own_things(session: Session) -> None:
    journal, marks = Journal(session), Marks(session)
    pause = journal.add("pause_script", {"words": "Back at {time}.", "length": 20, "back_words": "Here I am."})
    marks.mark(pause, marks.state(pause).current.hash)
    journal.add("tool", {"title": "The back step", "how": "Sit. Name five roofs."})
    journal.add("support_contact", {"name": "Mo", "reach": "the number on the fridge"})


def _is(state: bool) -> bool:
    """A state asked for anew: the checker would take the first answer for the last."""
    return state


def _step(walk: TogetherWay) -> int | None:
    return walk.step


def _words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisible())


def _link(view: QWidget, words: str) -> TextLink:
    return next(one for one in view.findChildren(TextLink) if one.text() == words and not one.isHidden())


def _writes(connection: Connection) -> int:
    return int(connection.execute("SELECT total_changes()").fetchone()[0])


def test_naming_goes_from_sense_to_sense_and_back_to_the_breath(qtbot: QtBot, session: Session) -> None:
    screen, view, _page = _opened(qtbot, session)
    rows = view.findChildren(SenseRow)
    assert [row.field.accessibleName()[0] for row in rows] == ["5", "4", "3", "2", "1"]
    rows[0].field.setFocus()
    for row in rows:
        qtbot.waitUntil(row.field.hasFocus)
        QTest.keyClicks(row.field, "lamp")
        QTest.keyClick(row.field, Qt.Key.Key_Return)
    qtbot.waitUntil(view.circle.hasFocus)
    assert all(row._node._named and not row._node._current for row in rows)

    screen.leave()
    assert not any(row._node._named for row in rows)


def test_nothing_is_written_whatever_is_opened_typed_and_begun(qtbot: QtBot, couple: Session) -> None:
    _own_things(couple)
    before = _writes(couple.connection)
    screen, view, _page = _opened(qtbot, couple)
    assert view.circle.hasFocus()
    for name in ("naming", "around", "body", "kit", "together", "ring", "after", "senses"):
        view.ways.turn_to(name)
        for field in view.ways.way(name).fields:
            QTest.keyClicks(field, "something")
    view.pause.start()
    view.pause.end()
    walk = view.ways.way("together")
    assert isinstance(walk, TogetherWay)
    walk.begin()
    while _step(walk) is not None:
        walk.go_on()
    screen.leave()

    assert _writes(couple.connection) == before


def test_one_tap_keeps_what_helped_and_a_second_takes_it_back(qtbot: QtBot, session: Session) -> None:
    _own_things(session)
    _screen, view, page = _opened(qtbot, session)
    tool = page.desk.calming.own().tools[0].record
    view.ways.turn_to("after")
    after = view.ways.way("after")
    assert isinstance(after, AfterWay)
    assert after.chips.hasFocus()

    QTest.keyClick(after.chips, Qt.Key.Key_1)
    assert page.desk.tools.use(tool).times == 1
    assert [toast.text for toast in page.shell.toasts] == ["Saved, only for you."]
    QTest.keyClick(after.chips, Qt.Key.Key_1)
    assert page.desk.tools.use(tool).times == 0


def test_own_words_are_asked_about_once_and_join_the_kit(qtbot: QtBot, session: Session) -> None:
    _screen, view, page = _opened(qtbot, session)
    view.ways.turn_to("after")
    after = view.ways.way("after")
    assert isinstance(after, AfterWay)
    after._changed(("the blue mug",))
    assert after._question.isVisible()
    after.yes.click()
    assert [tool.title for tool in page.desk.calming.own().tools] == ["the blue mug"]


def test_own_tools_and_people_are_close_by(qtbot: QtBot, session: Session) -> None:
    _own_things(session)
    _screen, view, page = _opened(qtbot, session)
    _link(view, "My settling kit").click()
    _link(view, "The back step").click()
    assert "Sit. Name five roofs." in _words(view)
    _link(view, "Someone I can ring").click()
    assert "the number on the fridge" in _words(view)
    _link(view, "If being together is not safe").click()
    assert ("help", "safety") in page.shell.went
    _link(view, "Log what set this off").click()
    assert page.shell.triggers == [None]


def test_a_pause_counts_in_silence_over_a_page_that_is_left(qtbot: QtBot, couple: Session) -> None:
    moment = [EVENING]
    couple.now = lambda: moment[0]
    _own_things(couple)
    screen, view, _page = _opened(qtbot, couple)
    assert "Back at 19:50." in _words(view) and "Our pause" in _words(view)
    said: list[None] = []
    view.pause.count.over.connect(lambda: said.append(None))

    view.pause.begin.click()
    assert _is(view.pause.counting) and _is(view.pause.count.ticking)
    assert view.pause.count.accessibleName() == "Back at 19:50"
    screen.leave()
    view.hide()
    assert not _is(view.pause.count.ticking)
    moment[0] = EVENING + dt.timedelta(minutes=10)
    view.show()
    assert "Back at 19:50." in _words(view), "the time that was said does not move"
    assert _is(view.pause.count.ticking) and not said
    moment[0] = EVENING + dt.timedelta(minutes=21)
    view.pause.count.look()
    assert len(said) == 1 and not _is(view.pause.count.ticking)
    assert "The time is over." in _words(view)
    view.pause.stop.click()
    assert not _is(view.pause.counting)


def test_without_words_of_ones_own_a_short_pattern_stands_there(qtbot: QtBot, session: Session) -> None:
    _screen, view, page = _opened(qtbot, session)
    assert "“Pause. 20 minutes. Back at 19:50.”" in _words(view)
    assert "My pause" in _words(view)
    _link(view, "Write my pause words").click()
    assert len(page.shell.surfaces) == 1


def test_alone_nothing_for_two_is_offered(qtbot: QtBot, session: Session) -> None:
    screen, view, _page = _opened(qtbot, session)
    assert view.ways._links["together"].isHidden()
    screen.enter(SIDE_BY_SIDE)
    assert shipped_content().calm.together.alone in _words(view)


def test_side_by_side_walks_through_its_steps(qtbot: QtBot, couple: Session) -> None:
    screen, view, _page = _opened(qtbot, couple)
    screen.enter(SIDE_BY_SIDE)
    walk = view.ways.way("together")
    assert isinstance(walk, TogetherWay) and walk.isVisible()
    assert [person.name for person in view.circle._people] == ["Noa", "Jules"]
    walk.begin()
    assert walk.next.hasFocus() and walk._timer.isActive()
    QTest.keyClick(walk.next, Qt.Key.Key_Space)
    assert _step(walk) == 1
    walk.stop.click()
    assert _step(walk) is None and not walk._timer.isActive()
    walk.begin()
    for _one in shipped_content().calm.together.step:
        walk.go_on()
    assert view.ways.shown == "after"
    assert view.circle._people == ()


@pytest.mark.parametrize("width, height, scale", [(1280, 800, 1.0), (1024, 700, 1.0), (1280, 800, 2.0)])
def test_nothing_is_cut_in_any_way(qtbot: QtBot, couple: Session, width: int, height: int, scale: float) -> None:
    _own_things(couple)
    hub = current_hub()
    hub.set_text_scale(scale)
    try:
        _screen, view, _page = _opened(qtbot, couple)
        view.window().resize(width, height)
        for name in ("naming", "around", "body", "kit", "together", "ring", "after", "senses"):
            view.ways.turn_to(name)
            QApplication.processEvents()
            QApplication.processEvents()
            for label in view.findChildren(Label):
                if label.isVisible() and label.hasHeightForWidth():
                    assert label.height() >= label.heightForWidth(label.width()), (name, label.text())
    finally:
        hub.set_text_scale(1.0)
