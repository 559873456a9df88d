"""Today's cards around the check-in: what they show and lead to, by keyboard too, in every size and theme."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.records import RecordId
from app.services.agreement_rows import Row, Standing
from app.services.session import Session
from app.services.today_around import Around
from app.ui.screens.record_form.surface import RecordSurface
from app.ui.screens.therapy.surface import SessionSurface
from app.ui.screens.today.around_words import around_page, coming_day
from app.ui.screens.today.screen import TodayScreen
from app.ui.screens.today.state import Sort
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, IconButton, TickBox
from app.ui.widgets.label import Label
from tests.fixtures.page_context import Page, page_of
from tests.fixtures.session import EVENING

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1040, 740)
    area.show()
    qtbot.waitUntil(area.isActiveWindow)
    return page_of(couple, area)


def _day(away: int) -> dict[str, str]:
    return {"day": (EVENING.date() + dt.timedelta(days=away)).isoformat()}


def _filled(page: Page) -> dict[str, RecordId]:
    add = page.desk.journal.add
    found = {
        "note": add("note", {"body": "Something"}),
        "ritual": add("ritual", {"title": "Tea at nine", "rhythm": "days", "days": EVERY_DAY, "starts": _day(-30)}),
        "promise": add("commitment", {"wording": "I write before seven.", "rhythm": "daily"}),
        "held": add("therapy_session", {"at": _day(-1), "setting": "one", "want": "The poster"}),
        "session": add("therapy_session", {"at": _day(5), "setting": "two"}),
        "plan": add("plan", {"title": "The long view", "next_look": _day(-1)}),
        "boundary": page.desk.agreements.begin({"wording": "Phones stay closed.", "next_look": _day(0)}),
    }
    shown = page.desk.agreements.detail(found["boundary"])
    page.desk.agreements.mark(found["boundary"], shown.hash)
    return found


@pytest.fixture
def entered(page: Page) -> tuple[TodayScreen, dict[str, RecordId]]:
    found = _filled(page)
    return _enter(page), found


def _enter(page: Page) -> TodayScreen:
    made = TodayScreen(page.ctx)
    box = QVBoxLayout(page.shell.area)
    box.addWidget(made.widget())
    made.enter(None)
    return made


def _press(screen: TodayScreen, words: str, kind: type[Button] = Button) -> None:
    found = [one for one in screen.view.ahead.findChildren(kind) if words in {one.text(), one.accessibleName()}]
    found[0].click()


def test_an_empty_day_is_short_and_says_nothing(page: Page) -> None:
    view = _enter(page).view

    assert all(card.isHidden() for card in (view.rituals, view.look, view.ahead, view.suggestion))


def test_every_part_of_a_full_day_is_there_in_words(entered: tuple[TodayScreen, dict[str, RecordId]]) -> None:
    screen, _ = entered
    shown = screen.around.page

    assert shown.rituals is not None
    assert shown.look is not None
    assert [line.title for line in shown.rituals.lines] == ["Tea at nine"]
    assert (shown.look.heading, shown.look.words) == ("Due for a look", "Phones stay closed.")
    assert [(line.sort, line.action) for line in shown.ahead] == [
        (Sort.HELD, "Two lines"),
        (Sort.SESSION, "Prepare"),
        (Sort.PROMISE, "How it went"),
        (Sort.PLAN, "Look"),
    ]
    assert shown.ahead[1].title == "Session on Tuesday 19 May"
    assert shown.suggestion is not None


def test_a_ritual_is_ticked_and_opened_again_by_the_space_bar(
    page: Page, entered: tuple[TodayScreen, dict[str, RecordId]]
) -> None:
    screen, _ = entered
    box = screen.view.rituals.findChild(TickBox)
    assert box is not None
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)

    assert page.desk.rituals.today()[0].outcome == "done"
    assert screen.view.rituals.caption.words() == "1 of 1 so far"
    assert box.hasFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert page.desk.rituals.today()[0].outcome == "open"
    assert not box.isChecked()


def test_the_look_leads_on_or_waits_for_a_week(page: Page, entered: tuple[TodayScreen, dict[str, RecordId]]) -> None:
    screen, found = entered
    screen.view.look.look.emit()
    assert page.shell.went[-1] == ("agreements", found["boundary"])

    screen.view.look.later.emit()
    assert screen.view.look.isHidden()
    toast = page.shell.toasts[-1]
    assert toast.on_action is not None
    toast.on_action()
    assert not screen.view.look.isHidden()


def test_lines_lead_where_they_belong(page: Page, entered: tuple[TodayScreen, dict[str, RecordId]]) -> None:
    screen, found = entered
    _press(screen, "How it went")
    assert page.shell.went[-1] == ("agreements", found["promise"])
    _press(screen, "Prepare")
    assert isinstance(page.shell.surfaces[-1], SessionSurface)
    _press(screen, "Look")
    assert type(page.shell.surfaces[-1]) is RecordSurface


def test_what_can_wait_is_put_aside_and_comes_back(
    page: Page, entered: tuple[TodayScreen, dict[str, RecordId]]
) -> None:
    screen, _ = entered
    _press(screen, "Next week", IconButton)
    assert Sort.PROMISE not in {line.sort for line in screen.around.page.ahead}
    _press(screen, "Leave it", IconButton)
    assert Sort.HELD not in {line.sort for line in screen.around.page.ahead}

    for toast in page.shell.toasts:
        assert toast.on_action is not None
        toast.on_action()
    assert {Sort.PROMISE, Sort.HELD} <= {line.sort for line in screen.around.page.ahead}


def test_the_suggestion_leads_to_its_practice_and_closes_quietly(
    page: Page, entered: tuple[TodayScreen, dict[str, RecordId]]
) -> None:
    screen, _ = entered
    suggested = screen.around.page.suggestion
    assert suggested is not None
    screen.view.suggestion.open.click()
    assert page.shell.went[-1] == ("repair", suggested.practice)

    screen.view.suggestion.closed.emit()
    assert screen.view.suggestion.isHidden()


def test_hidden_previews_cover_what_was_written(page: Page, entered: tuple[TodayScreen, dict[str, RecordId]]) -> None:
    screen, _ = entered
    screen.view.story.toggle_previews.emit()

    words = " ".join(label.text() for label in screen.view.findChildren(Label) if label.isVisibleTo(screen.view))
    for written in ("Phones", "Tea at nine", "before seven", "The long view"):
        assert written not in words
        assert written not in repr(screen.around.page)


def test_an_agreement_of_two_says_so_and_one_that_waits_comes_first(page: Page) -> None:
    row = Row(RecordId("a" * 32), "boundary", "We say so before.", Standing.AGREED, due=True, shared=True)
    waits = Row(RecordId("b" * 32), "boundary", "Words to mark.", Standing.PROPOSED, waits_for_me=True, shared=True)

    due = around_page(Around(look=row, looks_more=2), page.ctx, hidden=False, is_new=False).look
    assert due is not None
    assert (due.action, due.more, due.caption) == ("Review together", "and 2 more", "agreement")
    marked = around_page(Around(look=row, waits=waits), page.ctx, hidden=False, is_new=False).look
    assert marked is not None
    assert (marked.heading, marked.words) == ("Waits for your mark", "Words to mark.")


@pytest.mark.parametrize(
    "away, words",
    [(0, "today, 17:00"), (1, "tomorrow, 17:00"), (6, "Wednesday 20 May, 17:00"), (-1, "yesterday, 17:00")],
)
def test_days_ahead_are_said_as_one_speaks(away: int, words: str) -> None:
    today = EVENING.date()
    assert coming_day(today + dt.timedelta(days=away), today, dt.time(17)) == words


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("scale, width", [(1.0, 1044), (1.0, 952), (2.0, 1100)])
def test_it_stands_in_every_shape(
    qtbot: QtBot, entered: tuple[TodayScreen, dict[str, RecordId]], choice: str, scale: float, width: int
) -> None:
    screen, _ = entered
    hub, view = current_hub(), screen.view
    try:
        hub.choose("dark" if choice == "dark" else "light")
        hub.set_text_scale(scale)
        view.setParent(None)
        qtbot.addWidget(view)
        view.resize(width, 700)
        view.show()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        QCoreApplication.processEvents()
        assert view._scroll.horizontalScrollBar().maximum() == 0  # what is on the screen
        for card in (view.rituals, view.look, view.ahead, view.suggestion):
            assert card.isVisible()
            assert card.geometry().right() <= view._page.width()
            for button in card.findChildren(Button):
                if button.isVisible():
                    assert button.width() >= min(button.minimumSizeHint().width(), card.width())
                    assert card.rect().contains(button.mapTo(card, button.rect().center()))
    finally:
        hub.set_text_scale(1.0)
        hub.choose("light")
