"""Life markers: thin dashed lines with a diamond and a few words on top, placed so that no two labels touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.charts.frame import elide, pt, shift, text_width
from app.charts.style import CAPTION_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from app.charts.style import ChartStyle

ROW_PX = 18.0
TEXT_GAP_PX = 10.0
BETWEEN_PX = 16.0
LEAST_ROOM_PX = 34.0


@dataclass(frozen=True, slots=True)
class Marker:
    """An event the person marked: its day (ordinal) and its words."""

    day: int
    text: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one label goes: its row (0 = top), the text that fits there, and on which side of the diamond."""

    row: int
    text: str
    leftward: bool = False


def place(xs_px: Sequence[float], texts: Sequence[str], width_px: float, right_room_px: float) -> tuple[Placed, ...]:
    """Lay labels out in one row if they fit, else in two staggered rows, shortened to the room that is left.

    `xs_px` are the diamonds' places from the left edge of the plotting area, ascending; `right_room_px` is the
    margin that a label may run into. A label with no room keeps its diamond and loses its text.
    """
    if not xs_px:
        return ()
    edge = width_px + right_room_px
    rows = 1 if _fits_in_one(xs_px, texts, edge) else 2
    placed: list[Placed] = []
    for i, x in enumerate(xs_px):
        following = xs_px[i + rows] - BETWEEN_PX if i + rows < len(xs_px) else edge
        room = min(following, edge) - x - TEXT_GAP_PX
        leftward = False
        wanted = text_width(texts[i])
        if i + rows >= len(xs_px) and wanted > room:
            room_left = x - TEXT_GAP_PX - (_end(xs_px, placed, i - rows) + BETWEEN_PX if i >= rows else 0.0)
            leftward, room = (True, room_left) if room_left > room else (False, room)
        text = elide(texts[i], room) if room >= LEAST_ROOM_PX or wanted <= room else ""
        placed.append(Placed(i % rows, text, leftward))
    return tuple(placed)


def _end(xs_px: Sequence[float], placed: Sequence[Placed], index: int) -> float:
    """Where the label before this one in the same row stops."""
    return xs_px[index] + TEXT_GAP_PX + text_width(placed[index].text)


def _fits_in_one(xs_px: Sequence[float], texts: Sequence[str], edge: float) -> bool:
    ends = [x + TEXT_GAP_PX + text_width(text) for x, text in zip(xs_px, texts, strict=True)]
    return all(end + BETWEEN_PX <= x for end, x in zip(ends, xs_px[1:], strict=False)) and ends[-1] <= edge


def draw(
    axes: Axes, markers: Sequence[Marker], placed: Sequence[Placed], style: ChartStyle, inner_h_px: float,
    at: Sequence[float] | None = None,
) -> None:  # fmt: skip
    """Paint lines, diamonds and words over the plotting area of height `inner_h_px`. `at` are their places across where
    the axis does not count in days.
    """
    if not markers:
        return
    rows = max(where.row for where in placed) + 1
    across = axes.get_xaxis_transform()
    days = [float(marker.day) for marker in markers] if at is None else list(at)
    tops = [1.0 + (10.0 + ROW_PX * (rows - 1 - where.row)) / inner_h_px for where in placed]
    axes.vlines(
        days, 0.0, tops, transform=across, colors=style.plum, linewidths=pt(1.2), linestyles=(0, (2.4, 2.4)),
        clip_on=False, zorder=1.5,
    )  # fmt: skip
    axes.plot(
        days, tops, "D", transform=across, color=style.plum, markersize=pt(6.4), markeredgewidth=0, clip_on=False,
        zorder=5,
    )  # fmt: skip
    behind = {"facecolor": style.ground, "edgecolor": "none", "pad": pt(1.5)}  # hides the lines of the row above
    for day, top, where in zip(days, tops, placed, strict=True):
        if not where.text:
            continue
        side = -TEXT_GAP_PX if where.leftward else TEXT_GAP_PX
        axes.text(
            day, top, where.text, transform=across + shift(axes, side, 0.0), ha="right" if where.leftward else "left",
            va="center_baseline", color=style.text, fontsize=pt(CAPTION_PX), zorder=4,
            bbox=behind if where.row else None,
        )  # fmt: skip
