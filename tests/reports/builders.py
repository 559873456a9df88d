"""A small summary to test with; all names and stories are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from app.reports.summary import Agreement, Count, Cue, Repair, Summary, Week, Words

WORDS = Words(
    title="Summary for a session",
    felt_safety="Felt safety",
    triggers="Triggers",
    trigger_columns=("Cue", "Times", "At first", "Usual move", "What helped"),
    repair_path="Repair path:",
    agreements="Agreements",
    questions="What I want to ask",
    footer="Personal notes, not a clinical record.",
    method="Typical day: middle half of 28 days. Blank days are not counted.",
    page_of="{page} of {pages}",
    covered="covered",
    cut="The rest, {count} words, is left out here.",
)
SVG = (
    b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 640 180'>"
    b"<path d='M0 90 L640 60' stroke='#000' fill='none'/></svg>"
)
NARRATIVE = (
    "Dad was taken in a little after nine. I rang you from the corridor, then the stairwell, then the car park. "
    "Eleven calls. You came at ten past two from Renate's place.\n\n"
    "You said sorry, then asked if there was anywhere to get a coffee. I know now that you were frightened too."
)


def summary(**changes: Any) -> Summary:
    """A whole one-page summary, with `changes` applied to its fields."""
    whole = Summary(
        words=WORDS,
        lang="en",
        made_on=date(2026, 5, 14),
        subtitle="Noa, with Jules, 14 February to 14 May 2026. 61 of 90 days written. Prepared by Noa.",
        questions=("How do I ask for comfort without it sounding like a test?",),
        verdicts=(
            "Typical day 6 of 10 (5 in February). Middle half of days 5 to 7.",
            "No clear direction over 12 weeks. A gentle change could still hide in this much up and down.",
        ),
        chart=SVG,
        chart_alt="Felt safety from 14 February to 14 May, typical level 5 in February and 6 now.",
        weeks=(
            Week("Hardest week, 16 to 22 February", "typical 3", "Late return without a word. Four days."),
            Week("Easiest week, 20 to 26 April", "typical 7", "Rang from the clinic. You picked up at once."),
        ),
        counts=(Count("11", "triggers"), Count("8", "settled"), Count("2", "repair talks"), Count("1", "new moment")),
        triggers=(
            Cue("Phone face down, or angled away", "5", "7", "withdrew", "asking once, plainly"),
            Cue("Late without word", "3", "8", "pursued", "a call, not a text"),
            Cue("Hearing Renate's name", "3", "6", "shut down", "going outside together"),
        ),
        repairs=(Repair("The night at the hospital", "Step 5 of 8. Since 2 April both have read it.", NARRATIVE),),
        agreements=(Agreement("If one of us will be late, we say so before, not after.", "kept 11 of 12 weeks"),),
    )  # fmt: skip
    return msgspec.structs.replace(whole, **changes)
