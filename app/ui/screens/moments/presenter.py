"""Noting a small moment: brings back what was half written, keeps drafts, suggests a thread, saves, takes back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import Code, LeewardError
from app.domain.records import Changes, RecordId
from app.services.moments import GOOD, LINES, Begun, draft_key
from app.services.suggestions import Suggestion
from app.services.triggers import moment
from app.ui import text
from app.ui.context import Context
from app.ui.models.seats import saved_words
from app.ui.runtime.tasks import Typed
from app.ui.screens.moments.state import MomentsState, Stage
from app.ui.screens.sharing.view import open_sharing
from app.ui.screens.trigger.state import Offer
from app.ui.screens.trigger.wording import why_thread
from app.ui.undoing import undo_toast

DRAFT_AFTER_MS = 400
Answers = dict[str, object]


class MomentsPresenter(QObject):
    """Holds the state of one open sheet."""

    state = Signal(object)
    """Emitted with each new MomentsState."""

    def __init__(self, ctx: Context, kind: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._begun: dict[str, Answers] = {}
        self._latest: Answers = {}
        self._asked = ""
        self._saving = False
        self._shown = MomentsState(kind=kind)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(DRAFT_AFTER_MS)
        self._resting.timeout.connect(self._rested)

    @property
    def shown(self) -> MomentsState:
        """The state that was emitted last."""
        return self._shown

    def load(self) -> None:
        """Fetch what was half written."""
        self._ctx.tasks.run(lambda desk: desk.moments.open(), self._opened, self._refused)

    def choose(self, kind: str) -> None:
        """Another kind: the line goes along where that kind has none yet; what was chosen beside it stays behind."""
        before = self._shown.kind
        if kind == before or self._shown.stage is not Stage.WRITING:
            return
        self._resting.stop()
        answers = dict(self._begun.get(kind, {}))
        if before:
            line = self._latest.get(LINES[before])
            if line is not None and answers.get(LINES[kind]) is None:
                answers[LINES[kind]] = line
                self._store(before, {})
            else:
                self._store(before, self._latest)
            answers["at"] = self._latest.get("at", answers.get("at"))
        self._write(kind, answers)

    def edited(self, answers: Answers) -> None:
        """The sheet changed; the draft follows when the typing rests."""
        self._latest = answers
        self._resting.start()

    def save(self, answers: Answers, *, share: bool) -> None:
        """Save what stands there. With `share`, what sharing would show opens next; nothing is shared by saving."""
        kind = self._shown.kind
        if self._saving or not kind:
            return
        self._saving = True
        self._resting.stop()

        def saved(record: RecordId) -> None:
            self._saved(record, share=share and kind == GOOD)

        self._ctx.tasks.run(
            lambda desk: desk.moments.save(kind, answers),
            saved,
            self._refused,
            typed=Typed(draft_key(kind), kind, answers),
        )

    def leave(self) -> None:
        """Keep what stands there as a draft, and be done."""
        if self._resting.isActive():
            self._resting.stop()
            self._store(self._shown.kind, self._latest)
        bus, told = self._ctx.bus, Changes(kinds=frozenset({"draft"}))
        self._ctx.tasks.run(lambda _desk: None, lambda _none: bus.changed.emit(told))
        self._emit(stage=Stage.DONE)

    def let_go_offer(self) -> None:
        """Suggest no thread for this one any more."""
        kind = self._shown.kind
        self._ctx.tasks.run(lambda desk: desk.moments.let_go_suggestion(kind), _nothing, self._refused)
        self._emit(offer=None)

    def _opened(self, begun: Begun) -> None:
        self._begun = dict(begun.drafts)
        self._shown = replace(self._shown, stage=Stage.WRITING, shares=begun.shares and not self._ctx.solo)
        kind = self._shown.kind or next(iter(self._begun), "")
        self._write(kind, dict(self._begun.get(kind, {})))

    def _write(self, kind: str, answers: Answers) -> None:
        if answers.get("at") is None:
            answers["at"] = moment(self._ctx.now(), self._ctx.zone)
        self._latest, self._asked = answers, ""
        self._emit(
            kind=kind, edition=self._shown.edition + 1, answers=answers, offer=None, refused_field="", trouble=""
        )
        if kind:
            self._suggest()

    def _rested(self) -> None:
        self._store(self._shown.kind, self._latest)
        self._suggest()

    def _store(self, kind: str, answers: Answers) -> None:
        if self._saving or not kind:
            return
        self._begun[kind] = answers
        typed = Typed(draft_key(kind), kind, answers if set(answers) - {"at"} else {})
        self._ctx.tasks.run(lambda desk: desk.moments.keep_draft(kind, answers), _nothing, self._refused, typed=typed)

    def _suggest(self) -> None:
        kind = self._shown.kind
        line = self._latest.get(LINES[kind])
        words = line if isinstance(line, str) and self._latest.get("thread") is None else ""
        if words != self._asked:
            self._asked = words
            self._ctx.tasks.run(lambda desk: desk.moments.suggest(kind, words), self._suggested, slot="hints")

    def _suggested(self, found: Suggestion | None) -> None:
        offer = None if found is None else Offer(found.thread, found.title, why_thread(found))
        if self._shown.stage is Stage.WRITING and offer != self._shown.offer:
            self._emit(offer=offer)

    def _saved(self, record: RecordId, *, share: bool) -> None:
        self._saving = False
        self._emit(stage=Stage.DONE)
        undo_toast(self._ctx, saved_words(self._ctx, shared=False), record)
        if share:
            open_sharing(self._ctx, record)

    def _refused(self, error: LeewardError) -> None:
        self._saving = False
        if error.code is Code.INVALID_RECORD:
            detail = error.detail
            self._emit(refused_field=str(detail.get("field", "")), refused_reason=str(detail.get("reason", "")))
            self._shown = replace(self._shown, refused_field="", refused_reason="")  # it is said once
        else:
            self._emit(stage=Stage.WRITING, trouble=text.trouble(error, self._ctx.content).paragraph)

    def _emit(self, **changes: object) -> None:
        self._shown = replace(self._shown, **changes)  # type: ignore[arg-type]  # names of MomentsState's own fields
        self.state.emit(self._shown)


def _nothing(_value: object) -> None:
    """A result nobody waits for."""
