"""What the Rituals page shows: words and numbers, nothing of Qt and nothing of the vault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.charts.plot import Plot
from app.ui.text import Trouble
from app.ui.widgets.month_grid import DayHead, GridRow


@dataclass(frozen=True, slots=True)
class Told:
    """One ritual below the grid. `answers` fill the schedule card; `only_read` when the other person words it.

    `early` stands in place of the curve while there is too little to draw one.
    """

    record: str
    title: str
    span: str
    kept: str
    runs: str
    early: str
    banner: tuple[str, str]
    plot: Plot | None
    answers: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    only_read: bool = False
    standing: str = "active"


@dataclass(frozen=True, slots=True)
class DayNow:
    """One day of a ritual as this person noted it so far: "" where nothing was. `day` is an ordinal."""

    record: str
    day: int
    title: str
    outcome: str = ""
    reason: str = ""
    line: str = ""
    shared: bool = False


@dataclass(frozen=True, slots=True)
class RitualsPage:
    """The whole page. `month` is its first day (ordinal), `days` how many it has; `rows` follow `records`."""

    loaded: bool = False
    empty: bool = False
    month: int = 0
    title: str = ""
    subtitle: str = ""
    heads: tuple[DayHead, ...] = ()
    rows: tuple[GridRow, ...] = ()
    records: tuple[str, ...] = ()
    selected: int = -1
    told: Told | None = None
    paused: str = ""
    trouble: Trouble | None = None

    @property
    def chosen(self) -> str:
        """The record that is told below; "" for none."""
        return self.records[self.selected] if 0 <= self.selected < len(self.records) else ""
