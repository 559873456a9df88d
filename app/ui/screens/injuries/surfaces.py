"""Small surfaces over an opened thread: the triggers of a month, and every answer about its weight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.thread_parts import MonthTrigger
from app.ui import text
from app.ui.context import Context
from app.ui.screens.injuries.open_row import OpenRow
from app.ui.screens.injuries.state import Weight
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Rule
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.label import Label
from app.ui.widgets.weight_course import WeightCourse

_PICTURE_PX = 150


class MonthSurface(DialogSurface):
    """The triggers of one month that link to a thread; each opens in the Journal. Other months are one button away."""

    trigger_opened = Signal(str)
    """Emitted with the trigger to read; the surface closes itself first."""
    month_asked = Signal(int)
    """Emitted with the first day (an ordinal) of another month; the surface closes itself first."""

    def __init__(self, ctx: Context, month: int, found: Sequence[MonthTrigger], others: tuple[int, int]) -> None:
        """`others` are the first days of the months before and after that have any, 0 where none has."""
        named = text.month_and_year(dt.date.fromordinal(month))
        super().__init__(
            ctx.shell.ground(), tr("Linked triggers, {month}").format(month=named), close_words=tr("Close")
        )
        self.body.setSpacing(0)
        longest = max((_day(one.day) for one in found), key=len, default="")
        for number, one in enumerate(found):
            if number:
                self.body.addWidget(Rule())
            row = TriggerRow(one, longest)
            row.opened.connect(self._open)
            self.body.addWidget(row)
        self.body.addStretch(1)
        before, after = others
        for first, words, icon, trailing in (
            (before, tr("Earlier month"), "arrow-left", ""), (after, tr("Later month"), "", "arrow-right"),
        ):  # fmt: skip
            button = Button(words, "quiet", icon=icon, trailing=trailing)
            button.setEnabled(bool(first))
            button.clicked.connect(lambda _checked=False, first=first: self._go(first))
            self.footer.addWidget(button)
        self.footer.addStretch(1)
        count = Label(text.count_of(len(found), tr("{n} trigger"), tr("{n} triggers")), "caption", "ink3", lines=1)
        self.footer.addWidget(count, 0, Qt.AlignmentFlag.AlignVCenter)
        self.dismissed.connect(self.close_surface)

    def _open(self, record: str) -> None:
        self.close_surface()
        self.trigger_opened.emit(record)

    def _go(self, first: int) -> None:
        self.close_surface()
        self.month_asked.emit(first)


class TriggerRow(OpenRow):
    """Its day, its cue, and how strong it was."""

    def __init__(self, one: MonthTrigger, longest: str) -> None:
        super().__init__(one.record)
        theme = current_hub().theme
        day = Label(_day(one.day), "small", "ink2", lines=1)
        day.setMinimumWidth(Label(longest, "small", "ink2", lines=1).sizeHint().width())
        title = one.title or tr("A trigger, tallied")
        self.row.setContentsMargins(theme.px(4), theme.px(8), theme.px(4), theme.px(8))
        self.row.setSpacing(theme.space("m"))
        self.row.addWidget(day, 0, Qt.AlignmentFlag.AlignTop)
        self.row.addWidget(Label(title, "line"), 1)
        strength = ""
        if one.peak is not None:
            strength = tr("strength {peak}").format(peak=text.number(one.peak))
            self.row.addWidget(Label(strength, "small", "ink3", lines=1), 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(", ".join(part for part in (_day(one.day), title, strength) if part))


class WeightSurface(DialogSurface):
    """How heavy a thread was, each time it was answered: the picture, and the same as a list."""

    def __init__(self, ground: QWidget, weight: Weight) -> None:
        super().__init__(ground, tr("How heavy, over time"), close_words=tr("Close"))
        if len(weight.points) > 1:
            picture = WeightCourse(high_px=_PICTURE_PX, labelled=True)
            picture.show_points(weight.points, weight.question, weight.course)
            self.body.addWidget(picture)
        self.body.addWidget(Label(weight.course, "small", "ink2"))
        ends = tr("0 {low}, 10 {high}").format(low=weight.low, high=weight.high)
        self.body.addWidget(Label(ends, "caption", "ink3"))
        for day, value in weight.dates:
            row = QWidget()
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.addWidget(Label(day, "small", "ink2", lines=1), 1)
            across.addWidget(Label(value, "small", "ink", lines=1))
            self.body.addWidget(Rule())
            self.body.addWidget(row)
        self.body.addStretch(1)
        close = Button(tr("Close"), "plain")
        close.clicked.connect(lambda _checked=False: self.close_surface())
        self.footer.addStretch(1)
        self.footer.addWidget(close)
        self.dismissed.connect(self.close_surface)


def _day(day: int) -> str:
    date = dt.date.fromordinal(day)
    return tr("{weekday} {day}").format(weekday=text.weekday(date), day=text.number(date.day))
