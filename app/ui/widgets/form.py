"""The form of any declared kind: sections, questions, help and trouble, from the declaration alone.

A worksheet is added by adding its declaration. Signatures are not asked but given, on the screens where both see the
same words: answers a form has no editor for come back as they were.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.errors import LeewardError
from app.domain.fields import Field, FieldType, Kind
from app.domain.kinds import intake
from app.domain.wording import help_for, is_offered, label_for
from app.ui.theme.hub import current_hub
from app.ui.widgets import form_words
from app.ui.widgets.card import Rule
from app.ui.widgets.editor_choice import editor_for, is_editable
from app.ui.widgets.field_editors import Editor, Needs
from app.ui.widgets.label import Label
from app.ui.widgets.question import LABEL_PX, LATER_KEY, Question, Trouble
from app.ui.widgets.text_link import TextLink

BESIDE_FROM_PX = 560
"""Width at 100 % from which questions stand beside their controls rather than above them."""

NARROWEST_PX = 320
"""The least width a form asks for, at 100 %: a scale of eleven cells."""

CHECK_AFTER_MS = 600
"""How long an answer rests before it is checked: nobody is corrected in the middle of a word."""

_NEVER_WAIT = frozenset({FieldType.WHEN, FieldType.CHECKBOX})
"""A moment can be left open by itself, and an empty box says nothing."""

_NAMES = frozenset({"title", "cue", "line"})
"""Lines that name a record without being asked for: they stay one line, where others grow with their words."""

PLACE, BOTH = "my_place", "both"
"""The field that says which seat a person writes from; fields with a `seat` follow it."""


class Form(QWidget):
    """All questions of a kind, or those named in `only`. Holds answers; saving them is the caller's business.

    Sections whose every question can wait start folded while they are empty and the form has more than one. `numbered`
    names chips that show the digit that picks them; `quiet` keeps help to tooltips, for forms that are filled in often.
    """

    changed = Signal()
    """A person changed an answer."""

    def __init__(
        self,
        kind: Kind,
        needs: Needs,
        *,
        only: Collection[str] = (),
        without: Collection[str] = (),
        numbered: Collection[str] = (),
        quiet: bool = False,
        headings: bool = True,
        label_px: int = LABEL_PX,
    ) -> None:
        super().__init__()
        self._numbered, self._quiet = frozenset(numbered), quiet
        self._kind, self._needs = kind, needs
        self._kept: dict[str, object] = {}
        self._questions: dict[str, Question] = {}
        self._fields: dict[str, Field] = {}
        self._sections: dict[str, FormSection] = {}
        self._touched: set[str] = set()
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(CHECK_AFTER_MS)
        self._resting.timeout.connect(self._check_touched)
        self._whole = Trouble()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(current_hub().theme.space("l"))
        self._box.addWidget(self._whole)
        fields = [field for field in kind.fields if self._is_shown(field, only, without)]
        self._build(fields, headings=headings, label_px=label_px)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._follow_seat()
        if needs.may_wait:
            later = QShortcut(QKeySequence(LATER_KEY), self)
            later.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            later.activated.connect(self._leave_focused)

    def answers(self) -> dict[str, object]:
        """Everything answered, as JSON values by field id; answers this form has no editor for come back as given."""
        found = dict(self._kept)
        for field_id, question in self._questions.items():
            value = question.editor.answer()
            if value is None:
                found.pop(field_id, None)
            else:
                found[field_id] = value
        return found

    def set_answers(self, answers: Mapping[str, object]) -> None:
        """Show these answers and no others; nothing is said to have changed."""
        self._kept = {key: value for key, value in answers.items() if key not in self._questions}
        for field_id, question in self._questions.items():
            question.editor.show_answer(answers.get(field_id))
            question.show_trouble("")
            question.show_waiting(waits=False)
            question.show_open(is_open=question.editor.answer() is None)
        self._touched.clear()
        self._whole.say("")
        for section in self._sections.values():
            section.settle(answers)
        self._follow_seat()

    def left(self) -> frozenset[str]:
        """The questions a person left for later."""
        return frozenset(field_id for field_id, question in self._questions.items() if question.waits)

    def show_left(self, fields: Collection[str]) -> None:
        """Fold these questions, where they are open; nothing is said to have changed."""
        for field_id, question in self._questions.items():
            question.show_waiting(waits=field_id in fields and question.editor.answer() is None)

    def asked(self) -> frozenset[str]:
        """The fields this form has an editor for."""
        return frozenset(self._questions)

    def question(self, field_id: str) -> Question:
        """One question, for screens that place something beside it. KeyError when the form does not ask it."""
        return self._questions[field_id]

    def editor(self, field_id: str) -> Editor:
        """The editor of one question. KeyError when the form does not ask it."""
        return self._questions[field_id].editor

    def check(self) -> bool:
        """Check every answer now and say what does not fit. Whether all fit; the first that does not gets the focus."""
        wrong = [field_id for field_id in self._questions if not self._check_one(field_id, complete=True)]
        if wrong:
            self._go_to(wrong[0])
        return not wrong

    def show_refusal(self, error: LeewardError) -> None:
        """Say beside the right question why saving was refused (RecordError with `field` and `reason`)."""
        words = form_words.trouble(str(error.detail.get("reason", "")))
        field_id = str(error.detail.get("field", ""))
        if field_id in self._questions:
            self._questions[field_id].show_trouble(words)
            self._go_to(field_id)
        else:
            self._whole.say(words)

    def focus_first(self, wished: str = "") -> None:
        """Go to the question `wished`, else to the first one, or to the first required one that is still open."""
        needed = [f.id for f in self._kind.fields if f.required and f.id in self._questions]
        still_open = [f for f in needed if self._questions[f].editor.answer() is None]
        text = [f.id for f in self._kind.fields if f.type is not FieldType.WHEN and f.id in self._questions]
        first = [wished] if wished in self._questions else []
        for field_id in (*first, *still_open, *text, *self._questions):
            self._go_to(field_id)
            return

    @override
    def minimumSizeHint(self) -> QSize:
        """Narrower than it stands now: with less room the questions move above their controls."""
        return QSize(current_hub().theme.px(NARROWEST_PX), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= current_hub().theme.px(BESIDE_FROM_PX)
        for question in self._questions.values():
            question.arrange(beside=beside)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.focus_first()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self._resting.start(0)
        return False

    def _build(self, fields: list[Field], *, headings: bool, label_px: int) -> None:
        lines = [f for f in self._kind.fields if f.type is FieldType.TEXT][:1]
        titles = [f.id for f in lines if f.required or f.id in _NAMES]
        used = [s for s in self._kind.sections if any(f.section == s.id for f in fields)]
        for number, declared in enumerate(used):
            asked = [field for field in fields if field.section == declared.id]
            folds = headings and len(used) > 1 and number > 0 and all(field.later for field in asked)
            heading = self._needs.words(label_for(declared, solo=self._needs.solo))
            section = FormSection(heading if headings and len(used) > 1 else "", folds=folds)
            for field in asked:
                section.add(field.id, self._ask(field, label_px, names=field.id in titles))
            if number and headings:
                self._box.addWidget(Rule())
            self._box.addWidget(section)
            self._sections[declared.id] = section

    def _ask(self, field: Field, label_px: int, *, names: bool) -> Question:
        if field.highlights is None and field.is_free_text:
            field = msgspec.structs.replace(field, highlights=self._kind.highlights)
        counted = self._kind.total is not None
        editor = editor_for(field, self._needs, names=names, numbered=counted or field.id in self._numbered)
        if counted:
            editor.count_from_zero()
        ticked = field.type is FieldType.CHECKBOX
        words = "" if ticked else self._needs.words(label_for(field, solo=self._needs.solo))
        help_words = self._needs.words(help_for(field, solo=self._needs.solo))
        waits = field.later and not field.no_answer and field.type not in _NEVER_WAIT if self._needs.may_wait else None
        help_shown = "" if self._quiet else help_words
        question = Question(words, editor, help_shown, label_px=label_px, may_wait=waits)
        question.waited.connect(lambda _waits: self.changed.emit())
        if self._quiet:
            question.setToolTip(help_words)
        editor.changed.connect(lambda: self._edited(field.id))
        control = editor.focusProxy()
        if control is not None:
            control.installEventFilter(self)
        self._questions[field.id], self._fields[field.id] = question, field
        return question

    def _is_shown(self, field: Field, only: Collection[str], without: Collection[str]) -> bool:
        if (only and field.id not in only) or field.id in without or not is_offered(field, solo=self._needs.solo):
            return False
        return is_editable(field) and not (field.by == "other" and self._kind.sharing == "each")

    def _edited(self, field_id: str) -> None:
        self._touched.add(field_id)
        self._questions[field_id].show_trouble("")
        self._whole.say("")
        self._resting.start(CHECK_AFTER_MS)
        if field_id == PLACE:
            self._follow_seat()
        self.changed.emit()

    def _check_touched(self) -> None:
        for field_id in tuple(self._touched):
            self._check_one(field_id, complete=False)
            question = self._questions[field_id]
            question.show_open(is_open=question.editor.answer() is None)
        self._touched.clear()

    def _check_one(self, field_id: str, *, complete: bool) -> bool:
        field, question = self._fields[field_id], self._questions[field_id]
        reason = ""
        try:
            value = intake.answer(field, question.editor.answer())
            if complete and field.required and value is None:
                reason = intake.Reason.REQUIRED.value
        except intake.Refused as why:
            reason = why.reason.value
        question.show_trouble(form_words.trouble(reason) if reason else "")
        return not reason

    def _follow_seat(self) -> None:
        if PLACE not in self._questions:
            return
        place = self._questions[PLACE].editor.answer()
        for field in self._kind.fields:
            if field.seat is not None and field.id in self._questions:
                question = self._questions[field.id]
                question.setVisible(place in {field.seat, BOTH} or question.editor.answer() is not None)
        for section in self._sections.values():
            section.hide_if_empty()

    def _go_to(self, field_id: str) -> None:
        for section in self._sections.values():
            if section.holds(field_id):
                section.unfold()
        question = self._questions[field_id]
        if question.stops() is question.editor:
            question.editor.go_on()
        else:
            question.stops().setFocus()

    def _leave_focused(self) -> None:
        """Leave the question with the focus for later and go on to the next one."""
        ids = list(self._questions)
        focused = QApplication.focusWidget()
        at = next((n for n, key in enumerate(ids) if focused and self._questions[key].isAncestorOf(focused)), None)
        if at is None or not self._questions[ids[at]].may_wait:
            return
        self._questions[ids[at]].leave()
        following = next((key for key in ids[at + 1 :] if self._questions[key].isVisible()), ids[at])
        self._go_to(following)


class FormSection(QWidget):
    """A heading and its questions; where everything can wait, the heading folds them away and says so."""

    def __init__(self, heading: str, *, folds: bool) -> None:
        super().__init__()
        theme = current_hub().theme
        self._folds = folds
        self._questions: dict[str, Question] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.space("m"))
        self._body = QWidget()
        self._toggle = TextLink(heading, icon="caret-right") if folds else None
        if self._toggle is not None:
            self._toggle.clicked.connect(lambda: self._fold(folded=self._body.isVisibleTo(self)))
            box.addWidget(self._toggle)
        elif heading:
            box.addWidget(Label(heading, "label", "ink2"))
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.space("m"))
        box.addWidget(self._body)
        if folds:
            self._fold(folded=True)

    def add(self, field_id: str, question: Question) -> None:
        """Put a question below the others."""
        self._questions[field_id] = question
        self._rows.addWidget(question)

    def holds(self, field_id: str) -> bool:
        """Whether a question stands in this section."""
        return field_id in self._questions

    def unfold(self) -> None:
        """Show the questions."""
        self._fold(folded=False)

    def settle(self, answers: Mapping[str, object]) -> None:
        """Fold what is empty and unfold what is not."""
        if self._folds:
            self._fold(folded=not any(answers.get(field_id) is not None for field_id in self._questions))

    def hide_if_empty(self) -> None:
        """Leave the heading out while none of its questions is asked."""
        self.setVisible(any(not question.isHidden() for question in self._questions.values()))

    def _fold(self, *, folded: bool) -> None:
        self._body.setVisible(not folded)
        if self._toggle is not None:
            self._toggle.set_icon_name("caret-right" if folded else "caret-down")
