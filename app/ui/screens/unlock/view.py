"""The unlock screen: a painted shore, one card, a passphrase. Nothing on it names anyone or says what is inside."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.brand import Brand
from app.ui.screens.unlock.owners import OwnerRow
from app.ui.screens.unlock.presenter import UnlockPresenter
from app.ui.screens.unlock.reasons import reason_words
from app.ui.screens.unlock.state import Remedy, UnlockState
from app.ui.text import count_of, tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Caption, Icon, Surface
from app.ui.widgets.fields import PassphraseField
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.marks import Person, PersonMark, Shape
from app.ui.widgets.shore import Shore
from app.ui.widgets.text_link import TextLink

CARD_W = 424
QWIDGETSIZE_MAX = 16_777_215


class UnlockView(QWidget):
    """Asks for a passphrase. `help_asked(str)` wants a page: "limits", "safety" or "help"."""

    help_asked = Signal(str)
    start_asked = Signal()
    """A new journal is to be made in the chosen place."""
    calm_asked = Signal()
    """Something to breathe with is wanted, before or instead of opening."""
    drop_asked = Signal()
    """Something is to be left without opening."""

    def __init__(self, presenter: UnlockPresenter, reason: str = "") -> None:
        super().__init__()
        self._presenter = presenter
        self._state = UnlockState()
        self._shore = Shore(self)
        self._brand = Brand()
        self._links_above: list[Button] = []
        self._field = PassphraseField(
            name=tr("Passphrase"), show_words=tr("Show the passphrase"), hide_words=tr("Hide the passphrase")
        )
        self._caps = Caption(tr("Caps Lock is on"), icon="info")
        self._trouble = Surface("lamp_tint", radius_px=current_hub().theme.radius("banner"))
        self._trouble_title = Label("", "label", "lamp")
        self._trouble_words = Label("", "small", "ink2")
        self._remedy = Button("", "plain", small=True)
        self._way_back = Button(tr("Go back to a copy…"), "plain", small=True)
        self._read = Button(tr("Read what can be read…"), "plain", small=True)
        self._wait = Caption("", icon="info")
        self._open = Button(tr("Open"), "primary")
        self._card = Surface("card")
        self._stop = TextLink(tr("Stop"))
        self._recover = TextLink(tr("Use the recovery sheet"))
        self._owners = OwnerRow()
        self._whose = PersonMark(Person(Shape.CIRCLE, outline=True), size="large")
        self._esc = QShortcut(QKeySequence("Esc"), self)
        self._build(reason)
        self._fit()
        self._connect()
        self.render_state(self._state)

    def render_state(self, state: UnlockState) -> None:
        """Show a state; what is typed stays."""
        before, self._state = self._state, state
        self._open.setEnabled(state.can_try)
        self._open.setText(tr("Opening…") if state.busy else tr("Open"))
        self._field.setReadOnly(state.busy or state.queued)
        self._stop.setVisible(state.busy or state.queued)
        self._esc.setEnabled(state.busy or state.queued)  # else the key belongs to whatever lies over the screen
        self._recover.setVisible(not (state.busy or state.queued))
        self._owners.show_owners(state.owners, state.chosen)
        self._owners.setEnabled(state.can_try)
        self._whose.setVisible(not state.owners)  # each has a mark of their own then, on the tile to choose
        self._trouble.setVisible(state.trouble is not None)
        if state.trouble is not None:
            self._trouble_title.setText(state.trouble.title)
            self._trouble_words.setText(state.trouble.paragraph)
        self._remedy.setVisible(state.remedy is not None)
        if state.remedy is not None:
            self._remedy.setText(_remedy_words(state.remedy))
        self._way_back.setVisible(state.way_back)
        self._read.setVisible(state.way_back)
        self._ways.setVisible(state.way_back or state.remedy is not None)
        waits = state.waiting_s > 0
        for way in (self._way_back, self._read):
            way.setEnabled(not waits)  # they try the passphrase too
        self._wait.setVisible(waits)
        if waits:
            left = count_of(state.waiting_s, tr("{n} second"), tr("{n} seconds"))
            said = tr("It opens in {time}") if state.queued else tr("A short wait before the next try: {time}")
            self._wait.show_words(said.format(time=left), "info")
        if before.busy and not state.busy:
            self._field.setFocus()
            self._field.selectAll()

    def forget(self) -> None:
        """Drop what was typed."""
        self._field.clear()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._field.setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shore.setGeometry(self.rect())
        self._fold_links()

    def _fold_links(self) -> None:
        """All of the links in words, or all of them as icons that stand together."""
        theme = current_hub().theme
        worded = sum(link.worded_px() + theme.space("s") for link in self._links_above)
        room = self.width() - self._brand.sizeHint().width() - 3 * theme.space("page")
        for link in self._links_above:
            link.setMaximumWidth(QWIDGETSIZE_MAX if worded <= room else link.minimumSizeHint().width())

    def _build(self, reason: str) -> None:
        theme = current_hub().theme
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        edge = theme.space("page")
        column.setContentsMargins(edge + 4, edge - 4, edge + 4, edge)
        column.addLayout(self._top())
        column.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._build_card(reason))
        middle.addStretch(1)
        column.addLayout(middle)
        column.addSpacing(theme.space("l"))
        drop = Button(tr("Leave a note without opening"), "quiet", icon="note-pencil", small=True)
        drop.clicked.connect(lambda _checked=False: self.drop_asked.emit())
        column.addWidget(drop, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.space("s"))
        column.addWidget(_kept_here(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(7)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        scroll.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self._shore.lower()

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._brand)
        row.addStretch(1)
        calm = Button(tr("Calm"), "quiet", icon="calm", small=True, collapsible=True)
        calm.clicked.connect(lambda _checked=False: self.calm_asked.emit())
        row.addWidget(calm)
        self._links_above = [calm]
        for page, words, icon in (
            ("limits", tr("What Leeward cannot do"), "info"),
            ("safety", tr("If being together is not safe"), "shield"),
            ("help", tr("Help"), "lifebuoy"),
        ):
            link = Button(words, "quiet", icon=icon, small=True, collapsible=True)
            link.clicked.connect(lambda _checked=False, page=page: self.help_asked.emit(page))
            row.addWidget(link)
            self._links_above.append(link)
        return row

    def _build_card(self, reason: str) -> QWidget:
        theme = current_hub().theme
        card = self._card
        head = QHBoxLayout()
        head.setSpacing(theme.space("m"))
        head.addWidget(self._whose)
        title = QVBoxLayout()
        title.setSpacing(0)
        title.addWidget(Label(tr("Your journal is locked"), "title"))
        said = Label(reason_words(reason), "small", "ink3")
        title.addWidget(said)
        head.addLayout(title, 1)
        card.body.addLayout(head)
        said.setVisible(bool(reason_words(reason)))
        card.body.addSpacing(theme.space("s"))
        label = Label(tr("Passphrase"), "label", lines=1)
        label.setBuddy(self._field)
        for asked in (self._owners, label, self._field, self._caps, self._trouble, self._wait):
            card.body.addWidget(asked)
        self._trouble.body.addWidget(self._trouble_title)
        self._trouble.body.addWidget(self._trouble_words)
        self._ways = QWidget()
        ways = FlowLayout(self._ways, gap_px=theme.space("s"), line_gap_px=theme.space("s"))
        for way in (self._remedy, self._way_back, self._read):
            ways.addWidget(way)
        self._trouble.body.addWidget(self._ways)
        self._caps.hide()
        self._open.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        card.body.addSpacing(theme.space("xs"))
        card.body.addWidget(self._open)
        card.body.addLayout(self._links())
        return card

    def _links(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, current_hub().theme.space("xs"), 0, 0)
        row.addWidget(self._stop)
        row.addWidget(self._recover)
        row.addStretch(1)
        other = TextLink(tr("Another journal…"))
        other.clicked.connect(self._choose_folder)
        row.addWidget(other)
        return row

    def _fit(self, _theme: object = None) -> None:
        theme = current_hub().theme
        pad = theme.px(26)
        self._card.setFixedWidth(theme.px(CARD_W))
        self._card.body.setContentsMargins(pad, pad, pad, theme.px(18))
        self._card.body.setSpacing(theme.space("s"))
        self._fold_links()

    def _connect(self) -> None:
        current_hub().changed.connect(self._fit)
        self._presenter.state.connect(self.render_state)
        self._field.returnPressed.connect(self._try)
        self._field.caps_lock.connect(self._caps.setVisible)
        self._open.clicked.connect(lambda _checked=False: self._try())
        self._stop.clicked.connect(lambda _checked=False: self._presenter.cancel())
        self._recover.clicked.connect(lambda _checked=False: self._presenter.recover(self))
        self._owners.chosen.connect(self._presenter.choose_owner)
        self._remedy.clicked.connect(lambda _checked=False: self._try(self._state.remedy))
        self._way_back.clicked.connect(lambda _checked=False: self._presenter.go_back(self, self._field.text()))
        self._read.clicked.connect(lambda _checked=False: self._presenter.read(self, self._field.text()))
        self._esc.activated.connect(self._presenter.cancel)
        QShortcut(QKeySequence("Ctrl+G"), self).activated.connect(self.calm_asked)

    def _try(self, remedy: Remedy | None = None) -> None:
        if not self._field.text():
            self._field.setFocus()
            return
        self._presenter.try_passphrase(self._field.text(), remedy)

    def _choose_folder(self) -> None:
        """Our own dialog rather than the system's: that one would note the folder among its recent places."""
        from PySide6.QtWidgets import QFileDialog  # its many enums would cost the first paint

        dialog = QFileDialog(self, tr("Choose a journal’s folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOptions(QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self._presenter.choose(Path(chosen)))
        dialog.open()


def _remedy_words(remedy: Remedy) -> str:
    if remedy is Remedy.OLDER_COPY:
        return tr("Open this older copy")
    return tr("Try the earlier key file")


def _kept_here() -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current_hub().theme.px(10))
    row.addWidget(Icon("local_only", "ink3"), 0, Qt.AlignmentFlag.AlignTop)
    words = Label(tr("Everything is kept on this computer, encrypted.\nLeeward never goes online."), "small", "ink2")
    row.addWidget(words)
    return made
