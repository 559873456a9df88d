"""The check-in card: one scale, three rows, one line; saved it folds to one line."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.content import Content
from app.domain.wording import label_for
from app.ui import text
from app.ui.screens.today.lifted import LiftedCard
from app.ui.screens.today.state import CheckinCard, Mode
from app.ui.screens.today.wording import ARE, MORE, are_words, more_words
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets import form_words
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Rule
from app.ui.widgets.editor_choice import editor_for
from app.ui.widgets.field_editors import Editor, LineEditor, Needs
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.question import Trouble
from app.ui.widgets.text_link import TextLink

ROW_FROM_PX = 532
"""Width at 100 % from which a row's words stand beside its answers."""


class AreRow(QWidget):
    """One everyday sentence and its answers. The full wording is what assistive technology reads."""

    def __init__(self, words: str, full: str, editor: Editor) -> None:
        super().__init__()
        self.editor = editor
        self._beside: bool | None = None
        self._words = Label(words, "body")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        self._grid.setHorizontalSpacing(current_hub().theme.space("m"))
        self._words.setToolTip(full)
        editor.call(full)
        self._arrange(beside=True)

    @override
    def minimumSizeHint(self) -> QSize:
        """As narrow as the answers alone: with less room they move below their words."""
        return QSize(self.editor.minimumSizeHint().width(), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(beside=self.width() >= current_hub().theme.px(ROW_FROM_PX))

    def _arrange(self, *, beside: bool) -> None:
        if beside == self._beside:
            return
        self._beside = beside
        self._grid.removeWidget(self._words)
        self._grid.removeWidget(self.editor)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(self._words, 0, 0, middle)
        if beside:
            self._grid.addWidget(self.editor, 0, 1, middle)
        else:
            self._grid.addWidget(self.editor, 1, 0)
        self._grid.setColumnStretch(0, 9)
        self._grid.setColumnStretch(1, 16 if beside else 0)


class CheckinView(LiftedCard):
    """One `show_card`; asks by signals. Ctrl+Enter saves from anywhere inside."""

    edited = Signal(object)
    save = Signal(object)
    edit = Signal()
    not_tonight = Signal()
    reopen = Signal()
    day_chosen = Signal(int)

    def __init__(self, content: Content, needs: Needs, partner: str | None) -> None:
        super().__init__(" ", caption=tr("Only you"), caption_icon="private")
        self._kind = content.kind("checkin")
        self._needs, self._partner = needs, partner
        self._edition = 0
        self._loaded: dict[str, object] = {}
        self._day_button = TextLink("", trailing="caret-down")
        self._day_button.clicked.connect(self._choose_day)
        self.heading.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.head.setStretch(0, 0)
        self.head.insertWidget(1, self._day_button)
        self.head.insertStretch(2, 1)
        self._trouble = Trouble()
        self._open = self._build_open()
        self._folded = self._build_folded()
        self._closed = self._build_closed()
        for part in (self._trouble, self._open, self._folded, self._closed):
            self.add(part)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._ask_save)

    def show_card(self, card: CheckinCard) -> None:
        """Show the day's check-in; what is being typed is only replaced by a new edition."""
        self.set_heading(card.heading)
        self._day_button.setText(card.day_words)
        if card.edition != self._edition:
            self._edition = card.edition
            self._fill(card.answers)
        was_inside = self._open.isAncestorOf(QApplication.focusWidget() or self)
        self._open.setVisible(card.mode is Mode.OPEN)
        self._folded.setVisible(card.mode is Mode.SAVED)
        self._closed.setVisible(card.mode is Mode.PUT_OFF)
        self._summary.setText(card.summary)
        self._summary.setAccessibleName(card.spoken)
        self._line.setText(card.line)
        self._line.setVisible(bool(card.line))
        self._later.setText(tr("Leave it as it was") if card.editing else tr("Not tonight"))
        self._trouble.say(card.trouble)
        if was_inside and card.mode is not Mode.OPEN:
            self.focus_first()
        if card.refused_reason:
            self._refuse(card.refused_field, card.refused_reason)

    def answers(self) -> dict[str, object]:
        """Everything answered now, and what this card does not ask."""
        found = {key: value for key, value in self._loaded.items() if key not in self._editors}
        found |= {key: value for key, editor in self._editors.items() if (value := editor.answer()) is not None}
        return found

    def focus_first(self) -> None:
        """Go to the first question, or to what can be done with the saved answers."""
        goal = self._edit if not self._folded.isHidden() else self._editors["felt_safety"]
        if not self._closed.isHidden():
            goal = self._reopen
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_open(self) -> QWidget:
        theme = current_hub().theme
        page, box = _column(theme.space("s"))
        fields = {field.id: field for field in self._kind.fields}
        safety = fields["felt_safety"]
        question = self._needs.words(label_for(safety, solo=self._needs.solo))
        self._editors: dict[str, Editor] = {"felt_safety": editor_for(safety, self._needs)}
        self._editors["felt_safety"].call(question)
        title = Label(question, "body")
        title.set_weight(500)
        box.addWidget(title)
        box.addWidget(self._editors["felt_safety"])
        box.addWidget(Rule())
        rows = QVBoxLayout()
        rows.setSpacing(theme.px(6))
        for field_id in ARE:
            full = self._needs.words(label_for(fields[field_id], solo=self._needs.solo))
            row = AreRow(are_words(field_id, self._partner), full, editor_for(fields[field_id], self._needs))
            self._editors[field_id] = row.editor
            rows.addWidget(row)
        box.addLayout(rows)
        lower = QVBoxLayout()
        lower.setSpacing(theme.px(2))
        lower.addWidget(Rule())
        self._build_more(lower)
        box.addLayout(lower)
        self._build_line(lower, box)
        for editor in self._editors.values():
            editor.changed.connect(lambda: self.edited.emit(self.answers()))
        return page

    def _build_more(self, box: QVBoxLayout) -> None:
        self._more_toggle = TextLink("", icon="caret-right")
        self._more_toggle.clicked.connect(self._toggle_more)
        self._more = Form(self._kind, self._needs, only=MORE, headings=False, quiet=True, label_px=214)
        theme = current_hub().theme
        self._more.setContentsMargins(0, theme.px(4), 0, theme.px(10))
        row = QHBoxLayout()
        row.addWidget(self._more_toggle)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self._more)
        box.addSpacing(current_hub().theme.px(2))
        self._more.hide()
        self._editors |= {field_id: self._more.editor(field_id) for field_id in sorted(self._more.asked())}

    def _build_line(self, above: QVBoxLayout, box: QVBoxLayout) -> None:
        field = next(field for field in self._kind.fields if field.id == "line")
        head = QHBoxLayout()
        head.setContentsMargins(0, current_hub().theme.px(2), 0, 0)
        head.setSpacing(current_hub().theme.space("s"))
        title = Label(self._needs.words(field.label), "body", lines=1)
        title.set_weight(500)
        head.addWidget(title)
        head.addWidget(Label(tr("or leave it empty"), "small", "ink3", lines=1, elide=True), 1)
        above.addLayout(head)
        line = LineEditor()
        line.call(field.label)
        self._editors["line"] = line
        box.addWidget(line)
        row = QHBoxLayout()
        row.setContentsMargins(0, current_hub().theme.px(4), 0, 0)
        self._later = Button(tr("Not tonight"), "quiet")
        self._later.clicked.connect(self.not_tonight)
        self._save = Button(tr("Save check-in"), "primary", hint="Ctrl+Enter")
        self._save.clicked.connect(self._ask_save)
        row.addStretch(1)
        row.addWidget(self._later)
        row.addWidget(self._save)
        box.addLayout(row)

    def _build_folded(self) -> QWidget:
        page, box = _column(current_hub().theme.space("xs"))
        row = QHBoxLayout()
        row.setSpacing(current_hub().theme.space("l"))
        self._summary = Label("", "body", "ink2")
        self._edit = Button(tr("Edit"), "plain", small=True)
        self._edit.clicked.connect(self.edit)
        row.addWidget(self._summary, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._edit, 0, Qt.AlignmentFlag.AlignTop)
        self._line = Label("", "line", "ink", lines=2)
        box.addLayout(row)
        box.addWidget(self._line)
        page.hide()
        return page

    def _build_closed(self) -> QWidget:
        page, box = _column(0)
        row = QHBoxLayout()
        words = Label(tr("Not tonight. It is here again tomorrow."), "body", "ink2")
        row.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._reopen = Button(tr("Open it after all"), "quiet", small=True)
        self._reopen.clicked.connect(self.reopen)
        row.addWidget(self._reopen)
        box.addLayout(row)
        page.hide()
        return page

    def _fill(self, answers: dict[str, object]) -> None:
        self._loaded = dict(answers)
        for field_id, editor in self._editors.items():
            editor.show_answer(answers.get(field_id))
        self._trouble.say("")
        self._show_more(more=False)

    def _toggle_more(self) -> None:
        self._show_more(more=self._more.isHidden())

    def _show_more(self, *, more: bool) -> None:
        self._more.setVisible(more)
        self._more_toggle.set_icon_name("caret-down" if more else "caret-right")
        self._more_toggle.setText(more_words(0 if more else len(self._more.answers()), solo=self._needs.solo))
        self._more_toggle.setAccessibleDescription(tr("open") if more else tr("folded"))

    def _refuse(self, field_id: str, reason: str) -> None:
        self._trouble.say(form_words.trouble(reason))
        if field_id in self._more.asked():
            self._show_more(more=True)
        self._editors.get(field_id, self._editors["felt_safety"]).setFocus()

    def _ask_save(self) -> None:
        if not self._open.isHidden():
            self.save.emit(self.answers())

    def _choose_day(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        today = self._needs.now().date().toordinal()
        for back in range(3):
            day = self._needs.now().date().fromordinal(today - back)
            action = menu.addAction(text.sentence_case(text.relative_day(day, self._needs.now().date())))
            action.triggered.connect(lambda _on=False, back=back: self.day_chosen.emit(back))
        menu.popup(self._day_button.mapToGlobal(self._day_button.rect().bottomLeft()))


def _column(gap_px: int) -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap_px)
    return page, box
