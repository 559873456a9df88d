"""The sheets of the page: words to write, a wording to read and mark, and what each notes of an occasion."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.errors import Code, LeewardError
from app.domain.marking import BESIDE
from app.services.agreement_notes import BOUNDARY
from app.ui import text
from app.ui.context import Context
from app.ui.models.answers import answered, option_words, question_words
from app.ui.screens.record_form.links import needs_of
from app.ui.text import tr
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Rule, Surface
from app.ui.widgets.choice_row import ChoiceRow
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.question import Trouble

WORDING: Final = ("wording", "area", "asked_by", "why", "reason", "looks_like", "exceptions", "if_crossed", "starts")
OCCASION: Final = ("at", "outcome", "note", "step_kept", "repaired")
READING: Final = ("outcome", "note", "step_kept")
_KEEP_AFTER_MS: Final = 400
Kept = Callable[[dict[str, object]], None]


class AskSheet(DialogSurface):
    """Some questions of a kind. Its owner saves what is `given` and says when it is done or refused."""

    given = Signal(object)
    """Emitted with the answers, which fit; the surface stays until it is told `done`."""
    kept = Signal(object)
    """Emitted with what is written so far, shortly after each change and on leaving; empty where nothing was."""

    def __init__(self, ctx: Context, kind: str, only: Collection[str], title: str, *, yes: str, caption: str) -> None:
        icon = "shared" if caption and not ctx.solo else "private"
        super().__init__(
            ctx.shell.ground(), title, close_words=tr("Close"), caption=caption or tr("Only you"), caption_icon=icon
        )
        self._ctx = ctx
        self._given: dict[str, object] = {}
        self.form = Form(ctx.content.kind(kind), replace(needs_of(ctx), may_wait=False), only=only, headings=False)
        self.trouble = Trouble()
        self.body.addWidget(self.form)
        self.body.addWidget(self.trouble)
        self.body.addStretch(1)
        later = Button(tr("Not now"), "quiet")
        self.yes = Button(yes, "primary", hint="Ctrl+Enter")
        self.footer.addStretch(1)
        self.footer.addWidget(later)
        self.footer.addWidget(self.yes)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_KEEP_AFTER_MS)
        self._resting.timeout.connect(self._keep)
        self.form.changed.connect(self._resting.start)
        later.clicked.connect(lambda _checked=False: self.leave())
        self.yes.clicked.connect(lambda _checked=False: self.give())
        self.confirmed.connect(self.give)
        self.dismissed.connect(self.leave)

    def show_answers(self, answers: Mapping[str, object]) -> None:
        """What the questions start with."""
        self._given = dict(answers)
        self.form.set_answers(answers)

    def give(self) -> None:
        """Hand the answers over, if they fit."""
        if self.form.check():
            self.given.emit(self.form.answers())

    def leave(self) -> None:
        """Close; what is written is kept where the owner keeps it."""
        if self._resting.isActive():
            self._resting.stop()
            self._keep()
        self.close_surface()

    def done(self) -> None:
        """It is saved."""
        self._resting.stop()
        self.close_surface()

    def refuse(self, error: LeewardError) -> None:
        """Say why it could not be saved; what is written stays."""
        if error.code is Code.INVALID_RECORD:
            self.form.show_refusal(error)
        elif error.code is Code.STALE_REVISION:
            self.trouble.say(tr("It has been worded anew meanwhile. Close this and look at the new words first."))
        else:
            self.trouble.say(text.trouble(error, self._ctx.content).paragraph)

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first)
        self.form.focus_first()

    def _keep(self) -> None:
        answers = self.form.answers()
        self.kept.emit({} if answers == self._given else answers)


class MarkSheet(DialogSurface):
    """Exactly the words that a mark will stand for, and one question for this person alone."""

    marked = Signal(str)
    """Emitted, after the surface is gone, with the answer to that question, or ""."""
    safety_asked = Signal()
    """Emitted when the safety page should be shown."""

    def __init__(self, ctx: Context, answers: Mapping[str, object], freely: str) -> None:
        super().__init__(ctx.shell.ground(), tr("Read and mark"), close_words=tr("Close"))
        kind = ctx.content.kind(BOUNDARY)
        beside = {field.id for field in kind.fields if field.private_only} | BESIDE | {"marks"}
        wording = {name: value for name, value in answers.items() if name not in beside}
        self.lines = answered(kind, wording, ctx)
        for line in self.lines:
            pair = QVBoxLayout()
            pair.setSpacing(2)
            pair.addWidget(Label(line.question, "label"))
            pair.addWidget(Label(line.words, "agreement" if line.field == "wording" else "line"))
            self.body.addLayout(pair)
            self.body.addWidget(Rule())
        said = tr("Your mark stands for these words and no others. You can take it back at any time.")
        self.body.addWidget(Label(said, "small", "ink2"))
        self._options: tuple[str, ...] = ()
        field = kind.field("freely")
        self.freely: ChoiceRow | None = None
        if not ctx.solo and field is not None:
            well = Surface("sunken", radius_px=8)
            well.body.addWidget(Label(tr("Before you mark it, for you alone"), "label"))
            question = question_words(field, ctx)
            well.body.addWidget(Label(question, "body"))
            self._options = tuple(option.id for option in field.options)
            self.freely = ChoiceRow([option_words(option, ctx) for option in field.options], name=question)
            self.freely.choose(self._options.index(freely) if freely in self._options else None)
            self.freely.changed.connect(lambda _chosen: self._answered())
            well.body.addWidget(self.freely)
            well.body.addWidget(Label(field.help, "caption", "ink3"))
            self.safety = Button(tr("If being together is not safe"), "plain", icon="shield", small=True)
            self.safety.clicked.connect(lambda _checked=False: self.safety_asked.emit())
            self.safety.hide()
            well.body.addWidget(self.safety)
            self.body.addWidget(well)
        self.body.setSpacing(ctx.hub.theme.space("s"))
        self.body.addStretch(1)
        later = Button(tr("Not now"), "quiet")
        self.yes = Button(tr("Mark these words"), "primary", hint="Ctrl+Enter")
        self.footer.addStretch(1)
        self.footer.addWidget(later)
        self.footer.addWidget(self.yes)
        later.clicked.connect(lambda _checked=False: self.close_surface())
        self.yes.clicked.connect(lambda _checked=False: self._mark())
        self.confirmed.connect(self._mark)
        self.dismissed.connect(self.close_surface)
        self._answered()

    def chosen(self) -> str:
        """The answer for this person alone; "" while there is none."""
        index = self.freely.chosen() if self.freely is not None else None
        return self._options[index] if index is not None else ""

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first or self.freely or self.yes)

    def _answered(self) -> None:
        if self.freely is not None:
            self.safety.setVisible(self.chosen() in {"no", "not_sure"})

    def _mark(self) -> None:
        said = self.chosen()
        self.close_surface()
        self.marked.emit(said)
