"""Leads a guided conversation: every move becomes the next state of the talk, is put away at once, and is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from app.domain import conversing
from app.domain.conversing import Stage, Talk
from app.domain.errors import LeewardError
from app.domain.practices import Conversation
from app.domain.records import RecordId
from app.services.conversations import KIND, Held, Start, readable
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.runtime.tasks import Typed
from app.ui.screens.conversation.state import Part, State
from app.ui.screens.conversation.wording import TalkWords
from app.ui.text import tr

BEGIN = "begin:"
"""What a page's target starts with when a conversation is to be begun; the rest is its script."""
TYPED_AFTER_MS = 250
"""What is typed is put away this long after the first key, however the typing goes on."""
SPENT_AFTER_S = 5
"""Time alone is put away this often."""
_SECOND_MS = 1_000
_PARTS = {
    Stage.SAFETY_BEFORE: Part.SAFETY,
    Stage.STEPS: Part.STEP,
    Stage.PAUSED: Part.PAUSED,
    Stage.SAFETY_AFTER: Part.SAFETY,
    Stage.CLOSING: Part.CLOSING,
    Stage.KEEPING: Part.KEEPING,
}


class ConversationPresenter(QObject):
    """Holds one talk while its page is open."""

    state = Signal(object)
    """Emitted with each new State."""
    ended = Signal()
    """Emitted when there is nothing more to show here."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._shown = State()
        self._start: Start | None = None
        self._held: Held | None = None
        self._script: Conversation | None = None
        self._words: TalkWords | None = None
        self._times = 0
        self._edition = 0
        self._here = False
        self._since = QElapsedTimer()
        self._second = QTimer(self)
        self._second.setInterval(_SECOND_MS)
        self._second.timeout.connect(self._tick)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(TYPED_AFTER_MS)
        self._resting.timeout.connect(self._keep)
        ctx.bus.locking.connect(self._let_go)
        ctx.bus.veiled.connect(self._veiled)

    @property
    def shown(self) -> State:
        """What the page shows now."""
        return self._shown

    @property
    def talk(self) -> Talk | None:
        """The talk as it stands now; None before it begins."""
        return self._held.talk if self._held is not None else None

    def enter(self, target: str | None) -> None:
        """Show what stands before a conversation, or take one up where it stands. Without a target: the one held."""
        self._here = True
        if target is None:
            if self._held is None and self._start is None:
                self.ended.emit()
            else:
                self._show()
        elif target.startswith(BEGIN):
            self._forget()
            script = target.removeprefix(BEGIN)
            self._ctx.tasks.run(lambda desk: desk.conversations.start(script), self._started, self._failed, slot="talk")
        else:
            self._forget()
            self._ctx.tasks.run(lambda desk: desk.conversations.open(target), self._opened, self._failed, slot="talk")

    def leave(self) -> None:
        """The page is left or covered: everything is put away, and time stands still."""
        if self._here and self._held is not None:
            self._fold()
            self._keep()
        self._here = False
        self._second.stop()

    def begin(self, *, alone: bool, speaker: int, topic: str, thread: str | None) -> None:
        """Begin the conversation that stands before."""
        if self._start is None or self._held is not None:
            return
        script = self._start.script
        about = RecordId(thread) if thread else None
        self._ctx.tasks.run(
            lambda desk: desk.conversations.begin(script, alone=alone, speaker=speaker, topic=topic, thread=about),
            self._opened,
            self._failed,
        )

    def begin_alone_instead(self) -> None:
        """A conversation for two waits; the same one is offered to be begun alone."""
        if self._held is not None:
            self.enter(BEGIN + self._held.talk.script)

    def move(self, step: Callable[[Talk, Conversation], Talk]) -> None:
        """Make one move; it is put away before anything else is."""
        if self._held is None or self._script is None or self._held.danger:
            return
        self._fold()
        self._hold(step(self._held.talk, self._script))
        self._edition += 1
        self._keep()
        self._show()

    def typed(self, change: Callable[[Talk], Talk]) -> None:
        """Something was typed or marked: it is put away in a moment, and what is shown stays in place."""
        if self._held is None:
            return
        self._hold(change(self._held.talk))
        if not self._resting.isActive():
            self._resting.start()
        self._show()

    def tick(self, item: str, place: int, *, on: bool) -> None:
        """One of the people shown says whether an item stays."""
        talk, words = self.talk, self._words
        if talk is not None and words is not None:
            seat = words.seats(talk)[place]
            self.typed(lambda talk: conversing.say_keep(talk, item, seat, on=on))

    def leave_for_now(self) -> None:
        """Put it away and go back to Repair."""
        held = self._held
        self.leave()
        self._forget()
        if held is not None:
            frame = self._ctx.content.conversations.common
            self._ctx.shell.toast(Toast(frame.solo_leave_note if held.talk.alone else frame.leave_note))
        self.ended.emit()

    def end(self) -> None:
        """Write down what stays."""
        if self._held is None:
            return
        self._resting.stop()
        held = self._held
        self._ctx.tasks.run(
            lambda desk: desk.conversations.end(held.key, held.talk), self._written, self._failed, typed=self._unsaved()
        )

    def let_go(self) -> None:
        """Let the talk go, with everything typed in it; it can be taken back as long as the word stands there."""
        if self._held is None:
            return
        held, tasks = self._held, self._ctx.tasks
        self._resting.stop()
        self._second.stop()
        self._forget()
        tasks.run(lambda desk: desk.conversations.let_go(held.key), _nothing, self._failed)

        def back() -> None:
            tasks.run(lambda desk: desk.conversations.keep(held.key, held.talk), _nothing, self._failed)

        self._ctx.shell.toast(Toast(tr("Let go. Nothing of it is kept."), tr("Undo"), back))
        self.ended.emit()

    # ------------------------------------------------------------------------------------------------------- answers

    def _started(self, start: Start) -> None:
        self._start, self._times = start, start.times
        self._script = self._ctx.content.conversation(start.script)
        self._words = TalkWords(self._ctx, self._script)
        self._show()

    def _opened(self, held: Held | None) -> None:
        if held is None:
            self.ended.emit()
            return
        self._start = None
        self._held, self._times = held, held.times
        self._edition += 1
        self._script = self._ctx.content.conversation(held.talk.script)
        self._words = TalkWords(self._ctx, self._script)
        self._since.start()
        self._show()
        if held.danger:
            script = held.talk.script
            self._ctx.tasks.run(lambda desk: desk.conversations.start(script), self._waiting, self._failed)

    def _waiting(self, start: Start) -> None:
        """One for two that waits: the safety page comes first."""
        if self._words is not None and self._held is not None:
            begin = self._words.begin(replace_danger(start), held=True)
            self._say(replace(self._shown, part=Part.START, begin=begin))

    def _written(self, _record: RecordId) -> None:
        self._second.stop()
        self._forget()
        self._ctx.shell.toast(Toast(tr("Written down. Everything else is let go.")))
        self.ended.emit()

    def _failed(self, error: LeewardError) -> None:
        self._say(replace(self._shown, trouble=text.trouble(error, self._ctx.content).paragraph))

    # ------------------------------------------------------------------------------------------------------- keeping

    def _hold(self, talk: Talk) -> None:
        if self._held is not None:
            self._held = _with_talk(self._held, talk)

    def _keep(self) -> None:
        """Put the talk away as it stands."""
        self._resting.stop()
        held = self._held
        if held is not None and not held.danger:
            self._ctx.tasks.run(
                lambda desk: desk.conversations.keep(held.key, held.talk), _nothing, self._failed, typed=self._unsaved()
            )

    def _unsaved(self) -> Typed | None:
        """What would be lost if it could not be put away: the words, as an unfinished entry that Today offers."""
        held = self._held
        if held is None:
            return None
        words = readable(self._ctx.content, held.talk)
        key = f"new:{KIND}:{held.key.rpartition(':')[2]}"
        return Typed(key, KIND, words if set(words) - {"script"} else {})

    def _fold(self) -> None:
        """Time since it was last counted joins the step."""
        extra = self._extra_s()
        if extra and self._held is not None and self._script is not None:
            step = self._script.step[self._held.talk.step].id
            self._hold(conversing.spend(self._held.talk, step, extra))
            self._since.start()

    def _extra_s(self) -> int:
        running = self._held is not None and self._held.talk.stage is Stage.STEPS and self._second.isActive()
        return self._since.elapsed() // _SECOND_MS if running else 0

    def _tick(self) -> None:
        if self._extra_s() >= SPENT_AFTER_S:
            self._fold()
            self._keep()
        held, words = self._held, self._words
        if held is not None and words is not None:
            self._say(replace(self._shown, timer=words.timer(held.talk, self._extra_s())))

    def _veiled(self, veiled: bool) -> None:  # a signal's argument
        if veiled:
            self._fold()
            self._keep()
            self._second.stop()
        else:
            self._clock()

    def _clock(self) -> None:
        """The timer runs while a step is open and this page is shown, and at no other time."""
        running = self._here and self._held is not None and not self._held.danger
        if running and self._held is not None and self._held.talk.stage is Stage.STEPS:
            if not self._second.isActive():
                self._since.start()
                self._second.start()
        else:
            self._second.stop()

    # ------------------------------------------------------------------------------------------------------- showing

    def _show(self) -> None:
        self._clock()
        words = self._words
        if words is None:
            return
        if self._held is None:
            if self._start is not None:
                alone = not self._start.two or self._start.danger
                self._say(State(Part.START, words.title(alone=alone), begin=words.begin(self._start)))
            return
        held, talk = self._held, self._held.talk
        part = _PARTS[talk.stage]
        key = f"{held.key}:{self._edition}"
        frame = self._ctx.content.conversations.common
        self._say(
            State(
                part,
                words.title(alone=talk.alone),
                words.subtitle(self._times, alone=talk.alone),
                held.about,
                talk.alone,
                words.rows(talk),
                asked=words.asked(held.key, talk) if part is Part.SAFETY else None,
                step=words.step(key, talk) if part is Part.STEP else None,
                timer=words.timer(talk, self._extra_s()),
                pause=words.pause(held.pause, self._ctx.now(), alone=talk.alone),
                strengths=words.strengths(talk),
                strong_line=frame.strong if conversing.is_strong(talk) else "",
                closing=words.closing(key, talk, self._ctx.now().date()) if part is Part.CLOSING else None,
                keeping=words.keeping(talk, held.about) if part is Part.KEEPING else None,
            )
        )

    def _say(self, state: State) -> None:
        named = (state.title, state.subtitle, state.part) != (
            self._shown.title,
            self._shown.subtitle,
            self._shown.part,
        )
        self._shown = state
        self.state.emit(state)
        if named:
            self._ctx.shell.retitle()

    def _forget(self) -> None:
        self._resting.stop()
        self._second.stop()
        self._start = self._held = None
        self._shown = State()
        self.state.emit(self._shown)

    def _let_go(self) -> None:
        self._here = False
        self._forget()


def replace_danger(start: Start) -> Start:
    """The same start, held to be dangerous: what waits is for two, and danger is noted."""
    return Start(start.script, True, True, start.times, start.about_both, start.about_own)  # its own fields


def _with_talk(held: Held, talk: Talk) -> Held:
    return Held(held.key, talk, held.danger, held.pause, held.about, held.times)


def _nothing(_value: object) -> None:
    """A result nobody waits for."""
