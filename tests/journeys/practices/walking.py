"""One practice from its card to the Journal and back, by the keyboard: what a person does, in the order they do it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.domain.fields import Kind
from app.domain.practices import Practice
from app.services.desk import Desk
from app.services.practices import kept_as
from app.ui.screens.calm.screen import CalmScreen
from app.ui.screens.injuries.screen import InjuriesScreen
from app.ui.screens.injuries.step_surface import StepSurface
from app.ui.screens.record_form.surface import RecordSurface
from app.ui.screens.today.checkin_card import CheckinView
from app.ui.screens.trigger.view import TriggerSurface
from app.ui.widgets.ask import LineSurface
from app.ui.widgets.step_path import StepPath
from app.ui.widgets.text_link import TextLink
from tests.journeys.hands import CTRL, Hands
from tests.journeys.practices.answering import Answering
from tests.journeys.practices.conversing import Talking
from tests.journeys.practices.gallery import Gallery
from tests.journeys.practices.keyboard import Keyboard
from tests.journeys.practices.reading import Again
from tests.journeys.practices.written import THREAD, Answers, Written


class Walk:
    """Noa at the window, with one practice."""

    def __init__(self, hands: Hands, row: Written) -> None:
        self.hands, self.row = hands, row
        self._content = content = hands.session.context.content
        self.practice: Practice = content.practice(row.practice)
        self.kind: Kind = content.kind(row.kind)
        self.keys = Keyboard(hands, row.practice)
        self.keys.begin_afresh()
        self.gallery = Gallery(self.keys, content, self.practice)
        self.again = Again(self.keys, self.kind, row)
        self._answering = Answering(self.keys, self.kind)

    @property
    def counted(self) -> int:
        """What one more adds to the count: a kit that Calm draws on counts where it is kept."""
        return int(kept_as(self.practice) is not None and self.kind.id == kept_as(self.practice))

    def clear_the_day(self) -> None:
        """A check-in there is already would be changed and not begun: it goes first."""
        if self.row.own == "checkin":
            self.hands.asked(_without_checkins)

    def write(self) -> None:
        """From the card to a saved entry, by way of whatever the practice opens."""
        ways = {
            "": self._on_its_form,
            "calm": self._after_calm,
            "thread": self._as_a_thread,
            "step": self._on_the_path,
            "checkin": self._on_today,
            "trigger": self._as_a_trigger,
            "conversation": self._in_turns,
        }
        ways[self.row.own]()

    def _on_its_form(self) -> None:
        screen = self.gallery.open_practice()
        self.gallery.begin(screen)
        self._left_for_later(self.keys.shown(RecordSurface))
        self.gallery.begin(screen)
        self._on_sheet(self.keys.shown(RecordSurface), self.row.fill[1:])

    def _left_for_later(self, sheet: RecordSurface) -> None:
        """One answer, then Escape: the rest can wait, and the answer is there at the next look."""
        self.keys.wait(lambda: sheet._opened is not None)
        self._answering.fill(sheet, sheet.form.editor, self.row.fill[:1])
        self.keys.press(Qt.Key.Key_Escape)
        self.keys.wait(lambda: not sheet.isVisible())

    def _on_sheet(self, sheet: RecordSurface, answers: Answers) -> None:
        self.keys.wait(lambda: sheet._opened is not None)
        if answers != self.row.fill:
            assert sheet.form.editor(self.row.fill[0][0]).answer() is not None, "what was left for later is gone"
        self._answering.fill(sheet, sheet.form.editor, answers)
        self.keys.press(Qt.Key.Key_Return, CTRL)
        self.keys.wait(lambda: not sheet.isVisible())

    def _after_calm(self) -> None:
        screen = self.gallery.open_practice()
        self.gallery.begin(screen)
        self.keys.came_to(CalmScreen)
        self.keys.press(Qt.Key.Key_Escape)
        self.keys.wait(lambda: not isinstance(self.hands.session._pages.current, CalmScreen))
        practice = self.gallery.open_practice()._view.practice
        link = self.hands.one(TextLink, lambda part: part.text() == self.kind.add)
        self.keys.tab_to(link, practice)
        self.keys.press(Qt.Key.Key_Space)
        self._on_sheet(self.keys.shown(RecordSurface), self.row.fill)

    def _as_a_thread(self) -> None:
        self.gallery.begin(self.gallery.open_practice())
        screen = self._injuries()
        self.keys.press(Qt.Key.Key_N, CTRL)
        asked = self.keys.shown(LineSurface)
        self.keys.wait(asked.line.hasFocus)
        title = str(self.row.fill[0][1])
        self.keys.write(title)
        self.keys.press(Qt.Key.Key_Return)
        self.keys.wait(lambda: (now := screen._presenter.shown.detail) is not None and now.title == title)
        self.keys.press(Qt.Key.Key_F2)
        self._on_sheet(self.keys.shown(RecordSurface), self.row.fill[1:])

    def _on_the_path(self) -> None:
        self.gallery.begin(self.gallery.open_practice())
        screen = self._injuries()
        self.keys.press(Qt.Key.Key_K, CTRL)
        self.keys.write(THREAD)
        self.keys.tab_to(screen._view.list, screen.widget())
        self.keys.press(Qt.Key.Key_Home)
        self.keys.wait(lambda: screen._presenter.detail is not None and screen._presenter.detail.row.title == THREAD)
        self.keys.into(screen._view._panes, Qt.Key.Key_Return)
        self.again.opened_thread()
        path = next(part for part in screen._view.detail.findChildren(StepPath) if part.isVisible())
        self.keys.tab_to(path, screen.widget())
        self.keys.press(Qt.Key.Key_Home)
        self.keys.press(Qt.Key.Key_Right)
        self.keys.press(Qt.Key.Key_Return)
        about = self.keys.shown(StepSurface)
        self.keys.wait(about.add.isVisible)
        self.keys.tab_to(about.add, about)
        self.keys.press(Qt.Key.Key_Space)
        self._on_sheet(self.keys.shown(RecordSurface), self.row.fill[2:])
        self.keys.press(Qt.Key.Key_K, CTRL)
        self.keys.press(Qt.Key.Key_Delete)  # all of it is marked

    def _injuries(self) -> InjuriesScreen:
        screen = self.keys.came_to(InjuriesScreen)
        self.keys.wait(lambda: screen._presenter.shown.loaded and self.keys.is_in(screen._view))
        return screen

    def _on_today(self) -> None:
        self.gallery.begin(self.gallery.open_practice())
        self.keys.wait(lambda: self.hands.session._pages.name == "today")
        card = self.keys.shown(CheckinView)
        self.keys.wait(lambda: card._open.isVisible() and self.keys.is_in(card))
        self._answering.fill(card, card._editors.__getitem__, self.row.fill)
        self.keys.press(Qt.Key.Key_Return, CTRL)
        self.keys.wait(card._folded.isVisible)

    def _as_a_trigger(self) -> None:
        self.gallery.begin(self.gallery.open_practice())
        sheet = self.keys.shown(TriggerSurface)
        self.keys.wait(lambda: sheet.presenter.ready and self.keys.is_in(sheet))
        self._answering.fill(sheet, sheet._three.editor, self.row.fill)
        self.keys.press(Qt.Key.Key_Return, CTRL)
        self.keys.wait(lambda: not sheet.isVisible())

    def _in_turns(self) -> None:
        Talking(self.keys, self.gallery, self._content, self.row).hold()


def _without_checkins(desk: Desk) -> None:
    for entry in desk.journal.page(kinds=("checkin",)).entries:
        desk.journal.remove(entry.id)
