"""One editor for each type of field: shows an answer, gives it back as a draft stores it, says when it changed.

Answers are plain JSON values (see `app.domain.fields`), None while a question is left open. Editors know no service:
what they need from outside comes in `Needs`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.fields import Field, FieldType, Option
from app.domain.gentle import GentleWords
from app.domain.wording import is_offered, label_for, with_partner
from app.ui.text import tr
from app.ui.widgets import form_words
from app.ui.widgets.buttons import TickBox
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.choice_row import ChoiceRow
from app.ui.widgets.fields import Field as LineField
from app.ui.widgets.scale import Scale

ROW_OPTIONS = 4
"""Up to this many short words stand in a row of equal cells; more flow as chips."""
ROW_LETTERS = 12


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """A record that can be linked to, as the list names it. `about` says what it is and when it was written.

    With an empty `record` it does not stand yet: choosing it begins one of that `title`.
    """

    record: str
    title: str
    about: str = ""


class LinkSource(Protocol):
    """Where link editors look for records. Answers may arrive later, on the GUI thread."""

    def find(self, kinds: tuple[str, ...], words: str, done: Callable[[Sequence[LinkChoice]], None]) -> None:
        """Records of these kinds whose name or text holds these words; with no words the newest."""

    def name(self, record: str, done: Callable[[str], None]) -> None:
        """The title of one record; empty when it is not here any more."""

    def begin(self, kinds: tuple[str, ...], title: str, done: Callable[[str], None]) -> None:
        """Begin the record that a choice without one stood for; `done` gets its id."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a form must know besides its declaration. `people` are offered where a field asks who; `me` fills it in.

    `may_wait`: open questions can be left for later, which the holder of the form then remembers. `watch` gives a word
    list by its id, for fields whose words are marked gently; without it nothing is marked.
    """

    solo: bool
    partner: str
    now: Callable[[], dt.datetime]
    zone: str = ""
    people: tuple[Chip, ...] = ()
    links: LinkSource | None = None
    me: str = ""
    watch: Callable[[str], GentleWords | None] | None = None
    may_wait: bool = False

    def words(self, text: str) -> str:
        """A text of the content pack with the other person's name in its gap."""
        return with_partner(text, self.partner)

    def offered(self, options: Sequence[Option]) -> tuple[Chip, ...]:
        """The options that have a place in this journal, in their words."""
        shown = (option for option in options if is_offered(option, solo=self.solo))
        return tuple(Chip(option.id, self.words(label_for(option, solo=self.solo))) for option in shown)


class Editor(QWidget):
    """The common face of all editors."""

    changed = Signal()
    """A person changed the answer."""

    middle_px = 7
    """From the top of the editor to the top of a line of 20 px in the middle of its control, at 100 %."""

    is_wide = False
    """Whether it takes the whole width of a form, with its question above it."""

    def answer(self) -> object:
        """The answer as a draft stores it; None while open."""
        raise NotImplementedError

    def show_answer(self, value: object) -> None:
        """Show an answer without `changed`; what cannot be shown is shown as open."""
        raise NotImplementedError

    def call(self, question: str) -> None:
        """Give the control its accessible name."""
        proxy = self.focusProxy()
        (proxy or self).setAccessibleName(question)

    def hint(self) -> str:
        """A line under the control that belongs to how it works; usually empty."""
        return ""

    def go_on(self) -> None:
        """Take the keyboard where writing goes on: behind the words that stand there."""
        self.setFocus()

    def count_from_zero(self) -> None:
        """Let the digit 0 pick the first answer, as a questionnaire counts them; most editors have no such row."""

    def _hold(self, *controls: QWidget) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for control in controls:
            box.addWidget(control)
        control = controls[0]
        self.setFocusProxy(control)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)


class LineEditor(Editor):
    """One line of a person's words; `placeholder` may show how such a line could read."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self.control = LineField(placeholder=placeholder)
        self.control.textEdited.connect(self.changed)
        self._hold(self.control)

    def answer(self) -> object:
        """The words, or None for nothing but space."""
        words = self.control.text()
        return words if words.strip() else None

    def show_answer(self, value: object) -> None:
        """Show the words, from their beginning."""
        self.control.setText(value if isinstance(value, str) else "")
        self.control.setCursorPosition(0)

    @override
    def go_on(self) -> None:
        super().go_on()
        self.control.end(False)  # without selecting


class ScaleEditor(Editor):
    """0 to 10. A reason for not answering stands beside it where the field has one."""

    def __init__(self, field: Field, needs: Needs) -> None:
        super().__init__()
        low, high = (needs.words(end) for end in (field.ends or ("", ""))[:2])
        self.control = Scale(
            low=low, middle=needs.words(field.middle or ""), high=high, unanswered=form_words.unanswered()
        )
        self.control.changed.connect(self._chosen)
        self._reasons = Chips(needs.offered(field.no_answer), single=True) if field.no_answer else None
        if self._reasons is None:
            self._hold(self.control)
        else:
            self._reasons.changed.connect(self._reason_chosen)
            self._hold(self.control, self._reasons)

    def answer(self) -> object:
        """The number, or the reason's id."""
        if self._reasons is not None and self._reasons.chosen():
            return self._reasons.chosen()[0]
        return self.control.value()

    def show_answer(self, value: object) -> None:
        """Show a number or a reason."""
        number = value if isinstance(value, int) and 0 <= value <= 10 else None
        self.control.set_value(number)
        if self._reasons is not None:
            self._reasons.choose((value,) if isinstance(value, str) else ())

    def _chosen(self, _value: object) -> None:
        if self._reasons is not None:
            self._reasons.choose(())
        self.changed.emit()

    def _reason_chosen(self, keys: object) -> None:
        if keys:
            self.control.set_value(None)
        self.changed.emit()


class RowEditor(Editor):
    """A short scale or a choice of a few words as one row of cells. `keys` are the stored answers, in order."""

    middle_px = 5

    def __init__(self, words: Sequence[str], keys: Sequence[object], apart: Chip | None = None, hint: str = "") -> None:
        super().__init__()
        self._keys: tuple[object, ...] = (*keys, apart.key) if apart else tuple(keys)
        self._hint = hint
        self.control = ChoiceRow(words, apart=apart.word if apart else "", unanswered=form_words.unanswered())
        self.control.changed.connect(lambda _index: self.changed.emit())
        self._hold(self.control)

    def answer(self) -> object:
        """The stored form of the chosen cell."""
        index = self.control.chosen()
        return None if index is None else self._keys[index]

    def show_answer(self, value: object) -> None:
        """Show a choice."""
        known = value is not None and value in self._keys
        self.control.choose(self._keys.index(value) if known else None)

    @override
    def count_from_zero(self) -> None:
        self.control.first_digit = 0

    def hint(self) -> str:
        """What the ends of a row of numbers mean."""
        return self._hint


class ChipsEditor(Editor):
    """Words to pick: several, one (`single`), or with a strength each. `one` gives back a bare id, for choices."""

    middle_px = 4

    def __init__(self, field: Field, needs: Needs, *, one: bool = False, numbered: bool = False) -> None:
        super().__init__()
        self._graded, self._one = field.graded is not None, one
        self._hint = form_words.grade_hint(*field.ends[:2]) if self._graded and len(field.ends) > 1 else ""
        self._zero: frozenset[str] = frozenset()
        people = needs.people if field.type is FieldType.PEOPLE else ()
        self._by_name = {chip.word.casefold(): chip.key for chip in people}  # a name stands for the person
        self.control = Chips(
            needs.offered(field.options) if field.type is not FieldType.PEOPLE else needs.people,
            add=_add_word(field),
            single=one or field.max == 1,
            graded=self._graded,
            numbered=numbered,
        )
        self.control.changed.connect(lambda _keys: self.changed.emit())
        self._hold(self.control)

    def answer(self) -> object:
        """A list of ids and own words; graded: id → strength or None; `one`: the id."""
        if self._graded:
            given = self.control.grades()
            return {key: grade or (0 if key in self._zero else None) for key, grade in given.items()} or None
        chosen = self.control.chosen()
        if self._one:
            return chosen[0] if chosen else None
        return list(chosen) or None

    def show_answer(self, value: object) -> None:
        """Show what is chosen. A stored strength of 0 survives as long as nobody raises it."""
        grades: dict[str, int] = {}
        keys: list[str] = []
        if isinstance(value, Mapping):
            keys = [str(key) for key in value]
            grades = {str(key): grade for key, grade in value.items() if isinstance(grade, int)}
        elif isinstance(value, (list, tuple)):
            keys = [str(key) for key in value]
        elif isinstance(value, str):
            keys = [value]
        if self._by_name:
            keys = list(dict.fromkeys(self._by_name.get(key.casefold(), key) for key in keys))
        self._zero = frozenset(key for key, grade in grades.items() if grade == 0)
        self.control.choose(keys, grades)

    @override
    def count_from_zero(self) -> None:
        self.control.first_digit = 0
        self.is_wide = True  # all answers of a questionnaire on one line, where there is room

    def hint(self) -> str:
        """How strengths are given."""
        return self._hint


class TickEditor(Editor):
    """Yes, or not said: an empty box is left out, so that nothing is claimed."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.control = TickBox(words)
        self.control.toggled.connect(lambda _on: self.changed.emit())
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.control, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.control)

    def answer(self) -> object:
        """True or nothing."""
        return True if self.control.isChecked() else None

    def show_answer(self, value: object) -> None:
        """Show the tick."""
        with QSignalBlocker(self.control):
            self.control.setChecked(value is True)
        self.control.update()


def row_fits(chips: Sequence[Chip]) -> bool:
    """Whether options are few and short enough for a row of equal cells."""
    return len(chips) <= ROW_OPTIONS and all(len(chip.word) <= ROW_LETTERS for chip in chips)


def _add_word(field: Field) -> str:
    if field.type is FieldType.PEOPLE:
        return tr("someone else")
    if not field.own:
        return ""
    return tr("other") if field.max == 1 else tr("add")
