"""The Repair page by the keyboard: a practice is found among the cards, opened, read about and begun."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.domain.content import Content
from app.domain.practices import Practice
from app.services.practices import kept_as
from app.ui.screens.repair.screen import RepairScreen
from app.ui.screens.repair.tile import Tile
from app.ui.text import number_word
from tests.journeys.hands import CTRL
from tests.journeys.practices.keyboard import PATIENCE_TABS, Keyboard

PARTNER = "Jules"


class Gallery:
    """One practice among all cards."""

    def __init__(self, keys: Keyboard, content: Content, practice: Practice) -> None:
        self._keys, self._content, self._practice = keys, content, practice

    def open_practice(self) -> RepairScreen:
        """Find it by its title, open it, read what is said about it."""
        screen = self.cards()
        self._keys.press(Qt.Key.Key_K, CTRL)
        self._keys.wait(screen._view.search.hasFocus)
        self._keys.write(self._practice.title)
        self._keys.wait(lambda: screen._view.tile(self._practice.id) is not None)
        self._keys.press(Qt.Key.Key_Return)
        for _ in range(PATIENCE_TABS):
            here = self._keys.focused()
            assert isinstance(here, Tile), here
            if here.card.practice == self._practice.id:
                break
            self._keys.press(Qt.Key.Key_Right)
        self._keys.press(Qt.Key.Key_Return)
        self._keys.wait(lambda: screen._presenter.shown.page is not None)
        self._open_cover(screen)
        self._read_about()
        return screen

    def begin(self, screen: RepairScreen) -> None:
        """The first button of the page."""
        begin = screen._view.practice._begin
        assert begin is not None
        self._keys.tab_to(begin, screen.widget())
        self._keys.press(Qt.Key.Key_Space)

    def times(self) -> int:
        """How often it was done, as counted beneath the words of its card."""
        doings = self._keys.hands.asked(lambda desk: desk.practices.all())
        assert isinstance(doings, tuple)
        return next(int(doing.times) for doing in doings if doing.practice == self._practice.id)

    def says(self, times: int) -> None:
        """The card says how often, once it is there."""
        screen = self.cards()
        words = self._count_in_words(times)

        def said() -> bool:
            tile = screen._view.tile(self._practice.id)
            return tile is not None and tile.card.done.startswith(words) and tile._done.text() == tile.card.done

        self._keys.wait(said)

    def cards(self) -> RepairScreen:
        """The page with all cards; an opened practice is closed."""
        screen = self._keys.page("repair", RepairScreen)
        self._keys.wait(lambda: screen._presenter.shown.loaded)
        if screen._presenter.shown.page is not None:
            self._keys.press(Qt.Key.Key_Escape)
        self._keys.wait(lambda: screen._presenter.shown.page is None)
        return screen

    def _open_cover(self, screen: RepairScreen) -> None:
        page = screen._presenter.shown.page
        assert page is not None
        assert (page.covered is not None) == (self._practice.cover is not None)
        if page.covered is not None:
            assert page.covered[0] in self._keys.hands.words(screen.widget())
            self._keys.tab_to(screen._view.practice.cover.open, screen.widget())
            self._keys.press(Qt.Key.Key_Space)
            self._keys.wait(lambda: (now := screen._presenter.shown.page) is not None and now.covered is None)

    def _read_about(self) -> None:
        self._keys.hands.sees("About this practice", self._practice.model)
        words = self._keys.hands.words()
        sources = [source for source in self._content.catalogue.source if source.id in self._practice.article]
        for part in (*self._practice.about, self._practice.not_for, self._practice.model):
            assert part.replace("{partner}", PARTNER) in words, part
        for source in sources:
            assert source.title in words
            assert source.author in words

    def _count_in_words(self, times: int) -> str:
        """How what the card says of that many begins; the day follows where it was once."""
        if kept_as(self._practice) is None:
            return ""
        return {0: "not yet", 1: "once, "}.get(times, f"{number_word(times)} times")
