"""What one person lets be seen: looked at first, then shared, and taken back at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.errors import LeewardError
from app.domain.records import RecordId
from app.domain.released import Release, ReleasedWeeks, Stream
from app.insights.series import DAYS_A_WEEK, monday_of
from app.ui.context import Context, Toast
from app.ui.screens.together_door.state import ReleasesShown, StreamShown
from app.ui.text import relative_day, tr, trouble

if TYPE_CHECKING:
    from app.services.desk import Desk

_FIRST_WEEKS: Final = 12


class _Found(msgspec.Struct, frozen=True):
    """What the desk says: the releases with what can be seen of them, and the triggers there are."""

    streams: tuple[tuple[Release, ReleasedWeeks], ...]
    triggers: tuple[tuple[str, int, str], ...]
    trigger: str


class ReleasesPresenter(QObject):
    """`state(ReleasesShown)` for the surface."""

    state = Signal(object)

    def __init__(self, ctx: Context, *, both_here: bool, parent: QObject | None = None) -> None:
        """`both_here`: the other person looks on, so nothing is looked up that is not let out."""
        super().__init__(parent)
        self._ctx = ctx
        self._today = ctx.now().date().toordinal()
        self._shown = ReleasesShown(tuple(StreamShown(stream) for stream in Stream), both_here=both_here)
        ctx.bus.locking.connect(self.let_go)

    @property
    def shown(self) -> ReleasesShown:
        """The state that was emitted last."""
        return self._shown

    @property
    def today(self) -> int:
        """The day the surface was opened (an ordinal)."""
        return self._today

    def load(self) -> None:
        """Ask what is let out."""
        today, alone = self._today, not self._shown.both_here

        def work(desk: Desk) -> _Found:
            streams = desk.streams
            released = tuple((one, streams.preview(one, today)) for one in streams.released())
            entries = streams.triggers() if alone else ()
            triggers = tuple((entry.id, entry.day, entry.title) for entry in entries)
            return _Found(released, triggers, streams.chosen_trigger() or "")

        self._ctx.tasks.run(work, self._loaded, self._refused, slot="releases")

    def look(self, stream: Stream, first: int | None = None, last: int | None = None) -> None:
        """Show what the other would see of a range, before anything is let out; the last twelve weeks to begin with."""
        if self._shown.both_here:
            return
        start = first if first is not None else monday_of(self._today) - DAYS_A_WEEK * _FIRST_WEEKS
        release, today = Release(stream, start, last), self._today

        def seen(weeks: ReleasedWeeks) -> None:
            self._replace(stream, looked_at=release, preview=weeks)

        self._ctx.tasks.run(
            lambda desk: desk.streams.preview(release, today), seen, self._refused, slot=f"look {stream.value}"
        )

    def not_now(self, stream: Stream) -> None:
        """Leave it as it is."""
        self._replace(stream, looked_at=None, preview=None)
        self.load()

    def share(self, stream: Stream) -> None:
        """Let out exactly the range that is shown."""
        chosen = next(one.looked_at for one in self._shown.streams if one.stream is stream)
        if chosen is None:
            return
        said = tr("It can be seen the next time you are both here.")
        self._act(lambda desk: desk.streams.release(stream, chosen.first, chosen.last), stream, said)

    def withdraw(self, stream: Stream) -> None:
        """Take it back, at once."""
        self._act(lambda desk: desk.streams.withdraw(stream), stream, tr("It is yours alone again. Nobody is told."))

    def choose_trigger(self, record: str) -> None:
        """Choose the one trigger that may be opened on the page; empty for none."""
        if record != self._shown.trigger:
            chosen = RecordId(record) if record else None
            self._ctx.tasks.run(lambda desk: desk.streams.choose_trigger(chosen), self._chosen, self._refused)

    def let_go(self) -> None:
        """Forget every number and word."""
        self._show(ReleasesShown(both_here=self._shown.both_here))

    def _act(self, act: Callable[[Desk], None], stream: Stream, said: str) -> None:
        def done(_none: None) -> None:
            self._replace(stream, looked_at=None, preview=None)
            self._ctx.shell.toast(Toast(said))
            self.load()

        self._ctx.tasks.run(act, done, self._refused)

    def _chosen(self, _none: None) -> None:
        self.load()

    def _loaded(self, found: _Found) -> None:
        released = {release.stream: (release, weeks) for release, weeks in found.streams}
        shown = []
        for one in self._shown.streams:
            release, weeks = released.get(one.stream, (None, None))
            looking = one.looked_at is not None
            shown.append(replace(one, release=release, preview=one.preview if looking else weeks))
        day = self._ctx.now().date()
        triggers = tuple((record, _said(day, at, title)) for record, at, title in found.triggers)
        self._show(replace(self._shown, streams=tuple(shown), triggers=triggers, trigger=found.trigger, trouble=None))

    def _replace(self, stream: Stream, *, looked_at: Release | None, preview: ReleasedWeeks | None) -> None:
        streams = tuple(
            replace(one, looked_at=looked_at, preview=preview) if one.stream is stream else one
            for one in self._shown.streams
        )
        self._show(replace(self._shown, streams=streams))

    def _refused(self, error: LeewardError) -> None:
        self._show(replace(self._shown, trouble=trouble(error, self._ctx.content)))

    def _show(self, state: ReleasesShown) -> None:
        self._shown = state
        self.state.emit(state)


def _said(today: dt.date, day: int, title: str) -> str:
    """A trigger as one line: its day and its first words."""
    when = relative_day(dt.date.fromordinal(day), today)
    return tr("{day}: {words}").format(day=when, words=title or tr("an alarm"))
