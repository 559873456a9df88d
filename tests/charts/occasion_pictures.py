"""Hand-made data of the charts of rows: agreements, rituals and promises, repair talks."""

from __future__ import annotations

import numpy as np

from app.charts import agreements, conversations, promises
from app.charts.plot import Plot
from tests.charts.builders import CAPTION, LAST, MONTHS

NAN = float("nan")
SPAN = 182
KEPT, STRAINED, TALKED, CROSSED, UNCLEAR, REWORDED, DIFFERENT = range(7)
NOTED = (
    ((170, KEPT), (150, KEPT), (148, STRAINED), (120, CROSSED), (100, KEPT), (60, TALKED), (30, KEPT), (2, KEPT)),
    ((160, KEPT), (90, UNCLEAR), (88, REWORDED), (40, DIFFERENT), (39, KEPT), (38, KEPT)),
    ((12, KEPT), (5, CROSSED), (1, KEPT)),
)
"""A row each: (days before the last one, what was noted), oldest first."""


def agreements_data() -> agreements.AgreementsData:
    flat = [(row, LAST - back, mark) for row, noted in enumerate(NOTED) for back, mark in noted]
    repaired = [float(day + 9) if mark in {CROSSED, TALKED} and row == 0 else NAN for row, day, mark in flat]
    return agreements.AgreementsData(
        first_day=LAST - SPAN + 1,
        last_day=LAST,
        row=np.array([row for row, _, _ in flat]),
        days=np.array([day for _, day, _ in flat]),
        marks=np.array([mark for _, _, mark in flat]),
        repaired=np.array(repaired),
        share=np.array([6 / 8, NAN, NAN]),
        low=np.array([0.409, NAN, NAN]),
        high=np.array([0.929, NAN, NAN]),
    )


AGREEMENTS_LABELS = agreements.AgreementsLabels(
    MONTHS,
    ("We ring when we are late.", "Phones stay outside the bedroom after ten in the evening, every day", "Agreement 3"),
    (("6 of 8, 41 to 93 %", ""), ("3 of 3", "1 seen differently, 1 unclear"), ("2 of 3", "")),
    ("kept", "strained", "talked through", "crossed", "unclear", "reworded", "seen differently"),
    "talk or apology",
    ("Agreement", "Day", "Noted", "Talk or apology"),
)


def agreements_plot() -> Plot:
    return agreements.plot(agreements_data(), AGREEMENTS_LABELS, CAPTION)


WHOLE, LATE, PART, OPEN, NOT_KEPT, REST, BLANK = range(7)


def promises_data() -> promises.PromisesData:
    slots = np.array(
        [
            [WHOLE] * 9 + [BLANK, WHOLE, WHOLE],
            [WHOLE, PART, WHOLE, REST, REST, WHOLE, WHOLE, OPEN, WHOLE, WHOLE, PART, WHOLE],
            [promises.NONE] * 8 + [WHOLE, WHOLE, OPEN, WHOLE],
            [WHOLE, LATE, PART, NOT_KEPT, WHOLE, WHOLE, REST, WHOLE, WHOLE, WHOLE, WHOLE, WHOLE],
        ]
    )
    days = np.where(slots == promises.NONE, 0, LAST - 7 * np.arange(11, -1, -1))
    resting = np.array([False, True, False, False])
    return promises.PromisesData(slots, days, np.array([82.0, 44.0, NAN, NAN]), resting)


_MARKS = ("done or kept", "kept late", "partly", "open", "not kept", "at rest or released", "nothing noted")
PROMISES_LABELS = promises.PromisesLabels(
    ("Evening check-in", "Sunday look-back", "Walk on Thursday", "I say when I am late, before the time we said"),
    (
        ("11 of the last 12", "strength 82"),
        ("9 of the last 10", "strength 44, resting"),
        ("3 of 4 so far", ""),
        ("9 of the last 11", ""),
    ),
    _MARKS,
    ("Ritual or promise", "Of the last planned"),
    (("11 of the last 12",), ("9 of the last 10",), ("3 of 4 so far",), ("9 of the last 11",)),
)


def promises_plot() -> Plot:
    return promises.plot(promises_data(), PROMISES_LABELS, CAPTION)


STAGES = (
    "told", "stayed present", "acknowledged", "wish named", "need asked", "need met", "story and plan",
)  # fmt: skip


def conversations_data(count: int = 7) -> conversations.ConversationsData:
    reached = np.resize([2, 0, 3, 4, 3, 5, 7], count)
    mine = np.resize([3.0, NAN, 5.0, 6.0, 5.0, NAN, 8.0], count)
    theirs = np.resize([4.0, NAN, 5.0, NAN, 3.0, 7.0, 8.0], count)
    return conversations.ConversationsData(LAST - 14 * np.arange(count - 1, -1, -1), reached, mine, theirs)


def conversations_labels(count: int = 7, theirs: str = "Jules") -> conversations.ConversationsLabels:
    return conversations.ConversationsLabels(
        MONTHS, STAGES, "not noted", "felt heard", "Noa", theirs,
        ("Talk", "Day", "How far", "Felt heard: Noa", "Felt heard: Jules")[: 5 if theirs else 4],
        tuple(f"Talk {number}" for number in range(1, count + 1)),
    )  # fmt: skip


def conversations_plot(count: int = 7) -> Plot:
    return conversations.plot(conversations_data(count), conversations_labels(count), CAPTION)
