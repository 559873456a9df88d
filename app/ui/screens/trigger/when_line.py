"""The moment of an entry behind a sheet's title; pressing it opens the question below."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.domain.fields import Kind
from app.ui.screens.trigger.wording import moment_words
from app.ui.widgets.field_editors import Needs
from app.ui.widgets.form import Form
from app.ui.widgets.text_link import TextLink


class WhenLine(QObject):
    """`button` stands beside the title, `form` where the question opens. `changed`: a person chose another moment."""

    changed = Signal()

    def __init__(self, kind: Kind, needs: Needs, parent: QObject) -> None:
        super().__init__(parent)
        self._needs = needs
        self.button = TextLink("", trailing="caret-down")
        self.button.clicked.connect(self._toggle)
        self.form = Form(kind, needs, only=("at",), headings=False, quiet=True)
        self.form.hide()
        self.form.changed.connect(self.changed)

    def tell(self) -> None:
        """Let the button say the moment as it stands in the form."""
        zone = self._needs.now().tzinfo
        self.button.setText(moment_words(self.form.answers().get("at"), zone))

    def _toggle(self) -> None:
        self.form.setVisible(self.form.isHidden())
        if not self.form.isHidden():
            self.form.focus_first()
