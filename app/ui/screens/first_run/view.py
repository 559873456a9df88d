"""The first run: steps at the left, one page at the right, and always a way back and a way to help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.brand import Brand
from app.ui.screens.first_run import pages_of
from app.ui.screens.first_run.parts import Page
from app.ui.screens.first_run.presenter import FirstRunPresenter
from app.ui.screens.first_run.state import FirstRunState, Step
from app.ui.screens.first_run.stepper import Stepper
from app.ui.text import number, tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import Breadth, breadth
from app.ui.widgets.notes import Banner
from app.ui.widgets.shore import Shore

if TYPE_CHECKING:
    from app.domain.content import Content

STEPS = 4
_SHORE = 0.2


class FirstRunView(QWidget):
    """`help_asked(str)` wants a page: "limits", "safety" or "help"."""

    help_asked = Signal(str)

    def __init__(self, presenter: FirstRunPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._content: Content | None = None
        self._step: Step | None = None
        self._shore = Shore(self, part=_SHORE)
        self._stepper = Stepper(Brand(), _steps())
        self._count = Label("", "small", "ink3", lines=1)
        self._title = Label("", "title")
        self._lead = Label("", "body", "ink2")
        self._banner = Banner("", tone="care")
        self._pages: dict[Step, Page] = {}
        self._stack = QVBoxLayout()
        self._back = Button(tr("Back"), "plain")
        self._next = Button(tr("Continue"), "primary")
        self._missing = Label("", "small", "ink2")
        self._build()
        self._connect()
        self.render_state(presenter.shown)

    def render_state(self, state: FirstRunState) -> None:
        """Show a state; what is typed stays in its fields."""
        inside = state.step in {Step.BEFORE, Step.PLACE, Step.PASSPHRASE, Step.WHO}
        self._show_heads(state.step, inside=inside)
        self._banner.setVisible(state.trouble is not None)
        if state.trouble is not None:
            self._banner.say(f"{state.trouble.title}. {state.trouble.paragraph}")
        self.page(state.step).show_state(state)
        self._back.setVisible(state.step is not Step.WELCOME)
        self._back.setEnabled(not state.busy)
        self._next.setVisible(inside)
        self._next.setEnabled(state.can_go_on)
        self._next.setText(_next_words(state, self._content))
        self._missing.setText(_missing_words(state.missing) if inside else "")
        self._stepper.show_step(state.step, state.reached)
        if state.step is not self._step:
            self._step = state.step
            for step, page in self._pages.items():
                page.setVisible(step is state.step)
            self._focus_first()

    def page(self, step: Step) -> Page:
        """The page of a step, made when it is first asked for: the first paint waits for the welcome alone."""
        if step not in self._pages:
            self._pages[step] = made = pages_of.make(step, self._presenter, self.help_asked.emit)
            made.hide()
            self._stack.addWidget(made)
            if self._content is not None:
                made.show_words(self._content.care)
        return self._pages[step]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self, _theme: object = None) -> None:
        self._shore.setGeometry(self.rect())
        self._stepper.setVisible(breadth(self.width(), current_hub().theme) is not Breadth.NARROW)

    def _show_heads(self, step: Step, *, inside: bool) -> None:
        count = tr("Step {n} of {all}").format(n=number(int(step)), all=number(STEPS))
        self._count.setText(count if inside else tr("Welcome"))
        title, lead = _heads(step, self._content)
        self._title.setText(title)
        self._lead.setText(lead)

    def _focus_first(self) -> None:
        """The first question of the step; where there is nothing to answer, the way on."""
        (self.page(self._step or Step.WELCOME).first or self._next).setFocus()

    def _build(self) -> None:
        theme = current_hub().theme
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        edge = theme.px(40)
        column.setContentsMargins(edge, theme.px(28), edge, theme.px(24))
        column.setSpacing(theme.space("xs"))
        for widget in (self._count, self._title, self._lead):
            column.addWidget(widget)
        column.addSpacing(theme.space("m"))
        column.addWidget(self._banner)
        column.addLayout(self._stack)
        column.addSpacing(theme.space("s"))
        column.addLayout(self._foot())
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        scroll.viewport().setAutoFillBackground(False)
        page.setAutoFillBackground(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._stepper)
        row.addWidget(scroll, 1)
        self._shore.lower()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(current_hub().theme.space("m"))
        row.addWidget(self._back)
        row.addWidget(self._missing, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._next)
        self._missing.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return row

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.state.connect(self.render_state)
        presenter.content_ready.connect(self._take_content)
        self._stepper.chosen.connect(presenter.go)
        self._back.clicked.connect(lambda _checked=False: presenter.back())
        self._next.clicked.connect(lambda _checked=False: presenter.next())
        confirm = QShortcut(QKeySequence("Ctrl+Return"), self)
        confirm.activated.connect(presenter.next)
        help_key = QShortcut(QKeySequence("F1"), self)
        help_key.activated.connect(lambda: self.help_asked.emit("help"))
        current_hub().changed.connect(self._fit)

    def _take_content(self, content: Content) -> None:
        self._content = content
        for page in self._pages.values():
            page.show_words(content.care)
        self._focus_first()


def _steps() -> list[tuple[Step, str, str]]:
    return [
        (Step.BEFORE, tr("Before you write"), tr("who might find it")),
        (Step.PLACE, tr("Where it lives"), tr("a folder on this computer")),
        (Step.PASSPHRASE, tr("Your passphrase"), tr("and a recovery sheet")),
        (Step.WHO, tr("Who it is for"), tr("you, or the two of you")),
    ]


def _heads(step: Step, content: Content | None) -> tuple[str, str]:
    """Title and lead of a step."""
    first = content.care.first_entry if content else None
    passphrase = content.care.passphrase if content else None
    return {
        Step.WELCOME: (tr("A quiet place to write"), tr("For what happened, what it wakes, and what helps.")),
        Step.BEFORE: (first.title if first else tr("Before you write"), first.lead if first else ""),
        Step.PLACE: (tr("Where it lives"), tr("On this computer, in a folder that only your passphrase can read.")),
        Step.PASSPHRASE: (
            passphrase.title if passphrase else tr("Choose a passphrase"),
            passphrase.lead if passphrase else "",
        ),
        Step.WHO: (tr("Who it is for"), tr("So that questions use the right words.")),
        Step.SAMPLE: (tr("A sample to look around in"), tr("Everything in it is invented.")),
    }[step]


def _next_words(state: FirstRunState, content: Content | None) -> str:
    if state.busy:
        return tr("Making it…")
    if state.step is Step.BEFORE and content is not None:
        return content.care.first_entry.go_on
    return tr("Make the journal") if state.step is Step.WHO else tr("Continue")


def _missing_words(missing: str) -> str:
    return {
        "": "",
        "answer": tr("Continue opens once one of the three is chosen"),
        "passphrase": tr("Continue opens once there is a passphrase"),
        "longer": tr("Continue opens once the phrase is harder to guess: another word or two"),
        "again": tr("Continue opens once both entries match"),
        "name": tr("Any word will do as a name"),
        "partner": tr("Continue opens once the other person has a name"),
    }[missing]
