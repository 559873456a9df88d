"""One entry opened for reading: its line, every answer, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.domain.care import CoverButtons
from app.ui import text
from app.ui.screens.journal.state import LinkLine, Reading
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.attachment_strip import AttachmentStrip
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Caption, Icon, Rule, Surface
from app.ui.widgets.cover import CoverView
from app.ui.widgets.label import Label
from app.ui.widgets.marks import PersonMark
from app.ui.widgets.notes import Banner
from app.ui.widgets.picture_parts import Chart
from app.ui.widgets.reading_answers import answer_widgets
from app.ui.widgets.reading_picture import PictureFrame
from app.ui.widgets.reading_series import SeriesStrip
from app.ui.widgets.text_link import TextLink

_OPEN_NAMED = 3
"""Questions left for later that are named; how many more there are is said."""


class Reader(QStackedWidget):
    """A cover first, where the entry has one; then the entry on a card of its own."""

    edit_asked = Signal()
    """Emitted when the entry should be changed."""
    history_asked = Signal()
    """Emitted when its saved states should be shown."""
    remove_asked = Signal()
    """Emitted when it should go."""
    restore_asked = Signal()
    """Emitted when a removed one should come back."""
    erase_asked = Signal()
    """Emitted when a removed one should go for good."""
    closed = Signal()
    """Emitted on the close button and on Not now."""
    share_asked = Signal()
    """Emitted when a private one should be put into the space for two."""
    hide_asked = Signal()
    """Emitted when one that the other person shared should be out of sight."""
    link_opened = Signal(str, str)
    """Emitted with kind and record of something it belongs to."""
    print_asked = Signal()
    """Emitted when its picture should go to paper."""
    shown = Signal(object)
    """Emitted with the `Reading` that shows now; None while nothing does or a cover stands before it."""

    def __init__(self, buttons: CoverButtons) -> None:
        super().__init__()
        self._hub = current_hub()
        self._reading: Reading | None = None
        self.cover = CoverView(buttons)
        self.cover.declined.connect(self.closed)
        self._card = Surface("card")
        self._card.body.setSpacing(0)
        self._assemble()
        self.files.take_drops_of(self)
        self.addWidget(_blank())
        self.addWidget(self.cover)
        self.addWidget(self._card)
        self._hub.changed.connect(self._restyle)
        self._restyle(self._hub.theme)

    def show_reading(self, reading: Reading | None) -> None:
        """Show an entry, or nothing."""
        if reading == self._reading:
            return
        self._reading = reading
        if reading is None:
            self._empty()
            self.series.show_series(None)
            for label in (self._title, self._when, self._day):
                label.setText("")
            self.setCurrentIndex(0)
            self.shown.emit(None)
        elif reading.covered is not None:
            name = tr("{kind}, {when}").format(kind=reading.kind_words, when=reading.when)
            listed = None if reading.removed else reading.listed
            self.cover.show_cover(name, *reading.covered, safety=reading.safety, listed=listed, heavy=reading.heavy)
            self.setCurrentIndex(1)
            self.shown.emit(None)
        else:
            self._show_entry(reading)
            self.setCurrentIndex(2)
            self.shown.emit(reading)

    def focus_first(self) -> None:
        """The keyboard goes to the first thing to do here."""
        if self.currentIndex() == 1:
            self.cover.focus_first()
        else:
            first = next((one for one in (*self._standing, *self._away) if one.isVisibleTo(self)), self._close)
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # --------------------------------------------------------------------------------------------------- assembly

    def _assemble(self) -> None:
        self._icon = Icon("journal", "ink3", small=True)
        self._kind = Label("", "small", "ink2", lines=1, elide=True)
        self._close = close = IconButton("x", tr("Close this entry"))
        close.clicked.connect(lambda _checked=False: self.closed.emit())
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._kind, 1, Qt.AlignmentFlag.AlignVCenter)
        self._mark = PersonMark(size="small")
        self._where = Caption(tr("Only you"), icon="private")
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._where, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(close)
        self._title = Label("", "read_title")
        self._when = Label("", "small", "ink2")
        self._day = Label("", "heading")
        self._late = Caption("", icon="history", role="lamp")
        self.two = Banner(
            tr("Two versions of a text wait to be made one."), icon="history", action=tr("Read both and join")
        )
        self.two.hide()
        self._page = QWidget()
        self._page.setObjectName("page")
        self._gone = Banner("", icon="trash")
        self._gone.hide()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 10, 0)
        for part in (self._title, self._when, self._day, self._late, self.two, self._gone):
            column.addWidget(part)
        self._answers = QVBoxLayout()
        column.addLayout(self._answers)
        self.series = SeriesStrip()
        column.addWidget(self.series)
        self.files = AttachmentStrip(quiet=True)
        column.addWidget(self.files)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._page)
        self._scroll.viewport().setAutoFillBackground(False)
        self._page.setAutoFillBackground(False)
        self._card.body.addLayout(head)
        self._card.body.addWidget(self._scroll, 1)
        self._card.body.addWidget(Rule())
        self._card.body.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        edit = Button(tr("Edit"), "plain", icon="pencil-simple", small=True)
        history = TextLink(tr("Versions"))
        remove = TextLink(tr("Remove"))
        back = Button(tr("Bring it back"), "plain", icon="arrow-counter-clockwise", small=True)
        erase = TextLink(tr("Remove for good…"))
        share = TextLink(tr("Share…"))
        hide = TextLink(tr("Hide for me"))
        self._standing, self._away = (edit, history, remove, share, hide), (back, erase)
        self._saved = Label("", "caption", "ink3", lines=1, elide=True, align=Qt.AlignmentFlag.AlignRight)
        for button, signal in (
            (edit, self.edit_asked), (history, self.history_asked), (remove, self.remove_asked),
            (share, self.share_asked), (hide, self.hide_asked),
            (back, self.restore_asked), (erase, self.erase_asked),
        ):  # fmt: skip
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
        row = QHBoxLayout()
        row.setSpacing(current_hub().theme.space("l"))
        for button in (*self._standing, *self._away):
            row.addWidget(button)
        row.addWidget(self._saved, 1)
        return row

    def _show_entry(self, reading: Reading) -> None:
        self._icon.show_icon(reading.icon or "diamond")
        self._kind.setText(reading.kind_words)
        self._when.setText(reading.when)
        self._title.setText(reading.title)
        self._title.setVisible(bool(reading.title))
        self._when.setVisible(bool(reading.title))
        self._day.setText(reading.when)
        self._day.setVisible(not reading.title)
        self._late.show_words(reading.late, "history")
        self._late.setVisible(bool(reading.late))
        self._saved.setText(reading.saved)
        self.two.setVisible(reading.two_versions)
        self._gone.say(reading.removed)
        self._gone.setVisible(bool(reading.removed))
        self._where.show_words(*reading.where)
        self._mark.setVisible(reading.mark is not None)
        if reading.mark is not None:
            self._mark.show_people((reading.mark,))
        self._offer(reading)
        self._fill(reading)
        self._scroll.verticalScrollBar().setValue(0)

    def _offer(self, reading: Reading) -> None:
        """What can be done: what the other person wrote is read, and hidden where one wants."""
        stands, own = not reading.removed, not reading.theirs
        edit, history, remove, share, hide = self._standing
        for button, offered in (
            (edit, stands and own), (history, stands), (remove, stands and own), (share, stands and reading.shareable),
            (hide, stands and reading.theirs), (self._away[0], not stands and own), (self._away[1], not stands and own),
        ):  # fmt: skip
            button.setVisible(offered)

    def _empty(self) -> None:
        while (item := self._answers.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()

    def _fill(self, reading: Reading) -> None:
        self._empty()
        drawn: tuple[str, ...] = ()
        if (picture := reading.picture) is not None:
            frame = PictureFrame(picture, printable=reading.printable, folded=isinstance(picture, Chart))
            frame.print_asked.connect(self.print_asked)
            self._answers.addWidget(frame)
            drawn = picture.drawn
        for widget in answer_widgets([part for part in reading.answers if part.field not in drawn]):
            self._answers.addWidget(widget)
        for link in reading.links:
            self._answers.addWidget(self._link(link))
        for fact in reading.facts:
            self._answers.addWidget(Label(fact, "small", "ink2"))
        if reading.left:
            self._answers.addWidget(Label(_left_words(reading.left), "caption", "ink3"))

    def _link(self, link: LinkLine) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(link.question, "caption", "ink3"))
        opens = TextLink(link.title, trailing="arrow-right")
        opens.clicked.connect(lambda _checked=False: self.link_opened.emit(link.kind, link.record))
        column.addWidget(opens, 0, Qt.AlignmentFlag.AlignLeading)
        return made

    def _restyle(self, theme: Theme) -> None:
        self._answers.setSpacing(theme.px(12))
        self._answers.setContentsMargins(0, theme.px(10), 0, theme.px(10))


def _left_words(questions: tuple[str, ...]) -> str:
    """What was left for later, by name; nothing of it is missing."""
    named = "; ".join(questions[:_OPEN_NAMED])
    rest = len(questions) - _OPEN_NAMED
    if rest > 0:
        more = text.count_of(rest, tr("{n} more"), tr("{n} more"))
        return tr("Left for later: {questions}; {more}.").format(questions=named, more=more)
    return tr("Left for later: {questions}.").format(questions=named)


def _blank() -> Surface:
    """What stands here before an entry is open: what this side is for, and the keys that lead here."""
    made = Surface("card")
    middle = Qt.AlignmentFlag.AlignHCenter
    made.body.addStretch(4)
    made.body.addWidget(Icon("journal", "ink3"), 0, middle)
    made.body.addWidget(Label(tr("Open an entry to read it here."), "body", "ink2", align=middle))
    made.body.addWidget(
        Label(tr("Arrow keys walk through the list, Enter opens, Esc comes back."), "caption", "ink3", align=middle)
    )
    made.body.addStretch(5)
    return made
