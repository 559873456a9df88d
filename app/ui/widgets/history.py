"""Every saved state of one entry, newest first, and what any of them said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Rule, Surface
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One saved state: its id, when it was saved, and which questions it answered differently."""

    id: str
    when: str
    changed: str


@dataclass(frozen=True, slots=True)
class Said:
    """One question and its answer, as words."""

    question: str
    words: str


Fetch = Callable[[str, Callable[[Sequence[Said]], None]], None]
"""Ask for what one version said; the answer comes to the callback."""


class HistorySurface(DialogSurface):
    """A list to read. Opening a version shows its answers below it; nothing here changes anything."""

    def __init__(
        self, ground: QWidget, title: str, versions: Sequence[VersionLine], fetch: Fetch, *, read: str, fold: str,
        close: str,
    ) -> None:  # fmt: skip
        super().__init__(ground, title, close_words=close)
        self._fetch, self._read, self._fold = fetch, read, fold
        for number, version in enumerate(versions):
            if number:
                self.body.addWidget(Rule())
            self.body.addWidget(self._version(version))
        self.body.addStretch(1)
        done = Button(close, "plain")
        done.clicked.connect(lambda _checked=False: self.close_surface())
        self.footer.addStretch(1)
        self.footer.addWidget(done)
        self.dismissed.connect(self.close_surface)
        self.confirmed.connect(self.close_surface)

    def _version(self, version: VersionLine) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        when = Label(version.when, "label")
        column.addWidget(when)
        column.addWidget(Label(version.changed, "small", "ink2"))
        well = Surface("sunken", radius_px=8)
        well.hide()
        toggle = Button(self._read, "quiet", small=True)
        toggle.setAccessibleDescription(version.when)
        column.addWidget(toggle, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(well)

        def show(answers: Sequence[Said]) -> None:
            for said in answers:
                well.body.addWidget(Label(said.question, "caption", "ink3"))
                well.body.addWidget(Label(said.words, "line"))
            well.show()

        def pressed(_checked: bool = False) -> None:
            if well.isVisible():
                well.hide()
            elif well.body.count():
                well.show()
            else:
                self._fetch(version.id, show)
            toggle.setText(self._fold if well.isVisible() else self._read)

        toggle.clicked.connect(pressed)
        return made
