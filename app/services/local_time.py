"""What time it is for the person: the instant, the zone this computer is set to, and the day it is there."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

import tzlocal

from app.domain.deriving import zone_of


class Now(Protocol):
    """Tells the time: from the computer's clock, or standing still for tests and the tour."""

    def __call__(self) -> dt.datetime:
        """The present instant, aware, in the person's zone."""


def system_now() -> dt.datetime:
    """The present instant in this computer's zone."""
    return dt.datetime.now(zone_of(zone_name()))


def zone_name() -> str:
    """IANA name of this computer's zone, "UTC" when it does not say."""
    try:
        return tzlocal.get_localzone_name() or "UTC"
    except (LookupError, ValueError, OSError):
        return "UTC"
