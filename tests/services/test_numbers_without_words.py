"""Charts, verdicts and released weeks are computed while the space refuses every column that can hold words.

The engine's own authorizer stands guard: a statement that names one of these columns does not even compile. Only the
step named `trend_titles`, in which titles join what was counted, is let through, and it says so itself.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlcipher3

from app.data import reading, trend_rows
from app.data.connection import Connection
from app.domain.released import Release, Stream
from app.services import demo, review_verdicts, streams, trend_titles
from app.services.session import Session
from app.services.trend_series import Period, review_day
from app.services.trend_words import TrendWords
from app.services.trends import PRIMARY, Trends
from tests.fixtures.chart_cards import cards
from tests.fixtures.session import EVENING, ME, ZONE, new_space, shipped_content, shipped_kinds

TODAY = EVENING.date().toordinal()
WORDS = {
    "revision": {"body"},
    "record": {"title", "preview"},
    "draft": {"body"},
    "shelved_draft": {"body"},
    "trash": {"title"},
    "attachment": {"body"},
    "attachment_part": {"content"},
    "held_attachment": {"body"},
}
"""Every column a person's sentences can stand in; besides these the search index, which is refused whole.

`term` holds codes of options and the short names a person gave to options of their own, and is what charts count.
`setting` is watched by key: the name of the other person decides only between wordings for one and for two.
"""


class Guard:
    """Refuses every column with words of one open space; `asked` are the statements about settings it let pass."""

    def __init__(self, connection: Connection) -> None:
        self._engine: Any = connection
        self.asked: list[str] = []

    def stand(self) -> None:
        self._engine.set_authorizer(_judge)
        self._engine.set_trace_callback(lambda said: self.asked.append(said) if "setting" in said else None)

    def leave(self) -> None:
        self._engine.set_authorizer(None)
        self._engine.set_trace_callback(None)

    def lifted(self, plain: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, let through."""

        def call(*given: Any, **named: Any) -> Any:
            self.leave()
            try:
                return plain(*given, **named)
            finally:
                self.stand()

        return call


def _judge(action: int, table: str | None, column: str | None, *_: object) -> int:
    refused = table is not None and (table.startswith("search") or column in WORDS.get(table, ()))
    return int(sqlcipher3.SQLITE_DENY if refused and action == sqlcipher3.SQLITE_READ else sqlcipher3.SQLITE_OK)


@contextmanager
def without_words(connection: Connection) -> Iterator[Guard]:
    """While this lasts no word can be read from the space."""
    guard = Guard(connection)
    guard.stand()
    try:
        yield guard
    finally:
        guard.leave()


@pytest.fixture(scope="module")
def noa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    space = new_space(tmp_path_factory.mktemp("silent") / "space.db")
    session = Session(ME, space, shipped_kinds(), shipped_content(), lambda: EVENING, ZONE)
    session.name_partner("Jules")
    demo.fill(session, EVENING.date())
    yield session
    space.close()


def test_cards_are_found() -> None:
    assert len(cards()) >= 10


def test_the_guard_refuses_titles_bodies_and_search(noa: Session) -> None:
    record = noa.connection.execute("SELECT id FROM record WHERE kind = 'trigger' LIMIT 1").fetchone()[0]
    refused: tuple[Callable[[], object], ...] = (
        lambda: reading.page(noa.connection),
        lambda: noa.space.record(record),
        lambda: noa.connection.execute("SELECT count(*) FROM record WHERE title != ''"),
        lambda: noa.connection.execute("SELECT words FROM search LIMIT 1").fetchone(),
        lambda: trend_titles.markers(noa, TODAY - 200, TODAY),
    )
    for read in refused:
        read()
        with without_words(noa.connection), pytest.raises(sqlcipher3.DatabaseError, match="prohibited"):
            read()
        read()


@pytest.mark.parametrize("period", list(Period))
def test_the_page_of_trends_is_computed_without_words(noa: Session, period: Period) -> None:
    trends = Trends(noa)
    whole = trends.report(period, TODAY)
    with without_words(noa.connection) as guard:
        earliest = trend_rows.first_day_of(noa.connection, PRIMARY)
        found = trends.between(period, whole.first_day, TODAY, earliest)
        near = trends.entry_near(TODAY, 7)
    assert found.safety.data is not None
    assert found.triggers.total > 0
    assert list(found.sentences()) == list(whole.sentences())
    assert near is not None
    assert only_for_whom(guard)


def test_the_verdicts_of_a_look_are_made_without_words(noa: Session) -> None:
    review = review_day(trend_rows.first_day_of(noa.connection, PRIMARY), TODAY)
    whole = review_verdicts.look(noa.connection, review)
    with without_words(noa.connection) as guard:
        found = review_verdicts.look(noa.connection, review)
    assert (found.safety, found.others, found.lately) == (whole.safety, whole.others, whole.lately)
    assert guard.asked == []


@pytest.mark.parametrize("stream", list(Stream))
def test_released_weeks_are_computed_without_words(noa: Session, stream: Stream) -> None:
    source = streams.source_of(noa)
    with without_words(noa.connection) as guard:
        source.weeks(Release(stream, TODAY - 180, None), TODAY)
    assert guard.asked == []


@pytest.mark.parametrize("name", cards())
def test_every_card_is_computed_without_words_but_for_titles(
    noa: Session, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = TrendWords(noa.content, solo=noa.solo, today=TODAY)
    read = importlib.import_module(name).read
    with without_words(noa.connection) as guard:
        for step, plain in inspect.getmembers(trend_titles, inspect.isfunction):
            if plain.__module__ == trend_titles.__name__:
                monkeypatch.setattr(trend_titles, step, guard.lifted(plain))
        for back in (60, 250):
            read(noa, TODAY - back, TODAY, words)
    assert only_for_whom(guard)


def only_for_whom(guard: Guard) -> bool:
    """Whether of the settings only the one that says who the journal speaks of was read."""
    return all("'partner_name'" in statement for statement in guard.asked)
