"""Every saved state of one entry, newest first: what it changed, what it said, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Rule, Surface
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.difference import ChangedAnswer, DifferenceView
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.text_link import TextLink


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One saved state: its id, when it was saved and by whom, and what it did.

    `current` ones are how the entry reads now; only `readable` ones can be opened, only `restorable` ones restored.
    `compared` ones changed something that can be shown.
    """

    id: str
    when: str
    changed: str
    current: bool = False
    readable: bool = True
    restorable: bool = False
    compared: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One question and its answer, as words."""

    question: str
    words: str


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the surface asks for what a version said and changed; answers come to the callback."""

    answers: Callable[[str, Callable[[Sequence[Said]], None]], None]
    changes: Callable[[str, Callable[[Sequence[ChangedAnswer]], None]], None]


class HistorySurface(DialogSurface):
    """A list to read. Only its one button a version, "bring back", changes anything, and that can be taken back."""

    restore_asked = Signal(str)
    """Emitted, after the surface is gone, with the version that should stand again."""

    def __init__(self, ground: QWidget, title: str, versions: Sequence[VersionLine], sources: Sources) -> None:
        super().__init__(ground, title, close_words=tr("Close"))
        self._rows = [VersionRow(version, sources) for version in versions]
        words = tr("Bringing a version back adds a new one on top; what came after it stays here to read.")
        self.body.addWidget(Label(words, "small", "ink2"))
        for row in self._rows:
            self.body.addWidget(Rule())
            self.body.addWidget(row)
            row.restore_asked.connect(self._restore)
        self.body.addStretch(1)
        done = Button(tr("Close"), "plain")
        done.clicked.connect(lambda _checked=False: self.close_surface())
        self.footer.addStretch(1)
        self.footer.addWidget(done)
        self.dismissed.connect(self.close_surface)
        self.confirmed.connect(self.close_surface)

    @property
    def rows(self) -> tuple[VersionRow, ...]:
        """The versions as they stand in the list, newest first."""
        return tuple(self._rows)

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first or (self._rows[0].first_button() if self._rows else None))

    def _restore(self, version: str) -> None:
        self.close_surface()
        self.restore_asked.emit(version)


class VersionRow(QWidget):
    """One version: when and what, and under it, on demand, what changed or all it said."""

    restore_asked = Signal(str)
    """Emitted with the version's id."""

    def __init__(self, version: VersionLine, sources: Sources) -> None:
        super().__init__()
        self.version, self._sources = version, sources
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        when = tr("{when} (as it reads now)").format(when=version.when) if version.current else version.when
        self._column.addWidget(Label(when, "label"))
        self._column.addWidget(Label(version.changed, "small", "ink2"))
        self._buttons = QWidget()
        row = FlowLayout(self._buttons, gap_px=current_hub().theme.space("l"))
        row.setContentsMargins(0, 0, 0, 0)
        self.changes, self.all = (TextLink(words) for words in _folded())
        words = tr("Bring this version back")
        self.back = TextLink(words, icon="arrow-counter-clockwise")
        for button, offered in (
            (self.changes, version.compared), (self.all, version.readable),
            (self.back, version.restorable),
        ):  # fmt: skip
            button.setParent(self._buttons)
            button.setAccessibleDescription(version.when)
            button.setVisible(offered)
            if offered:
                row.addWidget(button)
        self._column.addWidget(self._buttons)
        self._buttons.setVisible(version.readable)
        self._well = Surface("sunken", radius_px=8)
        self._well.hide()
        self._open: Button | None = None
        self._column.addWidget(self._well)
        self.changes.clicked.connect(lambda _checked=False: self._toggle(self.changes))
        self.all.clicked.connect(lambda _checked=False: self._toggle(self.all))
        self.back.clicked.connect(lambda _checked=False: self.restore_asked.emit(version.id))

    def first_button(self) -> QWidget | None:
        """Where the keyboard begins in this row."""
        return next((b for b in (self.changes, self.all, self.back) if not b.isHidden()), None)

    def _toggle(self, button: Button) -> None:
        """Open one of the two views, or fold it; opening one folds the other."""
        opening = button is not self._open
        self._open = button if opening else None
        self._well.hide()
        for known, words in zip((self.changes, self.all), _folded(), strict=True):
            known.setText(tr("Fold it away") if known is self._open else words)
        if not opening:
            return
        if button is self.changes:
            self._sources.changes(self.version.id, lambda found: self._fill(button, [DifferenceView(found)]))
        else:
            self._sources.answers(self.version.id, lambda found: self._fill(button, _answers(found)))

    def _fill(self, button: Button, widgets: Sequence[QWidget]) -> None:
        if button is not self._open:
            return
        while (item := self._well.body.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for widget in widgets:
            self._well.body.addWidget(widget)
        self._well.show()


def _folded() -> tuple[str, str]:
    """What the two buttons say while nothing is open."""
    return tr("What changed"), tr("Read it whole")


def _answers(found: Sequence[Said]) -> list[QWidget]:
    labels: list[QWidget] = []
    for said in found:
        labels += [Label(said.question, "caption", "ink3"), Label(said.words, "line")]
    return labels or [Label(tr("Nothing was answered here."), "small", "ink2")]
