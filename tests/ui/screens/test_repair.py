"""The Repair page: every practice of the catalogue is found, opened behind its cover, begun, kept or set aside."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.services.session import Session
from app.ui.screens.repair.screen import RepairScreen
from app.ui.screens.repair.state import Filter, State
from tests.fixtures.page_context import Page, page_of

ROWS = 39


def _opened(qtbot: QtBot, session: Session, width: int = 1040, height: int = 740) -> tuple[RepairScreen, Page]:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(width, height)
    QVBoxLayout(area).setContentsMargins(0, 0, 0, 0)
    area.show()
    qtbot.waitUntil(area.isActiveWindow)
    page = page_of(session, area)
    screen = RepairScreen(page.ctx)
    layout = area.layout()
    assert layout is not None
    layout.addWidget(screen.widget())
    screen.enter(None)
    QApplication.processEvents()
    return screen, page


@pytest.fixture
def opened(qtbot: QtBot, couple: Session) -> tuple[RepairScreen, Page]:
    return _opened(qtbot, couple)


def _shown(screen: RepairScreen) -> State:
    return screen._presenter.shown


def _ids(screen: RepairScreen) -> list[str]:
    return [card.practice for group in _shown(screen).groups for card in group.cards]


def test_every_practice_is_found_and_opens(opened: tuple[RepairScreen, Page]) -> None:
    screen, page = opened
    catalogue = page.ctx.content.catalogue.practice
    assert len(catalogue) == ROWS
    assert sorted(_ids(screen)) == sorted(practice.id for practice in catalogue)
    for practice in catalogue:
        screen._presenter.open(practice.id)
        told = _shown(screen).page
        assert told is not None
        assert (told.covered is None) == (practice.cover is None)
        screen._presenter.uncover()
        told = _shown(screen).page
        assert told is not None
        assert told.covered is None
        assert told.about
        assert told.not_for
        assert told.begin
        assert "{" not in " ".join((*told.about, told.line, told.not_for, told.alone))
        screen._presenter.close_page()


def test_filters_and_words_narrow_the_cards(opened: tuple[RepairScreen, Page]) -> None:
    screen, page = opened
    view = screen._view
    for chosen in (Filter.TWO, Filter.OWN, Filter.SHORT, Filter.HARD_DAY):
        view.chosen.emit(chosen)
        assert 0 < len(_ids(screen)) < ROWS
    view.chosen.emit(Filter.SHORT)
    assert all(page.ctx.content.practice(practice).minutes <= 10 for practice in _ids(screen))
    view.chosen.emit(Filter.ALL)
    view.model_chosen.emit("Gottman")
    assert all(page.ctx.content.practice(practice).model.startswith("Gottman") for practice in _ids(screen))
    view.model_chosen.emit("")
    QTest.keyClicks(view.search, "windows")
    assert _ids(screen) == ["windows-and-walls"]
    QTest.keyClicks(view.search, " zebra")
    assert _shown(screen).nothing
    assert screen.subtitle.startswith("no ")


def test_kept_at_hand_and_not_now(opened: tuple[RepairScreen, Page]) -> None:
    screen, _ = opened
    screen._presenter.open("windows-and-walls")
    screen._presenter.favour(on=True)
    assert _shown(screen).page is not None
    assert _shown(screen).page.favourite  # type: ignore[union-attr]  # said above
    screen._presenter.close_page()
    screen._presenter.choose(Filter.FAVOURITE)
    assert _ids(screen) == ["windows-and-walls"]
    screen._presenter.open("windows-and-walls")
    screen._presenter.set_aside(on=True)
    screen._presenter.close_page()
    screen._presenter.choose(Filter.ALL)
    assert len(_ids(screen)) == ROWS - 1
    screen._presenter.choose(Filter.ASIDE)
    assert _ids(screen) == ["windows-and-walls"]


def test_by_keyboard_from_the_cards_into_one_and_back(opened: tuple[RepairScreen, Page]) -> None:
    screen, _ = opened
    grid = screen._view._grids[0]
    grid.tiles[0].setFocus()
    QTest.keyClick(grid.tiles[0], Qt.Key.Key_Right)
    assert grid.tiles[1].hasFocus()
    QTest.keyClick(grid.tiles[1], Qt.Key.Key_Down)
    below = next(tile for tile in grid.tiles if tile.hasFocus())
    assert below is grid.tiles[1 + grid._columns]
    QTest.keyClick(below, Qt.Key.Key_Return)
    assert _shown(screen).page is not None
    QTest.keyClick(screen._view.practice, Qt.Key.Key_Escape)
    screen._presenter.close_page()
    here = screen._view.tile(below.card.practice)
    assert here is not None
    assert here.hasFocus()


def test_beginning_goes_where_the_practice_is_written(opened: tuple[RepairScreen, Page]) -> None:
    screen, page = opened
    for practice, went in (("naming-what-broke", "injuries"), ("eight-step-path", "injuries")):
        screen._presenter.open(practice)
        screen._presenter.uncover()
        screen._begin()
        assert page.shell.went[-1][0] == went
    screen._presenter.open("new-experience" if "new-experience" in _ids(screen) else _ids(screen)[0])
    assert page.shell.calms == 0
    calm = next(p for p in page.ctx.content.catalogue.practice if p.target[0] == "calm")
    screen._presenter.open(calm.id)
    screen._presenter.uncover()
    screen._begin()
    assert page.shell.calms == 1


def test_alone_nothing_speaks_of_two(qtbot: QtBot, session: Session) -> None:
    screen, _ = _opened(qtbot, session)
    headings = [group.heading for group in _shown(screen).groups]
    assert "Together" not in headings
    assert len(_ids(screen)) == ROWS


@pytest.mark.parametrize("width", [1040, 700, 420])
def test_cards_fit_every_width(qtbot: QtBot, couple: Session, width: int) -> None:
    screen, _ = _opened(qtbot, couple, width)
    grid = screen._view._grids[0]
    assert grid._columns == {1040: 3, 700: 2, 420: 1}[width]
    assert grid.width() <= width
