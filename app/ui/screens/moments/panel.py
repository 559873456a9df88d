"""The line of one kind of moment and the few questions beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import LeewardError
from app.domain.fields import Kind
from app.services.moments import LINES
from app.ui.screens.moments.state import FEW
from app.ui.screens.trigger.offers import OfferRow
from app.ui.screens.trigger.state import Offer
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.field_editors import LinkChoice, Needs
from app.ui.widgets.form import Form
from app.ui.widgets.link_editor import LinkEditor


class MomentPanel(QWidget):
    """Line first, then what can be chosen with a digit or left out."""

    changed = Signal()
    """A person changed an answer."""
    let_go = Signal()
    """The suggested thread is not for this one."""

    def __init__(self, kind: Kind, needs: Needs, take_key: str) -> None:
        super().__init__()
        self._line_field = LINES[kind.id]
        self._line = Form(kind, needs, only=(self._line_field,), headings=False, quiet=True)
        self._few = Form(kind, needs, only=FEW[kind.id], headings=False, quiet=True)
        self._offered: Offer | None = None
        self._suggestion: OfferRow | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_hub().theme.space("m"))
        for form in (self._line, self._few):
            form.changed.connect(self.changed)
            column.addWidget(form)
        if "thread" in FEW[kind.id]:
            self._suggestion = OfferRow(icon="book-open", key=take_key, decline=tr("Not for this one"))
            self._suggestion.taken.connect(self.take_offer)
            self._suggestion.declined.connect(self.let_go)
            self._few.question("thread").add_below(self._suggestion)

    def answers(self) -> dict[str, object]:
        """What is answered here."""
        asked = self._line.answers() | self._few.answers()
        return {name: value for name, value in asked.items() if name in {self._line_field, *self._few.asked()}}

    def show_answers(self, answers: dict[str, object]) -> None:
        """Show these and no others."""
        self._line.set_answers(answers)
        self._few.set_answers(answers)

    def go_to_line(self) -> None:
        """Write."""
        self._line.editor(self._line_field).go_on()

    def offer(self, offer: Offer | None) -> None:
        """Offer a thread, or none."""
        self._offered = offer
        if self._suggestion is not None:
            self._suggestion.offer(offer.words if offer else "", offer.why if offer else "")

    def take_offer(self) -> None:
        """Link to the thread that is offered, if one is."""
        if self._offered is None or self._suggestion is None:
            return
        editor = self._few.editor("thread")
        if isinstance(editor, LinkEditor):
            editor.take(LinkChoice(self._offered.key, self._offered.words))

    def check(self) -> bool:
        """Whether every answer fits; what does not is said beside its question."""
        return self._line.check() and self._few.check()

    def show_refusal(self, error: LeewardError) -> None:
        """Say why saving was refused, beside the question it is about."""
        form = self._few if str(error.detail.get("field", "")) in self._few.asked() else self._line
        form.show_refusal(error)
