"""An unlocked vault: who is here, their open space, and the words and kinds they write with."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from app.data import keeping
from app.data.change import Change
from app.data.connection import Connection
from app.data.space import Space
from app.domain.content import Content
from app.domain.errors import Code, LeewardError, RecordError
from app.domain.kinds.registry import Kinds
from app.domain.records import Changes, PersonId, RecordId
from app.services.local_time import Now
from app.services.steps import Steps

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

    def __init__(
        self,
        person: Person,
        space: Space,
        kinds: Kinds,
        content: Content,
        now: Now,
        zone: str,
        *,
        shared: Space | None = None,
    ) -> None:
        """`space` is the person's private one, `shared` the one for two, where it exists.

        `shared_trouble` says why there is a shared space that is not open here; it keeps nobody from their own part.
        """
        self.person = person
        self.space = space
        self.shared = shared
        self.shared_trouble: LeewardError | None = None
        self.kinds = kinds
        self.content = content
        self.now = now
        self.zone = zone
        self.last_changes = Changes()
        self.steps = Steps()

    @property
    def spaces(self) -> tuple[Space, ...]:
        """What this person can read: the private space, then the shared one."""
        return (self.space,) if self.shared is None else (self.space, self.shared)

    def space_of(self, record: RecordId) -> Space:
        """The space a record stands in.

        Raises:
            RecordError: `UNKNOWN_RECORD`.
        """
        for space in self.spaces:
            if space.connection.execute("SELECT 1 FROM record WHERE id = ?", (record,)).fetchone():
                return space
        raise RecordError(Code.UNKNOWN_RECORD, record=record)

    @property
    def connection(self) -> Connection:
        """The private file, for reading."""
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
    def change(self, space: Space | None = None, *, zone: str | None = None) -> Iterator[Change]:
        """Write as this person, into the private space unless told; what was touched joins `last_changes`.

        `zone` is where it was written, when that was not here.
        """
        with (space or self.space).change(self.person.id, zone=zone or self.zone) as change:
            yield change
        earlier, now = self.last_changes, change.done()
        self.last_changes = Changes(
            kinds=earlier.kinds | now.kinds, records=earlier.records | now.records, days=earlier.days | now.days
        )
