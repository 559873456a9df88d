"""What the door and the surface of releases show."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.released import Release, ReleasedWeeks, Stream
from app.services.both import Standing
from app.ui.text import Trouble


@dataclass(frozen=True, slots=True)
class DoorShown:
    """`name` and `mark` (1 circle, 2 square) are whose passphrase is asked for. `waiting_s`: until the next try.

    `busy`: a key is being derived. `loaded` is False until the desk has said how things stand.
    """

    standing: Standing = Standing.CLOSED
    name: str = ""
    mark: int = 2
    loaded: bool = False
    busy: bool = False
    waiting_s: int = 0
    released: int = 0
    trouble: Trouble | None = None

    @property
    def can_try(self) -> bool:
        """Whether a passphrase may be tried now."""
        return self.loaded and self.standing is Standing.CLOSED and not self.busy and not self.waiting_s


@dataclass(frozen=True, slots=True)
class StreamShown:
    """One stream: what is let out of it (None: nothing), and what the other would see of the range looked at."""

    stream: Stream
    release: Release | None = None
    looked_at: Release | None = None
    preview: ReleasedWeeks | None = None


@dataclass(frozen=True, slots=True)
class ReleasesShown:
    """All streams in their order. `both_here`: the other person looks on, so nothing unreleased is shown.

    `triggers`: this person's newest triggers as (record, words); `trigger` is the chosen one, empty for none.
    """

    streams: tuple[StreamShown, ...] = ()
    both_here: bool = False
    triggers: tuple[tuple[str, str], ...] = ()
    trigger: str = ""
    trouble: Trouble | None = None
