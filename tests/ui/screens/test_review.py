"""The page of the four-weekly look and the card of the week: what they show, keep, refuse and lead to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services.journal import Journal
from app.services.session import Session
from app.ui.screens.review.added_view import LEAN, WORDS
from app.ui.screens.review.screen import ReviewScreen
from app.ui.screens.today.review_notice import ReviewNotice
from app.ui.screens.today.screen import TodayScreen
from app.ui.theme.hub import current_hub
from app.ui.widgets.label import Label
from app.ui.widgets.text_link import TextLink
from tests.fixtures.page_context import Page, entered, page_on_screen
from tests.fixtures.session import EVENING
from tests.services.test_reviews import SUNDAY, _danger, diary, falling, flat, rising, write

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, couple: Session) -> Page:
    return page_on_screen(qtbot, couple)


def opened(page: Page, target: str | None = None) -> ReviewScreen:
    return entered(page, ReviewScreen(page.ctx), target)


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    return " ".join(label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget))


def test_before_the_first_look_the_page_says_when_it_is_and_leads_on(page: Page) -> None:
    screen = opened(page)
    assert not screen.view.letter.isVisible() and "Four weeks after the first check-in" in words(screen.view)
    screen.view._empty.button.click()
    assert page.shell.went == [("today", None)]
    write(page.desk.session, "checkin", EVENING.date().toordinal(), felt_safety=5)
    screen.enter(None)
    assert "The first look is on Sunday 7 June 2026." in words(screen.view)


def test_it_reads_like_a_letter(page: Page) -> None:
    diary(page.desk.session, rising)
    screen = opened(page)
    card = screen.presenter.shown.letter
    assert card is not None and screen.view.letter.words() == card.paragraphs
    assert card.title == "13 April to 10 May" and card.dated == "Sunday 10 May 2026"
    assert "Felt safety is higher than 26 weeks ago" in words(screen.view.letter)
    assert screen.view.letter.chart.isVisible() and not screen.view.letter.safety.isVisible()
    assert "The next look is on Sunday 7 June 2026." in words(screen.view.kept)


def test_what_is_added_is_kept_as_it_is_typed_and_the_look_by_keyboard(page: Page, qtbot: QtBot) -> None:
    diary(page.desk.session, flat)
    screen = opened(page)
    screen.view.added.focus_first()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "Asking once")
    qtbot.waitUntil(lambda: bool(page.desk.drafts.all()))
    assert page.desk.drafts.all()[0].body == {"easier": "Asking once"}
    QTest.keyClick(focused, Qt.Key.Key_Return, CTRL)
    (kept,) = page.desk.reviews.state(SUNDAY + 4).kept
    assert page.desk.journal.record(kept.record).body.easier == "Asking once"  # type: ignore[attr-defined]
    assert page.desk.drafts.all() == []
    card = screen.presenter.shown.letter
    assert card is not None and (card.record, card.answers) == (kept.record, {"easier": "Asking once"})
    assert "Kept." in words(screen.view.added) and screen.view.added.caption.words() == "Only you"
    assert [toast.text for toast in page.shell.toasts] == ["Kept."]


def test_opening_the_page_writes_nothing(page: Page, qtbot: QtBot) -> None:
    diary(page.desk.session, flat)
    record = page.desk.reviews.keep(SUNDAY, None, {"easier": "The bench", "guess": 2})
    heads = [revision.id for revision in page.desk.journal.history(record)]
    screen = opened(page)
    for scale in (1.4, 1.0):
        current_hub().set_text_scale(scale)
        QApplication.processEvents()
    qtbot.wait(500)
    screen.leave()
    assert page.desk.drafts.all() == []
    assert [revision.id for revision in page.desk.journal.history(record)] == heads


def test_a_kept_letter_says_that_entries_changed_and_keeps_its_words(page: Page) -> None:
    diary(page.desk.session, flat)
    page.desk.reviews.keep(SUNDAY, None, {"easier": "The bench"})
    screen = opened(page)
    before = screen.view.letter.words()
    assert not screen.view.letter._changed.isVisible()
    write(page.desk.session, "checkin", SUNDAY - 3, felt_safety=0)
    screen.enter(None)
    assert screen.view.letter._changed.isVisible() and screen.view.letter.words() == before


def test_earlier_letters_are_listed_and_opened(page: Page) -> None:
    diary(page.desk.session, rising)
    old = page.desk.reviews.keep(SUNDAY - 28, None, {"easier": "The old bench"})
    page.desk.reviews.keep(SUNDAY, None, {"easier": "The new bench"})
    screen = opened(page)
    assert [link.text() for link in screen.view.kept.links] == [
        "Up to Sunday 10 May 2026",
        "Up to Sunday 12 April 2026",
    ]
    screen.view.kept.links[1].click()
    card = screen.presenter.shown.letter
    assert card is not None and (card.record, card.answers) == (old, {"easier": "The old bench"})
    assert screen.view.added.answers() == {"easier": "The old bench"}
    screen.view.kept.newest.click()
    assert screen.view.added.answers() == {"easier": "The new bench"}


def test_it_is_picked_for_the_summary_once_it_is_kept(page: Page) -> None:
    diary(page.desk.session, flat)
    screen = opened(page)
    assert not screen.view.added._tick.isVisible()
    page.desk.reviews.keep(SUNDAY, None, {})
    screen.enter(None)
    screen.view.added._tick.click()
    assert len(page.desk.reviews.picked(SUNDAY, SUNDAY)) == 1
    screen.view.added._tick.click()
    assert page.desk.reviews.picked(SUNDAY, SUNDAY) == ()


def test_after_a_fall_a_quiet_link_is_there(page: Page) -> None:
    diary(page.desk.session, falling)
    screen = opened(page)
    assert screen.view.letter.safety.isVisible()
    screen.view.letter.safety.click()
    assert page.shell.went == [("help", "safety")]


def test_where_something_marks_danger_the_questions_are_for_one(page: Page) -> None:
    diary(page.desk.session, flat)
    screen = opened(page)
    assert "I can guess how Jules will act." in words(screen.view.added)
    _danger(page.desk.session)
    screen.enter(None)
    assert "Jules" not in words(screen.view.added) and "Jules" not in words(screen.view.letter)
    assert "people close to me" in words(screen.view.added)
    assert screen.view.letter.safety.isVisible()


def test_a_moment_opens_where_it_stands(page: Page) -> None:
    diary(page.desk.session, flat)
    record = write(page.desk.session, "appreciation", SUNDAY - 2, line="The bench by the gate")
    screen = opened(page)
    links = [link for link in screen.view.letter.findChildren(TextLink) if link.accessibleDescription()]
    (link,) = links
    assert link.accessibleDescription() == "The bench by the gate"
    link.click()
    assert page.shell.went == [("journal", record)]


def test_a_lock_leaves_no_word(page: Page) -> None:
    diary(page.desk.session, flat)
    page.desk.reviews.keep(SUNDAY, None, {"easier": "The bench"})
    screen = opened(page)
    page.ctx.bus.locking.emit()
    assert screen.view.letter.words() == () and screen.view.added.answers() == {}
    assert screen.view.letter.chart._plot is None and screen.view.kept.links == []


@pytest.mark.parametrize("size", [(1280, 740), (1024, 640), (800, 560)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_at_the_side_in_any_size(page: Page, size: tuple[int, int], scale: float) -> None:
    diary(page.desk.session, rising)
    write(page.desk.session, "appreciation", SUNDAY - 2, line="The bench by the gate, and how long we sat there. " * 2)
    page.desk.reviews.keep(SUNDAY, None, {"easier": "The bench"})
    page.shell.area.resize(*size)
    current_hub().set_text_scale(scale)
    screen = opened(page)
    QApplication.processEvents()
    assert screen.view._scroll.horizontalScrollBar().maximum() == 0


def test_every_question_is_asked_once(page: Page) -> None:
    diary(page.desk.session, flat)
    screen = opened(page)
    assert [field for form in screen.view.added._forms for field in form.asked()] != []
    assert {field for form in screen.view.added._forms for field in form.asked()} == {*WORDS, *LEAN}


# ------------------------------------------------------------------------------------------------ on Today


@pytest.fixture
def sunday(page: Page, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], TodayScreen]:
    """Today, so many days after a Sunday on which a week ended."""
    Journal(page.desk.session).add("note", {"body": "First words", "at": {"day": "2025-01-02"}})

    def on(days_after: int) -> TodayScreen:
        moment = dt.datetime.combine(dt.date(2026, 5, 17) + dt.timedelta(days=days_after), dt.time(19), EVENING.tzinfo)
        page.desk.session.now = lambda: moment
        object.__setattr__(page.ctx, "now", page.desk.session.now)
        return entered(page, TodayScreen(page.ctx))

    return on


def test_the_week_is_offered_on_sunday_and_saved_by_keyboard(page: Page, sunday: Callable[[int], TodayScreen]) -> None:
    screen = sunday(0)
    card = screen.view.week
    assert card.isVisible() and card.heading.text() == "The week of 11 May to 17 May"
    card.form.focus_first("good_moment")
    focused = QApplication.focusWidget()
    assert focused is not None and card.isAncestorOf(focused)
    QTest.keyClicks(focused, "The bench")
    QTest.keyClick(focused, Qt.Key.Key_Return, CTRL)
    assert not card.isVisible()
    (entry,) = page.desk.journal.page(kinds=("weekly_look_back",)).entries
    assert entry.title == "The bench"
    assert page.shell.toasts[-1].text == "Saved, only for you."
    screen.enter(None)
    assert not card.isVisible()


def test_on_other_days_no_week_is_offered(sunday: Callable[[int], TodayScreen]) -> None:
    assert not sunday(3).view.week.isVisible()


def test_not_now_closes_the_week_and_can_be_taken_back(page: Page, sunday: Callable[[int], TodayScreen]) -> None:
    screen = sunday(1)
    screen.view.week.later.click()
    assert not screen.view.week.isVisible()
    undo = page.shell.toasts[-1].on_action
    assert undo is not None
    undo()
    assert screen.view.week.isVisible()


def test_what_is_half_written_comes_back(page: Page, sunday: Callable[[int], TodayScreen]) -> None:
    screen = sunday(0)
    screen.view.week.form.focus_first("hard_moment")
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "Rain")
    screen.leave()
    again = sunday(1)
    assert again.view.week.answers() == {"hard_moment": "Rain"}
    assert page.desk.today.state(page.ctx.now()).unfinished == ()


def test_nothing_answered_is_said_and_nothing_is_saved(page: Page, sunday: Callable[[int], TodayScreen]) -> None:
    screen = sunday(0)
    screen.view.week.save.click()
    assert screen.view.week.isVisible() and screen.view.week._trouble.words()
    assert page.desk.journal.page(kinds=("weekly_look_back",)).entries == ()


def test_after_seven_it_is_one_quiet_line_that_opens(page: Page, sunday: Callable[[int], TodayScreen]) -> None:
    for number in range(8):
        page.desk.look_backs.offer(SUNDAY - 7 * (6 - number))
    screen = sunday(0)
    card = screen.view.week
    assert "Here when you want it." in words(card) and not card.form.isVisible()
    card.take_up.click()
    assert card.form.isVisible()


def test_a_letter_that_is_due_is_one_line_with_two_ways(page: Page) -> None:
    diary(page.desk.session, flat)
    notice = ReviewNotice(page.ctx)
    layout = page.shell.area.layout()
    assert layout is not None
    layout.addWidget(notice)
    notice.look()
    assert notice.isVisible()
    notice.banner.acted.emit()
    assert page.shell.went == [("review", None)]
    notice.banner.closed.emit()
    assert not notice.isVisible()
    undo = page.shell.toasts[-1].on_action
    assert undo is not None
    undo()
    assert notice.isVisible() and notice.banner.isVisible()
    page.desk.reviews.keep(SUNDAY, None, {})
    notice.look()
    assert not notice.isVisible()
