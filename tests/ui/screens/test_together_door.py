"""The door: whom it opens for, what a wrong passphrase does, and releases looked at, shared and taken back by hand."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.released import Release, Stream
from app.services.both import Standing
from app.services.desk import Desk
from app.ui.screens.together_door import build
from app.ui.screens.together_door.door import Door
from app.ui.screens.together_door.presenter import ASKED, TIME, TROUBLE
from app.ui.screens.together_door.releases_view import ReleasesSurface
from app.ui.theme.hub import current_hub
from tests.fixtures import two
from tests.fixtures.page_context import Page, page_for
from tests.fixtures.session import EVENING
from tests.fixtures.weeks import MONDAY, TODAY, weeks, write


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The first person of two, with four weeks written."""
    made = two.first_desk(two.copied(tmp_path / "vault"))
    weeks(made.session, 4, value=6)
    yield made
    made.close()


class Before:
    """The door in a window of its own, and what it said."""

    def __init__(self, qtbot: QtBot, desk: Desk, width: int = 1000, height: int = 640) -> None:
        self.area = QWidget()
        qtbot.addWidget(self.area)
        self.area.resize(width, height)
        column = QVBoxLayout(self.area)
        self.page: Page = page_for(desk, self.area)
        self.door: Door = build(self.page.ctx, self.area)
        column.addWidget(self.door.widget())
        self.opened: list[object] = []
        self.ended: list[str] = []
        self.door.opened.connect(self.opened.append)
        self.door.ended.connect(self.ended.append)
        self.area.show()
        self.area.activateWindow()
        qtbot.waitUntil(self.area.isActiveWindow)
        self.door.enter()
        self.settle()

    def settle(self) -> None:
        QApplication.processEvents()

    def type_passphrase(self, words: str) -> None:
        """Into whatever has the keyboard, which is to be the field."""
        field = QApplication.focusWidget()
        assert field is not None and self.door.widget().isAncestorOf(field)
        QTest.keyClicks(field, words)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.settle()

    def surface(self) -> ReleasesSurface:
        self.door.change()
        self.settle()
        found = self.page.shell.surfaces[-1]
        assert isinstance(found, ReleasesSurface)
        return found

    def said(self, widget: QWidget | None = None) -> str:
        """Every visible word."""
        labels = (widget or self.area).findChildren(QLabel)
        return " · ".join(label.text() for label in labels if label.isVisible())


def test_the_keyboard_alone_opens_it_and_one_call_closes_it(qtbot: QtBot, desk: Desk) -> None:
    before = Before(qtbot, desk)
    assert "Invite Jules to unlock" in before.said()
    assert "afraid of the other" in before.said()

    before.type_passphrase(two.OTHER_PASSPHRASE)

    assert before.opened == [EVENING + dt.timedelta(minutes=60)]
    assert before.door.is_open and desk.both.standing() is Standing.OPEN
    before.door.end()
    assert before.ended == [ASKED]
    assert desk.both.standing() is Standing.CLOSED
    before.door.end()
    assert before.ended == [ASKED]


def test_a_wrong_passphrase_is_said_calmly_and_the_field_can_be_typed_over(qtbot: QtBot, desk: Desk) -> None:
    before = Before(qtbot, desk)
    before.type_passphrase("seven wrong words")
    assert "The passphrase did not fit" in before.said()
    before.type_passphrase(two.OTHER_PASSPHRASE)
    assert before.door.is_open


def test_misses_make_the_next_try_wait(qtbot: QtBot, desk: Desk) -> None:
    before = Before(qtbot, desk)
    for number in range(3):
        before.type_passphrase(f"wrong {number}")
    shown = before.door.presenter.shown
    assert shown.waiting_s > 0 and not shown.can_try
    assert "A short wait before the next try" in before.said()
    before.type_passphrase(two.OTHER_PASSPHRASE)
    assert not before.door.is_open


def test_locking_ends_it_and_forgets_what_was_typed(qtbot: QtBot, desk: Desk) -> None:
    before = Before(qtbot, desk)
    before.type_passphrase(two.OTHER_PASSPHRASE)
    before.page.ctx.bus.locking.emit()
    assert before.ended == [ASKED] and before.door.until is None
    assert before.door.presenter.shown.name == ""


def test_typed_but_not_handed_over_is_forgotten_on_locking(qtbot: QtBot, desk: Desk) -> None:
    before = Before(qtbot, desk)
    QTest.keyClicks(before.door.view.field, "half a phrase")
    before.page.ctx.bus.locking.emit()
    assert before.door.view.field.text() == ""  # what must be gone


def test_it_ends_by_itself_when_the_time_is_over(qtbot: QtBot, desk: Desk) -> None:
    later = [EVENING]
    desk.session.now = lambda: later[0]
    before = Before(qtbot, desk)
    before.type_passphrase(two.OTHER_PASSPHRASE)
    later[0] = EVENING + dt.timedelta(minutes=61)
    before.door.presenter._look_at_clock()  # the tick of its timer
    assert before.ended == [TIME]
    assert desk.both._second is None  # closed, not only hidden


def test_danger_written_while_both_are_here_ends_it(qtbot: QtBot, desk: Desk) -> None:
    before = Before(qtbot, desk)
    before.type_passphrase(two.OTHER_PASSPHRASE)
    before.page.ctx.tasks.run(lambda open_desk: open_desk.journal.add("fear_note", {"afraid": "often"}), _nothing)
    before.settle()
    assert before.ended == [TROUBLE] and desk.both.standing() is Standing.DANGER


def _nothing(_saved: object) -> None:
    """Saving brings back what nobody needs here."""


def test_danger_closes_the_door_without_saying_what_was_written(qtbot: QtBot, desk: Desk) -> None:
    write(desk.session, "fear_note", TODAY, afraid="often")
    before = Before(qtbot, desk)
    said = before.said()
    assert "This page stays closed for now" in said and "Invite" not in said
    assert "several reasons" in said
    assert not any(word in said.lower() for word in ("wrote", "written", "afraid", "danger", "fear", "nobody is told"))
    assert not any(word in said.casefold() for word in ("fear", "afraid", "harm", "danger"))
    button = QApplication.focusWidget()
    assert button is not None
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert ("help", "safety") in before.page.shell.went


def test_the_safety_page_is_one_click_away(qtbot: QtBot, desk: Desk) -> None:
    before = Before(qtbot, desk)
    before.door.view.safety.acted.emit()  # the banner's button
    assert before.page.shell.went == [("help", "safety")]


def test_release_look_and_take_back(qtbot: QtBot, desk: Desk) -> None:
    before = Before(qtbot, desk)
    surface = before.surface()
    row = surface.rows[Stream.TRUST]
    assert "may be seen" not in before.said(surface)

    row.look.click()
    before.settle()
    assert desk.streams.released() == ()  # looking lets nothing out
    assert before.said(row.preview).count("6.0") == 4 and "As Jules sees it" in before.said(row.preview)
    row.share.click()
    before.settle()
    (release,) = desk.streams.released()
    assert release == Release(Stream.TRUST, MONDAY - 84)
    assert "may be seen" in before.said(row)
    surface.close_surface()

    before.door.view.focus_first()  # as entering does
    before.type_passphrase(two.OTHER_PASSPHRASE)
    circle = desk.both.look(MONDAY - 70, TODAY).sides[0]
    assert circle.streams == (desk.streams.preview(release, TODAY),)

    again = before.surface()
    assert "things can only be taken back" in before.said(again)
    assert not again.rows[Stream.TRUST].look.isVisible() and not again.rows[Stream.ARE].isVisible()
    again.rows[Stream.TRUST].withdraw.click()
    before.settle()
    assert desk.streams.released() == ()
    assert desk.both.look(MONDAY - 70, TODAY).sides[0].streams == ()
    assert "You let nothing be seen so far." in before.said(again)


def test_another_range_is_shown_before_it_is_shared(qtbot: QtBot, desk: Desk) -> None:
    before = Before(qtbot, desk)
    row = before.surface().rows[Stream.FELT_SAFETY]
    row.look.click()
    row.first.setCurrentIndex(row.first.findData(MONDAY - 28))
    row.last.setCurrentIndex(row.last.findData(MONDAY - 1))
    row.first.activated.emit(row.first.currentIndex())
    before.settle()
    row.share.click()
    assert desk.streams.released() == (Release(Stream.FELT_SAFETY, MONDAY - 28, MONDAY - 1),)


def test_not_now_leaves_it_closed(qtbot: QtBot, desk: Desk) -> None:
    before = Before(qtbot, desk)
    row = before.surface().rows[Stream.ARE]
    row.look.click()
    assert "Nothing yet." in before.said(row)
    row.not_now.click()
    assert desk.streams.released() == () and not row.preview.isVisible()


def test_one_alarm_is_chosen_by_its_own_list_and_never_shown_with_both_here(qtbot: QtBot, desk: Desk) -> None:
    record = write(desk.session, "trigger", MONDAY, cue="a door that fell shut", peak=6)
    before = Before(qtbot, desk)
    surface = before.surface()
    surface.trigger.setCurrentIndex(surface.trigger.findData(record))
    surface.trigger.activated.emit(surface.trigger.currentIndex())
    assert desk.streams.chosen_trigger() == record
    surface.close_surface()
    before.door.view.focus_first()  # as entering does
    before.type_passphrase(two.OTHER_PASSPHRASE)
    again = before.surface()
    assert again.trigger.count() <= 1 and "fell shut" not in before.said(again)


@pytest.mark.parametrize(("width", "height", "scale"), [(800, 560, 1.0), (1000, 640, 2.0), (1180, 700, 1.0)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_control_can_be_reached_at_any_size(
    qtbot: QtBot, desk: Desk, width: int, height: int, scale: float, theme: str
) -> None:
    hub = current_hub()
    hub.choose("dark" if theme == "dark" else "light")
    hub.set_text_scale(scale)
    try:
        before = Before(qtbot, desk, width, height)
        view = before.door.view
        for widget in (view.field, view.open_button, view.change):
            assert widget.width() >= widget.minimumSizeHint().width()
            assert widget.mapTo(view, widget.rect().topRight()).x() <= view.width()
    finally:
        hub.set_text_scale(1.0)
        hub.choose("light")


def test_a_clock_set_back_does_not_keep_it_open(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Before(qtbot, desk)
    before.type_passphrase(two.OTHER_PASSPHRASE)
    before.door.presenter._look_at_clock()
    assert before.ended == []
    ran_s = time.monotonic() + 60 * 60 + 1
    monkeypatch.setattr("app.ui.screens.together_door.presenter.time.monotonic", lambda: ran_s)
    before.door.presenter._look_at_clock()
    assert before.ended == [TIME]


def test_what_opens_after_somebody_left_is_closed_behind_them(qtbot: QtBot, desk: Desk) -> None:
    """The passphrase is still being tried; the page is left, entered again, and only then the answer comes."""
    before = Before(qtbot, desk)
    presenter = before.door.presenter
    tasks = before.page.ctx.tasks
    waiting: list[tuple[Any, ...]] = []

    def later(*asked: Any, slot: str = "") -> None:
        waiting.append(asked)

    before.door.view.field.setText(two.OTHER_PASSPHRASE)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tasks, "run", later)
        presenter.unlock(two.OTHER_PASSPHRASE)
        before.door.end()
        before.door.enter()
    for asked in waiting:
        tasks.run(*asked)
    before.settle()
    assert len(waiting) == 3
    assert before.opened == [] and not before.door.is_open
    assert desk.both.standing() is Standing.CLOSED
