"""What goes in: one tick a section with what there is of it, one a thread, and the questions to ask."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.content import Content
from app.services.summary_choice import Choice, Offer, Part, ThreadOffer
from app.ui.screens.summary.presenter import SummaryPresenter
from app.ui.text import count_of, number, tr
from app.ui.theme.hub import current_hub
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import TickBox
from app.ui.widgets.fields import GrowingText
from app.ui.widgets.label import Label

_INDENT_PX = 26
_SUB = frozenset({Part.LOGS, Part.LINES, Part.MARKERS})


class TickRow(QWidget):
    """A tick with what it stands for at the right, perhaps below another."""

    def __init__(self, words: str, toggled: Callable[[bool], None], *, below: bool = False) -> None:
        super().__init__()
        self.tick = TickBox(words)
        self._fact = Label("", "caption", "ink3", lines=1)
        self._below = below
        self._row = row = QHBoxLayout(self)
        row.addWidget(self.tick, 1, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self._fact, 0, Qt.AlignmentFlag.AlignVCenter)
        self.tick.toggled.connect(toggled)
        current_hub().changed.connect(self._restyle)
        self._restyle(current_hub().theme)

    def show_row(self, *, on: bool, fact: str, enabled: bool = True) -> None:
        """Tick it or not, and say how much there is."""
        with QSignalBlocker(self.tick):
            self.tick.setChecked(on)
        self.tick.setEnabled(enabled)
        self._fact.setText(fact)
        self.tick.setAccessibleDescription(fact)

    def _restyle(self, theme: Theme) -> None:
        indent = theme.px(_INDENT_PX) if self._below else 0
        self._row.setContentsMargins(indent, 0, 0, 0)


class Include(QWidget):
    """The list of sections. Threads come and go with what is in the vault; rows stay while they stay."""

    def __init__(self, presenter: SummaryPresenter, content: Content) -> None:
        super().__init__()
        self._presenter, self._content = presenter, content
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._rows: dict[Part, TickRow] = {}
        self._threads = QVBoxLayout()
        self._thread_rows: dict[tuple[str, bool], TickRow] = {}
        self._questions = GrowingText(
            name=tr("What I want to ask, one line a question"),
            placeholder=tr("One line a question"),
            style="line",
            most=5,
        )
        for part in (Part.SAFETY, Part.MARKERS, Part.LINES, Part.TRIGGERS, Part.LOGS):
            self._box.addWidget(self._row(part))
        self._box.addWidget(self._row(Part.REVIEWS))
        self._box.addWidget(self._row(Part.SCORES))
        self._box.addLayout(self._threads)
        self._box.addWidget(self._row(Part.QUESTIONS))
        self._box.addWidget(self._questions)
        self._questions.textChanged.connect(self._asked)
        self.restyle()

    def show_choice(self, offer: Offer, choice: Choice) -> None:
        """Show what there is and what is ticked."""
        facts = {
            Part.SAFETY: tr("chart and numbers"),
            Part.MARKERS: number(offer.markers),
            Part.LINES: tr("hardest, easiest"),
            Part.TRIGGERS: count_of(offer.triggers, tr("{n} log"), tr("{n} logs")),
            Part.LOGS: count_of(offer.logs, tr("{n} with words"), tr("{n} with words")),
            Part.REVIEWS: count_of(offer.picked or offer.reviews, tr("{n} letter"), tr("{n} letters")),
            Part.SCORES: count_of(offer.scores, tr("{n} total"), tr("{n} totals")),
            Part.QUESTIONS: count_of(len(choice.questions), tr("{n} line"), tr("{n} lines")),
        }
        for part, row in self._rows.items():
            above = Part.TRIGGERS if part is Part.LOGS else Part.SAFETY
            enabled = part not in _SUB or above in choice.parts
            row.show_row(on=part in choice.parts and enabled, fact=facts[part], enabled=enabled)
        self._rows[Part.REVIEWS].setVisible(offer.reviews > 0)
        self._rows[Part.SCORES].setVisible(offer.scores > 0)
        self._show_threads(offer.threads, choice)
        self._questions.setVisible(Part.QUESTIONS in choice.parts)
        if not self._questions.hasFocus() and self._lines() != choice.questions:
            with QSignalBlocker(self._questions):
                self._questions.set_words("\n".join(choice.questions))

    def first(self) -> QWidget:
        """The first tick."""
        return self._rows[Part.SAFETY].tick

    def restyle(self) -> None:
        """Rows touch: each is as high as a target has to be."""
        self._box.setSpacing(0)
        self._threads.setSpacing(0)

    def _row(self, part: Part) -> TickRow:
        words = {
            Part.SAFETY: tr("Felt safety and A.R.E."),
            Part.MARKERS: tr("events I marked"),
            Part.LINES: tr("one line of mine for two weeks"),
            Part.TRIGGERS: tr("Triggers, grouped by cue"),
            Part.LOGS: tr("every log in full"),
            Part.REVIEWS: tr("Looks at four weeks"),
            Part.SCORES: tr("Totals of questionnaires"),
            Part.QUESTIONS: tr("What I want to ask"),
        }[part]
        self._rows[part] = TickRow(words, lambda on: self._presenter.include(part, on), below=part in _SUB)
        return self._rows[part]

    def _show_threads(self, threads: tuple[ThreadOffer, ...], choice: Choice) -> None:
        wanted = {
            (thread.record, story) for thread in threads for story in (False, True) if thread.story_words or not story
        }
        for key in [key for key in self._thread_rows if key not in wanted]:
            self._thread_rows.pop(key).deleteLater()
        for thread in threads:
            on = thread.record in choice.threads
            self._thread(thread, story=False).show_row(on=on, fact=_step(thread))
            if thread.story_words:
                words = count_of(thread.story_words, tr("{n} word"), tr("{n} words"))
                story = self._thread(thread, story=True)
                story.setVisible(on)
                story.show_row(on=thread.record in choice.narratives, fact=words)

    def _thread(self, thread: ThreadOffer, *, story: bool) -> TickRow:
        key = (thread.record, story)
        title = thread.title or tr("A thread without a name")
        words = tr("the narrative") if story else tr("Repair path: {thread}").format(thread=_short(title))
        if key not in self._thread_rows:
            record = thread.record
            row = TickRow(words, lambda on: self._presenter.include_thread(record, on, story=story), below=story)
            row.tick.setAccessibleName(tr("The narrative of {thread}").format(thread=title) if story else words)
            self._thread_rows[key] = row
            self._threads.addWidget(row)
        return self._thread_rows[key]

    def _asked(self) -> None:
        self._presenter.change(questions=self._lines())

    def _lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self._questions.words().splitlines() if line.strip())


def _step(thread: ThreadOffer) -> str:
    return tr("step {n}").format(n=number(thread.step)) if thread.step else tr("no step yet")


def _short(title: str, most: int = 30) -> str:
    return title if len(title) <= most else title[: most - 1].rstrip() + "…"
