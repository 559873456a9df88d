"""The Summary page: what goes in at the left, the exact pages at the right."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDateEdit,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.services.summary_choice import Choice
from app.ui import leaving
from app.ui.context import Context
from app.ui.screens.summary.include import Include
from app.ui.screens.summary.presenter import SummaryPresenter
from app.ui.screens.summary.preview import Preview
from app.ui.screens.summary.state import Span, SummaryPage
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Card, Rule
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.choice_row import Segmented
from app.ui.widgets.fields import Field, PassphraseField
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import Breadth, breadth
from app.ui.widgets.notes import Banner, EmptyState

LEFT_PX = 404
_SPANS = ((Span.THREE_MONTHS, Span.OWN), (Span.SINCE_LAST, Span.THREE_MONTHS, Span.OWN))
"""Before and after a first summary was made."""
_INITIALS, _PHONES = "initials", "phones"


class SummaryView(QWidget):
    """Renders a `SummaryPage`; every control tells the presenter at once."""

    def __init__(self, presenter: SummaryPresenter, ctx: Context) -> None:
        super().__init__()
        self._presenter, self._ctx = presenter, ctx
        self._hub = current_hub()
        self._word_chips: tuple[str, ...] = ()
        self._words_before: list[tuple[Label, QWidget]] = []
        self._make()
        self._build()
        self._connect()
        self._restyle(self._hub.theme)
        self.render_state(presenter.shown)

    def render_state(self, page: SummaryPage) -> None:
        """Show a page; what is being typed stays."""
        empty = page.offer is not None and page.offer.is_empty
        self._empty.setVisible(empty)
        self._trouble.setVisible(page.trouble is not None)
        if page.trouble is not None:
            self._trouble.say(page.trouble.paragraph)
        self._preview.setVisible(not empty and page.trouble is None)
        self._preview.show_pages(page.pages, drawing=page.drawing)
        self._print.setEnabled(page.can_leave)
        self._export.setEnabled(page.can_seal)
        note = self._ctx.content.care.summary.password_note
        self._note.setText(note if page.password else tr("A sealed file needs a password."))
        if self._password.text() != page.password:
            with QSignalBlocker(self._password):
                self._password.setText(page.password)
                self._password.setCursorPosition(0)
        known = int(page.offer is not None and page.offer.since_last is not None)
        self._period.setCurrentIndex(known)
        if page.span in _SPANS[known]:
            self._spans[known].choose(_SPANS[known].index(page.span))
        self._rows.setRowVisible(self._days, page.span is Span.OWN)
        if page.offer is None or page.choice is None:
            return
        self._include.show_choice(page.offer, page.choice)
        self._show_period(page.choice)
        self._show_covers(page.choice)
        if not self._for.hasFocus() and self._for.text() != page.choice.meant_for:
            with QSignalBlocker(self._for):
                self._for.setText(page.choice.meant_for)

    def focus_first(self) -> None:
        """Put the keyboard on whom it is for."""
        self._for.setFocus()

    def let_go(self) -> None:
        """Forget everything that is shown."""
        self._presenter.let_go()
        for field in (self._for, self._password):
            field.clear()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list of choices has become longer or shorter."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return False

    # ------------------------------------------------------------------------------------------- making

    def _make(self) -> None:
        self._for = Field(name=tr("For"), placeholder=tr("a name, or nothing"), voice="app")
        self._period = QStackedWidget()
        self._period.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._spans = (
            Segmented((tr("3 months"), tr("choose…")), name=tr("Period")),
            Segmented((tr("since last"), tr("3 months"), tr("choose…")), chosen=1, name=tr("Period")),
        )
        for spans in self._spans:
            self._period.addWidget(spans)
        self._first, self._last = _day_edit(tr("First day")), _day_edit(tr("Last day"))
        self._include = Include(self._presenter, self._ctx.content)
        self._covers = Chips(self._fixed_chips(), name=tr("Cover up"), add=tr("add a word"))
        self._password = PassphraseField(
            name=tr("Password"), show_words=tr("Show the password"), hide_words=tr("Hide the password")
        )
        self._password.toggle()
        self._note = Label("", "caption", "ink3")
        self._another = IconButton("arrows-clockwise", tr("Make another password"))
        self._print = Button(tr("Print…"), "plain", icon="printer")
        self._export = Button(tr("Export sealed PDF…"), "primary", icon="export")
        self._preview = Preview()
        self._trouble = Banner("")
        self._empty = EmptyState(
            tr("Nothing to summarise yet, and nothing is missing."),
            tr("After a few check-ins or a trigger, the pages for a session appear here."),
            action=tr("Go to today"),
            icon="sun-horizon",
        )

    def _build(self) -> None:
        inside = QWidget()
        inside.setObjectName("page")
        self._inside = QVBoxLayout(inside)
        self._inside.addLayout(self._form())
        for widget in (_heading(tr("Include")), self._include, _heading(tr("Cover up")), self._covers):
            self._inside.addWidget(widget)
        self._inside.addWidget(
            Label(tr("Covered words are removed from the file, not painted over."), "caption", "ink3")
        )
        self._inside.addStretch(1)
        inside.installEventFilter(self)
        self._choices = _scrolling(inside)
        self._card = Card()
        self._card.add(self._choices, 1)
        self._card.add(Rule())
        self._card.body.addLayout(self._password_row())
        self._note_line = QHBoxLayout()
        self._note_line.addWidget(self._note)
        self._card.body.addLayout(self._note_line)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._print)
        buttons.addWidget(self._export)
        self._card.body.addLayout(buttons)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self._trouble)
        right.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignTop)
        right.addWidget(self._preview, 1)
        page = QWidget()
        page.setObjectName("page")
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._across.addWidget(self._card)
        self._across.addWidget(self._right, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(_scrolling(page))

    def _form(self) -> QFormLayout:
        self._days = QWidget()
        days = QHBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        days.addWidget(self._first)
        days.addWidget(Label(tr("to"), "small", "ink2"))
        days.addWidget(self._last)
        days.addStretch(1)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self._beside(tr("For"), self._for), self._for)
        form.addRow(self._beside(tr("Period"), self._spans[0]), self._period)
        form.addRow(Label("", "small"), self._days)
        self._rows = form
        return form

    def _password_row(self) -> QHBoxLayout:
        self._password_line = row = QHBoxLayout()
        row.addWidget(self._beside(tr("Password"), self._password), 0, Qt.AlignmentFlag.AlignVCenter)
        field = QHBoxLayout()
        field.setSpacing(4)
        field.addWidget(self._password, 1)
        field.addWidget(self._another)
        row.addLayout(field, 1)
        return row

    def _beside(self, words: str, control: QWidget) -> Label:
        """The word before a control: as high as the control, and as wide as the widest, so that controls line up."""
        made = Label(words, "small", "ink2", lines=1)
        made.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._words_before.append((made, control))
        return made

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.state.connect(self.render_state)
        self._hub.changed.connect(self._restyle)
        self._for.textChanged.connect(lambda words: presenter.change(meant_for=words.strip()))
        for spans in self._spans:
            spans.changed.connect(self._choose_span)
        self._first.dateChanged.connect(lambda _date: self._choose_days())
        self._last.dateChanged.connect(lambda _date: self._choose_days())
        self._covers.changed.connect(self._cover)
        self._password.textChanged.connect(presenter.set_password)
        self._another.clicked.connect(presenter.new_password)
        self._empty.acted.connect(presenter.go_today)
        self._print.clicked.connect(lambda: leaving.before_printing(self._ctx, self._print_now))
        self._export.clicked.connect(lambda: leaving.before_sealing(self._ctx, self._export_now))

    # ------------------------------------------------------------------------------------------- what is done

    def _choose_span(self, index: object) -> None:
        if not isinstance(index, int):
            return
        span = _SPANS[self._period.currentIndex()][index]
        if span is Span.OWN:
            self._presenter.choose_span(span, _date(self._first), _date(self._last))
        else:
            self._presenter.choose_span(span)

    def _choose_days(self) -> None:
        self._presenter.choose_span(Span.OWN, _date(self._first), _date(self._last))

    def _cover(self, keys: object) -> None:
        if isinstance(keys, tuple):
            words = tuple(key for key in keys if key not in {_INITIALS, _PHONES})
            self._word_chips = tuple(dict.fromkeys((*self._word_chips, *words)))
            self._presenter.change(words=words, initials=_INITIALS in keys, phones=_PHONES in keys)

    def _export_now(self) -> None:
        leaving.choose_file(self, self._presenter.file_name, self._presenter.export)

    def _print_now(self) -> None:
        name = self._presenter.file_name.removesuffix(".pdf")
        self._presenter.for_printing(lambda pages: leaving.print_pages(self, pages, name))

    # ------------------------------------------------------------------------------------------- what is shown

    def _show_period(self, choice: Choice) -> None:
        for edit, day in ((self._first, choice.first), (self._last, choice.last)):
            if not edit.hasFocus():
                date = dt.date.fromordinal(day)
                with QSignalBlocker(edit):
                    edit.setDate(QDate(date.year, date.month, date.day))

    def _show_covers(self, choice: Choice) -> None:
        words = tuple(dict.fromkeys((*self._word_chips, *choice.words)))
        wanted = (*((_INITIALS,) if choice.initials else ()), *((_PHONES,) if choice.phones else ()), *choice.words)
        if words != self._word_chips:
            self._word_chips = words
            self._covers.offer([*self._fixed_chips(), *(Chip(word, word) for word in words)])
        if set(self._covers.chosen()) != set(wanted):
            self._covers.choose(wanted)

    def _fixed_chips(self) -> list[Chip]:
        return [Chip(_INITIALS, tr("names to initials")), Chip(_PHONES, tr("phone numbers"))]

    def _arrange(self) -> None:
        narrow = breadth(self.window().width(), self._hub.theme) is Breadth.NARROW
        self._across.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        width = self._hub.theme.px(LEFT_PX)
        self._card.setMinimumWidth(0 if narrow else width)
        self._card.setMaximumWidth(16_777_215 if narrow else width)
        inside = self._choices.viewport().width()
        whole = self._inside.totalHeightForWidth(inside) if narrow else self._hub.theme.px(120)
        self._choices.setMinimumHeight(whole)

    def _restyle(self, theme: Theme) -> None:
        self._across.setContentsMargins(0, 0, 0, theme.px(20))
        widest = max(before.sizeHint().width() for before, _ in self._words_before)
        for before, control in self._words_before:
            before.setMinimumSize(widest, control.sizeHint().height() - 2)
        self._password_line.setSpacing(theme.px(16))
        self._note_line.setContentsMargins(widest + theme.px(16), 0, 0, 0)
        self._across.setSpacing(theme.space("card_gap"))
        self._card.body.setSpacing(theme.px(8))
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(theme.px(7))
        self._rows.setHorizontalSpacing(theme.px(16))
        self._rows.setVerticalSpacing(theme.px(8))
        self._include.restyle()
        self._arrange()


def _heading(words: str) -> Label:
    made = Label(words, "label")
    made.set_weight(600)
    return made


def _day_edit(name: str) -> QDateEdit:
    edit = QDateEdit()
    edit.setAccessibleName(name)
    edit.setDisplayFormat("d MMM yyyy")
    edit.setKeyboardTracking(False)
    return edit


def _date(edit: QDateEdit) -> dt.date:
    found = edit.date()
    return dt.date(found.year(), found.month(), found.day())


def _scrolling(inside: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    return scroll
