"""What opens over Trends: a chart in words, the events behind a mark, and where a chart is saved to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QWidget

from app.domain.chart_names import Form
from app.domain.records import RecordId
from app.services.chart_shelf import Listing
from app.ui.context import Context
from app.ui.screens.trends.state import Panel
from app.ui.text import count_of, short_date, tr
from app.ui.widgets.buttons import Button
from app.ui.widgets.choice_row import Segmented
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.label import Label
from app.ui.widgets.text_link import TextLink

FORMS = (Form.PNG, Form.SVG, Form.CSV)


class WordsSurface(DialogSurface):
    """A chart in words, in three parts: what it is, its figures, its pattern."""

    def __init__(self, ground: QWidget, panel: Panel) -> None:
        super().__init__(ground, panel.title, close_words=tr("Close"))
        parts = (panel.alternative.what, panel.alternative.figures, panel.alternative.pattern)
        self.words = tuple(Label(part, "body") for part in parts if part)
        for label in self.words:
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            self.body.addWidget(label)
        self.body.addStretch(1)
        close = Button(tr("Close"), "plain")
        self.footer.addStretch(1)
        self.footer.addWidget(close)
        close.clicked.connect(lambda _checked=False: self.close_surface())
        self.dismissed.connect(self.close_surface)
        self.confirmed.connect(self.close_surface)


class EventsSurface(DialogSurface):
    """The events behind a mark, newest first; each leads to its place in the Journal."""

    def __init__(self, ground: QWidget, listing: Listing, opened: Callable[[RecordId], None]) -> None:
        super().__init__(ground, tr("What stands behind this mark"), close_words=tr("Close"))
        self.links: list[TextLink] = []
        for one in listing.found:
            day = short_date(dt.date.fromordinal(one.day))
            link = TextLink(tr("{date}: {title}").format(date=day, title=one.title), elide=True)
            link.clicked.connect(partial(self._open, one.record, opened))
            self.links.append(link)
            self.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        if listing.more:
            more = count_of(
                listing.more,
                tr("{n} earlier one is in the Journal."),
                tr("{n} earlier ones are in the Journal."),
            )
            self.body.addWidget(Label(more, "small", "ink2"))
        self.body.addStretch(1)
        self.footer.addStretch(1)
        close = Button(tr("Close"), "plain")
        self.footer.addWidget(close)
        close.clicked.connect(lambda _checked=False: self.close_surface())
        self.dismissed.connect(self.close_surface)
        self.confirmed.connect(self.close_surface)

    def _open(self, record: RecordId, opened: Callable[[RecordId], None], _checked: bool = False) -> None:
        self.close_surface()
        opened(record)


class SaveSurface(DialogSurface):
    """What a file outside the journal means, and which of three forms it has."""

    def __init__(self, ground: QWidget, panel: Panel, chosen: Callable[[Form], None]) -> None:
        super().__init__(ground, tr("Save this chart"), close_words=tr("Close"))
        self._chosen = chosen
        self.body.addWidget(Label(panel.title, "heading"))
        self.forms = Segmented(
            (tr("Picture (PNG)"), tr("Drawing (SVG)"), tr("Numbers (CSV)")), name=tr("What kind of file")
        )
        self.body.addWidget(self.forms, 0, Qt.AlignmentFlag.AlignLeft)
        lines = (
            tr("The file stands outside your journal and is not encrypted: whoever can open it can read it."),
            tr("Days without an entry stay empty in it, as they do here."),
        )
        for line in lines:
            self.body.addWidget(Label(line, "body", "ink2"))
        self.body.addStretch(1)
        stay, self.go_on = Button(tr("Not now"), "plain"), Button(tr("Choose where…"), "primary")
        self.footer.addStretch(1)
        self.footer.addWidget(stay)
        self.footer.addWidget(self.go_on)
        stay.clicked.connect(lambda _checked=False: self.close_surface())
        self.go_on.clicked.connect(lambda _checked=False: self._go_on())
        self.dismissed.connect(self.close_surface)
        self.confirmed.connect(self._go_on)

    def _go_on(self) -> None:
        form = FORMS[self.forms.chosen() or 0]
        self.close_surface()
        self._chosen(form)


def open_words(ctx: Context, panel: Panel) -> WordsSurface:
    """Show a chart in words."""
    surface = WordsSurface(ctx.shell.ground(), panel)
    ctx.shell.open_over(surface)
    return surface


def open_events(ctx: Context, listing: Listing, opened: Callable[[RecordId], None]) -> EventsSurface:
    """Show the events behind a mark."""
    surface = EventsSurface(ctx.shell.ground(), listing, opened)
    ctx.shell.open_over(surface)
    return surface


def open_saving(ctx: Context, panel: Panel, chosen: Callable[[Form], None]) -> SaveSurface:
    """Ask in which form a chart is saved."""
    surface = SaveSurface(ctx.shell.ground(), panel, chosen)
    ctx.shell.open_over(surface)
    return surface


def ask_place(parent: QWidget, form: Form, today: dt.date, chosen: Callable[[Path], None]) -> None:
    """Ask for a place in our own dialog: the system's would note the file among its recent ones."""
    from PySide6.QtWidgets import QFileDialog  # its many enums would cost the first paint

    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, tr("Save this chart"), folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter({Form.PNG: "PNG (*.png)", Form.SVG: "SVG (*.svg)", Form.CSV: "CSV (*.csv)"}[form])
    dialog.setDefaultSuffix(form.value)
    dialog.selectFile("-".join(("chart", f"{today.isoformat()}.{form.value}")))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
