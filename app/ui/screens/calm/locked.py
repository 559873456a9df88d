"""Calm over the locked screen: it needs no key, knows nobody, and nothing of it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.ui.runtime.aside import Aside
    from app.ui.runtime.warmup import Warmup
    from app.ui.screens.calm.doors import Do


def open_calm(ground: QWidget, aside: Aside, warmup: Warmup, log: Do, safety: Do) -> None:
    """Show Calm on `ground` once its words are read; nothing happens when that has gone, or when Calm is there.

    Only what is built in is to be had here: what is somebody's own is sealed.
    """

    def show(words: object) -> None:
        from shiboken6 import isValid

        from app.services.local_time import system_now
        from app.services.vaults import Words
        from app.ui.screens.calm.cover import CalmCover
        from app.ui.screens.calm.view import CalmView

        if not isinstance(words, Words) or not isValid(ground):
            return
        calm = words.content.calm
        if not any(one.isVisible() for one in ground.findChildren(CalmCover)):
            CalmCover(ground, lambda doors: CalmView(calm, doors, system_now), log, safety)

    aside.start(lambda _errand: warmup.wait(), show)
