"""A picture on paper: seen as a page first, then sent to a printer or put into a sealed file; drawn, never a photo."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from typing_extensions import override

from app import paths
from app.domain.errors import LeewardError
from app.services import worksheets
from app.services.summary_password import suggest
from app.ui import leaving, text
from app.ui.context import Context, Toast
from app.ui.text import tr
from app.ui.theme.tokens import Scheme, Theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.fields import Labelled, PassphraseField
from app.ui.widgets.painting import PaintedWidget, box
from app.ui.widgets.picture import drawing_of
from app.ui.widgets.picture_paint import Line, height, write
from app.ui.widgets.picture_parts import Node, Picture
from app.ui.widgets.question import Trouble

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DOTS: Final = 96.0
"""The resolution the page is thought in; printer and file scale it, the drawing stays lines and letters."""
_PAPER_MM: Final = (210.0, 297.0)
_MARGIN_MM: Final = 18.0
_MM: Final = DOTS / 25.4
_LEAST: Final = 0.6
"""What does not fit on one page at this size goes on to the next."""
_SEARCHED_PX: Final = 90.0
"""How far above the end of a page a drawing may be cut, in px."""
_PALE: Final = 200
"""Grey values from which a point is ground and no line."""
_FILE: Final = "page.pdf"
_EDGES: Final = QMarginsF(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Paper:
    """What goes on the pages: the picture, its day, and what is said beside it."""

    picture: Picture
    day: str


class Pages:
    """A picture set on pages of one size, in light colours whatever the screen shows; told apart without colour."""

    def __init__(self, paper: Paper) -> None:
        self._theme = Theme(Scheme.LIGHT, 1.0, reduced_motion=True)
        self._paper = paper
        wide, high = (_MM * (side - 2 * _MARGIN_MM) for side in _PAPER_MM)
        self._area = QSizeF(wide, high)
        drawing = drawing_of(paper.picture, self._theme, wide * 1.25)
        self._drawing = drawing
        scale = min(1.0, wide / drawing.size.width())
        self._whole = self._head_px() + drawing.size.height() * scale + self._notes_px()
        fits = min(1.0, high / self._whole)
        self._scale, self._all = scale, fits if fits >= _LEAST else 1.0
        self.spans = self._cut() if self._whole * self._all > high else ((0.0, self._whole),)
        """Where each page begins and ends, in px of the whole: no line of an answer is cut or stands twice."""
        self.count = len(self.spans)
        """How many pages there are."""

    @property
    def size(self) -> QSizeF:
        """A page with its margins, in px at `DOTS`."""
        return QSizeF(*(side * _MM for side in _PAPER_MM))

    @property
    def area(self) -> QSizeF:
        """What is inside the margins."""
        return self._area

    def paint(self, painter: QPainter, page: int) -> None:
        """Draw one page at the painter's origin, inside its margins."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        begins, ends = self.spans[page]
        shown = min(self._area.height(), (ends - begins) * self._all)
        painter.setClipRect(QRectF(-4, 0 if page else -4, self._area.width() + 8, shown + (0 if page else 4)))
        painter.translate(0, -begins * self._all)
        painter.scale(self._all, self._all)
        self._contents(painter)
        painter.restore()

    def _contents(self, painter: QPainter) -> None:
        theme, wide = self._theme, self._area.width()
        write(painter, QRectF(0, 0, wide, 20), Line(self._paper.day, "caption", "ink3"), theme)
        painter.translate(0, self._head_px())
        painter.save()
        painter.scale(self._scale, self._scale)
        self._drawing.paint(painter)
        painter.restore()
        y = self._drawing.size.height() * self._scale + theme.px(18)
        for line in self._notes():
            tall = height(line, wide, theme)
            write(painter, QRectF(0, y, wide, tall), line, theme)
            y += tall + theme.px(4 if line.style == "caption" else 10)

    def _cut(self) -> tuple[tuple[float, float], ...]:
        high, edges = self._area.height(), self._edges()
        spans, begins = [], 0.0
        while self._whole - begins > high:
            below = [edge for edge in edges if begins < edge <= begins + high]
            ends = max(below) if below else self._between_lines(begins + high)
            spans.append((begins, ends))
            begins = ends
        return (*spans, (begins, self._whole))

    def _between_lines(self, lowest: float) -> float:
        """Where a drawing that is higher than a page is cut: where a row above `lowest` crosses the fewest lines."""
        strip = QImage(int(self._area.width()), int(_SEARCHED_PX), QImage.Format.Format_Grayscale8)
        strip.fill(Qt.GlobalColor.white)
        painter = QPainter(strip)
        painter.translate(0, _SEARCHED_PX - lowest)
        self._contents(painter)
        painter.end()
        wide, data = strip.bytesPerLine(), bytes(strip.constBits())
        inked = [sum(value < _PALE for value in data[row * wide : (row + 1) * wide]) for row in range(strip.height())]
        best = max(range(len(inked)), key=lambda row: (-inked[row], row))
        return lowest - _SEARCHED_PX + best

    def _edges(self) -> list[float]:
        """Where a page may end: below a line of an answer, never between a question and the answer's first line."""
        theme, wide = self._theme, self._area.width()
        y = self._head_px() + self._drawing.size.height() * self._scale + theme.px(18)
        edges = [y]
        for line in self._notes():
            tall = height(line, wide, theme)
            if line.style != "caption":
                lines = max(1, round(tall / QFontMetricsF(theme.font(line.style)).lineSpacing()))
                edges += [y + tall * (number + 1) / lines for number in range(lines)]
            y += tall + theme.px(4 if line.style == "caption" else 10)
        return edges

    @staticmethod
    def _head_px() -> float:
        return 28.0

    def _notes(self) -> list[Line]:
        notes: tuple[Node, ...] = self._paper.picture.notes
        lines = [
            (Line(note.heading, "caption", "ink3"), Line(note.words, "line", "ink")) for note in notes if note.words
        ]
        return [line for pair in lines for line in pair if line.words]

    def _notes_px(self) -> float:
        wide = self._area.width()
        return 18 + sum(height(line, wide, self._theme) + 10 for line in self._notes())


def print_out(pages: Pages, printer: QPrinter) -> None:
    """Draw every page on a printer, as lines and letters."""
    printer.setFullPage(True)
    painter = QPainter(printer)
    try:
        dots = printer.resolution() / DOTS
        for page in range(pages.count):
            if page:
                printer.newPage()
            sheet = printer.paperRect(_unit())
            fit = min(sheet.width() / pages.size.width(), sheet.height() / pages.size.height(), dots * 2)
            painter.save()
            painter.scale(fit, fit)
            painter.translate(_MARGIN_MM * _MM, _MARGIN_MM * _MM)
            pages.paint(painter, page)
            painter.restore()
    finally:
        painter.end()


def as_pdf(pages: Pages) -> bytes:
    """The pages as a PDF of lines and letters, in memory."""
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(
        QPageLayout(QPageSize(QSizeF(*_PAPER_MM), QPageSize.Unit.Millimeter), QPageLayout.Orientation.Portrait, _EDGES)
    )
    writer.setResolution(300)
    writer.setCreator("")
    painter = QPainter(writer)
    try:
        for page in range(pages.count):
            if page:
                writer.newPage()
            painter.save()
            painter.scale(writer.resolution() / DOTS, writer.resolution() / DOTS)
            painter.translate(_MARGIN_MM * _MM, _MARGIN_MM * _MM)
            pages.paint(painter, page)
            painter.restore()
    finally:
        painter.end()
    buffer.close()
    return bytes(store.data())


class PageView(PaintedWidget):
    """One page as it will come out."""

    def __init__(self, pages: Pages, page: int, told: str) -> None:
        super().__init__()
        self._pages, self._page = pages, page
        count = tr("Page {n} of {all}").format(n=text.number(page + 1), all=text.number(pages.count))
        self.setAccessibleName(count)
        self.setAccessibleDescription(told)

    @override
    def wanted(self) -> QSize:
        size = self._pages.size * (self.theme.px(440) / self._pages.size.width())
        return size.toSize()

    @override
    def draw(self, painter: QPainter) -> None:
        light = Theme(Scheme.LIGHT, 1.0, reduced_motion=True)
        box(painter, QRectF(self.rect()), 2, fill=light.color("field"), edge=self.theme.color("line"))
        scale = self.width() / self._pages.size.width()
        painter.scale(scale, scale)
        painter.translate(_MARGIN_MM * _MM, _MARGIN_MM * _MM)
        self._pages.paint(painter, self._page)


class PrintSurface(DialogSurface):
    """The pages, and the two ways they can go."""

    def __init__(self, ctx: Context, paper: Paper) -> None:
        super().__init__(ctx.shell.ground(), tr("On paper"), close_words=tr("Close"))
        self._ctx = ctx
        self.pages = Pages(paper)
        for page in range(self.pages.count):
            view = PageView(self.pages, page, paper.picture.told())
            self.body.addWidget(view, 0, Qt.AlignmentFlag.AlignHCenter)
        self.password = PassphraseField(
            name=tr("Password"), show_words=tr("Show the password"), hide_words=tr("Hide the password")
        )
        self.password.toggle()
        self.password.setText(suggest(paths.resources() / "content" / "words-en.txt"))
        self.body.addWidget(
            Labelled(
                tr("Password of the sealed file"), self.password, help_words=ctx.content.care.summary.password_note
            )
        )
        self._trouble = Trouble()
        self.body.addWidget(self._trouble)
        care = ctx.content.care.print
        self.seal = Button(care.sealed or "", "plain", icon="export")
        self.print = Button(tr("Print…"), "primary", icon="printer")
        self.seal.clicked.connect(self._choose)
        self.print.clicked.connect(self._print)
        self.footer.addStretch(1)
        self.footer.addWidget(self.seal)
        self.footer.addWidget(self.print)
        self.dismissed.connect(self.close_surface)

    def save(self, path: Path) -> None:
        """Put the sealed pages into a file."""
        made, password = as_pdf(self.pages), self.password.text()

        def done(_none: None) -> None:
            self._ctx.shell.toast(Toast(tr("Saved, sealed with the password.")))
            self.close_surface()

        self._ctx.tasks.run(lambda _desk: worksheets.seal(made, password, path), done, self._failed)

    def _choose(self, _checked: bool = False) -> None:
        leaving.choose_file(self, _FILE, self.save)

    def _print(self, _checked: bool = False) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # its library would cost the start

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(_FILE.removesuffix(".pdf"))
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.accepted.connect(lambda: print_out(self.pages, printer))
        dialog.show()

    def _failed(self, error: LeewardError) -> None:
        self._trouble.say(text.trouble(error, self._ctx.content).paragraph)


def ask_to_print(ctx: Context, paper: Paper) -> None:
    """What paper means first; the page is shown once that was read."""
    leaving.before_printing(ctx, lambda: ctx.shell.open_over(PrintSurface(ctx, paper)))


def _unit() -> QPrinter.Unit:
    from PySide6.QtPrintSupport import QPrinter

    return QPrinter.Unit.DevicePixel
