"""The trigger form on its sheet: three things, another minute, the whole chain."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextEdit, QWidget
from typing_extensions import override

from app.domain.errors import Code, RecordError
from app.domain.kinds.dates import Unreadable, read_when
from app.ui import text
from app.ui.actions import commands
from app.ui.context import Context
from app.ui.screens.record_form.links import needs_of
from app.ui.screens.trigger.parts import CalmOffer, MoreRow, RecentCues, ThenNow
from app.ui.screens.trigger.presenter import TriggerPresenter
from app.ui.screens.trigger.state import (
    CHAIN,
    MINUTE,
    THEN_NOW,
    THREE,
    Offer,
    Stage,
    TriggerState,
    filled,
    opens_chain,
    opens_more,
)
from app.ui.text import tr
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Caption
from app.ui.widgets.field_editors import LinkChoice, Needs
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.link_editor import LinkEditor
from app.ui.widgets.marks import KeyHint
from app.ui.widgets.question import Question, Trouble
from app.ui.widgets.sheet import Band, Sheet
from app.ui.widgets.text_link import TextLink


class TriggerSurface(Sheet):
    """Opens over anything. Esc keeps a draft; Ctrl+Enter saves; Ctrl+D opens more."""

    def __init__(self, ctx: Context, record: str | None = None) -> None:
        kind = ctx.content.kind("trigger")
        super().__init__(
            ctx.shell.ground(),
            commands()["trigger"].words,
            close_words=tr("Close, keep a draft"),
            caption=tr("Only you"),
            caption_icon="private",
        )
        self._ctx, self._kind = ctx, kind
        self._edition = 0
        self._completing = record is not None
        self._loaded: dict[str, object] = {}
        self._offered: Offer | None = None
        self._needs = needs_of(ctx)
        self._trouble = Trouble()
        self._build_when(self._needs)
        self._build_three()
        self._build_minute()
        self._build_chain()
        self._calm = CalmOffer()
        self._calm_band = Band("sunken", line=False)
        self._calm_band.body.addWidget(self._calm)
        self._calm_band.hide()
        for band in (self._three_band, self._minute_band, self._chain_band, self._calm_band):
            self.body.addWidget(band)
        self.body.addStretch(1)
        self._build_foot()
        self.presenter = TriggerPresenter(ctx, record, self)
        self._connect()
        self.presenter.load()

    @override
    def open(self, first: QWidget | None = None) -> None:
        """Show the sheet; focus goes to the first thing that is still open."""
        super().open(first)
        if self.presenter.ready:
            self._go_first(completing=self._completing)

    def render_state(self, state: TriggerState) -> None:
        """Show a state; what is being typed is only replaced by a new edition."""
        if state.edition != self._edition:
            self._edition = state.edition
            self._fill(state)
        self._recent.offer(state.recent_cues)
        self._offer(state)
        self._trouble.say(state.trouble)
        if state.refused_reason:
            self._show_refusal(state.refused_field, state.refused_reason)
        if state.stage is Stage.OFFERING_CALM:
            self._show_calm()
        elif state.stage is Stage.DONE:
            self.close_surface()

    def answers(self) -> dict[str, object]:
        """Everything answered now, and what this form does not ask."""
        found = {key: value for key, value in self._loaded.items() if key not in self._asked()}
        for form in (self._when, self._three, self._minute, self._chain):
            found |= {key: value for key, value in form.answers().items() if key in form.asked()}
        pair = self._then_now.editor.answer()
        if isinstance(pair, tuple):
            found |= {key: value for key, value in zip(THEN_NOW, pair, strict=True) if value is not None}
        return found

    def show_more(self, *, more: bool, chain: bool = False) -> None:
        """Open or close the second and third part."""
        self._minute_body.setVisible(more)
        self._minute_row.show_open(opened=more)
        self._chain_band.setVisible(more)
        self._chain.setVisible(chain)
        self._chain_row.show_open(opened=chain)

    def _build_when(self, needs: Needs) -> None:
        self._when_button = TextLink("", trailing="caret-down")
        self._when_button.clicked.connect(self._toggle_when)
        self.beside_title(self._when_button)
        self._when = Form(self._kind, needs, only=("at",), headings=False, quiet=True)
        self._when.hide()

    def _build_three(self) -> None:
        self._three_band = Band("sunken", line=False)
        top = QHBoxLayout()
        heading = next(section.label for section in self._kind.sections if section.id == "three")
        top.addWidget(Label(heading, "label", lines=1, elide=True), 1)
        self._progress = Caption()
        self._enough = Caption(tr("Enough to save"), icon="check", role="lee")
        top.addWidget(self._progress)
        top.addWidget(self._enough)
        self._three = Form(self._kind, self._needs, only=THREE, headings=False, quiet=True, numbered=("move",))
        cue = self._three.editor("cue")
        self._recent = RecentCues(cue.focusProxy() or cue)
        self._recent.taken.connect(self._take_cue)
        self._three.question("cue").add_below(self._recent)
        self._three_band.body.addLayout(top)
        self._three_band.body.addWidget(self._trouble)
        self._three_band.body.addWidget(self._when)
        self._three_band.body.addWidget(self._three)

    def _build_minute(self) -> None:
        self._minute_band = Band("card")
        heading = next(section.label for section in self._kind.sections if section.id == "minute")
        self._minute_row = MoreRow(
            tr("Add more: body, feelings, what helped, then and now"), heading, tr("Show less"), "Ctrl+D"
        )
        self._minute = Form(self._kind, self._needs, only=MINUTE, headings=False, quiet=True)
        then, now = (field.label for field in self._kind.fields if field.id in THEN_NOW)
        title = next(section.label for section in self._kind.sections if section.id == "then_now")
        self._then_now = Question(title, ThenNow(then, now))
        link = self._minute.question("thread")
        self._suggestion = QWidget()
        row = QHBoxLayout(self._suggestion)
        row.setContentsMargins(0, 0, 0, 0)
        self._suggested = Button("", "plain", icon="book-open", small=True)
        self._suggested.clicked.connect(self._take_offer)
        row.addWidget(self._suggested)
        row.addWidget(Caption(tr("suggested from your wording")))
        row.addStretch(1)
        self._suggestion.hide()
        link.add_below(self._suggestion)
        self._minute_body = Band("card", line=False)
        self._minute_body.body.setContentsMargins(0, 0, 0, 0)
        self._minute_body.body.addWidget(self._minute)
        self._minute_body.body.addWidget(self._then_now)
        self._minute_band.body.addWidget(self._minute_row)
        self._minute_band.body.addWidget(self._minute_body)

    def _build_chain(self) -> None:
        self._chain_band = Band("card")
        heading = next(section.label for section in self._kind.sections if section.id == "chain")
        self._chain_row = MoreRow(heading, heading, tr("Show less"))
        self._chain = Form(self._kind, self._needs, only=CHAIN, headings=False, quiet=True)
        self._chain_band.body.addWidget(self._chain_row)
        self._chain_band.body.addWidget(self._chain)

    def _build_foot(self) -> None:
        self._hints: list[QWidget] = []
        for key, words in (("Tab", tr("next")), ("Esc", tr("close, keep as draft"))):
            self._hints += [KeyHint(key), Label(words, "caption", "ink3", lines=1, elide=True)]
        for hint in self._hints:
            self.footer.addWidget(hint)
        self.footer.addStretch(1)
        self._tally = Button(tr("Only a tally"), "quiet", hint="T")
        self._later = Button(tr("Finish later"), "quiet")
        self._save = Button(tr("Save"), "primary", hint="Ctrl+Enter")
        for button in (self._tally, self._later, self._save, *self._calm.buttons):
            self.footer.addWidget(button)
        for button in self._calm.buttons:
            button.hide()

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.state.connect(self.render_state)
        for form in (self._when, self._three, self._minute, self._chain):
            form.changed.connect(self._edited)
        self._then_now.editor.changed.connect(self._edited)
        self._minute_row.toggled.connect(self._toggle_more)
        self._chain_row.toggled.connect(self._toggle_chain)
        self._tally.clicked.connect(presenter.tally)
        self._later.clicked.connect(presenter.leave)
        self._save.clicked.connect(self._ask_save)
        self.confirmed.connect(self._ask_save)
        self.dismissed.connect(self._dismiss)
        self._calm.calm.connect(presenter.calm)
        self._calm.leave.connect(presenter.done)
        self._calm.undo.connect(presenter.take_back)
        for keys, act in (("Ctrl+D", self._toggle_more), ("T", self._tally_by_key), ("Alt+T", self._tally_at_once)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _fill(self, state: TriggerState) -> None:
        self._loaded = dict(state.answers)
        for form in (self._when, self._three, self._minute, self._chain):
            form.set_answers(state.answers)
        pair = tuple(state.answers.get(name) for name in THEN_NOW)
        self._then_now.editor.show_answer(pair)
        self.show_more(more=state.completing or opens_more(state.answers), chain=opens_chain(state.answers))
        self._tell()
        self._go_first(completing=state.completing)

    def _go_first(self, *, completing: bool) -> None:
        first = next((name for name in THREE if self._three.editor(name).answer() is None), None)
        if first is None and completing:
            self._minute.focus_first()
        else:
            self._three.editor(first or "cue").setFocus(Qt.FocusReason.PopupFocusReason)

    def _edited(self) -> None:
        self._tell()
        self.presenter.edited(self.answers())

    def _tell(self) -> None:
        answers = self.answers()
        there = filled(answers)
        self._enough.setVisible(there == len(THREE))
        self._progress.setVisible(there < len(THREE))
        self._progress.show_words(tr("{n} of 3").format(n=there))
        fresh = not self._loaded.keys() - {"at"} and set(answers) <= {"at"}
        self._tally.setVisible(fresh)
        self._later.setVisible(not fresh)
        self._when_button.setText(self._moment(answers.get("at")))

    def _moment(self, raw: object) -> str:
        try:
            when = read_when(raw)
        except Unreadable:
            when = None
        if when is None:
            return tr("When it was")
        if when.time is None:
            return text.long_date(when.day)
        at = dt.datetime.combine(when.day, when.time, self._ctx.now().tzinfo)
        return tr("{day}, {time}").format(day=text.long_date(when.day), time=text.clock_time(at))

    def _asked(self) -> frozenset[str]:
        return frozenset({"at", *THREE, *MINUTE, *THEN_NOW, *CHAIN})

    def _take_cue(self, words: str) -> None:
        self._three.editor("cue").show_answer(words)
        self._edited()

    def _offer(self, state: TriggerState) -> None:
        self._suggestion.setVisible(state.offer is not None)
        self._offered = state.offer
        if state.offer is not None:
            self._suggested.setText(state.offer.title)

    def _take_offer(self) -> None:
        editor = self._minute.editor("thread")
        if self._offered is not None and isinstance(editor, LinkEditor):
            editor.take(LinkChoice(self._offered.record, self._offered.title))

    def _toggle_when(self) -> None:
        self._when.setVisible(self._when.isHidden())
        if not self._when.isHidden():
            self._when.focus_first()

    def _toggle_more(self) -> None:
        more = self._minute_body.isHidden()
        self.show_more(more=more, chain=not self._chain.isHidden() and more)
        if more:
            self._minute.focus_first()
        else:
            self._three.editor("cue").setFocus()

    def _toggle_chain(self) -> None:
        self.show_more(more=True, chain=self._chain.isHidden())
        if not self._chain.isHidden():
            self._chain.focus_first()

    def _tally_at_once(self) -> None:
        if not self._tally.isHidden():
            self.presenter.tally()

    def _tally_by_key(self) -> None:
        focused = self.focusWidget()
        if not (isinstance(focused, (QLineEdit, QTextEdit)) and focused.hasFocus()):
            self._tally_at_once()

    def _ask_save(self) -> None:
        if not self._calm_band.isHidden():
            self.presenter.done()
        elif all(form.check() for form in (self._when, self._three, self._minute, self._chain)):
            self.presenter.save(self.answers())

    def _dismiss(self) -> None:
        if self._calm_band.isHidden():
            self.presenter.leave()
        else:
            self.presenter.done()

    def _show_refusal(self, field: str, reason: str) -> None:
        error = RecordError(Code.INVALID_RECORD, field=field, reason=reason)
        forms = (self._when, self._three, self._minute, self._chain)
        target = next((form for form in forms if field in form.asked()), self._three)
        if target is self._when:
            self._when.show()
        target.show_refusal(error)

    def _show_calm(self) -> None:
        for band in (self._three_band, self._minute_band, self._chain_band):
            band.hide()
        for part in (*self._hints, self._tally, self._later, self._save, self._when_button):
            part.hide()
        self.title.setText(tr("Saved, only for you."))
        self._calm_band.show()
        for button in self._calm.buttons:
            button.show()
        self._calm.first.setFocus()
