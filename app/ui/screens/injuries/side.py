"""Beside the story: linked triggers by month, new moments, and how heavy it is today."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.charts import linked
from app.charts.plot import Caption as ChartCaption
from app.charts.plot import Plot
from app.ui import text
from app.ui.screens.injuries.belonging_list import BelongingList
from app.ui.screens.injuries.moment_row import MomentRow
from app.ui.screens.injuries.state import Detail, LinkedMonths, MomentLine, Weight
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.card import Rule
from app.ui.widgets.chart_view import ChartView
from app.ui.widgets.label import Label
from app.ui.widgets.marks import KeyHint, MomentMark
from app.ui.widgets.scale import Scale
from app.ui.widgets.scroll_part import ScrollPart
from app.ui.widgets.text_link import TextLink
from app.ui.widgets.weight_course import WeightCourse

_CHART_PX = 90
_COURSE_PX = 420
"""With less height the course of the weight and its ends are left to its description; new moments need the room."""
_HINT_PX = 272
"""Width from which the key of the weight is shown beside its question."""


class Side(QWidget):
    """Three parts with hairlines between them."""

    add_asked = Signal()
    """Emitted when a new moment should be written."""
    moment_opened = Signal(str)
    """Emitted with the new moment to open."""
    weighed = Signal(object)
    """Emitted with 0 to 10, or None when the answer was taken back."""
    month_opened = Signal(int)
    """Emitted with the first day (an ordinal) of the month whose triggers should be shown."""
    weights_asked = Signal()
    """Emitted when every answer about the weight should be shown."""

    def __init__(self) -> None:
        super().__init__()
        self._hub = current_hub()
        self._linked: LinkedMonths | None = None
        self._moments: tuple[MomentLine, ...] | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._upper = QWidget()
        self._box = QVBoxLayout(self._upper)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._build_chart()
        self._box.addWidget(Rule())
        self._build_moments()
        self._rule = Rule()
        self._box.addWidget(self._rule)
        self.belongings = BelongingList()
        self._box.addWidget(self.belongings)
        self._box.addStretch(1)
        self._scroll = ScrollPart(self)
        self._scroll.hide()
        self._outer.addWidget(self._scroll, 1)
        self._outer.addWidget(self._upper, 1)
        self._weight = QWidget()
        self._weight_box = QVBoxLayout(self._weight)
        self._build_weight()
        self._outer.addWidget(self._weight)
        self._restyle(self._hub.theme)
        self._hub.changed.connect(self._restyle)

    def scroll_apart(self, apart: bool) -> None:  # a shape, as `setVisible` takes it
        """Let chart and new moments scroll by themselves with the weight in sight below them; else it comes first."""
        self._outer.removeWidget(self._weight)
        self._outer.insertWidget(-1 if apart else 0, self._weight)
        self._above.setVisible(apart)
        self._below.setVisible(not apart)
        if apart == (self._scroll.widget() is not None):
            return
        if apart:
            self._outer.removeWidget(self._upper)
            self._scroll.setWidget(self._upper)
        else:
            self._scroll.takeWidget()
            self._outer.addWidget(self._upper, 1)
        self._scroll.setVisible(apart)
        self._upper.show()

    def render_parts(self, detail: Detail) -> None:
        """Show what stands beside this thread's story; what did not change is left alone."""
        self._show_months(detail.linked)
        if detail.moments != self._moments:
            self._moments = detail.moments
            self._show_moments(detail.moments)
        self.belongings.show_lines(detail.belongings, detail.offered)
        self._rule.setVisible(not self.belongings.isHidden())
        self._show_weight(detail.weight)

    def focus_weight(self) -> None:
        """Put the keyboard on today's weight: the next digit answers."""
        if not self._weight.isHidden():
            self._scale.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_months(self, months: LinkedMonths) -> None:
        if months == self._linked:
            return
        self._linked = months
        self._total.setText(months.total)
        self._total.setAccessibleName(tr("{total}, read those of a month").format(total=months.total))
        self._total.setVisible(any(months.counts))
        self._legend.setVisible(bool(months.moments))
        self._sentence.setText(months.sentence)
        drawn = any(months.counts) or bool(months.moments)
        self._chart.set_plot(plot_of(months) if drawn else None)
        self._chart.setVisible(drawn)

    def _show_weight(self, weight: Weight) -> None:
        self._weight.setVisible(weight.asked)
        self._question.setText(weight.question)
        self._scale.setAccessibleName(weight.question)
        self._scale.set_value(weight.value)
        ends = tr("0 {low}, 10 {high}").format(low=weight.low, high=weight.high)
        self._ends.setText(ends)
        self._scale.setToolTip(ends)
        self._course.setText(weight.course)
        self._scale.setAccessibleDescription(weight.course)
        self._drawn = len(weight.points) > 1
        self._picture.show_points(weight.points, weight.question, weight.course)
        count = text.count_of(len(weight.dates), tr("{n} answer"), tr("{n} answers"))
        self._answers.setText(count)
        self._answers.setAccessibleName(tr("{answers}, show all").format(answers=count))
        self._answers.setVisible(bool(weight.dates))
        self._fit_course()

    def let_go(self) -> None:
        """Forget what is drawn, for the lock."""
        self._linked, self._moments = None, None
        self._chart.set_plot(None)
        self._show_moments(())
        self.belongings.show_lines((), ())
        self._picture.show_points((), "", "")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_course()

    def _fit_course(self) -> None:
        """The course as a picture where there are answers to draw, else in words where there is height for them."""
        apart = self._scroll.widget() is not None
        room = not apart or self.height() >= self._hub.theme.px(_COURSE_PX)
        self._key.setVisible(self.width() >= self._hub.theme.px(_HINT_PX))
        self._picture.setVisible(self._drawn)
        self._course.setVisible(not self._drawn and room)
        self._ends.setVisible(room or self._scale.value() is None)

    def show_newest_month(self) -> None:
        """Ask for the newest month that has any."""
        months = self._linked
        if months is not None:
            self._open_month(max((n for n, count in enumerate(months.counts) if count), default=0))

    def _open_month(self, stop: int) -> None:
        months = self._linked
        if months is not None and months.counts[stop]:
            self.month_opened.emit(months.months[stop])

    def _build_chart(self) -> None:
        row = QHBoxLayout()
        row.addWidget(Label(tr("Triggers linked, by month"), "small", "ink2", lines=1, elide=True), 1)
        self._total = TextLink("")
        self._total.clicked.connect(lambda _checked=False: self.show_newest_month())
        row.addWidget(self._total)
        self._chart = ChartView()
        self._chart.set_menu_words(tr("Show as table"), tr("Show as chart"))
        self._chart.activated.connect(self._open_month)
        self._sentence = Label("", "caption", "ink2")
        self._legend = QWidget()
        legend = QHBoxLayout(self._legend)
        legend.setContentsMargins(0, 0, 0, 0)
        legend.setSpacing(2)
        legend.addWidget(MomentMark())
        legend.addWidget(Label(tr("new moment"), "caption", "ink2", lines=1))
        told = QHBoxLayout()
        told.addWidget(self._sentence, 1)
        told.addWidget(self._legend, 0, Qt.AlignmentFlag.AlignTop)
        self._box.addLayout(row)
        self._box.addWidget(self._chart)
        self._box.addLayout(told)

    def _build_moments(self) -> None:
        row = QHBoxLayout()
        row.addWidget(Label(tr("New moments"), "small", "ink2", lines=1), 1)
        self._add = TextLink(tr("Add"), icon="plus")
        self._add.setAccessibleName(tr("Add a new moment"))
        self._add.clicked.connect(lambda _checked=False: self.add_asked.emit())
        row.addWidget(self._add)
        self._none = Label(tr("None written down yet, and none can be hurried."), "small", "ink3")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._box.addLayout(row)
        self._box.addWidget(self._none)
        self._box.addLayout(self._rows)

    def _build_weight(self) -> None:
        self._question = Label("", "small", "ink2")
        self._scale = Scale(unanswered=tr("not answered"), compact=True)
        self._scale.changed.connect(self.weighed)
        self._ends = Label("", "caption", "ink3")
        self._course = Label("", "caption", "ink3")
        self._picture = WeightCourse(high_px=30)
        self._drawn = False
        self._answers = TextLink("")
        self._answers.clicked.connect(lambda _checked=False: self.weights_asked.emit())
        asked = QHBoxLayout()
        asked.setSpacing(self._hub.theme.space("m"))
        asked.addWidget(self._question, 1, Qt.AlignmentFlag.AlignVCenter)
        self._key = KeyHint(tr("Ctrl+H"))
        asked.addWidget(self._key)
        asked.addWidget(self._answers)
        given = QHBoxLayout()
        given.setSpacing(self._hub.theme.space("m"))
        given.addWidget(self._scale, 0, Qt.AlignmentFlag.AlignLeft)
        given.addWidget(self._picture, 1)
        self._above, self._below = Rule(), Rule()
        self._weight_box.addWidget(self._above)
        self._weight_box.addLayout(asked)
        self._weight_box.addLayout(given)
        for part in (self._ends, self._course, self._below):
            self._weight_box.addWidget(part)

    def _show_moments(self, moments: tuple[MomentLine, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        longest = max((moment.date for moment in moments), key=len, default="")
        for moment in moments:
            row = MomentRow(moment, longest)
            row.opened.connect(self.moment_opened)
            self._rows.addWidget(row)
        self._none.setVisible(not moments)

    def _restyle(self, theme: Theme) -> None:
        self._chart.setFixedHeight(theme.px(_CHART_PX))
        self._box.setSpacing(theme.px(3))
        self._box.setContentsMargins(theme.px(8), theme.px(4), theme.px(2), 0)
        self._weight_box.setSpacing(theme.px(3))
        self._weight_box.setContentsMargins(theme.px(8), 0, theme.px(2), theme.px(4))


def plot_of(months: LinkedMonths) -> Plot:
    """The chart of linked triggers, read out month by month."""
    data = linked.LinkedData(
        np.array(months.months, dtype=np.int64),
        np.array(months.counts, dtype=np.int64),
        np.array(sorted(months.moments), dtype=np.int64),
    )
    labels = linked.LinkedLabels(months.names, months.columns)
    by_month = linked.moments_by_month(data)
    table = linked.table(data, labels)

    def readout(stop: int) -> str:
        name = str(table.rows[stop][0])
        triggers = text.count_of(months.counts[stop], tr("{n} trigger"), tr("{n} triggers"))
        new = int(by_month[stop]) if stop < len(by_month) else 0
        if not new:
            return tr("{month}: {triggers}").format(month=name, triggers=triggers)
        moments = text.count_of(new, tr("{n} new moment"), tr("{n} new moments"))
        return tr("{month}: {triggers}, {moments}").format(month=name, triggers=triggers, moments=moments)

    return linked.plot(data, labels, ChartCaption(tr("Triggers linked, by month"), months.sentence, readout))
