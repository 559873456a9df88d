"""How long something took, as people write it."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from app.domain.fields import Field
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.chips import Chips
from app.ui.widgets.field_editors import Editor, Needs
from app.ui.widgets.fields import Field as LineField
from app.ui.widgets.label import Label

_DURATION = re.compile(r"\s*(?:(\d{1,4})\s*(?:h|:)\s*)?(?:(\d{1,6})\s*(?:m|min)?)?\s*", re.IGNORECASE)


def minutes_of(words: str) -> int | None:
    """Whole minutes from "25", "1 h 30", "1:30" or "2 h"; None when it says none of these."""
    found = _DURATION.fullmatch(words)
    if found is None or not (found[1] or found[2]):
        return None
    return int(found[1] or 0) * 60 + int(found[2] or 0)


class DurationEditor(Editor):
    """Minutes as people write them, or a reason such as "still going" that takes their place."""

    def __init__(self, field: Field, needs: Needs) -> None:
        super().__init__()
        theme = current_hub().theme
        self._keys = frozenset(option.id for option in field.no_answer)
        self.control = LineField(voice="app")
        self.control.setMaximumWidth(theme.px(110))
        self.control.textEdited.connect(self._typed)
        self._reasons = Chips(needs.offered(field.no_answer), single=True) if field.no_answer else None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s"))
        row.addWidget(self.control)
        row.addWidget(Label(tr("minutes, or 1 h 30"), "caption", "ink3", lines=1))
        if self._reasons is not None:
            self._reasons.changed.connect(self._reason_chosen)
            row.addWidget(self._reasons, 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            row.addStretch(1)
        self.setFocusProxy(self.control)

    def answer(self) -> object:
        """Whole minutes, the reason's id, or the words as typed when they cannot be read (the check then says so)."""
        if self._reasons is not None and self._reasons.chosen():
            return self._reasons.chosen()[0]
        words = self.control.text()
        if not words.strip():
            return None
        minutes = minutes_of(words)
        return words if minutes is None else minutes

    def show_answer(self, value: object) -> None:
        """Show minutes or a reason."""
        is_reason = isinstance(value, str) and value in self._keys
        if self._reasons is not None:
            self._reasons.choose((str(value),) if is_reason else ())
        self.control.setText(str(value) if value is not None and not is_reason else "")

    def call(self, question: str) -> None:
        """Name both parts."""
        super().call(question)
        if self._reasons is not None:
            self._reasons.setAccessibleName(question)

    def _typed(self, _words: str) -> None:
        if self._reasons is not None:
            self._reasons.choose(())
        self.changed.emit()

    def _reason_chosen(self, keys: object) -> None:
        if keys:
            self.control.clear()
        self.changed.emit()
