"""The page for two on a real vault: the order of its parts, what it says and never says, turns, and letting go."""

from __future__ import annotations

import atexit
import functools
import gc
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.charts.perception import PerceptionData
from app.charts.two_views import ViewsData
from app.domain.released import Stream
from app.services.desk import Desk
from app.ui.screens.together.prompts import prompts
from app.ui.screens.together.screen import TogetherScreen
from app.ui.screens.together.state import TogetherPage
from app.ui.screens.together.view import TogetherView
from app.ui.theme.hub import current_hub
from tests.fixtures import two
from tests.fixtures.page_context import Page, entered, page_for
from tests.fixtures.weeks import MONDAY, TODAY, write

STREAMS = (Stream.FELT_SAFETY, Stream.TRUST, Stream.ARE, Stream.MIRROR)
REFUSED = re.compile(
    r"average|\bscore|joint|better|worse|winner|\brank|missing|did not|didn|has not|hasn|absent|because|overdue|%|!",
    re.IGNORECASE,
)
CUE = "a door that fell shut"


def write_weeks(desk: Desk, count: int, safety: int, reach: int, mirror: int) -> None:
    """Whole weeks before this one, three days each, with both forms."""
    three = {"accessible": reach, "responsive": reach, "engaged": reach}
    own = {f"mirror_{name}": mirror for name in ("reachable", "answered", "with")}
    for week in range(1, count + 1):
        for day in range(3):
            write(desk.session, "checkin", MONDAY - 7 * week + day, felt_safety=safety, trust=safety, **three, **own)


def let_out(desk: Desk) -> None:
    for stream in STREAMS:
        desk.streams.release(stream, 1)
    desk.streams.choose_trigger(write(desk.session, "trigger", MONDAY - 9, cue=CUE, peak=7))


@functools.cache
def template() -> Path:
    """A vault of two, made once: both wrote fourteen weeks, let four streams be seen and chose a trigger."""
    home = Path(tempfile.mkdtemp(prefix="leeward-together-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    root = two.copied(home / "vault")
    jules = two.second_desk(root)
    write_weeks(jules, 14, safety=6, reach=3, mirror=4)
    write(jules.session, "checkin", MONDAY - 3, line="you rang from the train", share_line=True, felt_safety=6)
    let_out(jules)
    jules.close()
    noa = two.first_desk(root)
    write_weeks(noa, 14, safety=5, reach=2, mirror=3)
    let_out(noa)
    noa.close()
    return root


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Noa's desk in a copy of it."""
    shutil.copytree(template(), tmp_path / "vault")
    noa = two.first_desk(tmp_path / "vault")
    yield noa
    noa.close()


def written(desk: Desk) -> list[int]:
    """How many revisions stand in each file."""
    rows = [space.connection.execute("SELECT count(*) FROM revision").fetchone() for space in desk.session.spaces]
    return [int(row[0]) for row in rows]


class Looking:
    """The page in a window of its own, entered, with the door still closed."""

    def __init__(self, qtbot: QtBot, desk: Desk, width: int = 1280, height: int = 740) -> None:
        self.area = QWidget()
        qtbot.addWidget(self.area)
        self.area.resize(width, height)
        QVBoxLayout(self.area).setContentsMargins(0, 0, 0, 0)
        self.page: Page = page_for(desk, self.area)
        self.area.show()
        self.area.activateWindow()
        qtbot.waitUntil(self.area.isActiveWindow)
        self.screen = entered(self.page, TogetherScreen(self.page.ctx))
        self.view = self.area.findChildren(TogetherView)[0]
        QApplication.processEvents()

    @property
    def shown(self) -> TogetherPage:
        return self.view.presenter.shown

    def unlock(self) -> None:
        field = QApplication.focusWidget()
        assert field is not None
        QTest.keyClicks(field, two.OTHER_PASSPHRASE)
        QTest.keyClick(field, Qt.Key.Key_Return)
        QApplication.processEvents()
        assert self.shown.loaded

    def words(self) -> list[str]:
        """Every word the page holds, shown or not: labels, buttons, names, descriptions, tooltips."""
        found: list[str] = []
        for part in (self.view, *self.view.findChildren(QWidget)):
            found += [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
            if isinstance(part, QLabel | QAbstractButton):
                found.append(part.text())
        return [words for words in found if words]


@pytest.fixture
def looking(qtbot: QtBot, desk: Desk) -> Looking:
    made = Looking(qtbot, desk)
    made.unlock()
    return made


def test_before_the_second_passphrase_there_is_no_page(qtbot: QtBot, desk: Desk) -> None:
    closed = Looking(qtbot, desk)
    assert closed.view.isHidden() and not closed.shown.loaded and closed.screen.subtitle == ""
    assert closed.view.tools.earlier.isHidden()
    closed.unlock()
    assert closed.view.isVisible()
    assert re.fullmatch(r"\d+ \w+ to \d+ May, both here until \d\d:\d\d", closed.screen.subtitle)


def test_the_parts_come_from_safe_to_harder(looking: Looking) -> None:
    view = looking.view
    parts = [
        view.strip, view.talk, view._kept, view._done, view.views, view.differ, *view.gaps, view.triggers, view.step,
    ]  # fmt: skip
    tops = [part.mapTo(view, part.rect().topLeft()).y() for part in parts]
    assert tops == sorted(tops)
    assert view.views.chart.isVisible()
    assert [card.chart.isVisible() for card in view.gaps] == [True, True]


def test_the_charts_say_what_each_of_them_said(looking: Looking) -> None:
    page = looking.shown
    assert [who.name for who in page.people] == ["Noa", "Jules"]
    assert page.views[0].sentence == "Within a point of each other in 12 of 12 weeks."
    assert page.views[0].plot is not None and page.views[0].plot.caption.readout(11).endswith("Noa 5, Jules 6.")
    assert page.gaps[0].sentence.startswith("Close, within ordinary variation: Noa pictured 7.5, and Jules felt 7.5")
    assert page.gaps[1].sentence.startswith("Jules pictured 10; Noa felt 5. Both are true reports")
    assert "Neither is the wrong reading." in page.differ[1].sentence
    assert "you rang from the train" in [words for _, words in page.lines[1].lines]
    assert page.open_here.startswith("felt safety, trust, reach and answer")


def test_no_word_scores_ranks_averages_or_tells_who_was_away(looking: Looking) -> None:
    looking.view.presenter.open_trigger(2)
    said = looking.words()
    assert len(said) > 60
    assert [words for words in said if REFUSED.search(words)] == []


def test_a_trigger_opens_only_for_its_owner_and_closes_again(looking: Looking) -> None:
    assert CUE not in " ".join(looking.words())
    looking.view.presenter.open_trigger(2)
    assert [bool(one.lines) for one in looking.shown.triggers] == [False, True]
    assert CUE in looking.words()
    looking.view.presenter.close_trigger(2)
    QApplication.sendPostedEvents(None, 52)  # what was taken out of the card is deleted
    assert CUE not in looking.words()


def test_arrows_move_by_four_weeks_and_never_beyond_now(looking: Looking) -> None:
    newest = looking.shown.period
    assert not looking.view.tools.later.isEnabled()
    QTest.mouseClick(looking.view.tools.earlier, Qt.MouseButton.LeftButton)
    assert looking.shown.period != newest and looking.view.tools.later.isEnabled()
    QTest.mouseClick(looking.view.tools.later, Qt.MouseButton.LeftButton)
    assert looking.shown.period == newest


def test_one_speaks_one_listens_and_a_pause_notes_nothing(looking: Looking, desk: Desk) -> None:
    before = written(desk)
    looking.view.talk.start.click()
    turns = looking.view.talk._turns
    said = [turns._speaks._words.text(), turns._listens._words.text()]
    turns.change.click()
    assert [turns._speaks._words.text(), turns._listens._words.text()] == [
        said[1].replace("listens", "speaks"),
        said[0].replace("speaks", "listens"),
    ]
    turns.pause.click()
    assert "nothing is noted" in turns._hint.text()
    turns.pause.click()
    turns.stop.click()
    assert looking.view.talk._asking.isVisible()
    assert written(desk) == before


def test_we_talked_keeps_a_date_and_says_so(looking: Looking, desk: Desk) -> None:
    looking.view.talk.we_talked.click()
    assert looking.page.shell.toasts[-1].text == "Noted: the two of you talked. Only the date is kept."
    assert [one.day for one in desk.both.shared(("conversation",), 1, 10**6)] == [TODAY]


def test_passing_the_next_step_writes_nothing(looking: Looking, desk: Desk) -> None:
    before = written(desk)
    looking.view.step.leave.click()
    assert not looking.view.step.promise.isVisible()
    assert written(desk) == before
    looking.view.presenter.load()
    assert looking.view.step.promise.isVisible()
    looking.view.step.promise.click()
    assert looking.page.shell.surfaces


def test_a_low_day_offers_to_stop_without_saying_whose(qtbot: QtBot, desk: Desk) -> None:
    write(desk.session, "checkin", TODAY, felt_safety=2)
    made = Looking(qtbot, desk)
    made.unlock()
    assert made.view.offer.isVisible()
    offered = " ".join(label.text() for label in made.view.offer.findChildren(QLabel))
    assert "Noa" not in offered and "Jules" not in offered and not re.search(r"\d", offered)
    made.view.offer.stay.click()
    assert made.shown.only_good and not made.view.offer.isVisible()
    assert not made.view.views.isVisible() and not made.view.triggers.isVisible()
    assert made.view.talk.isVisible() and made.view._done.isVisible()
    made.view.presenter.turn(-1)
    assert not made.view.views.isVisible()
    assert not made.view.offer.isVisible(), "an offer that was heard is not made twice"
    made.view.offer.stop.click()
    assert made.view.isHidden() and not made.shown.loaded


def test_closing_drops_everything_and_the_second_part(looking: Looking, desk: Desk) -> None:
    looking.view.presenter.open_trigger(2)
    looking.view.tools.close_page.click()
    QApplication.sendPostedEvents(None, 52)
    assert not looking.shown.loaded
    held = " ".join(looking.words())
    for words in (CUE, "you rang from the train", "Jules pictured", "Within a point"):
        assert words not in held
    assert desk.both.until is None
    assert looking.view.isHidden() and looking.screen.subtitle == ""


def test_leaving_the_page_and_locking_close_it(looking: Looking, desk: Desk) -> None:
    looking.screen.leave()
    assert desk.both.until is None and not looking.shown.loaded
    looking.screen.enter(None)
    looking.unlock()
    looking.page.ctx.bus.locking.emit()
    assert not looking.shown.loaded


def test_withdrawing_takes_a_stream_from_the_page_at_once(looking: Looking, desk: Desk) -> None:
    desk.streams.withdraw(Stream.FELT_SAFETY)
    looking.view.presenter.load()
    assert looking.shown.views[0].plot is None
    assert looking.shown.views[0].sentence == "Opens when both share three or more days in a week."
    assert not looking.view.views.chart.isVisible()


@pytest.mark.parametrize(("width", "scale"), [(1280, 1.0), (1000, 1.0), (820, 1.0), (1280, 2.0)])
def test_nothing_is_cut_off_sideways(qtbot: QtBot, desk: Desk, width: int, scale: float) -> None:
    current_hub().set_text_scale(scale)
    try:
        made = Looking(qtbot, desk, width)
        made.unlock()
        QApplication.processEvents()
        inner = made.view._scroll.widget()
        assert inner is not None
        assert inner.width() <= made.view._scroll.viewport().width()
    finally:
        current_hub().set_text_scale(1.0)


def test_prompts_name_the_week_and_the_answer_and_take_turns(looking: Looking) -> None:
    found = prompts(("Noa", "Jules"), "4 May", looking.shown.differ, 0)
    assert [one.lead for one in found][:2] == ["The week of 4 May, from both sides.", "What “reachable” looks like."]
    plain = [prompts(("Noa", "Jules"), "", (), turn) for turn in range(6)]
    assert all(len(one) == 3 for one in plain)
    assert {one[0].speaker for one in plain} == {0, 1}
    assert len({one[0].lead for one in plain}) == 6


def test_the_direction_with_something_to_say_stands_first(looking: Looking) -> None:
    which = looking.view.differ._which
    assert which is not None and which.chosen() == 1
    assert "Neither is the wrong reading." in looking.view.differ._words.text()
    assert looking.view.differ.track.spoken_value().startswith("Reachable: pictured by Jules 4.0, felt by Noa 2.0")


def test_the_tick_and_the_offer_are_one_choice(looking: Looking) -> None:
    looking.view.strip.good.click()
    assert looking.shown.only_good and not looking.view.views.isVisible()
    looking.view.presenter.stay_on_good(on=False)
    assert not looking.view.strip.good.isChecked() and looking.view.views.isVisible()


def test_closed_from_elsewhere_the_page_goes_as_well(looking: Looking, desk: Desk) -> None:
    desk.both.close()
    looking.view.presenter.load()
    QApplication.sendPostedEvents(None, 52)
    assert not looking.shown.loaded
    assert looking.view.isHidden() and "you rang from the train" not in " ".join(looking.words())


def test_no_chart_of_the_two_is_held_after_closing(looking: Looking) -> None:
    assert any(isinstance(one, ViewsData | PerceptionData) for one in gc.get_objects())
    looking.view.tools.close_page.click()
    QApplication.sendPostedEvents(None, 52)
    QApplication.processEvents()
    gc.collect()
    assert [type(one).__name__ for one in gc.get_objects() if isinstance(one, ViewsData | PerceptionData)] == []
