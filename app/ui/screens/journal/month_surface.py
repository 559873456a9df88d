"""Going to a month: every month that holds entries, by year, with how many."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from PySide6.QtCore import Signal

from app.services.filtering import Outline
from app.ui import text
from app.ui.context import Context
from app.ui.text import tr
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.label import Label


class MonthSurface(DialogSurface):
    """One choice closes it."""

    month_chosen = Signal(int)
    """Emitted with the last day (ordinal) of the month that holds entries."""

    def __init__(self, ctx: Context, outline: Outline) -> None:
        super().__init__(ctx.shell.ground(), tr("Go to a month"), close_words=tr("Close"))
        self.years: list[Chips] = []
        for year, days in groupby(outline, key=lambda day: dt.date.fromordinal(day[0]).year):
            heading = str(year)
            months = Chips(_months(list(days)), name=heading, single=True)
            months.changed.connect(self._take)
            self.years.append(months)
            self.body.addWidget(Label(heading, "label", "ink2"))
            self.body.addWidget(months)
        self.body.addStretch(1)
        self.footer.addStretch(1)
        close = Button(tr("Stay here"), "plain")
        close.clicked.connect(lambda _checked=False: self.close_surface())
        self.footer.addWidget(close)
        self.dismissed.connect(self.close_surface)

    def _take(self, keys: tuple[str, ...]) -> None:
        self.close_surface()
        if keys:
            self.month_chosen.emit(int(keys[0]))


def _months(days: list[tuple[int, int]]) -> list[Chip]:
    chips = []
    for number, found in groupby(days, key=lambda day: dt.date.fromordinal(day[0]).month):
        held = list(found)
        words = tr("{month} · {count}").format(
            month=text.month_name(number), count=text.number(sum(count for _, count in held))
        )
        chips.append(Chip(str(held[0][0]), words))
    return chips
