"""The filters over the page: everything there is to choose, searchable, applied at once, with what is left."""

from __future__ import annotations

import calendar
import datetime as dt

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.fields import Precision, When
from app.domain.records import RecordId
from app.services.filtering import NO_FILTER, Filter, Whose
from app.ui.context import Context
from app.ui.screens.journal.filter_words import QUICK, Group, quick_days
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.field_editors import Needs
from app.ui.widgets.fields import Field
from app.ui.widgets.label import Label
from app.ui.widgets.when_editor import WhenEditor

_PRECISIONS = (Precision.PERIOD, Precision.MONTH, Precision.YEAR, Precision.DAY)
_WHOSE: dict[str, Whose] = {"mine": "mine", "theirs": "theirs"}


class FilterSurface(DialogSurface):
    """Every change is emitted; closing changes nothing more."""

    filtered = Signal(object)
    """Emitted with the Filter."""

    def __init__(self, ctx: Context, wanted: Filter, groups: tuple[Group, ...]) -> None:
        super().__init__(ctx.shell.ground(), tr("Filter the timeline"), close_words=tr("Close"))
        self._ctx, self._groups, self._quiet = ctx, groups, False
        self._wanted = wanted
        words = tr("Find a kind, an injury or a tag")
        self.sought = Field(name=words, placeholder=words, voice="app", leading="magnifying-glass")
        self.sought.textChanged.connect(self._narrow)
        self.body.addWidget(self.sought)
        self.chips: list[tuple[Group, Label, Chips]] = []
        self._dates = self._make_dates(ctx)
        self.body.addWidget(self._dates)
        for group in groups:
            heading = Label(group.heading, "label", "ink2")
            chips = Chips(group.chips, name=group.heading, single=group.single)
            chips.changed.connect(lambda _keys: self._collect())
            self.chips.append((group, heading, chips))
            self.body.addWidget(heading)
            self.body.addWidget(chips)
        self._none = Label(tr("Nothing here has that name."), "body", "ink3")
        self._none.hide()
        self.body.addWidget(self._none)
        self.body.addStretch(1)
        self._count = Label("", "body", "ink2", lines=1)
        clear = Button(tr("Clear all"), "quiet")
        clear.clicked.connect(lambda _checked=False: self.clear())
        self._done = Button(tr("Show these"), "primary")
        self._done.clicked.connect(lambda _checked=False: self.close_surface())
        self.footer.addWidget(self._count, 1)
        self.footer.addWidget(clear)
        self.footer.addWidget(self._done)
        self.dismissed.connect(self.close_surface)
        self.confirmed.connect(self.close_surface)
        self._choose()

    def open(self, first: QWidget | None = None) -> None:
        """Open with the keyboard in the search."""
        super().open(first or self.sought)

    def say_count(self, words: str) -> None:
        """How many entries are left."""
        self._count.setText(words)

    def clear(self) -> None:
        """Choose nothing."""
        self._wanted = NO_FILTER
        self._choose()
        self.filtered.emit(self._wanted)

    def _make_dates(self, ctx: Context) -> QWidget:
        theme = current_hub().theme
        made = QWidget()
        made.setObjectName("page")
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("s"))
        names = (tr("This month"), tr("Last 3 months"), tr("Last year"))
        offered = [Chip(key, name) for key, name in zip(QUICK, names, strict=True)]
        self.quick = Chips(offered, name=tr("Dates, quickly"), single=True)
        self.quick.changed.connect(self._quick_chosen)
        self.when = WhenEditor(Needs(ctx.solo, ctx.partner or "", ctx.now, ctx.zone), _PRECISIONS)
        self.when.control.setItemText(0, tr("any time"))
        self.when.control.setAccessibleName(tr("Dates"))
        self.when.changed.connect(self._dates_chosen)
        for part in (Label(tr("Dates"), "label", "ink2"), self.quick, self.when):
            column.addWidget(part)
        return made

    def _choose(self) -> None:
        """Show the filter in every control."""
        self._quiet = True
        for group, _, chips in self.chips:
            keys = set(_keys(self._wanted, group))
            chips.choose([chip.key for chip in group.chips if chip.key in keys and self._offered(chip)])
        today = self._ctx.now().date()
        days = (self._wanted.first, self._wanted.last)
        self.quick.choose([key for key in QUICK if quick_days(key, today) == days][:1])
        self.when.show_answer(_when(self._wanted))
        self._quiet = False

    def _offered(self, chip: Chip) -> bool:
        return self.sought.text().strip().casefold() in chip.word.casefold()

    def _narrow(self) -> None:
        """Offer only what holds the words typed; what is chosen stays chosen."""
        some = False
        for group, heading, chips in self.chips:
            offered = [chip for chip in group.chips if self._offered(chip)]
            chips.offer(offered)
            for part in (heading, chips):
                part.setVisible(bool(offered))
            some = some or bool(offered)
        self._dates.setVisible(not self.sought.text().strip())
        self._none.setVisible(not some)
        self._choose()

    def _collect(self) -> None:
        if self._quiet:
            return
        chosen: dict[str, list[str]] = {}
        for group, _, chips in self.chips:
            on, before = set(chips.chosen()), set(_keys(self._wanted, group))
            kept = [c.key for c in group.chips if c.key in on or (c.key in before and not self._offered(c))]
            chosen.setdefault(group.part, []).extend(kept)
        self._wanted = msgspec.structs.replace(
            self._wanted,
            kinds=tuple(chosen.get("kinds", ())),
            tags=tuple(chosen.get("tags", ())),
            threads=tuple(RecordId(key) for key in chosen.get("threads", ())),
            whose=next((_WHOSE[key] for key in chosen.get("whose", ())), ""),
            shared=next((key == "shared" for key in chosen.get("shared", ())), None),
        )
        self.filtered.emit(self._wanted)

    def _quick_chosen(self, keys: tuple[str, ...]) -> None:
        first, last = quick_days(keys[0], self._ctx.now().date()) if keys else (None, None)
        self._wanted = msgspec.structs.replace(self._wanted, first=first, last=last)
        self._quiet = True
        self.when.show_answer(_when(self._wanted))
        self._quiet = False
        self.filtered.emit(self._wanted)

    def _dates_chosen(self) -> None:
        if self._quiet:
            return
        first, last = _days(self.when.when())
        self._wanted = msgspec.structs.replace(self._wanted, first=first, last=last)
        self.quick.choose([])
        self.filtered.emit(self._wanted)


def _keys(wanted: Filter, group: Group) -> tuple[str, ...]:
    if group.part == "whose":
        return (wanted.whose,) if wanted.whose else ()
    if group.part == "shared":
        return () if wanted.shared is None else ("shared" if wanted.shared else "private",)
    found: tuple[str, ...] = getattr(wanted, group.part)
    return found


def _when(wanted: Filter) -> object:
    if wanted.first is None or wanted.last is None:
        return None
    first, last = dt.date.fromordinal(wanted.first), dt.date.fromordinal(wanted.last)
    return msgspec.to_builtins(When(first, Precision.PERIOD, until=last))


def _days(when: When | None) -> tuple[int | None, int | None]:
    """First and last day (ordinals) a person means."""
    if when is None:
        return None, None
    last = when.until or when.day
    if when.precision is Precision.MONTH:
        last = when.day.replace(day=calendar.monthrange(when.day.year, when.day.month)[1])
    elif when.precision is Precision.YEAR:
        last = dt.date(when.day.year, 12, 31)
    return when.day.toordinal(), last.toordinal()
