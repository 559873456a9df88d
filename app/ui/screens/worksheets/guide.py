"""Goes with the reading pane: earlier sheets, what changed between two, a new sheet, a picture on paper."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.differences import FieldDifference
from app.domain.errors import LeewardError
from app.domain.records import Changes, RecordId
from app.services.worksheets import Series, Worksheets
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.models.changed import changed_answers
from app.ui.models.seats import seat_of
from app.ui.screens.journal.reader import Reader
from app.ui.screens.journal.state import Reading, State
from app.ui.screens.worksheets.again import open_again
from app.ui.screens.worksheets.printing import Paper, ask_to_print
from app.ui.screens.worksheets.series import day_words, series_line
from app.ui.text import tr
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.difference import DifferenceView
from app.ui.widgets.label import Label


class WorksheetGuide(QObject):
    """Follows what the pane shows; everything it does concerns repeated worksheets and pictures."""

    def __init__(self, ctx: Context, reader: Reader, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._reader = ctx, reader
        self._reading: Reading | None = None
        self._series: Series | None = None
        reader.series.compare_asked.connect(self._compare)
        reader.series.again_asked.connect(self._again)
        reader.print_asked.connect(self._print)
        ctx.bus.changed.connect(self._changed)

    def follow(self, state: State) -> None:
        """The page shows this now."""
        if state.reading == self._reading:
            return
        self._reading = state.reading
        self._ask()

    def _ask(self) -> None:
        reading = self._reading
        self._series = None
        if reading is None or not reading.repeats or reading.covered is not None or reading.removed:
            self._reader.series.show_series(None)
            return
        record = RecordId(reading.record)
        self._ctx.tasks.run(lambda desk: Worksheets(desk.session).series(record), self._show, _not_now, slot="series")

    def _show(self, series: Series) -> None:
        reading = self._reading
        if reading is None or reading.record != series.record:
            return
        self._series = series
        seat = seat_of(self._ctx, theirs=reading.theirs)
        self._reader.series.show_series(series_line(series, seat, own=not reading.theirs))

    def _changed(self, changes: Changes) -> None:
        reading = self._reading
        if reading is not None and reading.repeats and reading.kind in changes.kinds:
            self._ask()

    def _compare(self, other: str) -> None:
        series, reading = self._series, self._reading
        if series is None or reading is None or not other:
            return
        days = {sheet.record: sheet.day for sheet in series.sheets}
        order = [sheet.record for sheet in series.sheets]
        earlier, later = sorted((RecordId(other), series.record), key=order.index)
        title = tr("{earlier}, then {later}").format(earlier=day_words(days[earlier]), later=day_words(days[later]))

        def show(found: tuple[FieldDifference, ...]) -> None:
            seat = seat_of(self._ctx, theirs=reading.theirs)
            kind = self._ctx.content.kind(reading.kind)
            parts = changed_answers(kind, found, seat)
            words = Label(tr("Both say the same."), "body", "ink2")
            self._over(title, DifferenceView(parts) if parts else words)

        self._ctx.tasks.run(lambda desk: Worksheets(desk.session).difference(earlier, later), show, self._failed)

    def _over(self, title: str, content: QWidget) -> None:
        surface = DialogSurface(self._ctx.shell.ground(), title, close_words=tr("Close"))
        surface.body.addWidget(content)
        surface.body.addStretch(1)
        surface.dismissed.connect(surface.close_surface)
        surface.confirmed.connect(surface.close_surface)
        self._ctx.shell.open_over(surface)

    def _again(self) -> None:
        series, reading = self._series, self._reading
        if series is None or reading is None:
            return
        last = series.sheets[-1]
        open_again(self._ctx, reading.kind, last)

    def _print(self) -> None:
        reading = self._reading
        if reading is not None and reading.picture is not None:
            ask_to_print(self._ctx, Paper(reading.picture, reading.when))

    def _failed(self, error: LeewardError) -> None:
        self._ctx.shell.toast(Toast(text.trouble(error, self._ctx.content).paragraph))


def _not_now(_error: LeewardError) -> None:
    """The entry went away meanwhile; the pane says so itself."""
