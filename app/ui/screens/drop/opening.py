"""Brings the surface over the locked screen, once the words of the content pack are there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.services.local_time import Now
    from app.ui.runtime.aside import Aside
    from app.ui.runtime.warmup import Warmup


def open_drop(ground: QWidget, aside: Aside, warmup: Warmup, folder: Path, now: Now | None = None) -> None:
    """Open the surface on `ground`; nothing happens when that has gone meanwhile, or one is open already."""

    def show(words: object) -> None:
        from shiboken6 import isValid

        from app.services.local_time import system_now
        from app.services.vaults import Words
        from app.ui.screens.drop.presenter import DropPresenter
        from app.ui.screens.drop.view import DropSurface
        from app.ui.widgets.field_editors import Needs

        if not isinstance(words, Words) or not isValid(ground):
            return
        if any(not found.isHidden() for found in ground.findChildren(DropSurface)):
            return
        clock = now or system_now
        presenter = DropPresenter(aside, warmup, folder, clock)
        surface = DropSurface(ground, words.content, Needs(solo=True, partner="", now=clock), presenter)
        presenter.setParent(surface)
        surface.finished.connect(presenter.leave)
        surface.finished.connect(surface.deleteLater)
        surface.start()

    aside.start(lambda _errand: warmup.wait(), show)
