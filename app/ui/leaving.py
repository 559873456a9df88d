"""The two ways out, each with what to know before: a sealed file, or paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QStandardPaths, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.text import tr
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def before_sealing(ctx: Context, go_on: Callable[[], None]) -> None:
    """What a sealed file means, then `go_on`."""
    care = ctx.content.care.summary
    _ask(ctx, care.title, (*care.body, care.password_note, care.after), tr("Choose where…"), go_on)


def before_printing(ctx: Context, go_on: Callable[[], None]) -> None:
    """What paper means, then `go_on`."""
    care = ctx.content.care.print
    _ask(ctx, care.title, care.body, care.yes, go_on)


def choose_file(parent: QWidget, name: str, chosen: Callable[[Path], None]) -> None:
    """Ask for a place in our own dialog: the system's would note the file among its recent ones."""
    from PySide6.QtWidgets import QFileDialog  # its many enums would cost the first paint

    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, tr("Save the sealed PDF"), folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(tr("PDF document (*.pdf)"))
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(name)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()


def print_pages(parent: QWidget, pages: tuple[bytes, ...], name: str) -> None:
    """Ask for a printer and put each page on one sheet, as large as it goes."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.accepted.connect(lambda: paint_pages(printer, pages))
    dialog.show()


def paint_pages(printer: QPrinter, pages: tuple[bytes, ...]) -> None:
    """Paint pages, PNG each, onto the sheets of a printer."""
    painter = QPainter(printer)
    try:
        for index, page in enumerate(pages):
            if index:
                printer.newPage()
            image = QImage.fromData(page)
            sheet = painter.viewport()
            size = image.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRect(sheet.x(), sheet.y(), size.width(), size.height()), image)
    finally:
        painter.end()


def _ask(ctx: Context, title: str, lines: tuple[str, ...], yes: str, go_on: Callable[[], None]) -> None:
    surface = DialogSurface(ctx.shell.ground(), title, close_words=tr("Close"))
    for line in lines:
        surface.body.addWidget(Label(line, "body", "ink2"))
    surface.body.addStretch(1)
    stay, leave = Button(tr("Not now"), "plain"), Button(yes, "primary")
    surface.footer.addStretch(1)
    surface.footer.addWidget(stay)
    surface.footer.addWidget(leave)

    def confirmed() -> None:
        surface.close_surface()
        go_on()

    stay.clicked.connect(surface.close_surface)
    leave.clicked.connect(confirmed)
    surface.dismissed.connect(surface.close_surface)
    surface.confirmed.connect(confirmed)
    ctx.shell.open_over(surface)
