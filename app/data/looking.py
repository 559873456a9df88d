"""Looking through a closed copy of a space: every page, the structure, every link of the chains. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import sqlcipher3

from app.crypto.secret import Secret
from app.data import revisions
from app.data.backup_set import Head
from app.data.cipher import SpaceConnection, sorted_errors
from app.data.copying import CalledOff, Cancelled, at_rest, never
from app.data.durable_files import read_file
from app.data.space import SpaceMeta, belongs_to
from app.domain.errors import Code, VaultError


class Looked(msgspec.Struct, frozen=True):
    """What a closed copy holds, and what is wrong with it: page findings, broken links. Empty tuples mean clean.

    `last_day` is the newest day an entry belongs to, as an ordinal; None without entries.
    """

    revisions: int = 0
    records: int = 0
    heads: tuple[Head, ...] = ()
    last_day: int | None = None
    pages: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not (self.pages or self.chain)


def look_through(
    path: Path, key: Secret, salt: bytes, meta: SpaceMeta, *, cancelled: Cancelled = never, chain: bool = True
) -> Looked:
    """Open a closed copy without writing to it and look at all of it; without `chain` not at every link.

    A copy just made of an open file needs pages, structure, counts and heads; that every link joins is what testing it
    and checking the journal look at.

    Raises:
        VaultError: as `cipher.open_space` and `belongs_to`, where it does not open at all.
        CalledOff: on the person's word.
    """
    with at_rest(path, key, salt, cancelled=cancelled) as connection, stoppable(cancelled):
        with sorted_errors(path):
            belongs_to(meta)(connection)
        pages = (*_bad_salt(path, salt), *bad_pages(connection))
        try:
            with sorted_errors(path):
                return _contents(connection, pages, chain=chain)
        except VaultError as error:
            if not pages:
                raise
            return Looked(pages=pages, chain=(error.code.value,))


def bad_pages(connection: SpaceConnection) -> tuple[str, ...]:
    """Every page's authentication, then the structure: all rows of both, an engine error being a finding itself."""
    found: list[str] = []
    for check, statement in (("pages", "PRAGMA cipher_integrity_check"), ("structure", "PRAGMA integrity_check")):
        try:
            rows = connection.execute(statement).fetchall()
        except sqlcipher3.DatabaseError as error:
            if stopped(error):
                raise
            rows = [(getattr(error, "sqlite_errorname", "unknown"),)]
        found += [f"{check}: {row[0]}" for row in rows if row[0] != "ok"]
    return tuple(found)


def heads_of(connection: SpaceConnection) -> tuple[Head, ...]:
    """The last link of every author's chain, as the chain itself says."""
    rows = connection.execute(
        "SELECT r.author, r.seq, r.hash FROM revision r JOIN"
        " (SELECT author, max(seq) AS seq FROM revision GROUP BY author) m ON m.author = r.author AND m.seq = r.seq"
        " ORDER BY r.author"
    )
    return tuple(Head(row[0], int(row[1]), bytes(row[2])) for row in rows)


@contextmanager
def stoppable(cancelled: Cancelled) -> Iterator[None]:
    """Turn the engine's "interrupted" into `CalledOff`."""
    try:
        yield
    except sqlcipher3.OperationalError as error:
        if stopped(error) and cancelled():
            raise CalledOff from None
        raise


def stopped(error: sqlcipher3.Error) -> bool:
    """Whether a statement ended because it was asked to."""
    number: int = getattr(error, "sqlite_errorcode", 0)
    return bool(number & 0xFF == sqlcipher3.SQLITE_INTERRUPT)


def _bad_salt(path: Path, salt: bytes) -> tuple[str, ...]:
    """The first 16 bytes are the salt; the key comes with its own copy of it, so that the engine looks past damage."""
    return () if read_file(path, len(salt))[: len(salt)] == salt else ("pages: salt",)


def _contents(connection: SpaceConnection, pages: tuple[str, ...], *, chain: bool) -> Looked:
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'revision'").fetchone() is None:
        raise VaultError(Code.DAMAGED_ENTRIES, reason="schema")
    records, last_day = connection.execute("SELECT count(*), max(day) FROM record").fetchone()
    return Looked(
        revisions=revisions.count(connection),
        records=int(records),
        heads=heads_of(connection),
        last_day=last_day,
        pages=pages,
        chain=tuple(revisions.broken_links(connection)) if chain else (),
    )
