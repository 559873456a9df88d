"""What the owner is told after unlocking about tries that were not theirs."""

from __future__ import annotations

import datetime as dt

from app.domain.care import Passphrase
from app.ui.text import full_date, number


def missed_words(count: int, since: dt.datetime, care: Passphrase) -> str:
    """How many tries did not open their part, and since which local day."""
    day = full_date(since.astimezone().date())
    if count == 1:
        return care.one_try_note.format(date=day)
    return care.tries_note.format(date=day, count=number(count))
