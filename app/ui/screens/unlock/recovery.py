"""In with the recovery sheet: the code first, then a new passphrase, and only then is anything opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app import paths
from app.domain.errors import Code, LeewardError
from app.ui.text import Trouble, tr, trouble
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.label import Label
from app.ui.widgets.notes import Banner
from app.ui.widgets.passphrases import NewPassphrase, column_on

if TYPE_CHECKING:
    from app.domain.content import Content
    from app.services.vaults import Door
    from app.ui.runtime.aside import Aside, Errand

_JUDGE_AFTER_MS: Final = 180


@dataclass(frozen=True, slots=True)
class RecoveryState:
    """`fits`: the code has opened the part, and a new passphrase is asked for."""

    fits: bool = False
    busy: bool = False
    strength: int | None = None
    trouble: Trouble | None = None


class RecoveryOpening(QObject):
    """`opened(Door)` once a new passphrase is set. Until then the keys are held here, and shut when called off."""

    state = Signal(object)
    suggested = Signal(str)
    opened = Signal(object)

    def __init__(self, aside: Aside, folder: Path, content: Content) -> None:
        super().__init__()
        self._aside, self._folder, self._content = aside, folder, content
        self._door: Door | None = None
        self._errand: Errand | None = None
        self._phrase = ""
        self._shown = RecoveryState()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_JUDGE_AFTER_MS)
        self._timer.timeout.connect(self._judge)

    @property
    def shown(self) -> RecoveryState:
        """The state that was emitted last."""
        return self._shown

    def try_code(self, typed: str) -> None:
        """See whether the code opens somebody's part."""
        folder = self._folder

        def work(_errand: Errand) -> Door:
            from app.services import vaults

            return vaults.prove_code(folder, typed)

        self._begin(work, self._fitted)

    def choose(self, phrase: str) -> None:
        """Set the passphrase that opens from now on, then open."""
        door = self._door
        if door is None:
            return

        def work(_errand: Errand) -> Door:
            door.choose_passphrase(phrase)
            return door

        self._begin(work, self._chosen)

    def judge(self, phrase: str) -> None:
        """Estimate a phrase once the hands rest."""
        self._phrase = phrase
        self._timer.start()

    def suggest(self) -> None:
        """Draw words; they arrive by `suggested`."""
        from app.services.passphrases import suggest

        self.suggested.emit(suggest(paths.resources() / "content" / "words-en.txt"))

    def call_off(self) -> None:
        """Nothing is to be opened: what was opened is shut, also what is still on its way."""
        self._timer.stop()
        if self._errand is not None:
            self._errand.call_off()
            self._errand = None
        elif self._door is not None:  # with an errand under way its result is shut when it comes
            self._door.shut()
        self._door = None

    def _begin(self, work: Callable[[Errand], Door], done: Callable[[Door], None]) -> None:
        if self._shown.busy:
            return
        self._show(replace(self._shown, busy=True, trouble=None))
        self._errand = self._aside.start(work, done, self._refused, discard=lambda door: door.shut())

    def _fitted(self, door: Door) -> None:
        self._errand, self._door = None, door
        self._show(RecoveryState(fits=True))

    def _chosen(self, door: Door) -> None:
        self._errand, self._door = None, None
        self._show(replace(self._shown, busy=False))
        self.opened.emit(door)

    def _judge(self) -> None:
        phrase = self._phrase

        def work(_errand: Errand) -> int:
            from app.services.passphrases import strength

            return strength(phrase)

        def judged(strength: int) -> None:
            self._show(replace(self._shown, strength=strength if self._phrase else None))

        self._aside.start(work, judged)

    def _refused(self, error: LeewardError) -> None:
        self._errand = None
        said, group = trouble(error, self._content), error.detail.get("group")
        if error.code is Code.CODE_TYPO and group:
            said = replace(said, happened=self._content.care.recovery.typo.format(group=group), next="")
        self._show(replace(self._shown, busy=False, trouble=said))

    def _show(self, state: RecoveryState) -> None:
        self._shown = state
        self.state.emit(state)


class RecoverySurface(DialogSurface):
    """The code, then a new passphrase, over the locked screen."""

    def __init__(self, ground: QWidget, opening: RecoveryOpening, content: Content) -> None:
        self._words = content.care.recovery
        super().__init__(ground, self._words.use, close_words=tr("Close"))
        self._opening, self._shown = opening, opening.shown
        opening.setParent(self)
        self.code = Field(name=tr("The code"), voice="app")
        self.new = NewPassphrase(content.care.passphrase)
        self._banner = Banner("", tone="care")
        self._code_page, self._new_page = QWidget(), QWidget()
        self._missing = Label("", "small", "ink3")
        self.go_on = Button(tr("Continue"), "primary")
        self._build()
        self._connect()
        self.render_state(opening.shown)

    def render_state(self, state: RecoveryState) -> None:
        """Show a state; what is typed stays, but the code goes once it has opened."""
        self._shown = state
        arrived = state.fits and self._new_page.isHidden()
        self._code_page.setVisible(not state.fits)
        self._new_page.setVisible(state.fits)
        self._banner.setVisible(state.trouble is not None)
        if state.trouble is not None:
            self._banner.say(f"{state.trouble.title}. {state.trouble.paragraph}")
        self.new.show_strength(state.strength)
        self.code.setReadOnly(state.busy)
        self.new.setEnabled(not state.busy)
        self.go_on.setText(tr("One moment…") if state.busy else tr("Open") if state.fits else tr("Continue"))
        self._look()
        if arrived:
            self.code.clear()
            if self.isVisible():
                self.new.phrase.setFocus()

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first or self.code)

    def confirm(self) -> None:
        """Go on with what is typed."""
        if not self.go_on.isEnabled():
            return
        if self._opening.shown.fits:
            self._opening.choose(self.new.phrase.text())
        else:
            self._opening.try_code(self.code.text())

    def leave(self) -> None:
        """Close; whatever was opened is shut."""
        self._opening.call_off()
        self.code.clear()
        self.new.forget()
        self.close_surface()

    def _look(self) -> None:
        fits = self._shown.fits
        asked = "" if self.code.text().strip() else tr("The code as it stands on your paper")
        missing = self.new.missing if fits else asked
        self._missing.setText(missing)
        self.go_on.setEnabled(not missing and not self._shown.busy)

    def _build(self) -> None:
        column = column_on(self._code_page)
        column.addWidget(Label(self._words.lead, "body", "ink2"))
        column.addWidget(Labelled(tr("The code"), self.code, help_words=self._words.use_line))
        column = column_on(self._new_page)
        column.addWidget(Label(self._words.use_opened, "body"))
        column.addWidget(self.new)
        for part in (self._banner, self._code_page, self._new_page):
            self.body.addWidget(part)
        self.body.addStretch(1)
        stay = Button(tr("Not now"), "plain")
        stay.clicked.connect(lambda _checked=False: self.leave())
        self.footer.addWidget(self._missing, 1, Qt.AlignmentFlag.AlignVCenter)
        self.footer.addWidget(stay)
        self.footer.addWidget(self.go_on)

    def _connect(self) -> None:
        opening = self._opening
        opening.state.connect(self.render_state)
        opening.suggested.connect(self.new.take)
        self.new.typed.connect(opening.judge)
        self.new.suggest_asked.connect(opening.suggest)
        self.new.changed.connect(self._look)
        self.code.textChanged.connect(lambda _text: self._look())
        self.code.returnPressed.connect(self.confirm)
        self.go_on.clicked.connect(lambda _checked=False: self.confirm())
        self.dismissed.connect(self.leave)
        self.confirmed.connect(self.confirm)
