"""Documents in PDF: kept as they are, shown page by page as pixels. Nothing in them is run or followed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from app.media.limits import MOST_PAGES, MOST_RENDERED_PIXELS, mistrusting, refuse
from app.media.pictures import Raster

if TYPE_CHECKING:
    import pypdfium2

_POINTS_AN_INCH: Final = 72
_LARGEST_POINTS: Final = 14_400
"""The largest page the format knows, 200 inches."""
_turn = threading.RLock()
"""The library reads one document at a time in a process."""


class Pages:
    """An open document. Belongs to whoever made it; `close` it."""

    def __init__(self, data: bytes) -> None:
        """Open and count.

        Raises:
            MediaError: FILE_REFUSED with `reason` damaged, locked (it asks for a password), no_pages or too_many_pages.
        """
        import pypdfium2

        with _turn, mistrusting():
            try:
                self._document = pypdfium2.PdfDocument(data)
            except pypdfium2.PdfiumError as error:
                raise refuse("locked" if "password" in str(error).lower() else "damaged") from None
            self.count = len(self._document)
            if not 0 < self.count <= MOST_PAGES:
                self._document.close()
                raise refuse("too_many_pages" if self.count else "no_pages", pages=self.count)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page (the first is 0) in points of 1/72 inch.

        Raises:
            MediaError: FILE_REFUSED with `reason` damaged.
        """
        with _turn, mistrusting():
            wide, high = self._document.get_page_size(number)
            if not (0 < wide <= _LARGEST_POINTS and 0 < high <= _LARGEST_POINTS):
                raise refuse("damaged", what="size")
            return float(wide), float(high)

    def render(self, number: int, pixels_an_inch: float) -> Raster:
        """A page as pixels; of an enormous one fewer pixels than asked for.

        Raises:
            MediaError: FILE_REFUSED with `reason` damaged or no_memory.
        """
        wide, high = self.size(number)
        scale = pixels_an_inch / _POINTS_AN_INCH
        scale = min(scale, (MOST_RENDERED_PIXELS / (wide * high)) ** 0.5)
        with _turn, mistrusting():
            page = self._document[number]
            try:
                bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
                try:
                    return Raster(bitmap.width, bitmap.height, _rows(bitmap))
                finally:
                    bitmap.close()
            finally:
                page.close()

    def close(self) -> None:
        """Let the document go."""
        with _turn:
            self._document.close()


def looked_at(data: bytes) -> int:
    """How many pages a document has, once its first one could be drawn.

    Raises:
        MediaError: as `Pages`.
    """
    pages = Pages(data)
    try:
        pages.render(0, 18)
    finally:
        pages.close()
    return pages.count


def _rows(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """Opaque RGBA without padding at the ends of rows."""
    wide = bitmap.width * 4
    held = memoryview(bitmap.buffer).cast("B")
    if bitmap.n_channels != 4:
        raise refuse("damaged", what="channels")
    rows = bytearray().join(held[row * bitmap.stride : row * bitmap.stride + wide] for row in range(bitmap.height))
    rows[3::4] = b"\xff" * (len(rows) // 4)
    return bytes(rows)
