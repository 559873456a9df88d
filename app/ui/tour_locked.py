"""What can lie over the locked screen, each in a state that a real run would take long to reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from app import paths
from app.domain.backing_up import Why
from app.domain.errors import Code, VaultError
from app.services import demo, passphrases, sample
from app.services.reading_out import ReadAnswer, ReadEntry, Reading
from app.services.restoring import Readable, WayBack
from app.services.vaults import Words
from app.ui.runtime.aside import Aside
from app.ui.runtime.warmup import Warmup
from app.ui.screens.drop.presenter import DropPresenter
from app.ui.screens.drop.state import DropState, Owner, What
from app.ui.screens.drop.view import DropSurface
from app.ui.screens.unlock.reading import Busy, ReadingOpening, ReadingState
from app.ui.screens.unlock.reading_view import ReadingSurface
from app.ui.screens.unlock.recovery import RecoveryOpening, RecoveryState, RecoverySurface
from app.ui.screens.unlock.way_back import WayBackOpening, WayBackState
from app.ui.screens.unlock.way_back_view import WayBackSurface
from app.ui.text import trouble
from app.ui.widgets.field_editors import Needs
from app.ui.widgets.marks import Shape

Over = Callable[[QWidget, Words], None]
_NOWHERE: Final = Path("Documents") / "Leeward"
_PHRASE: Final = demo.sample_passphrase(3)
_PART: Final = 0.42
_EVENING: Final = dt.datetime.combine(sample.LAST_DAY, dt.time(17, 30), tzinfo=dt.UTC)
_DAY: Final = dt.timedelta(days=1)
_COPIES: Final = tuple(
    WayBack(id=f"copy-{days}", made=_EVENING - days * _DAY, why=why, bytes=size, kept=kept, revisions=revisions)
    for days, why, size, kept, revisions in (
        (1, Why.DAILY, 998_400, False, 431),
        (2, Why.DAILY, 995_328, False, 428),
        (9, Why.ASKED, 962_560, False, 402),
        (12, None, 958_464, True, None),
    )
)


_GROUPS: Final = ("K7QM", "2FXD", "9TRB", "HW4C", "6JNP", "ZV3G", "M8YS", "5DKX")
"""What looks like a code. It belongs to nothing."""


def _recovery(ground: QWidget, words: Words) -> RecoverySurface:
    surface = RecoverySurface(ground, RecoveryOpening(Aside(ground), _NOWHERE, words.content), words.content)
    surface.open()
    return surface


def _code_refused(ground: QWidget, words: Words) -> None:
    surface = _recovery(ground, words)
    surface.code.setText(" ".join(_GROUPS))
    said = trouble(VaultError(Code.CODE_TYPO), words.content)
    typo = words.content.care.recovery.typo.format(group=8)
    surface.render_state(RecoveryState(trouble=replace(said, happened=typo, next="")))


def _code_fits(ground: QWidget, words: Words) -> None:
    surface = _recovery(ground, words)
    with QSignalBlocker(surface.new):  # what is shown is not judged
        surface.new.take(_PHRASE)
    surface.render_state(RecoveryState(fits=True, strength=passphrases.LEAST_STRENGTH + 1))


def _copies(state: WayBackState) -> Over:
    def show(ground: QWidget, words: Words) -> None:
        opening = WayBackOpening(Aside(ground), _NOWHERE, _PHRASE, words.content)
        surface = WayBackSurface(ground, opening, sample.LAST_DAY)
        surface.open()
        surface.render_state(state)

    return show


def _reading(busy: Busy = Busy.NOTHING, *, plain: bool = False) -> Over:
    def show(ground: QWidget, words: Words) -> None:
        opening = ReadingOpening(Aside(ground), _NOWHERE, _PHRASE, words, lambda: _EVENING)
        surface = ReadingSurface(ground, opening, words.content.care)
        surface.open()
        found = None if busy is not Busy.NOTHING else _found(words)
        surface.render_state(ReadingState(busy, _PART, found, plain=plain))

    return show


def _lines() -> list[str]:
    """The newest notes of the sample's first person."""
    written = sample.entries(paths.resources(), sample.LAST_DAY)
    notes = [str(entry.body["body"]) for entry in written if entry.kind == "note" and "body" in entry.body]
    return notes[-_SHOWN:]


def _found(words: Words) -> Readable:
    note = words.content.kind("note")
    question = next(field.label for field in note.fields if field.id == "body")
    entries = tuple(
        ReadEntry(str(at), sample.LAST_DAY.toordinal() - at, note.singular, line, (ReadAnswer(question, line),))
        for at, line in enumerate(_lines())
    )
    return Readable(reading=Reading(entries, lost=2), copies=2)


def _drop(what: What, state: DropState) -> Over:
    def show(ground: QWidget, words: Words) -> None:
        presenter = DropPresenter(Aside(ground), Warmup(), _NOWHERE, lambda: _EVENING)
        needs = Needs(solo=True, partner="", now=lambda: _EVENING)
        surface = DropSurface(ground, words.content, needs, presenter)
        presenter.setParent(surface)
        surface.open()
        surface.choose(what)
        surface.render_state(state)

    return show


_TWO: Final = DropState((Owner(Shape.CIRCLE), Owner(Shape.SQUARE, "Jules")))
_ONE: Final = DropState((Owner(Shape.CIRCLE),))
_SHOWN: Final = 3
"""Entries of the sample that stand in the list of what can be read."""

OVER: Final[Mapping[str, Over]] = MappingProxyType(
    {
        "unlock-recovery": lambda ground, words: _nothing(_recovery(ground, words)),
        "unlock-recovery-refused": _code_refused,
        "unlock-recovery-new": _code_fits,
        "unlock-go-back": _copies(WayBackState(_COPIES)),
        "unlock-go-back-none": _copies(WayBackState(())),
        "unlock-key-file": _copies(WayBackState(_COPIES[:2], key_file_only=True)),
        "unlock-going-back": _copies(WayBackState(_COPIES, restoring=True, part=_PART)),
        "unlock-went-back": _copies(WayBackState(_COPIES, ended=True)),
        "unlock-reading": _reading(Busy.READING),
        "unlock-read": _reading(),
        "unlock-read-plain": _reading(plain=True),
        "drop-note": _drop(What.NOTE, _TWO),
        "drop-trigger": _drop(What.TRIGGER, _ONE),
        "drop-tally": _drop(What.TALLY, DropState((Owner(Shape.CIRCLE),), kept=1, last=What.TALLY)),
        "drop-absent": _drop(What.NOTE, DropState(absent=True)),
    }
)
"""What is brought over the locked screen, by the name of the stop."""


def _nothing(_surface: QWidget) -> None:
    """The surface stands; nothing more is to be done with it."""
