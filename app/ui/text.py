"""Words around what content and people wrote: dates, counts, greetings, key names and the sentences for trouble.

`tr` is the one door for every sentence of the window. Content labels come from the content pack; everything else a
person reads is written where it is shown, inside `tr`, with its values filled in afterwards.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale

if TYPE_CHECKING:
    from app.domain.content import Content
    from app.domain.errors import LeewardError

_CONTEXT: Final = "leeward"
_EVENING_FROM_H: Final = 17
_AFTERNOON_FROM_H: Final = 12
_MORNING_FROM_H: Final = 5
_NEAR_DAYS: Final = 7


class _Form:
    """How dates and numbers are written now. One per program: a language is chosen for the whole window."""

    locale = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    twelve_hours = False


def tr(source: str) -> str:
    """A sentence in the language of the window. Gaps in braces are filled afterwards: `tr("{n} days").format(n=3)`."""
    return QCoreApplication.translate(_CONTEXT, source)


def use_locale(locale: QLocale) -> None:
    """Write dates and numbers the way `locale` does from now on."""
    _Form.locale = locale


def use_twelve_hours(twelve: bool) -> None:
    """Write the time of day as 7:30 pm rather than 19:30."""
    _Form.twelve_hours = twelve


def locale() -> QLocale:
    """The locale dates are written in."""
    return _Form.locale


# ------------------------------------------------------------------------------------------------------- numbers


def number(value: float, decimals: int = 0) -> str:
    """A number with the locale's decimal sign and no more decimals than asked for."""
    if decimals == 0:
        return _Form.locale.toString(round(value))
    return _Form.locale.toString(float(value), "f", decimals)


def count_of(n: int, one: str, other: str) -> str:
    """The form that fits the number, with its `{n}` filled: `count_of(3, tr("{n} day"), tr("{n} days"))`."""
    return (one if n == 1 else other).format(n=number(n))


def number_word(n: int) -> str:
    """A small number as a word, "no" for 0; figures from thirteen on."""
    words = (
        tr("no"), tr("one"), tr("two"), tr("three"), tr("four"), tr("five"), tr("six"), tr("seven"), tr("eight"),
        tr("nine"), tr("ten"), tr("eleven"), tr("twelve"),
    )  # fmt: skip
    return words[n] if 0 <= n < len(words) else number(n)


def counted_words(n: int, one: str, other: str) -> str:
    """As `count_of`, with the number as a word: "five threads"."""
    return (one if n == 1 else other).format(n=number_word(n))


def listed(parts: list[str]) -> str:
    """Parts as a list in words: "a", "a and b", "a, b and c"."""
    if len(parts) <= 1:
        return "".join(parts)
    return tr("{first} and {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def sentence_case(words: str) -> str:
    """The same words with a capital at the start."""
    return words[:1].upper() + words[1:]


# --------------------------------------------------------------------------------------------------------- dates


def long_date(day: dt.date) -> str:
    """Weekday, day and month: "Thursday 14 May"."""
    return _dated(day, tr("dddd d MMMM"))


def full_date(day: dt.date) -> str:
    """Weekday, day, month and year: "Thursday 14 May 2026"."""
    return _dated(day, tr("dddd d MMMM yyyy"))


def short_date(day: dt.date, today: dt.date | None = None) -> str:
    """Day and month, "14 May"; with the year where it is not this one (`today` given) or always without `today`."""
    if today is not None and day.year == today.year:
        return _dated(day, tr("d MMM"))
    return _dated(day, tr("d MMM yyyy"))


def month_and_year(day: dt.date) -> str:
    """The heading of a month: "May 2026"."""
    return _dated(day, tr("MMMM yyyy"))


def month_name(month: int) -> str:
    """A month's name as it stands alone; 1 is January."""
    return _Form.locale.standaloneMonthName(month)


def weekday(day: dt.date) -> str:
    """The name of a day's weekday."""
    return _Form.locale.standaloneDayName(day.isoweekday())


def relative_day(day: dt.date, today: dt.date) -> str:
    """A day as one speaks of it: today, yesterday, a weekday within the last week, else the date."""
    apart = (today - day).days
    if apart == 0:
        return tr("today")
    if apart == 1:
        return tr("yesterday")
    if 1 < apart < _NEAR_DAYS:
        return weekday(day)
    return short_date(day, today)


def clock_time(moment: dt.datetime | dt.time) -> str:
    """The time of day of a moment in its own zone: "19:30", or "7:30 pm"."""
    if _Form.twelve_hours:
        half = tr("am") if moment.hour < _AFTERNOON_FROM_H else tr("pm")
        return tr("{hour}:{minute} {half}").format(hour=moment.hour % 12 or 12, minute=f"{moment.minute:02}", half=half)
    return f"{moment.hour:02}:{moment.minute:02}"


def day_and_time(moment: dt.datetime, today: dt.date) -> str:
    """A moment as one speaks of it: "today, 19:30", "Tuesday, 08:05", "14 May, 19:30"."""
    day = relative_day(moment.date(), today)
    return tr("{day}, {time}").format(day=day, time=clock_time(moment))


def duration(minutes: float) -> str:
    """A length of time in the unit one would use: "40 minutes", "2 hours", "3 days"."""
    whole = round(minutes)
    if whole < 90:  # until then people say minutes
        return count_of(whole, tr("{n} minute"), tr("{n} minutes"))
    if whole < 48 * 60:
        return count_of(round(whole / 60), tr("{n} hour"), tr("{n} hours"))
    return count_of(round(whole / 60 / 24), tr("{n} day"), tr("{n} days"))


def greeting(moment: dt.datetime, name: str) -> str:
    """Good evening and a name, by the hour of the person's own clock. The small hours count as evening."""
    if _MORNING_FROM_H <= moment.hour < _AFTERNOON_FROM_H:
        words = tr("Good morning, {name}")
    elif _AFTERNOON_FROM_H <= moment.hour < _EVENING_FROM_H:
        words = tr("Good afternoon, {name}")
    else:
        words = tr("Good evening, {name}")
    return words.format(name=name)


def _dated(day: dt.date, pattern: str) -> str:
    """A date by a pattern of Qt's words d, MMM, MMMM, dddd, yyyy, from a datetime date."""
    form = _Form.locale
    parts = {
        "dddd": form.dayName(day.isoweekday()),
        "yyyy": f"{day.year:04}",
        "MMMM": form.monthName(day.month),
        "MMM": form.monthName(day.month, QLocale.FormatType.ShortFormat),
        "d": str(day.day),
    }
    return " ".join(_word(part, parts) for part in pattern.split(" "))


def _word(part: str, parts: Mapping[str, str]) -> str:
    core = part.rstrip(".,")
    return parts.get(core, core) + part[len(core) :]


# ------------------------------------------------------------------------------------------------------- trouble


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a person reads when something did not work: a title, what happened, what is safe, what can be done."""

    title: str
    happened: str
    safe: str
    next: str
    wait: str = ""

    @property
    def paragraph(self) -> str:
        """The three sentences in their order."""
        return " ".join(part for part in (self.happened, self.safe, self.next) if part)


def trouble(error: LeewardError, content: Content | None) -> Trouble:
    """The sentences for an error. Before the content pack is read, or when it has none, a plain one is said.

    Gaps the error brings no value for are taken out with the few words around them rather than shown as braces.
    """
    try:
        found = content.error(error.code) if content is not None else None
    except KeyError:
        found = None
    if found is None:
        return Trouble(
            tr("That did not work"),
            tr("Something went wrong that has no better words yet."),
            tr("Nothing was changed."),
            tr("Close Leeward and open it again."),
        )
    values = _Gaps({name: _said(name, str(value)) for name, value in error.detail.items()})
    return Trouble(
        found.title,
        found.happened.format_map(values),
        found.safe.format_map(values),
        found.next.format_map(values),
        found.wait or "",
    )


def _said(name: str, value: str) -> str:
    """A value of an error as it stands in a sentence: a day is written out, anything else is as it came."""
    if name == "date":
        with contextlib.suppress(ValueError):
            return full_date(dt.date.fromisoformat(value))
    return value


class _Gaps(dict[str, str]):
    """Fills unknown gaps of a sentence with words that fit any of them."""

    def __missing__(self, name: str) -> str:
        return {"date": tr("an earlier day"), "count": tr("some"), "reason": tr("not readable")}.get(name, "…")
