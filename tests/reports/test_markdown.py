from __future__ import annotations

from app.reports import markdown
from app.reports.covering import BLOCK, Cover
from app.reports.summary import Repair
from tests.reports.builders import summary


def test_sections_come_in_the_order_of_the_pages() -> None:
    headings = [line for line in markdown.write(summary()).splitlines() if line.startswith("#")]
    assert headings == [
        "# Summary for a session", "## What I want to ask", "## Felt safety", "## Triggers",
        "## Repair path: The night at the hospital", "## Agreements",
    ]  # fmt: skip
    last = markdown.write(summary(questions_first=False))
    assert last.index("## What I want to ask") > last.index("## Agreements")


def test_the_trigger_table_has_five_cells_a_row() -> None:
    rows = [line for line in markdown.write(summary()).splitlines() if line.startswith("|")]
    assert len(rows) == 5
    assert {row.count(" | ") for row in rows} == {4}


def test_empty_parts_leave_no_heading() -> None:
    text = markdown.write(summary(questions=(), triggers=(), repairs=(), agreements=()))
    assert "Triggers" not in text and "Agreements" not in text and "What I want" not in text


def test_own_words_cannot_become_markup() -> None:
    nasty = "# not a heading\n- not a list\n1. nor this\n| a | b |\n<b>*x*</b> [l](u) `c`\n---"
    text = markdown.write(summary(repairs=(Repair("T|itle", "st", nasty),)))
    quoted = [line[2:] for line in text.splitlines() if line.startswith("> ")]
    for line in ("\\# not a heading", "\\- not a list", "1\\. nor this", "\\| a \\| b \\|"):
        assert line in quoted or line.replace("1\\.", "\\1.") in quoted
    assert "\\<b\\>\\*x\\*" in text and "\n---\n" in text
    assert "\\---" in quoted or "\\-\\-\\-" in quoted


def test_covered_places_are_squares_and_cuts_are_stated() -> None:
    covered = Cover(words=("Renate",)).apply(summary())
    assert f"Hearing {BLOCK}'s name" in markdown.write(covered)
    long = markdown.write(summary(repairs=(Repair("T", "S", "corridor " * 3_000),)))
    assert "words, is left out here." in long
