"""The Journal by the keyboard: what was written is found again, read, changed, removed and brought back."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.domain.fields import FieldType, Kind
from app.ui.models.timeline_rows import EntryRow
from app.ui.screens.injuries.screen import InjuriesScreen
from app.ui.screens.journal.screen import JournalScreen
from app.ui.screens.record_form.surface import RecordSurface
from app.ui.screens.trigger.view import TriggerSurface
from app.ui.widgets.reading_picture import PictureFrame
from app.ui.widgets.text_link import TextLink
from tests.journeys.hands import CTRL
from tests.journeys.practices.answering import Answering
from tests.journeys.practices.keyboard import Keyboard
from tests.journeys.practices.written import Written

_SENTENCES = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LIST, FieldType.LINK}


class Again:
    """What was written with one practice, on another look."""

    def __init__(self, keys: Keyboard, kind: Kind, row: Written) -> None:
        self._keys, self._kind, self._row = keys, kind, row
        self._answering = Answering(keys, kind)

    def find(self) -> JournalScreen:
        """Search for words of it, and open what is found."""
        screen = self._keys.page("journal", JournalScreen)
        self._keys.press(Qt.Key.Key_K, CTRL)
        self._keys.wait(screen._view.search.hasFocus)
        self._keys.write(self._row.find)
        self._keys.wait(lambda: self._found(screen) == [self._row.kind])
        self._keys.into(screen._view.timeline, Qt.Key.Key_Down)
        self._keys.press(Qt.Key.Key_Return)
        if self._row.kind == "injury":  # a thread opens on its own page
            self.opened_thread()
            return screen
        self._keys.wait(lambda: screen._presenter.shown.reading is not None)
        reading = screen._presenter.shown.reading
        assert reading is not None
        if reading.covered is not None:
            self._keys.wait(screen._view.reader.cover.isVisible)
            self._keys.tab_to(screen._view.reader.cover.open, screen.widget())
            self._keys.press(Qt.Key.Key_Space)
            self._keys.wait(lambda: (now := screen._presenter.shown.reading) is not None and now.covered is None)
        return screen

    def opened_thread(self) -> InjuriesScreen:
        """A thread on its page; its cover is opened where one stands before it."""
        screen = self._keys.came_to(InjuriesScreen)
        self._keys.wait(lambda: screen._presenter.shown.cover or screen._presenter.shown.detail)
        if screen._presenter.shown.cover is not None:
            self._keys.wait(screen._view.cover.isVisible)
            self._keys.tab_to(screen._view.cover.open, screen.widget())
            self._keys.press(Qt.Key.Key_Space)
        self._keys.wait(lambda: screen._presenter.shown.detail is not None)
        return screen

    def reads_all(self, screen: JournalScreen) -> None:
        """Every sentence that was typed can be read; what a picture holds, in sentences."""
        texts = [str(answer) for field_id, answer in self._row.fill if self._is_text(field_id)]
        cells = [str(c[2]) for _, answer in self._row.fill if isinstance(answer, list) for c in answer]
        self._sees(screen, *texts, *(words for words in cells if " " in words))

    def change(self, screen: JournalScreen) -> None:
        """Some more words in one answer, and the entry says so."""
        field_id, words = self._row.change
        if self._row.kind == "injury":
            self._keys.press(Qt.Key.Key_F2)
        else:
            edit = screen._view.reader._standing[0]
            self._keys.wait(edit.isVisible)
            self._keys.tab_to(edit, screen.widget())
            self._keys.press(Qt.Key.Key_Space)
        if self._row.kind == "trigger":
            self._change_trigger(words)
        else:
            sheet = self._keys.shown(RecordSurface)
            self._keys.wait(lambda: sheet._opened is not None)
            self._answering.fill(sheet, sheet.form.editor, ((field_id, words),))
            self._keys.press(Qt.Key.Key_Return, CTRL)
            self._keys.wait(lambda: not sheet.isVisible())
        field = self._kind.field(field_id)
        assert field is not None
        if field.type is not FieldType.CHOICE:
            self._sees(screen, words.strip())

    def remove_and_bring_back(self) -> None:
        """Away with Delete, back with Ctrl+Z."""
        screen = self._keys.page("journal", JournalScreen)
        self._keys.press(Qt.Key.Key_K, CTRL)
        self._keys.wait(lambda: self._found(screen) == [self._row.kind])
        record = _rows(screen)[0].record
        self._keys.into(screen._view.timeline, Qt.Key.Key_Down)
        self._keys.wait(lambda: screen._view.timeline.currentIndex().isValid())
        self._keys.press(Qt.Key.Key_Delete)
        self._keys.wait(lambda: not _rows(screen))
        self._keys.press(Qt.Key.Key_Z, CTRL)
        self._keys.wait(lambda: [row.record for row in _rows(screen)] == [record])

    def _sees(self, screen: JournalScreen, *words: str) -> None:
        """What a picture holds is read in sentences, once it is drawn with these words."""
        hands, pictures = self._keys.hands, self._pictures(screen)

        def drawn() -> bool:
            pictures[:] = self._pictures(screen)
            held = "\n".join((hands.words(), *(picture.view.picture.told() for picture in pictures)))
            return all(part in held for part in words)

        self._keys.wait(drawn)
        if pictures and not all(part in hands.words() for part in words):
            assert not pictures[0].aloud.isChecked()
            self._keys.tab_to(pictures[0].aloud, screen.widget())
            self._keys.press(Qt.Key.Key_Space)
        hands.sees(*words)

    def _pictures(self, screen: JournalScreen) -> list[PictureFrame]:
        return [part for part in screen._view.reader.findChildren(PictureFrame) if part.aloud.isVisible()]

    def _change_trigger(self, words: str) -> None:
        sheet = self._keys.shown(TriggerSurface)
        self._keys.wait(lambda: sheet.presenter.ready and self._keys.is_in(sheet))
        editor = sheet._chain.editor(self._row.change[0])
        if not editor.isVisible():
            if sheet._minute_body.isHidden():
                self._keys.press(Qt.Key.Key_D, CTRL)
            more = sheet._chain_row.findChild(TextLink)
            assert more is not None
            self._keys.tab_to(more, sheet)
            self._keys.press(Qt.Key.Key_Space)
        self._keys.tab_to(editor, sheet)
        self._keys.write(words)
        self._keys.press(Qt.Key.Key_Return, CTRL)
        self._keys.wait(lambda: not sheet.isVisible())

    def _found(self, screen: JournalScreen) -> list[str] | None:
        """The kinds of what is listed for these words; None while another search still stands there."""
        listed = screen._presenter.shown.listed.words == self._row.find
        return [row.kind for row in _rows(screen)] if listed else None

    def _is_text(self, field_id: str) -> bool:
        field = self._kind.field(field_id)
        return field is not None and field.type in _SENTENCES


def _rows(screen: JournalScreen) -> list[EntryRow]:
    return [row for row in screen._presenter.shown.rows if isinstance(row, EntryRow)]
