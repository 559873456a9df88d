"""The sheet for small moments: which kind, one line, a few chips. Under half a minute by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.errors import Code, RecordError
from app.services.moments import GOOD, KINDS, TURNING
from app.ui.actions import commands
from app.ui.context import Context
from app.ui.screens.moments.panel import MomentPanel
from app.ui.screens.moments.presenter import MomentsPresenter
from app.ui.screens.moments.state import MomentsState, Stage
from app.ui.screens.record_form.links import needs_of
from app.ui.screens.trigger.view import TAKE_KEY
from app.ui.screens.trigger.when_line import WhenLine
from app.ui.text import tr
from app.ui.widgets.buttons import Button, TickBox
from app.ui.widgets.chips import Chip, Chips
from app.ui.widgets.label import Label
from app.ui.widgets.marks import KeyHint
from app.ui.widgets.question import Trouble
from app.ui.widgets.sheet import Band, Sheet


class MomentsSurface(Sheet):
    """Opens over anything. 1 to 4 choose the kind and go on to the line; Ctrl+Enter saves; Esc keeps a draft."""

    def __init__(self, ctx: Context, kind: str = "") -> None:
        super().__init__(
            ctx.shell.ground(),
            commands()["moment"].words,
            close_words=tr("Close, keep a draft"),
            caption=tr("Only you"),
            caption_icon="private",
        )
        self._ctx = ctx
        self._edition = 0
        self._to_line = bool(kind)
        self._needs = needs_of(ctx)
        self._panels: dict[str, MomentPanel] = {}
        self._when = WhenLine(ctx.content.kind(TURNING), self._needs, self)
        self.beside_title(self._when.button)
        self._build_kinds()
        self._body_band = Band("card")
        self._share = TickBox(self._share_words())
        self._body_band.body.addWidget(self._share)
        self._body_band.hide()
        self.body.addWidget(self._kinds_band)
        self.body.addWidget(self._body_band)
        self.body.addStretch(1)
        self._build_foot()
        self.presenter = MomentsPresenter(ctx, kind, self)
        self._connect()
        self.presenter.load()

    @override
    def open(self, first: QWidget | None = None) -> None:
        """Show the sheet; focus goes to the kinds, or to the line of the one that is chosen already."""
        super().open(first)
        self._go()

    def render_state(self, state: MomentsState) -> None:
        """Show a state; what is being typed is only replaced by a new edition."""
        if state.stage is Stage.DONE:
            self.close_surface()
            return
        self._save.setEnabled(bool(state.kind))
        self._trouble.say(state.trouble)
        if state.edition != self._edition:
            self._edition = state.edition
            self._fill(state)
        panel = self._panels.get(state.kind)
        if panel is not None:
            panel.offer(state.offer)
            if state.refused_reason:
                panel.show_refusal(
                    RecordError(Code.INVALID_RECORD, field=state.refused_field, reason=state.refused_reason)
                )

    def answers(self) -> dict[str, object]:
        """Everything answered now."""
        panel = self._panels.get(self.presenter.shown.kind)
        at = self._when.form.answers().get("at")
        return {**({"at": at} if at is not None else {}), **(panel.answers() if panel is not None else {})}

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A digit on the kinds chooses one and goes on to its line, and so does the enter key."""
        if watched is self._kinds and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            number = event.key() - Qt.Key.Key_1
            if plain and 0 <= number < len(KINDS):
                self.presenter.choose(KINDS[number])
                self._to_line = True
                self._go()
                return True
            if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.presenter.shown.kind:
                self._to_line = True
                self._go()
                return True
        return super().eventFilter(watched, event)

    def _build_kinds(self) -> None:
        content = self._ctx.content
        self._kinds_band = Band("sunken", line=False)
        chips = [Chip(kind, content.kind(kind).singular) for kind in KINDS]
        self._kinds = Chips(chips, name=tr("What kind of moment"), single=True, numbered=True)
        self._kinds.installEventFilter(self)
        self._about = Label("", "caption", "ink3")
        self._trouble = Trouble()
        for part in (self._kinds, self._about, self._trouble, self._when.form):
            self._kinds_band.body.addWidget(part)

    def _build_foot(self) -> None:
        for key, words in (("Tab", tr("next")), ("Esc", tr("close, keep as draft"))):
            self.footer.addWidget(KeyHint(key))
            self.footer.addWidget(Label(words, "caption", "ink3", lines=1, elide=True))
        self.footer.addStretch(1)
        self._save = Button(tr("Save"), "primary", hint="Ctrl+Enter")
        self.footer.addWidget(self._save)

    def _connect(self) -> None:
        self.presenter.state.connect(self.render_state)
        self._kinds.changed.connect(self._kind_chosen)
        self._when.changed.connect(self._edited)
        self._save.clicked.connect(self._ask_save)
        self.confirmed.connect(self._ask_save)
        self.dismissed.connect(self.presenter.leave)
        take = QShortcut(QKeySequence(TAKE_KEY), self)
        take.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        take.activated.connect(self._take_offer)

    def _fill(self, state: MomentsState) -> None:
        self._kinds.choose((state.kind,) if state.kind else ())
        self._about.setText(_about(state.kind))
        self._body_band.setVisible(bool(state.kind))
        self._share.setVisible(state.kind == GOOD and state.shares)
        self._share.setChecked(False)
        if state.kind:
            panel = self._panel(state.kind)
            for other in self._panels.values():
                other.setVisible(other is panel)
            panel.show_answers(state.answers)
        self._when.form.set_answers({"at": state.answers.get("at")})
        self._when.tell()
        if self._to_line:
            self._go()

    def _panel(self, kind: str) -> MomentPanel:
        panel = self._panels.get(kind)
        if panel is None:
            panel = MomentPanel(self._ctx.content.kind(kind), self._needs, TAKE_KEY)
            panel.changed.connect(self._edited)
            panel.let_go.connect(self._let_go_offer)
            self._body_band.body.insertWidget(0, panel)
            self._panels[kind] = panel
        return panel

    def _go(self) -> None:
        """Put the keyboard where the sheet begins, or into the line once a kind is chosen; not before it is open."""
        if not self.isVisible():
            return
        panel = self._panels.get(self.presenter.shown.kind)
        if panel is not None and self._to_line:
            panel.go_to_line()
        else:
            self._kinds.setFocus(Qt.FocusReason.PopupFocusReason)

    def _kind_chosen(self, keys: object) -> None:
        chosen = keys[0] if isinstance(keys, tuple) and keys else self.presenter.shown.kind
        self._to_line = False
        self.presenter.choose(str(chosen))
        self._kinds.choose((str(chosen),) if chosen else ())

    def _edited(self) -> None:
        self._when.tell()
        self.presenter.edited(self.answers())

    def _take_offer(self) -> None:
        panel = self._panels.get(self.presenter.shown.kind)
        if panel is not None:
            panel.take_offer()

    def _let_go_offer(self) -> None:
        self.presenter.let_go_offer()
        self._to_line = True
        self._go()

    def _ask_save(self) -> None:
        panel = self._panels.get(self.presenter.shown.kind)
        if panel is not None and panel.check() and self._when.form.check():
            share = self._share.isChecked() and not self._share.isHidden()
            self.presenter.save(self.answers(), share=share)

    def _share_words(self) -> str:
        name = self._ctx.partner or tr("the other person")
        return tr("Look at sharing it with {name} after saving").format(name=name)


def _about(kind: str) -> str:
    """What a kind is for, in one line; while none is chosen, how to go on."""
    return {
        "moment": tr("Someone reached for someone, and something came back."),
        "appreciation": tr("Something that was done, and that landed. Small is fine."),
        "setback": tr("A hard stretch again. It undoes nothing; what was new about it is worth a line."),
        "new_experience": tr("A time you reached out again and were met."),
    }.get(kind, tr("Choose one with its number. One line is enough, the rest can stay open."))
