"""What one person chose about privacy and wording: kept inside their encrypted file, unlike how the window looks."""

from __future__ import annotations

from typing import Final

import msgspec

from app.data import keeping
from app.services.session import Session

IDLE_MINUTES: Final = (3, 5, 10, 15, 30, 60)
"""The lengths of quiet time after which the window can be locked."""


class Choices(msgspec.Struct, frozen=True):
    """Every choice with its default. Names are the keys in the `setting` table.

    `previews`: first lines of a story may stand on Today. `veil_on_switch`: cover the window when another comes to the
    front. `idle_minutes`: lock after so many minutes without a key or pointer. `twelve_hours`: write 7:30 pm.
    """

    previews: bool = True
    veil_on_switch: bool = False
    idle_minutes: int = 10
    twelve_hours: bool = False


def load(session: Session) -> Choices:
    """What is stored; the default for each choice that was never made or cannot be understood."""
    found: dict[str, object] = {}
    for name in Choices.__struct_fields__:
        raw = keeping.setting(session.connection, name)
        if raw is not None:
            found[name] = raw
    try:
        chosen = msgspec.convert(found, Choices, strict=False)
    except msgspec.ValidationError:
        return Choices()
    nearest = min(IDLE_MINUTES, key=lambda minutes: abs(minutes - chosen.idle_minutes))
    return msgspec.structs.replace(chosen, idle_minutes=nearest)


def store(session: Session, chosen: Choices) -> Choices:
    """Write every choice and return it."""
    for name in Choices.__struct_fields__:
        value = getattr(chosen, name)
        text = str(value).lower() if isinstance(value, bool) else str(value)
        keeping.set_setting(session.connection, name, text)
    return chosen


def for_shared_computer() -> Choices:
    """The start for someone who is not the only one at this computer: less to be seen, and locked sooner."""
    return Choices(previews=False, veil_on_switch=True, idle_minutes=3)
