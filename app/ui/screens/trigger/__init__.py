"""Log a trigger: a sheet over any page."""

from __future__ import annotations

from app.ui.context import Context
from app.ui.screens.trigger.view import TriggerSurface


def build(ctx: Context, record: str | None = None) -> TriggerSurface:
    """The form, empty or to complete an earlier trigger; give it to `ctx.shell.open_over`."""
    return TriggerSurface(ctx, record)
