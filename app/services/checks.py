"""Is everything still whole? Pages, chain and projections, in that order, since each finds what the others miss."""

from __future__ import annotations

import msgspec

from app.data import cipher
from app.data.space import Space
from app.data.verification import Verification
from app.domain.errors import Code, VaultError
from app.services.session import Session


class Found(msgspec.Struct, frozen=True):
    """What the checks found; empty tuples mean clean. Names pages, revisions and tables, never content.

    `revisions` are those of the person's own space, `shared_revisions` those of the space for two where it is open.
    Findings there begin with "shared "; `doubts` are revisions in it whose author is not proven or might not write.
    """

    revisions: int
    pages: tuple[str, ...]
    chain: tuple[str, ...]
    projections: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    shared_revisions: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.pages or self.chain or self.projections or self.doubts)

    def as_json(self) -> dict[str, object]:
        """For a report as data."""
        return {"clean": self.clean, **msgspec.to_builtins(self)}


class Checks:
    """The checks and the remedy of one session, in every space that is open."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def verify(self) -> Found:
        """Look at all of it. Changes nothing.

        Where damage keeps the chain from being read at all, what the first check found still comes out.

        Raises:
            VaultError: DISK_FULL when there is no room for the comparison; with clean pages, as `cipher.writes`.
        """
        found = _looked_at(self._session.space)
        shared = self._session.shared
        if shared is None:
            trouble = self._session.shared_trouble  # what cannot be looked at is not clean
            return (
                found if trouble is None else msgspec.structs.replace(found, doubts=(f"shared {trouble.code.value}",))
            )
        other = _looked_at(shared, "shared ")
        return Found(
            revisions=found.revisions,
            pages=found.pages + other.pages,
            chain=found.chain + other.chain,
            projections=found.projections + other.projections,
            doubts=other.doubts,
            shared_revisions=other.revisions,
        )

    def rebuild(self) -> int:
        """Derive every projection again from the revisions, in every space. Returns how many records stand."""
        return sum(space.rebuild() for space in self._session.spaces)


def _looked_at(space: Space, mark: str = "") -> Found:
    pages = cipher.integrity(space.connection)
    try:
        own = space.verify()
    except VaultError as refusal:
        if refusal.code is Code.DISK_FULL or not pages:
            raise
        own = Verification(revisions=0, broken=(Code.DAMAGED_ENTRIES.value,), differing=())
    return Found(
        revisions=own.revisions,
        pages=tuple(f"{mark}{problem.check}: {problem.detail}" for problem in pages),
        chain=tuple(f"{mark}{broken}" for broken in own.broken),
        projections=tuple(f"{mark}{table}" for table in own.differing),
        doubts=tuple(f"{mark}{doubt.what.value}: {doubt.revision}" for doubt in own.doubts),
    )
