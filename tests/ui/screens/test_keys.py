"""Passphrase and recovery in Settings: what each surface asks, what it refuses, and what is so afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.crypto.kdf import FLOOR
from app.data import rotation
from app.services import keys as keys_service
from app.services.desk import Desk
from app.ui.runtime.tasks import InlineTasks
from app.ui.screens.keys.change import ChangeSurface, EndSheetSurface
from app.ui.screens.keys.renew import RenewSurface
from app.ui.screens.keys.sheet import SheetSurface
from app.ui.screens.keys.state import Stage
from app.ui.screens.settings.screen import SettingsScreen
from app.ui.theme.hub import current_hub
from tests.fixtures.page_context import Page, page_of
from tests.fixtures.vault import PASSPHRASE, copied, opened

NEW = "harbour violin pepper staircase"
PICTURES = os.environ.get("LEEWARD_PICTURES", "")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    for verb in ("change", "rotate"):
        monkeypatch.setitem(getattr(keys_service.Keys, verb).__kwdefaults__, "kdf", FLOOR)
    made = opened(copied(tmp_path / "vault"))
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Page:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1280, 800)
    made = page_of(desk.session, area)
    return Page(replace(made.ctx, tasks=InlineTasks(desk, made.ctx.bus)), desk, made.shell)


def picture(area: QWidget, name: str) -> None:
    """Kept only where somebody wants to look at it."""
    QCoreApplication.processEvents()
    if PICTURES:
        area.grab().save(str(Path(PICTURES) / f"{name}.png"))


def shown(page: Page, surface: ChangeSurface | EndSheetSurface | RenewSurface | SheetSurface) -> None:
    page.shell.area.show()
    page.shell.open_over(surface)


def typed(surface: ChangeSurface | RenewSurface, qtbot: QtBot, new: str = NEW, present: str = PASSPHRASE) -> None:
    surface.present.setText(present)
    surface.new.phrase.setText(new)
    surface.new.again.setText(new)
    qtbot.waitUntil(lambda: surface.presenter.shown.strength is not None, timeout=5000)


def test_the_passphrase_is_changed_and_said_so(page: Page, desk: Desk, qtbot: QtBot) -> None:
    surface = ChangeSurface(page.ctx)
    shown(page, surface)
    assert not surface.go_on.isEnabled() and surface.missing.text()
    typed(surface, qtbot)
    picture(page.shell.area, "change")
    surface.go_on.click()
    assert page.shell.toasts[-1].text == "The passphrase was changed."
    assert not surface.present.text() and not surface.new.phrase.text()
    desk.keys.prove(NEW)


def test_a_wrong_present_passphrase_changes_nothing_and_says_where(page: Page, desk: Desk, qtbot: QtBot) -> None:
    surface = ChangeSurface(page.ctx)
    shown(page, surface)
    typed(surface, qtbot, present="not this one")
    surface.go_on.click()
    picture(page.shell.area, "change-wrong")
    assert not surface.banner.isHidden() and "didn" in surface.banner.accessibleName()
    assert surface.present.isEnabled() and not page.shell.toasts
    desk.keys.prove(PASSPHRASE)


@pytest.mark.parametrize("new, again", [("aaaa", "aaaa"), (NEW, NEW + " "), ("", "")])
def test_weak_or_unequal_phrases_do_not_open_the_button(page: Page, qtbot: QtBot, new: str, again: str) -> None:
    surface = ChangeSurface(page.ctx)
    shown(page, surface)
    surface.present.setText(PASSPHRASE)
    surface.new.phrase.setText(new)
    surface.new.again.setText(again)
    qtbot.wait(300)
    assert not surface.go_on.isEnabled() and surface.missing.text()
    surface.confirm()
    assert surface.isVisible()


def test_drawn_words_are_shown_so_that_they_can_be_learned(page: Page) -> None:
    surface = ChangeSurface(page.ctx)
    shown(page, surface)
    surface.presenter.suggest()
    assert len(surface.new.phrase.text().split()) == 6
    assert surface.new.phrase.echoMode() is surface.new.phrase.EchoMode.Normal


def test_new_keys_end_with_a_lock_that_says_why(page: Page, desk: Desk, qtbot: QtBot) -> None:
    before = desk.session.space
    surface = RenewSurface(page.ctx)
    shown(page, surface)
    typed(surface, qtbot)
    picture(page.shell.area, "renew")
    surface.go_on.click()
    assert surface.presenter.shown.stage is Stage.DONE
    assert desk.session.space is not before
    picture(page.shell.area, "renewed")
    QTest.keyClick(surface, Qt.Key.Key_Escape)
    assert page.shell.went == [("lock", "keys_changed")]
    desk.journal.add("note", {"body": "kept in the new file"})


def test_new_keys_can_be_called_off(page: Page, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    surface = RenewSurface(page.ctx)
    shown(page, surface)
    typed(surface, qtbot)
    copying = rotation.copied

    def stopped_on_the_way(*args: object) -> object:
        picture(page.shell.area, "renewing")
        surface.stay.click()
        return copying(*args)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(rotation, "copied", stopped_on_the_way)
    surface.go_on.click()
    assert surface.presenter.shown.stage is Stage.ASK and surface.isVisible()
    desk.keys.prove(PASSPHRASE)


def sheet_shown(page: Page) -> SheetSurface:
    surface = SheetSurface(page.ctx)
    shown(page, surface)
    picture(page.shell.area, "sheet")
    surface.present.setText(PASSPHRASE)
    surface.go_on.click()
    assert surface.presenter.shown.stage is Stage.SHOWN
    return surface


def test_a_sheet_counts_once_it_was_typed_back(page: Page, desk: Desk) -> None:
    surface = sheet_shown(page)
    picture(page.shell.area, "sheet-code")
    groups = surface.presenter.shown.groups
    assert len(groups) == 8 and not desk.keys.status().has_code
    surface.go_on.click()
    surface._typed.setText(" ".join(groups).lower())
    picture(page.shell.area, "sheet-back")
    surface.go_on.click()
    assert desk.keys.status().has_code
    assert page.shell.toasts[-1].text == page.ctx.content.care.recovery.saved


def test_a_typo_is_named_by_its_group_and_the_code_can_be_seen_again(page: Page, desk: Desk) -> None:
    surface = sheet_shown(page)
    groups = list(surface.presenter.shown.groups)
    surface.go_on.click()
    wrong = "3" if groups[4][0] != "3" else "4"
    surface._typed.setText(" ".join([*groups[:4], wrong + groups[4][1:], *groups[5:]]))
    surface.go_on.click()
    picture(page.shell.area, "sheet-typo")
    assert "Group 5" in surface.banner.accessibleName() and not desk.keys.status().has_code
    surface._again.click()
    assert surface.presenter.shown.groups == tuple(groups)


def test_a_code_that_was_never_typed_back_is_gone_with_the_surface(page: Page, desk: Desk) -> None:
    surface = sheet_shown(page)
    code = "".join(surface.presenter.shown.groups)
    surface.leave()
    assert desk.keys._drawn is None and not desk.keys.status().has_code
    again = sheet_shown(page)
    again.go_on.click()
    again._typed.setText(code)
    again.go_on.click()
    assert not again.banner.isHidden() and not desk.keys.status().has_code


def test_locking_takes_what_is_typed_off_the_surface(page: Page) -> None:
    surface = ChangeSurface(page.ctx)
    shown(page, surface)
    surface.present.setText(PASSPHRASE)
    surface.new.phrase.setText(NEW)
    page.ctx.bus.locking.emit()
    assert not surface.present.text() and not surface.new.phrase.text()


def test_settings_say_how_things_stand_and_lead_to_each_surface(page: Page, desk: Desk) -> None:
    screen = SettingsScreen(page.ctx)
    QVBoxLayout(page.shell.area).addWidget(screen.widget())
    page.shell.area.show()
    screen.enter("privacy")
    section = screen._view._cards["privacy"]._keys  # type: ignore[attr-defined]  # the privacy section has one
    scroll = screen._view._scroll.verticalScrollBar()
    scroll.setValue(scroll.maximum())
    picture(page.shell.area, "settings")
    assert section._end.isHidden()
    section._sheet.click()
    surface = page.shell.surfaces[-1]
    assert isinstance(surface, SheetSurface)
    surface.present.setText(PASSPHRASE)
    surface.go_on.click()
    surface.go_on.click()
    surface._typed.setText("-".join(desk.keys._groups()))
    surface.go_on.click()
    assert not section._end.isHidden()
    picture(page.shell.area, "settings-with-sheet")
    section._end.click()
    ending = page.shell.surfaces[-1]
    assert isinstance(ending, EndSheetSurface)
    ending.present.setText(PASSPHRASE)
    ending.go_on.click()
    assert section._end.isHidden() and not desk.keys.status().has_code


@pytest.mark.parametrize("theme, scale", [("dark", 1.0), ("light", 2.0)])
def test_every_surface_stands_in_the_dark_and_at_twice_the_size(page: Page, theme: str, scale: float) -> None:
    hub = current_hub()
    hub.choose(theme)  # type: ignore[attr-defined]  # the hub of the application
    hub.set_text_scale(scale)  # type: ignore[attr-defined]  # as above
    try:
        for make in (ChangeSurface, RenewSurface, SheetSurface, EndSheetSurface):
            surface = make(page.ctx)
            shown(page, surface)
            QCoreApplication.processEvents()
            assert surface.surface.geometry().width() <= page.shell.area.width()
            picture(page.shell.area, f"{make.__name__}-{theme}-{scale}")
            surface.leave()
    finally:
        hub.choose("light")  # type: ignore[attr-defined]  # as above
        hub.set_text_scale(1.0)  # type: ignore[attr-defined]  # as above
