"""What a person's part of a vault is made of: keys nobody else has, a first header, a private file of their own."""

from __future__ import annotations

from collections.abc import Callable

from app.crypto.header import Contents, PersonPin, SpaceRecord
from app.crypto.identity import Identity
from app.crypto.secret import Secret
from app.data.cipher import SALT_BYTES, create_space
from app.data.connection import Connection
from app.data.vault_layout import Layout
from app.data.vault_meta import random_id
from app.domain.records import PersonId, SpaceId, new_id

Prepare = Callable[[Connection, str, SpaceId], None]
"""Writes the first schema into a new space file; gets the vault's and the space's id."""


def first_contents(name: str, others: tuple[PersonPin, ...] = ()) -> Contents:
    """What the header of a new person holds: fresh keys and a private space; `others` are pinned from the start."""
    identity = Identity.generate()
    signing, sealing = identity.private_bytes()
    identity.wipe()
    return Contents(
        generation=1,
        person_id=PersonId(new_id()),
        display_name=name,
        signing_key=signing,
        sealing_key=sealing,
        private=new_record(new_id()),
        shared=(),
        others=others,
    )


def new_record(space_id: str, epoch: int = 1) -> SpaceRecord:
    """A fresh key, salt and file name for a space, which has no entries yet."""
    return SpaceRecord(
        space_id=space_id,
        file_name=random_id() + ".db",
        epoch=epoch,
        key=bytes(Secret.random().view()),
        salt=bytes(Secret.random(SALT_BYTES).view()),
        head=b"",
        head_seq=0,
        head_seen_at=None,
    )


def make_space(layout: Layout, record: SpaceRecord, vault_id: str, prepare: Prepare | None) -> None:
    """Make the file of a space, whole and closed; nothing is left of a failed one.

    Raises:
        VaultError: as `cipher.create_space`.
    """

    def fill(connection: Connection) -> None:
        if prepare is not None:
            prepare(connection, vault_id, SpaceId(record.space_id))

    with Secret(record.key) as key:
        create_space(layout.space_file(record.file_name), key, record.salt, prepare=fill).close()
