"""What Calm shows of an open journal: a person's own things with the words around them."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.services.calming import Own
from app.ui.widgets.marks import Person


@dataclass(frozen=True, slots=True)
class CalmState:
    """Without an open journal everything is empty.

    `others`: both people, first person first, in a journal for two; else nobody. `marked`: whose marks stand on the
    pause. `offered`: what can be tapped as having helped, (key, words). The rest are the words of the kinds.
    """

    own: Own = field(default_factory=Own)
    others: tuple[Person, ...] = ()
    marked: tuple[Person, ...] = ()
    offered: tuple[tuple[str, str], ...] = ()
    write_pause: str = ""
    empty_kit: str = ""
    add_tool: str = ""
    empty_ring: str = ""
    add_ring: str = ""
