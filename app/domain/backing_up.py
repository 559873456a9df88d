"""What a copy of the journal was made for."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """The occasion of a copy, as its manifest keeps it."""

    DAILY = "daily"
    ASKED = "asked"
    BEFORE_MIGRATION = "before_migration"
    BEFORE_IMPORT = "before_import"
    BEFORE_ROTATION = "before_rotation"
    BEFORE_RESTORE = "before_restore"
