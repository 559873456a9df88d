"""A guided conversation by the keyboard: begun by two, left at its first step, taken up again, and ended with notes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.content import Content
from app.domain.practices import Conversation
from app.ui.screens.conversation.closing import KeepingPanel
from app.ui.screens.conversation.screen import ConversationScreen
from app.ui.screens.conversation.start_panel import StartPanel
from app.ui.screens.conversation.state import Part
from app.ui.screens.repair.paused_row import PausedRow
from app.ui.screens.repair.screen import RepairScreen
from app.ui.widgets.scale import Scale
from tests.journeys.hands import CTRL
from tests.journeys.practices.gallery import Gallery
from tests.journeys.practices.keyboard import Keyboard
from tests.journeys.practices.written import Written

SAFE = (7, 6)
"""How safe it feels, before and after, for Noa and for Jules."""


class Talking:
    """Noa and Jules at one keyboard, with one script."""

    def __init__(self, keys: Keyboard, gallery: Gallery, content: Content, row: Written) -> None:
        self._keys, self._gallery = keys, gallery
        self._script: Conversation = content.conversation(content.practice(row.practice).target[1])
        self._said = dict(row.fill)
        cells = self._said.get("step_notes")
        assert isinstance(cells, list)
        titles = {at: words for at, column, words in cells if column == "step"}
        self._notes = {str(titles[at]): str(words) for at, column, words in cells if column == "note"}

    def hold(self) -> None:
        """From the card to what both keep."""
        self._gallery.begin(self._gallery.open_practice())
        screen = self._keys.came_to(ConversationScreen)
        self._begin(screen)
        self._how_safe(screen, Part.STEP)
        self._rate(screen._view.side.strength._scales[0], screen.widget(), self._said["strength_before"])
        self._leave_and_take_up(screen)
        self._walk_the_steps(screen)
        self._how_safe(screen, Part.CLOSING)
        self._close(screen)
        self._keep(screen._view.keeping, screen)
        self._keys.came_to(RepairScreen)

    def _begin(self, screen: ConversationScreen) -> None:
        start: StartPanel = screen._view.start
        self._until(screen, Part.START)
        self._keys.hands.sees(self._script.one_line, *self._script.rules)
        self._write(start._topic, screen.widget(), self._said["topic"])
        assert not start._begin.isEnabled()
        for box in start._checks:
            self._keys.tab_to(box, screen.widget())
            self._keys.press(Qt.Key.Key_Space)
        self._keys.press(Qt.Key.Key_Return, CTRL)

    def _how_safe(self, screen: ConversationScreen, then: Part) -> None:
        """Noa answers and passes on; what Noa said is gone before Jules looks."""
        self._until(screen, Part.SAFETY)
        for value in SAFE:
            assert screen._view.safety._scale.value() is None
            self._rate(screen._view.safety._scale, screen.widget(), value)
            self._keys.press(Qt.Key.Key_Return, CTRL)
        self._until(screen, then)

    def _leave_and_take_up(self, screen: ConversationScreen) -> None:
        """The place is kept: it stands above the cards, and goes on where it was."""
        self._keys.tab_to(screen._leave, self._keys.hands.session)
        self._keys.press(Qt.Key.Key_Space)
        cards = self._gallery.cards()
        self._keys.wait(lambda: cards._view.paused.findChildren(PausedRow))
        again = next(row.again for row in cards._view.paused.findChildren(PausedRow) if row.isVisible())
        self._keys.tab_to(again, cards.widget())
        self._keys.press(Qt.Key.Key_Space)
        self._keys.came_to(ConversationScreen)
        self._until(screen, Part.STEP)

    def _walk_the_steps(self, screen: ConversationScreen) -> None:
        for number, step in enumerate(self._script.step):
            self._keys.wait(partial(_is_at, screen, number))
            if step.title in self._notes:
                notes = screen._view.step._notes
                assert notes is not None, f"{step.id} takes no notes"
                self._keys.wait(notes.isVisible)
                self._write(notes, screen.widget(), self._notes[step.title])
            self._keys.press(Qt.Key.Key_Return, CTRL)

    def _close(self, screen: ConversationScreen) -> None:
        closing = screen._view.closing
        self._rate(closing._scales[0], screen.widget(), self._said["heard"])
        self._write(closing._takes[0], screen.widget(), self._said["taking"])
        self._keys.press(Qt.Key.Key_Return, CTRL)
        self._until(screen, Part.KEEPING)

    def _keep(self, keeping: KeepingPanel, screen: ConversationScreen) -> None:
        """Both say that all of it stays."""
        assert len(keeping._all) == len(SAFE)
        for box in keeping._all:
            self._keys.tab_to(box, screen.widget())
            self._keys.press(Qt.Key.Key_Space)
            self._keys.wait(box.isChecked)
        self._keys.press(Qt.Key.Key_Return, CTRL)

    def _until(self, screen: ConversationScreen, part: Part) -> None:
        self._keys.wait(lambda: screen._presenter.shown.part is part and self._keys.is_in(screen.widget()))

    def _write(self, field: QWidget, place: QWidget, words: object) -> None:
        self._keys.tab_to(field, place)
        self._keys.to_the_end()
        self._keys.write(str(words))

    def _rate(self, scale: Scale, place: QWidget, value: object) -> None:
        self._keys.tab_to(scale, place)
        self._keys.write(str(value))
        self._keys.wait(lambda: scale.value() == value)


def _is_at(screen: ConversationScreen, step: int) -> bool:
    talk = screen._presenter.talk
    return talk is not None and talk.step == step
