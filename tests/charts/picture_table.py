"""Every chart with data made by hand, as the image comparison draws it.

To add a chart: write a function without arguments that returns its `Plot` from fixed numbers (no random generator:
its numbers may change with the library), and add one line to `PICTURES`: name -> (function, width, height in logical
pixels). Then draw the two references, look at them, and commit them with the line:

    LEEWARD_RENEW_IMAGES=1 python -m pytest tests/charts/test_images.py -k <name>

A name may have a state behind a dash ("lately-empty"). A reference is at most 40 kB, so keep the chart small.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.charts import panel_settling, perception, strength, trail, triggers, two_views, year
from app.charts.markers import Marker
from app.charts.plot import Floats, Plot
from tests.charts import builders, chart_pictures, event_pictures, occasion_pictures, score_pictures
from tests.charts.builders import CAPTION, LAST, MONTHS

Picture = tuple[Callable[[], Plot], int, int]


def waves(count: int, step: float = 0.618034) -> Floats:
    """Numbers over 0 … 1 that look irregular and are the same everywhere: multiples of `step` without their wholes."""
    multiples = np.arange(1, count + 1) * step
    return np.asarray(multiples - np.floor(multiples))


def trail_picture() -> Plot:
    """Half a year with a blank fortnight, two life markers and a few entries written looking back."""
    first, days = LAST - 181, np.arange(LAST - 181, LAST + 1)
    line = np.round(5 + np.sin(days / 25.0), 6)
    line[:20] = np.nan
    line[66:82] = np.nan
    written = (waves(days.size) < 0.65) & ~((days >= first + 60) & (days < first + 75))
    entry_days = days[written]
    values = np.clip(np.round(5 + np.sin(entry_days / 25.0) + 4 * (waves(entry_days.size, 0.414214) - 0.5)), 0, 10)
    mondays = np.arange(first - (first - 1) % 7, LAST + 1, 7)
    counts = np.array([((entry_days >= monday) & (entry_days < monday + 7)).sum() for monday in mondays])
    data = trail.TrailData(
        first_day=first,
        last_day=LAST,
        entry_days=entry_days,
        entry_values=values,
        entry_late=np.arange(entry_days.size) % 17 == 5,
        line_days=days,
        line=line,
        band_low=line - 1,
        band_high=line + 1,
        weeks=mondays,
        week_days=counts,
        markers=(Marker(first + 37, "first holidays since"), Marker(first + 114, "agreement renewed")),
        gaps=(trail.Gap(first + 60, first + 74, "nothing written"),),
    )
    return trail.plot(data, builders.TRAIL_LABELS, CAPTION)


def triggers_picture() -> Plot:
    """Thirty triggers of four families; seven of ten have a strength afterwards."""
    days = LAST - 178 + np.arange(30) * 6
    peak = 4 + np.floor(7 * waves(30))
    after = np.where(waves(30, 0.303) < 0.7, np.maximum(peak - 2 - np.floor(3 * waves(30, 0.71)), 0), np.nan)
    labels = triggers.TriggersLabels(
        MONTHS, ("pursue", "withdraw", "defend", "shut down"), "at first", "after", ("Day", "First", "After", "Move")
    )
    family = (np.arange(30) * 7 % 4).astype(np.int64)
    return triggers.plot(triggers.TriggersData(LAST - 181, LAST, days, peak, after, family), labels, CAPTION)


def year_picture() -> Plot:
    """A year that becomes easier, a day in five unwritten."""
    values = np.clip(np.round(np.linspace(2, 8, 365) + 3 * (waves(365) - 0.5)), 0, 10)
    values[waves(365, 0.271) < 0.2] = np.nan
    labels = year.YearLabels(MONTHS, ("M", "", "W", "", "F", "", ""), ("Day", "Value"))
    return year.plot(year.YearData(LAST - 364, values, LAST), labels, CAPTION)


def settling_picture() -> Plot:
    """Eighteen moments, two of them still going, and one block with too few for a median."""
    days = LAST - 170 + np.arange(18) * 9
    going = np.isin(np.arange(18), (3, 12))
    blocks = np.arange(LAST - 170, LAST, 28)
    medians = np.array([180.0, 120.0, 90.0, np.nan, 60.0, 45.0, 40.0])[: blocks.size]
    data = panel_settling.SettlingData(days, np.round(10 * 60 ** waves(18)), going, blocks, medians)
    ticks = ("5 min", "15 min", "1 h", "4 h", "1 day")
    labels = panel_settling.SettlingLabels(MONTHS, ticks, "still going", ("Day", "Minutes"))
    return panel_settling.plot(data, labels, CAPTION)


def strength_picture() -> Plot:
    """A ritual that grows, rests for two weeks, dips and goes on."""
    days = np.arange(LAST - 120, LAST + 1)
    values = 70 * (1 - np.exp(-np.arange(121) / 50.0)) - 10 * (np.arange(121) > 80)
    values[40:54] = values[40]
    labels = strength.StrengthLabels(MONTHS, "now\n54", "away", ("Day", "Strength"))
    return strength.plot(strength.StrengthData(days, values, ((LAST - 80, LAST - 67),)), labels, CAPTION)


def two_views_picture() -> Plot:
    """Twelve weeks of two people: a blank week each, equal points, and one week that was wide apart."""
    monday = LAST - (LAST - 1) % 7
    first = np.array([4, 4.5, 5, np.nan, 5, 5.5, 6, 6, 3.2, 6, 6.3, 6])
    second = np.array([6, 5, 5.1, 5, 6, 6, 6, np.nan, 7, 6.1, 7, 7.0])
    data = two_views.ViewsData(np.arange(monday - 77, monday + 1, 7), first, second, wide=8)
    labels = two_views.ViewsLabels(MONTHS, ("Noa", "Jules"), ("Week of", "Noa", "Jules"))
    return two_views.plot(data, labels, CAPTION)


def perception_picture() -> Plot:
    """Four blocks, the second person's picture of themselves beside how it was felt; two of them nearly alike."""
    monday = LAST - (LAST - 1) % 7
    data = perception.PerceptionData(
        mondays=np.array([monday - 189, monday - 161, monday - 133, monday - 77]),
        weeks=np.array([4, 3, 4, 2]),
        received=np.array([5.0, 5.5, 6.0, 6.4]),
        pictured=np.array([7.0, 7.0, 6.1, 6.3]),
        seat=1,
    )
    columns = ("From", "Weeks", "As felt", "As pictured")
    return perception.plot(
        data, perception.PerceptionLabels(MONTHS, "felt by Noa", "pictured by Jules", columns), CAPTION
    )


PICTURES: dict[str, Picture] = {
    "trail": (trail_picture, 860, 238),
    "fortnight": (builders.fortnight_plot, 336, 150),
    "triggers": (triggers_picture, 620, 200),
    "year": (year_picture, 760, 150),
    "linked": (builders.linked_plot, 262, 92),
    "panel_tally": (builders.tally_plot, 178, 100),
    "panel_lines": (builders.lines_plot, 178, 100),
    "panel_settling": (settling_picture, 178, 110),
    "strength": (strength_picture, 520, 170),
    "two_views": (two_views_picture, 480, 190),
    "perception": (perception_picture, 480, 190),
    "empty": (builders.empty_plot, 198, 190),
    "lately": (chart_pictures.lately_plot, 520, 210),
    "panels": (chart_pictures.panels_plot, 520, 380),
    "panels-part": (chart_pictures.panels_part_plot, 330, 600),
    "are": (chart_pictures.are_plot, 600, 380),
    "are-part": (chart_pictures.are_part_plot, 520, 360),
    "triggers-families": (event_pictures.families_plot, 620, 210),
    "triggers-blocks": (event_pictures.blocks_plot, 620, 210),
    "cues": (event_pictures.cues_plot, 520, 220),
    "helped": (event_pictures.helped_plot, 420, 170),
    "settling": (event_pictures.strip_plot, 620, 210),
    "agreements": (occasion_pictures.agreements_plot, 760, 190),
    "agreements-narrow": (occasion_pictures.agreements_plot, 520, 210),
    "promises": (occasion_pictures.promises_plot, 720, 224),
    "conversations": (occasion_pictures.conversations_plot, 620, 330),
    "scores": (score_pictures.bands_plot, 520, 190),
    "scores-zone": (score_pictures.zone_plot, 520, 190),
}
"""Name -> (what makes it, width, height). One line a chart or state; keep the order of the page."""
