"""The pages of the first run: each shows one question and hands what is answered to the presenter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.first_run.state import FirstRunState
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, Radio
from app.ui.widgets.card import Card, Icon, Rule, Surface
from app.ui.widgets.fields import Field, Labelled, PassphraseField
from app.ui.widgets.label import Label
from app.ui.widgets.painting import PaintedWidget, box

if TYPE_CHECKING:
    from app.domain.care import FirstEntry, Passphrase

IDLE_MINUTES = {"mine": 10, "shared": 3}


class StrengthBars(PaintedWidget):
    """Four bars for an estimate of 0 to 4; the words beside them say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._filled = 0

    def show_strength(self, strength: int | None) -> None:
        """Fill as many bars as the estimate says; none before anything was judged."""
        self._filled = strength or 0
        self.update()

    @override
    def wanted(self) -> QSize:
        return QSize(self.theme.px(148), self.theme.px(6))

    @override
    def draw(self, painter: QPainter) -> None:
        gap = self.theme.px(4)
        wide = (self.width() - 3 * gap) / 4
        for number in range(4):
            rect = QRectF(number * (wide + gap), 0, wide, self.height())
            colour = self.theme.color("lee" if number < self._filled else "line")
            box(painter, rect, self.theme.radius("bar"), fill=colour)


class WelcomePage(QWidget):
    """Two ways in: a journal of one's own, or a look around."""

    begin = Signal()
    look_around = Signal()
    open_existing = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        column = _column(self)
        card = Card(tr("A journal of your own"))
        card.add(Label(tr("It is made on this computer, locked with a passphrase only you have."), role="ink2"))
        self.first = Button(tr("Begin a journal"), "primary")
        self.first.clicked.connect(lambda _checked=False: self.begin.emit())
        card.add(_start(self.first))
        column.addWidget(card)
        sample = Card(tr("Look around first"))
        sample.add(
            Label(tr("Opens a journal with nine months of invented entries. Nothing in it is yours."), role="ink2")
        )
        self.look = Button(tr("Look around with sample data"), "plain")
        self.look.clicked.connect(lambda _checked=False: self.look_around.emit())
        sample.add(_start(self.look))
        column.addWidget(sample)
        existing = Button(tr("Open a journal that is here already…"), "quiet", small=True)
        existing.clicked.connect(lambda _checked=False: _ask_folder(self, self.open_existing.emit))
        column.addWidget(_start(existing))

    def show_state(self, state: FirstRunState) -> None:
        """Both ways wait while the sample is made."""
        self.first.setEnabled(not state.busy)
        self.look.setEnabled(not state.busy)
        self.look.setText(tr("Making the sample journal…") if state.busy else tr("Look around with sample data"))


class BeforePage(QWidget):
    """Who might find this computer: asked before anything is written."""

    answered = Signal(str)
    help_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._box = _column(self)
        self._group = QButtonGroup(self)
        self.first: QWidget | None = None

    def show_words(self, words: FirstEntry) -> None:
        """Fill the page once the content is there."""
        if self.first is not None:
            return
        card = Card(words.question)
        for paragraph in words.body:
            self._box.addWidget(Label(paragraph, "body", "ink2"))
        for option in words.options:
            radio = Radio(option.label)
            radio.toggled.connect(lambda on, name=option.id: self.answered.emit(name) if on else None)
            self._group.addButton(radio)
            card.add(radio)
            line = option.line.format(minutes=IDLE_MINUTES.get(option.id, 3))
            card.add(_indented(Label(line, "small", "ink3")))
            self.first = self.first or radio
        card.add(Label(words.question_note, "caption", "ink3"))
        self._box.addWidget(card)
        links = QHBoxLayout()
        for page, label in (("safety", words.read_safety), ("limits", words.read_limits)):
            link = Button(label, "quiet", small=True)
            link.clicked.connect(lambda _checked=False, page=page: self.help_asked.emit(page))
            links.addWidget(link)
        links.addStretch(1)
        self._box.addLayout(links)
        self._box.addWidget(Label(words.change_note, "small", "ink3"))


class PlacePage(QWidget):
    """Where the journal lives."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        column = _column(self)
        card = Card(tr("The folder"))
        well = Surface("sunken", radius_px=current_hub().theme.radius("control"))
        self._path = Label("", "body")
        well.body.addWidget(self._path)
        card.add(well)
        self.first = Button(tr("Choose another folder…"), "plain", small=True)
        self.first.clicked.connect(lambda _checked=False: _ask_folder(self, self.chosen.emit))
        card.add(_start(self.first))
        card.add(Rule())
        for words in (
            tr("Everything in the folder is encrypted, and every name in it is made by chance."),
            tr("A folder that a cloud service copies is no good home: two computers could mix the files up."),
            tr("To keep a second copy, close Leeward and copy the whole folder to a stick."),
        ):
            card.add(_bullet(words))
        column.addWidget(card)

    def show_state(self, state: FirstRunState) -> None:
        """Show the folder."""
        self._path.setText(str(state.folder))


class PassphrasePage(QWidget):
    """The passphrase twice, with an estimate in bars and words, and six words on request."""

    typed = Signal(str, str)
    suggest_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = _column(self)
        self._card = Card()
        show, hide = tr("Show the passphrase"), tr("Hide the passphrase")
        self.first = PassphraseField(name=tr("Passphrase"), show_words=show, hide_words=hide)
        self._again = PassphraseField(name=tr("Once more"), show_words=show, hide_words=hide)
        self._again.setPlaceholderText(tr("type it again"))
        self._caps = Label(tr("Caps Lock is on."), "caption", "ink3", lines=1)
        self._caps.hide()
        self._bars = StrengthBars()
        self._words = Label("", "small", "ink2")
        self._tips = QVBoxLayout()
        self._strengths: dict[int, tuple[str, str]] = {}
        for field in (self.first, self._again):
            field.textChanged.connect(lambda _text: self.typed.emit(self.first.text(), self._again.text()))
            field.caps_lock.connect(self._caps.setVisible)
        self._card.add(Labelled(tr("Passphrase"), self.first))
        self._card.add(self._caps)
        row = QHBoxLayout()
        row.setSpacing(current_hub().theme.space("m"))
        row.addWidget(self._bars, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        self._card.add(row)
        self._card.add(Labelled(tr("Once more"), self._again))
        self._card.add(self._suggestions())
        self._card.add(Rule())
        self._card.add(self._tips)
        column.addWidget(self._card)

    def show_words(self, words: Passphrase) -> None:
        """Fill in tips and the names of the estimates once the content is there."""
        if self._strengths:
            return
        self._strengths = {entry.id: (entry.label, entry.line) for entry in words.strength}
        for tip in (*words.tips, words.no_reset):
            self._tips.addWidget(_bullet(tip))

    def show_state(self, state: FirstRunState) -> None:
        """Show the estimate."""
        self._bars.show_strength(state.strength)
        label, line = self._strengths.get(state.strength if state.strength is not None else -1, ("", ""))
        words = f"{label}. {line}" if label else tr("Five or six plain words make a good one.")
        if self._words.text() != words:
            self._words.setText(words)

    def take(self, suggestion: str) -> None:
        """Put six drawn words into the first field, readable, so that they can be learned."""
        if self.first.echoMode() is PassphraseField.EchoMode.Password:
            self.first.toggle()
        self.first.setText(suggestion)
        self._again.clear()
        self._again.setFocus()

    def _suggestions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        suggest = Button(tr("Suggest words"), "plain", icon="arrows-clockwise", small=True)
        suggest.clicked.connect(lambda _checked=False: self.suggest_asked.emit())
        row.addWidget(suggest)
        row.addWidget(Label(tr("picks six everyday words by chance"), "small", "ink3", lines=1, elide=True), 1)
        return row


class WhoPage(QWidget):
    """Who writes, and whether the sentences speak of a second person."""

    typed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        column = _column(self)
        card = Card(tr("You"))
        self.first = Field(name=tr("Your name"))
        self.first.setMaxLength(80)
        card.add(Labelled(tr("Your name, or any word"), self.first, help_words=tr("Kept inside the encrypted part.")))
        column.addWidget(card)
        other = Card(tr("Who it is for"))
        self._alone = Radio(tr("It is about me alone"))
        self._two = Radio(tr("It is about me and one other person"))
        self._alone.setChecked(True)
        self._partner = Field(name=tr("The other person’s name"))
        self._partner.setMaxLength(80)
        self._asked = Labelled(
            tr("The other person’s name"),
            self._partner,
            help_words=tr("Only a name in your sentences. It gives nobody access and tells nobody."),
        )
        for widget in (self._alone, self._two, self._asked):
            other.add(widget)
        self._asked.hide()
        other.add(Label(tr("Both can be changed in Settings at any time."), "small", "ink3"))
        column.addWidget(other)
        self._two.toggled.connect(self._choice_changed)
        for field in (self.first, self._partner):
            field.textChanged.connect(lambda _text: self._tell())

    def _choice_changed(self, two: bool) -> None:  # the signal brings a plain value
        self._asked.setVisible(two)
        if two:
            self._partner.setFocus()
        self._tell()

    def _tell(self) -> None:
        partner = self._partner.text() if self._two.isChecked() else None
        self.typed.emit(self.first.text(), partner)


class SamplePage(QWidget):
    """The sample journal's passphrase, shown once."""

    open_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = _column(self)
        card = Card(tr("The sample journal is ready"))
        card.add(Label(tr("It opens with these words, which are not secret. They are shown here once."), role="ink2"))
        well = Surface("sunken", radius_px=current_hub().theme.radius("control"))
        self._words = Label("", "reading")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        well.body.addWidget(self._words)
        card.add(well)
        self._place = Label("", "small", "ink3")
        card.add(self._place)
        self.first = Button(tr("Open the sample journal"), "primary")
        self.first.clicked.connect(lambda _checked=False: self.open_asked.emit())
        card.add(_start(self.first))
        column.addWidget(card)

    def show_state(self, state: FirstRunState) -> None:
        """Show the words and the folder."""
        self._words.setText(state.sample_passphrase)
        place = tr("It lives in {folder}. Delete that folder when you have seen enough.")
        self._place.setText(place.format(folder=state.folder))
        self.first.setEnabled(not state.busy)


def _column(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current_hub().theme.space("card_gap"))
    return column


def _start(widget: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    return made


def _indented(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(current_hub().theme.px(27), 0, 0, 4)
    row.addWidget(widget)
    return row


def _bullet(words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current_hub().theme.space("s"))
    row.addWidget(Icon("check", "ink3", small=True), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(words, "small", "ink2"), 1)
    return made


def _ask_folder(owner: QWidget, chosen: Callable[[Path], None]) -> None:
    """Our own dialog: the system's would keep the folder among its recent places."""
    from PySide6.QtWidgets import QFileDialog  # its many enums would cost the first paint

    dialog = QFileDialog(owner, tr("Choose a folder"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOptions(QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda folder: chosen(Path(folder)))
    dialog.open()
