"""The Today page: its states, its keyboard, and that every size and theme shows it whole."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.services.choices import Choices
from app.services.fortnight import Drop, Fortnight
from app.services.session import Session
from app.ui.screens.moments.view import MomentsSurface
from app.ui.screens.today.presenter import TodayPresenter
from app.ui.screens.today.screen import TodayScreen
from app.ui.screens.today.state import Mode, TodayPage
from app.ui.screens.today.wording import fortnight_sentence, spoken, summary
from app.ui.theme.hub import current_hub
from tests.fixtures.page_context import Page, page_of


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1040, 740)
    area.show()
    qtbot.waitUntil(area.isActiveWindow)
    return page_of(couple, area)


@pytest.fixture
def screen(page: Page) -> TodayScreen:
    made = TodayScreen(page.ctx)
    box = QVBoxLayout(page.shell.area)
    box.addWidget(made.widget())
    made.enter(None)
    return made


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _mode(screen: TodayScreen) -> Mode:
    return screen.presenter.page.checkin.mode


def test_the_day_is_the_title_and_the_first_question_has_the_focus(screen: TodayScreen) -> None:
    assert screen.title == "Thursday 14 May"
    assert screen.subtitle == "Good evening, Noa"
    assert "Jules" in _focused().accessibleName()


def test_the_last_answer_is_not_shown_before_saving(page: Page, screen: TodayScreen, couple: Session) -> None:
    page.desk.today.save_checkin(couple.today() - 1, {"felt_safety": 3, "line": "Yesterday."})
    screen.enter(None)

    assert screen.view.checkin.answers() == {}


def test_a_check_in_by_keyboard_folds_to_one_line_and_can_be_undone(
    qtbot: QtBot, page: Page, screen: TodayScreen, couple: Session
) -> None:
    QTest.keyClick(_focused(), Qt.Key.Key_6)
    QTest.keyClick(_focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    card = screen.presenter.page.checkin
    assert (card.mode, card.summary) == (Mode.SAVED, "Felt safety 6")
    assert _focused().isVisible()
    toast = page.shell.toasts[-1]
    assert toast.on_action is not None
    toast.on_action()
    assert page.desk.today.state(couple.now()).checkin.saved is None
    assert _mode(screen) is Mode.OPEN


def test_nothing_answered_is_said_calmly(qtbot: QtBot, screen: TodayScreen) -> None:
    QTest.keyClick(_focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert _mode(screen) is Mode.OPEN
    assert screen.presenter.page.checkin.refused_reason == "needs_answer"
    assert not screen.view.checkin._trouble.isHidden()  # what is on the screen


def test_writing_is_kept_as_a_draft_when_it_rests(
    qtbot: QtBot, page: Page, screen: TodayScreen, couple: Session
) -> None:
    QTest.keyClick(_focused(), Qt.Key.Key_4)
    qtbot.waitUntil(lambda: page.desk.today.state(couple.now()).checkin.draft is not None, timeout=3000)

    again = TodayScreen(page.ctx)
    qtbot.addWidget(again.widget())
    again.enter(None)
    assert again.view.checkin.answers()["felt_safety"] == 4
    again.leave()
    screen.leave()


def test_leaving_the_page_keeps_the_draft_at_once(
    qtbot: QtBot, page: Page, screen: TodayScreen, couple: Session
) -> None:
    QTest.keyClick(_focused(), Qt.Key.Key_4)
    screen.leave()

    assert page.desk.today.state(couple.now()).checkin.draft == {"felt_safety": 4}


def test_a_save_elsewhere_does_not_touch_what_is_being_typed(
    qtbot: QtBot, page: Page, screen: TodayScreen, couple: Session
) -> None:
    QTest.keyClick(_focused(), Qt.Key.Key_4)
    page.ctx.tasks.run(lambda desk: desk.triggers.tally(couple.now()), lambda _logged: None)

    assert screen.view.checkin.answers()["felt_safety"] == 4
    assert [row.item.reason for row in screen.presenter.page.finish] == ["tally"]
    screen.leave()


def test_editing_makes_a_new_version_and_leaving_it_keeps_the_old(
    qtbot: QtBot, page: Page, screen: TodayScreen, couple: Session
) -> None:
    page.ctx.tasks.run(lambda desk: desk.today.save_checkin(couple.today(), {"felt_safety": 6}), lambda _saved: None)
    screen.view.checkin.edit.emit()
    assert _mode(screen) is Mode.OPEN
    assert screen.view.checkin.answers()["felt_safety"] == 6

    screen.view.checkin.not_tonight.emit()

    assert _mode(screen) is Mode.SAVED
    assert not page.desk.today.state(couple.now()).checkin.put_off
    qtbot.wait(1)


def test_not_tonight_closes_and_opens_after_all(screen: TodayScreen) -> None:
    screen.view.checkin.not_tonight.emit()
    assert _mode(screen) is Mode.PUT_OFF

    screen.view.checkin.reopen.emit()
    assert _mode(screen) is Mode.OPEN


def test_yesterday_can_be_filled_in(page: Page, screen: TodayScreen, couple: Session) -> None:
    screen.view.checkin.day_chosen.emit(1)
    assert screen.presenter.page.checkin.day == couple.today() - 1

    screen.view.checkin.save.emit({"felt_safety": 5})

    assert page.desk.today.state(couple.now(), couple.today() - 1).checkin.saved is not None


def test_empty_cards_are_left_out_and_full_ones_lead_on(page: Page, screen: TodayScreen) -> None:
    assert screen.view.finish.isHidden()
    assert screen.view.fortnight.isHidden()
    assert screen.presenter.page.thread is None

    record = page.desk.journal.add("injury", {"title": "The messages", "story": "It began in March."})
    screen.enter(None)
    screen.view.story.keep_writing.emit()
    assert page.shell.went == [("injuries", record)]


def test_hidden_previews_cover_every_written_word(page: Page, screen: TodayScreen) -> None:
    page.desk.journal.add("injury", {"title": "The messages", "story": "It began in March."})
    page.desk.triggers.save({"cue": "A tone at night", "peak": 3})
    screen.view.story.toggle_previews.emit()

    shown = screen.presenter.page
    assert shown.hide_previews
    assert shown.thread is not None
    assert shown.thread.tail == ""
    assert all("tone" not in row.title for row in shown.finish)


def test_settings_and_today_agree_on_previews_at_once(qtbot: QtBot, page: Page, screen: TodayScreen) -> None:
    told: list[object] = []
    page.ctx.bus.chosen.connect(told.append)
    screen.view.story.toggle_previews.emit()
    assert told == [Choices(previews=False)]

    page.ctx.bus.chosen.emit(Choices(previews=True))
    assert not screen.presenter.page.hide_previews


def test_nothing_is_saved_before_the_page_knows_its_day(page: Page, screen: TodayScreen) -> None:
    early = TodayPresenter(page.ctx)
    early.edited({"felt_safety": 3})
    early.keep_draft()
    early.save({"felt_safety": 3})
    early.not_tonight()
    assert early.page == TodayPage()

    screen.enter(None)
    assert page.desk.journal.counts() == {}
    assert _mode(screen) is Mode.OPEN
    assert screen.presenter.page.trouble == ""


def test_a_new_journal_says_what_the_place_is_for_and_nothing_else(page: Page, screen: TodayScreen) -> None:
    view = screen.view
    assert not view.place.isHidden()
    assert all(card.isHidden() for card in (view.story, view.finish, view.fortnight))

    page.desk.journal.add("note", {"body": "Something"})
    screen.enter(None)
    assert view.place.isHidden()
    assert not view.story.isHidden()


def test_the_rest_of_the_check_in_starts_folded_and_says_what_it_holds(page: Page, screen: TodayScreen) -> None:
    page.desk.today.save_checkin(page.ctx.now().date().toordinal(), {"felt_safety": 6, "trust": 4, "outside_load": 2})
    screen.enter(None)
    screen.view.checkin.edit.emit()

    card = screen.view.checkin
    assert card._more.isHidden()  # what is on the screen
    assert "2" in card._more_toggle.text()
    assert card.answers()["trust"] == 4

    card._more_toggle.click()
    assert not card._more.isHidden()
    assert "2" not in card._more_toggle.text()


def test_the_saved_line_stays_short_and_the_whole_is_spoken() -> None:
    parts = tuple(f"Part {letter}" for letter in "ABCDEF")

    assert summary(parts).endswith("2 more")
    assert "Part E" not in summary(parts)
    assert summary(parts[:4]).count("·") == 3
    assert spoken(parts).endswith("Part E, Part F")


def test_a_whole_open_day_needs_no_scrolling_at_1280_by_800(qtbot: QtBot, page: Page, screen: TodayScreen) -> None:
    page.desk.journal.add("injury", {"title": "The messages", "story": "It began in March. " * 60})
    screen.enter(None)
    view = screen.view
    view.setParent(None)
    qtbot.addWidget(view)
    view.resize(1044, 714)  # what the window leaves the page
    view.show()
    qtbot.wait(30)

    assert view._scroll.verticalScrollBar().maximum() == 0  # what is on the screen
    assert view.checkin.height() < view.height()


def test_cards_keep_their_height_beside_a_long_check_in(qtbot: QtBot, page: Page, screen: TodayScreen) -> None:
    for back in range(6):
        page.desk.today.save_checkin(page.ctx.now().date().toordinal() - 1 - back, {"felt_safety": 5})
    screen.enter(None)
    qtbot.wait(10)
    before = screen.view.fortnight.height()

    screen.view.checkin._more_toggle.click()
    qtbot.wait(10)
    assert screen.view.fortnight.height() == before


def test_a_trigger_to_finish_opens_the_trigger_form(page: Page, screen: TodayScreen, couple: Session) -> None:
    record = page.desk.triggers.tally(couple.now()).saved.record
    screen.enter(None)

    screen.view.finish.finish.emit(screen.presenter.page.finish[0].item)

    assert page.shell.triggers == [record]


def test_an_unfinished_note_can_be_let_go_and_brought_back(page: Page, screen: TodayScreen) -> None:
    page.desk.drafts.keep("new:note", "note", {"body": "Half a thought"})
    screen.enter(None)
    row = screen.presenter.page.finish[0]
    assert row.title == "Half a thought"

    screen.view.finish.let_go.emit(row.item)
    assert screen.presenter.page.finish == ()
    undo = page.shell.toasts[-1].on_action
    assert undo is not None
    undo()
    assert page.desk.drafts.find("new:note") is not None


@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 1.0), ("light", 2.0)])
@pytest.mark.parametrize("size", [(1052, 736), (930, 636)])
def test_it_fits_at_every_size(
    qtbot: QtBot, page: Page, screen: TodayScreen, theme: str, scale: float, size: tuple[int, int]
) -> None:
    hub = current_hub()
    page.desk.journal.add("injury", {"title": "The messages", "story": "It began in March. " * 60})
    page.desk.triggers.save({"cue": "A long cue that says a good deal about what happened", "peak": 3})
    try:
        hub.choose("dark" if theme == "dark" else "light")
        hub.set_text_scale(scale)
        page.shell.area.resize(*size)
        screen.enter(None)
        qtbot.wait(30)
        inner = screen.view._scroll.viewport()  # nothing may be wider than what can be seen
        assert screen.view._page.width() <= inner.width()
        assert not page.shell.area.grab().isNull()
    finally:
        hub.set_text_scale(1.0)
        hub.choose("light")


TODAY = dt.date(2026, 5, 14)


def _fortnight(low: float, high: float, drop: Drop | None = None) -> Fortnight:
    days = tuple(range(TODAY.toordinal() - 13, TODAY.toordinal() + 1))
    return Fortnight(days, (6.0,) * 14, low, high, drop)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (_fortnight(5, 6), "Mostly 5 to 6."),
        (_fortnight(6, 6.2), "Mostly 6."),
        (
            _fortnight(5, 6, Drop(TODAY.toordinal() - 2, 3.0, eased=True)),
            "Mostly 5 to 6. Tuesday dropped to 3 and eased the next day.",
        ),
        (_fortnight(5, 6, Drop(TODAY.toordinal(), 2.5, eased=None)), "Mostly 5 to 6. Today dropped to 2.5."),
        (_fortnight(5, 6, Drop(TODAY.toordinal() - 9, 3.0, eased=False)), "Mostly 5 to 6. 5 May dropped to 3."),
    ],
)
def test_the_sentence_is_made_from_the_numbers(found: Fortnight, sentence: str) -> None:
    assert fortnight_sentence(found, TODAY) == sentence


def test_a_small_moment_is_one_press_away_and_comes_back_half_written(page: Page, screen: TodayScreen) -> None:
    screen.presenter.note_moment()
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, MomentsSurface)
    QTest.keyClicks(_focused(), "2")
    QTest.keyClicks(_focused(), "Tea was standing there")
    QTest.keyClick(_focused(), Qt.Key.Key_Escape)
    screen.presenter.load()

    (row,) = screen.presenter.page.finish
    assert row.title == "Tea was standing there"
    screen.presenter.finish(row.item)

    again = page.shell.surfaces[-1]
    assert isinstance(again, MomentsSurface)
    assert again.answers()["line"] == "Tea was standing there"
