"""Questionnaires beside the look at four weeks, for whoever asked for them in Settings; otherwise nothing at all."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.domain.instruments import INSTRUMENTS
from app.domain.records import Changes
from app.services.choices import Choices
from app.ui.context import Context
from app.ui.screens.record_form.surface import open_record_form
from app.ui.text import tr
from app.ui.widgets.card import Card
from app.ui.widgets.label import Label
from app.ui.widgets.text_link import TextLink


class OfferView(Card):
    """One link a questionnaire. Hidden while there is none to offer."""

    offered = Signal()
    """Emitted when there are other links than before."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(tr("If you want to"), caption=tr("Only you"), caption_icon="private")
        self._ctx = ctx
        self.links: list[TextLink] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        words = tr("You asked for these in Settings. Stop at any time, or leave them; nothing is counted.")
        self.add(Label(words, "small", "ink2"))
        self.add(self._list)
        self.hide()
        ctx.bus.changed.connect(self._changed)
        ctx.bus.chosen.connect(self._chosen)
        ctx.bus.locking.connect(lambda: self.show_offered(()))
        QTimer.singleShot(0, self, self.load)

    def load(self) -> None:
        """Ask what is to be offered today."""
        today = self._ctx.now().date().toordinal()
        self._ctx.tasks.run(
            lambda desk: desk.questionnaires.offered(today), self.show_offered, _left, slot="questionnaires"
        )

    def show_offered(self, kinds: tuple[str, ...]) -> None:
        """Show these, or nothing."""
        for link in self.links:
            self._list.removeWidget(link)
            link.hide()
            link.deleteLater()
        self.links = [self._link(kind) for kind in kinds]
        for link in self.links:
            self._list.addWidget(link)
        self.setVisible(bool(kinds))
        self.offered.emit()

    def _link(self, kind: str) -> TextLink:
        link = TextLink(self._ctx.content.kind(kind).add, trailing="arrow-right")
        link.clicked.connect(lambda _checked=False: self._open(kind))
        return link

    def _open(self, kind: str) -> None:
        self._ctx.shell.open_over(open_record_form(self._ctx, kind))

    def _changed(self, changes: Changes) -> None:
        if changes.kinds & INSTRUMENTS.keys():
            self.load()

    def _chosen(self, chosen: object) -> None:
        if isinstance(chosen, Choices):
            self.load()


def _left(_error: Exception) -> None:
    """An offer that cannot be read is not made."""
