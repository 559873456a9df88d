"""Answers as people read them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.fields import FieldType
from app.services.session import Session
from app.ui.context import Context
from app.ui.models.answers import answered
from tests.fixtures.page_context import page_of


@pytest.fixture
def ctx(qtbot: QtBot, couple: Session) -> Context:
    area = QWidget()
    qtbot.addWidget(area)
    return page_of(couple, area).ctx


def _said(ctx: Context, kind: str, **answers: object) -> dict[str, str]:
    return {part.field: part.words for part in answered(ctx.content.kind(kind), answers, ctx)}


def test_every_type_of_answer_has_its_words(ctx: Context) -> None:
    kind = ctx.content.kind("trigger")
    move, emotion = kind.field("move"), kind.field("emotions")
    assert move is not None
    assert emotion is not None
    said = _said(
        ctx,
        "trigger",
        cue="a tone",
        peak=6,
        move=[move.options[0].id],
        emotions={emotion.options[0].id: 3, "own": None},
        minutes_to_settle=40,
        acted_on="partly",
    )

    assert said["cue"] == "a tone"
    assert said["peak"] == "6 (0 barely there, 10 overwhelming)"
    assert said["move"] == move.options[0].label
    assert said["emotions"] == f"{emotion.options[0].label} (3 of 4), own"
    assert said["minutes_to_settle"] == "40 minutes"
    assert said["acted_on"] == "partly"
    assert _said(ctx, "trigger", minutes_to_settle="still_going") == {"minutes_to_settle": "still going"}


def test_people_are_named_and_moments_are_as_exact_as_they_are_known(ctx: Context) -> None:
    said = _said(ctx, "injury", carries=[ctx.person.id, "Jules"], when={"day": "2023-03-01", "precision": "month"})
    assert (said["carries"], said["when"]) == ("Noa and Jules", "March 2023")
    assert _said(ctx, "injury", when={"day": "2019-01-01", "precision": "year"}) == {"when": "2019"}
    stretch = {"day": "2026-01-05", "precision": "period", "until": "2026-02-01"}
    assert _said(ctx, "injury", when=stretch) == {"when": "Monday 5 January 2026 to Sunday 1 February 2026"}


def test_what_waits_and_what_leads_elsewhere_is_left_out(ctx: Context) -> None:
    assert _said(ctx, "trigger", cue=None, thread="0" * 32, helped=[]) == {}
    assert _said(ctx, "injury", for_therapy=False) == {}
    assert _said(ctx, "injury", for_therapy=True) == {"for_therapy": "yes"}


def test_questions_name_the_other_person(ctx: Context) -> None:
    parts = answered(ctx.content.kind("checkin"), {"accessible": 3, "responsive": "no_occasion"}, ctx)
    assert parts[0].question == "When I looked for Jules, I could get through."
    assert [part.words for part in parts] == ["mostly", "no occasion"]
    assert not parts[0].personal


def test_tables_read_row_by_row_and_leave_open_cells_out(ctx: Context) -> None:
    rows = [
        {"row": "anger", "shows": "A short voice.", "helps": "Being asked once."},
        {"row": "homesick", "not_this": "Jokes."},
    ]
    said = _said(ctx, "emotion_responses", rows=rows)["rows"]
    anger, homesick = said.split("\n\n")
    assert anger == "anger\nHow it shows on me: A short voice.\nWhat helps then: Being asked once."
    assert homesick == "homesick\nWhat does not: Jokes."
    ladder = _said(ctx, "closeness_ladder", rungs=[{"rung": "Tea in one room", "note": "Sundays"}])
    assert ladder["rungs"] == "Tea in one room\nA note: Sundays"
    told = _said(ctx, "joint_narrative", parts=[{"who": ctx.person.id, "part": "I waited."}])
    assert told["parts"].startswith("Noa\n")


def test_answers_of_two_and_marks_name_their_people(ctx: Context) -> None:
    said = _said(
        ctx,
        "conversation",
        heard={ctx.person.id: 7, "Jules": 0},
        taking={"Jules": "One cup of tea."},
    )
    assert said["heard"].splitlines()[0].startswith("Noa: 7")
    assert said["heard"].splitlines()[1].startswith("Jules: 0")
    assert said["taking"] == "Jules: One cup of tea."
    marks = _said(ctx, "boundary", marks={ctx.person.id: "2026-03-08T20:00:00+01:00"})
    assert marks["marks"] == "Noa, Sunday 8 March 2026"


def test_a_part_of_the_form_is_read_in_one_piece(ctx: Context) -> None:
    given = {"cue": "a tone", "acted_on": "partly", "pull": 2, "body": ["chest"], "then_words": "The stairs."}
    kind = ctx.content.kind("trigger")
    known = {field.id for field in kind.fields}
    read = answered(kind, {name: value for name, value in given.items() if name in known}, ctx)
    sections = [part.section for part in read]
    assert len(read) > 2
    assert len([at for at, section in enumerate(sections) if at == 0 or sections[at - 1] != section]) == len(
        set(sections)
    )


@pytest.mark.parametrize(
    ("since", "words"), [("2025", "2025"), ("2025-10", "October 2025"), ("2025-10-03", "3 October 2025")]
)
def test_days_in_tables_are_read_as_exactly_as_they_are_known(ctx: Context, since: str, words: str) -> None:
    kind = ctx.content.kind("trust_revival")
    field = kind.field("atone_answers")
    assert field is not None
    column = next(column.id for column in field.columns if column.type is FieldType.WHEN)
    rows = [{"row": field.rows[0].id, column: since}]
    assert words in _said(ctx, "trust_revival", atone_answers=rows)["atone_answers"]
