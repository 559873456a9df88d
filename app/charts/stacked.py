"""Rows of small charts above each other on one time axis: same height, own scales, a heading and a sentence each.

What stands in several rows at one time stands in one vertical line, and the reading line goes through all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.charts import markers as life
from app.charts.frame import (
    Margins,
    axes_in,
    inner_px,
    logical_size,
    month_ticks,
    pt,
    shift,
    span_px,
    text_width,
    time_axis,
    value_words,
    wrap,
)
from app.charts.style import CAPTION_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Transform

    from app.charts.plot import Months
    from app.charts.style import ChartStyle

LEFT_PX: Final = 28.0
RIGHT_PX: Final = 14.0
_TOP_PX: Final = 4.0
_MONTHS_PX: Final = 24.0
_LINE_PX: Final = 16.0
_BELOW_HEAD_PX: Final = 7.0
_BETWEEN_PX: Final = 10.0
_NAME_GAP_PX: Final = 10.0
_LEAST_ROW_PX: Final = 26.0
SLACK_DAYS: Final = 4.0


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a row and its one sentence."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Span:
    """The shared time axis: first and last day (ordinals), its month names, the life markers to draw through it."""

    first: int
    last: int
    months: Months
    markers: tuple[life.Marker, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A strip of the shared axes, `height` logical pixels high, its lower edge `floor` pixels above theirs."""

    axes: Axes
    floor: float
    height: float

    def scaled(self, low: float, high: float) -> Transform:
        """Where days and values are drawn in this row when `low` is its lower edge and `high` its upper one."""
        from matplotlib.transforms import Affine2D

        fit = Affine2D().translate(0.0, -low).scale(1.0, self.height / (high - low)).translate(0.0, self.floor)
        return fit + self.axes.transData


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """`rows` to draw in, from the top, all in the one `axes`: a second one would cost as much as all that is drawn.

    Across, the axes run in days; upwards in logical pixels.
    """

    rows: tuple[Row, ...]
    axes: Axes


def stack(figure: Figure, style: ChartStyle, headings: Sequence[Heading], span: Span, *, legend_px: float) -> Stack:
    """Lay the rows out in a cleared figure. Sentences are left out, all together, where rows would become too low.

    The rows have no scale yet; `legend_px` stays free at the bottom.
    """
    width, height = logical_size(figure)
    inner_w = max(width - LEFT_PX - RIGHT_PX, 1.0)
    seen = tuple(sorted((m for m in span.markers if span.first <= m.day <= span.last), key=lambda marker: marker.day))
    placed = _placed(seen, span, inner_w)
    top = _TOP_PX + life.ROW_PX * (max((where.row for where in placed), default=-1) + 1)
    bottom = _MONTHS_PX + legend_px
    each = (height - top - bottom + _BETWEEN_PX) / len(headings)
    lines = _head_lines(headings, inner_w, each)
    head = _LINE_PX * max(len(texts) for texts in lines) + _BELOW_HEAD_PX
    axes = axes_in(figure, Margins(LEFT_PX, RIGHT_PX, top, bottom))
    inner_h = inner_px(figure, axes)[1]
    axes.set_ylim(0.0, inner_h)
    ticks = month_ticks(span.first, span.last, span_px(inner_w, span.first, span.last, SLACK_DAYS), span.months)
    time_axis(axes, style, (span.first, span.last), ticks, slack=SLACK_DAYS)
    life.draw(axes, seen, placed, style, inner_h)
    high = max(each - head - _BETWEEN_PX, 1.0)
    rows = tuple(Row(axes, inner_h - each * (place + 1) + _BETWEEN_PX, high) for place in range(len(lines)))
    for row, one, texts in zip(rows, headings, lines, strict=True):
        _head(row, style, one.name, texts, head)
    return Stack(rows, axes)


def scale(row: Row, style: ChartStyle, top: float, *, below: float = 0.03) -> Transform:
    """A fixed scale from 0 to `top` with three hairlines; returns where to draw.

    `below` is the share of the scale that stays free under 0.
    """
    low, high = -top * below, top * 1.03
    for tick in (0.0, top / 2, top):
        colour = style.axis if tick == 0 else style.grid
        level = row.floor + (tick - low) / (high - low) * row.height
        row.axes.axhline(level, color=colour, linewidth=pt(1), alpha=0.55 if tick == 0 else 1.0, zorder=0)
        if tick in (0.0, top):
            value_words(row.axes, style, [(level, f"{tick:g}")])
    return row.scaled(low, high)


def hollow(row: Row, style: ChartStyle, reason: str, room_px: float) -> None:
    """The not-enough-yet form of one row: a dashed outline and the reason."""
    from matplotlib.patches import Rectangle

    across = row.axes.get_yaxis_transform()
    row.axes.add_patch(
        Rectangle(
            (0.0, row.floor), 1.0, row.height, transform=across, facecolor="none", edgecolor=style.missing,
            linewidth=pt(1.2), linestyle=(0, (3, 2.5)), clip_on=False,
        )
    )  # fmt: skip
    row.axes.text(
        0.0, row.floor + row.height / 2, "\n".join(wrap(reason, room_px - 20)),
        transform=across + shift(row.axes, 10.0, 0.0), color=style.text, fontsize=pt(CAPTION_PX), va="center",
        ha="left",
    )  # fmt: skip


def _placed(seen: Sequence[life.Marker], span: Span, inner_w: float) -> tuple[life.Placed, ...]:
    days = max(span.last - span.first, 1) + 2 * SLACK_DAYS
    xs = [(marker.day - span.first + SLACK_DAYS) / days * inner_w for marker in seen]
    return life.place(xs, [marker.text for marker in seen], inner_w, RIGHT_PX)


def _head_lines(headings: Sequence[Heading], room_px: float, each_px: float) -> list[tuple[str, ...]]:
    """The lines of each sentence; the first one stands behind the name if every sentence fits there."""
    beside = all(text_width(one.name) * 1.06 + _NAME_GAP_PX + text_width(one.sentence) <= room_px for one in headings)
    lines = [(one.sentence,) if beside else ("", *wrap(one.sentence, room_px)) for one in headings]
    head = _LINE_PX * max(len(texts) for texts in lines) + _BELOW_HEAD_PX
    if each_px - head - _BETWEEN_PX < _LEAST_ROW_PX:
        return [("",) for _ in headings]
    return lines


def _head(row: Row, style: ChartStyle, name: str, lines: Sequence[str], head_px: float) -> None:
    """The name in semibold and the sentence, above the row."""
    axes, level = row.axes, row.floor + row.height + head_px - _LINE_PX / 2
    across = axes.get_yaxis_transform()
    behind = {"facecolor": style.ground, "edgecolor": "none", "pad": pt(1.5)}  # hides the lines of life markers
    axes.text(
        0.0, level, name, transform=across + shift(axes, 4 - LEFT_PX, 0.0), color=style.ink, fontsize=pt(CAPTION_PX),
        fontweight=600, va="center_baseline", bbox=behind, zorder=6,
    )  # fmt: skip
    beside = text_width(name) * 1.06 + _NAME_GAP_PX
    for number, words in enumerate(lines):
        if words:
            place = across + shift(axes, 4 - LEFT_PX + (0.0 if number else beside), -_LINE_PX * number)
            axes.text(
                0.0, level, words, transform=place, color=style.text, fontsize=pt(CAPTION_PX), va="center_baseline",
                bbox=behind, zorder=6,
            )  # fmt: skip
