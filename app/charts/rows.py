"""Charts of rows: a name on the left, marks along the row, a few words on the right, and a key of forms below.

Their axes count in cells, `CELL_PX` wide and one row high, so that the reading line finds the mark nearest in both
directions.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import nan
from typing import TYPE_CHECKING, Final

from app.charts import shapes
from app.charts.frame import Margins, axes_in, elide, inner_px, logical_size, pt, shift, text_width, wrap
from app.charts.page import Page
from app.charts.style import CAPTION_PX, SMALL_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from app.charts.shapes import Shape
    from app.charts.style import ChartStyle

CELL_PX: Final = 14.0
ROW_PX: Final = 40.0
TOP_PX: Final = 4.0
KEY_PX: Final = 20.0
OUTLINE_PX: Final = 18.0
_GAP_PX: Final = 12.0
_LINE_PX: Final = 15.0
_WIDEST_NAME_PX, _NAME_SHARE = 210.0, 0.28


def name_px(width_px: float, names: Sequence[str]) -> float:
    """How wide the column of names is: as wide as the widest one, within a share of the chart."""
    widest = max((text_width(name) for name in names), default=0.0)
    return min(widest, _WIDEST_NAME_PX, width_px * _NAME_SHARE) + _GAP_PX


def key_lines(width_px: float, keys: Sequence[tuple[Shape, str]]) -> int:
    """How many lines the key takes."""
    return len(_key_rows(width_px, keys))


def cells(figure: Figure, rows: int, margins: Margins) -> Axes:
    """Axes whose unit is one cell across and one row down; row 0 is on top."""
    axes = axes_in(figure, margins)
    inner_w, _ = inner_px(figure, axes)
    axes.set_xlim(0, inner_w / CELL_PX)
    axes.set_ylim(max(rows, 1) - 0.5, -0.5)
    return axes


def names(axes: Axes, style: ChartStyle, texts: Sequence[str], room_px: float) -> None:
    """Each row's name left of it, in up to two lines."""
    beside = axes.get_yaxis_transform() + shift(axes, -room_px, 0.0)
    for row, text in enumerate(texts):
        axes.text(
            0.0, row, two_lines(text, room_px - _GAP_PX), transform=beside, ha="left", va="center", color=style.ink,
            fontsize=pt(CAPTION_PX), linespacing=1.2,
        )  # fmt: skip


def two_lines(text: str, room_px: float) -> str:
    """The text in one line or two, the rest cut off."""
    lines = wrap(text, room_px)
    shown = [lines[0], " ".join(lines[1:])] if len(lines) > 1 else list(lines)
    return "\n".join(elide(line, room_px) for line in shown)


def asides(axes: Axes, style: ChartStyle, texts: Sequence[tuple[str, str]], offset_px: float = _GAP_PX) -> None:
    """Two lines right of each row: the figure, and smaller what belongs to it."""
    for row, (first, second) in enumerate(texts):
        up_px = _LINE_PX / 2 if second else 0.0
        beside = axes.get_yaxis_transform() + shift(axes, offset_px, up_px)
        axes.text(1.0, row, first, transform=beside, ha="left", va="center", color=style.ink, fontsize=pt(CAPTION_PX))
        if second:
            below = axes.get_yaxis_transform() + shift(axes, offset_px, -_LINE_PX / 2)
            axes.text(
                1.0, row, second, transform=below, ha="left", va="center", color=style.text, fontsize=pt(SMALL_PX)
            )


def aside_px(texts: Sequence[tuple[str, str]]) -> float:
    """How wide those words are, with the space before them."""
    firsts = [text_width(first) for first, _ in texts]
    seconds = [text_width(second, SMALL_PX) for _, second in texts]
    return max([*firsts, *seconds], default=0.0) + _GAP_PX + 4.0


def baselines(axes: Axes, style: ChartStyle, rows: int) -> None:
    """A hairline along each row."""
    strokes(axes, [(*axes.get_xlim(), float(row)) for row in range(rows)], style.grid, 1.0, zorder=0)


def strokes(
    axes: Axes, parts: Sequence[tuple[float, float, float]], colour: str, width_px: float, zorder: float = 1
) -> None:
    """Level strokes (from, to, height) in data coordinates as one artist, with flat ends."""
    from matplotlib.lines import Line2D

    xs = [x for begin, end, _ in parts for x in (begin, end, nan)]
    ys = [y for _, _, height in parts for y in (height, height, nan)]
    line = Line2D(
        xs, ys, color=colour, linewidth=pt(width_px), solid_capstyle="butt", zorder=zorder, clip_on=False,
        transform=axes.transData,
    )  # fmt: skip
    axes.add_artist(line)


def key(figure: Figure, axes: Axes, style: ChartStyle, keys: Sequence[tuple[Shape, str]]) -> None:
    """The forms that occur with their words along the foot of the figure, in as many lines as they take."""
    width, _ = logical_size(figure)
    page = Page(figure, style)
    for line, places in enumerate(reversed(_key_rows(width, keys))):
        y = KEY_PX * line + KEY_PX / 2
        for x, shape, words in places:
            shapes.draw(axes, [x + 6.0], [y], shape, style, 8.0, places=page.transform)
            page.text(x + 16.0, y, words)


def _key_rows(width_px: float, keys: Sequence[tuple[Shape, str]]) -> list[list[tuple[float, Shape, str]]]:
    lines: list[list[tuple[float, Shape, str]]] = []
    x = width_px
    for shape, words in keys:
        needed = 16.0 + text_width(words)
        if not lines or x + needed > width_px:
            lines.append([])
            x = 0.0
        lines[-1].append((x, shape, words))
        x += needed + 18.0
    return lines
