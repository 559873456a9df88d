"""Is everything still whole? Pages, chain and projections, in that order, since each finds what the others miss."""

from __future__ import annotations

import msgspec

from app.data import cipher
from app.data.verification import Verification
from app.domain.errors import Code, VaultError
from app.services.session import Session


class Found(msgspec.Struct, frozen=True):
    """What the checks found; empty tuples mean clean. Names pages, revisions and tables, never content."""

    revisions: int
    pages: tuple[str, ...]
    chain: tuple[str, ...]
    projections: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.pages or self.chain or self.projections)

    def as_json(self) -> dict[str, object]:
        """For `leeward verify --json`."""
        return {"clean": self.clean, **msgspec.to_builtins(self)}


class Checks:
    """The checks and the remedy of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def verify(self) -> Found:
        """Look at all of it. Changes nothing.

        Where damage keeps the chain from being read at all, what the first check found still comes out.

        Raises:
            VaultError: DISK_FULL when there is no room for the comparison; with clean pages, as `cipher.writes`.
        """
        pages = cipher.integrity(self._session.connection)
        try:
            space = self._session.space.verify()
        except VaultError as refusal:
            if refusal.code is Code.DISK_FULL or not pages:
                raise
            space = Verification(revisions=0, broken=(Code.DAMAGED_ENTRIES.value,), differing=())
        return Found(
            revisions=space.revisions,
            pages=tuple(f"{problem.check}: {problem.detail}" for problem in pages),
            chain=space.broken,
            projections=space.differing,
        )

    def rebuild(self) -> int:
        """Derive every projection again from the revisions. Returns how many records stand."""
        return self._session.space.rebuild()
