"""A second person's private part, opened for reading only beside the vault that the first person has open.

The first person's lock guards the folder for both: nobody else writes here meanwhile, so the second file is opened as
immutable. Not a byte of it or beside it changes: no log, no migration, no note in the header. What would need a change
first (an older form, a log left by a crash) is refused; that person opens it alone once.
"""

from __future__ import annotations

from typing import Final, final

from app.crypto.header import Contents, SpaceRecord, open_contents
from app.crypto.identity import Identity
from app.crypto.secret import Secret
from app.data import projections, revisions, shared_space, verification
from app.data.cipher import check_file, check_library, keyed, prove_key, sorted_errors
from app.data.connection import Connection
from app.data.migrations import runner
from app.data.space import Space, SpaceMeta, belongs_to
from app.data.unlocked import Unlocked
from app.data.vault_folder import ProvenKey
from app.domain.errors import Code, VaultError
from app.domain.kinds.registry import Kinds
from app.domain.records import PersonId, SpaceId

_AT_REST: Final = "mode=ro&immutable=1"


@final
class Beside:
    """Somebody's private space while it may be read here. Holds no key; belongs to the thread that opened it."""

    def __init__(self, person_id: PersonId, display_name: str, space: Space) -> None:
        self.person_id = person_id
        self.display_name = display_name
        self.space = space
        self._open = True

    @property
    def is_open(self) -> bool:
        """Whether anything can be read still."""
        return self._open

    def close(self) -> None:
        """Close the file; the engine wipes the key with the connection. Safe to call more than once."""
        if self._open:
            self._open = False
            self.space.connection.close()

    def __repr__(self) -> str:
        return f"<Beside {self.person_id}>"


def open_beside(unlocked: Unlocked, proven: ProvenKey, kinds: Kinds) -> Beside:
    """Open the private space of the person this one is paired with, on the calling thread. Takes `proven` and wipes it.

    Raises:
        VaultError: NOT_BESIDE with `reason` "other_person" (not whom this one shares a space with), "log", "schema",
            "older" or "chain"; as `cipher.open_space`.
    """
    with proven.master as master:
        contents = open_contents(proven.header, master)
    _refuse_stranger(unlocked, contents)
    record = contents.private
    meta = SpaceMeta(unlocked.vault_id, SpaceId(record.space_id), record.epoch)
    connection = _opened(unlocked, record)
    try:
        with sorted_errors():
            belongs_to(meta)(connection)
            _refuse_unready(connection, kinds)
            _refuse_changed(connection, PersonId(contents.person_id), record)
            return Beside(PersonId(contents.person_id), contents.display_name, Space(connection, kinds))
    except BaseException:
        connection.close()
        raise


def _refuse_stranger(unlocked: Unlocked, contents: Contents) -> None:
    own = unlocked.contents
    pin, shared = shared_space.other_of(own), shared_space.record_of(own)
    theirs = shared_space.record_of(contents)
    known = pin is not None and contents.person_id == pin.person_id and _fingerprint(contents) == _pinned(unlocked)
    same = shared is not None and theirs is not None and theirs.space_id == shared.space_id
    if not (known and same):
        raise VaultError(Code.NOT_BESIDE, reason="other_person")


def _fingerprint(contents: Contents) -> str:
    identity = Identity(Secret(contents.signing_key), Secret(contents.sealing_key))
    try:
        return identity.fingerprint
    finally:
        identity.wipe()


def _pinned(unlocked: Unlocked) -> str:
    pin = shared_space.other_of(unlocked.contents)
    return shared_space.identity_of(pin).fingerprint if pin is not None else ""


def _opened(unlocked: Unlocked, record: SpaceRecord) -> Connection:
    path = unlocked.layout.space_file(record.file_name)
    check_library()
    check_file(path)
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise VaultError(Code.NOT_BESIDE, reason="log")
    with Secret(record.key) as key:
        connection = keyed(path, key, record.salt, access=_AT_REST)
    try:
        prove_key(connection, path)
        for statement in ("PRAGMA query_only = ON", "PRAGMA trusted_schema = OFF", "PRAGMA temp_store = MEMORY"):
            connection.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_unready(connection: Connection, kinds: Kinds) -> None:
    if runner.refuse_newer(connection) < runner.NEWEST or not projections.are_current(connection, kinds):
        raise VaultError(Code.NOT_BESIDE, reason="schema")


def _refuse_changed(connection: Connection, person: PersonId, record: SpaceRecord) -> None:
    if not revisions.contains(connection, person, record.head_seq, record.head):
        raise VaultError(Code.NOT_BESIDE, reason="older")
    if verification.broken_recently(connection):
        raise VaultError(Code.NOT_BESIDE, reason="chain")
