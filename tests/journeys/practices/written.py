"""What is written with a practice: a few believable answers, every one Noa's own.

`find` are words typed into the search later; `change` is what is added to one answer on the next look. A table's cell
is named by its row, counted from 0, and its column.
"""

from __future__ import annotations

from dataclasses import dataclass

THREAD, PROMISE = "The night at the hospital", "I write when I leave work late."
Cell = tuple[int, str, object]
Answer = object
"""Text as typed; a number on a scale; the id of a choice; a tuple of ids for chips; a list of cells for a table."""
Answers = tuple[tuple[str, Answer], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """One practice, written with. `kind` is what is kept; `own` names the page or sheet where it is written, if not the
    form its page opens.
    """

    practice: str
    kind: str
    fill: Answers
    find: str
    change: tuple[str, str]
    own: str = ""
