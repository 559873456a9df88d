"""The catalogue and the journeys name each other: no practice without one, and none without a practice."""

from __future__ import annotations

from app.services.practices_listing import JOURNEYS, describe_practices
from tests.fixtures.session import shipped_content
from tests.journeys.practices import test_rows

CATALOGUE = range(1, 40)
WRITTEN = [row for rows in test_rows.HALVES for row in rows]


def _there_are() -> list[str]:
    """The journeys that pytest runs, as it names them."""
    name = f"{JOURNEYS}test_rows.py::{test_rows.test_a_practice_from_the_gallery_to_the_journal.__name__}"
    return [f"{name}[{which}]" for which in (row.id for row in test_rows.ROWS)]


def test_every_practice_names_its_journey_and_every_journey_its_practice() -> None:
    listed = describe_practices(shipped_content())
    assert sorted(practice["journey"] for practice in listed) == sorted(_there_are())
    assert all(practice["journey"].endswith(f"[{practice['id']}]") for practice in listed)


def test_the_thirty_nine_rows_are_walked() -> None:
    content = shipped_content()
    walked = [content.practice(row.practice).row for row in WRITTEN]
    assert sorted(row for row in walked if row is not None) == list(CATALOGUE)


def test_no_two_practices_are_written_with_the_same_words() -> None:
    texts = [answer for row in WRITTEN for _, answer in row.fill if isinstance(answer, str) and " " in answer]
    alike = {text for text in texts if texts.count(text) > 1}
    assert alike == {"The night at the hospital"}


def test_what_a_practice_is_found_by_stands_in_no_other() -> None:
    """They are walked in any order at one window, and what was written before still stands there."""
    for row in WRITTEN:
        others = " ".join(repr((other.fill, other.change)) for other in WRITTEN if other is not row)
        assert row.find.casefold() not in others.casefold(), row.practice
