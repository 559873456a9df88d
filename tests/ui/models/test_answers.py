"""Answers as people read them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

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
