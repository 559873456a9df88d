"""What bringing a file in would do, or has done: counts, days, and every line that could not be taken."""

from __future__ import annotations

from typing import Final

import msgspec

TOLD: Final = 200
"""Problems that are listed one by one; all are counted."""


class Problem(msgspec.Struct, frozen=True):
    """A line of the file that cannot be taken, with the reason as a stable name; never an answer."""

    line: int
    reason: str
    kind: str = ""
    field: str = ""


class Found(msgspec.Struct, frozen=True):
    """The outcome of one look at a file. Days are ordinals.

    `fresh` counts records that are (or would be) new here, by kind in `kinds`; `known` those that stand here just so,
    `changed` those that say something else here by now, `removed` those that were taken away here: all three stay as
    they are. `copies` are words of the other person, which are read only. `loose` counts links to what is neither here
    nor in the file, `unattached` added files whose bytes are not in it. `written` is whether anything was saved.
    """

    made: str = ""
    person: str = ""
    other_person: bool = False
    fresh: int = 0
    kinds: dict[str, int] = {}
    first: int | None = None
    last: int | None = None
    known: int = 0
    changed: int = 0
    removed: int = 0
    copies: int = 0
    loose: int = 0
    attached: int = 0
    unattached: int = 0
    problems: tuple[Problem, ...] = ()
    trouble: int = 0
    written: bool = False


class Tally:
    """A `Found` in the making."""

    def __init__(self) -> None:
        self.made, self.person, self.partner = "", "", ""
        self.kinds: dict[str, int] = {}
        self.days: tuple[int, int] | None = None
        self.known = self.changed = self.removed = self.copies = 0
        self.attached = self.unattached = self.trouble = 0
        self.problems: list[Problem] = []
        self.seen: set[bytes] = set()
        self.targets: set[bytes] = set()

    def fresh(self, kind: str, day: int) -> None:
        """One more that is new here."""
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        first, last = self.days or (day, day)
        self.days = (min(first, day), max(last, day))

    def problem(self, line: int, reason: str, kind: str = "", field: str = "") -> None:
        """One more line that cannot be taken."""
        self.trouble += 1
        if len(self.problems) < TOLD:
            self.problems.append(Problem(line, reason, kind, field))

    def found(self, *, other_person: bool, loose: int, written: bool) -> Found:
        """The whole of it."""
        return Found(
            made=self.made,
            person=self.person,
            other_person=other_person,
            fresh=sum(self.kinds.values()),
            kinds=dict(sorted(self.kinds.items())),
            first=self.days[0] if self.days else None,
            last=self.days[1] if self.days else None,
            known=self.known,
            changed=self.changed,
            removed=self.removed,
            copies=self.copies,
            loose=loose,
            attached=self.attached,
            unattached=self.unattached,
            problems=tuple(self.problems),
            trouble=self.trouble,
            written=written,
        )
