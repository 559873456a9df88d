"""Agreements: boundaries and the plan of action, their wordings, and how each has gone."""

from __future__ import annotations

from app.ui.context import Context, Screen
from app.ui.screens.agreements.screen import AgreementsScreen


def build(ctx: Context) -> Screen:
    """The page of one session."""
    return AgreementsScreen(ctx)
