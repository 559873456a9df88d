"""Hand-made totals of questionnaires: four bands, a narrow zone between two lines, and close together."""

from __future__ import annotations

import numpy as np

from app.charts import scores
from app.charts.markers import Marker
from app.charts.plot import Plot
from tests.charts.builders import CAPTION, LAST, MONTHS

COLUMNS = ("Day", "Total")
BANDS = ((0.0, "0"), (3.0, "3"), (6.0, "6"), (9.0, "9"), (12.0, "12"))
ZONE = ((0.0, "0"), (32.0, "31\u201333"), (80.0, "80"))
MARKERS = (Marker(LAST - 120, "first holidays since"),)


def made(totals: list[float], highest: float, lines: tuple[float, ...], ticks: tuple[tuple[float, str], ...], *,
         every_days: int = 28, markers: tuple[Marker, ...] = ()) -> Plot:  # fmt: skip
    """Totals every so many days up to the last day, over half a year."""
    days = LAST - every_days * np.arange(len(totals))[::-1]
    data = scores.ScoresData(LAST - 181, LAST, days.astype(np.int64), np.array(totals), highest, lines, markers)
    labels = scores.ScoresLabels(MONTHS, ticks, tuple(f"{total:g}" for total in totals), COLUMNS)
    return scores.plot(data, labels, CAPTION)


def bands_plot() -> Plot:
    """A questionnaire with four bands, and a life marker over it."""
    return made([9, 8, 6, 7, 3, 0], 12.0, (3.0, 6.0, 9.0), BANDS, markers=MARKERS)


def zone_plot() -> Plot:
    """One with a zone of three points between two lines; a total lies on each end of the scale."""
    return made([80, 46, 33, 31, 12, 0], 80.0, (31.0, 33.0), ZONE)


def close_plot() -> Plot:
    """Totals so near to each other that their numbers have no room."""
    return made([9.0, 8.0, 7.5, 7.0], 12.0, (3.0, 6.0, 9.0), BANDS, every_days=2)
