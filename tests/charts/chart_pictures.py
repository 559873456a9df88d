"""Hand-made data of the comparing charts: lately and before, four panels, the three answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.charts import are, lately, panels
from app.charts.markers import Marker
from app.charts.plot import Floats, Ints, Plot
from app.charts.stacked import Heading
from tests.charts.builders import CAPTION, LAST, MONTHS

NAN = float("nan")
MARKERS = (Marker(LAST - 120, "first holidays since"), Marker(LAST - 40, "agreement renewed"))
RECENT = (5.0, 5.4, NAN, 5.6)
EARLIER = (4.1, 3.9, 4.6, 4.0, 4.4, NAN, NAN, 4.9, 4.3, 4.5, 4.0, 4.6)


def mondays(count: int) -> Ints:
    """`count` weeks, the last one is the week of LAST."""
    last = LAST - (LAST - 1) % 7
    return np.arange(last - 7 * (count - 1), last + 1, 7, dtype=np.int64)


def lately_data() -> lately.LatelyData:
    return lately.LatelyData(
        mondays(16), np.array(EARLIER + RECENT), before=4.3, now=5.3, change=0.95, low=0.4, high=1.4
    )


LATELY_LABELS = lately.LatelyLabels(
    before=("twelve weeks before", "10 of 12 usable"),
    between=("difference", "+0.9 (+0.4 to +1.4)"),
    now=("last four weeks", "3 of 4 usable"),
    middles=("4.3", "5.3"),
    columns=("Week of", "Part", "Value"),
)


def lately_plot() -> Plot:
    return lately.plot(lately_data(), LATELY_LABELS, CAPTION)


def curve(count: int, low: float, high: float, swing: float) -> Floats:
    """A slow rise with a swing in it."""
    at = np.arange(count)
    return np.asarray(low + (high - low) * at / max(count - 1, 1) + swing * np.sin(at * 1.7))


def panels_data(count: int = 26) -> panels.PanelsData:
    safety, index = curve(count, 4, 6.5, 0.6), curve(count, 3.5, 6, 0.8)
    trust, load = curve(count, 3, 5, 0.5), curve(count, 3, 1.5, 0.4)
    safety[9:11] = trust[9:11] = index[9:11] = load[9:11] = NAN
    index[14] = index[16] = NAN
    return panels.PanelsData(mondays(count), (safety, index, trust, load), (10.0, 10.0, 10.0, 4.0), MARKERS)


def panels_labels(*levels: str) -> panels.PanelsLabels:
    names = ("Felt safety", "The three answers", "Trust", "From outside")
    said = levels or tuple(f"Typically {level}, from 23 weeks." for level in "5542")
    headings = tuple(Heading(name, words) for name, words in zip(names, said, strict=True))
    empty = "Answer the full form on a few days to start this row."
    return panels.PanelsLabels(MONTHS, headings, empty, ("Week of", *names))


def panels_plot() -> Plot:
    return panels.plot(panels_data(), panels_labels(), CAPTION)


def panels_part_plot() -> Plot:
    """Only the quick form was used: two of four have values."""
    data = panels_data()
    none = np.full(data.weeks.size, NAN)
    part = panels.PanelsData(data.weeks, (data.series[0], none, data.series[2], none), data.tops)
    said = "Typically 5, from 23 weeks."
    return panels.plot(part, panels_labels(said, "", said, ""), CAPTION)


def are_row(means: Floats, *, gaps: tuple[int, ...], lane: tuple[int, ...]) -> are.AreRow:
    means = np.clip(means, 0, 4)
    means[[*gaps, *lane]] = NAN
    spread = 0.4 + 0.3 * np.cos(np.arange(means.size))
    flags = np.isin(np.arange(means.size), lane)
    return are.AreRow(means, np.clip(means - spread, 0, 4), np.clip(means + spread, 0, 4), flags)


def are_data(count: int = 26) -> are.AreData:
    rows = (
        are_row(curve(count, 1.6, 3.4, 0.3), gaps=(9, 10), lane=(4,)),
        are_row(curve(count, 0.6, 2.4, 0.3), gaps=(9,), lane=(3, 10, 17, 18)),
        are_row(curve(count, 2.6, 2.7, 0.4), gaps=(9, 10, 20), lane=()),
    )
    return are.AreData(mondays(count), rows, MARKERS)


ARE_LABELS = are.AreLabels(
    months=MONTHS,
    headings=(
        Heading("Reachable", "2.5 on average; “no occasion” in 1 week."),
        Heading("Answered", "1.5 on average; “no occasion” in 4 weeks."),
        Heading("In it together", "2.6 on average."),
    ),
    empty="Rate any of the three to start its row.",
    week="a week",
    range="its lowest to its highest day",
    lane="no occasion",
    columns=("Week of", "Answer", "Value", "Lowest day", "Highest day"),
)


def are_plot() -> Plot:
    return are.plot(are_data(), ARE_LABELS, CAPTION)


def are_part_plot() -> Plot:
    """One row was never answered, another only with "no occasion"."""
    data = are_data()
    none = np.full(data.weeks.size, NAN)
    never = are.AreRow(none, none, none, np.zeros(data.weeks.size, dtype=np.bool_))
    lane = are.AreRow(none, none, none, np.isin(np.arange(data.weeks.size), (2, 3, 9, 20)))
    first, second, third = ARE_LABELS.headings
    headings = (first, replace(second, sentence="“No occasion” in 4 weeks."), replace(third, sentence=""))
    labels = replace(ARE_LABELS, headings=headings)
    return are.plot(are.AreData(data.weeks, (data.rows[0], lane, never)), labels, CAPTION)
