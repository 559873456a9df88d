"""Linking to another record: a line to search in, what was found below it, and a way to take the link off again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout
from typing_extensions import override

from app.domain.fields import Field
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.card import Caption
from app.ui.widgets.field_editors import Editor, LinkChoice, Needs
from app.ui.widgets.fields import Field as LineField
from app.ui.widgets.link_list import Choices, LinkList

SHOWN = 9
FIND_AFTER_MS = 60
"""How long typing rests before it is looked for: fast fingers ask once."""


class LinkEditor(Editor):
    """Search as you type among the records a field may link to; Down shows the newest. What is typed but not found
    links to nothing.
    """

    def __init__(self, field: Field, needs: Needs) -> None:
        super().__init__()
        self._kinds, self._links = field.to, needs.links
        self._chosen: LinkChoice | None = None
        theme = current_hub().theme
        self.control = LineField(placeholder=tr("Search, or leave it open"), leading="link-simple")
        self._model = Choices(self)
        self._completer = QCompleter(self._model, self.control)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list = LinkList()
        self._completer.setPopup(self._list)
        self._completer.setMaxVisibleItems(SHOWN)
        self._completer.setWidget(self.control)
        self._completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]  # the overload with an index
        self.control.installEventFilter(self)
        self._clear = IconButton("x", tr("Take the link off"))
        self._clear.clicked.connect(self._take_off)
        self._note = Caption()
        self._note.hide()
        self._finding = QTimer(self)
        self._finding.setSingleShot(True)
        self._finding.setInterval(FIND_AFTER_MS)
        self._finding.timeout.connect(self._find)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s"))
        row.addWidget(self.control, 1)
        row.addWidget(self._clear)
        row.addWidget(self._note)
        self._clear.hide()
        self.setFocusProxy(self.control)
        self.control.textEdited.connect(self._typed)

    def answer(self) -> object:
        """The record's id, or None."""
        return self._chosen.record if self._chosen is not None else None

    def show_answer(self, value: object) -> None:
        """Show the record of this id; its name may follow a moment later."""
        self._set(LinkChoice(value, "") if isinstance(value, str) and value else None)
        if self._chosen is not None and self._links is not None:
            record = self._chosen.record
            self._links.name(record, lambda title: self._named(record, title))

    def suggest(self, choice: LinkChoice | None, why: str) -> None:
        """Offer a record as a button-free hint behind the field; taken by the caller on a click, never by itself."""
        self._note.show_words(why if choice is not None else "")
        self._note.setVisible(choice is not None)

    def take(self, choice: LinkChoice) -> None:
        """Link to a record somebody chose elsewhere on the form."""
        self._set(choice)
        self.changed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            is_plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
            if event.key() == Qt.Key.Key_Down and is_plain and self._chosen is None:
                self._find()
                return True
        return False

    def _typed(self, _words: str) -> None:
        if self._chosen is not None:
            self._chosen = None
            self._clear.hide()
            self.changed.emit()
        self._finding.start()

    def _find(self) -> None:
        self._finding.stop()
        if self._links is not None and self._chosen is None:
            self._links.find(self._kinds, self.control.text(), self._offer)

    def _offer(self, found: Sequence[LinkChoice]) -> None:
        self._model.show_choices(found[:SHOWN])
        if not self.control.hasFocus() or self._chosen is not None:
            return
        if found:
            self._completer.complete()
        else:
            self._list.hide()

    def _take(self, index: QModelIndex) -> None:
        choice = self._model.choice(index.row())
        if choice.record:
            self.take(choice)
        elif self._links is not None:
            self._links.begin(self._kinds, choice.title, lambda record: self._begun(record, choice.title))

    def _begun(self, record: str, title: str) -> None:
        if record:
            self.take(LinkChoice(record, title))

    def _take_off(self) -> None:
        self._set(None)
        self.control.setFocus()
        self.changed.emit()

    def _named(self, record: str, title: str) -> None:
        if self._chosen is not None and self._chosen.record == record:
            self.control.setText(title or tr("no longer here"))

    def _set(self, choice: LinkChoice | None) -> None:
        self._chosen = choice
        self.control.setText(choice.title if choice is not None else "")
        self.control.setCursorPosition(0)
        self._clear.setVisible(choice is not None)
        self._note.hide()
