"""What the charts of Trends are called where one is asked for by name, and what one can be saved as."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Chart(StrEnum):
    """Every chart that stands below the first screen, in the order of the page."""

    LATELY = "lately"
    PANELS = "panels"
    ARE = "are"
    TRIGGERS = "triggers"
    CUES = "cues"
    HELPED = "helped"
    SETTLING = "settling"
    AGREEMENTS = "agreements"
    PROMISES = "promises"
    CONVERSATIONS = "conversations"
    SCORES = "scores"
    """There only for who fills in questionnaires; with none in the period it stands nowhere."""


FIRST_SCREEN: Final = ("felt_safety", "year")
"""The two of the first screen that are charts of their own."""
NAMES: Final = (*FIRST_SCREEN, *(chart.value for chart in Chart))
"""Every chart that can be asked for by name."""


class Form(StrEnum):
    """What a chart can be saved as; the value is the ending of its file."""

    PNG = "png"
    SVG = "svg"
    CSV = "csv"
