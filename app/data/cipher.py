"""One encrypted file: making it, opening it, refusing it, checking it. Nothing else opens a connection.

Opening never makes anything and refuses on any miss; making is a path of its own. The driver has sharp edges that
decide the order here: without a key, or with one it does not understand, it would write a readable file; a file cut to
nothing opens as an empty one under any key; a wrong key prints to stderr unless its log is silenced first.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import msgspec
import sqlcipher3

from app.crypto.secret import Secret
from app.data.connection import Connection
from app.data.durable_files import create_file, read_file, reading, sync_folder
from app.data.live_file import LiveFile, live_file, unexchanged
from app.domain.errors import Code, VaultError

PAGE_BYTES: Final = 4096
KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
SAFE_VERSION: Final = (3, 51, 3)  # earlier ones lose commits (the WAL-reset bug, sqlite.org/wal.html)
_PLAIN_MAGIC: Final = b"SQLite format 3\0"
_APPLICATION_ID: Final = 0x4C454557
_KEYSPEC: Final = re.compile(r"[0-9a-f]{96}")
_BUSY_TIMEOUT_S: Final = 2.0
_PRAGMAS: Final = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",
)
_NO_ROOM_BYTES: Final = 128 * 1024
_CODES: Final = {
    sqlcipher3.SQLITE_FULL: Code.DISK_FULL,
    sqlcipher3.SQLITE_IOERR: Code.WRITE_FAILED,
    sqlcipher3.SQLITE_NOTADB: Code.DAMAGED_ENTRIES,
    sqlcipher3.SQLITE_CORRUPT: Code.DAMAGED_ENTRIES,
    sqlcipher3.SQLITE_READONLY: Code.NO_PERMISSION,
    sqlcipher3.SQLITE_PERM: Code.NO_PERMISSION,
    sqlcipher3.SQLITE_CANTOPEN: Code.NO_PERMISSION,
    sqlcipher3.SQLITE_BUSY: Code.LOCKED_BY_ANOTHER,
    sqlcipher3.SQLITE_LOCKED: Code.LOCKED_BY_ANOTHER,
}

Hook = Callable[[Connection], None]


class SpaceConnection(sqlcipher3.Connection):  # type: ignore[misc]  # the driver ships no types
    """A connection that knows which file it was opened on."""

    live: LiveFile | None = None


class Problem(msgspec.Struct, frozen=True):
    """One finding of `integrity`. `check` is "checkpoint", "pages" or "structure"; `detail` is the engine's own
    wording, which names pages and indexes, never content.
    """

    check: str
    detail: str


@contextmanager
def sorted_errors(near: Path | None = None) -> Iterator[None]:
    """Turn the engine's errors about files into codes. Errors in a statement are bugs and pass through unchanged.

    The driver hides the engine's finer codes, and a log index that cannot grow is reported as a plain I/O error: with
    `near`, a path on the same disk, such an error on a disk without room is called what it is.

    Raises:
        VaultError: DISK_FULL, WRITE_FAILED, DAMAGED_ENTRIES, NO_PERMISSION or LOCKED_BY_ANOTHER; `engine` names its
        error.
    """
    try:
        yield
    except sqlcipher3.Error as error:
        number = getattr(error, "sqlite_errorcode", 0)
        code = _CODES.get(number & 0xFF)
        if code is None:
            raise
        if code is Code.WRITE_FAILED and near is not None and _no_room(near):
            code = Code.DISK_FULL
        raise VaultError(code, engine=getattr(error, "sqlite_errorname", "unknown")) from None


@contextmanager
def writes(connection: Connection) -> Iterator[None]:
    """Around everything that writes to an open space: the file is still the one that was opened, errors are sorted.

    After a WRITE_FAILED every later write is refused the same way, until the space is opened again.

    Raises:
        VaultError: REPLACED_WHILE_OPEN; as `sorted_errors`.
    """
    live = live_file(connection)
    try:
        with unexchanged(connection), sorted_errors(live.path if live else None):
            yield
    except VaultError as error:
        if live is not None and error.code is Code.WRITE_FAILED:
            live.fail_closed()
        raise


def _no_room(path: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < _NO_ROOM_BYTES
    return False


def check_library(version: tuple[int, ...] = sqlcipher3.sqlite_version_info) -> None:
    """Refuse an engine older than `SAFE_VERSION`.

    Raises:
        VaultError: UNSAFE_LIBRARY.
    """
    if version < SAFE_VERSION:
        raise VaultError(Code.UNSAFE_LIBRARY, reason="version", found=".".join(map(str, version)))


def check_encrypting(connection: Connection) -> None:
    """Refuse a connection that would not encrypt what it writes.

    Raises:
        VaultError: UNSAFE_LIBRARY.
    """
    status = connection.execute("PRAGMA cipher_status").fetchone()
    version = connection.execute("PRAGMA cipher_version").fetchone()
    if status is None or str(status[0]) != "1" or version is None or not version[0]:
        raise VaultError(Code.UNSAFE_LIBRARY, reason="cipher")


def open_space(path: Path, key: Secret, salt: bytes, *, check: Hook | None = None) -> Connection:
    """Open an existing space file for reading and writing; never makes one.

    `key` has 32 bytes, `salt` 16; the salt stored here also opens a file whose first 16 bytes are damaged. `check` runs
    after the key is proven and before anything may be written: the place to compare vault, space and schema version,
    and to raise NEWER_FORMAT.

    Raises:
        VaultError: INCOMPLETE_COPY, EMPTY_FILE, PLAIN_DATABASE, NO_PERMISSION, UNSAFE_LIBRARY; DAMAGED_ENTRIES with
            `reason="key"` when its first page does not belong to this key (another file, or a damaged page); or what
            `check` raises.
    """
    check_library()
    check_file(path)
    connection = keyed(path, key, salt)
    try:
        prove_key(connection, path)
        if check is not None:
            with sorted_errors(path):
                check(connection)
        _configure(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def create_space(path: Path, key: Secret, salt: bytes, *, prepare: Hook | None = None) -> Connection:
    """Make a new space file, owner only, and return it open. `prepare` writes the first schema.

    Everything is checkpointed and the file proven unreadable without the key before it is handed out; a failed one is
    removed.

    Raises:
        VaultError: WRITE_FAILED when the name is taken; DISK_FULL, NO_PERMISSION, UNSAFE_LIBRARY; or what `prepare`
        raises.
    """
    check_library()
    create_file(path, b"")
    try:
        connection = keyed(path, key, salt)
        try:
            _fill(connection, path, prepare)
            if read_file(path, SALT_BYTES)[:SALT_BYTES] != salt:
                raise VaultError(Code.UNSAFE_LIBRARY, reason="salt")
            sync_folder(path.parent)
        except BaseException:
            connection.close()
            raise
    except BaseException:
        remove_space(path)
        raise
    return connection


def remove_space(path: Path) -> None:
    """Remove a space file and what the engine keeps beside it. Only for one that is being made, or was given up on
    purpose.
    """
    for suffix in ("-wal", "-shm", "-journal", ""):
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink()


def integrity(connection: Connection) -> tuple[Problem, ...]:
    """Check a whole file and return everything found; an empty tuple means clean.

    The log is folded in first (pages it was about to repair would be false alarms), then every page's authentication,
    then the structure. Each finds what the others miss: a file cut at a page boundary passes the second, a page
    exchanged with its own older version passes all three and is found by the chain of revisions.
    """
    problems: list[Problem] = []
    busy = _rows(connection, "PRAGMA wal_checkpoint(TRUNCATE)", "checkpoint", problems)
    if busy and busy[0][0] != 0:
        problems.append(Problem("checkpoint", "busy"))
    for row in _rows(connection, "PRAGMA cipher_integrity_check", "pages", problems):
        problems.append(Problem("pages", str(row[0])))
    for row in _rows(connection, "PRAGMA integrity_check", "structure", problems):
        if row[0] != "ok":
            problems.append(Problem("structure", str(row[0])))
    return tuple(problems)


def _rows(connection: Connection, statement: str, check: str, problems: list[Problem]) -> list[tuple[object, ...]]:
    """All rows of a check; an error of the engine is itself a finding."""
    try:
        return list(connection.execute(statement).fetchall())
    except sqlcipher3.DatabaseError as error:
        problems.append(Problem(check, getattr(error, "sqlite_errorname", "unknown")))
        return []


def check_file(path: Path) -> None:
    """The refusals that need no key.

    Raises:
        VaultError: INCOMPLETE_COPY, EMPTY_FILE, PLAIN_DATABASE, NO_PERMISSION.
    """
    first = read_file(path, len(_PLAIN_MAGIC))
    with reading():
        size = path.stat().st_size
    if size == 0:
        raise VaultError(Code.EMPTY_FILE, file=path.name)
    if first.startswith(_PLAIN_MAGIC):
        raise VaultError(Code.PLAIN_DATABASE, file=path.name)
    if size < PAGE_BYTES or (size % PAGE_BYTES and not _has_log(path)):
        raise VaultError(Code.INCOMPLETE_COPY, file=path.name)


def _has_log(path: Path) -> bool:
    """Whether a write-ahead log is there to repair a last page that a power cut tore while it was being copied in."""
    with suppress(OSError):
        return path.with_name(path.name + "-wal").stat().st_size > 0
    return False


def keyed(path: Path, key: Secret, salt: bytes, *, access: str = "mode=rw") -> SpaceConnection:
    """Connect to an existing file and hand over the key, checked to be the raw form: any other is taken as a
    passphrase.

    Nothing is proven or set yet: `open_space` is the way to a live file. `access` is the query of the engine's address;
    copies are read with "mode=ro&immutable=1", which leaves every byte of the file and its folder as it is.

    Raises:
        VaultError: UNSAFE_LIBRARY; as `sorted_errors`.
    """
    keyspec = bytes(key.view()).hex() + salt.hex()
    if len(key) != KEY_BYTES or len(salt) != SALT_BYTES or not _KEYSPEC.fullmatch(keyspec):
        raise ValueError("a space key has 32 bytes and a salt of 16")
    with sorted_errors():
        connection: SpaceConnection = sqlcipher3.connect(
            path.absolute().as_uri() + "?" + access,
            uri=True,
            timeout=_BUSY_TIMEOUT_S,
            isolation_level=None,
            cached_statements=64,
            factory=SpaceConnection,
        )
        connection.live = LiveFile(path.absolute())
    try:
        with sorted_errors():
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{keyspec}'\"")
            connection.execute("PRAGMA cipher_compatibility = 4")
            connection.execute("PRAGMA cipher_memory_security = OFF")
            check_encrypting(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def prove_key(connection: Connection, path: Path) -> None:
    """Read page 1, then the schema. The first tells another key and a cut file apart, the second finds damage behind
    it.

    Raises:
        VaultError: DAMAGED_ENTRIES with `reason="key"`; INCOMPLETE_COPY; as `sorted_errors`.
    """
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlcipher3.DatabaseError as error:
        primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if primary == sqlcipher3.SQLITE_NOTADB:
            raise VaultError(Code.DAMAGED_ENTRIES, reason="key") from None
        if primary == sqlcipher3.SQLITE_CORRUPT:  # page 1 opened, and says the file should be longer
            raise VaultError(Code.INCOMPLETE_COPY, reason="length") from None
        with sorted_errors(path):
            raise
    with sorted_errors(path):
        connection.execute("SELECT count(*), max(length(sql)) FROM sqlite_schema").fetchone()


def _configure(connection: Connection, path: Path) -> None:
    with sorted_errors(path):
        for statement in _PRAGMAS:
            connection.execute(statement).fetchall()
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            raise VaultError(Code.NO_PERMISSION, reason="journal")


def _fill(connection: Connection, path: Path, prepare: Hook | None) -> None:
    """Write the first page and the schema, and fold the log in, so that the file is whole by itself."""
    _configure(connection, path)
    with sorted_errors(path):
        connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        if prepare is not None:
            prepare(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
