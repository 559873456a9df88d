"""One practice from its card to the Journal and back, by the keyboard: what a person does, in the order they do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.fields import FieldType, Kind
from app.domain.practices import Practice
from app.services.desk import Desk
from app.services.practices import kept_as
from app.ui.actions import PAGES
from app.ui.models.timeline_rows import EntryRow
from app.ui.screens.injuries.screen import InjuriesScreen
from app.ui.screens.journal.screen import JournalScreen
from app.ui.screens.record_form.surface import RecordSurface
from app.ui.screens.repair.screen import RepairScreen
from app.ui.screens.repair.tile import Tile
from app.ui.screens.today.checkin_card import CheckinView
from app.ui.screens.trigger.view import TriggerSurface
from app.ui.text import number_word
from app.ui.widgets.ask import LineSurface
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.field_editors import Editor
from app.ui.widgets.step_path import StepPath
from app.ui.widgets.table_editor import TableEditor
from app.ui.widgets.text_link import TextLink
from tests.journeys.hands import CTRL, Hands
from tests.journeys.practices.written import THREAD, Answer, Cell, Written

PATIENCE_TABS = 240
_Part = TypeVar("_Part", bound=QWidget)
_Screen = TypeVar("_Screen")


class Walk:
    """Noa at the window, with one practice."""

    def __init__(self, hands: Hands, row: Written) -> None:
        self.hands, self.row = hands, row
        content = hands.session.context.content
        self.content = content
        self.practice: Practice = content.practice(row.practice)
        self.kind: Kind = content.kind(row.kind)
        self.record = ""
        for sheet in hands.session.findChildren(DialogSurface):
            if sheet.isVisible():
                sheet.close_surface()
        hands.window.activateWindow()
        hands.session.setFocus()

    # ---------------------------------------------------------------------------------------------- the keyboard

    def wait(self, until: Callable[[], object]) -> None:
        """Let the program go on until something is so; else say what stood there instead."""
        try:
            self.hands.program.wait(until)
        except AssertionError:
            where = (QApplication.focusWidget(), QApplication.activeWindow(), QApplication.activePopupWidget())
            raise AssertionError(f"{self.row.practice}: the keyboard is at {where}\n{self.hands.words()}") from None

    def focused(self) -> QWidget:
        """Where the keyboard is; in the window, where another one took it."""
        if QApplication.activeWindow() is None:
            self.hands.window.activateWindow()
        self.wait(lambda: QApplication.focusWidget() is not None)
        return self.hands.focused()

    def press(self, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, where the keyboard is."""
        QTest.keyClick(self.focused(), key, how)

    def type(self, words: str) -> None:
        """Letters, where the keyboard is."""
        QTest.keyClicks(self.focused(), words)

    def page(self, name: str, kind: type[_Screen]) -> _Screen:
        """Ctrl and the page's number."""
        if QApplication.focusWidget() is None:
            self.hands.session.setFocus()
        self.press(Qt.Key(Qt.Key.Key_1 + PAGES.index(name)), CTRL)
        self.wait(lambda: isinstance(self.hands.session._pages.current, kind))
        found = self.hands.session._pages.current
        assert isinstance(found, kind)
        return found

    def tab_to(self, goal: QWidget, place: QWidget) -> None:
        """Tab until the keyboard is there; folded parts on the way open with Space."""
        for _ in range(PATIENCE_TABS):
            here = self.focused()
            if here is goal or goal.isAncestorOf(here):
                return
            assert place.isAncestorOf(here) or here is place, f"Tab left the sheet at {here}"
            if isinstance(here, TextLink) and not goal.isVisible() and self._opens(here, goal):
                self.press(Qt.Key.Key_Space)
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"{self.row.practice}: Tab never comes to {goal}")

    def _opens(self, link: TextLink, goal: QWidget) -> bool:
        holder = link.parentWidget()
        return holder is not None and holder.isAncestorOf(goal)

    def shown(self, kind: type[_Part]) -> _Part:
        """The sheet of this sort, once it is there."""
        found: list[_Part] = []

        def there() -> bool:
            found[:] = [part for part in self.hands.session.findChildren(kind) if part.isVisible()]
            return bool(found)

        self.wait(there)
        return found[-1]

    # ------------------------------------------------------------------------------------------------- the gallery

    def gallery(self) -> RepairScreen:
        """The cards, none left out."""
        screen = self.page("repair", RepairScreen)
        self.wait(lambda: screen._presenter.shown.loaded)
        if screen._presenter.shown.page is not None:
            screen._view.practice.focus_first()
            self.press(Qt.Key.Key_Escape)
        self.wait(lambda: screen._presenter.shown.page is None)
        return screen

    def card(self) -> Tile:
        """The card of this practice in the gallery."""
        screen = self.gallery()
        self.wait(lambda: screen._view.tile(self.practice.id) is not None)
        found = screen._view.tile(self.practice.id)
        assert found is not None
        return found

    def times(self) -> int:
        """How often the gallery says it was done, as counted beneath its words."""
        doings = self.hands.asked(lambda desk: desk.practices.all())
        assert isinstance(doings, tuple)
        return next(int(doing.times) for doing in doings if doing.practice == self.practice.id)

    def open_practice(self) -> RepairScreen:
        """Find it by its title, open it, read what is said about it."""
        screen = self.gallery()
        self.press(Qt.Key.Key_K, CTRL)
        self.wait(screen._view.search.hasFocus)
        self.type(self.practice.title)
        self.wait(lambda: screen._view.tile(self.practice.id) is not None)
        self.press(Qt.Key.Key_Return)
        for _ in range(PATIENCE_TABS):
            here = self.focused()
            if isinstance(here, Tile) and here.card.practice == self.practice.id:
                break
            self.press(Qt.Key.Key_Right)
        self.press(Qt.Key.Key_Return)
        self.wait(lambda: screen._presenter.shown.page is not None)
        page = screen._presenter.shown.page
        assert page is not None
        if page.covered is not None:
            assert page.covered[0] in self.hands.words(screen.widget())
            self.tab_to(screen._view.practice.cover.open, screen.widget())
            self.press(Qt.Key.Key_Space)
            self.wait(lambda: (now := screen._presenter.shown.page) is not None and now.covered is None)
        self._read_about()
        return screen

    def _read_about(self) -> None:
        self.reads("About this practice", self.practice.model)
        words = self.hands.words()
        sources = [source for source in self.content.catalogue.source if source.id in self.practice.article]
        name = "Jules"
        for part in (*self.practice.about, self.practice.not_for, self.practice.model):
            assert part.replace("{partner}", name) in words, part
        for source in sources:
            assert source.title in words
            assert source.author in words

    def begin(self, screen: RepairScreen) -> None:
        """The first button of the page."""
        begin = screen._view.practice._begin
        assert begin is not None
        self.tab_to(begin, screen.widget())
        self.press(Qt.Key.Key_Space)

    # ---------------------------------------------------------------------------------------------------- the form

    def fill(self, place: QWidget, editors: Callable[[str], Editor], answers: tuple[tuple[str, Answer], ...]) -> None:
        """Answer questions in their order, each reached with Tab."""
        for field_id, answer in answers:
            editor = editors(field_id)
            self.tab_to(editor, place)
            self._answer(field_id, editor, answer, place)
            assert editor.answer() is not None, f"{self.row.practice}: {field_id} stays open"

    def _answer(self, field_id: str, editor: Editor, answer: Answer, place: QWidget) -> None:
        field = self.kind.field(field_id)
        assert field is not None
        if isinstance(editor, TableEditor):
            assert isinstance(answer, list)
            for cell in answer:
                self._cell(editor, cell, place)
        elif field.type is FieldType.LINK:
            self._link(editor, str(answer))
        elif field.type in {FieldType.CHOICE, FieldType.CHIPS}:
            self._pick([option.id for option in field.options], answer)
        elif field.is_scale:
            self._rate(field.type, answer)
        else:
            self.press(Qt.Key.Key_End, CTRL)
            self.type(str(answer))

    def _pick(self, ids: list[str], answer: Answer) -> None:
        for wanted in answer if isinstance(answer, tuple) else (answer,):
            self.press(Qt.Key.Key_Home)
            for _ in range(ids.index(str(wanted))):
                self.press(Qt.Key.Key_Right)
            self.press(Qt.Key.Key_Space)

    def _rate(self, sort: FieldType, answer: Answer) -> None:
        assert isinstance(answer, int)
        if sort is FieldType.SCALE_0_10:
            self.type(str(answer))
            return
        self.press(Qt.Key.Key_Home)
        for _ in range(answer - (1 if sort is FieldType.SCALE_1_7 else 0)):
            self.press(Qt.Key.Key_Right)

    def _link(self, editor: Editor, words: str) -> None:
        self.type(words[:9])

        def taken() -> bool:
            popup = QApplication.activePopupWidget()
            if popup is not None and editor.answer() is None:
                QTest.keyClick(popup, Qt.Key.Key_Down)
                QTest.keyClick(popup, Qt.Key.Key_Return)
            return editor.answer() is not None

        self.wait(taken)

    def _cell(self, table: TableEditor, cell: Cell, place: QWidget) -> None:
        row_at, column_id, answer = cell
        assert isinstance(row_at, int)
        row = table._rows[row_at]
        column, editor = next((column, editor) for column, editor in row._cells if column.id == column_id)
        self.tab_to(editor, place)
        if column.options:
            self._pick([option.id for option in column.options], answer)
        else:
            self.type(str(answer))

    # ------------------------------------------------------------------------------------------------- the Journal

    def find(self) -> JournalScreen:
        """Search for words of it, and open what is found."""
        screen = self.page("journal", JournalScreen)
        self.wait(lambda: screen._presenter.shown.loaded)
        self.press(Qt.Key.Key_K, CTRL)
        self.wait(screen._view.search.hasFocus)
        self.press(Qt.Key.Key_A, CTRL)
        self.type(self.row.find)
        self.wait(lambda: [row.kind for row in self._rows(screen)] == [self.row.kind])
        self.record = self._rows(screen)[0].record
        self.wait(lambda: self._into_the_list(screen))
        self.press(Qt.Key.Key_Return)
        if self.row.kind == "injury":  # a thread opens on its own page
            self._opened_thread()
            return screen
        self.wait(lambda: screen._presenter.shown.reading is not None)
        reading = screen._presenter.shown.reading
        assert reading is not None
        if reading.covered is not None:
            self.wait(screen._view.reader.cover.isVisible)
            self.tab_to(screen._view.reader.cover.open, screen.widget())
            self.press(Qt.Key.Key_Space)
            self.wait(lambda: (now := screen._presenter.shown.reading) is not None and now.covered is None)
        return screen

    def _into_the_list(self, screen: JournalScreen) -> bool:
        """Down, from the search into what was found."""
        if not screen._view.timeline.isAncestorOf(self.focused()) and self.focused() is not screen._view.timeline:
            screen._view.search.setFocus()
            self.press(Qt.Key.Key_Down)
            return False
        return True

    def _opened_thread(self) -> InjuriesScreen:
        screen = self._injuries()
        self.wait(lambda: screen._presenter.shown.cover is not None or screen._presenter.shown.detail is not None)
        if screen._presenter.shown.cover is not None:
            self.wait(screen._view.cover.isVisible)
            self.tab_to(screen._view.cover.open, screen.widget())
            self.press(Qt.Key.Key_Space)
        self.wait(lambda: screen._presenter.shown.detail is not None)
        return screen

    def _rows(self, screen: JournalScreen) -> list[EntryRow]:
        return [row for row in screen._presenter.shown.rows if isinstance(row, EntryRow)]

    def reads(self, *words: str) -> None:
        """What can be read in the entry that is open."""
        self.hands.sees(*words)

    def change(self, screen: JournalScreen) -> None:
        """Edit, some more words in one answer, and the entry says so."""
        field_id, words = self.row.change
        if self.row.kind == "injury":
            self.press(Qt.Key.Key_F2)
        else:
            edit = screen._view.reader._standing[0]
            self.wait(edit.isVisible)
            self.tab_to(edit, screen.widget())
            self.press(Qt.Key.Key_Space)
        if self.row.kind == "trigger":
            self._change_trigger(words)
        else:
            sheet = self.shown(RecordSurface)
            self.wait(lambda: sheet._opened is not None and self.focused() is not None)
            self.fill(sheet, sheet.form.editor, ((field_id, words),))
            self.press(Qt.Key.Key_Return, CTRL)
            self.wait(lambda: not sheet.isVisible())
        field = self.kind.field(field_id)
        assert field is not None
        if field.type is not FieldType.CHOICE:
            self.reads(words.strip())

    def _change_trigger(self, words: str) -> None:
        sheet = self.shown(TriggerSurface)
        self.wait(lambda: sheet.presenter.ready)
        sheet.show_more(more=True, chain=True)
        editor = sheet._chain.editor(self.row.change[0])
        self.tab_to(editor, sheet)
        self.type(words)
        self.press(Qt.Key.Key_Return, CTRL)
        self.wait(lambda: not sheet.isVisible())

    def remove_and_bring_back(self, screen: JournalScreen) -> None:
        """Away with Delete, back with Ctrl+Z."""
        self.page("journal", JournalScreen)
        self.wait(lambda: [row.record for row in self._rows(screen)] == [self.record])
        self.wait(lambda: self._into_the_list(screen))
        self.press(Qt.Key.Key_Delete)
        self.wait(lambda: not self._rows(screen))
        screen._view.timeline.setFocus()
        self.press(Qt.Key.Key_Z, CTRL)
        self.wait(lambda: [row.record for row in self._rows(screen)] == [self.record])

    # ------------------------------------------------------------------------------------------- where it is written

    def write(self) -> None:
        """From the card to a saved entry, by way of whatever the practice opens."""
        ways = {
            "": self._on_its_form,
            "calm": self._after_calm,
            "thread": self._as_a_thread,
            "step": self._on_the_path,
            "checkin": self._on_today,
            "trigger": self._as_a_trigger,
        }
        ways[self.row.own]()

    def _on_its_form(self) -> None:
        screen = self.open_practice()
        self.begin(screen)
        self._left_for_later(self.shown(RecordSurface))
        self.begin(screen)
        self._on_sheet(self.shown(RecordSurface), self.row.fill[1:])

    def _left_for_later(self, sheet: RecordSurface) -> None:
        """One answer, then Escape: the rest can wait, and the answer is there at the next look."""
        self.wait(lambda: sheet._opened is not None and self.focused() is not None)
        self.fill(sheet, sheet.form.editor, self.row.fill[:1])
        self.press(Qt.Key.Key_Escape)
        self.wait(lambda: not sheet.isVisible())

    def _on_sheet(self, sheet: RecordSurface, answers: tuple[tuple[str, Answer], ...]) -> None:
        self.wait(lambda: sheet._opened is not None and self.focused() is not None)
        if answers != self.row.fill:
            assert sheet.form.editor(self.row.fill[0][0]).answer() is not None, "what was left for later is gone"
        self.fill(sheet, sheet.form.editor, answers)
        self.press(Qt.Key.Key_Return, CTRL)
        self.wait(lambda: not sheet.isVisible())

    def _after_calm(self) -> None:
        screen = self.open_practice()
        self.begin(screen)
        pages = self.hands.session._pages
        self.wait(lambda: pages.name == "calm")
        self.press(Qt.Key.Key_Escape)
        self.wait(lambda: pages.name != "calm")
        practice = self.open_practice()._view.practice
        words = self.kind.add
        link = self.hands.one(TextLink, lambda part: part.text() == words)
        self.tab_to(link, practice)
        self.press(Qt.Key.Key_Space)
        self._on_sheet(self.shown(RecordSurface), self.row.fill)

    def _as_a_thread(self) -> None:
        self.begin(self.open_practice())
        screen = self._injuries()
        self.press(Qt.Key.Key_N, CTRL)
        asked = self.shown(LineSurface)
        self.wait(asked.line.hasFocus)
        title = str(self.row.fill[0][1])
        self.type(title)
        self.press(Qt.Key.Key_Return)
        self.wait(lambda: (now := screen._presenter.shown.detail) is not None and now.title == title)
        screen._view.detail.heading.edit.setFocus()
        self.press(Qt.Key.Key_F2)
        self._on_sheet(self.shown(RecordSurface), self.row.fill[1:])

    def _on_the_path(self) -> None:
        self.begin(self.open_practice())
        thread = self.thread
        screen = self._injuries()
        self.hands.session.go("injuries", thread)
        self._opened_thread()
        self.wait(lambda: (now := screen._presenter.shown.detail) is not None and now.title == THREAD)
        path = next(part for part in screen._view.detail.findChildren(StepPath) if part.isVisible())
        path.setFocus()
        self.press(Qt.Key.Key_Home)
        self.press(Qt.Key.Key_Right)
        self.press(Qt.Key.Key_Return)
        self._on_sheet(self.shown(RecordSurface), self.row.fill[2:])

    @property
    def thread(self) -> str:
        """The thread that was here before, for what links to it."""
        found = self.hands.asked(lambda desk: [e.id for e in desk.journal.search("hospital") if e.kind == "injury"])
        assert isinstance(found, list)
        return str(found[0])

    def _injuries(self) -> InjuriesScreen:
        self.wait(lambda: self.hands.session._pages.name == "injuries")
        screen = self.hands.session._pages.current
        assert isinstance(screen, InjuriesScreen)
        self.wait(lambda: screen._presenter.shown.loaded and QApplication.focusWidget() is not None)
        return screen

    def _on_today(self) -> None:
        self.begin(self.open_practice())
        self.wait(lambda: self.hands.session._pages.name == "today")
        card = self.shown(CheckinView)
        self.wait(lambda: card._open.isVisible() and card.isAncestorOf(self.focused()))
        self.fill(card, card._editors.__getitem__, self.row.fill)
        self.press(Qt.Key.Key_Return, CTRL)
        self.wait(card._folded.isVisible)

    def _as_a_trigger(self) -> None:
        self.begin(self.open_practice())
        sheet = self.shown(TriggerSurface)
        self.wait(lambda: sheet.presenter.ready and QApplication.focusWidget() is not None)
        self.fill(sheet, sheet._three.editor, self.row.fill)
        self.press(Qt.Key.Key_Return, CTRL)
        self.wait(lambda: not sheet.isVisible())

    # ---------------------------------------------------------------------------------------------------- counting

    def clear_the_day(self) -> None:
        """A check-in there is already would be changed and not begun: it goes first."""
        if self.row.own == "checkin":
            self.page("repair", RepairScreen)
            self.hands.asked(_without_checkins)

    @property
    def counted(self) -> int:
        """What one more adds to the count: a kit that Calm draws on counts where it is kept."""
        return int(kept_as(self.practice) is not None and self.kind.id == kept_as(self.practice))

    def count_in_words(self, times: int) -> str:
        """How what the card says of that many begins; the day follows where it was once."""
        if kept_as(self.practice) is None:
            return ""
        return {0: "not yet", 1: "once, "}.get(times, f"{number_word(times)} times")

    def answers_in_words(self) -> list[str]:
        """The sentences that were typed, as they must be read again."""
        texts = [str(a) for f, a in self.row.fill if self._is_text(f)]
        cells = [str(c[2]) for _, a in self.row.fill if isinstance(a, list) for c in a if " " in str(c[2])]
        return texts + cells

    def _is_text(self, field_id: str) -> bool:
        field = self.kind.field(field_id)
        return field is not None and field.type in {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LIST, FieldType.LINK}


def _without_checkins(desk: Desk) -> None:
    for entry in desk.journal.page(kinds=("checkin",)).entries:
        desk.journal.remove(entry.id)
