"""Lines of the timeline: two at most, found words marked, labels apart from what stands beside them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.models.timeline_rows import Piece
from app.ui.screens.journal.line_layout import Lines, Look
from app.ui.screens.journal.words import _labelled
from app.ui.theme.hub import ThemeHub, current_hub

LONG = "Came home tense, said so at the door, and it went better than I feared. "


@pytest.fixture
def hub(qapp: QApplication) -> ThemeHub:
    found = current_hub()
    found.set_text_scale(1.0)
    return found


def _look(hub: ThemeHub, most: int) -> Look:
    return Look(hub.theme, "line", "ink", mirrored=False, most=most)


@pytest.mark.parametrize(("words", "count"), [("Short.", 1), (LONG, 2), (LONG * 5, 2)])
def test_a_line_goes_on_in_a_second_one_and_no_further(hub: ThemeHub, words: str, count: int) -> None:
    assert Lines((Piece(words),), _look(hub, 2), 380).count == count


def test_what_does_not_fit_ends_in_an_ellipsis_and_keeps_its_beginning(hub: ThemeHub) -> None:
    shown = Lines((Piece(LONG * 5),), _look(hub, 2), 380)._layout.text()

    assert shown.endswith("…")
    assert (LONG * 5).startswith(shown[:-1])


def test_found_words_stay_heavier_after_the_cut(hub: ThemeHub) -> None:
    lines = Lines((Piece("Came home "), Piece("tense", found=True), Piece(LONG * 5)), _look(hub, 1), 380)

    assert [(part.start, part.length) for part in lines._layout.formats()] == [(10, 5)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("withdrew grounding", "went quiet, counted things"),
        (" things withdrew ", " things, went quiet, "),
        ("hospital things", "hospital things"),
        ("", ""),
    ],
)
def test_labels_are_set_apart(words: str, said: str) -> None:
    assert _labelled(words, {"withdrew": "went quiet", "grounding": "counted things"}) == said
