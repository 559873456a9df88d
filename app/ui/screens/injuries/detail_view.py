"""One thread opened: its name and seats, its path, three answers, its story, and what stands beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.ui.screens.injuries.parts import Answers, Facts, Heading, StoodNote
from app.ui.screens.injuries.side import Side
from app.ui.screens.injuries.state import Detail, PathStage, Stood
from app.ui.screens.injuries.told import Told
from app.ui.text import tr
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Caption, Rule, Surface
from app.ui.widgets.fields import GrowingText
from app.ui.widgets.label import Label
from app.ui.widgets.notes import Banner
from app.ui.widgets.scroll_part import ScrollPart
from app.ui.widgets.step_path import Stage, Step, StepPath, StepState
from app.ui.widgets.text_link import TextLink

_BESIDE_PX = 630
"""Width of the card from which the side part stands beside the story."""
_APART_PX = 320
"""Height below the answers from which story and side scroll apart; with less, the whole card scrolls."""
_SIDE_PX = (248, 400)
_SIDE_SHARE = 0.375
_EDITOR_LINES = 400


class DetailView(Surface):
    """The card at the right of the page. Story and side scroll apart under the path where there is height for it;
    otherwise the whole card scrolls. The line about the story stays in sight at the foot either way.
    """

    step_opened = Signal(str)
    """Emitted with the id of the step to read or note."""
    write_asked = Signal()
    """Emitted when the story should be written on."""
    story_changed = Signal()
    """Emitted when the words in the editor change; `written` says them, which takes a while in a long text."""
    story_done = Signal()
    """Emitted when what was written should be saved."""

    def __init__(self) -> None:
        super().__init__("card")
        self._detail: Detail | None = None
        self.heading = Heading()
        self.side = Side()
        self._facts = Facts()
        self._path = StepPath(name=tr("Steps of the path"))
        self._path.opened.connect(self._step_opened)
        self._answers, self._answering = Answers(), Answers()
        self._answering_rule = Rule()
        self.stood = StoodNote()
        self.two = Banner(
            tr("Two versions of a text wait to be made one."), icon="history", action=tr("Read both and join")
        )
        self.two.hide()
        self._story = Told(tr("The story"))
        self._none = Label("", "small", "ink3")
        self._editor = GrowingText(name=tr("The story"), least=8, most=_EDITOR_LINES)
        self._editor.hide()
        self._editor.textChanged.connect(self._typed)
        self._editor.cursorPositionChanged.connect(self._follow_caret)
        self._shape: tuple[bool, bool] | None = None
        self._assemble()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            save = QShortcut(QKeySequence(keys), self)
            save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            save.activated.connect(self.story_done)
        self._hub.changed.connect(self._restyle)
        self._restyle(self._hub.theme)

    def render_detail(self, detail: Detail) -> None:
        """Show a thread; the editor, while open, keeps its own words."""
        fresh = self._detail is None or detail.record != self._detail.record
        self._detail = detail
        self.heading.show_title(detail.title)
        self._facts.show_facts(detail.roles, detail.facts, detail.where, listed=detail.listed)
        self.heading.edit.setVisible(not detail.theirs)
        self._path.show_stages([_stage(stage) for stage in detail.stages])
        self._answers.show_answers(detail.answers)
        self._answers.setVisible(bool(detail.answers))
        self._answering.show_answers(detail.answering)
        self._answering.setVisible(bool(detail.answering))
        self._answering_rule.setVisible(bool(detail.answers and detail.answering))
        self.stood.show_stood(detail.stood)
        self.two.setVisible(detail.two_versions)
        self._story.set_text(detail.story)
        self._none.setText(
            tr("A draft waits here. Keep writing opens it.")
            if detail.unsaved_story is not None
            else tr("Nothing told here.")
            if detail.theirs
            else tr("Nothing told yet. It can wait, or begin anywhere.")
        )
        self._keep.setText(tr("Keep writing") if detail.story or detail.unsaved_story else tr("Begin the story"))
        self.side.render_parts(detail)
        self._show_story()
        self._place_parts()
        if fresh:
            for scroll in (self._scroll, self._told_scroll):
                scroll.verticalScrollBar().setValue(0)

    def write(self, writing: bool) -> None:  # the keeper's signal carries it
        """Turn the story into an editor, or back."""
        if writing and self._detail is not None:
            words = self._detail.unsaved_story
            self._editor.set_words(self._detail.story if words is None else words)
            self._editor.show()
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
            cursor = self._editor.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            self._editor.setTextCursor(cursor)
            QTimer.singleShot(0, self, self._follow_caret)  # once the page has its new height
        elif not writing:
            had_focus = self._editor.hasFocus()
            self._editor.hide()
            if had_focus:
                self._keep.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_story()

    def first_words(self) -> str:
        """What the editor begins with: the story, or the draft of it."""
        if self._detail is None:
            return ""
        return self._detail.story if self._detail.unsaved_story is None else self._detail.unsaved_story

    def show_step(self, number: int) -> None:
        """Open a step of the path, counted from 0, as pressing it does."""
        self._step_opened(number)

    def written(self) -> str:
        """The words in the editor as they stand now."""
        return self._editor.words()

    def let_go(self) -> None:
        """Forget every word that is shown."""
        self._detail = None
        self._story.set_text("")
        self._none.setText("")
        self._editor.set_words("")
        self._answers.show_answers(())
        self._answering.show_answers(())
        self.stood.show_stood(Stood())
        self._facts.show_facts((), ())
        self.heading.show_title("")
        self._path.show_stages(())
        self.side.let_go()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._place_parts)  # what was laid out unseen may have had another size

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_parts()

    # --------------------------------------------------------------------------------------------------- assembly

    def _assemble(self) -> None:
        self._page = QWidget()
        self._page.setObjectName("page")
        self._column = QVBoxLayout(self._page)
        self._head = QWidget()
        head = self._head_column = QVBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        named = (self.heading, self._facts, self.two, self.stood, Rule(), self._path, Rule())
        for part in (*named, self._answers, self._answering_rule, self._answering, Rule()):
            head.addWidget(part)
        self._column.addWidget(self._head)
        self._told = QWidget()
        told = self._told_column = QVBoxLayout(self._told)
        for widget in (self._story, self._none, self._editor):
            told.addWidget(widget)
        told.addStretch(1)
        self._told_scroll = ScrollPart(self._page)
        self._between = Rule(vertical=True, parent=self._page)
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._column.addLayout(self._grid, 1)
        self._scroll = ScrollPart(self)
        self._scroll.setWidget(self._page)
        self.body.addWidget(self._scroll, 1)
        self._foot_row()
        self._place_parts()

    def _foot_row(self) -> None:
        self._keep = TextLink(tr("Keep writing"), trailing="arrow-right")
        self._keep.clicked.connect(lambda _checked=False: self.write_asked.emit())
        self._save = Button(tr("Save"), "primary", hint=tr("Ctrl+Enter"), small=True)
        self._save.clicked.connect(lambda _checked=False: self.story_done.emit())
        self._saved = Caption("")
        self._foot = QWidget(self)
        row = self._foot_line = QHBoxLayout(self._foot)
        row.addWidget(self._keep)
        row.addWidget(self._save)
        row.addStretch(1)
        row.addWidget(self._saved)

    def _show_story(self) -> None:
        detail = self._detail
        writing = self._editor.isVisibleTo(self._told)
        told = bool(detail and detail.story)
        self._story.setVisible(told and not writing)
        unsaved = detail is not None and detail.unsaved_story is not None
        self._none.setVisible((not told or unsaved) and not writing)
        self._keep.setVisible(not writing and not (detail is not None and detail.theirs))
        self._save.setVisible(writing)
        saved = detail.saved if detail is not None else ""
        kept = tr("What you write is kept as you go.")
        if detail is not None and detail.shared:
            kept = tr("{name} can read it once you save.").format(name=detail.readers)
        self._saved.show_words(kept if writing else saved)

    def _place_parts(self) -> None:
        """Choose where side and foot stand, by the room there is."""
        theme = self._hub.theme
        beside = self.width() >= theme.px(_BESIDE_PX)
        inner = self.width() - theme.px(24) - theme.px(14)
        high = self._head_column.heightForWidth(inner)
        apart = beside and self.height() - high >= theme.px(_APART_PX)
        if (beside, apart) != self._shape:
            self._shape = (beside, apart)
            self._lay_grid(beside=beside, apart=apart)
        least, most = _SIDE_PX
        wide = min(theme.px(most), max(theme.px(least), round(self.width() * _SIDE_SHARE)))
        self.side.setMinimumWidth(wide if beside else 0)
        self.side.setMaximumWidth(wide if beside else 16_777_215)
        self._pad_foot(apart=apart)
        self._column.setContentsMargins(theme.px(24), theme.px(14), theme.px(24 if apart else 14), theme.px(8))

    def _lay_grid(self, *, beside: bool, apart: bool) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        self.body.removeWidget(self._foot)
        if self._told_scroll.widget() is not None and not apart:
            self._told_scroll.takeWidget()
            self._told_scroll.verticalScrollBar().setRange(0, 0)
        self._told_scroll.setVisible(apart)
        self._between.setVisible(beside)
        self.side.scroll_apart(apart)
        if apart:
            self._told_scroll.setWidget(self._told)
            self._grid.addWidget(self._told_scroll, 0, 0)
            self._grid.addWidget(self._foot, 1, 0)
        else:
            self._grid.addWidget(self._told, 0, 0)
            self.body.addWidget(self._foot)
        self._told.show()
        if beside:
            self._grid.addWidget(self._between, 0, 1, 2, 1)
            self._grid.addWidget(self.side, 0, 2, 2, 1)
        else:
            self._grid.addWidget(self.side, 1, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(0, 1 if beside else 0)
        self._grid.setVerticalSpacing(0 if beside else self._hub.theme.space("l"))

    def _pad_foot(self, *, apart: bool) -> None:
        px = self._hub.theme.px
        across = 0 if apart else px(24)
        self._foot_line.setContentsMargins(across, px(4), across if not apart else px(8), px(4) if apart else px(8))

    def _follow_caret(self) -> None:
        """Keep the line one writes in sight: the what is around it scrolls, the editor grows."""
        if self._editor.hasFocus():
            apart = self._shape is not None and self._shape[1]
            ground, scroll = (self._told, self._told_scroll) if apart else (self._page, self._scroll)
            caret = self._editor.viewport().mapTo(ground, self._editor.cursorRect().bottomLeft())
            scroll.ensureVisible(caret.x(), caret.y(), 0, self._hub.theme.line_height("reading") * 2)

    def _typed(self) -> None:
        if self._editor.isVisibleTo(self._told):
            self.story_changed.emit()

    def _step_opened(self, number: int) -> None:
        if self._detail is not None:
            steps = [step for stage in self._detail.stages for step in stage.steps]
            self.step_opened.emit(steps[number].option)

    @override
    def _pad(self) -> None:
        self.body.setContentsMargins(1, 4, 2, 1)
        self.body.setSpacing(0)

    def _restyle(self, theme: Theme) -> None:
        self._told_column.setContentsMargins(0, theme.px(4), theme.px(8), 0)
        self._column.setSpacing(theme.px(4))
        self._head_column.setSpacing(theme.px(4))
        self._place_parts()


def _stage(stage: PathStage) -> Stage:
    steps = (Step(step.words, StepState(step.standing), step.leads, step.spoken) for step in stage.steps)
    return Stage(stage.name, tuple(steps))
