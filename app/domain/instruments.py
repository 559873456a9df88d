"""The three published questionnaires that may be shown unaltered: what their totals can be, and the bands of those.

PHQ-4: Kroenke, Spitzer, Williams, Löwe 2009. GAD-7: Spitzer, Kroenke, Williams, Löwe 2006. PCL-5: Weathers and others
2013 (insights.md 1.6). A total counts only when every item was answered; nothing is estimated for one left open.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import msgspec

from app.domain.fields import Field, FieldType, Kind
from app.domain.records import Body

SUBSCALE_CUT: Final = 3
"""A half of the PHQ-4 (0-6) from which its authors suggest a closer look."""


class Band(StrEnum):
    """Where a total lies among the bands its authors give; `ZONE` is the screening zone of the PCL-5, 31 to 33."""

    LOWEST = "lowest"
    MILD = "mild"
    MODERATE = "moderate"
    HIGHEST = "highest"
    BELOW_ZONE = "below_zone"
    ZONE = "zone"
    ABOVE_ZONE = "above_zone"


class Instrument(msgspec.Struct, frozen=True):
    """One questionnaire: its kind, its name, the measure of its total, and the least total of each band, rising.

    From `offers_help_from` on, the safety page is named beside it. `halves` are two parts of the items that its authors
    count apart as well.
    """

    kind: str
    name: str
    measure: str
    highest: int
    bands: tuple[tuple[int, Band], ...]
    offers_help_from: int
    halves: tuple[tuple[str, ...], ...] = ()

    def band(self, total: int) -> Band:
        """The band of a total. Raises ValueError for one that cannot be."""
        if not 0 <= total <= self.highest:
            raise ValueError("a total outside its range")
        return next(band for least, band in reversed(self.bands) if total >= least)

    @property
    def lines(self) -> tuple[int, ...]:
        """Where one band ends and the next begins: what a chart draws as quiet lines."""
        return tuple(least for least, _ in self.bands if least)


_SEVERITY: Final = (Band.LOWEST, Band.MILD, Band.MODERATE, Band.HIGHEST)

INSTRUMENTS: Final[Mapping[str, Instrument]] = MappingProxyType(
    {
        "phq4": Instrument(
            kind="phq4",
            name="PHQ-4",
            measure="phq4.total",
            highest=12,
            bands=tuple(zip((0, 3, 6, 9), _SEVERITY, strict=True)),
            offers_help_from=9,
            halves=(("nervous", "worrying"), ("interest", "down")),
        ),
        "gad7": Instrument(
            kind="gad7",
            name="GAD-7",
            measure="gad7.total",
            highest=21,
            bands=tuple(zip((0, 5, 10, 15), _SEVERITY, strict=True)),
            offers_help_from=15,
        ),
        "pcl5": Instrument(
            kind="pcl5",
            name="PCL-5",
            measure="pcl5.total",
            highest=80,
            bands=((0, Band.BELOW_ZONE), (31, Band.ZONE), (34, Band.ABOVE_ZONE)),
            offers_help_from=31,
        ),
    }
)


def points(field: Field, answer: object) -> int | None:
    """What one answer adds to a total; None for a question that is not counted or not answered."""
    if field.is_scale:
        return answer if isinstance(answer, int) and not isinstance(answer, bool) else None
    found = next((option.value for option in field.options if option.id == answer), None)
    return int(found) if found is not None else None


def items(kind: Kind) -> tuple[Field, ...]:
    """The questions that are counted, in their order."""
    return tuple(field for field in kind.fields if field.is_scale or field.type is FieldType.CHOICE)


def total_of(kind: Kind, body: Body) -> int | None:
    """The sum of every item; None while one of them is open."""
    given = [points(field, getattr(body, field.id)) for field in items(kind)]
    known = [one for one in given if one is not None]
    return sum(known) if known and len(known) == len(given) else None


def halves_of(kind: Kind, body: Body) -> tuple[int, ...]:
    """The sums of the two halves of the PHQ-4, anxiety and low mood; empty for others and while an item is open."""
    known = INSTRUMENTS.get(kind.id)
    if known is None or total_of(kind, body) is None:
        return ()
    given = {field.id: points(field, getattr(body, field.id)) or 0 for field in items(kind)}
    return tuple(sum(given[name] for name in half) for half in known.halves)
