"""What an entry can be linked to: found by name and words as one types, named, or begun on the spot."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from app.data.suggesting import Linkable, linkable
from app.domain.content import Content
from app.domain.fields import FieldType
from app.domain.lettering import plain
from app.domain.records import RecordId
from app.services import apart, reach
from app.services.journal import Journal
from app.services.session import Session

SHOWN = 8
Found: TypeAlias = Linkable
"""What a search for something to link to brings: the screens name it by this."""


class Linking:
    """The questions a link field asks."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, kinds: tuple[str, ...], words: str, limit: int = SHOWN) -> tuple[Linkable, ...]:
        """Records of these kinds in both spaces, without what this person has hidden; with no words the newest."""
        hidden = apart.hidden(self._session) if self._session.shared else frozenset()
        spaces = [linkable(connection, kinds, words, limit) for connection in reach.connections(self._session)]
        found = [
            msgspec.structs.replace(one, shared=bool(number))
            for number, space in enumerate(spaces)
            for one in space
            if one.id not in hidden
        ]
        if not words.strip():
            found.sort(key=lambda one: (-one.day, -one.instant_ms))
        else:
            wanted = plain(words.strip())
            found.sort(key=lambda one: wanted not in plain(one.title))  # stable: otherwise as each space had it
        return tuple(found[:limit])

    def title(self, record: RecordId) -> str:
        """The name of a record; empty when it is not here any more."""
        entry = reach.entry(self._session, record)
        return entry.title if entry is not None else ""

    def begin(self, kind: str, title: str) -> RecordId:
        """Begin a record that holds its name alone (see `begun_by_name`)."""
        named = name_field(self._session.content, kind)
        return Journal(self._session).add(kind, {named: title})


def begun_by_name(content: Content, kinds: tuple[str, ...]) -> str:
    """The kind that can be begun from a link with nothing but a name; empty where several could, or none."""
    return kinds[0] if len(kinds) == 1 and name_field(content, kinds[0]) else ""


def name_field(content: Content, kind: str) -> str:
    """The one question a record of a kind needs, where that is its name; else empty."""
    needed = [field for field in content.kind(kind).fields if field.required]
    return needed[0].id if len(needed) == 1 and needed[0].type is FieldType.TEXT else ""
