"""Ties the parts of the page of agreements together: presenter, view and sheets."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.services.agreement_notes import BOUNDARY
from app.services.own_promises import PROMISE
from app.ui import help_pages
from app.ui.actions import page_words
from app.ui.context import Context
from app.ui.models.versions import open_history
from app.ui.screens.agreements.deeds import Deeds
from app.ui.screens.agreements.history_panel import HISTORY_KEY
from app.ui.screens.agreements.presenter import AgreementsPresenter
from app.ui.screens.agreements.promises import promise_pane
from app.ui.screens.agreements.view import AgreementsView
from app.ui.screens.record_form.surface import open_record_form


class AgreementsScreen:
    """See `app.ui.context.Screen`."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        promise = promise_pane(ctx)
        self._view = AgreementsView(promise)
        self._presenter = AgreementsPresenter(ctx, self._view)
        self._deeds = Deeds(ctx, self._presenter)
        self._presenter.state.connect(self._view.show_state)
        self._presenter.state.connect(promise.follow)
        promise.back_asked.connect(self._presenter.close_detail)
        promise.presenter.gone.connect(self._presenter.close_detail)
        self._presenter.titled.connect(ctx.shell.retitle)
        view, presenter = self._view, self._presenter
        view.list.chosen.connect(presenter.choose)
        view.list.entered.connect(view.focus_open)
        view.begin_asked.connect(self.new)
        view.promise_asked.connect(self._promise)
        view.name_both(*(_add_words(ctx, kind) for kind in (BOUNDARY, PROMISE)))
        view.retired_asked.connect(presenter.show_retired)
        view.back_asked.connect(self._back)
        view.history_asked.connect(presenter.toggle_history)
        view.safety_asked.connect(self._safety)
        view.detail.acted.connect(self._act)
        view.detail.occasion_acted.connect(self._deeds.on_occasion)
        self._deeds.safety_asked.connect(self._safety)
        for key, act in ((HISTORY_KEY, presenter.toggle_history), ("F2", self._deeds.change)):
            shortcut = QShortcut(QKeySequence(key), view)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda run=act: run())

    @property
    def title(self) -> str:
        """See `Screen`."""
        return page_words("agreements")

    @property
    def subtitle(self) -> str:
        """What waits or is due, if anything."""
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

    def new(self) -> None:
        """See `Growing`."""
        self._deeds.begin()

    def _back(self) -> None:
        self._presenter.close_detail()
        self._view.focus_first()

    def _act(self, act: str) -> None:
        found = self._presenter.found
        if act == "states" and found is not None:
            open_history(self._ctx, found.row.kind, found.row.record)
        else:
            self._deeds.act(act)

    def _promise(self) -> None:
        """Make a promise; the page goes to it once it is saved."""
        self._ctx.shell.open_over(open_record_form(self._ctx, PROMISE, on_saved=self._presenter.choose))

    def _safety(self) -> None:
        self._ctx.shell.open_over(help_pages.surface("safety", self._ctx.shell.ground(), self._ctx.content))


def _add_words(ctx: Context, kind_id: str) -> str:
    kind = ctx.content.kind(kind_id)
    return (kind.solo_add if ctx.solo else None) or kind.add
