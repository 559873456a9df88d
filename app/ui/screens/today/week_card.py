"""The card of a week to look back on: three questions, two minutes, or one quiet line where it is not wanted often."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.look_backs import ASKED, KIND, WeekOffer
from app.ui import text
from app.ui.context import Context
from app.ui.screens.record_form.links import needs_of
from app.ui.screens.today.lifted import LiftedCard
from app.ui.screens.today.week_presenter import WeekPage, WeekPresenter
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets import form_words
from app.ui.widgets.buttons import Button
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.question import Trouble
from app.ui.widgets.text_link import TextLink


class WeekCard(LiftedCard):
    """Takes no room while no week is offered. Ctrl+Enter saves from anywhere inside."""

    def __init__(self, ctx: Context, presenter: WeekPresenter) -> None:
        super().__init__(tr("The week"), caption=tr("Only you"), caption_icon="private")
        self._ctx, self._presenter = ctx, presenter
        self._shown = 0
        self.form = Form(ctx.content.kind(KIND), needs_of(ctx), only=ASKED, headings=False)
        self._known: dict[str, object] = {}
        self.form.changed.connect(self._changed)
        self._trouble = Trouble()
        self._open = self._build_open()
        self._quiet = self._build_quiet()
        for part in (self._trouble, self._open, self._quiet):
            self.add(part)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._ask)
        presenter.state.connect(self.show_page)
        ctx.bus.locking.connect(presenter.let_go)
        self.show_page(presenter.page)

    def show_page(self, page: WeekPage) -> None:
        """Show an offer, or nothing; what is being typed is only replaced by that of another week."""
        offer = page.offer
        self.setVisible(offer is not None)
        if offer is None:
            self._shown = 0
            self.form.set_answers({})
            self._known = {}
            return
        self.set_heading(self._words(offer))
        if offer.last != self._shown:
            self._shown = offer.last
            self.form.set_answers(offer.answers)
            self._known = self.answers()
        self._open.setVisible(page.open)
        self._quiet.setVisible(not page.open)
        self._trouble.say(page.trouble or (form_words.trouble(page.refused[1]) if page.refused[1] else ""))
        if page.refused[0] in self.form.asked():
            self.form.focus_first(page.refused[0])

    def answers(self) -> dict[str, object]:
        """What is answered now."""
        return {name: value for name, value in self.form.answers().items() if name in ASKED}

    def _build_open(self) -> QWidget:
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(current_hub().theme.space("m"))
        box.addWidget(self.form)
        row = QHBoxLayout()
        self.later = Button(tr("Not now"), "quiet")
        self.later.clicked.connect(lambda _checked=False: self._presenter.not_now())
        self.save = Button(tr("Save this week"), "primary", hint="Ctrl+Enter")
        self.save.clicked.connect(self._ask)
        row.addStretch(1)
        row.addWidget(self.later)
        row.addWidget(self.save)
        box.addLayout(row)
        return made

    def _build_quiet(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(tr("Here when you want it."), "body", "ink2"), 1)
        self.take_up = TextLink(self._ctx.content.kind(KIND).add, trailing="arrow-right")
        self.take_up.clicked.connect(self._begin)
        row.addWidget(self.take_up)
        return made

    def _changed(self) -> None:
        """Editors also speak up when they are set in another size: only other answers are news."""
        found = self.answers()
        if found != self._known:
            self._known = found
            self._presenter.edited(found)

    def _begin(self) -> None:
        self._presenter.take_up()
        self.form.focus_first(ASKED[0])

    def _ask(self) -> None:
        if not self._open.isHidden() and self.form.check():
            self._presenter.save(self.answers())

    def _words(self, offer: WeekOffer) -> str:
        today = self._ctx.now().date()
        first, last = (text.short_date(dt.date.fromordinal(day), today) for day in (offer.first, offer.last))
        return tr("The week of {first} to {last}").format(first=first, last=last)
