"""A therapy session on a sheet: what the one before left and what waits on the list above, the questions below.

Nothing is put into the session from the list by itself: "Bring it" names it in this session's own answer, and "Read
together" takes it off the list. Both stay with this person.
"""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.records import RecordId
from app.services.plans import AFTER, SESSION, SessionPage
from app.services.session_list import Listed
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.screens.record_form.surface import OnSaved, Opened, RecordSurface
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.label import Label
from app.ui.widgets.sheet import Band

BRING = "bring"


class SessionSurface(RecordSurface):
    """The form of a session with what could be brought above it."""

    def __init__(self, ctx: Context, record: RecordId | None = None, on_saved: OnSaved | None = None) -> None:
        super().__init__(ctx, SESSION, record, on_saved)
        self._page: SessionPage | None = None
        field = ctx.content.kind(SESSION).field(BRING)
        self._bringable = frozenset(field.to) if field is not None else frozenset()
        self._above = Band("card", line=False)
        self._above.hide()
        self.body.insertWidget(0, self._above)
        self._rows: dict[str, QWidget] = {}
        self._list_title: Label | None = None

    def begin(self) -> None:
        """Fetch the page: what is asked, what waits, what the last session left."""
        now, record = self._ctx.now(), self._record
        self._ctx.tasks.run(lambda desk: desk.plans.page(record, now), self._shown, self._refused)

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first)
        self._begin_where_it_stands()

    @override
    def _show(self, opened: Opened) -> None:
        super()._show(opened)
        self._begin_where_it_stands()

    def _begin_where_it_stands(self) -> None:
        """Of a session that is over, what stays of it is asked first."""
        if self._page is None or self._opened is None or not self._page.over:
            return
        if not any(self._opened.answers.get(name) for name in AFTER):
            self.form.focus_first(AFTER[0])

    def _shown(self, page: SessionPage) -> None:
        self._page = page
        self._fill(page)
        self.load(page.answers if page.record is None else None)

    def _fill(self, page: SessionPage) -> None:
        body = self._above.body
        if page.last_day is not None and (page.took_away or page.try_until):
            day = text.relative_day(dt.date.fromordinal(page.last_day), self._ctx.now().date())
            body.addWidget(Label(tr("From the last time, {day}").format(day=day), "label", "ink", lines=1))
            for words in page.took_away:
                body.addWidget(Label(words, "line", "ink2"))
            if page.try_until:
                body.addWidget(Label(tr("To try until now"), "caption", "ink3", lines=1))
                body.addWidget(Label(page.try_until, "line", "ink2"))
        if page.listed:
            self._list_title = Label(tr("On your list for a session"), "label", "ink", lines=1)
            body.addWidget(self._list_title)
            for one in page.listed:
                self._rows[one.record] = self._row(one)
                body.addWidget(self._rows[one.record])
        self._above.setVisible(body.count() > 0)

    def _row(self, one: Listed) -> QWidget:
        theme = current_hub().theme
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.space("s"))
        words = QVBoxLayout()
        words.setSpacing(0)
        kind = text.sentence_case(self._ctx.content.kind(one.kind).singular)
        title = one.title or kind
        words.addWidget(Label(title, "line", "ink", lines=2))
        day = text.short_date(dt.date.fromordinal(one.day), self._ctx.now().date())
        words.addWidget(Label(tr("{kind}, {day}").format(kind=kind, day=day), "caption", "ink3", lines=1, elide=True))
        across.addLayout(words, 1)
        if one.kind in self._bringable:
            bring = Button(tr("Bring it"), "plain", small=True)
            bring.setAccessibleDescription(title)
            bring.clicked.connect(lambda _checked=False: self._bring(one))
            across.addWidget(bring, 0, Qt.AlignmentFlag.AlignVCenter)
        read = Button(tr("Read together"), "quiet", small=True)
        read.setAccessibleDescription(title)
        read.clicked.connect(lambda _checked=False: self._take_off(one))
        across.addWidget(read, 0, Qt.AlignmentFlag.AlignVCenter)
        return made

    def _bring(self, one: Listed) -> None:
        editor = self.form.editor(BRING)
        editor.show_answer(one.record)
        self.form.changed.emit()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_off(self, one: Listed) -> None:
        tasks, shell = self._ctx.tasks, self._ctx.shell

        def back() -> None:
            tasks.run(lambda desk: desk.session_list.put(one.record), lambda _none: None)

        def done(_none: object) -> None:
            row = self._rows.pop(one.record, None)
            if row is not None:
                row.hide()
                row.deleteLater()
            if self._list_title is not None:
                self._list_title.setVisible(bool(self._rows))
            self.form.focus_first()
            shell.toast(Toast(tr("Taken off the list."), tr("Undo"), back))

        tasks.run(lambda desk: desk.session_list.take_off(one.record), done, self._refused)


def open_session(ctx: Context, record: RecordId | None = None, on_saved: OnSaved | None = None) -> SessionSurface:
    """A sheet for one session, a new one without `record`; give it to `ctx.shell.open_over`."""
    surface = SessionSurface(ctx, record, on_saved)
    surface.begin()
    return surface
