"""Note a moment: a small sheet over any page."""

from __future__ import annotations

from app.ui.context import Context
from app.ui.screens.moments.view import MomentsSurface


def build(ctx: Context, kind: str = "") -> MomentsSurface:
    """The sheet, at the choice of kinds or at one of them; give it to `ctx.shell.open_over`."""
    return MomentsSurface(ctx, kind)
