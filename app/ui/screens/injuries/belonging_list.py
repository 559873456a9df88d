"""What else belongs to a thread, beside its story: setbacks, letters, sheets and the story told by two."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.ui.screens.injuries.open_row import OpenRow
from app.ui.screens.injuries.state import BelongingLine
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.card import Icon
from app.ui.widgets.label import Label
from app.ui.widgets.text_link import TextLink


class BelongingList(QWidget):
    """A heading with Add, and a row an entry. Without entries and without anything to add it is not shown at all."""

    opened = Signal(str)
    """Emitted with the record to read."""
    versions_asked = Signal(str, str, bool)
    """Emitted with kind and record of a text whose wordings should be shown, and whether it is the other's."""
    begin_asked = Signal(str)
    """Emitted with the kind to begin beside this thread."""

    def __init__(self) -> None:
        super().__init__()
        self._hub = current_hub()
        self._lines: tuple[BelongingLine, ...] | None = None
        self._offered: tuple[tuple[str, str], ...] = ()
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        head = QHBoxLayout()
        head.addWidget(Label(tr("Belongs to this thread"), "small", "ink2", lines=1, elide=True), 1)
        self.add = TextLink(tr("Add"), icon="plus")
        self.add.setAccessibleName(tr("Add something to this thread"))
        self.add.clicked.connect(lambda _checked=False: self._pop())
        head.addWidget(self.add)
        self._none = Label(tr("Letters, setbacks and sheets that link here stand here."), "small", "ink3")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(head)
        self._column.addWidget(self._none)
        self._column.addLayout(self._rows)
        self._restyle(self._hub.theme)
        self._hub.changed.connect(self._restyle)

    def show_lines(self, lines: tuple[BelongingLine, ...], offered: tuple[tuple[str, str], ...]) -> None:
        """Show these; what did not change is left alone. `offered` are kinds with the words that begin them."""
        self._offered = offered
        self.add.setVisible(bool(offered))
        self.setVisible(bool(offered or lines))
        if lines == self._lines:
            return
        self._lines = lines
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for line in lines:
            self._rows.addWidget(self._row(line))
        self._none.setVisible(not lines)

    def _row(self, line: BelongingLine) -> QWidget:
        made = BelongingRow(line)
        made.opened.connect(self.opened)
        if not line.versions:
            return made
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(self._hub.theme.px(4))
        across.addWidget(made, 1)
        versions = IconButton("history", tr("Versions of {title}").format(title=line.words))
        versions.clicked.connect(lambda _checked=False: self.versions_asked.emit(line.kind, line.record, line.theirs))
        across.addWidget(versions, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _pop(self) -> None:
        self._menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _fill(self) -> None:
        self._menu.clear()
        for kind, words in self._offered:
            self._menu.addAction(words, partial(self.begin_asked.emit, kind))

    def _restyle(self, theme: Theme) -> None:
        self._column.setSpacing(theme.px(3))


class BelongingRow(OpenRow):
    """Its icon, its name in two lines at most, and below what it is and when."""

    def __init__(self, line: BelongingLine) -> None:
        super().__init__(line.record)
        self._icon = Icon(line.icon, "ink3", small=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(line.words, "line", lines=2))
        words.addWidget(Label(line.about, "caption", "ink3"))
        self.row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self.row.addLayout(words, 1)
        self.setAccessibleName(f"{line.words}, {line.about}")
        self.setToolTip(line.words)
        self._restyle(self._hub.theme)
        self._hub.changed.connect(self._restyle)

    def _restyle(self, theme: Theme) -> None:
        self.row.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        self.row.setSpacing(theme.px(9))
        self._icon.setFixedHeight(theme.line_height("line"))
