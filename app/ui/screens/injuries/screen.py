"""Ties the parts of the Injuries page together: presenter, view and dialogs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.records import RecordId
from app.ui import help_pages
from app.ui.actions import page_words
from app.ui.context import Context
from app.ui.screens.injuries.dialogs import ThreadDialogs
from app.ui.screens.injuries.presenter import InjuriesPresenter
from app.ui.screens.injuries.view import InjuriesView
from app.ui.screens.sharing.view import open_sharing


class InjuriesScreen:
    """See `app.ui.context.Screen`."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        kind = ctx.content.kind("injury")
        self._view = InjuriesView(ctx.content.care.cover_buttons, (kind.solo_add if ctx.solo else None) or kind.add)
        self._presenter = InjuriesPresenter(ctx, self._view)
        self._dialogs = ThreadDialogs(ctx)
        self._presenter.state.connect(self._view.show_state)
        self._presenter.titled.connect(ctx.shell.retitle)
        self._connect_list()
        self._connect_detail()

    @property
    def title(self) -> str:
        """See `Screen`."""
        return page_words("injuries")

    @property
    def subtitle(self) -> str:
        """How many threads there are."""
        return self._presenter.shown.subtitle

    def widget(self) -> QWidget:
        """See `Screen`."""
        return self._view

    def enter(self, target: str | None) -> None:
        """See `Screen`."""
        self._presenter.enter(target)
        self._view.focus_first()

    def leave(self) -> None:
        """See `Screen`."""
        self._presenter.leave()

    def find(self) -> None:
        """See `Searchable`."""
        self._view.filter.setFocus()
        self._view.filter.selectAll()

    def new(self) -> None:
        """See `Growing`."""
        self._dialogs.begin(self._presenter.begin)

    def open_cover(self) -> None:
        """Open what is covered, as its button does."""
        self._presenter.uncover()

    def _connect_list(self) -> None:
        view, presenter = self._view, self._presenter
        view.list.chosen.connect(presenter.choose)
        view.list.entered.connect(view.focus_thread)
        view.filter.textChanged.connect(presenter.find)
        view.begin_asked.connect(self.new)
        view.back_asked.connect(presenter.close_thread)
        view.cover.opened.connect(presenter.uncover)
        view.cover.declined.connect(self._decline)
        view.cover.calm_asked.connect(self._ctx.shell.calm)
        view.cover.safety_asked.connect(self._safety)
        view.cover.session_asked.connect(presenter.list_for_session)

    def _connect_detail(self) -> None:
        view, presenter, detail = self._view, self._presenter, self._view.detail
        detail.heading.edit.clicked.connect(lambda _checked=False: self._edit())
        rename = QShortcut(QKeySequence("F2"), detail, self._edit)
        rename.setAutoRepeat(False)
        detail.step_opened.connect(self._step)
        detail.write_asked.connect(lambda: presenter.story.begin(detail.first_words()))
        detail.story_changed.connect(lambda: presenter.story.touched(detail.written))
        detail.story_done.connect(presenter.story.save)
        detail.side.add_asked.connect(lambda: self._with_record(self._dialogs.add_moment))
        detail.side.moment_opened.connect(self._dialogs.open_moment)
        detail.side.weighed.connect(presenter.weigh)
        detail.side.month_opened.connect(self._month)
        detail.side.weights_asked.connect(self._weights)
        detail.side.belongings.opened.connect(lambda record: self._ctx.shell.go("journal", record))
        detail.side.belongings.versions_asked.connect(
            lambda kind, record, theirs: self._dialogs.versions(kind, record, theirs=theirs)
        )
        detail.side.belongings.begin_asked.connect(
            lambda kind: self._with_record(lambda thread: self._dialogs.begin_beside(thread, kind))
        )
        detail.stood.acted.connect(lambda: presenter.stand("open"))
        weigh = QShortcut(QKeySequence("Ctrl+H"), view, detail.side.focus_weight)
        weigh.setAutoRepeat(False)
        view.session_asked.connect(presenter.list_for_session)
        presenter.story.writing.connect(detail.write)
        presenter.story.refused.connect(presenter.say_trouble)
        view.standing_asked.connect(presenter.stand)
        view.history_asked.connect(self._history)
        view.share_asked.connect(lambda: self._with_record(lambda record: open_sharing(self._ctx, RecordId(record))))
        view.hide_asked.connect(presenter.hide)
        view.remove_asked.connect(self._remove)
        detail.two.acted.connect(lambda: self._with_record(self._dialogs.join))

    def _decline(self) -> None:
        self._presenter.close_thread()
        self._view.focus_first()

    def _safety(self) -> None:
        surface = help_pages.surface("safety", self._ctx.shell.ground(), self._ctx.content)
        self._ctx.shell.open_over(surface)

    def _edit(self) -> None:
        self._presenter.story.save()
        self._with_record(self._dialogs.edit)

    def _step(self, step: str) -> None:
        found = self._presenter.detail
        if found is not None:
            self._dialogs.step(found, step)

    def _month(self, first: int) -> None:
        found = self._presenter.detail
        if found is not None:
            self._dialogs.month(found, first)

    def _weights(self) -> None:
        shown = self._presenter.shown.detail
        if shown is not None:
            self._dialogs.weights(shown.weight)

    def _history(self) -> None:
        found = self._presenter.detail
        if found is not None:
            self._dialogs.history(found.row.record, theirs=found.row.theirs)

    def _remove(self) -> None:
        found = self._presenter.shown.detail
        if found is not None:
            self._dialogs.remove(found.title, self._presenter.remove)

    def _with_record(self, act: Callable[[str], None]) -> None:
        found = self._presenter.detail
        if found is not None:
            act(found.row.record)
