"""Where the choice of what may be seen is kept in a private file, and how all of it is taken back at once."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import Final

from app.data import keeping
from app.data.cipher import open_space
from app.data.connection import Connection
from app.data.space import SpaceMeta, belongs_to
from app.data.unlocked import Unlocked
from app.domain.errors import VaultError
from app.domain.records import SpaceId

RELEASED: Final = "released"
TRIGGER: Final = "released.trigger"


def end_all(connection: Connection) -> None:
    """Take back everything a private file lets out.

    For a file that was put in the place of a later one: what was taken back since must not come back with it.
    """
    for key in (RELEASED, TRIGGER):
        keeping.drop_setting(connection, key)


def end_all_of(unlocked: Unlocked) -> None:
    """The same for the private file of a vault that is not open, after an older copy was put in its place.

    What hinders this hinders no way back: a file that does not open lets nothing be seen either.
    """
    key = unlocked.space
    meta = SpaceMeta(unlocked.vault_id, SpaceId(key.id), key.epoch)
    with suppress(VaultError), closing(open_space(key.path, key.key, key.salt, check=belongs_to(meta))) as connection:
        end_all(connection)
