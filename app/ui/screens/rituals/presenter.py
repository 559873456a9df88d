"""Asks the desk for a month and one ritual, moves days on, and saves what is changed about a ritual."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.domain.errors import LeewardError
from app.domain.records import Changes, RecordId
from app.domain.ritual_course import Standing
from app.services import choices
from app.services.ritual_reading import RitualDay
from app.services.ritual_views import Detail, Month
from app.ui.context import Context, Toast
from app.ui.screens.rituals.picture import page
from app.ui.screens.rituals.state import DayNow, RitualsPage
from app.ui.text import tr, trouble
from app.ui.undoing import undo_toast

if TYPE_CHECKING:
    from app.services.desk import Desk

KINDS: Final = frozenset({"ritual", "ritual_completion"})


class RitualsPresenter(QObject):
    """`state(RitualsPage)` whenever there is something new to show."""

    state = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._shown = RitualsPage()
        self._month: dt.date | None = None
        self._wanted = ""
        ctx.bus.changed.connect(self._changed)
        ctx.bus.chosen.connect(self._chosen)
        ctx.bus.locking.connect(self._let_go)

    @property
    def shown(self) -> RitualsPage:
        """The page as it stands."""
        return self._shown

    def load(self, record: str | None = None) -> None:
        """Fetch the month and one ritual: the one asked for, else the one that was told, else the first under way."""
        month, wanted = self._month, record or self._wanted
        names: dict[str, str] = {self._ctx.person.id: self._ctx.person.name}
        if self._ctx.partner:
            names[self._ctx.other or self._ctx.partner] = self._ctx.partner
        content = self._ctx.content

        def work(desk: Desk) -> RitualsPage:
            found = desk.rituals.month(month)
            return page(found, _one(desk, found, wanted), content, names, runs=choices.load(desk.session).ritual_runs)

        self._ctx.tasks.run(work, self._loaded, self._refused, slot="rituals")

    def turn(self, months: int) -> None:
        """Show another month."""
        first = dt.date.fromordinal(self._shown.month)
        number = first.year * 12 + first.month - 1 + months
        self._month = dt.date(number // 12, number % 12 + 1, 1)
        self.load()

    def choose(self, row: int) -> None:
        """Tell another ritual below."""
        if 0 <= row < len(self._shown.records):
            self._wanted = self._shown.records[row]
            self.load()

    def move_on(self, row: int, place: int) -> None:
        """A day becomes what comes next."""
        record, day = self._shown.records[row], self._shown.month + place
        self._wanted = record
        self._run(lambda desk: desk.rituals.cycle(RecordId(record), day), _nothing)

    def mark(self, record: str, day: int, outcome: str, reason: str | None, words: str) -> None:
        """Say what a day was, with a reason or a line."""
        self._run(lambda desk: desk.rituals.mark(RecordId(record), day, outcome, reason=reason, words=words), _nothing)

    def look_at(self, row: int, place: int, show: Callable[[DayNow], None]) -> None:
        """Fetch what this person noted of a day, for a surface that asks about it."""
        found, day = self._shown.rows[row], self._shown.month + place
        record = RecordId(self._shown.records[row])

        def work(desk: Desk) -> DayNow:
            own, shared = desk.rituals.own_day(record, day), desk.journal.entry(record)
            said = own if own is not None else RitualDay(day, "")
            words = (found.title, said.outcome, said.reason, said.note)
            return DayNow(record, day, *words, shared=bool(shared and shared.shared))

        def known(now: object) -> None:
            if isinstance(now, DayNow):
                show(now)

        self._ctx.tasks.run(work, known, self._said, slot="ritual-day")

    def save(self, record: str, answers: Mapping[str, object]) -> None:
        """Save what was changed about a ritual."""
        found = RecordId(record)
        said = tr("Saved. A new schedule holds from tomorrow.")
        self._run(lambda desk: desk.rituals.change(found, answers), lambda _none: undo_toast(self._ctx, said, found))

    def stand(self, record: str, standing: Standing) -> None:
        """Let one ritual rest, retire it, or take it up again."""
        found = RecordId(record)
        said = {
            Standing.ACTIVE: tr("Under way again."),
            Standing.RESTING: tr("It rests from today. Its strength stays where it is."),
            Standing.RETIRED: tr("Retired after today. Its days stay."),
        }[standing]
        self._run(lambda desk: desk.rituals.stand(found, standing), lambda _none: undo_toast(self._ctx, said, found))

    def pause_all(self, until: dt.date | None) -> None:
        """Let everything rest."""
        self._run(lambda desk: desk.rituals.pause_all(until), lambda _none: self.load())

    def resume_all(self) -> None:
        """Go on with everything."""
        self._run(lambda desk: desk.rituals.resume_all(), lambda _none: self.load())

    def _run(self, work: Callable[[Desk], object], done: Callable[[object], None]) -> None:
        self._ctx.tasks.run(work, done, self._said)

    def _loaded(self, found: RitualsPage) -> None:
        before, self._shown = self._shown, found
        self._wanted = found.chosen or (found.told.record if found.told else "")
        self.state.emit(found)
        if before.subtitle != found.subtitle:
            self._ctx.shell.retitle()

    def _refused(self, error: LeewardError) -> None:
        self._shown = replace(self._shown, trouble=trouble(error, self._ctx.content))
        self.state.emit(self._shown)

    def _said(self, error: LeewardError) -> None:
        self._ctx.shell.toast(Toast(trouble(error, self._ctx.content).paragraph))

    def _changed(self, changes: Changes) -> None:
        if changes.kinds & KINDS and self._shown.loaded:
            self.load()

    def _chosen(self, _choices: object) -> None:
        if self._shown.loaded:
            self.load()

    def _let_go(self) -> None:
        self._shown = RitualsPage()
        self.state.emit(self._shown)


def _one(desk: Desk, month: Month, wanted: str) -> Detail | None:
    """The ritual to tell: the wanted one while it is there, else the first that is under way, else the first."""
    rows = [one.row for one in month.rows]
    known = {str(row.record) for row in rows}
    if wanted and wanted not in known:
        known |= {entry.id for entry in desk.journal.page(kinds=("ritual",), limit=500).entries}
    if wanted in known:
        return desk.rituals.detail(RecordId(wanted))
    active = [row for row in rows if row.standing is Standing.ACTIVE]
    first = next(iter(active or rows), None)
    return desk.rituals.detail(first.record) if first is not None else None


def _nothing(_value: object) -> None:
    """What was saved comes back over the bus."""
