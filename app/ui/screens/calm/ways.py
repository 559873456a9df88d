"""The ways to settle besides breathing: naming, looking around, the body, one's own kit. One at a time on the card."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.calm import Calm, Grounding, Naming, Orienting, Senses
from app.services.calming import Contact, OwnTool
from app.ui.screens.calm.parts import lines
from app.ui.screens.calm.senses import SenseRow
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.card import Rule
from app.ui.widgets.fields import Field
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.text_link import TextLink


class Way(QWidget):
    """One way: a column of its parts. What is typed into its fields is dropped with the page."""

    def __init__(self, *, gap_px: int = 8) -> None:
        super().__init__()
        self.fields: list[Field] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current_hub().theme.px(gap_px))

    def add(self, widget: QWidget, *, left: bool = False) -> None:
        """One more part; `left` keeps it as wide as its words."""
        if left:
            self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._column.addWidget(widget)

    def forget(self) -> None:
        """Drop what was typed."""
        for field in self.fields:
            field.clear()


class SensesWay(Way):
    """From five things to one; Enter moves on, and after the last one `after` has the keyboard."""

    def __init__(self, words: Senses, after: QWidget) -> None:
        super().__init__(gap_px=2)
        self._end = after
        self.add(Label(words.help, "small", "ink3"))
        for sense in words.step:
            made = SenseRow(sense, partial(self._next, len(self.fields)))
            self.fields.append(made.field)
            self.add(made)
        self.add(Label(words.stuck, "small", "ink3"))

    def _next(self, at: int) -> None:
        (self.fields[at + 1] if at + 1 < len(self.fields) else self._end).setFocus()


class NamingWay(Way):
    """A word for what is here. The beginnings can be pressed and written on; nothing has to be."""

    def __init__(self, words: Naming) -> None:
        super().__init__(gap_px=10)
        self.add(Label(words.help, "small", "ink3"))
        self.add(lines(words.steps))
        self.add(Rule())
        field = Field(name=words.title, placeholder=words.frames[0])
        self.fields.append(field)
        frames = QWidget()
        flow = FlowLayout(frames, gap_px=14, line_gap_px=2)
        for frame in words.frames:
            begin = TextLink(frame)
            begin.clicked.connect(lambda _checked=False, frame=frame: self._begin(frame))
            flow.addWidget(begin)
        self.add(frames)
        self.add(field)
        self.add(Label(words.none, "small", "ink3"))

    def _begin(self, frame: str) -> None:
        field = self.fields[0]
        field.setText(frame.rstrip("… ") + " ")
        field.setFocus()
        field.setCursorPosition(len(field.text()))


class AroundWay(Way):
    """Looking around: for when then and now run together."""

    def __init__(self, words: Orienting) -> None:
        super().__init__(gap_px=10)
        self.add(Label(words.help, "small", "ink3"))
        self.add(lines(words.steps))
        self.add(Label(words.done, "body", "ink2"))


class Unfolding(Way):
    """Named things, of which one at a time shows what is behind it."""

    def __init__(self, help_words: str) -> None:
        super().__init__(gap_px=4)
        self._parts: list[tuple[TextLink, QWidget]] = []
        if help_words:
            self.add(Label(help_words, "small", "ink3"))

    def unfold(self, name: str, behind: QWidget) -> None:
        """One more thing."""
        head = TextLink(name, icon="caret-right")
        head.setCheckable(True)
        at = len(self._parts)
        head.clicked.connect(lambda _checked=False: self.show_part(at))
        behind.hide()
        self._parts.append((head, behind))
        self.add(head, left=True)
        self.add(behind)

    def show_part(self, at: int) -> None:
        """Show what is behind one thing, or fold it again; the others are folded."""
        for number, (head, behind) in enumerate(self._parts):
            shown = number == at and behind.isHidden()
            behind.setVisible(shown)
            head.setChecked(shown)
            head.set_icon_name("caret-down" if shown else "caret-right")


def body_way(words: Grounding) -> Way:
    """Something for the body: each with its steps, and first with who leaves it out."""
    made = Unfolding(words.help)
    for item in words.item:
        behind = _inset()
        if item.care:
            _of(behind).addWidget(Label(item.care, "small", "lamp"))
        _of(behind).addWidget(lines(item.steps))
        made.unfold(item.label, behind)
    return made


def kit_way(tools: tuple[OwnTool, ...], empty: str, add: str, write: Callable[[], None] | None) -> Way:
    """A person's own tools, in their own words; or the way to the first one."""
    made = Unfolding("")
    for tool in tools:
        behind = _inset()
        if tool.how:
            _of(behind).addWidget(Label(tool.how, "line"))
        if tool.ask:
            _of(behind).addWidget(Label(tr("To ask for it: {words}").format(words=tool.ask), "small", "ink2"))
        if tool.how or tool.ask:
            made.unfold(tool.title, behind)
        else:
            made.add(lines((tool.title,)))
    if not tools:
        made.add(Label(empty, "body", "ink2"))
    _writing(made, add, write)
    return made


def ring_way(people: tuple[Contact, ...], empty: str, add: str, write: Callable[[], None] | None) -> Way:
    """Names with how to reach them. The program rings nobody."""
    made = Way(gap_px=12)
    for person in people:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Label(person.name, "heading"))
        if person.reach:
            reach = Label(person.reach, "line")
            reach.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            column.addWidget(reach)
        if person.when_good:
            column.addWidget(Label(person.when_good, "small", "ink2"))
        if person.code_word:
            said = tr("A word that means “please come”: {word}").format(word=person.code_word)
            column.addWidget(Label(said, "small", "ink2"))
        made.add(part)
    if not people:
        made.add(Label(empty, "body", "ink2"))
    _writing(made, add, write)
    return made


def titles(words: Calm) -> dict[str, tuple[str, str]]:
    """Each way's name and icon, in the order they are offered."""
    return {
        "senses": (words.senses.title, "eye"),
        "naming": (words.naming.title, "chat-circle"),
        "around": (words.orienting.title, "compass"),
        "body": (words.grounding.title, "leaf"),
        "kit": (tr("My settling kit"), "archive"),
        "together": (words.together.title, "users"),
        "ring": (words.screen.ring_link, "user"),
        "after": (words.after.title, "sun-horizon"),
    }


def _writing(made: Way, words: str, write: Callable[[], None] | None) -> None:
    if write is not None:
        button = TextLink(words, icon="plus")
        button.clicked.connect(lambda _checked=False: write())
        made.add(button, left=True)


def _inset() -> QWidget:
    theme = current_hub().theme
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(theme.px(24), 0, 0, theme.px(8))
    column.setSpacing(theme.px(7))
    return made


def _of(widget: QWidget) -> QVBoxLayout:
    layout = widget.layout()
    assert isinstance(layout, QVBoxLayout)  # noqa: S101  # made just above
    return layout
