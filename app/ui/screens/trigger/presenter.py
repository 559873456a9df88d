"""Logging a trigger: opens the form, keeps the draft, suggests a thread, saves, and takes back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import Code, LeewardError
from app.domain.records import Changes, RecordId
from app.services import triggers
from app.services.triggers import Hints, Logged, TriggerForm, minutes_since, moment
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.runtime.tasks import Typed
from app.ui.screens.trigger import wording
from app.ui.screens.trigger.state import Offer, Stage, TriggerState
from app.ui.text import tr

DRAFT_AFTER_MS = 400
HINTED_BY = ("cue", "thread", "move", "other_move", "pattern", "breach", "helped")
"""What the offers are made from."""
Answers = dict[str, object]


class TriggerPresenter(QObject):
    """Holds the state of one open form."""

    state = Signal(object)
    """Emitted with each new TriggerState."""

    def __init__(self, ctx: Context, record: str | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._record = RecordId(record) if record else None
        self._form: TriggerForm | None = None
        self._latest: Answers = {}
        self._asked: Answers | None = None
        self._saving = False
        self._shown = TriggerState(completing=record is not None)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(DRAFT_AFTER_MS)
        self._resting.timeout.connect(self._rested)

    @property
    def ready(self) -> bool:
        """Whether the form holds what it begins with and can be written in."""
        return self._shown.stage is Stage.WRITING

    def load(self) -> None:
        """Fetch the form: empty with the time set, unfinished, or an earlier one to complete."""
        record = self._record
        self._ctx.tasks.run(lambda desk: desk.triggers.open(record), self._opened, self._refused)

    def edited(self, answers: Answers) -> None:
        """The form changed; the draft follows when the typing rests."""
        self._latest = answers
        self._resting.start()

    def save(self, answers: Answers) -> None:
        """Save what stands there."""
        if self._saving or self._form is None:
            return
        self._saving = True
        self._resting.stop()
        record, head = self._form.record, self._form.head
        self._ctx.tasks.run(
            lambda desk: desk.triggers.save(answers, record=record, head=head),
            self._saved,
            self._refused,
            typed=self._typed(answers),
        )

    def tally(self) -> None:
        """Save that one happened, and nothing else."""
        if self._saving or self._record is not None:
            return
        self._saving = True
        self._resting.stop()
        now = self._ctx.now()
        self._ctx.tasks.run(lambda desk: desk.triggers.tally(now), self._saved, self._refused)

    def leave(self) -> None:
        """Keep what stands there as a draft, and be done."""
        if self._resting.isActive():
            self._resting.stop()
            self._keep()
        bus = self._ctx.bus
        told = Changes(kinds=frozenset({"draft"}))
        self._ctx.tasks.run(lambda _desk: None, lambda _none: bus.changed.emit(told))
        self._emit(stage=Stage.DONE)

    def take_back(self) -> None:
        """Undo the save."""
        logged = self._shown.logged
        if logged is not None:
            self._ctx.tasks.run(lambda desk: desk.triggers.take_back(logged), _nothing)
        if self._shown.stage is Stage.OFFERING_CALM:
            self._emit(stage=Stage.DONE)

    def done(self) -> None:
        """Close after the offer of Calm."""
        self._emit(stage=Stage.DONE)

    def calm(self) -> None:
        """Go to Calm."""
        self._emit(stage=Stage.DONE)
        self._ctx.shell.calm()

    def let_go_offer(self) -> None:
        """Suggest no thread for this entry any more."""
        record = self._record
        self._ctx.tasks.run(lambda desk: desk.triggers.let_go_suggestion(record), _nothing, self._refused)
        self._emit(offer=None)

    def keep_tool(self) -> None:
        """Put the offered word into the kit."""
        offer = self._shown.tool
        if offer is not None:
            word = offer.key
            self._ctx.tasks.run(lambda desk: desk.tools.keep(word), self._kept, self._refused)

    def decline_tool(self) -> None:
        """Do not ask about the offered word again."""
        offer = self._shown.tool
        if offer is not None:
            word = offer.key
            self._ctx.tasks.run(lambda desk: desk.tools.decline(word), _nothing, self._refused)
            self._asked = None
            self._hint()

    def drop_tool(self) -> None:
        """Take a word out of the kit again that was just put there, and do not ask about it any more."""
        kept = self._shown.kept
        if kept is not None:
            record, word = RecordId(kept.key), kept.words
            self._ctx.tasks.run(lambda desk: desk.undo.take_back(record), _nothing, self._refused)
            self._ctx.tasks.run(lambda desk: desk.tools.decline(word), _nothing, self._refused)
            self._emit(kept=None)

    def _opened(self, form: TriggerForm) -> None:
        self._form = form
        answers = dict(form.answers)
        if self._record is None:
            answers.setdefault("at", moment(self._ctx.now(), self._ctx.zone))
        self._emit(
            stage=Stage.WRITING,
            edition=self._shown.edition + 1,
            answers=answers,
            recent_cues=form.recent_cues,
            from_draft=form.from_draft,
            helped=wording.helped_chips(form.helped, self._ctx.content, solo=self._ctx.solo),
            missing=wording.missing_words(form.missing),
            settled_min=minutes_since(answers, self._ctx.now()) if self._record is not None else None,
        )
        self._latest = answers
        self._hint()

    def _rested(self) -> None:
        self._keep()
        self._hint()

    def _hint(self) -> None:
        """Ask what can be offered to what stands there now, where that has changed."""
        latest, record = self._latest, self._record
        about = {name: latest[name] for name in HINTED_BY if latest.get(name) is not None}
        if about != self._asked:
            self._asked = about
            self._ctx.tasks.run(lambda desk: desk.triggers.hints(record, latest), self._hinted, slot="hints")

    def _hinted(self, found: Hints) -> None:
        if self._shown.stage is not Stage.WRITING:
            return
        content, solo = self._ctx.content, self._ctx.solo
        thread, loop = found.thread, found.loop
        asks = tr("Keep “{word}” as one of your tools?")
        self._emit(
            offer=None if thread is None else Offer(thread.thread, thread.title, wording.why_thread(thread)),
            loop=None if loop is None else Offer(
                loop.tag, wording.loop_words(loop, content, solo=solo), wording.why_loop(loop)
            ),
            tool=None if found.tool is None else Offer(found.tool, tr("Keep it"), asks.format(word=found.tool)),
        )  # fmt: skip

    def _kept(self, record: RecordId) -> None:
        offer = self._shown.tool
        if offer is not None:
            says = tr("“{word}” is in your settling kit now.")
            self._emit(tool=None, kept=Offer(record, offer.key, says.format(word=offer.key)))

    def _keep(self) -> None:
        if self._form is None or self._saving:
            return
        answers, record = self._latest, self._record
        if record is not None and answers == self._form.answers:
            return
        typed = self._typed(answers)
        self._ctx.tasks.run(
            lambda desk: desk.triggers.keep_draft(record, answers), _nothing, self._refused, typed=typed
        )

    def _typed(self, answers: Answers) -> Typed:
        """What a draft of these answers holds; the time alone is not writing."""
        written = answers if set(answers) - {"at"} else {}
        return Typed(self._record or triggers.NEW, triggers.KIND, written)

    def _saved(self, logged: Logged) -> None:
        self._saving = False
        if logged.strong:
            self._emit(stage=Stage.OFFERING_CALM, logged=logged, refused_field="", refused_reason="", trouble="")
            return
        self._emit(stage=Stage.DONE, logged=logged)
        self._ctx.shell.toast(Toast(tr("Saved, only for you."), tr("Undo"), self.take_back))

    def _refused(self, error: LeewardError) -> None:
        self._saving = False
        if error.code is Code.INVALID_RECORD:
            detail = error.detail
            self._emit(refused_field=str(detail.get("field", "")), refused_reason=str(detail.get("reason", "")))
        else:
            self._emit(stage=Stage.WRITING, trouble=text.trouble(error, self._ctx.content).paragraph)

    def _emit(self, **changes: object) -> None:
        self._shown = replace(self._shown, **changes)  # type: ignore[arg-type]  # names of TriggerState's own fields
        self.state.emit(self._shown)


def _nothing(_value: object) -> None:
    """A result nobody waits for."""
