"""What charts are made of, read from ten years of a journal: every card in its time, the page of Trends in its own.

Times are told in units of a bare chart (tests.charts.test_speed), so that a busy computer slows both sides.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator

import pytest

from app.services import trend_events
from app.services.session import Session
from app.services.trend_words import TrendWords
from app.services.trends import Trends
from tests.charts.test_speed import bare, in_units
from tests.fixtures import ten_years
from tests.fixtures.chart_cards import cards
from tests.fixtures.session import EVENING, ME, ZONE, new_space, shipped_content, shipped_kinds

CARD_MS = 10.0
LOAD_MS = 15.0
REPORT_MS = 60.0
"""Of the 400 ms the page may take, what reading and judging may; the rest is drawing."""


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    space = new_space(tmp_path_factory.mktemp("long") / "space.db")
    session = Session(ME, space, shipped_kinds(), shipped_content(), lambda: EVENING, ZONE)
    session.name_partner("Jules")
    ten_years.fill(session)
    yield session
    space.close()


@pytest.mark.parametrize("name", cards())
def test_a_card_of_ten_years_is_read_in_time(long: Session, name: str) -> None:
    words = TrendWords(long.content, solo=False, today=ten_years.TODAY)
    read = importlib.import_module(name).read
    given = {}
    if "events" in inspect.signature(read).parameters:  # loaded once for all the cards of a page
        given["events"] = trend_events.load(long, ten_years.FIRST_DAY, ten_years.TODAY)
    spent_ms = in_units(lambda: read(long, ten_years.FIRST_DAY, ten_years.TODAY, words, **given), bare())
    print(f"\n{name}: {spent_ms:.1f} ms")  # noqa: T201  # the record of a run
    assert spent_ms <= CARD_MS


def test_the_triggers_of_ten_years_are_loaded_in_time(long: Session) -> None:
    spent_ms = in_units(lambda: trend_events.load(long, ten_years.FIRST_DAY, ten_years.TODAY), bare())
    assert spent_ms <= LOAD_MS


@pytest.mark.parametrize("period", ["6", "all"])
def test_the_page_of_ten_years_is_read_and_judged_in_time(long: Session, period: str) -> None:
    trends = Trends(long)
    spent_ms = in_units(lambda: trends.report(period, ten_years.TODAY), bare())
    print(f"\nreport {period}: {spent_ms:.1f} ms")  # noqa: T201  # the record of a run
    assert trends.report("all", ten_years.TODAY).triggers.total == ten_years.TRIGGERS
    assert spent_ms <= REPORT_MS
