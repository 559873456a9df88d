"""Worksheets as pictures: what is drawn, in words; that it is drawn at every size; that nothing is drawn of nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.session import Session
from app.ui.context import Context
from app.ui.models.pictures import picture_of
from app.ui.theme.hub import current_hub
from app.ui.widgets.picture import PictureView, paint_picture, size_of
from app.ui.widgets.picture_parts import House, Loop, Pane, Picture
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


@pytest.mark.parametrize("kind", ["cycle", "trust_cycle", "windows_walls", "note"])
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
