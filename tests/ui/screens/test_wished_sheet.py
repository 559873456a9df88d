"""The recovery sheet while a journal is made, and the one line on Today that reminds of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services import vaults
from app.services.desk import Desk
from app.ui.runtime.tasks import InlineTasks
from app.ui.screens.first_run.presenter import FirstRunPresenter
from app.ui.screens.first_run.sheet_card import SheetCard
from app.ui.screens.first_run.state import FirstRunState, Step
from app.ui.screens.first_run.view import FirstRunView
from app.ui.screens.keys.sheet import SheetSurface
from app.ui.screens.keys.wished import begin_sheet
from app.ui.screens.today.screen import TodayScreen
from app.ui.sheet_wish import SheetWish
from tests.fixtures.page_context import Page, page_of
from tests.fixtures.session import EVENING, ZONE, shipped_content
from tests.fixtures.vault import PASSPHRASE, copied
from tests.fixtures.windows import Program

PHRASE = "amber kettle orchard seven"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return copied(tmp_path / "vault")


@pytest.fixture
def desk(vault: Path) -> Iterator[Desk]:
    """The journal on its third day."""
    moment = EVENING + dt.timedelta(days=2)
    made = vaults.unlock(vault, PASSPHRASE, content=shipped_content(), now=lambda: EVENING, zone=ZONE)
    made.keys.remind_of_sheet()
    made.close()
    made = vaults.unlock(vault, PASSPHRASE, content=shipped_content(), now=lambda: moment, zone=ZONE)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Page:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1280, 800)
    area.show()
    made = page_of(desk.session, area)
    return Page(replace(made.ctx, tasks=InlineTasks(desk, made.ctx.bus)), desk, made.shell)


def today(page: Page, qtbot: QtBot) -> TodayScreen:
    screen = TodayScreen(page.ctx)
    qtbot.addWidget(screen.widget())
    screen.widget().show()
    screen.enter(None)
    return screen


def test_today_reminds_once_and_making_a_sheet_begins_there(page: Page, desk: Desk, qtbot: QtBot) -> None:
    screen = today(page, qtbot)
    assert screen.view.sheet.isVisible()
    screen.view.sheet.banner.acted.emit()
    assert isinstance(page.shell.surfaces[-1], SheetSurface)
    assert not screen.view.sheet.isVisible() and not desk.keys.sheet_reminder_due()


def test_a_line_that_was_closed_never_returns(page: Page, desk: Desk, qtbot: QtBot) -> None:
    screen = today(page, qtbot)
    screen.view.sheet.banner.closed.emit()
    assert not screen.view.sheet.isVisible()
    screen.enter(None)
    assert not screen.view.sheet.isVisible() and not desk.keys.sheet_reminder_due()


@pytest.mark.parametrize("wish", list(SheetWish))
def test_a_wish_is_done_as_it_was_chosen(page: Page, desk: Desk, wish: SheetWish) -> None:
    desk.keys.forget_sheet_reminder()
    begin_sheet(page.ctx, wish)
    assert bool(page.shell.surfaces) is (wish is SheetWish.NOW)
    desk.session.now = lambda: EVENING + dt.timedelta(days=30)
    assert desk.keys.sheet_reminder_due() is (wish is not SheetWish.NONE)  # also for one who begins and stops


def test_both_risks_and_all_three_ways_are_shown(qtbot: QtBot) -> None:
    words = shipped_content().care.recovery
    card = SheetCard()
    qtbot.addWidget(card)
    card.show_words(words)
    card.show_state(FirstRunState(Step.PASSPHRASE, Path("x"), sheet=SheetWish.NONE, others_here=True))
    said = [label.text() for label in card._risks]
    assert all(risk.line in line for risk, line in zip(words.risks, said, strict=True))
    assert [radio.text() for radio in card._radios.values()] == [words.make_now, words.later, words.none]
    assert card._radios[SheetWish.NONE].isChecked() and not card._others.isHidden()
    wished: list[SheetWish] = []
    card.wished.connect(wished.append)
    card._radios[SheetWish.NOW].click()
    assert wished == [SheetWish.NOW]


def first_run(program: Program) -> tuple[FirstRunView, FirstRunPresenter]:
    view = program.start().window.content()
    assert isinstance(view, FirstRunView)
    program.wait(lambda: program.running._warmup.peek() is not None)
    return view, view._presenter


def test_where_others_use_the_computer_there_is_no_sheet_until_somebody_wishes_for_one(program: Program) -> None:
    _, presenter = first_run(program)
    assert presenter.shown.sheet is SheetWish.LATER
    presenter.answer("shared")
    assert presenter.shown.sheet is SheetWish.NONE
    presenter.answer("mine")
    assert presenter.shown.sheet is SheetWish.LATER
    presenter.wish_sheet(SheetWish.NOW)
    presenter.answer("shared")
    assert presenter.shown.sheet is SheetWish.NOW


def test_a_journal_made_with_a_sheet_begins_with_the_sheet(program: Program) -> None:
    _, presenter = first_run(program)
    presenter.answer("mine")
    presenter.wish_sheet(SheetWish.NOW)
    presenter.type_passphrase(PHRASE, PHRASE)
    presenter.type_names("Noa", None)
    program.wait(lambda: (presenter.shown.strength or 0) >= 2)
    for step in (Step.BEFORE, Step.PLACE, Step.PASSPHRASE, Step.WHO):
        presenter.go(step)
    presenter.next()
    program.wait(lambda: program.running.session is not None)
    program.wait(_sheets)
    (surface,) = _sheets()
    assert surface.present.isEnabled()


def _sheets() -> list[SheetSurface]:
    return [widget for widget in QApplication.allWidgets() if isinstance(widget, SheetSurface) and widget.isVisible()]
