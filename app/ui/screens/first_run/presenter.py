"""Collects what a new journal is made from, judges the passphrase beside the window, and makes the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app import paths
from app.domain.errors import Code, LeewardError
from app.ui.runtime.aside import Aside, Errand
from app.ui.runtime.warmup import Warmup
from app.ui.screens.first_run.state import FirstRunState, Step
from app.ui.sheet_wish import SheetWish
from app.ui.text import trouble

if TYPE_CHECKING:
    from app.services.choices import Choices
    from app.services.vaults import Door, Words

_JUDGE_AFTER_MS: Final = 180
_LEAST_STRENGTH: Final = 2
SAMPLE_FOLDER: Final = "sample"
_OWN_COMPUTER: Final = "mine"


class FirstRunPresenter(QObject):
    """`state(FirstRunState)`; `made(Door, partner, Choices, SheetWish)` when the journal is there (the last two are
    None for the sample); `existing_chosen(Path)`.
    """

    state = Signal(object)
    content_ready = Signal(object)
    suggested = Signal(str)
    made = Signal(object, str, object, object)
    existing_chosen = Signal(object)
    left = Signal()

    def __init__(self, aside: Aside, warmup: Warmup, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._aside, self._warmup = aside, warmup
        self._shown = FirstRunState(Step.WELCOME, folder)
        self._passphrase, self._again, self._name, self._partner = "", "", "", ""
        self._answer = ""
        self._wish: SheetWish | None = None
        self._judging: Errand | None = None
        self._judge_timer = QTimer(self)
        self._judge_timer.setSingleShot(True)
        self._judge_timer.setInterval(_JUDGE_AFTER_MS)
        self._judge_timer.timeout.connect(self._judge)
        self._two = False

    @property
    def shown(self) -> FirstRunState:
        """The state that was emitted last."""
        return self._shown

    def restore(self, state: FirstRunState) -> None:
        """Go straight to a state, for the tour."""
        self._show(state)

    def begin(self) -> None:
        """Bring the words of the first steps; called when the view is there."""
        self._aside.start(lambda _errand: self._warmup.wait(), self._have_words, self._failed)

    def go(self, step: Step) -> None:
        """Show a step that has been reached, or the next one when this one is complete."""
        if step > self._shown.step and not self._shown.can_go_on:
            return
        reached = max(self._shown.reached, step) if step is not Step.SAMPLE else self._shown.reached
        self._show(replace(self._shown, step=step, reached=reached, trouble=None))

    def next(self) -> None:
        """Go on: to the next step, or, after the last one, make the journal."""
        if not self._shown.can_go_on:
            return
        if self._shown.step is Step.WHO:
            self._make()
        else:
            self.go(Step(self._shown.step + 1))

    def back(self) -> None:
        """Go one step back."""
        self.go(Step.WELCOME if self._shown.step is Step.SAMPLE else Step(max(0, self._shown.step - 1)))

    def answer(self, option: str) -> None:
        """Who might be at this computer: sets a few switches, and is not stored as an answer."""
        self._answer = option
        others = option != _OWN_COMPUTER
        sheet = self._wish or (SheetWish.NONE if others else SheetWish.LATER)
        self._show(replace(self._shown, others_here=others, sheet=sheet))

    def wish_sheet(self, wish: SheetWish) -> None:
        """What is to become of the recovery sheet, in the person's own words: no later answer changes it."""
        self._wish = wish
        self._show(replace(self._shown, sheet=wish))

    def choose_folder(self, folder: Path) -> None:
        """Where the journal will live. A folder that holds something gets one of its own inside."""
        self._show(replace(self._shown, folder=_free_folder(folder), trouble=None))

    def type_passphrase(self, passphrase: str, again: str) -> None:
        """What stands in the two fields now."""
        if passphrase != self._passphrase:
            self._judge_timer.start()
        self._passphrase, self._again = passphrase, again
        self._show(replace(self._shown, strength=self._shown.strength if passphrase else None))

    def suggest(self) -> None:
        """Draw six words; they arrive by `suggested`."""

        def draw(_errand: Errand) -> str:
            from app.services.passphrases import suggest

            return suggest(paths.resources() / "content" / "words-en.txt")

        self._aside.start(draw, self.suggested.emit, self._failed)

    def type_names(self, name: str, partner: str | None) -> None:
        """Who writes, and the other person's name; None for a journal of one."""
        self._name, self._partner = name.strip(), (partner or "").strip()
        self._two = partner is not None
        self._show(self._shown)

    def look_around(self) -> None:
        """Make the sample journal beside the place of the real one, with a passphrase that is shown."""
        folder = _free_folder(self._shown.folder.parent / SAMPLE_FOLDER)

        def work(_errand: Errand) -> tuple[str, str]:
            from app.services import demo
            from app.services.local_time import system_now

            words = self._warmup.wait()
            made = demo.create(folder, content=words.content, now=system_now)
            return made.passphrases[0]

        def done(found: tuple[str, str]) -> None:
            name, passphrase = found
            self._show(
                replace(
                    self._shown,
                    busy=False,
                    step=Step.SAMPLE,
                    folder=folder,
                    sample_name=name,
                    sample_passphrase=passphrase,
                )
            )

        self._show(replace(self._shown, busy=True, trouble=None))
        self._aside.start(work, done, self._failed)

    def open_sample(self) -> None:
        """Open the sample journal that was just made."""
        folder, passphrase = self._shown.folder, self._shown.sample_passphrase

        def work(errand: Errand) -> Door | None:
            from app.services import vaults

            return vaults.prove(folder, passphrase, cancelled=errand.is_called_off)

        self._begin_work(work, lambda door: self.made.emit(door, "", None, None))

    def _make(self) -> None:
        folder, name, passphrase = self._shown.folder, self._name, self._passphrase
        partner = self._partner if self._two else ""

        def work(_errand: Errand) -> Door:
            from app.services import vaults

            return vaults.found(folder, name, passphrase, self._warmup.wait())

        self._begin_work(work, lambda door: self.made.emit(door, partner, self._choices(), self._shown.sheet))

    def _begin_work(self, work: Callable[[Errand], Door | None], done: Callable[[Door], None]) -> None:
        self._show(replace(self._shown, busy=True, trouble=None))

        def opened(door: Door | None) -> None:
            if door is not None:
                done(door)

        self._aside.start(work, opened, self._failed, discard=lambda door: door.shut() if door else None)

    def _choices(self) -> Choices:
        from app.services import choices

        return choices.Choices() if self._answer in {"", _OWN_COMPUTER} else choices.for_shared_computer()

    def _have_words(self, words: Words) -> None:
        self.content_ready.emit(words.content)
        self._show(self._shown)

    def _judge(self) -> None:
        if self._judging is not None:
            self._judging.call_off()
        phrase, own = self._passphrase, (self._name, self._partner)

        def work(_errand: Errand) -> int:
            from app.services.passphrases import strength

            return strength(phrase, own)

        self._judging = self._aside.start(work, self._judged)

    def _judged(self, strength: int) -> None:
        self._show(replace(self._shown, strength=strength if self._passphrase else None))

    def _failed(self, error: LeewardError) -> None:
        words = self._warmup.peek()
        said = trouble(error, words.content if words else None)
        step = self._shown.step
        if error.code in {Code.NO_PERMISSION, Code.VAULT_EXISTS, Code.DISK_FULL} and step is not Step.WELCOME:
            step = Step.PLACE
        self._show(replace(self._shown, busy=False, trouble=said, step=step))

    def _missing(self, state: FirstRunState) -> str:
        if state.step is Step.BEFORE and not self._answer:
            return "answer"
        if state.step is Step.PASSPHRASE:
            return self._missing_passphrase(state)
        if state.step is Step.WHO:
            if not self._name:
                return "name"
            return "partner" if self._two and not self._partner else ""
        return ""

    def _missing_passphrase(self, state: FirstRunState) -> str:
        if not self._passphrase.strip():
            return "passphrase"
        if (state.strength or 0) < _LEAST_STRENGTH:
            return "longer"
        return "" if self._passphrase == self._again else "again"

    def _show(self, state: FirstRunState) -> None:
        self._shown = replace(state, missing=self._missing(state))
        self.state.emit(self._shown)


def _free_folder(folder: Path) -> Path:
    """The folder itself when it is missing or empty, else one inside it that is."""
    try:
        occupied = next(folder.iterdir(), None) is not None
    except OSError:
        return folder
    if not occupied:
        return folder
    number = 1
    while (candidate := folder / (f"journal-{number}" if number > 1 else "journal")).exists():
        number += 1
    return candidate
