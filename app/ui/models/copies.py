"""A copy of the journal in words, wherever copies are listed: how large, what for, and what one may go back to."""

from __future__ import annotations

import datetime as dt

from app.domain.backing_up import Why
from app.services.restoring import WayBack
from app.ui.text import count_of, day_and_time, number, sentence_case, tr

_KILO = 1000


def size(in_bytes: int) -> str:
    """A size as people say it: "640 kB", "2.3 MB"."""
    value, unit = in_bytes / _KILO, tr("{n} kB")
    if value >= _KILO:
        value, unit = value / _KILO, tr("{n} MB")
    if value >= _KILO:
        value, unit = value / _KILO, tr("{n} GB")
    return unit.format(n=number(value, 0 if value >= 10 else 1))  # one decimal says enough below ten


def why_words(why: Why | None) -> str:
    """What a copy was made for; nothing where that is not known."""
    return {
        Why.DAILY: tr("The day’s copy"),
        Why.ASKED: tr("Made when you asked"),
        Why.BEFORE_MIGRATION: tr("Before an update"),
        Why.BEFORE_IMPORT: tr("Before bringing something in"),
        Why.BEFORE_ROTATION: tr("With new keys"),
        Why.BEFORE_RESTORE: tr("Before a restore"),
        None: "",
    }[why]


def way_when(way: WayBack, today: dt.date) -> str:
    """When a copy that was found while the journal does not open was made, or last changed."""
    when = day_and_time(way.made.astimezone(), today)
    return tr("Set aside, last changed {day}").format(day=when) if way.kept else sentence_case(when)


def way_about(way: WayBack) -> str:
    """Why it was made, how much it holds, and how large it is."""
    if way.kept:
        return tr("{what}, {size}").format(what=tr("A file that stood here before"), size=size(way.bytes))
    parts = [why_words(way.why)]
    if way.revisions is not None:
        parts.append(count_of(way.revisions, tr("{n} saved state"), tr("{n} saved states")))
    return tr("{list}").format(list=", ".join([*parts, size(way.bytes)]))
