"""What the surface before sharing shows."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.sharing import SharePreview
from app.ui.text import Trouble


@dataclass(frozen=True, slots=True)
class SharingState:
    """`preview` is None until it was read, and when nothing can be shared: then `trouble` says why.

    `fresh` is a preview that replaced another one while the person read it; the tick is asked for once more.
    """

    preview: SharePreview | None = None
    busy: bool = False
    fresh: bool = False
    trouble: Trouble | None = None
