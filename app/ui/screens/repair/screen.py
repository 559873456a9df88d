"""Ties the parts of the Repair page together, and knows where each practice is written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.screens.conversation.presenter import BEGIN
from app.ui.screens.record_form.surface import open_record_form
from app.ui.screens.repair import wording
from app.ui.screens.repair.presenter import RepairPresenter
from app.ui.screens.repair.state import TALK
from app.ui.screens.repair.view import RepairView
from app.ui.text import tr
from app.ui.widgets.marks import Person, Shape

_PAGES = {"checkin": "today", "injury": "injuries", "path_step": "injuries", "four_weekly_review": "review"}
"""Kinds that have a page of their own."""


class RepairScreen:
    """See `Screen`. A target is the id of a practice."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        people = [Person(Shape.CIRCLE, ctx.person.initial, ctx.person.name)]
        if ctx.partner:
            people.append(Person(Shape.SQUARE, ctx.partner[:1].upper(), ctx.partner))
        buttons = ctx.content.care.cover_buttons
        headings = ctx.content.catalogue.solo_groups if ctx.solo else ctx.content.catalogue.groups
        self._view = RepairView(buttons, people, wording.families(ctx.content), headings)
        self._presenter = RepairPresenter(ctx, self._view)
        self._presenter.state.connect(self._view.show_state)
        self._connect()

    @property
    def title(self) -> str:
        """See `Screen`."""
        return tr("Repair")

    @property
    def subtitle(self) -> str:
        """How many practices are shown."""
        return self._presenter.shown.subtitle if self._presenter.shown.page is None else ""

    def widget(self) -> QWidget:
        """See `Screen`."""
        return self._view

    def enter(self, target: str | None) -> None:
        """See `Screen`."""
        self._presenter.enter(target)
        if target is None:
            self._view.focus_first()

    def leave(self) -> None:
        """See `Screen`."""
        self._presenter.leave()

    def find(self) -> None:
        """See `Searchable`."""
        self._presenter.close_page()
        self._view.search.setFocus()
        self._view.search.selectAll()

    def new(self) -> None:
        """See `Growing`: begins the practice that is opened."""
        self._begin()

    def _connect(self) -> None:
        view, presenter, practice = self._view, self._presenter, self._view.practice
        view.chosen.connect(presenter.choose)
        view.model_chosen.connect(presenter.choose_model)
        view.search.textChanged.connect(presenter.find)
        view.opened.connect(presenter.open)
        view.taken_up.connect(lambda key: self._ctx.shell.go("conversation", key))
        practice.back_asked.connect(presenter.close_page)
        practice.begin_asked.connect(self._begin)
        practice.beside_asked.connect(self._write)
        practice.past_opened.connect(lambda record: self._ctx.shell.go("journal", record))
        practice.favoured.connect(lambda on: presenter.favour(on=on))
        practice.put_aside.connect(lambda on: presenter.set_aside(on=on))
        practice.cover.opened.connect(presenter.uncover)
        practice.cover.declined.connect(presenter.close_page)
        practice.cover.calm_asked.connect(self._ctx.shell.calm)
        practice.cover.safety_asked.connect(lambda: self._ctx.shell.help("safety"))
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), practice, presenter.close_page)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _begin(self) -> None:
        page = self._presenter.shown.page
        if page is None or page.covered is not None:
            return
        sort, target = self._ctx.content.practice(page.practice).target
        if sort == "calm" and target == "start":
            self._ctx.shell.calm()
        elif sort == "calm":
            self._ctx.shell.go("calm", target)
        elif sort == "vocabulary":
            self._ctx.shell.go("injuries")
        elif sort == "conversation":
            self._ctx.shell.go("conversation", BEGIN + target)
        else:
            self._write(target)

    def _write(self, kind: str) -> None:
        """Go where a kind is written."""
        shell = self._ctx.shell
        if kind.startswith(TALK):
            shell.go("conversation", BEGIN + kind.removeprefix(TALK))
        elif kind == "trigger":
            shell.log_trigger()
        elif kind in _PAGES:
            shell.go(_PAGES[kind])
        else:
            shell.open_over(open_record_form(self._ctx, kind))
