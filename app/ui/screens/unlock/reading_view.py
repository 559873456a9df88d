"""A plain list of what can still be read, over the locked screen, and the two ways to take it out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.screens.unlock.reading import Busy, ReadingOpening, ReadingState
from app.ui.text import count_of, full_date, tr
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Rule
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.label import Label
from app.ui.widgets.notes import Banner
from app.ui.widgets.passphrases import FillingLine, column_on, points

if TYPE_CHECKING:
    from app.domain.care import Care
    from app.services.reading_out import ReadEntry
    from app.services.restoring import Readable

PAGE: Final = 30
"""Entries that are added to the list at once."""


class ReadingSurface(DialogSurface):
    """Shows what could be read, offers a locked copy first, and plain text after a second step."""

    def __init__(self, ground: QWidget, opening: ReadingOpening, care: Care) -> None:
        self._care = care
        super().__init__(ground, care.rescue.title, close_words=tr("Close"))
        self._opening = opening
        opening.setParent(self)
        self._listed: Readable | None = None
        self._banner, self._done = Banner("", tone="care"), Banner("", icon="check", tone="open")
        self._lead = Label(care.rescue.lead, "body", "ink2")
        self._count = Label("", "label")
        self._under_way, self._list, self._second = QWidget(), QWidget(), QWidget()
        self._lines = column_on(self._list)
        self._doing, self._bar = Label("", "body"), FillingLine()
        self._more = Button(tr("Show more"), "plain", small=True)
        self._copy_first = Label(care.rescue.copy_first, "small", "ink2")
        self._copy = Button(tr("Take a locked copy along…"), "primary")
        self._plain = Button(care.export.plain, "plain")
        self._agree = Button(care.export.plain_yes, "plain")
        self._back = Button(tr("Not now"), "plain")
        self._close = Button(tr("Close"), "plain")
        self._build()
        self._connect()
        self.render_state(opening.shown)

    def render_state(self, state: ReadingState) -> None:
        """Show a state; the list is made once and grows when asked."""
        if state.found is not None and state.found is not self._listed:
            self._listed = state.found
            self._add_page()
        found, idle = state.found, state.busy is Busy.NOTHING
        some = found is not None and bool(found.reading.entries)
        self._banner.setVisible(state.trouble is not None)
        if state.trouble is not None:
            self._banner.say(f"{state.trouble.title}. {state.trouble.paragraph}")
        self._done.setVisible(bool(state.said))
        self._done.say(state.said or " ")
        self._under_way.setVisible(not idle)
        self._doing.setText(_doing_words(state.busy))
        self._bar.show_share(state.part, _doing_words(state.busy))
        self._lead.setVisible(not state.plain and (found is None or some))
        self._count.setVisible(found is not None and not state.plain)
        self._count.setText(self._count_words(found))
        self._list.setVisible(idle and some and not state.plain)
        self._second.setVisible(state.plain)
        copies = found is not None and found.copies > 0
        for part in (self._copy, self._copy_first):
            part.setVisible(idle and copies and not state.plain)
        self._plain.setVisible(idle and some and not state.plain)
        self._agree.setVisible(idle and state.plain)
        self._back.setVisible(idle and state.plain)
        self._close.setVisible(not (idle and state.plain))
        self._close.setText(tr("Close") if idle else tr("Stop"))

    def start(self) -> None:
        """Open, and read."""
        self.open(self._close)
        self._opening.read()

    def leave(self) -> None:
        """One step back: from the second step to the list, from the list to the locked screen."""
        if self._opening.shown.plain:
            self._opening.ask_plain(asked=False)
            self._plain.setFocus()
            return
        self._opening.forget()
        self.close_surface()

    def _build(self) -> None:
        under_way = column_on(self._under_way)
        under_way.addWidget(self._doing)
        under_way.addWidget(self._bar)
        second, export = column_on(self._second), self._care.export
        second.addWidget(Label(export.title, "label"))
        second.addWidget(points(export.body))
        second.addWidget(Label(export.plain_warning, "body"))
        second.addWidget(Label(export.name_note, "small", "ink2"))
        for part in (self._banner, self._done, self._lead, self._under_way, self._copy_first, self._count):
            self.body.addWidget(part)
        self._lines.addWidget(self._more)
        self._more.hide()
        self.body.addWidget(self._list)
        self.body.addWidget(self._second)
        self.body.addStretch(1)
        self.footer.addWidget(self._plain)
        self.footer.addStretch(1)
        for button in (self._close, self._back, self._copy, self._agree):
            self.footer.addWidget(button)

    def _connect(self) -> None:
        opening = self._opening
        opening.state.connect(self.render_state)
        self._more.clicked.connect(lambda _checked=False: self._show_more())
        self._copy.clicked.connect(lambda _checked=False: self._choose(opening.take_along))
        self._plain.clicked.connect(lambda _checked=False: self._ask_plain())
        self._agree.clicked.connect(lambda _checked=False: self._choose(opening.save_plain))
        for button in (self._close, self._back):
            button.clicked.connect(lambda _checked=False: self.leave())
        self.dismissed.connect(self.leave)

    def _ask_plain(self) -> None:
        self._opening.ask_plain(asked=True)
        self._back.setFocus()

    def _choose(self, act: Callable[[Path], None]) -> None:
        """Ask for a folder in our own dialog: the system's would note it among its recent ones."""
        dialog = QFileDialog(self, tr("Choose where it goes"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOptions(QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: act(Path(chosen)))
        dialog.open()

    def _count_words(self, found: Readable | None) -> str:
        if found is None:
            return ""
        if not found.reading.entries:
            return self._care.rescue.none if not found.reading.lost else self._care.rescue.missing
        said = count_of(len(found.reading.entries), tr("{n} entry can be read."), tr("{n} entries can be read."))
        if found.reading.lost:
            return tr("{said} {missing}").format(said=said, missing=self._care.rescue.missing)
        return said

    def _show_more(self) -> None:
        before = self._lines.count() - 1
        self._add_page()
        if not self._more.isVisible() and (item := self._lines.itemAt(before)) is not None:
            (item.widget() or self._close).setFocus()

    def _add_page(self) -> None:
        """The next entries, with the button for those after them at the end."""
        if self._listed is None:
            return
        shown = sum(isinstance(self._widget(at), _EntryLines) for at in range(self._lines.count()))
        entries = self._listed.reading.entries[shown : shown + PAGE]
        self._lines.removeWidget(self._more)
        for entry in entries:
            if self._lines.count():
                self._lines.addWidget(Rule())
            self._lines.addWidget(_EntryLines(entry))
        self._lines.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._more.setVisible(shown + len(entries) < len(self._listed.reading.entries))

    def _widget(self, at: int) -> QWidget | None:
        item = self._lines.itemAt(at)
        return item.widget() if item is not None else None


class _EntryLines(QWidget):
    """One entry: its day and kind, then every question with its answer."""

    def __init__(self, entry: ReadEntry) -> None:
        super().__init__()
        column = column_on(self)
        column.setSpacing(4)
        day = full_date(dt.date.fromordinal(entry.day))
        head = tr("{day} · {kind}").format(day=day, kind=entry.kind)
        column.addWidget(Label(head, "label"))
        for answer in entry.answers:
            column.addWidget(Label(answer.question, "small", "ink3"))
            column.addWidget(Label(answer.words, "reading"))


def _doing_words(busy: Busy) -> str:
    return {
        Busy.NOTHING: "",
        Busy.READING: tr("Reading what can be read. Nothing is changed."),
        Busy.COPYING: tr("Copying to the folder"),
        Busy.SAVING: tr("Saving"),
    }[busy]
