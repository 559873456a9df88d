"""Charts with real-looking data for tests, and a look at what was drawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from app.charts import empty, fortnight, linked, panel_lines, panel_settling, panel_tally, trail, triggers, year
from app.charts.markers import Marker
from app.charts.plot import Caption, Months, Plot, Reading, Tick
from app.charts.style import ChartStyle, load_style, new_figure

MONTHS = Months(
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"),
)  # fmt: skip
CAPTION = Caption("Felt safety", "A typical day is 6.", lambda index: f"stop {index}")
LAST = date(2026, 5, 14).toordinal()
MARKERS = ((37, "first holidays since"), (86, "a setback"), (114, "agreement renewed"), (155, "a new moment"))


def trail_data(days: int = 182, markers: tuple[tuple[int, str], ...] = MARKERS, seed: int = 1) -> trail.TrailData:
    """Felt safety over `days` days with two weeks blank; markers as (days from the start, words)."""
    rng = np.random.default_rng(seed)
    first = LAST - days + 1
    every = np.arange(first, LAST + 1)
    written = rng.random(days) < 0.65
    written[min(60, days // 3) : min(75, days // 2)] = False
    entry_days = every[written]
    values = np.clip(np.round(5 + np.sin(entry_days / 25) + rng.normal(0, 1.5, entry_days.size)), 0, 10)
    line = 5 + np.sin(every / 25)
    line[:20] = np.nan
    line[min(66, days // 2) : min(82, days // 2 + 8)] = np.nan
    mondays = np.arange(first - (first - 1) % 7, LAST + 1, 7)
    counts = np.array([np.unique(entry_days[(entry_days >= m) & (entry_days < m + 7)]).size for m in mondays])
    return trail.TrailData(
        first, LAST, entry_days, values, rng.random(entry_days.size) < 0.06, every, line, line - 1, line + 1, mondays,
        counts, tuple(Marker(first + at, words) for at, words in markers),
    )  # fmt: skip


TRAIL_LABELS = trail.TrailLabels(
    MONTHS, "typical\n6", "28-day typical", "middle half of days", "a day", "looking back", "event you marked",
    "days written a week", ("Day", "Felt safety", "Typical", "From", "To"),
)  # fmt: skip


def trail_plot(days: int = 182, markers: tuple[tuple[int, str], ...] = MARKERS, seed: int = 1) -> Plot:
    return trail.plot(trail_data(days, markers, seed), TRAIL_LABELS, CAPTION)


def fortnight_plot() -> Plot:
    values = np.array([6, 6, 5, 6, np.nan, 6, 5, 6, 5, 5, 6, 3, 6, 6.0])
    days = np.arange(LAST - 13, LAST + 1)
    ticks = (Tick(LAST - 13, "1 May"), Tick(LAST - 7, "7"), Tick(LAST, "today"))
    return fortnight.plot(
        fortnight.FortnightData(days, values, (5.0, 6.0)), fortnight.FortnightLabels(ticks, ("Day", "Value")), CAPTION
    )


def triggers_plot() -> Plot:
    rng = np.random.default_rng(3)
    days = np.sort(rng.integers(LAST - 180, LAST, 40))
    peak = rng.integers(4, 11, 40).astype(float)
    after = np.where(rng.random(40) < 0.7, np.maximum(peak - rng.integers(1, 5, 40), 0), np.nan)
    labels = triggers.TriggersLabels(
        MONTHS, ("pursue", "withdraw", "defend", "shut down"), "at first", "after", ("Day", "First", "After", "Move")
    )
    data = triggers.TriggersData(LAST - 181, LAST, days, peak, after, rng.integers(0, 4, 40))
    return triggers.plot(data, labels, CAPTION)


def year_plot() -> Plot:
    rng = np.random.default_rng(4)
    values = np.clip(np.round(np.linspace(3.5, 6.5, 365) + rng.normal(0, 1.3, 365)), 0, 10)
    values[rng.random(365) < 0.2] = np.nan
    labels = year.YearLabels(MONTHS, ("M", "", "W", "", "F", "", ""), ("Day", "Value"))
    return year.plot(year.YearData(LAST - 364, values, LAST), labels, CAPTION)


def linked_plot() -> Plot:
    months = np.array([date(2025 + (m + 5) // 12, (m + 5) % 12 + 1, 1).toordinal() for m in range(12)])
    data = linked.LinkedData(months, np.array([0, 6, 5, 7, 4, 4, 3, 4, 2, 2, 3, 1]), months[[4, 8, 10, 11]] + 3)
    return linked.plot(data, linked.LinkedLabels(MONTHS, ("Month", "Triggers", "New moments")), CAPTION)


def weeks() -> np.ndarray:
    first = LAST - 181 - (LAST - 182) % 7
    return np.arange(first, LAST, 7)


def tally_plot() -> Plot:
    size = weeks().size
    counts = np.linspace(12, 1, size).astype(int)
    data = panel_tally.TallyData(weeks(), counts, np.linspace(7.5, 5, size), (7.5, 5.0))
    return panel_tally.plot(data, panel_tally.TallyLabels(MONTHS, ("Week", "Count", "Strength")), CAPTION)


def lines_plot() -> Plot:
    size = weeks().size
    answer = np.linspace(0.6, 2.7, size)
    answer[10:12] = np.nan
    data = panel_lines.LinesData(weeks(), (np.linspace(1.6, 3.4, size), answer, np.full(size, 2.6)), 4.0)
    labels = panel_lines.LinesLabels(MONTHS, ("reach", "answer", "together"), ("Week", "Reach", "Answer", "Together"))
    return panel_lines.plot(data, labels, CAPTION)


def settling_plot() -> Plot:
    rng = np.random.default_rng(5)
    days = np.sort(rng.integers(LAST - 170, LAST, 18))
    going = np.zeros(18, dtype=bool)
    going[[3, 12]] = True
    blocks = np.arange(LAST - 170, LAST, 28)
    medians = np.array([180.0, 120.0, 90.0, np.nan, 60.0, 45.0, 40.0])[: blocks.size]
    data = panel_settling.SettlingData(days, np.exp(rng.normal(4, 1, 18)), going, blocks, medians)
    ticks = ("5 min", "15 min", "1 h", "4 h", "1 day")
    return panel_settling.plot(
        data, panel_settling.SettlingLabels(MONTHS, ticks, "still going", ("Day", "Minutes")), CAPTION
    )


def empty_plot() -> Plot:
    return empty.plot("Not enough yet. Three logs have an after; five make a picture.", "Time to settle")


CHARTS: dict[str, tuple[Callable[[], Plot], tuple[int, int]]] = {
    "trail": (trail_plot, (1006, 238)),
    "fortnight": (fortnight_plot, (336, 150)),
    "triggers": (triggers_plot, (700, 210)),
    "year": (year_plot, (830, 160)),
    "linked": (linked_plot, (262, 92)),
    "tally": (tally_plot, (178, 100)),
    "lines": (lines_plot, (178, 100)),
    "settling": (settling_plot, (178, 110)),
    "empty": (empty_plot, (198, 190)),
}


def drawn(
    plot: Plot, width_px: float, height_px: float, style: ChartStyle | None = None
) -> tuple[Figure, Reading | None]:
    """The chart on a fresh figure, really drawn."""
    style = style or load_style()
    figure = new_figure(width_px, height_px, style)
    canvas = FigureCanvasAgg(figure)
    reading = plot.build(figure, style)
    canvas.draw()
    return figure, reading


def boxes(figure: Figure) -> dict[str, Bbox]:
    """The place of every text that was drawn, by its words (numbered, because words repeat)."""
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    found: dict[str, Bbox] = {}
    for text in figure.findobj(Text):
        if text.get_text() and text.get_visible():
            found[f"{len(found)} {text.get_text()}"] = Text.get_window_extent(text, renderer)
    return found


def overlapping(figure: Figure, slack_px: float = 1.0) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes touch by more than `slack_px`."""
    places = list(boxes(figure).items())
    return [
        (one, other)
        for i, (one, a) in enumerate(places)
        for other, b in places[i + 1 :]
        if min(a.x1, b.x1) - max(a.x0, b.x0) > slack_px and min(a.y1, b.y1) - max(a.y0, b.y0) > slack_px
    ]


def outside(figure: Figure, slack_px: float = 1.5) -> list[str]:
    """Texts that leave the figure."""
    width, height = figure.bbox.width, figure.bbox.height
    return [
        words
        for words, box in boxes(figure).items()
        if box.x0 < -slack_px or box.y0 < -slack_px or box.x1 > width + slack_px or box.y1 > height + slack_px
    ]
