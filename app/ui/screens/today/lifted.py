"""A card whose heading shares its row with something to press."""

from __future__ import annotations

from typing_extensions import override

from app.ui.theme.hub import current_hub
from app.ui.widgets.card import Card


class LiftedCard(Card):
    """Its row is as high as what can be pressed; lifted by half the difference, all headings of a page stand level."""

    @override
    def _pad(self) -> None:
        super()._pad()
        theme = current_hub().theme
        lift = max(0, theme.size("button_small") - theme.line_height("heading")) // 2
        margins = self.body.contentsMargins()
        self.body.setContentsMargins(margins.left(), margins.top() - lift, margins.right(), margins.bottom())
