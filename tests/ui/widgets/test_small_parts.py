"""Labels, buttons, marks, dots, bars, path and rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme.hub import ThemeHub
from app.ui.widgets.bars import MiniBar, StrengthBar
from app.ui.widgets.buttons import Button, IconButton, Radio, Select, TickBox
from app.ui.widgets.card import Card, Surface
from app.ui.widgets.dot_row import Dot, DotMark, DotRow
from app.ui.widgets.focus_ring import FocusRing
from app.ui.widgets.label import Label, TextMark
from app.ui.widgets.marks import Person, PersonMark, Shape
from app.ui.widgets.step_path import Stage as PathStage
from app.ui.widgets.step_path import Step, StepPath, StepState
from app.ui.widgets.timeline import TimelineEntry, TimelineRow
from tests.ui.widgets.conftest import Stage

LONG = "If either of us will be more than twenty minutes late, we say so before, not after, and mean it."


def test_a_label_uses_the_line_height_of_its_style(qtbot: QtBot, hub: ThemeHub) -> None:
    label = Label(LONG, "reading")
    qtbot.addWidget(label)
    assert label.heightForWidth(10_000) == 27
    assert label.heightForWidth(240) % 27 == 0
    assert label.heightForWidth(240) >= 3 * 27


def test_a_label_is_cut_after_its_lines_and_says_the_rest(qtbot: QtBot, hub: ThemeHub) -> None:
    label = Label(LONG, "line", lines=2)
    qtbot.addWidget(label)
    label.resize(200, 46)
    label.show()
    assert label.heightForWidth(200) == 2 * 23
    assert label.toolTip() == LONG
    assert label.accessibleName() == LONG
    label.resize(900, 46)
    assert label.toolTip() == ""


def test_a_label_of_one_line_wants_its_whole_length(qtbot: QtBot, hub: ThemeHub) -> None:
    label = Label("How safe did today feel?", "label", lines=1)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() >= QFontMetrics(hub.theme.font("label")).horizontalAdvance(label.text())


def test_marks_of_a_label_are_drawn_and_go_with_the_text(qtbot: QtBot, hub: ThemeHub) -> None:
    label = Label("twenty minutes", "line", lines=1)
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    plain = label.grab().toImage()
    label.set_marks([TextMark(0, 6, tint="lee_tint")])
    marked = label.grab().toImage()
    assert marked != plain
    label.setText("twenty minutes")
    assert label.grab().toImage() == plain


@pytest.mark.parametrize("role", ["primary", "plain", "quiet"])
@pytest.mark.parametrize("text_scale", [1.0, 2.0])
def test_buttons_are_large_enough_and_hold_their_words(
    qtbot: QtBot, hub: ThemeHub, role: str, text_scale: float
) -> None:
    hub.set_text_scale(text_scale)
    button = Button("Save check-in", role, hint="Ctrl+Enter", icon="check")  # type: ignore[arg-type]  # the three literals
    qtbot.addWidget(button)
    assert button.minimumSizeHint().height() == round(34 * text_scale)
    words = QFontMetrics(hub.theme.font("body", weight=500)).horizontalAdvance(button.text())
    assert button.minimumSizeHint().width() >= words + hub.theme.size("icon")
    assert button.sizeHint().width() > button.minimumSizeHint().width()


def test_a_small_button_really_is_small(stage: Stage) -> None:
    button = Button("Edit", small=True)
    stage(button)
    assert button.height() == 28


def test_a_collapsed_button_says_its_words_in_the_tooltip(stage: Stage) -> None:
    button = Button("Log a trigger", icon="trigger", collapsible=True)
    stage(button)
    button.setFixedWidth(40)
    button.grab()
    assert button.toolTip() == "Log a trigger"
    assert button.accessibleName() == "Log a trigger"


def test_an_icon_button_is_never_without_words(qtbot: QtBot, hub: ThemeHub) -> None:
    button = IconButton("x", "close this")
    qtbot.addWidget(button)
    assert button.toolTip() == button.accessibleName() == "close this"
    assert min(button.sizeHint().width(), button.sizeHint().height()) >= 28


@pytest.mark.parametrize("kind", [TickBox, Radio])
def test_ticks_answer_to_space_and_to_a_click_on_their_words(
    stage: Stage, qtbot: QtBot, kind: type[TickBox | Radio]
) -> None:
    tick = kind("Share this line")
    stage(tick)
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(tick.width() - 3, 10))
    assert tick.isChecked()
    if kind is TickBox:
        qtbot.keyClick(tick, Qt.Key.Key_Space)
        assert not tick.isChecked()
    assert tick.height() >= 28


def test_a_select_keeps_its_caret_free_of_words(stage: Stage, hub: ThemeHub) -> None:
    select = Select(name="after")
    select.addItems(["10 minutes"])
    stage(select)
    words = QFontMetrics(select.font()).horizontalAdvance("10 minutes")
    assert select.sizeHint().width() >= words + hub.theme.size("icon_small") + 9


def test_the_ring_comes_with_focus_and_goes_with_it(stage: Stage, qtbot: QtBot) -> None:
    first, second = Button("one"), Button("two")
    window = stage(first, second)
    first.setFocus()
    qtbot.waitUntil(lambda: len(visible_rings(window)) == 1)
    (ring,) = visible_rings(window)
    assert ring.geometry() == first.geometry().adjusted(-3, -3, 3, 3)
    second.setFocus()
    (ring,) = visible_rings(window)
    assert ring.geometry() == second.geometry().adjusted(-3, -3, 3, 3)
    before = second.pos()
    layout = window.layout()
    assert layout is not None
    layout.setContentsMargins(60, 40, 0, 0)
    QApplication.processEvents()
    assert second.pos() != before
    assert ring.geometry() == second.geometry().adjusted(-3, -3, 3, 3)
    second.clearFocus()
    assert visible_rings(window) == []


def test_the_ring_dies_with_its_widget(stage: Stage, qtbot: QtBot) -> None:
    button = Button("one")
    window = stage(button)
    button.setFocus()
    button.deleteLater()
    qtbot.waitUntil(lambda: not visible_rings(window))


def test_the_ring_scrolls_with_its_page(stage: Stage, qtbot: QtBot) -> None:
    page = QWidget()
    layout = QVBoxLayout(page)
    card = Card("inner")
    button = Button("far down")
    card.add(button)
    layout.addSpacing(900)
    layout.addWidget(card)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setWidget(page)
    window = stage(scroll, height=300)
    button.setFocus()
    (ring,) = visible_rings(window)
    assert ring.parentWidget() is page
    place = QRect(button.mapTo(page, QPoint(0, 0)), button.size())
    assert ring.geometry() == place.adjusted(-3, -3, 3, 3)
    layout.insertSpacing(0, 30)
    QApplication.processEvents()
    moved = QRect(button.mapTo(page, QPoint(0, 0)), button.size())
    assert moved != place
    assert ring.geometry() == moved.adjusted(-3, -3, 3, 3)


def visible_rings(window: QWidget) -> list[FocusRing]:
    return [ring for ring in window.findChildren(FocusRing) if ring.isVisible()]


def test_person_marks_differ_in_shape_and_read_the_name(qtbot: QtBot, hub: ThemeHub) -> None:
    circle = PersonMark(Person(Shape.CIRCLE, "N", "Noa"))
    square = PersonMark(Person(Shape.SQUARE, "J", "Jules"))
    for mark in (circle, square):
        qtbot.addWidget(mark)
        mark.resize(mark.sizeHint())
    corner = (2, 2)
    ground = square.grab().toImage().pixelColor(*corner)
    assert ground == hub.theme.color("second_fill")
    assert circle.grab().toImage().pixelColor(*corner) != hub.theme.color("lee")
    assert (circle.accessibleName(), square.accessibleName()) == ("Noa", "Jules")


def test_two_marks_overlap_first_person_first(qtbot: QtBot, hub: ThemeHub) -> None:
    both = PersonMark(Person(Shape.CIRCLE, "N", "Noa"), Person(Shape.SQUARE, "J", "Jules"))
    qtbot.addWidget(both)
    assert 20 < both.sizeHint().width() < 40
    assert both.accessibleName() == "Noa, Jules"


def test_a_dot_row_is_walked_with_arrows(stage: Stage, qtbot: QtBot) -> None:
    marks = [DotMark(Dot.KEPT, "2 May"), DotMark(Dot.CROSSED, "9 May"), DotMark(Dot.OPEN, "16 May")]
    row = DotRow(marks, name="weeks", description="kept 1, crossed 1, not noted 1", explorable=True)
    stage(row)
    row.setFocus()
    assert row.accessibleDescription() == "kept 1, crossed 1, not noted 1"
    with qtbot.waitSignal(row.visited) as told:
        qtbot.keyClick(row, Qt.Key.Key_Left)
    assert told.args == [1]
    assert row.accessibleDescription() == "9 May"
    qtbot.keyClick(row, Qt.Key.Key_Home)
    assert row.accessibleDescription() == "2 May"


def test_the_four_dots_look_different_without_colour(qtbot: QtBot, hub: ThemeHub) -> None:
    shapes = set()
    for dot in Dot:
        row = DotRow([DotMark(dot)])
        qtbot.addWidget(row)
        row.resize(row.sizeHint())
        image = row.grab().toImage()
        ground = image.pixelColor(image.width() - 1, 0)
        inked = frozenset(
            (x, y)
            for x in range(image.width())
            for y in range(image.height())
            if abs(image.pixelColor(x, y).lightness() - ground.lightness()) > 40
        )
        shapes.add(inked)
    assert len(shapes) == len(Dot)


def test_a_strength_bar_says_number_and_word(qtbot: QtBot, hub: ThemeHub) -> None:
    bar = StrengthBar(58, "taking hold", name="Call at lunch")
    qtbot.addWidget(bar)
    assert bar.accessibleDescription() == "58, taking hold"
    assert QAccessible.queryAccessibleInterface(bar).text(QAccessible.Text.Value) == "58"
    bar.show_strength(140, "second nature")
    assert bar.accessibleDescription() == "100, second nature"


def test_a_mini_bar_fills_as_many_segments_as_steps(qtbot: QtBot, hub: ThemeHub) -> None:
    bar = MiniBar(5)
    qtbot.addWidget(bar)
    bar.resize(bar.sizeHint())
    image = bar.grab().toImage()
    middle = [image.pixelColor(number * 11 + 4, 8) for number in range(8)]
    assert middle.count(hub.theme.color("lee")) == 5
    assert middle.count(hub.theme.color("line")) == 3


def make_path() -> StepPath:
    done, ahead = StepState.DONE, StepState.AHEAD
    first = tuple(Step(f"step {n}", done) for n in range(1, 5))
    return StepPath(
        [
            PathStage("Slow the cycle", first),
            PathStage(
                "Meet the hurt", (Step("Say it whole", StepState.CURRENT, spoken="current"), Step("Own it", ahead))
            ),
            PathStage("Hold what is new", (Step("Ask", ahead), Step("A new experience", ahead))),
        ],
        name="path",
    )


def test_any_step_of_a_path_can_be_opened(stage: Stage, qtbot: QtBot) -> None:
    path = make_path()
    stage(path, width=900)
    path.setFocus()
    assert path.accessibleDescription() == "5 / 8, Say it whole, current"
    qtbot.keyClick(path, Qt.Key.Key_Left)
    with qtbot.waitSignal(path.opened) as told:
        qtbot.keyClick(path, Qt.Key.Key_Return)
    assert told.args == [3]
    with qtbot.waitSignal(path.opened) as told:
        qtbot.mouseClick(path, Qt.MouseButton.LeftButton, pos=path._node(7).center().toPoint())
    assert told.args == [7]


@pytest.mark.parametrize(("width", "lines"), [(900, 1), (420, 2), (200, 4)])
def test_a_narrow_path_goes_on_in_further_lines(stage: Stage, width: int, lines: int) -> None:
    path = make_path()
    stage(path, width=width)
    tops = {path._node(i).top() for i in range(8)}
    assert len(tops) == lines
    assert path.height() >= path.heightForWidth(path.width())


def test_a_row_offers_its_action_when_focus_comes(stage: Stage, qtbot: QtBot) -> None:
    row = TimelineRow(TimelineEntry("3 May", "Rang from the clinic."), action="Open")
    stage(Button("before"), row)
    (button,) = row.findChildren(Button)
    assert not button.isVisible()
    row.setFocus()
    assert button.isVisible()
    with qtbot.waitSignal(row.opened):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert row.accessibleName() == "3 May, Rang from the clinic."
    assert row.height() >= 28


def test_a_card_keeps_its_content_at_the_top(stage: Stage, qtbot: QtBot) -> None:
    card = Card("Evening check-in", caption="Only you", caption_icon="private")
    label = Label("How safe did today feel?", "label")
    card.add(label)
    window = stage()
    card.setParent(window)
    card.setGeometry(0, 0, 400, 380)
    card.show()
    QApplication.processEvents()
    assert label.geometry().bottom() < 100
    assert card.accessibleName() == "Evening check-in"


def test_a_card_gives_wrapped_content_all_its_lines(stage: Stage) -> None:
    card = Card("Due for a look")
    label = Label(LONG, "line")
    card.add(label)
    stage(card, width=260)
    assert label.height() >= label.heightForWidth(label.width())
    assert isinstance(card.body, QVBoxLayout)


def test_the_air_of_a_small_ground_grows_with_the_text_and_stays_its_own(qtbot: QtBot, hub: ThemeHub) -> None:
    chip = Surface("sunken", pad_px=(9, 2))
    qtbot.addWidget(chip)
    for text_scale in (2.0, 1.0):
        hub.set_text_scale(text_scale)
        margins = chip.body.contentsMargins()
        assert (margins.left(), margins.right()) == (9 * text_scale, 9 * text_scale)
        assert (margins.top(), margins.bottom()) == (2 * text_scale, 2 * text_scale)
