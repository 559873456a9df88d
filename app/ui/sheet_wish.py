"""When a recovery sheet is to be made, as it was wished for while the journal came into being."""

from __future__ import annotations

from enum import Enum


class SheetWish(Enum):
    """NOW: drawn and typed back as soon as the journal is there. LATER: reminded of on the third day."""

    NOW = "now"
    LATER = "later"
    NONE = "none"
