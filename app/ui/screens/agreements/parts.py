"""What the state names, as the widgets draw it."""

from __future__ import annotations

from typing import Final

from app.ui.screens.agreements.state import Dot, DotName
from app.ui.widgets.dot_row import Dot as Drawn
from app.ui.widgets.dot_row import DotMark

_DOTS: Final[dict[DotName, Drawn]] = {
    "kept": Drawn.KEPT,
    "strained": Drawn.STRAINED,
    "talked": Drawn.TALKED,
    "crossed": Drawn.CROSSED,
    "unclear": Drawn.UNCLEAR,
    "different": Drawn.DIFFERENT,
    "open": Drawn.OPEN,
}


def drawn(dot: Dot) -> Drawn:
    """The shape of a dot."""
    return _DOTS[dot.dot]


def dot_mark(dot: Dot) -> DotMark:
    """A dot with its words."""
    return DotMark(drawn(dot), dot.words)
