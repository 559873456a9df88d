"""The navigation rail: pages in groups, settings below, and who is here at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.theme.icons import paint_icon
from app.ui.theme.tokens import Role, Theme
from app.ui.widgets.focus_ring import RingKeeper
from app.ui.widgets.layouts import Breadth
from app.ui.widgets.marks import Person, paint_mark
from app.ui.widgets.painting import box, painting, text

_WIDEST_PX = 240


@dataclass(frozen=True, slots=True)
class NavItem:
    """One page: its id, its words, its icon, and its shortcut for the tooltip."""

    key: str
    words: str
    icon: str
    hint: str = ""


class NavRow(QAbstractButton):
    """One row of the rail; icon alone when the rail is collapsed."""

    def __init__(self, words: str, icon: str, hint: str = "", *, checkable: bool = True) -> None:
        super().__init__()
        self._hub = current_hub()
        self._icon, self._hint = icon, hint
        self._collapsed = False
        self._ring = RingKeeper(self, self._shape)
        self.setText(words)
        self.setCheckable(checkable)
        self.setAutoExclusive(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)
        self.setAccessibleDescription(hint)

    def set_collapsed(self, collapsed: bool) -> None:
        """Show the icon alone; the words become the tooltip."""
        self._collapsed = collapsed
        tip = f"{self.text()}  {self._hint}".strip() if collapsed else self._hint
        self.setToolTip(tip)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = self._hub.theme
        wide = theme.px(36)
        if not self._collapsed:
            words = QFontMetrics(theme.font("body", weight=600)).horizontalAdvance(self.text())
            wide = theme.px(40) + words + theme.px(12)
        return QSize(wide, theme.size("row"))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._hub.theme.px(36), self._hub.theme.size("row"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._hub.theme, QRectF(self.rect())
        active = self.isChecked()
        with painting(self, theme) as painter:
            if active:
                box(painter, rect, theme.radius("control"), fill=theme.color("card"), edge=theme.color("line"))
            elif self.underMouse():
                box(painter, rect, theme.radius("control"), fill=theme.color("hover"))
            self._draw(painter, theme, active=active)

    def _draw(self, painter: QPainter, theme: Theme, *, active: bool) -> None:
        side = theme.size("icon")
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = (self.width() - side) / 2 if self._collapsed else theme.px(11)
        place = QRectF(self.width() - left - side if mirrored else left, 0, side, self.height())
        paint_icon(painter, place, self._icon, "lee" if active else "ink2", self._hub)
        if self._collapsed:
            return
        start = theme.px(40)
        words = QRectF(0 if mirrored else start, 0, self.width() - start, self.height())
        align = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        role: Role = "ink" if active else "ink2"
        font = QFontMetrics(theme.font("body", weight=600 if active else 400))
        shown = font.elidedText(self.text(), Qt.TextElideMode.ElideRight, round(words.width()) - theme.px(4))
        absolute = align | Qt.AlignmentFlag.AlignAbsolute
        text(painter, words, shown, theme, "body", role, align=absolute, weight=600 if active else 400)

    def _shape(self) -> tuple[QRectF, float]:
        return QRectF(self.rect()).adjusted(3, 3, -3, -3), self._hub.theme.radius("control") - 2


class PersonRow(NavRow):
    """Who is here, at the foot of the rail; opens the menu of people."""

    def __init__(self, people: Sequence[Person], words: str) -> None:
        super().__init__(words, "", checkable=False)
        self._people = tuple(people)

    def show_people(self, people: Sequence[Person], words: str) -> None:
        """Show who is here now; nobody with an empty sequence."""
        self._people = tuple(people)
        self.setText(words)
        self.setAccessibleName(words)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + self._hub.theme.px(24), self._hub.theme.px(42))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._hub.theme.px(36), self._hub.theme.px(42))

    @override
    def _draw(self, painter: QPainter, theme: Theme, *, active: bool) -> None:
        side, gap = theme.size("person_mark"), theme.px(5)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        shown = self._people[:1] if self._collapsed else self._people
        x = (self.width() - side) / 2 if self._collapsed else theme.px(8)
        for person in shown:
            left = self.width() - x - side if mirrored else x
            paint_mark(painter, QRectF(left, (self.height() - side) / 2, side, side), person, theme, ground="rail")
            x += side + gap
        if self._collapsed:
            return
        x += theme.px(4)
        caret = theme.size("icon_small")
        room = self.width() - x - caret - theme.px(12)
        words = QRectF(self.width() - x - room if mirrored else x, 0, room, self.height())
        align = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        fitted = QFontMetrics(theme.font("body")).elidedText(self.text(), Qt.TextElideMode.ElideRight, round(room))
        text(painter, words, fitted, theme, "body", "ink2", align=align | Qt.AlignmentFlag.AlignAbsolute)
        end = theme.px(10) if mirrored else self.width() - caret - theme.px(10)
        paint_icon(painter, QRectF(end, 0, caret, self.height()), "caret-up", "ink3", self._hub)


class NavRail(QFrame):
    """Pages at the left of the window: 188 px with words, 56 with icons, or only the page one is on."""

    chosen = Signal(str)
    """Emitted with the key of the page a person chose."""
    person_asked = Signal()
    """Emitted when the foot of the rail is pressed."""
    menu_asked = Signal()
    """Emitted by the menu button of the narrowest form."""

    def __init__(
        self, groups: Sequence[Sequence[NavItem]], foot: Sequence[NavItem], *, name: str, menu_words: str
    ) -> None:
        super().__init__()
        self._hub = current_hub()
        self._rows: dict[str, NavRow] = {}
        self._left_out: frozenset[str] = frozenset()
        self._breadth = Breadth.WIDE
        self.setAccessibleName(name)
        self._menu = NavRow(menu_words, "list", checkable=False)
        self._menu.clicked.connect(self.menu_asked)
        self._menu.hide()
        self.person = PersonRow((), "")
        self.person.clicked.connect(self.person_asked)
        self._build(groups, foot)
        self._restyle(self._hub.theme)
        self._hub.changed.connect(self._restyle)

    def show_page(self, key: str) -> None:
        """Mark a page as the current one, without emitting."""
        for other, row in self._rows.items():
            row.setChecked(other == key)
        self._show_rows()

    def rename(self, key: str, words: str) -> None:
        """Call a page by other words."""
        row = self._rows[key]
        row.setText(words)
        row.setAccessibleName(words)
        self.set_breadth(self._breadth)

    def leave_out(self, keys: frozenset[str]) -> None:
        """Show no rows for these pages; all others again."""
        self._left_out = keys
        self._show_rows()

    def set_breadth(self, breadth: Breadth) -> None:
        """Take the form that fits the window."""
        self._breadth = breadth
        collapsed = breadth is not Breadth.WIDE
        for row in (*self._rows.values(), self._menu, self.person):
            row.set_collapsed(collapsed)
        self._show_rows()
        self._restyle(self._hub.theme)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        rows = [row for row in (*self._rows.values(), self.person) if row.isVisible()]
        at = next((i for i, row in enumerate(rows) if row.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        rows[max(0, min(len(rows) - 1, at + step))].setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._hub.theme
        with painting(self, theme) as painter:
            painter.fillRect(self.rect(), theme.color("rail"))
            top = self.person.geometry().top() - 1
            painter.fillRect(0, top, self.width(), 1, theme.color("line"))

    def _build(self, groups: Sequence[Sequence[NavItem]], foot: Sequence[NavItem]) -> None:
        pages = QWidget()
        pages.setObjectName("page")
        self._pages = QVBoxLayout(pages)
        self._pages.addWidget(self._menu)
        for number, group in enumerate(groups):
            if number:
                self._pages.addSpacing(14)
            for item in group:
                self._pages.addWidget(self._row(item))
        self._pages.addStretch(1)
        for item in foot:
            self._pages.addWidget(self._row(item))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(pages)
        scroll.viewport().setAutoFillBackground(False)
        pages.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        self._foot = QVBoxLayout()
        self._foot.addWidget(self.person)
        outer.addLayout(self._foot)

    def _row(self, item: NavItem) -> NavRow:
        row = NavRow(item.words, item.icon, item.hint)
        row.clicked.connect(lambda _checked=False, key=item.key: self._choose(key))
        self._rows[item.key] = row
        return row

    def _choose(self, key: str) -> None:
        self.show_page(key)
        self.chosen.emit(key)

    def _show_rows(self) -> None:
        narrow = self._breadth is Breadth.NARROW
        self._menu.setVisible(narrow)
        for key, row in self._rows.items():
            row.setVisible(row.isChecked() or not (narrow or key in self._left_out))

    def _restyle(self, theme: Theme) -> None:
        side = theme.px(10)
        self._pages.setContentsMargins(side, theme.px(8), side, theme.px(12))
        self._pages.setSpacing(1)
        self._foot.setContentsMargins(side, 1, side, 0)
        if self._breadth is Breadth.WIDE:
            wanted = max(row.sizeHint().width() for row in (*self._rows.values(), self.person)) + 2 * side
            self.setFixedWidth(max(theme.size("rail"), min(theme.px(_WIDEST_PX), wanted)))
        else:
            self.setFixedWidth(theme.size("rail_collapsed"))
        self.update()
