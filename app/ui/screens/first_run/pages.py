"""The pages of the first run: each shows one question and hands what is answered to the presenter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.first_run.parts import Page, ask_folder, bullet, column, start
from app.ui.screens.first_run.sheet_card import SheetCard
from app.ui.screens.first_run.state import FirstRunState
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, Radio
from app.ui.widgets.card import Card, Rule, Surface
from app.ui.widgets.fields import Field, Labelled, PassphraseField
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import ColumnsLayout
from app.ui.widgets.strength import StrengthBars

if TYPE_CHECKING:
    from app.domain.care import Care

IDLE_MINUTES: Final = {"mine": 10, "shared": 3}
"""What the answers set, as `services.choices` does; its import is not worth a paint."""
_FIELD_W: Final = 420


class BeforePage(Page):
    """Who might find this computer: asked before anything is written."""

    answered = Signal(str)
    help_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._box = column(self)
        self._group = QButtonGroup(self)

    @override
    def show_words(self, care: Care) -> None:
        """Fill the page."""
        if self.first is not None:
            return
        words = care.first_entry
        card = Card(words.question)
        for paragraph in words.body:
            self._box.addWidget(Label(paragraph, "body", "ink2"))
        for option in words.options:
            radio = Radio(option.label)
            radio.toggled.connect(lambda on, name=option.id: self.answered.emit(name) if on else None)
            self._group.addButton(radio)
            line = option.line.format(minutes=IDLE_MINUTES.get(option.id, IDLE_MINUTES["shared"]))
            radio.setAccessibleDescription(line)
            card.add(_option(radio, line))
            self.first = self.first or radio
        card.add(Rule())
        card.add(Label(words.question_note, "small", "ink3"))
        self._box.addWidget(card)
        links = QHBoxLayout()
        for page, label in (("safety", words.read_safety), ("limits", words.read_limits)):
            link = Button(label, "quiet", small=True)
            link.clicked.connect(lambda _checked=False, page=page: self.help_asked.emit(page))
            links.addWidget(link)
        links.addStretch(1)
        self._box.addLayout(links)
        self._box.addWidget(Label(words.change_note, "small", "ink3"))


class PlacePage(Page):
    """Where the journal lives."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        cards = column(self)
        card = Card(tr("The folder"))
        well = Surface("sunken", radius_px=current_hub().theme.radius("control"))
        self._path = Label("", "body")
        well.body.addWidget(self._path)
        card.add(well)
        other = Button(tr("Choose another folder…"), "plain", small=True)
        other.clicked.connect(lambda _checked=False: ask_folder(self, self.chosen.emit))
        card.add(start(other))
        card.add(Rule())
        for words in (
            tr("Everything in the folder is encrypted, and every name in it is made by chance."),
            tr("A folder that a cloud service copies is no good home: two computers could mix the files up."),
            tr("To keep a second copy, close Leeward and copy the whole folder to a stick."),
        ):
            card.add(bullet(words))
        cards.addWidget(card)

    @override
    def show_state(self, state: FirstRunState) -> None:
        """Show the folder."""
        self._path.setText(str(state.folder))


class PassphrasePage(Page):
    """The passphrase twice, with an estimate in bars and words, six words on request, and the recovery sheet."""

    typed = Signal(str, str)
    sheet_wished = Signal(object)
    suggest_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        cards = column(self)
        card = Card()
        show, hide = tr("Show the passphrase"), tr("Hide the passphrase")
        self._phrase = PassphraseField(name=tr("Passphrase"), show_words=show, hide_words=hide)
        self.first = self._phrase
        self._again = PassphraseField(name=tr("Once more"), show_words=show, hide_words=hide)
        self._again.setPlaceholderText(tr("type it again"))
        self._caps = Label(tr("Caps Lock is on."), "caption", "ink3", lines=1)
        self._caps.hide()
        self._bars = StrengthBars()
        self._words = Label("", "small", "ink2")
        self._tips = QVBoxLayout()
        self._tips.setSpacing(current_hub().theme.px(6))
        self._no_reset, self._nobody_asks = Label("", "small", "ink2"), Label("", "small", "ink3")
        self._strengths: dict[int, tuple[str, str]] = {}
        for field in (self._phrase, self._again):
            field.textChanged.connect(lambda _text: self.typed.emit(self._phrase.text(), self._again.text()))
            field.caps_lock.connect(self._caps.setVisible)
        card.add(Labelled(tr("Passphrase"), self._phrase))
        card.add(self._caps)
        row = QHBoxLayout()
        row.setSpacing(current_hub().theme.space("m"))
        row.addWidget(self._bars, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        card.add(row)
        card.add(Labelled(tr("Once more"), self._again))
        card.add(self._suggestions())
        card.add(Rule())
        card.add(self._tips)
        self._sheet = SheetCard()
        self._sheet.wished.connect(self.sheet_wished)
        self._sheet.body.addWidget(Rule())
        self._sheet.add(self._no_reset)
        self._sheet.add(self._nobody_asks)
        cards.addWidget(ColumnsLayout([(card, 1, 0), (self._sheet, 1, 0)]))

    @override
    def show_words(self, care: Care) -> None:
        """Fill in tips and the names of the estimates."""
        if self._strengths:
            return
        words = care.passphrase
        self._strengths = {entry.id: (entry.label, entry.line) for entry in words.strength}
        for tip in words.tips:
            self._tips.addWidget(bullet(tip))
        self._no_reset.setText(words.no_reset)
        self._nobody_asks.setText(words.nobody_asks)
        self._sheet.show_words(care.recovery)

    @override
    def show_state(self, state: FirstRunState) -> None:
        """Show the estimate, and the wish about the sheet."""
        self._sheet.show_state(state)
        self._bars.show_strength(state.strength)
        label, line = self._strengths.get(state.strength if state.strength is not None else -1, ("", ""))
        words = f"{label}. {line}" if label else tr("Five or six plain words make a good one.")
        if self._words.text() != words:
            self._words.setText(words)

    def take(self, suggestion: str) -> None:
        """Put six drawn words into the first field, readable, so that they can be learned."""
        if self._phrase.echoMode() is PassphraseField.EchoMode.Password:
            self._phrase.toggle()
        self._phrase.setText(suggestion)
        self._again.clear()
        self._again.setFocus()

    def _suggestions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        suggest = Button(tr("Suggest words"), "plain", icon="arrows-clockwise", small=True)
        suggest.clicked.connect(lambda _checked=False: self.suggest_asked.emit())
        row.addWidget(suggest)
        row.addWidget(
            Label(tr("picks six everyday words by chance"), "small", "ink3"), 1, Qt.AlignmentFlag.AlignVCenter
        )
        return row


class WhoPage(Page):
    """Who writes, and whether the sentences speak of a second person."""

    typed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        cards = column(self)
        card = Card(tr("You"))
        self._name = Field(name=tr("Your name"))
        self.first = self._name
        self._name.setMaxLength(80)
        self._name.setMaximumWidth(current_hub().theme.px(_FIELD_W))
        card.add(Labelled(tr("Your name, or any word"), self._name, help_words=tr("Kept inside the encrypted part.")))
        cards.addWidget(card)
        other = Card(tr("Who it is for"))
        self._alone = Radio(tr("It is about me alone"))
        self._two = Radio(tr("It is about me and one other person"))
        self._alone.setChecked(True)
        self._partner = Field(name=tr("The other person’s name"))
        self._partner.setMaxLength(80)
        self._partner.setMaximumWidth(current_hub().theme.px(_FIELD_W))
        self._asked = Labelled(
            tr("The other person’s name"),
            self._partner,
            help_words=tr("Only a name in your sentences. It gives nobody access and tells nobody."),
        )
        for widget in (self._alone, self._two, self._asked):
            other.add(widget)
        self._asked.hide()
        other.add(Label(tr("Both can be changed in Settings at any time."), "small", "ink3"))
        cards.addWidget(other)
        self._two.toggled.connect(self._choice_changed)
        for field in (self._name, self._partner):
            field.textChanged.connect(lambda _text: self._tell())

    def _choice_changed(self, two: bool) -> None:  # the signal brings a plain value
        self._asked.setVisible(two)
        if two:
            self._partner.setFocus()
        self._tell()

    def _tell(self) -> None:
        partner = self._partner.text() if self._two.isChecked() else None
        self.typed.emit(self._name.text(), partner)


class SamplePage(Page):
    """The sample journal's passphrase, shown once."""

    open_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        cards = column(self)
        card = Card(tr("The sample journal is ready"))
        card.add(Label(tr("It opens with these words, which are not secret. They are shown here once."), role="ink2"))
        well = Surface("sunken", radius_px=current_hub().theme.radius("control"))
        self._words = Label("", "reading")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        well.body.addWidget(self._words)
        card.add(well)
        self._place = Label("", "small", "ink3")
        card.add(self._place)
        self._open = Button(tr("Open the sample journal"), "primary")
        self.first = self._open
        self._open.clicked.connect(lambda _checked=False: self.open_asked.emit())
        card.add(start(self._open))
        cards.addWidget(card)

    @override
    def show_state(self, state: FirstRunState) -> None:
        """Show the words and the folder."""
        self._words.setText(state.sample_passphrase)
        place = tr("It lives in {folder}. Delete that folder when you have seen enough.")
        self._place.setText(place.format(folder=state.folder))
        self._open.setEnabled(not state.busy)


def _option(radio: Radio, line: str) -> QWidget:
    """An answer with what it means below it."""
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 0, 0, current_hub().theme.px(4))
    box.setSpacing(0)
    box.addWidget(radio)
    below = QHBoxLayout()
    below.setContentsMargins(current_hub().theme.px(27), 0, 0, 0)
    below.addWidget(Label(line, "small", "ink3"))
    box.addLayout(below)
    return made
