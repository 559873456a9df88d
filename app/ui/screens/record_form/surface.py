"""A record of any kind on a sheet: write it, keep a draft, save it, take it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.errors import Code, LeewardError
from app.domain.records import Changes, Record, RecordId
from app.domain.wording import is_offered
from app.services.desk import Desk
from app.services.placing import home_of
from app.ui import text
from app.ui.context import Context
from app.ui.models.seats import saved_words, where_words
from app.ui.runtime.tasks import Typed
from app.ui.screens.record_form.links import needs_of
from app.ui.text import tr
from app.ui.undoing import undo_toast
from app.ui.widgets.buttons import Button
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.marks import KeyHint
from app.ui.widgets.notes import Banner
from app.ui.widgets.question import Trouble
from app.ui.widgets.sheet import Band, Sheet

DRAFT_AFTER_MS = 400
OnSaved = Callable[[RecordId], None]


class Opened(msgspec.Struct, frozen=True):
    """What the form starts with: the saved answers with their revision, or the draft of them. `shared`: what is saved
    can be read by the other person at once.
    """

    answers: dict[str, object]
    former: dict[str, object]
    head: str | None
    shared: bool = False


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
        self._given: dict[str, object] = {}
        self._saving = False
        band = Band("sunken", line=False)
        self.form = Form(self._kind, needs_of(ctx))
        self._trouble = Trouble()
        self._told = Banner("", icon="shared")
        self._told.hide()
        band.body.addWidget(self._told)
        band.body.addWidget(self.form)
        band.body.addWidget(self._trouble)
        self.body.addWidget(band, 1)
        self.footer.addWidget(KeyHint("Esc"))
        self.footer.addWidget(Label(tr("close, keep as draft"), "caption", "ink3", lines=1, elide=True))
        self.footer.addStretch(1)
        self._save = Button(tr("Save"), "primary", hint="Ctrl+Enter")
        self._save.clicked.connect(self.save)
        self.footer.addWidget(self._save)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(DRAFT_AFTER_MS)
        self._resting.timeout.connect(self._keep)
        self.form.changed.connect(self._resting.start)
        self.confirmed.connect(self.save)
        self.dismissed.connect(self.leave)

    @override
    def open(self, first: QWidget | None = None) -> None:
        """Show the sheet; focus goes to the first question once it is there."""
        super().open(first)
        if self._opened is not None:
            self.form.focus_first()

    def load(self, given: Mapping[str, object] | None = None) -> None:
        """Fetch what the form starts with; `given` are answers a new record begins with."""
        self._given = dict(given or {})
        record, kind_id, key = self._record, self._kind.id, self._key
        self._ctx.tasks.run(lambda desk: _open(desk, record, kind_id, key), self._show, self._refused)

    def save(self) -> None:
        """Save and close; what does not fit is said beside its question."""
        if self._saving or self._opened is None or not self.form.check():
            return
        self._saving = True
        self._resting.stop()
        answers, record, key, head = self.form.answers(), self._record, self._key, self._opened.head
        kind_id = self._kind.id

        def work(desk: Desk) -> RecordId:
            if record is None:
                return desk.journal.add(kind_id, answers, draft=key)
            return desk.journal.edit(record, answers, based_on=head)  # type: ignore[arg-type]  # came from a Record

        self._ctx.tasks.run(work, self._saved, self._refused, typed=Typed(key, kind_id, answers))

    def leave(self) -> None:
        """Keep a draft and close."""
        if self._resting.isActive():
            self._resting.stop()
            self._keep()
        bus, told = self._ctx.bus, Changes(kinds=frozenset({"draft"}))
        self._ctx.tasks.run(lambda _desk: None, lambda _none: bus.changed.emit(told))
        self.close_surface()

    @property
    def _key(self) -> str:
        return self._record or f"new:{self._kind.id}"

    def _show(self, opened: Opened) -> None:
        self._opened = opened
        self.caption.show_words(*where_words(self._ctx, shared=opened.shared, theirs=False))
        self._told.setVisible(opened.shared)
        name = self._ctx.partner or tr("the other person")
        self._told.say(tr("Shared with {name}, who can read what you save here at once.").format(name=name))
        self.form.set_answers({**self._given, **opened.answers})
        self.form.focus_first()

    def _keep(self) -> None:
        if self._opened is None:
            return
        answers, key, kind_id = self.form.answers(), self._key, self._kind.id
        written = {name: value for name, value in answers.items() if name not in self._given and name != "at"}
        unchanged = answers == self._opened.former
        if written and not unchanged:
            typed = Typed(key, kind_id, answers)
            self._ctx.tasks.run(
                lambda desk: desk.drafts.keep(key, kind_id, answers), _nothing, self._refused, typed=typed
            )
        else:
            typed = Typed(key, kind_id, {})
            self._ctx.tasks.run(lambda desk: desk.drafts.drop(key), _nothing, self._refused, typed=typed)

    def _saved(self, record: RecordId) -> None:
        self.close_surface()
        shared = self._opened is not None and self._opened.shared
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
    on_saved: OnSaved | None = None,
) -> RecordSurface:
    """A sheet with the form of a kind, loaded; give it to `ctx.shell.open_over`."""
    given = dict(answers or {})
    if record is None:
        for field in ctx.content.kind(kind_id).fields:
            if field.id == "on_charts" and is_offered(field, solo=ctx.solo):
                given.setdefault(field.id, True)
    surface = RecordSurface(ctx, kind_id, record, on_saved)
    surface.load(given)
    return surface


def _open(desk: Desk, record: RecordId | None, kind_id: str, key: str) -> Opened:
    draft, session = desk.drafts.find(key), desk.session
    if record is None:
        shared = home_of(session, kind_id) is not session.space
        return Opened(dict(draft.body) if draft else {}, {}, None, shared)
    found: Record = desk.journal.record(record)
    former: dict[str, object] = msgspec.json.decode(desk.session.kinds.encode(found.body))
    shared = session.space_of(record) is not session.space
    return Opened(dict(draft.body) if draft else former, former, found.head, shared)


def _nothing(_value: object) -> None:
    """A result nobody waits for."""
