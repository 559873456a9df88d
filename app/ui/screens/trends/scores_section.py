"""Totals of questionnaires, the last section of Trends: there only while there is one in the period."""

from __future__ import annotations

from typing import Final

from app.domain.chart_names import Chart
from app.ui.screens.trends.further_card import FurtherCard
from app.ui.screens.trends.further_presenter import FurtherPresenter
from app.ui.screens.trends.state import Panel
from app.ui.text import tr
from app.ui.widgets.buttons import Select
from app.ui.widgets.label import Label

_SEVERAL: Final = 2


class ScoresSection:
    """A heading and a card that come and go together, for the column of the page; who never fills in a questionnaire
    sees neither. Which one is shown is asked where several were filled in.
    """

    def __init__(self, presenter: FurtherPresenter) -> None:
        self.heading = Label(tr("Questionnaires"), "title", lines=1, elide=True)
        self.which = Select(name=tr("Which questionnaire"))
        self.card = FurtherCard(Chart.SCORES, self.which)
        self.which.activated.connect(lambda _index: presenter.show_questionnaire(str(self.which.currentData())))
        self.show_panel(None)

    def show_panel(self, panel: Panel | None) -> None:
        """Show the totals, with what can be chosen from; without any, or with None, nothing at all."""
        card = panel.card if panel is not None else None
        offered = card.offered if card is not None else ()
        self.card.show_panel(panel)
        self.which.clear()
        for code, name in offered:
            self.which.addItem(name, code)
        if card is not None and offered:
            self.which.setCurrentIndex(self.which.findData(card.which))
        self.which.setHidden(len(offered) < _SEVERAL)
        for part in (self.heading, self.card):
            part.setHidden(not offered)
