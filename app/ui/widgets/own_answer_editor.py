"""A question each of two people answers for themselves: this form shows and changes one person's answer only."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from app.ui.widgets.field_editors import Editor


class OwnAnswerEditor(Editor):
    """Wraps the editor of the single answer. The other's answer is kept as it is, and never shown here."""

    def __init__(self, inner: Editor, me: str) -> None:
        """`me` is the id of the person who fills in the form."""
        super().__init__()
        self._inner, self._me = inner, me
        self._others: dict[str, object] = {}
        self.middle_px = inner.middle_px
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(inner)
        self.setFocusProxy(inner.focusProxy() or inner)
        self.setSizePolicy(inner.sizePolicy())
        inner.changed.connect(self.changed)

    @override
    def answer(self) -> object:
        own = self._inner.answer()
        found = dict(self._others) if own is None else {**self._others, self._me: own}
        return found or None

    @override
    def show_answer(self, value: object) -> None:
        given = {str(key): part for key, part in value.items()} if isinstance(value, Mapping) else {}
        self._inner.show_answer(given.pop(self._me, None))
        self._others = given

    @override
    def call(self, question: str) -> None:
        self._inner.call(question)

    @override
    def hint(self) -> str:
        return self._inner.hint()
