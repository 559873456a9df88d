"""Asks the journal for what Calm shows of a person's own, and keeps what helped when they say so. Nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.errors import LeewardError
from app.domain.records import Changes
from app.services.calming import CONTACT, PAUSE, Own
from app.services.tools import KIND as TOOL
from app.services.tools import CalmUse, HelpedWord
from app.ui.context import Context, Toast
from app.ui.screens.calm.state import CalmState
from app.ui.text import tr, trouble
from app.ui.widgets.marks import Person, Shape

if TYPE_CHECKING:
    from app.services.desk import Desk

_KINDS = frozenset({PAUSE, CONTACT, TOOL})


class CalmPresenter(QObject):
    """`state(CalmState)` once it is asked for and after every change of it.

    `unkept(words)`: own words helped, and the kit does not have them.
    """

    state = Signal(object)
    unkept = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._ctx = context
        self._uses: dict[str, CalmUse] = {}
        context.bus.changed.connect(self._changed)

    def load(self) -> None:
        """Ask for everything of this person's own. It only reads."""
        self._uses = {}
        self._read()

    def helped(self, key: str, on: bool) -> None:  # the signal brings a plain value
        """Keep that something helped, or take it back."""
        if not on:
            use = self._uses.pop(key, None)
            if use is not None:
                self._ctx.tasks.run(lambda desk: desk.tools.take_back(use), lambda _gone: None, self._failed)
            return

        def write(desk: Desk) -> tuple[CalmUse, str | None]:
            return desk.tools.helped(key), desk.tools.unkept([key])

        def kept(found: tuple[CalmUse, str | None]) -> None:
            self._uses[key], words = found
            self._ctx.shell.toast(Toast(tr("Saved, only for you.")))
            if words is not None:
                self.unkept.emit(words)

        self._ctx.tasks.run(write, kept, self._failed)

    def answered(self, words: str, keep: bool) -> None:  # the signal brings a plain value
        """Put own words into the kit, or do not ask about them again."""

        def write(desk: Desk) -> None:
            if keep:
                desk.tools.keep(words)
            else:
                desk.tools.decline(words)

        self._ctx.tasks.run(write, lambda _done: None, self._failed)

    def _read(self) -> None:
        def read(desk: Desk) -> tuple[Own, tuple[HelpedWord, ...]]:
            return desk.calming.own(), desk.tools.offered()

        self._ctx.tasks.run(read, self._loaded, self._failed, slot="calm")

    def _loaded(self, found: tuple[Own, tuple[HelpedWord, ...]]) -> None:
        own, offered = found
        labels = {item.id: item.label for item in self._ctx.content.list("helped").items}
        tools = [word.key for word in offered if word.tool is not None]
        common = [word.key for word in offered if word.tool is None and word.key in labels and word.key in _ALONE]
        kinds = self._ctx.content.kinds
        both = self._both()
        pause = kinds[PAUSE]
        self.state.emit(
            CalmState(
                own=own,
                others=both,
                marked=tuple(person for person, id_ in self._seats() if own.pause and id_ in own.pause.marked),
                offered=tuple((key, labels.get(key, key)) for key in (*tools, *common)),
                write_pause=(pause.solo_add or pause.add) if self._ctx.solo else pause.add,
                empty_kit=kinds[TOOL].empty_state,
                add_tool=kinds[TOOL].add,
                empty_ring=kinds[CONTACT].empty_state,
                add_ring=kinds[CONTACT].add,
            )
        )

    def _seats(self) -> tuple[tuple[Person, str], ...]:
        """Each person's mark with their id, first person first."""
        ctx = self._ctx
        mine = (Person(Shape.of(ctx.mark), ctx.person.initial, ctx.person.name), str(ctx.person.id))
        if ctx.partner is None:
            return (mine,)
        name = ctx.partner
        theirs = (Person(Shape.of(3 - ctx.mark), name.strip()[:1].upper(), name), ctx.other)
        return (mine, theirs) if ctx.mark == 1 else (theirs, mine)

    def _both(self) -> tuple[Person, ...]:
        return () if self._ctx.partner is None else tuple(person for person, _ in self._seats())

    def _changed(self, changes: object) -> None:
        if isinstance(changes, Changes) and changes.kinds & _KINDS:
            self._read()

    def _failed(self, error: LeewardError) -> None:
        said = trouble(error, self._ctx.content)
        self._ctx.shell.toast(Toast(f"{said.title}. {said.safe}"))


_ALONE = frozenset({"breathing", "grounding", "walk", "cold_water", "named_it", "pause", "other_person"})
"""Common words for what one does in such a moment; the others answer what somebody else did."""
