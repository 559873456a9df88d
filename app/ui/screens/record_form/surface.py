"""A record of any kind on a sheet: write it, keep a draft, save it, take it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.errors import Code, LeewardError
from app.domain.records import Changes, Record, RecordId
from app.domain.wording import is_offered
from app.services.desk import Desk
from app.services.drafts import with_left, without_left
from app.services.placing import home_of
from app.ui import text
from app.ui.context import Context
from app.ui.models.live_picture import LivePicture
from app.ui.models.seats import saved_words, where_words
from app.ui.runtime.tasks import Typed
from app.ui.screens.attachments.presenter import Attaching
from app.ui.screens.record_form.links import needs_of
from app.ui.text import tr
from app.ui.undoing import undo_toast
from app.ui.widgets.attachment_strip import AttachmentStrip
from app.ui.widgets.buttons import Button
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.marks import KeyHint
from app.ui.widgets.notes import Banner
from app.ui.widgets.question import LATER_KEY, Trouble
from app.ui.widgets.sheet import Band, Sheet

DRAFT_AFTER_MS = 400
_HINTS_TO_SCALE = 1.4
"""Above this size of text the foot of the sheet has room for one key only."""
OnSaved = Callable[[RecordId], None]


class Opened(msgspec.Struct, frozen=True):
    """What the form starts with: the saved answers with their revision, or the draft of them. `shared`: what is saved
    can be read by the other person at once, unless it comes to mark danger.

    `key` is the draft's; `left` are the questions left for later. `begun_ms`: when the draft of a new record that is
    gone on with was kept last.
    """

    answers: dict[str, object]
    former: dict[str, object]
    head: str | None
    key: str
    shared: bool = False
    left: frozenset[str] = frozenset()
    begun_ms: int | None = None


class RecordSurface(Sheet):
    """The form of one kind. Esc keeps what is written as a draft that Today offers again."""

    def __init__(
        self, ctx: Context, kind_id: str, record: RecordId | None = None, on_saved: OnSaved | None = None
    ) -> None:
        self._kind = ctx.content.kind(kind_id)
        add = self._kind.solo_add if ctx.solo and self._kind.solo_add else self._kind.add
        title = add if record is None else text.sentence_case(self._kind.singular)
        super().__init__(
            ctx.shell.ground(),
            title,
            close_words=tr("Close, keep a draft"),
            caption=tr("Only you"),
            caption_icon="private",
        )
        self._ctx, self._record, self._on_saved = ctx, record, on_saved
        self._opened: Opened | None = None
        self._key = record or f"new:{kind_id}"
        self._given: dict[str, object] = {}
        self._saving = self._gone = False
        self.form = Form(self._kind, replace(needs_of(ctx), may_wait=True))
        self._trouble = Trouble()
        self._told = Banner("", icon="shared")
        self._told.hide()
        self._begun = Banner("", icon="history", action=tr("Begin a new one"))
        self._begun.hide()
        self._begun.acted.connect(self.begin_anew)
        self.files = AttachmentStrip()
        self._attaching = Attaching(ctx, self.files)
        self._assemble()
        self._save = Button(tr("Save"), "primary", hint="Ctrl+Enter")
        self._save.clicked.connect(self.save)
        self.footer.addWidget(self._save)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(DRAFT_AFTER_MS)
        self._resting.timeout.connect(self._keep)
        self._resting.timeout.connect(lambda: self._look_for_danger(self.form.answers()))
        self.form.changed.connect(self._resting.start)
        self._attaching.held_changed.connect(self._resting.start)
        self.confirmed.connect(self.save)
        self.dismissed.connect(self.leave)
        self._live = LivePicture(ctx, self._kind, self, self.form) if self._kind.picture else None

    def _assemble(self) -> None:
        band = Band("sunken", line=False)
        for part in (self._told, self._begun, self.form, self._trouble, self.files):
            band.body.addWidget(part)
        self.files.take_drops_of(self)
        self.body.addWidget(band, 1)
        self.footer.addWidget(KeyHint("Esc"))
        self.footer.addWidget(Label(tr("close, keep as draft"), "caption", "ink3", lines=1, elide=True))
        if self._ctx.hub.theme.text_scale <= _HINTS_TO_SCALE:
            self.footer.addWidget(KeyHint(LATER_KEY))
            self.footer.addWidget(Label(tr("leave a question for later"), "caption", "ink3", lines=1, elide=True))
        self.footer.addStretch(1)

    @override
    def open(self, first: QWidget | None = None) -> None:
        """Show the sheet; focus goes to the first question once it is there."""
        super().open(first)
        if self._opened is not None:
            self.form.focus_first()

    def load(self, given: Mapping[str, object] | None = None, draft: str | None = None) -> None:
        """Fetch what the form starts with; `given` are answers a new record begins with.

        A new record goes on with the newest unfinished one of its kind and says so, or with the one under the key
        `draft`.
        """
        self._given = dict(given or {})
        record, kind_id, begun_with = self._record, self._kind.id, self._given
        if record is None:
            self._ctx.tasks.run(lambda desk: _open_new(desk, kind_id, begun_with, draft), self._show, self._refused)
        else:
            self._ctx.tasks.run(lambda desk: _open(desk, record), self._show, self._refused)

    def begin_anew(self) -> None:
        """Put the unfinished one aside, where Today offers it, and begin another."""
        if self._resting.isActive():
            self._resting.stop()
            self._keep()
        kind_id = self._kind.id
        self._ctx.tasks.run(lambda desk: _begin(desk, kind_id), self._show, self._refused)

    def save(self) -> None:
        """Save and close; what does not fit is said beside its question."""
        if self._saving or self._opened is None or not self.form.check():
            return
        self._saving = True
        self._resting.stop()
        answers, record, key, head = self.form.answers(), self._record, self._key, self._opened.head
        kind_id, left = self._kind.id, self.form.left()

        def work(desk: Desk) -> tuple[RecordId, bool]:
            if record is None:
                saved = desk.journal.add(kind_id, answers, draft=key)
            else:
                saved = desk.journal.edit(record, answers, based_on=head)  # type: ignore[arg-type]  # from a Record
            desk.drafts.leave(saved, left)
            return saved, desk.session.space_of(saved) is not desk.session.space

        self._ctx.tasks.run(work, self._saved, self._refused, typed=Typed(key, kind_id, with_left(answers, left)))

    def leave(self) -> None:
        """Keep a draft and close."""
        if self._resting.isActive():
            self._resting.stop()
            self._keep()
        self._gone = True
        bus, told = self._ctx.bus, Changes(kinds=frozenset({"draft"}))
        self._ctx.tasks.run(lambda _desk: None, lambda _none: bus.changed.emit(told))
        self.close_surface()

    def _show(self, opened: Opened) -> None:
        self._opened, self._key = opened, opened.key
        self._say_where(shared=opened.shared)
        self._begun.setVisible(opened.begun_ms is not None)
        if opened.begun_ms is not None:
            now = self._ctx.now()
            when = text.day_and_time(dt.datetime.fromtimestamp(opened.begun_ms / 1000, now.tzinfo), now.date())
            self._begun.say(tr("You go on where you stopped, {when}.").format(when=when))
        self.form.set_answers({**self._given, **opened.answers})
        self._look_for_danger(self.form.answers())
        if self._live is not None and self.isVisible():
            self._live.draw()
        self.form.show_left(opened.left)
        if self._record is None:
            self._attaching.show_draft(opened.key)
        else:
            self._attaching.show_record(self._record, editable=True)
        self.form.focus_first()

    def _say_where(self, *, shared: bool) -> None:
        """Who will be able to read it, as it stands now."""
        self.caption.show_words(*where_words(self._ctx, shared=shared, theirs=False))
        self._told.setVisible(shared)
        name = self._ctx.partner or tr("the other person")
        self._told.say(tr("Shared with {name}, who can read what you save here at once.").format(name=name))

    def _look_for_danger(self, answers: Mapping[str, object]) -> None:
        """What comes to mark danger is saved privately, and that is said while it is written."""
        if self._record is not None or self._opened is None or not self._opened.shared:
            return
        kind_id = self._kind.id
        self._ctx.tasks.run(
            lambda desk: desk.danger.marks_answers(kind_id, answers),
            lambda marked: self._say_where(shared=not marked) if not self._gone else None,
            slot=f"danger {self._key}",
        )

    def _keep(self) -> None:
        if self._opened is None:
            return
        answers, key, kind_id = self.form.answers(), self._key, self._kind.id
        written = {name: value for name, value in answers.items() if name not in self._given and name != "at"}
        left = self.form.left()
        unchanged = answers == self._opened.former and left == self._opened.left
        if written and not unchanged:
            body = with_left(answers, left)
            typed = Typed(key, kind_id, body)
            self._ctx.tasks.run(lambda desk: desk.drafts.keep(key, kind_id, body), _nothing, self._refused, typed=typed)
        else:
            typed, given = Typed(key, kind_id, {}), self._given
            self._ctx.tasks.run(lambda desk: _let_go(desk, key, kind_id, given), _nothing, self._refused, typed=typed)

    def _saved(self, done: tuple[RecordId, bool]) -> None:
        record, shared = done
        self._gone = True
        self.close_surface()
        undo_toast(self._ctx, saved_words(self._ctx, shared=shared), record)
        if self._on_saved is not None:
            self._on_saved(record)

    def _refused(self, error: LeewardError) -> None:
        self._saving = False
        if error.code is Code.INVALID_RECORD:
            self.form.show_refusal(error)
        else:
            self._trouble.say(text.trouble(error, self._ctx.content).paragraph)


def open_record_form(
    ctx: Context,
    kind_id: str,
    *,
    record: RecordId | None = None,
    answers: Mapping[str, object] | None = None,
    draft: str | None = None,
    on_saved: OnSaved | None = None,
) -> RecordSurface:
    """A sheet with the form of a kind, loaded; give it to `ctx.shell.open_over`. `draft`: go on with that one."""
    given = dict(answers or {})
    if record is None:
        for field in ctx.content.kind(kind_id).fields:
            if field.id == "on_charts" and is_offered(field, solo=ctx.solo):
                given.setdefault(field.id, True)
    surface = RecordSurface(ctx, kind_id, record, on_saved)
    surface.load(given, draft)
    return surface


def _let_go(desk: Desk, key: str, kind_id: str, given: dict[str, object]) -> None:
    """Drop a draft without words, unless files wait with it."""
    if desk.attachments.held(key):
        desk.drafts.keep(key, kind_id, given)
    else:
        desk.drafts.drop(key)


def _begin(desk: Desk, kind_id: str) -> Opened:
    shared = home_of(desk.session, kind_id) is not desk.session.space
    return Opened({}, {}, None, desk.drafts.new_key(kind_id), shared)


def _open_new(desk: Desk, kind_id: str, given: Mapping[str, object], key: str | None) -> Opened:
    draft = desk.drafts.find(key) if key is not None else desk.drafts.unfinished(kind_id, given)
    if draft is None:
        return _begin(desk, kind_id)
    answers, left = without_left(draft.body)
    shared = home_of(desk.session, kind_id) is not desk.session.space
    return Opened(answers, {}, None, draft.key, shared, left, draft.saved_ms)


def _open(desk: Desk, record: RecordId) -> Opened:
    draft, session = desk.drafts.find(record), desk.session
    found: Record = desk.journal.record(record)
    former: dict[str, object] = msgspec.json.decode(desk.session.kinds.encode(found.body))
    shared = session.space_of(record) is not session.space
    answers, left = without_left(draft.body) if draft else (former, desk.drafts.left(record))
    return Opened(answers, former, found.head, record, shared, left)


def _nothing(_value: object) -> None:
    """A result nobody waits for."""
