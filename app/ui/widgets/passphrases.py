"""Around passphrases and codes: a new passphrase twice, a code in its groups, points, a line that fills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.services.passphrases import LEAST_STRENGTH
from app.ui.text import number, tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Surface
from app.ui.widgets.fields import Labelled, PassphraseField
from app.ui.widgets.label import Label
from app.ui.widgets.painting import PaintedWidget, box
from app.ui.widgets.strength import StrengthBars

if TYPE_CHECKING:
    from app.domain.care import Passphrase

_GROUPS: Final = 8
_GROUPS_A_ROW: Final = 4
_COVERED: Final = "\u2022" * 4


def passphrase_field(name: str) -> PassphraseField:
    """A field for a passphrase."""
    return PassphraseField(name=name, show_words=tr("Show the passphrase"), hide_words=tr("Hide the passphrase"))


def column_on(page: QWidget) -> QVBoxLayout:
    """The column of a page inside a surface."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current_hub().theme.space("m"))
    return column


def points(lines: Sequence[str]) -> QWidget:
    """Lines with a point before each."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current_hub().theme.px(6))
    for line in lines:
        row = QHBoxLayout()
        row.setSpacing(current_hub().theme.space("s"))
        row.addWidget(Label("•", "small", "ink3", lines=1), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(line, "small", "ink2"), 1)
        column.addLayout(row)
    return made


class NewPassphrase(QWidget):
    """The new phrase and once more, its estimate in bars and words, and drawn words on request."""

    typed = Signal(str)
    """The first field has changed."""
    changed = Signal()
    """Whether both fit may have changed."""
    suggest_asked = Signal()

    def __init__(self, care: Passphrase) -> None:
        super().__init__()
        self._names = {entry.id: f"{entry.label}. {entry.line}" for entry in care.strength}
        self._tip = care.tips[0]
        self._strength: int | None = None
        self.phrase = passphrase_field(tr("New passphrase"))
        self.again = passphrase_field(tr("Once more"))
        self._bars = StrengthBars()
        self._words = Label(self._tip, "small", "ink2")
        self._caps = Label(care.caps_lock, "caption", "ink3", lines=1)
        self._build(care)
        self.phrase.textChanged.connect(self.typed)
        for field in (self.phrase, self.again):
            field.textChanged.connect(lambda _text: self.changed.emit())
            field.caps_lock.connect(self._caps.setVisible)

    @property
    def missing(self) -> str:
        """What still has to happen before it can be used, in words; empty when it can."""
        if not self.phrase.text().strip():
            return tr("A new passphrase first")
        if self._strength is None or self._strength < LEAST_STRENGTH:
            return tr("Another word or two would make it hard enough to guess")
        return "" if self.phrase.text() == self.again.text() else tr("Both entries have to match")

    def show_strength(self, strength: int | None) -> None:
        """Show the estimate."""
        if strength == self._strength and strength is not None:
            return
        self._strength = strength
        self._bars.show_strength(strength)
        self._words.setText(self._tip if strength is None else self._names.get(strength, ""))
        self.changed.emit()

    def take(self, suggestion: str) -> None:
        """Put drawn words into the first field, readable, so that they can be learned."""
        if self.phrase.echoMode() is PassphraseField.EchoMode.Password:
            self.phrase.toggle()
        self.phrase.setText(suggestion)
        self.again.clear()
        self.again.setFocus()

    def forget(self) -> None:
        """Drop what was typed."""
        self.phrase.clear()
        self.again.clear()

    def _build(self, care: Passphrase) -> None:
        column = column_on(self)
        self._caps.hide()
        column.addWidget(Labelled(tr("New passphrase"), self.phrase))
        column.addWidget(self._caps)
        estimate = QHBoxLayout()
        estimate.setSpacing(current_hub().theme.space("m"))
        estimate.addWidget(self._bars, 0, Qt.AlignmentFlag.AlignVCenter)
        estimate.addWidget(self._words, 1)
        column.addLayout(estimate)
        drawn = QHBoxLayout()
        suggest = Button(care.suggest, "plain", icon="arrows-clockwise", small=True)
        suggest.clicked.connect(lambda _checked=False: self.suggest_asked.emit())
        drawn.addWidget(suggest)
        drawn.addWidget(Label(care.suggest_note, "small", "ink3"), 1, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(drawn)
        column.addWidget(Labelled(tr("Once more"), self.again))


class CodeGroups(Surface):
    """The eight groups of a recovery code, numbered, as they stand on the sheet."""

    def __init__(self) -> None:
        super().__init__("sunken", radius_px=current_hub().theme.radius("control"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(current_hub().theme.space("l"))
        self._grid.setVerticalSpacing(current_hub().theme.space("m"))
        self.body.addLayout(self._grid)
        self._labels = [self._cell(at) for at in range(_GROUPS)]

    def show_groups(self, groups: tuple[str, ...]) -> None:
        """Show a code; with nothing, signs that stand for one."""
        for label, group in zip(self._labels, groups or (_COVERED,) * _GROUPS, strict=True):
            label.setText(group)
            label.setAccessibleName(" ".join(group))

    def _cell(self, at: int) -> Label:
        cell = QVBoxLayout()
        cell.setSpacing(current_hub().theme.px(2))
        label = Label(_COVERED, "title", lines=1)
        cell.addWidget(Label(number(at + 1), "caption", "ink3", lines=1))
        cell.addWidget(label)
        self._grid.addLayout(cell, at // _GROUPS_A_ROW, at % _GROUPS_A_ROW)
        return label


class FillingLine(PaintedWidget):
    """How far something is: a line that fills. Assistive technology hears what is under way."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setAccessibleName(tr("How far it is"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, doing: str = "") -> None:
        """Fill it to a share of 0 to 1; `doing` describes what fills it."""
        self._share = min(1.0, max(0.0, share))
        self.setAccessibleDescription(doing)
        self.update()

    @override
    def wanted(self) -> QSize:
        return QSize(self.theme.px(240), self.theme.px(6))

    @override
    def draw(self, painter: QPainter) -> None:
        radius = self.theme.radius("bar")
        box(painter, QRectF(self.rect()), radius, fill=self.theme.color("line"))
        filled = QRectF(0, 0, self.width() * self._share, self.height())
        box(painter, filled, radius, fill=self.theme.color("lee"))
