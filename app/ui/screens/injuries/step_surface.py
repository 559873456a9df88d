"""One step of the path as a page of its own: what it is, every note on it with day and writer, and its neighbours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.fields import Option
from app.domain.wording import label_for
from app.services.threads import STEP, StepNote, ThreadDetail
from app.ui import text
from app.ui.context import Context
from app.ui.models.seats import marked
from app.ui.screens.injuries.part_words import notes_words
from app.ui.text import tr
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Icon, Surface
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.label import Label
from app.ui.widgets.marks import Person, PersonMark


@dataclass(frozen=True, slots=True)
class NoteCard:
    """One note: who wrote it, when and from which seat, and its answers as (question, words)."""

    record: str
    writer: Person
    head: str
    answers: tuple[tuple[str, str], ...]
    theirs: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class StepPage:
    """A step with all its notes, newest first. `returns` says how often and when it was noted."""

    option: str
    number: int
    title: str
    line: str
    returns: str
    notes: tuple[NoteCard, ...]


def step_pages(ctx: Context, found: ThreadDetail) -> tuple[StepPage, ...]:
    """Every step of a thread's path in order."""
    options = ctx.content.list("path_steps").items
    return tuple(_page(ctx, option, found) for option in options)


def _page(ctx: Context, option: Option, found: ThreadDetail) -> StepPage:
    number = round(option.value or 0)
    notes = [note for note in found.notes if note.step == number]
    days = [text.short_date(dt.date.fromordinal(note.day), ctx.now().date()) for note in notes]
    returns = ""
    if len(notes) > 1:
        returns = tr("{notes}: {days}").format(
            notes=notes_words(len(notes)), days=text.listed(list(dict.fromkeys(days)))
        )
    cards = tuple(_card(ctx, note) for note in reversed(notes))
    solo = ctx.solo or not found.body.is_about_two
    return StepPage(option.id, number, label_for(option, solo=solo), option.line, returns, cards)


def _card(ctx: Context, note: StepNote) -> NoteCard:
    kind = ctx.content.kind(STEP)
    given = (("happened", note.happened), ("made_possible", note.made_possible), ("not_yet", note.not_yet))
    answers = []
    for field_id, words in given:
        field = kind.field(field_id)
        if words and field is not None:
            answers.append((label_for(field, solo=ctx.solo), words))
    parts = [text.short_date(dt.date.fromordinal(note.day), ctx.now().date())]
    role = kind.field("role")
    seat = next((o for o in role.options if o.id == note.role), None) if role is not None else None
    if seat is not None:
        parts.append(label_for(seat, solo=ctx.solo))
    if note.with_therapist:
        parts.append(tr("in a session"))
    writer = marked(ctx, theirs=note.theirs)
    return NoteCard(note.record, writer, " · ".join(parts), tuple(answers), note.theirs, note.shared)


class StepSurface(DialogSurface):
    """Shows one step after another over the page. Ctrl+Left and Ctrl+Right go along the path."""

    note_asked = Signal(str)
    """Emitted with the step to note; the surface closes itself first."""
    edit_asked = Signal(str)
    """Emitted with the note to change; the surface closes itself first."""

    def __init__(self, ground: QWidget, pages: Sequence[StepPage], at: int, add_words: str) -> None:
        super().__init__(ground, pages[at].title, close_words=tr("Close"))
        self._pages, self._at = tuple(pages), at
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self._hub.theme.space("m"))
        self.body.addWidget(self._page)
        self.body.addStretch(1)
        self.before = Button(tr("Step before"), "quiet", icon="arrow-left", collapsible=True)
        self.after = Button(tr("Step after"), "quiet", trailing="arrow-right", collapsible=True)
        self.before.setToolTip(tr("Ctrl+Left"))
        self.after.setToolTip(tr("Ctrl+Right"))
        self.before.clicked.connect(lambda _checked=False: self.go(self._at - 1))
        self.after.clicked.connect(lambda _checked=False: self.go(self._at + 1))
        self.add = Button(add_words, "primary", icon="plus")
        self.add.clicked.connect(lambda _checked=False: self._leave_for(self.note_asked, self._pages[self._at].option))
        self.footer.addWidget(self.before)
        self.footer.addWidget(self.after)
        self.footer.addStretch(1)
        self.footer.addWidget(self.add)
        self.dismissed.connect(self.close_surface)
        for keys, step in (("Ctrl+Left", -1), ("Ctrl+Right", 1)):
            along = QShortcut(QKeySequence(keys), self)
            along.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            along.activated.connect(lambda step=step: self.go(self._at + step))
        self.go(at)

    @override
    def open(self, first: QWidget | None = None) -> None:
        """Show the page with the keyboard on what can be added."""
        super().open(first or self.add)

    def go(self, at: int) -> None:
        """Show another step; outside the path nothing happens."""
        if not 0 <= at < len(self._pages):
            return
        self._at = at
        page = self._pages[at]
        numbered = tr("Step {number}: {name}").format(number=text.number(page.number), name=page.title)
        self.title.setText(numbered)
        self.setAccessibleName(numbered)
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._column.addWidget(Label(page.line, "body", "ink2"))
        if page.returns:
            self._column.addWidget(Label(page.returns, "small", "ink3"))
        for note in page.notes:
            self._column.addWidget(self._note(note))
        if not page.notes:
            self._column.addWidget(Label(tr("Nothing noted here. The path has no clock."), "small", "ink3"))
        self.before.setEnabled(at > 0)
        self.after.setEnabled(at < len(self._pages) - 1)
        self.show_top()
        if self.isVisible() and self.focusWidget() is None:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note(self, note: NoteCard) -> Surface:
        well = Surface("sunken", radius_px=8)
        head = QHBoxLayout()
        head.setSpacing(self._hub.theme.space("s"))
        head.addWidget(PersonMark(note.writer, size="small"), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(Label(note.head, "caption", "ink3"), 1, Qt.AlignmentFlag.AlignVCenter)
        if note.shared:
            head.addWidget(Icon("shared", "ink3", small=True, words=tr("Both of you can read this note")))
        if not note.theirs:
            edit = Button(tr("Edit"), "quiet", small=True)
            edit.setAccessibleName(tr("Edit the note of {day}").format(day=note.head.partition(" · ")[0]))
            edit.clicked.connect(lambda _checked=False: self._leave_for(self.edit_asked, note.record))
            head.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
        well.body.addLayout(head)
        for question, words in note.answers:
            well.body.addWidget(Label(question, "caption", "ink3"))
            well.body.addWidget(Label(words, "line"))
        return well

    def _leave_for(self, asked: SignalInstance, target: str) -> None:
        self.close_surface()
        asked.emit(target)
