"""What the owner is told after unlocking about tries that were not theirs."""

from __future__ import annotations

from app.data.tries import Missed
from app.domain.care import Passphrase
from app.ui.text import full_date, number


def missed_words(missed: Missed, care: Passphrase) -> str:
    """How many tries did not open their part, and since which local day."""
    day = full_date(missed.since.astimezone().date())
    if missed.count == 1:
        return care.one_try_note.format(date=day)
    return care.tries_note.format(date=day, count=number(missed.count))
