"""Totals somebody else gave: questionnaires that may not ship, known here by name, range and published thresholds only.

Their questions are not here and are never asked. What is known labels a number a person types in (insights.md 1.1,
1.6); a name that is not known is kept as it was written, without a range and without a label.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import msgspec

KIND: Final = "score_entry"
NAME, TOTAL = "name", "total"


class Known(msgspec.Struct, frozen=True):
    """One questionnaire: its `code`, its name, the `highest` total, and a published `cut`.

    `low_strain`: totals below the cut are the strained side; otherwise those at or above it. `change`: points from
    which two totals differ beyond what answering twice would do; None where no such number is known here.
    """

    code: str
    name: str
    highest: int
    cut: float
    low_strain: bool = True
    change: int | None = None

    @property
    def measure(self) -> str:
        """The name of its totals among the measures."""
        return f"score.{self.code}"

    def is_beyond(self, total: float) -> bool:
        """Whether a total lies on the strained side of the cut."""
        return total < self.cut if self.low_strain else total >= self.cut


KNOWN: Final = (
    Known("csi4", "CSI-4", 21, 13.5),
    Known("csi16", "CSI-16", 81, 51.5),
    Known("csi32", "CSI-32", 161, 104.5),
    Known("ors", "ORS", 40, 25, change=5),
    Known("srs", "SRS", 40, 36),
    Known("rdas", "RDAS", 69, 47.31, change=12),
    Known("oq45", "OQ-45", 180, 63, low_strain=False, change=14),
)
"""CSI: Funk & Rogge 2007. ORS, SRS and OQ-45 thresholds as practice reports give them; RDAS: Anderson et al. 2014."""

_LETTERS: Final = re.compile(r"[^a-z0-9]+")
_BY_CODE: Final = {one.code: one for one in KNOWN} | {"oq452": KNOWN[-1]}


def known_by(name: str) -> Known | None:
    """The questionnaire of a name however it was typed ("csi 16", "CSI-16"); None for any other name."""
    return _BY_CODE.get(_LETTERS.sub("", name.casefold()))


def number_of(total: str) -> float | None:
    """A total as a number, with a point or a comma; None where it is none."""
    try:
        return float(total.strip().replace(",", "."))
    except ValueError:
        return None


def is_possible(answers: Mapping[str, object]) -> bool:
    """Whether a total can be one of the questionnaire it names; what is not known can be anything."""
    name, total = answers.get(NAME), answers.get(TOTAL)
    if not (isinstance(name, str) and isinstance(total, str)):
        return True
    known, number = known_by(name), number_of(total)
    return known is None or number is None or 0 <= number <= known.highest


def measured(name: object, total: object) -> tuple[str, float] | None:
    """The measure and value of a total whose questionnaire is known."""
    if not (isinstance(name, str) and isinstance(total, str)):
        return None
    known, number = known_by(name), number_of(total)
    return (known.measure, number) if known is not None and number is not None else None
