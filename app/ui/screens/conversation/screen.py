"""Ties the parts of a guided conversation together: what is done on the page becomes a move of the talk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain import conversing
from app.domain.conversing import Stage
from app.ui.context import Context
from app.ui.models.seats import BOTH_MARKS
from app.ui.screens.conversation.closing import LastWords
from app.ui.screens.conversation.presenter import ConversationPresenter
from app.ui.screens.conversation.start_panel import Wish
from app.ui.screens.conversation.state import Part, State
from app.ui.screens.conversation.view import ConversationView
from app.ui.text import tr
from app.ui.widgets.buttons import Button


class ConversationScreen:
    """See `Screen`. A target is `begin:` and the id of a script, or the key of a talk that waits."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._view = ConversationView(ctx.content.conversations.common.start_title)
        self._presenter = ConversationPresenter(ctx, self._view)
        self._leave = Button(ctx.content.conversations.common.leave, "quiet")
        self._leave.clicked.connect(lambda _checked=False: self._presenter.leave_for_now())
        self._presenter.state.connect(self._show)
        self._presenter.ended.connect(lambda: ctx.shell.go("repair"))
        self._connect()

    @property
    def title(self) -> str:
        """See `Screen`."""
        return self._presenter.shown.title or tr("Guided conversation")

    @property
    def subtitle(self) -> str:
        """Which time it is, and who is here."""
        return self._presenter.shown.subtitle

    def widget(self) -> QWidget:
        """See `Screen`."""
        return self._view

    def tools(self) -> QWidget | None:
        """See `Equipped`: the way out stands in the header, at every step."""
        return self._leave

    def enter(self, target: str | None) -> None:
        """See `Screen`."""
        self._presenter.enter(target)
        self._view.focus_first()

    def leave(self) -> None:
        """See `Screen`."""
        self._presenter.leave()

    def _show(self, state: State) -> None:
        self._view.show_state(state)
        self._leave.setVisible(state.part not in {Part.LOADING, Part.START})

    def _connect(self) -> None:
        view, presenter, shell = self._view, self._presenter, self._ctx.shell
        view.start.begin_asked.connect(self._begin)
        view.start.another_day.connect(presenter.leave_for_now)
        view.start.safety_asked.connect(lambda: shell.help("safety"))
        view.start.alone_asked.connect(presenter.begin_alone_instead)
        view.safety.answered.connect(
            lambda value: presenter.move(lambda talk, _script: conversing.answer_safety(talk, value))
        )
        view.steps.chosen.connect(lambda place: presenter.move(lambda talk, _script: conversing.open_step(talk, place)))
        view.pause.back_asked.connect(
            lambda earlier: presenter.move(lambda talk, _script: conversing.come_back(talk, one_back=earlier))
        )
        view.pause.leave_asked.connect(presenter.leave_for_now)
        view.pause.calm_asked.connect(shell.calm)
        view.side.pause.asked.connect(self._pause)
        view.side.strength.calm_asked.connect(shell.calm)
        view.side.strength.changed.connect(
            lambda seat, value: presenter.typed(lambda talk: conversing.strengthen(talk, seat, value))
        )
        self._connect_step()
        self._connect_end()
        self._key("F9", self._pause)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self._key(keys, self._go_on)

    def _connect_step(self) -> None:
        step, presenter = self._view.step, self._presenter
        step.filled.connect(lambda fills: presenter.typed(lambda talk: conversing.fill(talk, self._here(), fills)))
        step.noted.connect(lambda words: presenter.typed(lambda talk: conversing.write(talk, self._here(), words)))
        step.given.connect(lambda on: presenter.typed(lambda talk: conversing.give(talk, on=on)))
        step.swapped.connect(lambda: presenter.move(lambda talk, _script: conversing.swap(talk)))
        step.went_on.connect(lambda: presenter.move(conversing.go_on))
        step.not_quite.connect(lambda: presenter.typed(conversing.not_quite))
        step.went_back.connect(lambda: presenter.move(lambda talk, _script: conversing.back(talk)))
        step.ended_here.connect(lambda: presenter.move(conversing.end_here))
        step.pause_asked.connect(self._pause)

    def _connect_end(self) -> None:
        closing, keeping, presenter = self._view.closing, self._view.keeping, self._presenter
        closing.typed.connect(self._close)
        closing.went_on.connect(lambda: presenter.move(lambda talk, _script: conversing.to_keeping(talk)))
        closing.went_back.connect(lambda: presenter.move(lambda talk, _script: conversing.back(talk)))
        keeping.ticked.connect(lambda item, place, on: presenter.tick(item, place, on=on))
        keeping.went_back.connect(lambda: presenter.move(lambda talk, _script: conversing.back(talk)))
        keeping.ended.connect(presenter.end)
        keeping.let_go.connect(presenter.let_go)

    def _key(self, keys: str, run: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self._view, run)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _begin(self, wish: Wish) -> None:
        first_is_me = self._ctx.mark != BOTH_MARKS - 1
        speaker = wish.first if first_is_me else 1 - wish.first
        self._presenter.begin(alone=wish.alone, speaker=speaker, topic=wish.topic, thread=wish.thread)

    def _close(self, last: LastWords) -> None:
        self._presenter.typed(
            lambda talk: conversing.close(
                talk,
                heard=last.heard,
                taking=last.taking,
                left_open=last.left_open,
                next_day=last.next_day,
                topic=last.topic,
            )
        )

    def _pause(self) -> None:
        """F9 pauses; in the pause it takes the talk up again."""
        talk = self._presenter.talk
        if talk is not None and talk.stage is Stage.PAUSED:
            self._presenter.move(lambda talk, _script: conversing.come_back(talk))
        else:
            self._presenter.move(lambda talk, _script: conversing.pause(talk))

    def _go_on(self) -> None:
        view = self._view
        ways: dict[Part, Callable[[], None]] = {
            Part.START: view.start.ask_begin,
            Part.SAFETY: view.safety.answer,
            Part.STEP: view.step.ask_on,
            Part.PAUSED: view.pause.back.click,
            Part.CLOSING: view.closing.ask_on,
            Part.KEEPING: self._presenter.end,
        }
        way = ways.get(self._presenter.shown.part)
        if way is not None:
            way()

    def _here(self) -> str:
        """The id of the step that is open."""
        talk = self._presenter.talk
        return "" if talk is None else self._ctx.content.conversation(talk.script).step[talk.step].id
