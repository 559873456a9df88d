"""Hand-made data of the charts of single triggers: blocks of many, cue by response, what helped, settling by weeks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.charts import cues, helped, settling, triggers
from app.charts.markers import Marker
from app.charts.panel_settling import SettlingLabels
from app.charts.plot import Plot
from tests.charts.builders import CAPTION, LAST, MONTHS

MARKERS = (Marker(LAST - 120, "first holidays since"), Marker(LAST - 40, "agreement renewed"))
TRIGGERS_LABELS = triggers.TriggersLabels(
    MONTHS,
    ("moved closer or against", "pulled back", "reached out", "another move, or none noted"),
    "at first",
    "after",
    ("Day", "First", "After", "Move"),
    "one trigger",
)
CUES_LABELS = cues.CuesLabels(
    ("phone or screen", "lateness", "a film, song or story", "tone of voice", "in own words"),
    ("pursued", "withdrew", "reached out", "shut down"),
    "Cue",
)
CUES = cues.CuesData(np.array([[4, 10, 0, 3], [8, 1, 0, 0], [0, 3, 2, 3], [1, 1, 0, 12], [13, 107, 2, 6]]))
HELPED_LABELS = helped.HelpedLabels(
    ("asked for comfort", "told the story", "a walk", "something for my hands"),
    ("n 13", "n 5", "n 7", "n 41"),
    "points lower",
    ("What", "Typical", "From", "To", "Times"),
)
HELPED = helped.HelpedData(
    np.array([4.0, 4.0, 3.0, 0.0]), np.array([4.0, 3.0, 3.0, -1.0]), np.array([5.0, 4.0, 3.5, 1.0]),
    np.array([13, 5, 7, 41]),
)  # fmt: skip
STRIP_LABELS = settling.StripLabels(
    SettlingLabels(MONTHS, ("5 min", "15 min", "1 h", "4 h", "1 d"), "still going", ("Day", "Minutes")),
    "n",
    ("Four weeks from", "Typical", "Settled", "Still going"),
)


def triggers_data(count: int = 40, days: int = 182) -> triggers.TriggersData:
    """Triggers spread evenly, two on every tenth place, three of four with an after."""
    place = np.arange(count)
    at = np.sort(LAST - days + 1 + (place - (place % 10 == 9)) * (days - 1) // max(count - 1, 1))
    peak = 4.0 + place * 3 % 7
    after = np.where(place % 4 == 3, np.nan, np.maximum(peak - 1 - place % 4, 0.0))
    return triggers.TriggersData(
        LAST - days + 1, LAST, at.astype(np.int64), peak, after, (place % 4).astype(np.int64), MARKERS
    )


def blocks_data(count: int = 300, days: int = 182) -> triggers.TriggersData:
    """The same with a mark a week; every fourth week has no after."""
    starts = np.arange(LAST - days + 1, LAST, 7)
    place = np.arange(starts.size)
    after = np.where(place % 4 == 2, np.nan, 3.0 + place % 2)
    blocks = triggers.TriggerBlocks(
        starts, starts + 6, np.full(starts.size, 11), np.full(starts.size, 8), 6.0 + place % 3, after
    )
    return replace(triggers_data(count, days), blocks=blocks)


def strip_data(count: int = 30, days: int = 182) -> settling.StripData:
    """Settled moments of 4 minutes to a day and a half, every ninth still going, in blocks of four weeks."""
    place = np.arange(count)
    at = (LAST - days + 1 + place * (days - 1) // max(count - 1, 1)).astype(np.int64)
    starts = np.arange(LAST + 1 - (days // 28) * 28, LAST, 28)
    starts[0] = LAST - days + 1
    medians = np.where(np.arange(starts.size) % 3 == 1, np.nan, 20.0 + 30.0 * np.arange(starts.size))
    return settling.StripData(
        first_day=LAST - days + 1,
        last_day=LAST,
        days=at,
        minutes=np.round(4.0 * 1.9 ** (place * 3 % 10)),
        still_going=place % 9 == 4,
        starts=starts,
        ends=np.append(starts[1:] - 1, LAST),
        settled=np.full(starts.size, 5),
        going=np.arange(starts.size) % 2,
        medians=medians,
        markers=MARKERS,
    )


def families_plot() -> Plot:
    return triggers.plot(triggers_data(), TRIGGERS_LABELS, CAPTION)


def blocks_plot() -> Plot:
    labels = replace(TRIGGERS_LABELS, peak="typical at first", after="typical after")
    return triggers.plot(blocks_data(), labels, CAPTION)


def cues_plot() -> Plot:
    return cues.plot(CUES, CUES_LABELS, CAPTION)


def helped_plot() -> Plot:
    return helped.plot(HELPED, HELPED_LABELS, CAPTION)


def strip_plot() -> Plot:
    return settling.plot(strip_data(), STRIP_LABELS, CAPTION)
