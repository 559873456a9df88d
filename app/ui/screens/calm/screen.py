"""Calm as a page of the window, and over a form that is open on one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.screens.calm.cover import CalmCover
from app.ui.screens.calm.doors import Doors
from app.ui.screens.calm.presenter import CalmPresenter
from app.ui.screens.calm.view import CalmView
from app.ui.text import tr
from app.ui.widgets.dialog import DialogSurface

SIDE_BY_SIDE = "side-by-side"
_WAYS = {SIDE_BY_SIDE: "together"}


class CalmScreen:
    """See `Screen`. Leaving drops everything that was typed; a pause that counts goes on."""

    def __init__(self, context: Context) -> None:
        shell = context.shell
        self._context = context
        self._view = opened_view(
            context, Doors(shell.back, shell.log_trigger, lambda: shell.help("safety"), self._write)
        )

    @property
    def title(self) -> str:
        """See `Screen.title`."""
        return tr("Calm")

    def widget(self) -> QWidget:
        """See `Screen.widget`."""
        return self._view

    def enter(self, target: str | None) -> None:
        """See `Screen.enter`. The circle has the keyboard at first; a target is a way of the content's practices."""
        self._view.begin(_WAYS.get(target or "", "senses"))
        self._view.presenter.load()

    def leave(self) -> None:
        """See `Screen.leave`."""
        self._view.forget()

    def _write(self, kind: str) -> None:
        from app.ui.screens.record_form.surface import open_record_form

        self._context.shell.open_over(open_record_form(self._context, kind))


class OpenedView(CalmView):
    """Calm with an open journal behind it."""

    def __init__(self, context: Context, doors: Doors) -> None:
        super().__init__(context.content.calm, doors, context.now, keeps=True)
        self.presenter = CalmPresenter(context)
        self.presenter.setParent(self)
        self.presenter.state.connect(self.render_state)
        self.presenter.unkept.connect(self.ways.ask_to_keep)
        self.ways.helped.connect(self.presenter.helped)
        self.ways.answered.connect(self.presenter.answered)


def opened_view(context: Context, doors: Doors) -> OpenedView:
    """The view of one session."""
    return OpenedView(context, doors)


def open_calm(context: Context) -> None:
    """Calm from anywhere: the page, or, while a form is open over one, a cover above both, so that nothing of it is
    lost and the way back leads there.
    """
    shell = context.shell
    ground = shell.ground()
    if any(one.isVisible() for one in ground.findChildren(CalmCover)):
        return
    if not any(one.isVisible() for one in ground.findChildren(DialogSurface)):
        shell.go("calm")
        return

    def make(doors: Doors) -> CalmView:
        made = opened_view(context, doors)
        made.presenter.load()
        return made

    CalmCover(ground, make, shell.log_trigger, lambda: shell.help("safety"))
