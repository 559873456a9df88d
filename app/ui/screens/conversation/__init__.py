"""A guided conversation: its start, its steps, its pauses, and what is kept of it."""

from __future__ import annotations

from app.ui.context import Context, Screen
from app.ui.screens.conversation.screen import ConversationScreen


def build(context: Context) -> Screen:
    """The page for one session."""
    return ConversationScreen(context)
