"""Carries taking out and bringing in to the desk and back; either can be stopped, and locking stops it too."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.backing_up import Why
from app.domain.errors import Code, LeewardError
from app.services.exporting.choice import Done, Offer, Target
from app.services.importing.report import Found
from app.ui.context import Context
from app.ui.runtime.aside import Aside
from app.ui.screens.taking_out import words
from app.ui.screens.taking_out.state import InState, OutState
from app.ui.text import trouble

if TYPE_CHECKING:
    from app.services.desk import Desk


class OutPresenter(QObject):
    """`state(OutState)` after every step."""

    state = Signal(object)
    _moved = Signal(float)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._aside = Aside(self)
        self._stop = threading.Event()
        self.shown = OutState()
        self._moved.connect(self._show_part)
        context.bus.locking.connect(self.let_go)

    def load(self) -> None:
        """Ask what there is, and for words that lock it."""

        def work(desk: Desk) -> tuple[Offer, str]:
            return desk.taking_out.offer(), desk.taking_out.phrase()

        self._context.tasks.run(work, self._loaded, self._failed, slot="taking-out")

    def choose_target(self, target: Target) -> None:
        """Say as what it leaves."""
        self._show(replace(self.shown, target=target, trouble="", refused=False))

    def tick(self, **ticked: bool) -> None:
        """Say what goes along, by the names of `Choice`."""
        self._show(replace(self.shown, choice=msgspec.structs.replace(self.shown.choice, **ticked)))

    def other_words(self) -> None:
        """Draw other words for the archive."""
        self._context.tasks.run(
            lambda desk: desk.taking_out.phrase(),
            lambda phrase: self._show(replace(self.shown, phrase=phrase)),
            self._failed,
            slot="taking-out-phrase",
        )

    def prove(self, passphrase: str, go_on: Callable[[], None]) -> None:
        """See that it is the person's own passphrase, then go on."""
        self._show(replace(self.shown, busy=True, part=0.0, trouble="", refused=False))

        def proven(_: None) -> None:
            self._show(replace(self.shown, busy=False))
            go_on()

        def check(confirm: Callable[[str], None]) -> None:
            self._aside.start(lambda _errand: confirm(passphrase), proven, self._failed)

        self._context.tasks.run(lambda desk: desk.erasing.confirm, check, self._failed)

    def take_out(self, place: Path) -> None:
        """Write it to a file or a new folder."""
        shown, self._stop = self.shown, threading.Event()
        stop = self._stop
        self._show(replace(shown, busy=True, part=0.0, trouble=""))

        def work(desk: Desk) -> Done | None:
            return desk.taking_out.take_out(
                shown.target,
                place,
                shown.choice,
                phrase=shown.phrase,
                replacing=not shown.target.is_folder,
                cancelled=stop.is_set,
                progress=self._moved.emit,
            )

        self._context.tasks.run(work, lambda done: self._show(replace(self.shown, busy=False, done=done)), self._failed)

    def stop(self) -> None:
        """Stop; what was written half is taken away."""
        self._stop.set()

    def let_go(self) -> None:
        """Forget the words: the journal is being locked, or the surface closes."""
        self._stop.set()
        self._aside.close()
        self._show(OutState())

    def _loaded(self, found: tuple[Offer, str]) -> None:
        self._show(replace(self.shown, offer=found[0], phrase=found[1]))

    def _failed(self, error: LeewardError) -> None:
        refused = error.code is Code.WRONG_PASSPHRASE
        said = "" if refused else trouble(error, self._context.content).paragraph
        self._show(replace(self.shown, busy=False, trouble=said, refused=refused))

    def _show_part(self, part: float) -> None:
        if self.shown.busy:
            self._show(replace(self.shown, part=part))

    def _show(self, state: OutState) -> None:
        self.shown = state
        self.state.emit(state)


class InPresenter(QObject):
    """`state(InState)` after every step."""

    state = Signal(object)
    _moved = Signal(float)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stop = threading.Event()
        self._path: Path | None = None
        self._phrase = ""
        self.shown = InState()
        self._moved.connect(self._show_part)
        context.bus.locking.connect(self.let_go)

    def choose(self, path: Path) -> None:
        """Look at a file; an archive asks for its words first."""
        self._path, self._phrase = path, ""
        self._show(InState(name=path.name, busy=True))

        def begun(locked: bool) -> None:  # what the worker found
            self._show(replace(self.shown, busy=False, asks_phrase=locked))
            if not locked:
                self.look("")

        self._context.tasks.run(lambda desk: desk.bringing_in.is_locked(path), begun, self._failed)

    def look(self, phrase: str) -> None:
        """Say what it would bring; nothing is changed."""
        path, stop = self._begin(phrase)

        def work(desk: Desk) -> Found | None:
            return desk.bringing_in.look(path, phrase, cancelled=stop.is_set, progress=self._moved.emit)

        self._context.tasks.run(work, self._found, self._failed)

    def leave_out(self, on: bool) -> None:
        """Whether lines that cannot be taken are left out."""
        self._show(replace(self.shown, leaving_out=on))

    def bring_in(self) -> None:
        """Save what is new, after a copy of the journal as it is."""
        leaving_out = self.shown.leaving_out
        path, stop = self._begin(self._phrase)
        phrase = self._phrase

        def work(desk: Desk) -> Found | None:
            if desk.vault is not None and desk.journal.counts():
                desk.backups.making(Why.BEFORE_IMPORT)(stop.is_set, lambda _part: None)
            return desk.bringing_in.bring_in(
                path, phrase, leaving_out=leaving_out, cancelled=stop.is_set, progress=self._moved.emit
            )

        self._context.tasks.run(work, self._found, self._failed)

    def stop(self) -> None:
        """Stop; nothing was brought in."""
        self._stop.set()

    def let_go(self) -> None:
        """Forget the words of the archive."""
        self._stop.set()
        self._path, self._phrase = None, ""
        self._show(InState())

    def _begin(self, phrase: str) -> tuple[Path, threading.Event]:
        self._phrase, self._stop = phrase, threading.Event()
        self._show(replace(self.shown, busy=True, part=0.0, trouble="", refused=False))
        return self._path or Path(), self._stop

    def _found(self, found: Found | None) -> None:
        asks = self.shown.asks_phrase and found is None
        self._show(replace(self.shown, busy=False, found=found, asks_phrase=asks))

    def _failed(self, error: LeewardError) -> None:
        refused = error.code is Code.WRONG_PASSPHRASE
        self._show(replace(self.shown, busy=False, trouble=words.refused(error, self._context), refused=refused))

    def _show_part(self, part: float) -> None:
        if self.shown.busy:
            self._show(replace(self.shown, part=part))

    def _show(self, state: InState) -> None:
        self.shown = state
        self.state.emit(state)
