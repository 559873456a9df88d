"""Worksheets as pictures: what is drawn, in words; that it is drawn at every size; that nothing is drawn of nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.fields import FieldType
from app.services.session import Session
from app.ui.context import Context
from app.ui.models.pictures import picture_of
from app.ui.theme.hub import current_hub
from app.ui.widgets.picture import PictureView, paint_picture, size_of
from app.ui.widgets.picture_parts import Feel, House, Ladder, Loop, Pane, Picture
from tests.fixtures.page_context import page_of

WHITE = 0xFFFFFFFF
ANSWERS: dict[str, dict[str, object]] = {
    "cycle": {
        "my_move": ["pursue"],
        "my_softer": ["fear"],
        "my_longing": "To matter.",
        "other_move": ["withdraw"],
        "other_seen": "A closed door.",
        "our_name": "The late bus",
        "way_out": "A hand on the table.",
    },
    "trust_cycle": {"about": "That year", "need": "Company", "belief": "Needing is a burden", "next_need": "I waited"},
    "windows_walls": {
        "people": [
            {"who": "Jules", "now": "half", "wish": "window"},
            {"who": "Work", "now": "wall"},
            {"now": "window"},
        ],
        "protects": "My sleep.",
    },
    "couple_bubble": {"safe": ["a key", "a text"], "unsafe": ["doors"], "dull": ["screens"], "one_ask": "One evening"},
    "emotion_responses": {
        "rows": [{"row": "fear", "shows": "I ask twice", "helps": "a hand"}, {"row": "own", "shows": "maps"}],
        "tried": "Fear, on Thursday.",
    },
    "template": {"title": "Noise", "predicts": "Bed.", "might_say": "Come closer.", "evidence_for": ["once"]},
    "then_and_now": {"then": "The kitchen.", "now": "The next room.", "differences": ["I can ask"]},
    "closeness_ladder": {
        "rungs": [
            {"rung": "Reading", "feel": "ease"},
            {"rung": "Feet", "feel": "mixed", "note": "socks"},
            {"rung": "A hug"},
        ],
        "resting_place": "The second.",
    },
}


@pytest.fixture
def ctx(qtbot: QtBot, couple: Session) -> Context:
    area = QWidget()
    qtbot.addWidget(area)
    return page_of(couple, area).ctx


def _picture(ctx: Context, kind: str) -> Picture:
    made = picture_of(ctx.content.kind(kind), ANSWERS[kind], ctx)
    assert made is not None
    return made


def test_a_loop_goes_round_and_is_told_in_its_order(ctx: Context) -> None:
    loop = _picture(ctx, "cycle")
    assert isinstance(loop, Loop)
    assert loop.name == "The late bus"
    assert loop.nodes[2].heading == "The move Jules makes"
    assert loop.nodes[0].under == "fear\nTo matter."
    told = loop.told()
    assert told.index("The move I make") < told.index("The move Jules makes") < told.index("A closed door")
    assert told.endswith("A hand on the table.")
    assert "I waited" in _picture(ctx, "trust_cycle").told()


def test_a_house_has_a_line_for_everyone_with_a_name(ctx: Context) -> None:
    house = _picture(ctx, "windows_walls")
    assert isinstance(house, House)
    assert [(part.name, part.now, part.wish) for part in house.openings] == [
        ("Jules", Pane.HALF, Pane.WINDOW),
        ("Work", Pane.WALL, None),
    ]
    assert "Work: now wall, wished for open." in house.told()


def test_every_declared_picture_is_drawn_and_no_other(ctx: Context) -> None:
    declared = {kind.id for kind in ctx.content.kinds.values() if kind.picture}
    assert declared == set(ANSWERS)


@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_everything_written_is_told_aloud(ctx: Context, kind: str) -> None:
    told = _picture(ctx, kind).told()
    for words in _written(ctx, kind):
        assert words in told


def _written(ctx: Context, kind: str) -> list[str]:
    found: list[str] = []
    for field in ctx.content.kind(kind).fields:
        value = ANSWERS[kind].get(field.id)
        if field.type in {FieldType.TEXT, FieldType.LONG_TEXT} and isinstance(value, str):
            found.append(value)
        for part in value if isinstance(value, list) else ():
            rows = {column.id for column in field.columns if column.type is FieldType.TEXT}
            if isinstance(part, dict) and (kind != "windows_walls" or "who" in part):
                found += [words for name, words in part.items() if name in rows]
            elif field.type is FieldType.LIST:
                found.append(part)
    return found


@pytest.mark.parametrize("kind", sorted(ANSWERS))
@pytest.mark.parametrize("room", [260.0, 420.0, 560.0, 900.0])
def test_a_picture_keeps_to_the_width_there_is(ctx: Context, kind: str, room: float) -> None:
    size = size_of(_picture(ctx, kind), current_hub().theme, room)
    assert size.width() <= max(room, 300.0) + 1
    assert size.height() > 0


def test_a_ladder_is_told_from_its_lowest_rung_and_shows_its_table_once(ctx: Context) -> None:
    ladder = _picture(ctx, "closeness_ladder")
    assert isinstance(ladder, Ladder)
    assert [rung.feel for rung in ladder.rungs] == [Feel.EASE, Feel.MIXED, None]
    assert ladder.drawn == ("rungs",)
    assert ladder.told().index("Reading") < ladder.told().index("A hug, left open")


@pytest.mark.parametrize("kind", ["cycle", "trust_cycle", "windows_walls", "note", "closeness_ladder", "template"])
def test_nothing_is_drawn_of_nothing(ctx: Context, kind: str) -> None:
    assert picture_of(ctx.content.kind(kind), {}, ctx) is None


@pytest.mark.parametrize("kind", sorted(ANSWERS))
@pytest.mark.parametrize("scale", [0.5, 1.0, 3.0])
def test_drawn_inside_its_size_at_every_zoom(ctx: Context, qtbot: QtBot, kind: str, scale: float) -> None:
    view = PictureView(_picture(ctx, kind))
    qtbot.addWidget(view)
    view.set_zoom(scale)
    image = view.grab().toImage()
    assert image.size() == view.wanted()
    theme = current_hub().theme
    paper = QImage(image.width() + 80, image.height() + 80, QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.translate(40, 40)
    painter.scale(scale, scale)
    paint_picture(painter, _picture(ctx, kind), theme)
    painter.end()
    margins = (8, 30, paper.height() - 31, paper.height() - 9)
    assert not [(x, y) for y in margins for x in range(0, paper.width(), 2) if paper.pixel(x, y) != WHITE]
    assert size_of(_picture(ctx, kind), theme).width() * scale == pytest.approx(view.wanted().width(), abs=1)


def test_keys_zoom_and_it_reads_aloud(ctx: Context, qtbot: QtBot) -> None:
    view = PictureView(_picture(ctx, "cycle"))
    qtbot.addWidget(view)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == pytest.approx(1.25)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(0.8)
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == 1.0
    assert view.accessibleName() == "The late bus"
    assert "A closed door" in view.accessibleDescription()
