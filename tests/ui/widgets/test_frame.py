"""What surrounds a page: rail, strip, header, columns, notes, dialog, veil."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme.hub import ThemeHub
from app.ui.theme.tokens import Theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Card
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.fields import Field
from app.ui.widgets.header_bar import HeaderBar
from app.ui.widgets.label import Label
from app.ui.widgets.layouts import Breadth, ColumnsLayout, FlowLayout, breadth
from app.ui.widgets.marks import Person, Shape
from app.ui.widgets.menu_strip import MenuStrip
from app.ui.widgets.nav_rail import NavItem, NavRail, NavRow
from app.ui.widgets.notes import TOAST_MS, Banner, EmptyState, Toast
from app.ui.widgets.scale import Scale
from app.ui.widgets.veil import VeilOverlay, shapes_of
from tests.ui.widgets.conftest import Stage


def make_rail() -> NavRail:
    groups = [[NavItem("today", "Today", "today", "Ctrl+1")], [NavItem("injuries", "Injuries", "injuries")]]
    rail = NavRail(groups, [NavItem("settings", "Settings", "settings")], name="pages", menu_words="Menu")
    rail.person.show_people([Person(Shape.CIRCLE, "N", "Noa")], "Noa")
    rail.show_page("today")
    return rail


def rows(rail: NavRail) -> dict[str, NavRow]:
    return {row.text(): row for row in rail.findChildren(NavRow)}


@pytest.mark.parametrize(
    ("width", "text_scale", "found"),
    [
        (1200, 1.0, Breadth.WIDE), (1199, 1.0, Breadth.MIDDLE), (860, 1.0, Breadth.MIDDLE), (859, 1.0, Breadth.NARROW),
        (2399, 2.0, Breadth.MIDDLE), (2400, 2.0, Breadth.WIDE), (1280, 2.0, Breadth.NARROW),
    ],
)  # fmt: skip
def test_breadth_is_window_width_over_text_scale(width: int, text_scale: float, found: Breadth) -> None:
    assert breadth(width, Theme(text_scale=text_scale)) is found


def test_the_rail_chooses_by_click_and_by_key(stage: Stage, qtbot: QtBot) -> None:
    rail = make_rail()
    stage(rail, height=500)
    with qtbot.waitSignal(rail.chosen) as told:
        qtbot.mouseClick(rows(rail)["Injuries"], Qt.MouseButton.LeftButton)
    assert told.args == ["injuries"]
    assert rows(rail)["Injuries"].isChecked()
    assert not rows(rail)["Today"].isChecked()
    rows(rail)["Today"].setFocus()
    QTest.keyClick(rows(rail)["Today"], Qt.Key.Key_Down)
    assert rows(rail)["Injuries"].hasFocus()


def test_showing_a_page_is_silent(stage: Stage, qtbot: QtBot) -> None:
    rail = make_rail()
    stage(rail)
    with qtbot.assertNotEmitted(rail.chosen):
        rail.show_page("settings")
    assert rows(rail)["Settings"].isChecked()


def test_the_rail_takes_three_forms(stage: Stage, hub: ThemeHub) -> None:
    rail = make_rail()
    stage(rail, height=500)
    assert rail.width() == 188
    rail.set_breadth(Breadth.MIDDLE)
    assert rail.width() == 56
    assert rows(rail)["Today"].toolTip() == "Today  Ctrl+1"
    rail.set_breadth(Breadth.NARROW)
    assert rows(rail)["Menu"].isVisible()
    assert rows(rail)["Today"].isVisible()
    assert not rows(rail)["Injuries"].isVisible()
    hub.set_text_scale(2.0)
    assert rail.width() == 112


def test_long_words_widen_the_rail_to_its_limit(stage: Stage) -> None:
    rail = NavRail(
        [[NavItem("a", "Vereinbarungen und Grenzen, alle miteinander", "today")]], [], name="", menu_words=""
    )
    stage(rail)
    assert rail.width() == 240


def test_veil_and_lock_stay_in_reach_when_the_strip_is_narrow(stage: Stage, qtbot: QtBot, hub: ThemeHub) -> None:
    strip = MenuStrip(promise="On this computer only", veil="Veil", veil_key="F8", lock="Lock", lock_key="Ctrl+L")
    strip.add_menu("&File")
    window = stage(strip, width=1000)
    promise = next(label for label in strip.findChildren(Label) if label.text() == "On this computer only")
    assert promise.isVisible()
    hub.set_text_scale(2.0)
    window.resize(1001, 400)
    QApplication.processEvents()
    assert not promise.isVisible()
    for button, signal in ((strip.veil, strip.veil_asked), (strip.lock, strip.lock_asked)):
        assert button.isVisible()
        assert min(button.width(), button.height()) >= 28
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_header_actions_drop_hints_before_words(stage: Stage) -> None:
    header = HeaderBar("Thursday 14 May", "Good evening")
    button = Button("Log a trigger", icon="trigger", hint="Ctrl+T", collapsible=True)
    header.add_action(button)
    window = stage(header, width=700)
    assert button.width() == button.sizeHint().width()
    window.resize(330, 300)
    QApplication.processEvents()
    assert button.minimumSizeHint().width() <= button.width() < button.sizeHint().width()
    assert header.height() == 56


def test_columns_reflow_with_the_window(stage: Stage, qtbot: QtBot) -> None:
    left, right = Card("left"), Card("right")
    for card in (left, right):
        card.add(Label("some words that need a little room", "body"))
    columns = ColumnsLayout([(left, 1, 0), (right, 0, 338)])
    window = stage(columns, width=1000, height=500)
    assert left.geometry().right() < right.geometry().left()
    assert right.width() == 338
    with qtbot.waitSignal(columns.reflowed) as told:
        window.resize(820, 500)
    assert told.args == [1]
    assert right.geometry().top() > left.geometry().bottom()
    assert right.width() == left.width()


def test_a_flow_breaks_lines_and_mirrors(stage: Stage) -> None:
    ground = QWidget()
    flow = FlowLayout(ground, gap_px=8)
    buttons = [Button(f"button {n}") for n in range(6)]
    for button in buttons:
        flow.addWidget(button)
    stage(ground, width=300, rtl=True)
    assert buttons[0].geometry().right() > buttons[1].geometry().right()
    assert buttons[-1].y() > buttons[0].y()
    assert ground.height() >= flow.heightForWidth(ground.width())


def test_a_toast_offers_its_action_and_goes(stage: Stage, qtbot: QtBot, hub: ThemeHub) -> None:
    hub.set_reduced_motion(True)
    window = stage()
    toast = Toast(window)
    toast.say("Saved, only for you.", "Undo")
    assert toast.words() == "Saved, only for you."
    assert toast.height() == 40
    assert abs(toast.geometry().center().x() - window.rect().center().x()) <= 1
    (button,) = toast.findChildren(Button)
    with qtbot.waitSignal(toast.acted):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert toast.words() == ""


def test_a_toast_leaves_after_six_seconds_but_not_while_it_has_focus(stage: Stage, qtbot: QtBot) -> None:
    window = stage(Button("elsewhere"))
    qtbot.mouseMove(window, QPoint(2, 2))
    toast = Toast(window)
    assert TOAST_MS == 6000
    toast._timer.setInterval(40)
    toast.say("Saved.", "Undo")
    (button,) = toast.findChildren(Button)
    button.setFocus()
    qtbot.wait(120)
    assert toast.words() == "Saved."
    button.clearFocus()
    qtbot.waitUntil(lambda: toast.words() == "", timeout=1000)


def test_a_banner_can_be_closed_only_if_it_may(stage: Stage, qtbot: QtBot) -> None:
    firm = Banner("Whoever holds this sheet can open your journal.", tone="care", icon="key")
    loose = Banner("Missed days do not erase.", close_words="close", action="More")
    stage(firm, loose)
    assert firm.findChildren(Button) == []
    closing = next(b for b in loose.findChildren(Button) if b.accessibleName() == "close")
    with qtbot.waitSignal(loose.closed):
        qtbot.mouseClick(closing, Qt.MouseButton.LeftButton)
    assert not loose.isVisible()


def test_an_empty_state_has_one_button(stage: Stage, qtbot: QtBot) -> None:
    empty = EmptyState("Nothing here yet, and nothing has to be.", "This holds one moment.", action="Begin")
    stage(empty)
    with qtbot.waitSignal(empty.acted):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)


@pytest.fixture
def dialog(stage: Stage) -> DialogSurface:
    opener = Button("open")
    window = stage(opener, width=1000, height=600)
    opener.setFocus()
    made = DialogSurface(window, "Log a trigger", close_words="close")
    made.body.addWidget(Field(name="cue"))
    made.body.addWidget(Scale(name="strength"))
    made.footer.addWidget(Button("Save", "primary"))
    made.open()
    return made


def test_a_dialog_starts_at_its_first_question(dialog: DialogSurface) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "cue"
    assert dialog.surface.width() == 776
    assert dialog.geometry() == dialog.parentWidget().rect()


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_focus_stays_in_a_dialog(dialog: DialogSurface, qtbot: QtBot, key: Qt.Key) -> None:
    seen = []
    for _ in range(8):
        focused = QApplication.focusWidget()
        assert focused is not None
        assert dialog.isAncestorOf(focused)
        seen.append(focused.accessibleName())
        qtbot.keyClick(focused, key)
    assert set(seen) == {"cue", "strength", "Save", "close"}
    order = ["cue", "strength", "Save", "close"] if key is Qt.Key.Key_Tab else ["cue", "close", "Save", "strength"]
    assert seen == order * 2


def test_escape_and_control_enter_only_ask(dialog: DialogSurface, qtbot: QtBot) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    with qtbot.waitSignal(dialog.dismissed):
        qtbot.keyClick(focused, Qt.Key.Key_Escape)
    with qtbot.waitSignal(dialog.confirmed):
        qtbot.keyClick(focused, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()


def test_closing_gives_focus_back(dialog: DialogSurface, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.finished):
        dialog.close_surface()
    focused = QApplication.focusWidget()
    assert isinstance(focused, Button)
    assert focused.text() == "open"


def test_a_dialog_fits_a_small_window_and_scrolls(hub: ThemeHub, stage: Stage) -> None:
    window = stage(width=800, height=560)
    hub.set_text_scale(2.0)
    made = DialogSurface(window, "Log a trigger", close_words="close")
    for number in range(12):
        made.body.addWidget(Field(name=str(number)))
    made.open()
    assert window.rect().contains(made.surface.geometry())


def private_page(stage: Stage) -> tuple[QWidget, QWidget, Field]:
    page = QWidget()
    layout = QVBoxLayout(page)
    card = Card("Evening check-in")
    field = Field(name="line")
    field.setText("something private")
    card.add(field)
    card.add(Label("words nobody else should read", "line"))
    layout.addWidget(card)
    return stage(page), page, field


def test_the_veil_takes_the_page_away_from_eyes_keys_and_readers(stage: Stage, qtbot: QtBot, hub: ThemeHub) -> None:
    window, page, field = private_page(stage)
    field.setFocus()
    veil = VeilOverlay(window, before="Veiled. Press", key="F8", after="to return.")
    veil.cover(page)
    assert veil.veiled
    assert not field.isVisible()
    assert veil.hasFocus()
    qtbot.keyClicks(veil, "typed blindly")
    assert field.text() == "something private"
    with qtbot.waitSignal(veil.unveil_asked):
        qtbot.keyClick(veil, Qt.Key.Key_F8)
    veil.uncover()
    assert field.isVisible()
    assert field.hasFocus()
    assert not veil.veiled


def test_bars_of_the_veil_do_not_follow_the_length_of_words(stage: Stage, hub: ThemeHub) -> None:
    lengths = set()
    for words in ("Rang from the clinic at noon", "Rang from the clinics at noon"):
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.addWidget(Label(words, "line", lines=1))
        stage(page)
        lengths.add(next(shape.rect.width() for shape in shapes_of(page) if shape.kind == "bars"))
    assert len(lengths) == 1
    assert next(iter(lengths)) % 40 == 0


def test_the_veil_draws_no_pixel_of_text(stage: Stage, hub: ThemeHub) -> None:
    pictures = []
    for words in ("something private", "anything at all.."):
        window, page, field = private_page(stage)
        field.setText(words)
        veil = VeilOverlay(window, before="Veiled. Press", key="F8", after="to return.")
        veil.cover(page)
        pictures.append(veil.grab().toImage())
        assert page.mapTo(window, QPoint(0, 0)) == veil.pos()
    assert pictures[0] == pictures[1]
