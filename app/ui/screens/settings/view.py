"""The settings: sections at the left, one scrolling column of cards at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.preferences import TEXT_SCALES
from app.ui import help_pages, language
from app.ui.context import Context
from app.ui.screens.settings import rows
from app.ui.screens.settings.backup import BackupSection
from app.ui.screens.settings.keys import KeysSection
from app.ui.screens.settings.people import PeopleSection
from app.ui.screens.settings.presenter import SettingsPresenter
from app.ui.screens.settings.privacy import PrivacySection
from app.ui.screens.settings.reminders import RemindersSection
from app.ui.screens.settings.section import Section
from app.ui.screens.settings.state import SECTIONS, SettingsState
from app.ui.text import number, tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, Select
from app.ui.widgets.card import Card
from app.ui.widgets.layouts import Breadth, breadth
from app.ui.widgets.nav_rail import NavRow

_WIDEST_PX = 760
_FIRST = 1_000
"""How much more eagerly the cards grow than the empty room after them."""
QWIDGETSIZE_MAX = 16_777_215
_ICONS = {
    "privacy": "lock",
    "appearance": "eye",
    "reminders": "bell",
    "people": "together",
    "language": "translate",
    "backup": "archive",
    "keyboard": "keyboard",
    "about": "lifebuoy",
}


class SettingsView(QWidget):
    """Renders a `SettingsState`; every control tells the presenter at once."""

    def __init__(self, presenter: SettingsPresenter, context: Context) -> None:
        super().__init__()
        self._presenter, self._context = presenter, context
        self._showing, self._narrow = False, False
        self._sections: dict[str, NavRow] = {}
        self._cards: dict[str, QWidget] = {}
        self._make_controls()
        self._build()
        self._connect()
        presenter.state.connect(self.render_state)

    def render_state(self, state: SettingsState) -> None:
        """Show what is chosen."""
        self._showing = True
        self._privacy.show_choices(state.choices)
        self._clock.setCurrentIndex(max(0, self._clock.findData(state.choices.twelve_hours)))
        if not self._partner.hasFocus():
            self._partner.setText(state.partner)
        self._theme.setCurrentIndex(max(0, self._theme.findData(state.looks.theme)))
        self._text.setCurrentIndex(max(0, self._text.findData(state.looks.text_scale)))
        self._still.setChecked(state.looks.reduced_motion)
        for name, button in self._sections.items():
            button.setChecked(name == state.section)
            part = self._cards[name]
            arriving = name == state.section and part.isHidden()
            part.setVisible(name == state.section)
            if arriving and isinstance(part, Section):
                part.enter()
        self._chooser.setCurrentIndex(SECTIONS.index(state.section))
        self._showing = False

    def focus_first(self) -> None:
        """Put the keyboard on the section that is shown."""
        if self._narrow:
            self._chooser.setFocus()
            return
        shown = next((button for button in self._sections.values() if button.isChecked()), None)
        (shown or self._sections[SECTIONS[0]]).setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self, _theme: object = None) -> None:
        """Where there is little room, the list of sections becomes a drop-down above the cards."""
        theme = current_hub().theme
        self._narrow = narrow = breadth(self.window().width(), theme) is Breadth.NARROW
        self._across.setDirection(rows.direction(narrow))
        self._across.setSpacing(theme.space("m") if narrow else theme.px(18))
        self._scroll.setMaximumWidth(QWIDGETSIZE_MAX if narrow else theme.px(_WIDEST_PX) + 18)
        self._list.setFixedWidth(theme.px(216))
        self._list.setVisible(not narrow)
        self._chooser.setVisible(narrow)

    def _make_controls(self) -> None:
        self._privacy = PrivacySection(KeysSection(self._context))
        self._partner_row, self._partner = rows.typed(
            tr("The other person’s name"), tr("Only a name in your sentences. Empty means the journal is yours alone.")
        )
        self._theme_row, self._theme = rows.selected(
            tr("Theme"),
            tr("Readable before unlock, as it says nothing about you."),
            [(tr("Follow the system"), "system"), (tr("Light"), "light"), (tr("Dark"), "dark")],
        )
        sizes: list[tuple[str, object]] = [(tr("{n} %").format(n=number(s * 100)), s) for s in TEXT_SCALES]
        self._text_row, self._text = rows.selected(
            tr("Text size"), tr("Buttons and rows grow with it. Also with the keys for larger and smaller text."), sizes
        )
        self._still_row, self._still = rows.ticked(
            tr("Less motion"), tr("No fades or slides, and the circle in Calm stands still.")
        )
        self._clock_row, self._clock = rows.selected(
            tr("Time of day"), tr("How times are written."), [("19:30", False), ("7:30 pm", True)]
        )

    def _build(self) -> None:
        self._chooser = Select(name=tr("Part of the settings"))
        self._list = QWidget()
        names = QVBoxLayout(self._list)
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(1)
        group = QButtonGroup(self)
        for name in SECTIONS:
            button = NavRow(_section_words(name), _ICONS[name])
            button.clicked.connect(lambda _checked=False, name=name: self._presenter.show_section(name))
            group.addButton(button)
            self._sections[name] = button
            names.addWidget(button)
            self._chooser.addItem(_section_words(name), name)
        names.addStretch(1)
        self._cards = {
            "privacy": self._privacy,
            "appearance": Section(rows.card(tr("How it looks"), self._theme_row, self._text_row, self._still_row)),
            "reminders": RemindersSection(self._context),
            "people": PeopleSection(self._context, self._partner_row),
            "language": Section(rows.card(tr("Language and dates"), self._language_row(), self._clock_row)),
            "backup": BackupSection(self._context),
            "keyboard": Section(*(_keys_card(title, keys) for title, keys in help_pages.key_groups())),
            "about": self._about(),
        }
        column = QWidget()
        column.setObjectName("page")
        cards = QVBoxLayout(column)
        cards.setContentsMargins(0, 0, 6, current_hub().theme.space("page"))
        for page in self._cards.values():
            page.hide()
            cards.addWidget(page)
        cards.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(column)
        self._scroll = scroll
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(current_hub().theme.px(18))
        self._across.addWidget(self._chooser, 0, Qt.AlignmentFlag.AlignLeft)
        self._across.addWidget(self._list)
        self._across.addWidget(scroll, _FIRST)
        self._across.addStretch(1)  # what the cards do not take stays at the end, not before the list

    def _language_row(self) -> QWidget:
        shown = ", ".join(_language_name(code) for code in language.available())
        return rows.row(tr("Language"), tr("The window follows the system where it can: {names}.").format(names=shown))

    def _about(self) -> QWidget:
        parts: list[QWidget] = []
        for page, name, line in (
            ("limits", tr("What Leeward cannot do"), tr("Every lock has edges. These are ours.")),
            ("safety", tr("If being together is not safe"), tr("Opening it is not recorded.")),
            ("licences", tr("Licences"), tr("The typefaces and icons this program brings along.")),
        ):
            button = Button(tr("Read"), "plain", small=True)
            button.setAccessibleName(name)
            button.clicked.connect(lambda _checked=False, page=page: self._presenter.show_help(page))
            parts.append(rows.pressed(name, line, button))
        return Section(
            rows.card(tr("Safety"), *parts),
            rows.card(tr("This program"), rows.row("Leeward", tr("Works without a network, and has no code for one."))),
        )

    def _connect(self) -> None:
        looks = self._context.looks
        self._privacy.chosen.connect(lambda name, value: self._tell(**{name: value}))
        self._privacy.lock_asked.connect(self._presenter.lock)
        self._clock.activated.connect(lambda _index: self._tell(twelve_hours=self._clock.currentData()))
        self._chooser.activated.connect(lambda _index: self._presenter.show_section(self._chooser.currentData()))
        current_hub().changed.connect(self._fit)
        self._partner.editingFinished.connect(lambda: self._presenter.name_partner(self._partner.text()))
        self._theme.activated.connect(lambda _index: looks.choose_theme(self._theme.currentData()))
        self._text.activated.connect(lambda _index: looks.choose_text_scale(self._text.currentData()))
        self._still.toggled.connect(lambda on: None if self._showing else looks.choose_reduced_motion(reduced=on))

    def _tell(self, **changed: object) -> None:
        if not self._showing:
            self._presenter.choose(**changed)


def _section_words(name: str) -> str:
    return {
        "privacy": tr("Privacy and lock"),
        "appearance": tr("Appearance and text"),
        "reminders": tr("Reminders"),
        "people": tr("People and sharing"),
        "language": tr("Language and dates"),
        "backup": tr("Backup and moving"),
        "keyboard": tr("Keyboard"),
        "about": tr("About and safety"),
    }[name]


def _language_name(code: str) -> str:
    return {"en": tr("English")}.get(code, code)


def _keys_card(title: str, keys: list[QWidget]) -> Card:
    made = Card(title)
    made.body.setSpacing(current_hub().theme.px(6))
    for part in keys:
        made.add(part)
    return made
