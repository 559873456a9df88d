"""Calm over the locked screen: one key leads there and one back, nothing typed stays, and nothing is written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.crypto.kdf import FLOOR
from app.services import vaults
from app.ui.screens.calm.afterwards import AfterWay
from app.ui.screens.calm.cover import CalmCover
from app.ui.screens.drop.view import DropSurface
from app.ui.screens.unlock.view import UnlockView
from app.ui.widgets.fields import Field
from tests.fixtures.session import EVENING, ZONE, shipped_content
from tests.fixtures.windows import Program

CTRL = Qt.KeyboardModifier.ControlModifier


def _locked(program: Program) -> UnlockView:
    desk = vaults.create_vault(
        program.folder,
        "Noa",
        "amber kettle orchard",
        content=shipped_content(),
        now=lambda: EVENING,
        zone=ZONE,
        kdf=FLOOR,
    )
    desk.close()
    view = program.start().window.content()
    assert isinstance(view, UnlockView)
    program.running.window.activateWindow()
    program.wait(view._field.hasFocus)
    return view


def _calm(program: Program, view: UnlockView) -> CalmCover:
    QTest.keyClick(view._field, Qt.Key.Key_G, CTRL)
    program.wait(lambda: view.findChildren(CalmCover))
    found = view.findChild(CalmCover)
    assert isinstance(found, CalmCover)
    return found


def test_one_key_there_and_one_back(program: Program) -> None:
    view = _locked(program)
    before = {path: path.read_bytes() for path in program.folder.rglob("*") if path.is_file()}
    calm = _calm(program, view)
    assert calm.geometry() == view.rect() and calm._view.circle.hasFocus()
    field = calm.findChild(Field)
    assert isinstance(field, Field)
    QTest.keyClicks(field, "the lamp")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    program.wait(view._field.hasFocus)
    assert not calm.isVisible() and not field.text()
    assert {path: path.read_bytes() for path in program.folder.rglob("*") if path.is_file()} == before


def test_what_set_it_off_can_be_left_without_opening(program: Program) -> None:
    view = _locked(program)
    calm = _calm(program, view)
    calm._leave_for(view.drop_asked.emit)
    program.wait(lambda: [one for one in view.findChildren(DropSurface) if one.isVisible()])
    QTest.keyClick(QApplication.focusWidget() or view, Qt.Key.Key_Escape)


def test_only_what_is_built_in_is_to_be_had_without_a_key(program: Program) -> None:
    view = _locked(program)
    calm = _calm(program, view)
    links = calm.view.ways._links
    assert {name for name, link in links.items() if not link.isHidden()} == {"naming", "around", "body", "after"}
    calm.view.ways.turn_to("after")
    after = calm.view.ways.way("after")
    assert isinstance(after, AfterWay) and not after.chips.isVisible()
    before = {path: path.read_bytes() for path in program.folder.rglob("*") if path.is_file()}
    calm.view.pause.begin.click()
    assert calm.view.pause.counting and not calm.view.pause.write.isVisible()
    calm.leave()
    assert {path: path.read_bytes() for path in program.folder.rglob("*") if path.is_file()} == before
