"""Small parts of an opened thread: its heading with buttons, who has which seat, and the three short answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.injuries.state import Answer, Role, Stood
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Caption, Icon, Rule, Surface
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.marks import PersonMark

_SIDE_BY_SIDE_PX = 460
"""Room from which the three answers stand side by side."""


class Heading(QWidget):
    """The thread's name in serif, the way back to the list where there is one, Edit and more."""

    def __init__(self) -> None:
        super().__init__()
        theme = current_hub().theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s"))
        self.back = IconButton("arrow-left", tr("All threads"))
        self.back.hide()
        self._title = Label("", "read_title")
        self.edit = Button(tr("Edit"), "plain", icon="pencil-simple", small=True)
        self.more = IconButton("dots-three", tr("More for this thread"), "plain")
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.back, 0, top)
        row.addWidget(self._title, 1, top)
        row.addWidget(self.edit, 0, top)
        row.addWidget(self.more, 0, top)

    def show_title(self, title: str) -> None:
        """Name another thread."""
        self._title.setText(title)


class Facts(QWidget):
    """Who carries it and who answers for it, when it was, and who can read it: in one line that wraps."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[Role, ...], tuple[str, ...], tuple[str, str], bool] | None = None
        self._flow = FlowLayout(self, gap_px=8, line_gap_px=4)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_facts(
        self,
        roles: tuple[Role, ...],
        facts: tuple[str, ...],
        where: tuple[str, str] = ("", "private"),
        *,
        listed: bool = False,
    ) -> None:
        """Show these, with small points between them: who can read it, and last whether it waits for a session."""
        if (roles, facts, where, listed) == self._shown:
            return
        self._shown = (roles, facts, where, listed)
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for role in roles:
            self._flow.addWidget(_seat(role))
            self._flow.addWidget(_point())
        for fact in facts:
            self._flow.addWidget(Label(fact, "small", "ink2", lines=1))
            self._flow.addWidget(_point())
        self._flow.addWidget(Caption(where[0] or tr("Only you"), icon=where[1], role="ink2"))
        if listed:
            self._flow.addWidget(_point())
            self._flow.addWidget(Caption(tr("for a session"), icon="list-dashes", role="ink2"))
        self.updateGeometry()


class StoodNote(Surface):
    """Since when a thread rests or is settled and what that means, with the way to open it again."""

    acted = Signal()
    """Emitted when it should be open again."""

    def __init__(self) -> None:
        super().__init__("sunken", radius_px=8)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Icon("check", "lee"), 0, Qt.AlignmentFlag.AlignVCenter)
        self._words = Label("", "small")
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self.action = Button("", "quiet", small=True)
        self.action.clicked.connect(lambda _checked=False: self.acted.emit())
        row.addWidget(self.action)
        self.body.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_stood(self, stood: Stood) -> None:
        """Say this; nothing for a thread that is open."""
        self._words.setText(stood.words)
        self.setAccessibleName(stood.words)
        self.action.setText(stood.action)
        self.action.setVisible(bool(stood.action))
        self.setVisible(bool(stood.words))

    @override
    def _pad(self) -> None:
        px = current_hub().theme.px
        self.body.setContentsMargins(px(12), px(5), px(8), px(5))


class Answers(QWidget):
    """The moment of need, what I reached for, what it came to mean: three columns, or one where room is short."""

    def __init__(self) -> None:
        super().__init__()
        self._answers: tuple[Answer, ...] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._columns: list[QWidget] = []
        self._rules: list[Rule] = []
        self._beside: bool | None = None

    def show_answers(self, answers: tuple[Answer, ...]) -> None:
        """Show these; one that waits says so quietly."""
        if answers == self._answers:
            return
        self._answers = answers
        for old in (*self._columns, *self._rules):
            old.hide()
            old.deleteLater()
        self._columns = [_answer(answer) for answer in answers]
        self._rules = [Rule(vertical=True, parent=self) for _ in self._columns[1:]]
        self._beside = None
        self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        theme = current_hub().theme
        beside = self.width() >= theme.px(_SIDE_BY_SIDE_PX)
        if beside == self._beside:
            return
        self._beside = beside
        while self._grid.takeAt(0) is not None:
            pass
        self._grid.setHorizontalSpacing(theme.space("s"))
        self._grid.setVerticalSpacing(theme.space("m"))
        for number, column in enumerate(self._columns):
            self._grid.addWidget(column, 0 if beside else number, 2 * number if beside else 0)
        for number, rule in enumerate(self._rules):
            rule.setVisible(beside)
            if beside:
                self._grid.addWidget(rule, 0, 2 * number + 1)
        for number in range(5):
            self._grid.setColumnStretch(number, 1 if number % 2 == 0 and (beside or number == 0) else 0)


def _answer(answer: Answer) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(Label(answer.question, "small", "ink2"))
    if answer.words:
        column.addWidget(Label(answer.words, "line"))
    else:
        column.addWidget(Label(tr("left for later"), "small", "ink3"))
    column.addStretch(1)
    return made


def _seat(role: Role) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(PersonMark(role.mark))
    row.addWidget(Label(role.words, "small", "ink2", lines=1))
    return made


def _point() -> Label:
    return Label("•", "caption", "ink3", lines=1)
