"""The Repair page: every practice of the catalogue is found, opened behind its cover, begun, kept or set aside."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.lettering import plain
from app.services.journal import Journal
from app.services.session import Session
from app.ui.screens.repair.finding import places, wanted_words
from app.ui.screens.repair.screen import RepairScreen
from app.ui.screens.repair.state import TALK, Filter, State
from tests.fixtures.page_context import Page, entered, page_of, page_on_screen

ROWS = 39


def _opened(qtbot: QtBot, session: Session, width: int = 1040, height: int = 740) -> tuple[RepairScreen, Page]:
    page = page_on_screen(qtbot, session, width, height)
    screen = entered(page, RepairScreen(page.ctx))
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
    assert [practice.row for practice in catalogue if practice.row] == list(range(1, ROWS + 1))
    assert sorted(_ids(screen)) == sorted(practice.id for practice in catalogue)
    for practice in catalogue:
        screen._presenter.open(practice.id)
        told = _shown(screen).page
        assert told is not None
        assert (told.covered is None) == (practice.cover is None)
        assert not told.safety
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
    every = len(_ids(screen))
    for chosen in (Filter.TWO, Filter.OWN, Filter.SHORT, Filter.HARD_DAY):
        view.chosen.emit(frozenset({chosen}))
        assert 0 < len(_ids(screen)) < every
    view.chosen.emit(frozenset({Filter.SHORT}))
    short = _ids(screen)
    assert all(page.ctx.content.practice(practice).minutes <= 10 for practice in short)
    view.chosen.emit(frozenset({Filter.SHORT, Filter.HARD_DAY}))
    assert 0 < len(_ids(screen)) < len(short)
    assert set(_ids(screen)) < set(short)
    view.chosen.emit(frozenset())
    view.model_chosen.emit("Gottman")
    assert all(page.ctx.content.practice(practice).model.startswith("Gottman") for practice in _ids(screen))
    view.model_chosen.emit("")
    QTest.keyClicks(view.search, "windows")
    assert _ids(screen) == ["windows-and-walls"]
    card = _shown(screen).groups[0].cards[0]
    assert places(card.title, card.wanted) == [(0, 7)]
    assert card.found == ""
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
    screen._presenter.choose(frozenset({Filter.FAVOURITE}))
    assert _ids(screen) == ["windows-and-walls"]
    screen._presenter.open("windows-and-walls")
    screen._presenter.set_aside(on=True)
    screen._presenter.close_page()
    screen._presenter.choose(frozenset())
    assert "windows-and-walls" not in _ids(screen)
    assert len(_ids(screen)) == len(screen._ctx.content.catalogue.practice) - 1
    screen._presenter.choose(frozenset({Filter.ASIDE}))
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


def test_arrows_go_on_into_the_next_group_and_back_to_the_filters(opened: tuple[RepairScreen, Page]) -> None:
    screen, _ = opened
    first, second = screen._view._grids[:2]
    first.tiles[-1].setFocus()
    QTest.keyClick(first.tiles[-1], Qt.Key.Key_Right)
    assert second.tiles[0].hasFocus()
    QTest.keyClick(second.tiles[0], Qt.Key.Key_Up)
    came_to = next(tile for tile in first.tiles if tile.hasFocus())
    assert first.tiles.index(came_to) % first._columns == 0
    seen = set()
    while not screen._view.filters.hasFocus():
        here = next(tile for grid in screen._view._grids for tile in grid.tiles if tile.hasFocus())
        assert here not in seen
        seen.add(here)
        QTest.keyClick(here, Qt.Key.Key_Up)


def test_the_search_reads_every_word_and_shows_where_it_stands(opened: tuple[RepairScreen, Page]) -> None:
    screen, _ = opened
    view = screen._view
    QTest.keyClicks(view.search, "SPRING coming")  # an author, and a word of the explanation
    assert _ids(screen) == []
    view.search.clear()
    QTest.keyClicks(view.search, "abrahms spring")
    assert "promises-you-can-see" in _ids(screen)
    card = next(c for g in _shown(screen).groups for c in g.cards if c.practice == "promises-you-can-see")
    assert "Abrahms Spring" in card.found
    assert len(places(card.found, card.wanted)) == 2
    view.search.clear()
    QTest.keyClicks(view.search, "thought records")
    QTest.keyClick(view.search, Qt.Key.Key_Return)
    assert view._grids[0].tiles[0].hasFocus()
    assert view._grids[0].tiles[0].card.practice == "log-a-trigger"


def test_cards_stay_while_one_types_and_go_when_the_journal_locks(opened: tuple[RepairScreen, Page]) -> None:
    screen, page = opened
    view = screen._view
    before = view.tile("windows-and-walls")
    QTest.keyClicks(view.search, "windows")
    assert view.tile("windows-and-walls") is before
    assert view.tile("log-a-trigger") is None
    view.search.clear()
    assert view.tile("windows-and-walls") is before
    assert view.tile("log-a-trigger") is not None
    page.ctx.bus.locking.emit()
    assert view.tile("windows-and-walls") is None
    assert view._known == {}


def test_what_is_typed_before_the_cards_are_read_waits_for_them(qtbot: QtBot, couple: Session) -> None:
    area = QWidget()
    qtbot.addWidget(area)
    screen = RepairScreen(page_of(couple, area).ctx)
    qtbot.addWidget(screen.widget())
    QTest.keyClicks(screen._view.search, "windows")
    assert _ids(screen) == []
    screen.enter(None)
    assert _ids(screen) == ["windows-and-walls"]


def test_a_practice_that_was_left_while_it_was_read_does_not_come_back(opened: tuple[RepairScreen, Page]) -> None:
    screen, _ = opened
    screen._presenter.open("windows-and-walls")
    told = _shown(screen).page
    assert told is not None
    screen._presenter.close_page()
    screen._presenter._opened(told)
    assert _shown(screen).page is None


@given(st.text(max_size=60), st.text(max_size=12))
def test_places_are_inside_the_text_and_hold_the_word(words: str, typed: str) -> None:
    wanted = wanted_words(typed)
    found = places(words, wanted)
    assert all(0 <= start < start + length <= len(words) for start, length in found)
    assert all(one[0] + one[1] < two[0] for one, two in itertools.pairwise(found))
    assert bool(found) == any(word in plain(words) for word in wanted)


def test_where_danger_was_written_the_safety_page_stands_before_what_is_for_two(qtbot: QtBot, couple: Session) -> None:
    Journal(couple).add("injury", {"title": "The kitchen", "relation": "partner", "breach": ["abuse"]})
    screen, page = _opened(qtbot, couple)
    for practice in page.ctx.content.catalogue.practice:
        screen._presenter.open(practice.id)
        told = _shown(screen).page
        assert told is not None
        assert told.safety == (practice.audience == "two")
        if told.safety:
            assert told.covered is not None
            assert "Safety" in told.covered[0]
            screen._view.practice.cover.safety_asked.emit()
            assert page.shell.went[-1] == ("help", "safety")
            screen._presenter.uncover()
            told = _shown(screen).page
            assert told is not None
            assert told.about == practice.solo_about
            assert told.alone == ""
        screen._presenter.close_page()
    assert not any(card.two for group in _shown(screen).groups for card in group.cards)


def test_a_talk_counts_for_the_one_it_was(opened: tuple[RepairScreen, Page]) -> None:
    screen, page = opened
    page.desk.journal.add("conversation", {"script": "Small repair", "at": {"day": "2026-03-14"}})
    screen.enter(None)
    done = {card.practice: card.done for group in _shown(screen).groups for card in group.cards}
    assert done["small-repair"].startswith("once")
    assert done["talk-with-turns"] == done["hearing-an-old-hurt"] == "not yet"
    screen._presenter.open("small-repair")
    told = _shown(screen).page
    assert told is not None
    assert [line.title for line in told.past] == ["Small repair"]
    screen._presenter.open("talk-with-turns")
    told = _shown(screen).page
    assert told is not None
    assert told.past == ()


def test_other_forms_of_a_practice_are_written_from_its_page(opened: tuple[RepairScreen, Page]) -> None:
    screen, page = opened
    for practice in page.ctx.content.catalogue.practice:
        screen._presenter.open(practice.id)
        screen._presenter.uncover()
        told = _shown(screen).page
        assert told is not None
        assert {kind for kind, _ in told.beside if not kind.startswith(TALK)} <= set(practice.kinds)
    screen._presenter.open("settle-side-by-side")
    screen._presenter.uncover()
    screen._view.practice.beside_asked.emit("attunement_practice")
    assert page.shell.surfaces


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
    screen._presenter.open(next(p.id for p in page.ctx.content.catalogue.practice if p.target[1] == "side-by-side"))
    screen._presenter.uncover()
    screen._begin()
    assert page.shell.went[-1] == ("calm", "side-by-side")


def test_alone_nothing_speaks_of_two(qtbot: QtBot, session: Session) -> None:
    screen, _ = _opened(qtbot, session)
    headings = [group.heading for group in _shown(screen).groups]
    assert "Together" not in headings
    assert len(_ids(screen)) == len(screen._ctx.content.catalogue.practice)


@pytest.mark.parametrize("width", [1040, 700, 420])
def test_cards_fit_every_width(qtbot: QtBot, couple: Session, width: int) -> None:
    screen, _ = _opened(qtbot, couple, width)
    grid = screen._view._grids[0]
    assert grid._columns == {1040: 3, 700: 2, 420: 1}[width]
    assert grid.width() <= width
