"""The copies one can go back to, over the locked screen."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.models.copies import way_about, way_when
from app.ui.screens.unlock.way_back import WayBackOpening, WayBackState
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Rule
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.label import Label
from app.ui.widgets.notes import Banner
from app.ui.widgets.passphrases import FillingLine, column_on

if TYPE_CHECKING:
    from app.services.restoring import WayBack


class WayBackSurface(DialogSurface):
    """Lists copies, puts the chosen one in place. `open_asked(passphrase)` once it is there and wants to be opened."""

    open_asked = Signal(str)

    def __init__(self, ground: QWidget, opening: WayBackOpening, today: dt.date) -> None:
        super().__init__(ground, tr("Go back to a copy"), close_words=tr("Close"))
        self._opening, self._today = opening, today
        opening.setParent(self)
        self._listed: tuple[WayBack, ...] | None = None
        self._banner = Banner("", tone="care")
        self._copies, self._under_way = QWidget(), QWidget()
        self._lines = column_on(self._copies)
        self._lines.setSpacing(current_hub().theme.px(6))
        self._looking = Label(tr("Looking for copies that open with what you typed…"), "small", "ink3")
        self._none = Label(
            tr(
                "No whole copy lies in this journal’s folder. If you laid one somewhere else, on a stick for example, "
                "open it with “Another journal…”."
            ),
            "body",
        )
        self._lead = Label(
            tr(
                "A copy takes the place of the file that does not open. What stands there now is kept beside it. "
                "What you wrote after the copy was made is not in it."
            ),
            "body",
            "ink2",
        )
        self._key_file = QWidget()
        self._put_back = Button(tr("Put it back"), "primary", small=True)
        self._ended = Label("", "body")
        self._bar = FillingLine()
        self._stay, self._go_on = Button(tr("Not now"), "plain"), Button(tr("Open"), "primary")
        self._build()
        self._connect()
        self.render_state(opening.shown)

    def render_state(self, state: WayBackState) -> None:
        """Show a state; the list is made once."""
        if state.ways is not None and state.ways != self._listed:
            self._listed = state.ways
            self._list(state.ways)
        self._banner.setVisible(state.trouble is not None)
        if state.trouble is not None:
            self._banner.say(f"{state.trouble.title}. {state.trouble.paragraph}")
        idle = not state.restoring and not state.ended
        self._looking.setVisible(state.ways is None)
        nothing = state.ways == () and not state.key_file_only
        self._none.setVisible(idle and nothing and state.trouble is None)
        self._key_file.setVisible(idle and state.key_file_only)
        for part in (self._lead, self._copies):
            part.setVisible(idle and bool(state.ways))
        self._under_way.setVisible(state.restoring)
        self._bar.show_share(state.part, tr("Putting the copy in place"))
        self._ended.setVisible(state.ended)
        self._ended.setText(_ended_words(state))
        arrived = state.ended and self._go_on.isHidden()
        self._go_on.setVisible(state.ended)
        self._stay.setVisible(not state.ended)
        self._stay.setText(tr("Stop") if state.restoring else tr("Not now"))
        if arrived:
            self._go_on.setFocus()

    def start(self) -> None:
        """Open, and look for copies."""
        self.open(self._stay)
        self._opening.look()

    def leave(self) -> None:
        """Stop what is under way, or close and drop what was typed."""
        if self._opening.shown.restoring:
            self._opening.stop()
            return
        self._opening.forget()
        self.close_surface()

    def go_on(self) -> None:
        """Open the journal as it stands now."""
        if self._opening.shown.ended:
            phrase = self._opening.passphrase
            self.leave()
            self.open_asked.emit(phrase)

    def _build(self) -> None:
        under_way = column_on(self._under_way)
        under_way.addWidget(Label(tr("Laying the copy ready and looking through it. Then it takes its place."), "body"))
        under_way.addWidget(self._bar)
        self._fill_key_file()
        for part in (self._banner, self._looking, self._none, self._key_file, self._lead, self._copies):
            self.body.addWidget(part)
        self.body.addWidget(self._under_way)
        self.body.addWidget(self._ended)
        self.body.addStretch(1)
        self.footer.addStretch(1)
        self.footer.addWidget(self._stay)
        self.footer.addWidget(self._go_on)

    def _fill_key_file(self) -> None:
        column = column_on(self._key_file)
        column.addWidget(
            Label(
                tr(
                    "Your entries are whole. A whole key file was found, and it opens them as they are, with nothing "
                    "given up."
                ),
                "body",
            )
        )
        column.addWidget(self._put_back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Rule())

    def _put_key_file_back(self) -> None:
        self._opening.put_key_file_back()
        self._stay.setFocus()

    def _connect(self) -> None:
        self._put_back.clicked.connect(lambda _checked=False: self._put_key_file_back())
        self._opening.state.connect(self.render_state)
        self._stay.clicked.connect(lambda _checked=False: self.leave())
        self._go_on.clicked.connect(lambda _checked=False: self.go_on())
        self.dismissed.connect(self.leave)
        self.confirmed.connect(self.go_on)

    def _list(self, ways: tuple[WayBack, ...]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (former := item.widget()) is not None:
                former.hide()
                former.deleteLater()
        for at, way in enumerate(ways):
            if at:
                self._lines.addWidget(Rule())
            self._lines.addWidget(self._line(way))

    def _line(self, way: WayBack) -> QWidget:
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(current_hub().theme.space("l"))
        told = QVBoxLayout()
        told.setSpacing(1)
        when = way_when(way, self._today)
        told.addWidget(Label(when, "body"))
        told.addWidget(Label(way_about(way), "small", "ink3"))
        across.addLayout(told, 1)
        back = Button(tr("Go back to it"), "plain", small=True)
        back.setAccessibleName(tr("Go back to the copy: {when}").format(when=when))
        back.clicked.connect(lambda _checked=False: self._restore(way.id))
        across.addWidget(back, 0, Qt.AlignmentFlag.AlignVCenter)
        return made

    def _restore(self, name: str) -> None:
        self._opening.restore(name)
        self._stay.setFocus()


def _ended_words(state: WayBackState) -> str:
    if state.key_file_only:
        return tr("The key file is back, and your entries stand as they were. The damaged one is kept beside it.")
    return tr("The copy stands in place now. What stood there before is kept beside it, and nothing of it is lost.")
