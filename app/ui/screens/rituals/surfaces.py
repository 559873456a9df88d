"""Small surfaces over the page: more about one day, rest for one ritual, rest for everything."""

from __future__ import annotations

import datetime as dt
from typing import Final

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit

from app.domain.ritual_course import Standing
from app.domain.wording import is_offered, label_for
from app.services.ritual_reading import AGREED, OPEN, RESTED
from app.ui import text
from app.ui.context import Context
from app.ui.screens.record_form.links import needs_of
from app.ui.screens.rituals.state import DayNow, Told
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, Select
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.choice_row import ChoiceRow
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label

_WEEKS: Final = (7, 14, 28)


class DaySurface(DialogSurface):
    """What a day was: an answer, a reason for a rest, a line."""

    saved = Signal(str, int, str, object, str)
    """Emitted with the record, the day, the outcome, a reason or None, and a line."""

    def __init__(self, ctx: Context, now: DayNow) -> None:
        date = text.long_date(dt.date.fromordinal(now.day))
        super().__init__(ctx.shell.ground(), now.title, close_words=tr("Close"), caption=date)
        self._record, self._day = now.record, now.day
        kind = ctx.content.kind("ritual_completion")
        outcome, reason = kind.field("outcome"), kind.field("reason")
        options = [one for one in outcome.options if not (ctx.solo and one.only == "two")] if outcome else []
        self._keys = [one.id for one in options]
        self._outcome = ChoiceRow([label_for(one, solo=ctx.solo) for one in options], name=tr("How it was"))
        offered = [one for one in reason.options if is_offered(one, solo=ctx.solo)] if reason else []
        self._reason = Chips(
            [Chip(one.id, label_for(one, solo=ctx.solo)) for one in offered],
            name=tr("Why it rested"), single=True, add=tr("other"),
        )  # fmt: skip
        self._line = Field(name=tr("A line about it"))
        shown = now.outcome or OPEN
        self._outcome.choose(self._keys.index(shown) if shown in self._keys else None)
        if now.reason:
            self._reason.choose((now.reason,))
        self._line.setText(now.line)
        self.body.addWidget(Labelled(tr("How it was"), self._outcome))
        self._why = Labelled(tr("Why it rested"), self._reason, help_words=tr("A reason is welcome and not needed."))
        self.body.addWidget(self._why)
        alone = tr("A rest of your own stays with you. What was agreed rests for both, in what is counted too.")
        self._alone = Label(alone, "small", "ink2")
        self._shared = now.shared
        self.body.addWidget(self._alone)
        self.body.addWidget(Labelled(tr("A line about it"), self._line))
        self.body.addStretch(1)
        self.footer.addStretch(1)
        save = Button(tr("Save"), "primary", hint="Ctrl+Enter")
        self.footer.addWidget(save)
        save.clicked.connect(self._save)
        self.confirmed.connect(self._save)
        self.dismissed.connect(self.close_surface)
        self._outcome.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self._why.setVisible(self._chosen() in {RESTED, AGREED})
        self._alone.setVisible(self._shared and self._chosen() == RESTED)

    def _chosen(self) -> str:
        place = self._outcome.chosen()
        return OPEN if place is None else self._keys[place]

    def _save(self) -> None:
        reason = next(iter(self._reason.chosen()), None)
        self.saved.emit(self._record, self._day, self._chosen(), reason, self._line.text().strip())
        self.close_surface()


class RestSurface(DialogSurface):
    """Rest for one ritual: for some days, until further notice, or for good."""

    saved = Signal(str, object)
    stood = Signal(str, object)

    def __init__(self, ctx: Context, told: Told) -> None:
        super().__init__(ctx.shell.ground(), tr("Rest"), close_words=tr("Close"), caption=told.title)
        self._told = told
        self.body.addWidget(Label(tr("Days of rest leave strength where it is."), "small", "ink2"))
        self._form = Form(ctx.content.kind("ritual"), needs_of(ctx), only=("rest",), headings=False)
        self._form.set_answers({key: value for key, value in told.answers.items() if key == "rest"})
        self.body.addWidget(self._form)
        self.body.addStretch(1)
        active = told.standing == Standing.ACTIVE.value
        self.turn = Button(tr("Rest until I go on") if active else tr("Take it up again"), "plain")
        self.turn.clicked.connect(lambda: self._stand(Standing.RESTING if active else Standing.ACTIVE))
        self.footer.addWidget(self.turn)
        self.footer.addStretch(1)
        save = Button(tr("Save these days"), "primary", hint="Ctrl+Enter")
        save.clicked.connect(self._save)
        self.footer.addWidget(save)
        self.confirmed.connect(self._save)
        self.dismissed.connect(self.close_surface)

    def _stand(self, standing: Standing) -> None:
        self.stood.emit(self._told.record, standing)
        self.close_surface()

    def _save(self) -> None:
        self.saved.emit(self._told.record, {"rest": self._form.answers().get("rest")})
        self.close_surface()


class PauseSurface(DialogSurface):
    """Rest for everything, with a day to go on or without."""

    chosen = Signal(object)
    """Emitted with the last day of the rest, or None for until further notice."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx.shell.ground(), tr("Let everything rest"), close_words=tr("Close"))
        theme = current_hub().theme
        self._today = ctx.now().date()
        self._length = Select(name=tr("How long"))
        for words in (tr("for a week"), tr("for two weeks"), tr("for four weeks"), tr("to a day"), tr("until I go on")):
            self._length.addItem(words)
        self._until = QDateEdit()
        self._until.setCalendarPopup(True)
        self._until.setAccessibleName(tr("Last day of rest"))
        self._until.lineEdit().setTextMargins(theme.px(9), 0, theme.px(9), 0)
        self._until.setMinimumDate(QDate(self._today.year, self._today.month, self._today.day))
        self._until.setDate(QDate(self._today.year, self._today.month, self._today.day).addDays(_WEEKS[0] - 1))
        words = tr("Every strength stays where it is, nothing reminds, and no day of it counts as open.")
        self.body.addWidget(Label(words, "body", "ink2"))
        if not ctx.solo:
            both = tr("What you two share rests on your side only; its strength goes by what both of you can see.")
            self.body.addWidget(Label(both, "small", "ink2"))
        self.body.addWidget(Labelled(tr("How long"), self._length))
        self.body.addWidget(self._until)
        self.body.addStretch(1)
        self.footer.addStretch(1)
        save = Button(tr("Let everything rest"), "primary", hint="Ctrl+Enter")
        save.clicked.connect(self._save)
        self.footer.addWidget(save)
        self.confirmed.connect(self._save)
        self.dismissed.connect(self.close_surface)
        self._length.currentIndexChanged.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self._until.setVisible(self._length.currentIndex() == len(_WEEKS))

    def _save(self) -> None:
        place = self._length.currentIndex()
        until: dt.date | None = None
        if place < len(_WEEKS):
            until = self._today + dt.timedelta(days=_WEEKS[place] - 1)
        elif place == len(_WEEKS):
            chosen = self._until.date()
            until = dt.date(chosen.year(), chosen.month(), chosen.day())
        self.chosen.emit(until)
        self.close_surface()
