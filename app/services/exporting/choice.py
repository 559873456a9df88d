"""What somebody ticks before taking everything out, and what they are told about it first."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Target(StrEnum):
    """As what it leaves. Only the archive is locked."""

    ARCHIVE = "archive"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"

    @property
    def is_locked(self) -> bool:
        """Whether whoever finds it cannot read it."""
        return self is Target.ARCHIVE

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of files."""
        return self in {Target.MARKDOWN, Target.CSV}

    @property
    def ending(self) -> str:
        """How its name ends; a folder has none."""
        return {Target.ARCHIVE: ".age", Target.JSON: ".json"}.get(self, "")


class Choice(msgspec.Struct, frozen=True):
    """What goes along: earlier states, the trash, what the other person shared, the bytes of added files."""

    history: bool = False
    trash: bool = False
    others: bool = False
    attachments: bool = False


class Offer(msgspec.Struct, frozen=True):
    """What there is. Days are ordinals; `partner` is how the other person is called, "" in a journal kept alone.

    `own` counts standing records of this person, `others` those the other person shared, `trashed` what could come
    back, `attached` and `attached_bytes` added files.
    """

    own: int
    others: int
    trashed: int
    attached: int
    attached_bytes: int
    first: int | None
    last: int | None
    partner: str


class Done(msgspec.Struct, frozen=True):
    """What was written where. `place` is the file or folder."""

    place: str
    records: int
    attachments: int
    size_bytes: int
