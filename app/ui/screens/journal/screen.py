"""Ties the parts of the Journal page together: presenter, view, and the forms that open over it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.records import RecordId
from app.ui.context import Context
from app.ui.models.joining import open_joining
from app.ui.models.versions import open_history
from app.ui.screens.attachments.presenter import Attaching
from app.ui.screens.journal.filter_surface import FilterSurface
from app.ui.screens.journal.filter_words import Group
from app.ui.screens.journal.month_surface import MonthSurface
from app.ui.screens.journal.presenter import JournalPresenter
from app.ui.screens.journal.state import Reading
from app.ui.screens.journal.view import JournalView
from app.ui.screens.record_form.surface import open_record_form
from app.ui.screens.sharing.view import open_sharing
from app.ui.screens.worksheets.guide import WorksheetGuide
from app.ui.text import tr
from app.ui.widgets.ask import AskSurface

NOTE = "note"


class JournalScreen:
    """See `app.ui.context.Screen`."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._filters: FilterSurface | None = None
        self._view = JournalView(ctx.content.care.cover_buttons, ctx.content.kind(NOTE).add)
        self._presenter = JournalPresenter(ctx, self._view)
        self._presenter.state.connect(self._view.show_state)
        self._worksheets = WorksheetGuide(ctx, self._view.reader, self._presenter)
        self._presenter.state.connect(self._worksheets.follow)
        self._connect()

    @property
    def title(self) -> str:
        """See `Screen`."""
        return tr("Journal")

    def widget(self) -> QWidget:
        """See `Screen`."""
        return self._view

    def enter(self, target: str | None) -> None:
        """See `Screen`."""
        if target is None:
            self._presenter.enter(target)
            self._view.focus_first()
        else:
            self._view.focus_reading(target)
            self._presenter.enter(target)

    def leave(self) -> None:
        """See `Screen`."""
        self._presenter.leave()

    def find(self) -> None:
        """See `Searchable`."""
        self._presenter.close_reading()
        if self._presenter.shown.removed:
            self._presenter.show_removed(on=False)
        self._view.search.setFocus()
        self._view.search.selectAll()

    def new(self) -> None:
        """See `Growing`."""
        now = self._ctx.now()
        at = {"day": now.date().isoformat()}
        self._ctx.shell.open_over(open_record_form(self._ctx, NOTE, answers={"at": at}))

    def _connect(self) -> None:
        view, presenter, reader = self._view, self._presenter, self._view.reader
        listing = presenter.listing
        listing.listed.connect(lambda _listed: self._say_count())
        view.search.textChanged.connect(listing.search)
        presenter.let_go.connect(view.search.clear)
        view.filter_asked.connect(lambda: listing.offer(self._choose_filters))
        view.filtered.connect(listing.narrow)
        view.timeline.opened.connect(presenter.open)
        view.timeline.rows.more_wanted.connect(listing.more)
        view.timeline.rows.window_wanted.connect(listing.look)
        view.timeline.month_asked.connect(self._choose_month)
        view.back.opened.connect(presenter.open)
        view.back.put_away.connect(presenter.put_away)
        view.write_asked.connect(self.new)
        self._attaching = Attaching(self._ctx, reader.files)
        reader.shown.connect(self._show_files)
        reader.closed.connect(presenter.close_reading)
        reader.edit_asked.connect(self._edit)
        reader.history_asked.connect(self._history)
        reader.share_asked.connect(self._share)
        reader.hide_asked.connect(lambda: presenter.hide(self._read()))
        reader.remove_asked.connect(lambda: presenter.remove(self._read()))
        reader.restore_asked.connect(lambda: presenter.restore(self._read()))
        reader.erase_asked.connect(lambda: self._erase(self._read()))
        view.timeline.remove_asked.connect(self._delete_key)
        view.removed_asked.connect(lambda on: presenter.show_removed(on=on))
        reader.two.acted.connect(self._join)
        reader.link_opened.connect(self._open_link)
        reader.series.opened.connect(presenter.open)
        reader.cover.opened.connect(presenter.uncover)
        reader.cover.calm_asked.connect(self._ctx.shell.calm)
        reader.cover.safety_asked.connect(lambda: self._ctx.shell.help("safety"))
        reader.cover.session_asked.connect(presenter.list_for_session)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), reader, presenter.close_reading)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _show_files(self, reading: Reading | None) -> None:
        if reading is None:
            self._attaching.clear()
        else:
            self._attaching.show_record(reading.record, editable=not (reading.theirs or reading.removed))

    def _choose_filters(self, groups: tuple[Group, ...]) -> None:
        listing = self._presenter.listing
        surface = FilterSurface(self._ctx, listing.shown.filter, groups)
        surface.filtered.connect(listing.narrow)
        surface.finished.connect(self._filters_gone)
        self._filters = surface
        self._say_count()
        self._ctx.shell.open_over(surface)

    def _filters_gone(self) -> None:
        self._filters = None

    def _say_count(self) -> None:
        if self._filters is not None:
            self._filters.say_count(self._presenter.listing.shown.count)

    def _choose_month(self) -> None:
        outline = self._presenter.listing.shown.outline
        if outline:
            surface = MonthSurface(self._ctx, outline)
            surface.month_chosen.connect(self._go_to_day)
            self._ctx.shell.open_over(surface)

    def _go_to_day(self, day: int) -> None:
        self._view.timeline.go_to(self._presenter.listing.row_of_day(day))

    def _edit(self) -> None:
        reading = self._presenter.shown.reading
        if reading is None:
            return
        if reading.kind == "trigger":
            self._ctx.shell.log_trigger(reading.record)
        elif reading.kind == "four_weekly_review":
            self._ctx.shell.go("review", reading.record)
        else:
            surface = open_record_form(self._ctx, reading.kind, record=RecordId(reading.record))
            self._ctx.shell.open_over(surface)

    def _history(self) -> None:
        reading = self._presenter.shown.reading
        if reading is not None:
            open_history(self._ctx, reading.kind, RecordId(reading.record), theirs=reading.theirs)

    def _share(self) -> None:
        if self._read():
            open_sharing(self._ctx, RecordId(self._read()))

    def _join(self) -> None:
        reading = self._presenter.shown.reading
        if reading is not None:
            open_joining(self._ctx, reading.kind, RecordId(reading.record))

    def _read(self) -> str:
        """The entry that is open; nothing where none is."""
        reading = self._presenter.shown.reading
        return reading.record if reading is not None else ""

    def _delete_key(self, record: str) -> None:
        if self._presenter.shown.removed:
            self._erase(record)
        else:
            self._presenter.remove(record)

    def _erase(self, record: str) -> None:
        """Ask once: after this nothing can bring the words back."""
        words = tr(
            "Every version of this entry leaves this journal now. This cannot be undone. Copies in earlier backups stay"
            " there until those are replaced."
        )
        surface = AskSurface(
            self._ctx.shell.ground(), tr("Remove for good"), words, yes=tr("Remove for good"), no=tr("Keep it here")
        )
        surface.agreed.connect(lambda: self._presenter.erase(record))
        self._ctx.shell.open_over(surface)

    def _open_link(self, kind: str, record: str) -> None:
        if kind == "injury":
            self._ctx.shell.go("injuries", record)
        else:
            self._presenter.open(record)
