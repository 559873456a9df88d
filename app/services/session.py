"""An unlocked vault: who is here, their open space, and the words and kinds they write with."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from app.data import keeping
from app.data.connection import Connection
from app.data.space import Change, Space
from app.domain.content import Content
from app.domain.kinds.registry import Kinds
from app.domain.records import Changes, PersonId
from app.services.local_time import Now

PARTNER = "partner_name"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a key slot, as the program names them after unlock."""

    id: PersonId
    name: str

    @property
    def initial(self) -> str:
        """The letter in the person's mark."""
        return self.name.strip()[:1].upper() or "·"


class Session:
    """What every use case needs, opened once and handed to each. Belongs to the thread that opened the space."""

    def __init__(self, person: Person, space: Space, kinds: Kinds, content: Content, now: Now, zone: str) -> None:
        self.person = person
        self.space = space
        self.kinds = kinds
        self.content = content
        self.now = now
        self.zone = zone
        self.last_changes = Changes()

    @property
    def connection(self) -> Connection:
        """The open file, for reading."""
        return self.space.connection

    @property
    def partner(self) -> str | None:
        """The name of the other person this journal speaks of; None when it is kept alone."""
        return keeping.setting(self.connection, PARTNER) or None

    @property
    def solo(self) -> bool:
        """Whether every phrase for two is left out."""
        return self.partner is None

    def name_partner(self, name: str | None) -> None:
        """Choose, change or drop the other person's name."""
        keeping.set_setting(self.connection, PARTNER, (name or "").strip())

    def today(self) -> int:
        """The local day as an ordinal."""
        return self.now().date().toordinal()

    @contextlib.contextmanager
    def change(self) -> Iterator[Change]:
        """Write as this person; what was touched joins `last_changes`, until somebody takes them."""
        with self.space.change(self.person.id, zone=self.zone) as change:
            yield change
        earlier, now = self.last_changes, change.done()
        self.last_changes = Changes(
            kinds=earlier.kinds | now.kinds, records=earlier.records | now.records, days=earlier.days | now.days
        )
