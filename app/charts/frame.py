"""The parts all charts share: axes placed by pixel margins, fixed scales, month names, broken lines, label places.

Lengths are logical pixels at 100 % text. A figure's dpi carries the text scale, so points follow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from app.charts.plot import Floats, Months, Tick
from app.charts.style import BASE_DPI, CAPTION_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text
    from matplotlib.transforms import Transform

    from app.charts.style import ChartStyle

DASH_GUIDE = (0, (3.0, 2.5))
DOTS = (0, (1.2, 2.4))
FULL_SCALE = (-0.3, 10.3)
ELLIPSIS = "\u2026"
TICK_GAP_PX = 7.0
SHORT_SPAN_DAYS = 45
LONG_SPAN_MONTHS = 26


@dataclass(frozen=True, slots=True)
class Margins:
    """Space around the plotting area, in logical pixels."""

    left: float
    right: float
    top: float
    bottom: float


def pt(px: float) -> float:
    """Logical pixels as points, the unit matplotlib draws in."""
    return px * 72.0 / BASE_DPI


def logical_size(figure: Figure) -> tuple[float, float]:
    """Width and height of a figure in logical pixels, whatever the text scale and the screen's pixel ratio."""
    width_in, height_in = figure.get_size_inches()
    return float(width_in) * BASE_DPI, float(height_in) * BASE_DPI


def clear(figure: Figure, style: ChartStyle) -> None:
    """Empty a reused figure and give it the card's colour."""
    figure.clear()
    figure.set_facecolor(style.ground)


def axes_in(figure: Figure, margins: Margins) -> Axes:
    """Bare axes inside the margins: no frame, transparent ground, and no ticks of their own, which cost a
    millisecond each; `value_axis` and `time_axis` write the few words instead. A tiny figure still gets 1 px.
    """
    width, height = logical_size(figure)
    inner_w = max(width - margins.left - margins.right, 1.0)
    inner_h = max(height - margins.top - margins.bottom, 1.0)
    axes = figure.add_axes((margins.left / width, margins.bottom / height, inner_w / width, inner_h / height))
    axes.set_facecolor("none")
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.xaxis.set_visible(False)
    axes.yaxis.set_visible(False)
    axes.set_autoscale_on(False)
    return axes


def inner_px(figure: Figure, axes: Axes) -> tuple[float, float]:
    """Width and height of the plotting area in logical pixels."""
    width, height = logical_size(figure)
    box = axes.get_position()
    return width * float(box.width), height * float(box.height)


def value_axis(axes: Axes, style: ChartStyle, limits: tuple[float, float], ticks: Sequence[float]) -> None:
    """A fixed scale with hairlines at its ticks; the lowest one is the axis and a little stronger."""
    axes.set_ylim(*limits)
    lowest = min(ticks)
    for tick in ticks:
        colour = style.axis if tick == lowest else style.grid
        axes.axhline(tick, color=colour, linewidth=pt(1), alpha=0.55 if tick == lowest else 1.0, zorder=0)
    value_words(axes, style, [(tick, f"{tick:g}") for tick in ticks])


def value_words(axes: Axes, style: ChartStyle, words: Iterable[tuple[float, str]]) -> None:
    """Words beside the vertical axis, each at its value."""
    beside = axes.get_yaxis_transform() + shift(axes, -TICK_GAP_PX, 0.0)
    for value, text in words:
        axes.text(
            0.0, value, text, transform=beside, ha="right", va="center_baseline", color=style.text,
            fontsize=pt(CAPTION_PX),
        )  # fmt: skip


def shift(axes: Axes, right_px: float, up_px: float) -> Transform:
    """A move by logical pixels, to be added to any transform of `axes`."""
    from matplotlib.transforms import ScaledTranslation

    return ScaledTranslation(right_px / BASE_DPI, up_px / BASE_DPI, axes.figure.dpi_scale_trans)


@lru_cache(maxsize=2048)
def text_width(text: str, size_px: float = CAPTION_PX) -> float:
    """Width of a line of chart text in logical pixels, measured with the chart font."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    font = get_font(findfont(FontProperties()))
    font.set_size(size_px * 0.75, BASE_DPI)
    total = 0.0
    known = font.get_charmap()
    for char in text:
        if ord(char) in known:
            total += font.load_char(ord(char)).linearHoriAdvance / 65536.0
        else:
            total += size_px * 0.6
    return total


def elide(text: str, room_px: float, size_px: float = CAPTION_PX) -> str:
    """The text, or as much of its beginning as fits with an ellipsis; empty when not even three letters would."""
    if text_width(text, size_px) <= room_px:
        return text
    for length in range(len(text) - 1, 2, -1):
        shorter = text[:length].rstrip() + ELLIPSIS
        if text_width(shorter, size_px) <= room_px:
            return shorter
    return ""


def wrap(text: str, room_px: float, size_px: float = CAPTION_PX) -> tuple[str, ...]:
    """The text in lines no wider than the room, broken at spaces; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size_px) <= room_px:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def runs(days: Floats, values: Floats, widest: float = 1.0) -> tuple[slice, ...]:
    """Index ranges of unbroken stretches: finite values no more than `widest` apart on the time axis."""
    good = np.flatnonzero(np.isfinite(values))
    if not good.size:
        return ()
    torn = np.flatnonzero((np.diff(good) > 1) | (np.diff(days[good]) > widest)) + 1
    return tuple(slice(int(part[0]), int(part[-1]) + 1) for part in np.split(good, torn))


def bridges(days: Floats, values: Floats, stretches: Sequence[slice]) -> tuple[Floats, Floats]:
    """One dotted path over all gaps between stretches, NaN between its pieces."""
    xs: list[float] = []
    ys: list[float] = []
    for before, after in pairwise(stretches):
        xs += [float(days[before.stop - 1]), float(days[after.start]), np.nan]
        ys += [float(values[before.stop - 1]), float(values[after.start]), np.nan]
    return np.array(xs), np.array(ys)


def joined(parts: Sequence[Floats]) -> Floats:
    """Several stretches as one path with a break between: one artist instead of many."""
    pieces: list[Floats] = []
    for part in parts:
        pieces += [part, np.array([np.nan])]
    return np.concatenate(pieces) if pieces else np.array([])


def month_starts(first_day: int, last_day: int) -> Iterator[date]:
    """The first day of every month that touches the span, including the month the span begins in."""
    day = date.fromordinal(first_day).replace(day=1)
    while day.toordinal() <= last_day:
        yield day
        day = (day + timedelta(days=32)).replace(day=1)


def span_px(width_px: float, first_day: int, last_day: int, slack: float) -> float:
    """How wide the days themselves are drawn when `slack` days stay free at both ends of the axis."""
    span = max(last_day - first_day, 1)
    return width_px * span / (span + 2 * slack)


def month_ticks(
    first_day: int, last_day: int, width_px: float, months: Months, *, long: bool = True, year: bool = True
) -> list[Tick]:
    """Names along a time axis: Mondays up to six weeks, months at their middle up to two years, then years alone.

    Months are thinned until they fit. With `year`, the year is written with the first January in sight.
    """
    span = max(last_day - first_day, 1)
    if span <= SHORT_SPAN_DAYS:
        return _week_ticks(first_day, last_day, width_px, months)
    starts = list(month_starts(first_day, last_day))
    if len(starts) > LONG_SPAN_MONTHS:
        return _year_ticks(first_day, last_day, width_px)
    year_at = next((i for i, day in enumerate(starts) if day.month == 1), -1) if year else -1
    names = [months.named(day, long=long, year=i == year_at) for i, day in enumerate(starts)]
    widest = max(text_width(name) for name in names) + 10
    month_px = width_px / max(span / 30.44, 1.0)
    if long and widest > month_px:
        return month_ticks(first_day, last_day, width_px, months, long=False, year=year)
    every = max(1, int(np.ceil(widest / month_px)))
    ticks: list[Tick] = []
    for i, (start, name) in enumerate(zip(starts, names, strict=True)):
        begin = max(start.toordinal(), first_day)
        end = min((start + timedelta(days=32)).replace(day=1).toordinal() - 1, last_day)
        if every == 1:
            fits = (end - begin + 1) / span * width_px >= text_width(name) + 4
        else:
            fits = (i - max(year_at, 0)) % every == 0 and _inside(begin, first_day, last_day, width_px, name)
        if fits:
            ticks.append(Tick((begin + end) / 2, name))
    return ticks


def _week_ticks(first_day: int, last_day: int, width_px: float, months: Months) -> list[Tick]:
    """Mondays, with the month where it is new; every other one when they would touch."""
    first_monday = first_day + (1 - first_day) % 7
    mondays = [date.fromordinal(day) for day in range(first_monday, last_day + 1, 7) or (first_day,)]
    names = [
        months.with_day.format(day=day.day, month=months.short[day.month - 1])
        if i == 0 or day.day <= 7 or len(mondays) < 3
        else str(day.day)
        for i, day in enumerate(mondays)
    ]
    px_per_day = width_px / max(last_day - first_day, 1)
    ticks: list[Tick] = []
    free_from = -24.0
    for day, name in zip(mondays, names, strict=True):
        x, half = (day.toordinal() - first_day) * px_per_day, text_width(name) / 2
        if x - half >= free_from and x + half <= width_px + 24:
            ticks.append(Tick(day.toordinal(), name))
            free_from = x + half + 8
    return ticks


def _inside(day: float, first_day: int, last_day: int, width_px: float, text: str) -> bool:
    """Whether a centred label at `day` stays within the axis, give or take a few pixels."""
    px_per_day = width_px / max(last_day - first_day, 1)
    half = text_width(text) / 2 - 15 * px_per_day - 8
    return (day - first_day) * px_per_day >= half and (last_day - day) * px_per_day >= half


def _year_ticks(first_day: int, last_day: int, width_px: float) -> list[Tick]:
    px_per_day = width_px / max(last_day - first_day, 1)
    ticks = []
    for year in range(date.fromordinal(first_day).year, date.fromordinal(last_day).year + 1):
        begin = max(date(year, 1, 1).toordinal(), first_day)
        end = min(date(year, 12, 31).toordinal(), last_day)
        if (end - begin) * px_per_day > text_width(str(year)):
            ticks.append(Tick((begin + end) / 2, str(year)))
    return ticks


def time_axis(
    axes: Axes, style: ChartStyle, span: tuple[int, int], ticks: Sequence[Tick], *, slack: float = 0.0,
    below_px: float = TICK_GAP_PX,
) -> None:  # fmt: skip
    """A linear axis of day ordinals with ready-made words `below_px` under it: cheaper than date locators and in any
    language. `slack` days stay free at both ends.
    """
    first, last = span
    axes.set_xlim(first - slack, max(last, first + 1) + slack)
    time_words(axes, style, ticks, below_px)


def time_words(axes: Axes, style: ChartStyle, ticks: Sequence[Tick], below_px: float = TICK_GAP_PX) -> list[Text]:
    """Words under the horizontal axis, each centred on its place."""
    below = axes.get_xaxis_transform() + shift(axes, 0.0, -below_px)
    return [
        axes.text(
            tick.day, 0.0, tick.text, transform=below, ha="center", va="top", color=style.text, fontsize=pt(CAPTION_PX)
        )
        for tick in ticks
    ]
