"""Repair conversations, one beside the other: how far up its steps each went, and how heard each of two felt.

Equal distances stand for one talk after another, not for equal time; each bears its date. A talk of which the step is
not noted keeps its place with an empty ladder and a bar below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from app.charts import shapes
from app.charts.frame import Margins, axes_in, clear, elide, inner_px, logical_size, pt, shift, text_width, time_words
from app.charts.page import Page
from app.charts.plot import Caption, Floats, Ints, Months, Plot, Reading, Table, Tick
from app.charts.shapes import Shape
from app.charts.style import CAPTION_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from app.charts.style import ChartStyle

STAGES: Final = 7
MOST: Final = 24
"""How many talks are drawn, the newest; the table has all."""
USUAL_HEIGHT_PX: Final = 330.0
_HEARD_TOP: Final = -1.6
_HEARD_BOTTOM: Final = -5.6
"""Where 10 and 0 of the lower scale lie, on the axis whose steps are the stages."""
_FULL: Final = 10.0
_TOP_PX, _DATES_PX, _KEY_PX, _GAP_PX = 10.0, 24.0, 22.0, 12.0
_WIDEST_PLACE_PX: Final = 92.0
_MARK_PX: Final = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class ConversationsData:
    """Talks in time order, at most `MOST`. `days` are ordinals; `reached` 1 to `STAGES`, 0 where it is not noted;
    `mine` and `theirs` how heard each felt, 0 to 10, NaN where that was not said or not kept.
    """

    days: Ints
    reached: Ints
    mine: Floats
    theirs: Floats


@dataclass(frozen=True, slots=True)
class ConversationsLabels:
    """Month names; the stages from the first to the last; what stands where none is noted; the name of the lower scale,
    and whose the two dots are (`theirs` empty for one person); table headings: talk, day, step, heard, heard; the names
    of the talks.
    """

    months: Months
    stages: tuple[str, ...]
    not_noted: str
    heard: str
    mine: str
    theirs: str
    columns: tuple[str, ...]
    names: tuple[str, ...]


def build(figure: Figure, data: ConversationsData, style: ChartStyle, labels: ConversationsLabels) -> Reading:
    """Paint ladders above and felt-heard dots below; stops are the talks."""
    clear(figure, style)
    width, _ = logical_size(figure)
    has_heard = bool((np.isfinite(data.mine) | np.isfinite(data.theirs)).any())
    left = max(text_width(stage) for stage in (*labels.stages, labels.not_noted)) + _GAP_PX
    left = min(max(left, text_width(labels.heard) + _GAP_PX if has_heard else 0.0), width * 0.34)
    count = data.days.size
    right = max(width - left - count * _WIDEST_PLACE_PX, 12.0)
    bottom = _DATES_PX + (_KEY_PX if has_heard else 4.0)
    axes = axes_in(figure, Margins(left, right, _TOP_PX, bottom))
    axes.set_xlim(-0.5, count - 0.5)
    axes.set_ylim(_HEARD_BOTTOM - 0.4 if has_heard else -0.6, STAGES + 0.5)
    unnoted = labels.not_noted if bool((data.reached == 0).any()) else ""
    _stages(axes, style, (unnoted, *labels.stages), left)
    xs = np.arange(count, dtype=np.float64)
    _ladders(axes, data, style, xs)
    if has_heard:
        _heard(axes, data, style, labels.heard, left, xs)
        _key(figure, style, labels, left)
    _dates(figure, axes, data, style, labels)
    return Reading(axes=axes, xs=xs, ys=np.where(data.reached > 0, data.reached, np.nan), step=1, leap=4)


def table(data: ConversationsData, labels: ConversationsLabels) -> Table:
    """One row a talk."""
    found = zip(labels.names, data.days, data.reached, data.mine, data.theirs, strict=True)
    rows = tuple(
        (
            name,
            date.fromordinal(int(day)),
            labels.stages[int(step) - 1] if step else labels.not_noted,
            *(_known(value) for value in ((mine, theirs) if labels.theirs else (mine,))),
        )
        for name, day, step, mine, theirs in found
    )
    return Table(labels.columns, rows)


def plot(data: ConversationsData, labels: ConversationsLabels, caption: Caption) -> Plot:
    """The talks as a chart for a view; readout index i is the i-th talk."""
    return Plot(
        build=lambda figure, style: build(figure, data, style, labels),
        table=partial(table, data, labels),
        caption=caption,
    )


def _known(value: float) -> int | None:
    return round(float(value)) if np.isfinite(value) else None


def _stages(axes: Axes, style: ChartStyle, stages: tuple[str, ...], room_px: float) -> None:
    """The words of the steps beside their rungs, from the bottom up; the first is for talks that note none."""
    beside = axes.get_yaxis_transform() + shift(axes, -_GAP_PX, 0.0)
    for place, words in enumerate(stages):
        axes.text(
            0.0, place, elide(words, room_px - _GAP_PX), transform=beside, ha="right", va="center_baseline",
            color=style.text, fontsize=pt(CAPTION_PX),
        )  # fmt: skip
    axes.hlines(range(1, STAGES + 1), *axes.get_xlim(), colors=style.grid, linewidths=pt(1), zorder=0)


def _ladders(axes: Axes, data: ConversationsData, style: ChartStyle, xs: Floats) -> None:
    """A rail up to the step that was reached with a disc on each, rings above it; a bar where no step is noted."""
    across, up = np.meshgrid(xs, np.arange(1, STAGES + 1, dtype=np.float64))
    done = up <= data.reached
    reached = data.reached > 0
    ahead = ~done & reached
    axes.vlines(xs[reached], 1, data.reached[reached], colors=style.lee, linewidths=pt(2.4), zorder=2)
    axes.plot(across[done], up[done], "o", color=style.lee, markersize=pt(_MARK_PX), markeredgewidth=0, zorder=3)
    axes.plot(
        across[ahead], up[ahead], "o", markerfacecolor=style.ground, markeredgecolor=style.ink3, markersize=pt(5),
        markeredgewidth=pt(1), zorder=3,
    )  # fmt: skip
    if not reached.all():
        shapes.draw(axes, xs[~reached], np.zeros(int((~reached).sum())), Shape.DASH, style)


def _heard(
    axes: Axes, data: ConversationsData, style: ChartStyle, words: str, room_px: float, xs: Floats
) -> None:  # fmt: skip
    """A scale from 0 to 10 with a circle and a square, joined where both are there."""
    beside = axes.get_yaxis_transform() + shift(axes, -_GAP_PX, 0.0)
    for value in (0.0, _FULL / 2, _FULL):
        at = float(_height(value))
        axes.axhline(at, color=style.axis if not value else style.grid, linewidth=pt(1), zorder=0,
                     alpha=0.55 if not value else 1.0)  # fmt: skip
        name = elide(words, room_px - _GAP_PX) if value == _FULL / 2 else f"{value:g}"
        axes.text(0.0, at, name, transform=beside, ha="right", va="center_baseline", color=style.text,
                  fontsize=pt(CAPTION_PX))  # fmt: skip
    mine, theirs = _height(data.mine), _height(data.theirs)
    both = np.isfinite(mine) & np.isfinite(theirs)
    step = np.where(both & (data.mine == data.theirs), 0.1, 0.0)  # equal answers stand side by side
    axes.vlines(xs[both], mine[both], theirs[both], colors=style.axis, linewidths=pt(1.6), zorder=2)
    axes.plot(xs - step, mine, "o", color=style.lee, markersize=pt(_MARK_PX + 1), markeredgewidth=0, zorder=4,
              clip_on=False)  # fmt: skip
    axes.plot(xs + step, theirs, "s", color=style.lamp, markersize=pt(_MARK_PX), markeredgewidth=0, zorder=3,
              clip_on=False)  # fmt: skip


def _height(value: Floats | float) -> Floats:
    """Where a value 0-10 lies on the axis of stages."""
    return np.asarray(_HEARD_BOTTOM + (_HEARD_TOP - _HEARD_BOTTOM) * np.asarray(value, dtype=np.float64) / _FULL)


def _key(figure: Figure, style: ChartStyle, labels: ConversationsLabels, left_px: float) -> None:
    """Whose the two dots are; alone, the name of the scale says it."""
    if not labels.theirs:
        return
    page = Page(figure, style)
    x = left_px
    for mark, colour, words in (("o", style.lee, labels.mine), ("s", style.lamp, labels.theirs)):
        page.mark(x + 5, 10, mark, _MARK_PX, colour)
        page.text(x + 15, 10, words)
        x += 15 + text_width(words) + 18


def _dates(figure: Figure, axes: Axes, data: ConversationsData, style: ChartStyle, labels: ConversationsLabels) -> None:
    """The date under each talk, as many as fit, counted back from the newest."""
    days = [date.fromordinal(int(day)) for day in data.days]
    long_span = bool(days) and (days[-1] - days[0]).days > 330
    names = [
        labels.months.named(day, long=False, year=True)
        if long_span
        else labels.months.with_day.format(day=day.day, month=labels.months.short[day.month - 1])
        for day in days
    ]
    place_px = inner_px(figure, axes)[0] / max(len(days), 1)
    every = max(1, int(np.ceil((max(map(text_width, names), default=1.0) + 10) / place_px)))
    shown = range(len(names) - 1, -1, -every)
    time_words(axes, style, [Tick(float(i), names[i]) for i in shown])
