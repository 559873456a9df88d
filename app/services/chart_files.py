"""One chart as a file of its own: a picture for paper (PNG, SVG) or its numbers (CSV), put where somebody chose."""

from __future__ import annotations

import csv as csv_lines
import datetime as dt
import io
import math
from pathlib import Path
from typing import Final

from app.charts import export
from app.charts.plot import Cell, Plot, Table
from app.charts.style import load_style
from app.data.durable_files import create_file, replace_file
from app.domain.chart_names import Form

WIDTH_PX: Final = 960.0
"""How wide a saved chart is, in logical pixels: what half a page of A4 shows without small print."""
PIXEL_RATIO: Final = 2.0
_DECIMALS: Final = 3


def document(plot: Plot, form: Form, height_px: float) -> bytes:
    """A chart in one of the three forms; pictures are drawn on paper, whatever the theme of the window is."""
    if form is Form.CSV:
        return csv(plot.table())
    style = load_style(ground="paper")
    if form is Form.SVG:
        return export.svg(plot, style, WIDTH_PX, height_px)
    return export.png(plot, style, WIDTH_PX, height_px, pixel_ratio=PIXEL_RATIO)


def csv(table: Table) -> bytes:
    """Rows as RFC 4180 in UTF-8: days as YYYY-MM-DD, numbers with a point, nothing at all where there is nothing."""
    out = io.StringIO()
    lines = csv_lines.writer(out, lineterminator="\r\n")
    lines.writerow(table.columns)
    lines.writerows([_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8")


def save(path: Path, content: bytes) -> None:
    """Put a file where it was asked for; one of that name is replaced, and never half of one is left.

    Raises:
        VaultError: NO_PERMISSION, DISK_FULL, WRITE_FAILED.
    """
    replace_file(path, content)


def save_new(path: Path, content: bytes) -> None:
    """The same, but never over another file.

    Raises:
        VaultError: NO_PERMISSION, DISK_FULL, WRITE_FAILED.
    """
    create_file(path, content)


def _cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case dt.date():
            return cell.isoformat()
        case float():
            return f"{round(cell, _DECIMALS):g}" if math.isfinite(cell) else ""
        case int():
            return str(cell)
    return cell
