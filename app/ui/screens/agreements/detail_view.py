"""One agreement: its words, why, what follows when it is crossed, the marks, and how it has gone."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.agreements.asked import FootPart, MarksPart
from app.ui.screens.agreements.occasions import OccasionList
from app.ui.screens.agreements.parts import dot_mark, drawn
from app.ui.screens.agreements.state import Detail, Dot, Section
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Caption, Rule, Surface
from app.ui.widgets.dot_row import DotRow, paint_dot
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.notes import Banner
from app.ui.widgets.painting import PaintedWidget
from app.ui.widgets.scroll_part import ScrollPart


class DetailView(Surface):
    """A card that scrolls between its head and what is asked at its foot."""

    acted = Signal(str)
    """Emitted with what a button asks for."""
    occasion_acted = Signal(str, str, str)
    """Emitted with what is asked, the occasion's first note, and this person's own reading of it or ""."""
    history_asked = Signal()
    """Emitted by the button of the history."""

    def __init__(self) -> None:
        super().__init__("card")
        self._detail: Detail | None = None
        self.head = _Head()
        self.head.change.clicked.connect(lambda _checked=False: self.acted.emit("change"))
        self.head.history.clicked.connect(lambda _checked=False: self.history_asked.emit())
        self.head.more.clicked.connect(lambda _checked=False: self._pop_menu())
        self._menu = QMenu(self)
        self.pane = ScrollPart(self)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, self._hub.theme.space("xs"), 0)
        self._column.setSpacing(self._hub.theme.space("xs"))
        self.words = Label("", "agreement")
        self._sections = QVBoxLayout()
        self._marks = MarksPart()
        self._marks.acted.connect(self.acted)
        self._gone = _Gone()
        self._gone.note.clicked.connect(lambda _checked=False: self.acted.emit("note"))
        self.occasions = OccasionList()
        self.occasions.acted.connect(self.occasion_acted)
        self._doubt = Banner("", tone="care")
        self._doubt.hide()
        self._column.addWidget(self.words)
        self._column.addWidget(self._doubt)
        self._column.addLayout(self._sections)
        parts: tuple[QWidget, ...] = (Rule(), self._marks, Rule(), self._gone, self.occasions)
        for part in parts:
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.pane.setWidget(self._inner)
        self.foot = FootPart()
        self.foot.acted.connect(self.acted)
        self.body.addWidget(self.head)
        self.body.addWidget(self.pane, 1)
        self.body.addWidget(self.foot)

    def show_detail(self, detail: Detail) -> None:
        """Show one; what did not change is left as it is, and another one begins at its top."""
        before, self._detail = self._detail, detail
        if detail == before:
            return
        self.setAccessibleName(detail.words)
        self.head.show_detail(detail)
        self.words.setText(detail.words)
        self._doubt.setVisible(bool(detail.doubt))
        if detail.doubt:
            self._doubt.say(detail.doubt)
        if before is None or before.sections != detail.sections:
            self._show_sections(detail.sections)
        self._marks.show_marks(detail.marks_heading, detail.tiles, detail.mark_acts)
        self._gone.show_weeks(detail)
        self.occasions.show_entries(detail.occasions)
        self.foot.show_foot(detail.foot)
        if before is None or before.record != detail.record:
            self.pane.verticalScrollBar().setValue(0)

    def let_go(self) -> None:
        """Keep no words."""
        empty = Detail("", "", "", "", (), "", (), (), (), (), "", (), ())
        self.show_detail(empty)
        self._detail = None

    def focus_first(self) -> None:
        """The keyboard goes to what is asked now, else to the first thing that can be done."""
        goal = self.foot.first() or self._marks.first() or self.head.change
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_sections(self, sections: tuple[Section, ...]) -> None:
        _clear(self._sections)
        self._sections.setSpacing(self._hub.theme.space("xs"))
        for section in sections:
            self._sections.addWidget(Rule())
            self._sections.addWidget(Label(section.question, "label"))
            self._sections.addWidget(Label(section.words, "line"))

    def _pop_menu(self) -> None:
        self._menu.clear()
        for act in self._detail.more if self._detail is not None else ():
            self._menu.addAction(act.words, partial(self.acted.emit, act.id))
        self._menu.popup(self.head.more.mapToGlobal(self.head.more.rect().bottomLeft()))


class _Head(QWidget):
    """What it is and which version, the way back where there is one, and the three buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.back = IconButton("arrow-left", tr("All agreements"))
        self.back.hide()
        self._sort = _Sort()
        self._version = Label("", "small", "ink2", lines=1, elide=True)
        self.where = Caption()
        self.change = Button(tr("Change…"), "plain", icon="pencil-simple", small=True, collapsible=True)
        self.history = Button(tr("History"), "plain", icon="history", small=True, collapsible=True)
        self.history.setCheckable(True)
        self.more = IconButton("dots-three", tr("More for this agreement"), "plain")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.back)
        row.addWidget(self._sort)
        row.addWidget(self._version, 1)
        parts: tuple[QWidget, ...] = (self.where, self.change, self.history, self.more)
        for part in parts:
            row.addWidget(part)

    def show_detail(self, detail: Detail) -> None:
        self._sort.words.setText(detail.sort)
        self._version.setText(detail.version)
        self.where.show_words(*detail.where)
        self.where.setVisible(detail.where[1] == "private")
        self.change.setVisible(detail.can_change)


class _Sort(Surface):
    """What sort of thing it is, in a small outline."""

    def __init__(self) -> None:
        super().__init__("sunken", radius_px=12, edge="line")
        self.words = Label("", "caption", "ink2", lines=1)
        self.body.addWidget(self.words)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    @override
    def _pad(self) -> None:
        px = current_hub().theme.px
        self.body.setContentsMargins(px(9), px(2), px(9), px(2))


class _Gone(QWidget):
    """A mark a week, their counts with words, and what they come to where there is enough."""

    def __init__(self) -> None:
        super().__init__()
        theme = current_hub().theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("s"))
        top = QHBoxLayout()
        top.setSpacing(theme.space("s"))
        top.addWidget(Label(tr("How it has gone"), "label", lines=1, elide=True), 1)
        top.addWidget(Label(tr("each mark is a week"), "small", "ink2", lines=1, elide=True))
        self.note = Button(tr("Note an occasion"), "plain", icon="plus", small=True, collapsible=True)
        top.addWidget(self.note)
        column.addLayout(top)
        self.row = _Weeks()
        column.addWidget(self.row)
        self._legend_box = QWidget()
        self._legend = FlowLayout(self._legend_box, gap_px=theme.space("l"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._legend_box.setSizePolicy(policy)
        column.addWidget(self._legend_box)
        self._share = Label("", "small", "ink2")
        column.addWidget(self._share)

    def show_weeks(self, detail: Detail) -> None:
        said = ", ".join(words for _, words in detail.legend)
        weeks = tr("{counts}, one mark a week").format(counts=said) if said else tr("nothing noted yet")
        self.row.show_dots(detail.dots, weeks)
        while (item := self._legend.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for dot, words in detail.legend:
            self._legend.addWidget(_legend(dot, words))
        self._share.setText(detail.share)
        self._share.setVisible(bool(detail.share))
        self.note.setVisible(detail.can_change)
        self._legend_box.updateGeometry()


class _Weeks(QWidget):
    """The newest weeks that have room, in one row that arrows walk."""

    def __init__(self) -> None:
        super().__init__()
        self._dots: tuple[Dot, ...] = ()
        self._said = ""
        self.dots = DotRow(name=tr("How it has gone, week by week"), explorable=True, parent=self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_dots(self, dots: tuple[Dot, ...], said: str) -> None:
        self._dots, self._said = dots, said
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        return self.dots.sizeHint()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = current_hub().theme
        pitch = theme.size("dot") + theme.size("dot_gap")
        fits = max(1, (self.width() + theme.size("dot_gap")) // pitch)
        self.dots.show_marks([dot_mark(dot) for dot in self._dots[-fits:]], self._said)
        self.dots.resize(self.dots.sizeHint())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            self.dots.move(self.width() - self.dots.width(), 0)
        self.setFixedHeight(self.dots.height())


class _LegendDot(PaintedWidget):
    """One mark as the legend shows it."""

    def __init__(self, dot: Dot) -> None:
        super().__init__()
        self._dot = drawn(dot)

    @override
    def wanted(self) -> QSize:
        side = self.theme.px(14)
        return QSize(side, side)

    @override
    def draw(self, painter: QPainter) -> None:
        paint_dot(painter, QRectF(self.rect()).center(), self.theme.size("dot"), self._dot, self.theme)


def _legend(dot: Dot, words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(5)
    row.addWidget(_LegendDot(dot))
    row.addWidget(Label(words, "small", "ink2", lines=1))
    return made


def _clear(layout: QHBoxLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
