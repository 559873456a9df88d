"""What a table gives to titles and search: a person's own words as the columns stand, never the ids of choices."""

from __future__ import annotations

from app.domain.deriving import Written, derive
from tests.fixtures.session import ZONE, shipped_content, shipped_kinds


def _title_and_words(kind_id: str, **answers: object) -> tuple[str, str]:
    kinds = shipped_kinds()
    body = kinds.parse(kind_id, answers)
    found = derive(shipped_content().kind(kind_id), [Written(body, 1_778_000_000_000)], ZONE)
    return found.title, f"{found.title}\n{found.preview}\n{found.words}"


def test_an_answer_about_closeness_is_no_title() -> None:
    items = [{"row": "hug", "answer": "no", "pace": "not this year"}]
    title, words = _title_and_words("intimacy_map", items=items)
    assert title == "not this year"
    assert "hug" not in words


def test_own_rows_and_written_cells_stand_in_the_order_of_their_columns() -> None:
    rows = [{"row": "fear", "shows": "I ask twice", "helps": "a hand"}, {"row": "wanderlust", "shows": "maps"}]
    title, words = _title_and_words("emotion_responses", rows=rows)
    assert title == "I ask twice"
    assert words.index("a hand") < words.index("wanderlust") < words.index("maps")
    assert "fear" not in words
