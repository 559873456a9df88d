"""What a person adds to a letter: their own words first, then three sentences about leaning on someone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout

from app.domain.content import Content
from app.domain.wording import label_for
from app.services.reviews import KIND
from app.ui.screens.review.state import LetterCard
from app.ui.text import tr
from app.ui.widgets import form_words
from app.ui.widgets.buttons import Button, TickBox
from app.ui.widgets.card import Card, Rule
from app.ui.widgets.field_editors import Needs
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.question import Trouble

WORDS: Final = ("easier", "harder", "missed_by_numbers", "try_next", "let_rest")
LEAN: Final = ("guess", "done", "care_unseen")


class AddedView(Card):
    """One `show_letter`; asks by signals. Ctrl+Enter keeps from anywhere inside."""

    edited = Signal(object)
    """Emitted with every answer whenever one changes."""
    kept = Signal(object)
    """Emitted with every answer when they should be kept."""
    picked = Signal(bool)
    """Emitted when the tick for the summary changes."""

    def __init__(self, content: Content, needs: Needs) -> None:
        super().__init__(tr("What you add"), caption=tr("Only you"), caption_icon="private")
        self._content, self._needs = content, needs
        self._loaded: dict[str, object] = {}
        self._known: dict[str, object] = {}
        self._edition, self._alone = 0, needs.solo
        self._forms: tuple[Form, ...] = ()
        self._trouble = Trouble()
        self._where = Label("", "caption", "ink3")
        self._keep = Button(tr("Keep this look"), "primary", hint="Ctrl+Enter")
        self._keep.clicked.connect(self._ask)
        self._tick = TickBox(tr("Put this look into the summary"))
        self._tick.toggled.connect(self.picked)
        self._build_forms()
        self._rule = Rule()
        foot = QHBoxLayout()
        foot.addWidget(self._where, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self._keep)
        for part in (self._trouble, self._rule, self._tick, foot):
            self.add(part)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._ask)

    def show_letter(self, card: LetterCard | None) -> None:
        """Show what belongs to a letter; what is being typed is only replaced by a new edition."""
        if card is None:
            self._edition = 0
            self._fill({})
            return
        alone = self._needs.solo or card.danger
        if alone != self._alone:
            self._alone = alone
            self._build_forms()
            self._edition = 0
        if card.edition != self._edition:
            self._edition = card.edition
            self._fill(card.answers)
        self._where.setText(card.where)
        self.set_caption(*card.privacy)
        self._keep.setText(tr("Save") if card.record is not None else tr("Keep this look"))
        self._tick.setVisible(card.record is not None)
        with QSignalBlocker(self._tick):
            self._tick.setChecked(card.picked)

    def refuse(self, field: str, reason: str) -> None:
        """Say what does not fit, and go there."""
        self._trouble.say(form_words.trouble(reason) if reason else "")
        for form in self._forms:
            if reason and field in form.asked():
                form.focus_first(field)

    def answers(self) -> dict[str, object]:
        """Everything added, and what this card does not ask."""
        asked = frozenset(WORDS + LEAN)
        found = {name: value for name, value in self._loaded.items() if name not in asked}
        for form in self._forms:
            found |= {name: value for name, value in form.answers().items() if name in form.asked()}
        return found

    def focus_first(self) -> None:
        """The first line to write in."""
        self._forms[0].focus_first(WORDS[0])

    def _build_forms(self) -> None:
        kind = self._content.kind(KIND)
        for form in self._forms:
            self.body.removeWidget(form)
            form.hide()
            form.deleteLater()
        needs = replace(self._needs, solo=self._alone)
        lean = next(part for part in kind.sections if part.id == "lean")
        if not self._forms:
            self._heading = Label(needs.words(label_for(lean, solo=self._alone)), "label", "ink2")
        self._forms = (self._form(needs, WORDS), self._form(needs, LEAN))
        for at, part in enumerate((self._forms[0], self._heading, self._forms[1]), start=1):
            self.body.insertWidget(at, part)

    def _form(self, needs: Needs, only: Collection[str]) -> Form:
        form = Form(self._content.kind(KIND), needs, only=only, headings=False)
        form.changed.connect(self._changed)
        return form

    def _changed(self) -> None:
        """Editors also speak up when they are set in another size: only other answers are news."""
        found = self.answers()
        if found != self._known:
            self._known = found
            self.edited.emit(found)

    def _fill(self, answers: dict[str, object]) -> None:
        self._loaded = dict(answers)
        self._trouble.say("")
        for form in self._forms:
            form.set_answers({name: value for name, value in answers.items() if name in form.asked()})
        self._known = self.answers()

    def _ask(self) -> None:
        if all(form.check() for form in self._forms):
            self.kept.emit(self.answers())
