"""The Repair page: asks what was done, filters the cards while one types, opens one practice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.domain.errors import LeewardError
from app.domain.records import Changes
from app.services.conversations import Paused
from app.services.desk import Desk
from app.services.practices import Doing
from app.ui import text
from app.ui.context import Context
from app.ui.screens.repair import wording
from app.ui.screens.repair.state import Filter, PracticePage, State
from app.ui.text import tr


class RepairPresenter(QObject):
    """Keeps the state and says it whole each time it changes."""

    state = Signal(object)
    """Emitted with each new State."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._shown = State()
        self._doings: tuple[Doing, ...] = ()
        self._uncovered: set[str] = set()
        self._wanted = ""
        self._here = False
        ctx.bus.changed.connect(self._changed)
        ctx.bus.locking.connect(self._let_go)

    @property
    def shown(self) -> State:
        """What the page shows now."""
        return self._shown

    def enter(self, target: str | None) -> None:
        """The page is shown, perhaps with one practice."""
        self._here = True
        self._again()
        if target is not None:
            self.open(target)

    def leave(self) -> None:
        """Another page comes; covers stand again at the next visit."""
        self._here = False
        self._uncovered.clear()
        self.close_page()

    def choose(self, shown: frozenset[Filter]) -> None:
        """Show only cards that are all of this; every card with nothing."""
        self._say(replace(self._shown, shown=shown - {Filter.ALL}))

    def choose_model(self, model: str) -> None:
        """Only practices from one way of working; all with nothing."""
        self._say(replace(self._shown, model=model))

    def find(self, words: str) -> None:
        """Only cards that hold these words."""
        self._say(replace(self._shown, words=words))

    def open(self, practice: str) -> None:
        """Open one practice; behind its cover where it has one."""
        self._wanted = practice
        covered = practice not in self._uncovered
        found = self._ctx.content.practice(practice)

        def work(desk: Desk) -> PracticePage:
            doing = next(doing for doing in desk.practices.all() if doing.practice == practice)
            return wording.page(self._ctx, found, doing, desk.practices.past(practice), covered=covered)

        self._ctx.tasks.run(work, self._opened, self._failed, slot="practice")

    def uncover(self) -> None:
        """Show what the cover stood before."""
        if self._shown.page is not None:
            self._uncovered.add(self._shown.page.practice)
            self.open(self._shown.page.practice)

    def close_page(self) -> None:
        """Back to the cards; what is still being read is not shown any more."""
        self._wanted = ""
        if self._shown.page is not None:
            self._shown = replace(self._shown, page=None)
            self._say(self._shown)
            self._ctx.shell.retitle()

    def favour(self, *, on: bool) -> None:
        """Keep the opened practice at hand, or not any more."""
        page = self._shown.page
        if page is not None:
            self._store(page, lambda desk: desk.practices.favour(page.practice, on=on))

    def set_aside(self, *, on: bool) -> None:
        """Not now: the opened practice waits apart."""
        page = self._shown.page
        if page is not None:
            self._store(page, lambda desk: desk.practices.set_aside(page.practice, on=on))

    def _store(self, page: PracticePage, write: Callable[[Desk], None]) -> None:
        def done(_nothing: object) -> None:
            self._again()
            self.open(page.practice)

        self._ctx.tasks.run(write, done, self._failed)

    def _again(self) -> None:
        def work(desk: Desk) -> tuple[tuple[Doing, ...], tuple[Paused, ...]]:
            return desk.practices.all(), desk.conversations.paused()

        self._ctx.tasks.run(work, self._loaded, self._failed, slot="practices")

    def _loaded(self, found: tuple[tuple[Doing, ...], tuple[Paused, ...]]) -> None:
        self._doings, talks = found
        self._say(replace(self._shown, loaded=True, trouble="", paused=wording.paused(self._ctx, talks)))
        self._ctx.shell.retitle()

    def _opened(self, page: PracticePage) -> None:
        if page.practice != self._wanted:
            return
        self._shown = replace(self._shown, page=page, trouble="")
        self.state.emit(self._shown)
        self._ctx.shell.retitle()

    def _say(self, state: State) -> None:
        offered = wording.offered_filters(self._ctx, self._doings)
        state = replace(state, shown=state.shown & frozenset(offered))
        known = state.loaded  # what is typed before waits for the cards
        groups = wording.groups(self._ctx, self._doings, state.shown, state.model, state.words) if known else ()
        count = sum(len(group.cards) for group in groups)
        subtitle = text.counted_words(count, tr("{n} practice"), tr("{n} practices")) if state.loaded else ""
        nothing = _nothing_words(state) if state.loaded and not count else ""
        self._shown = replace(state, groups=groups, subtitle=subtitle, nothing=nothing, filters=offered)
        self.state.emit(self._shown)
        self._ctx.shell.retitle()

    def _changed(self, changes: Changes) -> None:
        if self._here and changes.kinds - {"draft"}:
            self._again()
            if self._shown.page is not None:
                self.open(self._shown.page.practice)

    def _failed(self, error: LeewardError) -> None:
        self._shown = replace(self._shown, trouble=text.trouble(error, self._ctx.content).paragraph)
        self.state.emit(self._shown)

    def _let_go(self) -> None:
        self._doings, self._shown, self._wanted = (), State(), ""
        self.state.emit(self._shown)


def _nothing_words(state: State) -> str:
    if state.words or state.model:
        return tr("Nothing here with these words.")
    return {
        frozenset({Filter.FAVOURITE}): tr("Nothing kept at hand yet. Each practice has a button for it."),
        frozenset({Filter.ASIDE}): tr("Nothing is set aside."),
    }.get(state.shown, tr("Nothing is all of this at once. Take one of the filters off."))
