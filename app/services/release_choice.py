"""Where the choice of what may be seen is kept in a private file, and how all of it is taken back at once."""

from __future__ import annotations

from typing import Final

from app.data import keeping
from app.data.connection import Connection

RELEASED: Final = "released"
TRIGGER: Final = "released.trigger"


def end_all(connection: Connection) -> None:
    """Take back everything a private file lets out.

    For a file that was put in the place of a later one: what was taken back since must not come back with it.
    """
    for key in (RELEASED, TRIGGER):
        keeping.drop_setting(connection, key)
