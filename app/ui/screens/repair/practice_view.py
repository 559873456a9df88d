"""One practice opened: what it is, when not to use it, where it comes from, and the way to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.care import CoverButtons
from app.ui.screens.repair.state import PracticePage
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card, Icon, Rule, Surface
from app.ui.widgets.cover import CoverView
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import ColumnsLayout, column
from app.ui.widgets.text_link import TextLink

_MEASURE_PX = 720
_SIDE_PX = 300


class PracticeView(QWidget):
    """Rendered anew for each practice; what a person does comes out as signals."""

    back_asked = Signal()
    begin_asked = Signal()
    past_opened = Signal(str)
    """Emitted with a record's id."""
    beside_asked = Signal(str)
    """Emitted with the kind of another form this practice uses."""
    favoured = Signal(bool)
    put_aside = Signal(bool)

    def __init__(self, buttons: CoverButtons) -> None:
        super().__init__()
        theme = current_hub().theme
        self.cover = CoverView(buttons)
        self._back = TextLink(tr("All practices"), icon="arrow-left")
        self._back.clicked.connect(self.back_asked)
        self._begin: Button | None = None
        self._column = QWidget()
        self._column.setObjectName("page")
        self._parts = QVBoxLayout(self._column)
        self._parts.setContentsMargins(0, 0, theme.space("s"), theme.space("page"))
        self._parts.setSpacing(theme.space("card_gap"))
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._column)
        self._scroll = scroll
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.cover, 1)
        box.addWidget(scroll, 1)

    def show_page(self, page: PracticePage) -> None:
        """Show this practice, or its cover."""
        self.cover.setVisible(page.covered is not None)
        self._scroll.setVisible(page.covered is None)
        if page.covered is not None:
            self.cover.show_cover(page.title, *page.covered, safety=page.safety)
            return
        while (item := self._parts.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        theme = current_hub().theme
        left = [part for part in (self._told(page), self._words(page)) if part is not None]
        left[0].setMaximumWidth(theme.px(_MEASURE_PX))
        right = [part for part in (self._facts(page), self._beside(page), self._past(page)) if part is not None]
        self._parts.addWidget(
            ColumnsLayout(
                [(column(*left, stretch_last=False), 1, 0), (column(*right, stretch_last=False), 0, _SIDE_PX)]
            )
        )
        self._parts.addStretch(1)

    def focus_first(self) -> None:
        """The keyboard goes to Begin, or to the cover's first answer."""
        if self.cover.isVisibleTo(self):
            self.cover.focus_first()
        elif self._begin is not None:
            self._begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _told(self, page: PracticePage) -> QWidget:
        card = Card()
        card.add(Label(page.title, "read_title"))
        card.add(Label(page.line, "body", "ink2"))
        for paragraph in page.about:
            card.add(Label(paragraph, "reading"))
        if page.alone:
            card.add(Label(page.alone, "body", "ink2"))
        note = Surface("lamp_tint")
        row = QHBoxLayout()
        row.setSpacing(current_hub().theme.space("s"))
        row.addWidget(Icon("info", "lamp"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(page.not_for, "body"), 1)
        note.body.addLayout(row)
        card.add(note)
        card.add(self._buttons(page))
        return card

    def _buttons(self, page: PracticePage) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 0, 0)
        self._begin = Button(page.begin, "primary")
        self._begin.clicked.connect(self.begin_asked)
        keep = Button(tr("Kept at hand") if page.favourite else tr("Keep at hand"), "plain", icon="leaf")
        keep.clicked.connect(lambda _checked=False: self.favoured.emit(not page.favourite))
        aside = Button(tr("Bring it back") if page.set_aside else tr("Not now"), "plain")
        aside.setToolTip("" if page.set_aside else tr("Puts it apart; nothing asks about it."))
        aside.clicked.connect(lambda _checked=False: self.put_aside.emit(not page.set_aside))
        for button in (self._begin, keep, aside):
            row.addWidget(button)
        row.addStretch(1)
        return holder

    def _words(self, page: PracticePage) -> QWidget | None:
        if not page.words:
            return None
        card = Card(tr("The words"))
        for label, line in page.words:
            card.add(Rule())
            card.add(Label(label, "body"))
            if line:
                card.add(Label(line, "small", "ink3"))
        return card

    def _facts(self, page: PracticePage) -> QWidget:
        card = Card(tr("About this practice"))
        for name, words in page.facts:
            pair = QWidget()
            lines = QVBoxLayout(pair)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(2)
            lines.addWidget(Label(name, "caption", "ink3"))
            lines.addWidget(Label(words, "small", "ink2"))
            card.add(pair)
        return card

    def _beside(self, page: PracticePage) -> QWidget | None:
        if not page.beside:
            return None
        card = Card(tr("Beside it"))
        for kind, words in page.beside:
            link = TextLink(words, icon="plus")
            link.clicked.connect(lambda _checked=False, kind=kind: self.beside_asked.emit(kind))
            card.add(link)
        return card

    def _past(self, page: PracticePage) -> QWidget | None:
        if not page.past:
            return None
        card = Card(tr("Written with it"))
        for line in page.past:
            row = QWidget()
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            link = TextLink(line.title, elide=True)
            link.clicked.connect(lambda _checked=False, record=line.record: self.past_opened.emit(record))
            across.addWidget(link)
            across.setSpacing(current_hub().theme.space("m"))
            across.addStretch(1)
            across.addWidget(Label(line.when, "small", "ink3", lines=1))
            card.add(Rule())
            card.add(row)
        return card
