"""Dates, counts, greetings and sentences for trouble."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from app.domain.errors import Code, VaultError
from app.ui import text
from tests.fixtures.session import shipped_content

DAY = dt.date(2026, 5, 14)


@pytest.fixture(autouse=True)
def plain_form() -> Iterator[None]:
    yield
    text.use_locale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    text.use_twelve_hours(False)


def test_dates_as_the_header_and_lists_write_them() -> None:
    assert text.long_date(DAY) == "Thursday 14 May"
    assert text.full_date(DAY) == "Thursday 14 May 2026"
    assert text.short_date(DAY, DAY) == "14 May"
    assert text.short_date(DAY, dt.date(2027, 1, 1)) == "14 May 2026"
    assert text.month_and_year(DAY) == "May 2026"


@pytest.mark.parametrize(
    "apart, said", [(0, "today"), (1, "yesterday"), (2, "Tuesday"), (6, "Friday"), (7, "7 May"), (-1, "15 May")]
)
def test_days_near_today_are_called_what_people_call_them(apart: int, said: str) -> None:
    assert text.relative_day(DAY - dt.timedelta(days=apart), DAY) == said


def test_the_locale_decides_the_names() -> None:
    text.use_locale(QLocale(QLocale.Language.German))

    assert text.long_date(DAY) == "Donnerstag 14 Mai"
    assert text.number(1234.5, 1) == "1.234,5"


@pytest.mark.parametrize(
    "hour, whole, half",
    [(0, "00:05", "12:05 am"), (9, "09:05", "9:05 am"), (12, "12:05", "12:05 pm"), (23, "23:05", "11:05 pm")],
)
def test_the_time_of_day_in_both_forms(hour: int, whole: str, half: str) -> None:
    assert text.clock_time(dt.time(hour, 5)) == whole
    text.use_twelve_hours(True)
    assert text.clock_time(dt.time(hour, 5)) == half


@pytest.mark.parametrize(
    "n, said", [(0, "no threads"), (1, "one thread"), (5, "five threads"), (12, "twelve threads"), (13, "13 threads")]
)
def test_counts_in_words(n: int, said: str) -> None:
    assert text.counted_words(n, "{n} thread", "{n} threads") == said


@pytest.mark.parametrize(
    "minutes, said",
    [
        (1, "1 minute"),
        (40, "40 minutes"),
        (89, "89 minutes"),
        (120, "2 hours"),
        (47 * 60, "47 hours"),
        (72 * 60, "3 days"),
    ],
)
def test_lengths_of_time_in_the_unit_one_would_use(minutes: float, said: str) -> None:
    assert text.duration(minutes) == said


@pytest.mark.parametrize(
    "hour, part", [(4, "evening"), (5, "morning"), (11, "morning"), (12, "afternoon"), (17, "evening")]
)
def test_greetings_follow_the_persons_clock(hour: int, part: str) -> None:
    assert text.greeting(dt.datetime(2026, 5, 14, hour), "Noa") == f"Good {part}, Noa"  # noqa: DTZ001  # a wall clock


def test_lists_of_words() -> None:
    assert text.listed([]) == ""
    assert text.listed(["a"]) == "a"
    assert text.listed(["a", "b", "c"]) == "a, b and c"
    assert text.sentence_case("five threads") == "Five threads"


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_sentences_without_open_gaps(code: Code) -> None:
    said = text.trouble(VaultError(code), shipped_content())

    assert said.title
    assert said.happened
    assert "{" not in said.paragraph


def test_details_fill_the_gaps() -> None:
    said = text.trouble(VaultError(Code.DAMAGED_ENTRIES, count=3, date="2026-05-02"), shipped_content())

    assert "3" in said.happened
    assert "Saturday 2 May 2026" in said.paragraph


def test_without_content_there_is_still_a_calm_sentence() -> None:
    said = text.trouble(VaultError(Code.CONTENT_BROKEN), None)

    assert said.title
    assert said.safe == "Nothing was changed."
