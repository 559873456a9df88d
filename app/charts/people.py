"""Two people in one chart: the first is a circle with a solid line, the second a square with a dashed one, always.

Points of one place that would cover each other stand side by side, so that neither is hidden by the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from app.charts.frame import elide, inner_px, pt, shift
from app.charts.panel_lines import label_places
from app.charts.style import CAPTION_PX

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from app.charts.plot import Flags, Floats
    from app.charts.style import ChartStyle

SHAPES: Final = ("o", "s")
DASHES: Final = ("-", (0, (4.5, 2.2)))
MARK_PX: Final = 8.0
_STEM_ALPHA: Final = 0.6
_ASIDE_PX: Final = 4.5
_NAME_GAP_PX: Final = 12.0


def touching(axes: Axes, first: Floats, second: Floats) -> Flags:
    """Where both have a value and their marks would cover each other on `axes`."""
    _, high_px = inner_px(axes.figure.get_figure(root=True), axes)
    low, top = axes.get_ylim()
    apart = np.abs(first - second) / (top - low) * high_px
    return np.asarray(np.isfinite(apart) & (apart < MARK_PX), dtype=np.bool_)


def marks(axes: Axes, style: ChartStyle, days: Floats, values: Floats, seat: int, aside: Flags) -> None:
    """One person's marks; those named by `aside` move out of the middle, the first person to the left."""
    known = np.isfinite(values)
    for chosen, move_px in ((known & ~aside, 0.0), (known & aside, _ASIDE_PX * (2 * seat - 1))):
        if chosen.any():
            axes.plot(
                days[chosen], values[chosen], SHAPES[seat], color=style.series[seat], markersize=pt(MARK_PX - seat),
                markeredgewidth=0, transform=axes.transData + shift(axes, move_px, 0.0), zorder=4, clip_on=False,
            )  # fmt: skip


def stems(axes: Axes, style: ChartStyle, days: Floats, first: Floats, second: Floats, width_px: float) -> None:
    """Quiet grey lines between two values of one place, only where both are there."""
    both = np.isfinite(first) & np.isfinite(second)
    axes.vlines(
        days[both], first[both], second[both], colors=style.axis, linewidths=pt(width_px), alpha=_STEM_ALPHA, zorder=2
    )


def names(axes: Axes, style: ChartStyle, words: Sequence[str], values: Sequence[Floats], room_px: float) -> None:
    """Each person's words beside their newest value, moved apart where they would touch; the first one never below
    for being the first.
    """
    seats = [seat for seat in (0, 1) if words[seat] and np.isfinite(values[seat]).any()]
    _, high_px = inner_px(axes.figure.get_figure(root=True), axes)
    low, top = axes.get_ylim()
    newest = [float(values[seat][np.flatnonzero(np.isfinite(values[seat]))[-1]]) for seat in seats]
    wanted = [(value - low) / (top - low) * high_px for value in newest]
    for seat, place_px in zip(seats, label_places(wanted, high_px), strict=True):
        axes.text(
            1.0, place_px / high_px, elide(words[seat], room_px),
            transform=axes.transAxes + shift(axes, _NAME_GAP_PX, 0),
            color=style.series_text[seat], fontsize=pt(CAPTION_PX), va="center_baseline", ha="left", clip_on=False,
        )  # fmt: skip
