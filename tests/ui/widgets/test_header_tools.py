"""What a page puts into the header: shown before the actions, reached by the keyboard right before them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from app.ui.widgets.buttons import Button
from app.ui.widgets.choice_row import Segmented
from app.ui.widgets.header_bar import HeaderBar
from app.ui.widgets.label import Label
from tests.ui.widgets.conftest import Stage


@pytest.fixture
def parts(stage: Stage) -> Iterator[tuple[HeaderBar, Segmented, Button, QLineEdit]]:
    header, action, page = HeaderBar("Trends"), Button("Calm"), QLineEdit()
    header.add_action(action)
    period = Segmented(("1", "3"), name="Period", parent=page)
    period.hide()
    kept = stage(header, page, width=800, height=200)
    yield header, period, action, page
    assert kept is not None


def test_a_pages_control_stands_before_the_actions(parts: tuple[HeaderBar, Segmented, Button, QLineEdit]) -> None:
    header, period, action, _page = parts
    header.set_tools(period)
    QApplication.processEvents()

    assert period.isVisible()
    assert period.window() is header.window()
    assert period.geometry().right() < action.geometry().left()


def test_it_is_gone_with_the_page_and_back_with_it(parts: tuple[HeaderBar, Segmented, Button, QLineEdit]) -> None:
    header, period, _action, _page = parts
    header.set_tools(period)
    header.set_tools(None)

    assert not period.isVisible()

    header.set_tools(period)
    header.set_tools(period)

    assert period.isVisible()


def test_tab_comes_to_it_right_before_the_actions(parts: tuple[HeaderBar, Segmented, Button, QLineEdit]) -> None:
    header, period, action, page = parts
    header.set_tools(period)
    period.setFocus()
    seen: list[QWidget | None] = [period]
    for _ in range(2):
        header.window().focusNextChild()
        seen.append(header.window().focusWidget())

    assert seen == [period, action, page]


def test_without_room_for_words_the_actions_are_as_small_as_their_icons(stage: Stage) -> None:
    header = HeaderBar("Trends")
    actions = [Button(words, icon="trigger", hint="Ctrl+T", collapsible=True) for words in ("Log a trigger", "Calm")]
    for action in actions:
        header.add_action(action)
    header.set_tools(Segmented(("1 month", "3", "6 months", "12", "All"), name="Period"))
    window = stage(header, width=900, height=200)
    assert all(action.width() == action.sizeHint().width() for action in actions)

    window.resize(480, 200)
    QApplication.processEvents()

    assert all(action.width() == action.minimumSizeHint().width() for action in actions)


def test_the_actions_make_room_once_a_pages_control_grows(stage: Stage) -> None:
    header, tools, late = HeaderBar("Together"), QWidget(), Button("Four weeks earlier")
    action = Button("Log a trigger", icon="pencil-simple", hint="Ctrl+T", collapsible=True)
    QHBoxLayout(tools).addWidget(late)
    late.hide()
    header.add_action(action)
    kept = stage(header, width=460, height=100)
    header.set_tools(tools)
    QApplication.processEvents()
    before = action.width()

    late.show()
    header.fit()
    QApplication.processEvents()

    title = header.findChildren(Label)[0]
    assert action.width() < before
    assert title.width() >= title.sizeHint().width()
    assert kept is not None
