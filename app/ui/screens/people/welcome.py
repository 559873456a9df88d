"""Two people in turn at one keyboard: explained to the one who writes here, then a surface for the other one alone.

From the moment the keyboard is handed over nothing of the first person can be seen or reached, and the only way out is
the locked screen, from where each opens their own part.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.context import Context
from app.ui.screens.people.state import Stage, WelcomeState
from app.ui.screens.people.welcoming import WelcomePresenter
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, TickBox
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.label import Label
from app.ui.widgets.marks import Person, PersonMark, Shape
from app.ui.widgets.notes import Banner
from app.ui.widgets.painting import painting
from app.ui.widgets.passphrases import NewPassphrase, column_on, points

LOCK_REASON = "two_parts"
_NAME_LIMIT = 40


class WelcomeSurface(DialogSurface):
    """Covers everything once it was handed over."""

    def __init__(self, context: Context) -> None:
        self._care = context.content.care
        super().__init__(context.shell.ground(), self._care.shared_space.title, close_words=self._care.shared_space.no)
        self._context = context
        self.presenter = WelcomePresenter(context, self)
        self._banner = Banner("", tone="care")
        self._first, self._second = QWidget(), QWidget()
        self.name = Field(name=tr("Your name"), voice="app")
        self.name.setMaxLength(_NAME_LIMIT)
        self.new = NewPassphrase(self._care.passphrase)
        self.agreed = TickBox(tr("I would like this, and I was not pushed"))
        self._missing = Label("", "small", "ink3")
        self.stay = Button(self._care.shared_space.no, "plain")
        self.go_on = Button(self._care.shared_space.yes, "plain")
        self._build()
        self._connect()
        self.render_state(self.presenter.shown)

    @property
    def covers_all(self) -> bool:
        """Whether somebody else sits here: no command may show anything of the journal then."""
        return self.presenter.shown.stage is not Stage.EXPLAINED

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first or self.stay)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.covers_all:
            super().paintEvent(event)
            return
        theme = current_hub().theme
        with painting(self, theme) as painter:
            painter.fillRect(self.rect(), theme.color("window"))

    def render_state(self, state: WelcomeState) -> None:
        """Show a stage; what is typed stays."""
        over = state.stage is not Stage.EXPLAINED
        arriving = over and self._second.isHidden()
        self._banner.setVisible(state.trouble is not None)
        if state.trouble is not None:
            self._banner.say(f"{state.trouble.title}. {state.trouble.paragraph}")
        self._first.setVisible(not over)
        self._second.setVisible(over)
        self.new.show_strength(state.strength)
        for part in (self.name, self.new, self.agreed):
            part.setEnabled(not state.busy)
        if arriving:
            self._arrive()
        if over:
            self.go_on.setText(tr("Making your part…") if state.busy else tr("Make my part"))
        self._look()
        self.update()

    def _build(self) -> None:
        self._banner.hide()
        self._second.hide()
        self._build_first()
        self._build_second()
        for part in (self._banner, self._first, self._second):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.footer.addWidget(self._missing, 1, Qt.AlignmentFlag.AlignVCenter)
        self.footer.addWidget(self.stay)
        self.footer.addWidget(self.go_on)

    def _build_first(self) -> None:
        care, column = self._care.shared_space, column_on(self._first)
        column.addWidget(points(care.body))
        column.addWidget(self._safety_first())
        column.addWidget(
            Label(
                tr(
                    "Next, the other person sits down here. Your pages are covered then, and the journal locks at the"
                    " end. They choose a name and a passphrase of their own; look away while they type it."
                ),
                "body",
                "ink2",
            )
        )

    def _build_second(self) -> None:
        column = column_on(self._second)
        head = QHBoxLayout()
        head.setSpacing(current_hub().theme.space("m"))
        other = Shape.CIRCLE if Shape.of(self._context.mark) is Shape.SQUARE else Shape.SQUARE
        head.addWidget(PersonMark(Person(other, outline=True), size="large"), 0, Qt.AlignmentFlag.AlignTop)
        lead = QVBoxLayout()
        lead.setSpacing(2)
        name = self._context.person.name
        lead.addWidget(Label(tr("This is your turn. {name} can look away now.").format(name=name), "body"))
        lead.addWidget(
            Label(
                tr("You get a part of your own, which only your passphrase opens. {name} cannot open it.").format(
                    name=name
                ),
                "small",
                "ink2",
            )
        )
        head.addLayout(lead, 1)
        column.addLayout(head)
        column.addWidget(Labelled(tr("Your name"), self.name, help_words=tr("It is kept encrypted, not in clear.")))
        column.addWidget(self.new)
        column.addWidget(Label(self._care.passphrase.no_reset, "small", "ink3"))
        column.addWidget(points(self._care.shared_space.body))
        column.addWidget(self._safety_first())
        column.addWidget(self.agreed)

    def _safety_first(self) -> Banner:
        screen = Banner(self._care.shared_space.screen or "", tone="care", icon="shield", action=tr("Read"))
        screen.acted.connect(lambda: self._context.shell.help("safety"))
        return screen

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.state.connect(self.render_state)
        presenter.done.connect(self._lock)
        presenter.suggested.connect(self.new.take)
        self.name.textChanged.connect(lambda _text: self._look())
        self.new.typed.connect(lambda phrase: presenter.judge(self.name.text(), phrase))
        self.new.changed.connect(self._look)
        self.new.suggest_asked.connect(presenter.suggest)
        self.agreed.toggled.connect(lambda _on: self._look())
        self.stay.clicked.connect(lambda _checked=False: self._leave())
        self.go_on.clicked.connect(lambda _checked=False: self._confirm())
        self.confirmed.connect(self._confirm)
        self.dismissed.connect(self._leave)
        self._context.bus.locking.connect(self._forget)

    def _arrive(self) -> None:
        self.took_over.emit()
        self.title.setText(tr("A part of your own"))
        self.setAccessibleName(tr("A part of your own"))
        self.stay.setText(tr("Stop and lock"))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        state = self.presenter.shown
        missing = self._missing_words() if state.stage is Stage.HANDED_OVER else ""
        self._missing.setText(missing)
        self.go_on.setEnabled(not missing and not state.busy)
        self.stay.setEnabled(not state.busy)

    def _missing_words(self) -> str:
        if not self.name.text().strip():
            return tr("A name comes first")
        if self.new.missing:
            return self.new.missing
        return "" if self.agreed.isChecked() else tr("And your own word that you want it")

    def _confirm(self) -> None:
        if not self.go_on.isEnabled():
            return
        if self.presenter.shown.stage is Stage.EXPLAINED:
            self.presenter.hand_over()
            return
        name, phrase = self.name.text().strip(), self.new.phrase.text()
        self.presenter.welcome(name, phrase)

    def _leave(self) -> None:
        if self.presenter.shown.busy:
            return
        if self.covers_all:
            self._lock()
        else:
            self.close_surface()

    def _lock(self) -> None:
        self._forget()
        self._context.shell.lock(LOCK_REASON)

    def _forget(self) -> None:
        self.presenter.forget()
        self.new.forget()
        self.name.clear()
