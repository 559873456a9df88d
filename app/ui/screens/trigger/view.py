"""The trigger form on its sheet: three things, another minute, the whole chain."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QTextEdit, QWidget
from typing_extensions import override

from app.domain.errors import Code, RecordError
from app.ui import text
from app.ui.actions import commands
from app.ui.context import Context
from app.ui.screens.record_form.links import needs_of
from app.ui.screens.trigger.offers import OfferRow
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
from app.ui.screens.trigger.when_line import WhenLine
from app.ui.text import tr
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Caption
from app.ui.widgets.field_editors import ChipsEditor, LinkChoice
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.link_editor import LinkEditor
from app.ui.widgets.marks import KeyHint
from app.ui.widgets.question import Question, Trouble
from app.ui.widgets.sheet import Band, Sheet

RATED_LATER = ("after", "minutes_to_settle")
"""What an earlier one is most often opened for."""
TAKE_KEY = "Alt+L"
"""Takes the suggested thread."""


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
        self._shown = TriggerState()
        self._needs = needs_of(ctx)
        self._trouble = Trouble()
        self._when_line = WhenLine(kind, self._needs, self)
        self._when = self._when_line.form
        self.beside_title(self._when_line.button)
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
        self._shown = state
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

    @property
    def forms(self) -> tuple[Form, ...]:
        """The parts of the form, from the moment to the whole chain."""
        return (self._when, self._three, self._minute, self._chain)

    def answers(self) -> dict[str, object]:
        """Everything answered now, and what this form does not ask."""
        found = {key: value for key, value in self._loaded.items() if key not in self._asked()}
        for form in self.forms:
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
        self._offer(self._shown)

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
        self._open_words = Label("", "small", "ink2")
        self._open_words.hide()
        self._three_band.body.addWidget(self._open_words)
        self._three_band.body.addWidget(self._trouble)
        self._three_band.body.addWidget(self._when)
        self._three_band.body.addWidget(self._three)
        self._early_suggestion = _thread_offer()
        self._three.question("cue").add_below(self._early_suggestion)

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
        self._suggestion = _thread_offer()
        self._minute.question("thread").add_below(self._suggestion)
        self._tool = OfferRow(icon="plus", decline=tr("No, thank you"))
        self._kept = OfferRow(icon="arrow-counter-clockwise")
        self._settled = OfferRow(icon="check")
        for name, row in (("helped", self._tool), ("helped", self._kept), ("minutes_to_settle", self._settled)):
            self._minute.question(name).add_below(row)
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
        self._loop = OfferRow(icon="path")
        self._chain.question("pattern").add_below(self._loop)
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
        for form in self.forms:
            form.changed.connect(self._edited)
        self._then_now.editor.changed.connect(self._edited)
        for row in (self._suggestion, self._early_suggestion):
            row.taken.connect(self._take_offer)
            row.declined.connect(self._let_go_offer)
        self._tool.taken.connect(presenter.keep_tool)
        self._tool.declined.connect(presenter.decline_tool)
        self._kept.taken.connect(presenter.drop_tool)
        self._settled.taken.connect(self._take_minutes)
        self._loop.taken.connect(self._take_loop)
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
        keyed = (
            ("Ctrl+D", self._toggle_more),
            ("T", self._tally_by_key),
            ("Alt+T", self._tally_at_once),
            (TAKE_KEY, self._take_offer),
        )
        for keys, act in keyed:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _fill(self, state: TriggerState) -> None:
        self._loaded = dict(state.answers)
        helped = self._minute.editor("helped")
        if isinstance(helped, ChipsEditor):
            helped.control.offer(state.helped)
        for form in self.forms:
            form.set_answers(state.answers)
        pair = tuple(state.answers.get(name) for name in THEN_NOW)
        self._then_now.editor.show_answer(pair)
        self.show_more(more=state.completing or opens_more(state.answers), chain=opens_chain(state.answers))
        self._tell()
        self._go_first(completing=state.completing)

    def _go_first(self, *, completing: bool) -> None:
        first = next((name for name in THREE if self._three.editor(name).answer() is None), None)
        rated = next((name for name in RATED_LATER if self._minute.editor(name).answer() is None), None)
        if first is None and completing:
            if rated is not None:
                self._minute.editor(rated).setFocus(Qt.FocusReason.PopupFocusReason)
            else:
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
        fresh = not self._completing and not self._loaded.keys() - {"at"} and set(answers) <= {"at"}
        self._tally.setVisible(fresh)
        self._later.setVisible(not fresh)
        self._when_line.tell()
        self._offer_minutes(answers)

    def _asked(self) -> frozenset[str]:
        return frozenset({"at", *THREE, *MINUTE, *THEN_NOW, *CHAIN})

    def _take_cue(self, words: str) -> None:
        self._three.editor("cue").show_answer(words)
        self._edited()

    def _offer(self, state: TriggerState) -> None:
        """Show what is offered. Before the part with the link is open, the thread is offered below the cue."""
        more = not self._minute_body.isHidden()
        for row, here in ((self._suggestion, more), (self._early_suggestion, not more)):
            _show(row, state.offer if here else None)
        _show(self._tool, state.tool)
        kept = state.kept
        self._kept.offer(tr("Take it out again") if kept is not None else "", kept.why if kept is not None else "")
        _show(self._loop, state.loop)
        self._open_words.setText(state.missing)
        self._open_words.setVisible(bool(state.missing))

    def _offer_minutes(self, answers: dict[str, object]) -> None:
        minutes = self._shown.settled_min
        if minutes is None or isinstance(answers.get("minutes_to_settle"), int):
            self._settled.offer("", "")
        else:
            why = tr("It began {time} ago.").format(time=text.duration(minutes))
            self._settled.offer(tr("It has settled by now"), why)

    def _take_offer(self) -> None:
        editor, offer = self._minute.editor("thread"), self._shown.offer
        if offer is not None and isinstance(editor, LinkEditor):
            editor.take(LinkChoice(offer.key, offer.words))

        self._after_offer()

    def _let_go_offer(self) -> None:
        self.presenter.let_go_offer()
        self._after_offer()

    def _after_offer(self) -> None:
        """What was pressed is gone: go on where one was writing."""
        if not isinstance(QApplication.focusWidget(), (QLineEdit, QTextEdit)):
            form, name = (self._three, "cue") if self._minute_body.isHidden() else (self._minute, "thread")
            form.editor(name).setFocus()

    def _take_loop(self) -> None:
        if self._shown.loop is not None:
            self._answer("pattern", self._chain, self._shown.loop.key)

    def _take_minutes(self) -> None:
        self._answer("minutes_to_settle", self._minute, self._shown.settled_min)

    def _answer(self, name: str, form: Form, value: object) -> None:
        editor = form.editor(name)
        editor.show_answer(value)
        editor.setFocus()
        self._edited()

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
        elif all(form.check() for form in self.forms):
            self.presenter.save(self.answers())

    def _dismiss(self) -> None:
        if self._calm_band.isHidden():
            self.presenter.leave()
        else:
            self.presenter.done()

    def _show_refusal(self, field: str, reason: str) -> None:
        error = RecordError(Code.INVALID_RECORD, field=field, reason=reason)
        target = next((form for form in self.forms if field in form.asked()), self._three)
        if target is self._when:
            self._when.show()
        target.show_refusal(error)

    def _show_calm(self) -> None:
        for band in (self._three_band, self._minute_band, self._chain_band):
            band.hide()
        for part in (*self._hints, self._tally, self._later, self._save, self._when_line.button):
            part.hide()
        self.title.setText(tr("Saved, only for you."))
        self._calm_band.show()
        for button in self._calm.buttons:
            button.show()
        self._calm.first.setFocus()


def _thread_offer() -> OfferRow:
    return OfferRow(icon="book-open", key=TAKE_KEY, decline=tr("Not for this one"))


def _show(row: OfferRow, offer: Offer | None) -> None:
    row.offer(offer.words if offer is not None else "", offer.why if offer is not None else "")
