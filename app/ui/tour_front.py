"""The tour's stops before unlock: the same views as always, shown states that a run would take long to reach."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.errors import Code, VaultError
from app.services import demo
from app.services.vaults import Words
from app.ui.runtime.aside import Aside
from app.ui.runtime.warmup import Warmup
from app.ui.screens.first_run.presenter import FirstRunPresenter
from app.ui.screens.first_run.state import FirstRunState, Step
from app.ui.screens.first_run.view import FirstRunView
from app.ui.screens.unlock.presenter import UnlockPresenter
from app.ui.screens.unlock.state import Owner, UnlockState
from app.ui.screens.unlock.view import UnlockView
from app.ui.text import trouble
from app.ui.tour_locked import OVER
from app.ui.widgets.fields import PassphraseField
from app.ui.window import Window

FRONT: Final = (
    "unlock",
    "unlock-typed",
    "unlock-caps-lock",
    "unlock-wrong",
    "unlock-older-copy",
    "unlock-damaged",
    "unlock-two",
    "unlock-recovery",
    "unlock-recovery-refused",
    "unlock-recovery-new",
    "unlock-go-back",
    "unlock-go-back-none",
    "unlock-key-file",
    "unlock-going-back",
    "unlock-went-back",
    "unlock-reading",
    "unlock-read",
    "unlock-read-plain",
    "drop-note",
    "drop-trigger",
    "drop-tally",
    "drop-absent",
    "first-run-welcome",
    "first-run-before",
    "first-run-place",
    "first-run-passphrase",
    "first-run-who",
)
_PHRASE: Final = demo.sample_passphrase(3)
_FOLDER: Final = Path("Documents") / "Leeward"


class Front:
    """Shows one stop before unlock after the other."""

    def __init__(self, window: Window, words: Words) -> None:
        self._window, self._words, self._content = window, words, words.content
        self._aside, self._warmup = Aside(window), Warmup()

    def show(self, name: str) -> None:
        """Go to one of `FRONT`."""
        made = self._unlock(name) if name.startswith(("unlock", "drop")) else self._first_run(name)
        self._window.show_content(made)
        if isinstance(made, UnlockView):
            self._set_unlock(made, name)
        elif isinstance(made, FirstRunView):
            self._set_first_run(made, name)

    def close(self) -> None:
        """Wait for what is still being judged beside it: nothing may come back to a window that is gone."""
        self._aside.close()

    def _unlock(self, name: str) -> QWidget:
        presenter = UnlockPresenter(self._aside, self._warmup, _FOLDER)
        view = UnlockView(presenter, "asked" if name == "unlock" else "")
        presenter.setParent(view)
        return view

    def _set_unlock(self, view: UnlockView, name: str) -> None:
        if (over := OVER.get(name)) is not None:
            over(view, self._words)
            return
        field = view.findChild(PassphraseField)
        if name != "unlock" and isinstance(field, PassphraseField):
            field.setText(_PHRASE)
            field.caps_lock.emit(name == "unlock-caps-lock")
        if name == "unlock-wrong":
            said = trouble(VaultError(Code.WRONG_PASSPHRASE), self._content)
            view.render_state(UnlockState(trouble=said, waiting_s=4))
        elif name == "unlock-two":
            view.render_state(UnlockState(owners=(Owner("a", 1), Owner("b", 2, "Jules"))))
        elif name == "unlock-older-copy":
            from app.ui.screens.unlock.state import Remedy

            said = trouble(VaultError(Code.OLDER_COPY, date="2026-05-12"), self._content)
            view.render_state(UnlockState(trouble=said, remedy=Remedy.OLDER_COPY))
        elif name == "unlock-damaged":
            said = trouble(VaultError(Code.DAMAGED_ENTRIES, count=2), self._content)
            view.render_state(UnlockState(trouble=said, way_back=True))

    def _first_run(self, name: str) -> QWidget:
        del name
        self._presenter = presenter = FirstRunPresenter(self._aside, self._warmup, _FOLDER)
        view = FirstRunView(presenter)
        presenter.setParent(view)
        presenter.content_ready.emit(self._content)
        return view

    def _set_first_run(self, view: FirstRunView, name: str) -> None:
        step = Step[name.removeprefix("first-run-").upper()]
        state = FirstRunState(step, _FOLDER, reached=step)
        if step is Step.BEFORE:
            state = FirstRunState(step, _FOLDER, reached=step, missing="answer")
        elif step is Step.PASSPHRASE:
            field = view.page(step).first
            if isinstance(field, PassphraseField):
                field.toggle()
                field.setText(_PHRASE)
            state = FirstRunState(step, _FOLDER, reached=step, strength=3, missing="again")
        elif step is Step.WHO:
            state = FirstRunState(step, _FOLDER, reached=step, missing="name")
        self._presenter.restore(state)
