"""When something was, as exactly as a person knows it: a moment, a day, a month, a year, or a stretch of days."""

from __future__ import annotations

import datetime as dt

import msgspec
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtWidgets import QDateEdit, QSpinBox, QTimeEdit, QWidget

from app.domain.fields import Precision, When
from app.domain.kinds.dates import FIRST_DAY, LAST_DAY, Unreadable, read_when
from app.ui import text
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets import form_words
from app.ui.widgets.buttons import Select
from app.ui.widgets.field_editors import Editor, Needs
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout

ALL = (Precision.DAY, Precision.INSTANT, Precision.MONTH, Precision.YEAR, Precision.PERIOD)
RECENT = (Precision.DAY, Precision.INSTANT)
"""What a moment that dates its record can be: measured things happen on a day."""

_BESIDE_PX = 9
"""Room beside the words of a date or a time, as in every other field."""


class WhenEditor(Editor):
    """A choice of how exactly, and the fields that go with it.

    With `open_at_first` nothing is claimed until somebody chooses; otherwise the editor starts on today, which is what
    "now, unless you change it" means.
    """

    def __init__(self, needs: Needs, precisions: tuple[Precision, ...] = ALL, *, open_at_first: bool = True) -> None:
        super().__init__()
        self._needs = needs
        self._precisions: tuple[Precision | None, ...] = (None, *precisions) if open_at_first else precisions
        self._zone: str | None = None
        self._quiet = False
        theme = current_hub().theme
        self.control = Select()
        for precision in self._precisions:
            self.control.addItem(form_words.precision_word(precision))
        self._first, self._last = _day_edit(tr("First day")), _day_edit(tr("Last day"))
        self._time = QTimeEdit()
        self._time.setDisplayFormat("HH:mm")  # a pattern, not words
        self._time.setAccessibleName(tr("Time of day"))
        self._month = Select(name=tr("Month"))
        for number in range(1, 13):
            self._month.addItem(text.month_name(number))
        self._year = QSpinBox()
        self._year.setRange(FIRST_DAY.year, LAST_DAY.year)
        self._year.setAccessibleName(tr("Year"))
        self._to = Label(tr("to"), "body", "ink2", lines=1)
        flow = FlowLayout(self, gap_px=theme.space("s"))
        self._parts: tuple[QWidget, ...] = (self._first, self._to, self._last, self._time, self._month, self._year)
        for part in (self.control, *self._parts):
            flow.addWidget(part)
        self.setFocusProxy(self.control)
        self._set_when(When(needs.now().date()))
        self._measure(theme)
        current_hub().changed.connect(self._measure)
        self._listen()
        if open_at_first:
            self.control.setCurrentIndex(0)
        self._arrange()

    def answer(self) -> object:
        """The parts of a `When` as JSON, or None while open."""
        when = self.when()
        return None if when is None else msgspec.to_builtins(when)

    def show_answer(self, value: object) -> None:
        """Show a moment in any form `read_when` takes."""
        try:
            when = read_when(value) if value is not None else None
        except Unreadable:
            when = None
        self._quiet = True
        if when is not None:
            self._set_when(when)
        elif None in self._precisions:
            self.control.setCurrentIndex(0)
        else:
            self._set_when(When(self._needs.now().date()))
        self._quiet = False
        self._arrange()

    def when(self) -> When | None:
        """The moment chosen."""
        precision = self._precision()
        day = _date(self._first)
        if precision is None:
            return None
        if precision is Precision.INSTANT:
            return When(day, precision, _time(self._time), self._zone or self._needs.zone or None)
        if precision is Precision.MONTH:
            return When(dt.date(self._year.value(), self._month.currentIndex() + 1, 1), precision)
        if precision is Precision.YEAR:
            return When(dt.date(self._year.value(), 1, 1), precision)
        if precision is Precision.PERIOD:
            return When(day, precision, until=max(day, _date(self._last)))
        return When(day)

    def _measure(self, theme: Theme) -> None:
        """One height for all parts; edits of Qt's own keep no room beside their words by themselves."""
        high = self.control.sizeHint().height()
        for edit in (self._first, self._last, self._time, self._year):
            edit.setFixedHeight(high)
            edit.lineEdit().setTextMargins(theme.px(_BESIDE_PX), 0, theme.px(_BESIDE_PX), 0)

    def _precision(self) -> Precision | None:
        return self._precisions[max(0, self.control.currentIndex())]

    def _set_when(self, when: When) -> None:
        if when.precision in self._precisions:
            self.control.setCurrentIndex(self._precisions.index(when.precision))
        else:
            self.control.setCurrentIndex(self._precisions.index(Precision.DAY))
        now = self._needs.now()
        self._zone = when.zone
        self._first.setDate(QDate(when.day.year, when.day.month, when.day.day))
        last = when.until or when.day
        self._last.setDate(QDate(last.year, last.month, last.day))
        time = when.time or now.time()
        self._time.setTime(QTime(time.hour, time.minute))
        self._month.setCurrentIndex(when.day.month - 1)
        self._year.setValue(when.day.year)

    def _listen(self) -> None:
        self.control.currentIndexChanged.connect(self._arrange)
        self.control.currentIndexChanged.connect(self._edited)
        self._month.currentIndexChanged.connect(self._edited)
        for edit in (self._first, self._last):
            edit.dateChanged.connect(self._edited)
        self._time.timeChanged.connect(self._edited)
        self._year.valueChanged.connect(self._edited)

    def _edited(self, _value: object) -> None:
        if not self._quiet:
            self.changed.emit()

    def _arrange(self) -> None:
        precision = self._precision()
        by_day = precision in {Precision.DAY, Precision.INSTANT, Precision.PERIOD}
        self._first.setVisible(by_day)
        self._last.setVisible(precision is Precision.PERIOD)
        self._to.setVisible(precision is Precision.PERIOD)
        self._time.setVisible(precision is Precision.INSTANT)
        self._month.setVisible(precision is Precision.MONTH)
        self._year.setVisible(precision in {Precision.MONTH, Precision.YEAR})
        self.updateGeometry()


def _day_edit(name: str) -> QDateEdit:
    edit = QDateEdit()
    edit.setDisplayFormat("d MMM yyyy")
    edit.setLocale(text.locale())
    edit.setDateRange(_qt(FIRST_DAY), _qt(LAST_DAY))
    edit.setAccessibleName(name)
    edit.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return edit


def _qt(day: dt.date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _date(edit: QDateEdit) -> dt.date:
    found = edit.date()
    return dt.date(found.year(), found.month(), found.day())


def _time(edit: QTimeEdit) -> dt.time:
    found = edit.time()
    return dt.time(found.hour(), found.minute())
