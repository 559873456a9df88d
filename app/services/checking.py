"""The whole check of a journal beside the open journal: pages, structure, chains and signatures, projections, headers.

The live file is looked at through a reading connection that stands on one moment of it; nobody who writes is held up.
Whether the projections follow from the revisions can only be seen by making them again, and that is done on a copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

import msgspec

from app.crypto.header import HEADER_BYTES, SpaceRecord, parse
from app.crypto.secret import Secret
from app.data import backups, revisions, shared_space, verification
from app.data.backup_set import HALF, BackupKey
from app.data.cipher import open_space, sorted_errors, writes
from app.data.copying import (
    OPS_BETWEEN_QUESTIONS,
    CalledOff,
    Cancelled,
    Progress,
    copy_open,
    gently,
    one_at_a_time,
    refuse_without_room,
    snapshot,
)
from app.data.courtesy import giving_way
from app.data.durable_files import make_folder, read_file
from app.data.looking import bad_pages, stoppable
from app.data.signatures import Signatures
from app.data.space import Space, belongs_to
from app.data.vault_layout import Layout
from app.data.vault_meta import random_id
from app.data.verification import Verification
from app.domain.errors import Code, VaultError
from app.domain.kinds.registry import Kinds
from app.services.backups import Work
from app.services.own_vault import OwnVault
from app.services.session import Session

_CACHE_KIB: Final = 64 * 1024
_PAGES: Final = 0.25
_COPY: Final = 0.5
"""The shares of a space's time when its pages were looked at, and when it was copied; the rest is the chain."""


class SpaceFound(msgspec.Struct, frozen=True):
    """What was found in one space; empty tuples mean clean. Names pages, revisions and tables, never content.

    `compared` is False when damage kept the projections from being made again.
    """

    shared: bool
    revisions: int
    pages: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    projections: tuple[str, ...] = ()
    compared: bool = True

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return self.compared and not (self.pages or self.chain or self.authors or self.projections)


class Checked(msgspec.Struct, frozen=True):
    """The whole result. `headers` names generations of the key file that do not open: "current", "earlier"."""

    spaces: tuple[SpaceFound, ...]
    headers: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether everything is whole."""
        return not self.headers and all(space.clean for space in self.spaces)

    @property
    def rebuildable(self) -> bool:
        """Whether projections are all that differs: then they can be made again, and no word is at risk."""
        damaged = any(space.pages or space.chain or space.authors for space in self.spaces)
        return not damaged and any(space.projections for space in self.spaces)

    @property
    def doubtful(self) -> bool:
        """Whether authors are all that is in doubt: nothing is damaged, and nothing of it was believed."""
        damaged = self.headers or any(space.pages or space.chain or not space.compared for space in self.spaces)
        return not damaged and any(space.authors for space in self.spaces)

    @property
    def places(self) -> int:
        """How many findings there are in all."""
        return len(self.headers) + sum(
            len(space.pages) + len(space.chain) + len(space.authors) + len(space.projections) for space in self.spaces
        )


class Checking:
    """Prepares the check where the desk is; carried out on any thread."""

    def __init__(self, session: Session, vault: OwnVault | None) -> None:
        self._session = session
        self._own = vault

    def checking(self) -> Work[Checked | None]:
        """Fold the logs in (the first check: a moment), then hand out the rest as work.

        Raises:
            VaultError: NO_VAULT; the work raises DISK_FULL when there is no room for the copy.
        """
        if self._own is None:
            raise VaultError(Code.NO_VAULT)
        for space in self._session.spaces:
            _fold(space)
        layout, key, kinds = Layout(self._own.unlocked.root), backups.key_of(self._own.unlocked), self._session.kinds
        signatures = self._signatures(key)
        records = [record for record in key.spaces if record is key.contents.private or record in key.contents.shared]

        def work(asked: Cancelled, progress: Progress) -> Checked | None:
            cancelled = giving_way(asked)
            with key, gently():
                try:
                    found = [
                        _check(
                            layout, key, record, kinds,
                            signatures if record is not key.contents.private else None,
                            cancelled, _part_of(progress, number, len(records)),
                        )
                        for number, record in enumerate(records)
                    ]  # fmt: skip
                except CalledOff:
                    return None
                progress(1.0)
                return Checked(tuple(found), bad_headers(layout, key))

        return work

    def _signatures(self, key: BackupKey) -> Signatures | None:
        """How the space for two is judged; also where it is not open, since what is wrong with it can be the reason."""
        if self._session.shared is not None:
            return self._session.shared.signatures
        record = shared_space.record_of(key.contents)
        if record is None or self._own is None:
            return None
        return shared_space.signatures_for(self._own.unlocked, record.space_id, key.contents.others)

    def rebuild(self) -> int:
        """Make every projection again from the revisions, in every space; returns how many records stand."""
        return sum(space.rebuild() for space in self._session.spaces)


def bad_headers(layout: Layout, key: BackupKey) -> tuple[str, ...]:
    """Generations of the key file that are not whole or not this person's. A missing earlier one is none."""
    found: list[str] = []
    for name, earlier in (("current", False), ("earlier", True)):
        path = layout.key_file(key.person_file, earlier=earlier)
        if earlier and not path.exists():
            continue
        try:
            key.opened(parse(read_file(path, HEADER_BYTES)))
        except VaultError:
            found.append(name)
    return tuple(found)


def _fold(space: Space) -> None:
    with suppress(VaultError), writes(space.connection):
        space.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _part_of(progress: Progress, number: int, count: int) -> Progress:
    return lambda part: progress((number + part) / count)


def _check(
    layout: Layout,
    key: BackupKey,
    record: SpaceRecord,
    kinds: Kinds,
    signatures: Signatures | None,
    cancelled: Cancelled,
    progress: Progress,
) -> SpaceFound:
    shared = record is not key.contents.private
    path = layout.space_file(record.file_name)
    with Secret(record.key) as secret, stoppable(cancelled):
        try:
            with snapshot(path, secret, record.salt) as live:
                live.set_progress_handler(cancelled, OPS_BETWEEN_QUESTIONS)
                progress(0.0)
                pages = bad_pages(live)
                if pages:
                    with suppress(VaultError), sorted_errors(path):
                        chain = tuple(map(str, revisions.broken_links(live)))
                        return SpaceFound(shared, revisions.count(live), pages, chain, compared=False)
                    return SpaceFound(shared, 0, pages, (Code.DAMAGED_ENTRIES.value,), compared=False)
        except VaultError as error:
            return SpaceFound(shared, 0, pages=(error.code.value,), compared=False)
        progress(_PAGES)
        found = _on_a_copy(layout, key, record, secret, kinds, signatures, cancelled, progress)
    doubts = tuple(f"{doubt.what.value}: {doubt.revision}" for doubt in found.doubts)
    return SpaceFound(shared, found.revisions, (), found.broken, doubts, found.differing)


def _on_a_copy(
    layout: Layout,
    key: BackupKey,
    record: SpaceRecord,
    secret: Secret,
    kinds: Kinds,
    signatures: Signatures | None,
    cancelled: Cancelled,
    progress: Progress,
) -> Verification:
    """Chain, signatures and projections, on a copy of this moment that is taken away again."""
    folder = backups.folder_of(layout)
    live = layout.space_file(record.file_name)
    refuse_without_room(folder, live.stat().st_size)
    place: Path = folder / (random_id() + HALF)
    with one_at_a_time(cancelled), _taken_away(place):
        copy = place / record.file_name
        copy_open(
            live, copy, secret, record.salt, cancelled=cancelled,
            progress=lambda part: progress(_PAGES + (_COPY - _PAGES) * part),
        )  # fmt: skip
        check = belongs_to(key.meta_of(record))
        with closing(open_space(copy, secret, record.salt, check=check)) as connection:
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")  # what is made again stays off the disk
            connection.set_progress_handler(cancelled, OPS_BETWEEN_QUESTIONS)  # type: ignore[attr-defined]  # the driver's
            found = verification.verify(connection, kinds, signatures)
            return msgspec.structs.replace(found, broken=revisions.named(connection, found.broken))


@contextmanager
def _taken_away(place: Path) -> Iterator[None]:
    make_folder(place)
    try:
        yield
    finally:
        backups.remove_set(place)
