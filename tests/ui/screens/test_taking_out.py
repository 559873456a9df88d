"""Taking everything out and bringing it back, by the surfaces a person meets."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.services import demo
from app.services.desk import Desk
from app.services.exporting.choice import Choice, Target
from app.ui.screens.taking_out.in_surface import InSurface
from app.ui.screens.taking_out.out_surface import OutSurface
from tests.fixtures import vault
from tests.fixtures.page_context import Page, page_for
from tests.fixtures.session import EVENING


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = vault.opened(vault.copied(tmp_path / "vault"))
    demo.fill(made.session, EVENING.date(), 1)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Page:
    area = QWidget()
    qtbot.addWidget(area)
    area.resize(1024, 700)
    area.show()
    return page_for(desk, area)


def read(surface: QWidget) -> str:
    QCoreApplication.processEvents()
    return "\n".join(label.text() for label in surface.findChildren(QLabel) if label.isVisible())


def wait(until: Callable[[], object]) -> None:
    end_s = time.monotonic() + 20
    while not until():
        assert time.monotonic() < end_s, "it did not happen"
        QCoreApplication.processEvents()
        time.sleep(0.005)


def taking_out(page: Page) -> OutSurface:
    surface = OutSurface(page.ctx)
    page.shell.open_over(surface)
    return surface


def choose(surface: QWidget, path: Path) -> None:
    wait(lambda: surface.findChild(QFileDialog))
    dialog = surface.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()


def test_the_archive_is_first_and_asks_for_the_passphrase_again(page: Page, tmp_path: Path) -> None:
    surface = taking_out(page)
    state = surface.presenter.shown
    assert state.target is Target.ARCHIVE and len(state.phrase.split()) == 6
    assert state.phrase in read(surface) and "whoever finds it" in read(surface)
    assert not surface.go_on.isEnabled()
    surface.passphrase.setText("not this one at all")
    surface.go_on.click()
    wait(lambda: surface.presenter.shown.refused)
    assert "Take your time" in read(surface) and surface.findChild(QFileDialog) is None
    surface.passphrase.setText(vault.PASSPHRASE)
    surface.go_on.click()
    choose(surface, tmp_path / "out.age")
    wait(lambda: surface.presenter.shown.done)
    assert (tmp_path / "out.age").read_bytes().startswith(b"age-encryption.org/v1\n")
    assert str(tmp_path / "out.age") in read(surface)
    surface.go_on.click()
    assert surface.presenter.shown.phrase == ""


def test_plain_text_needs_a_tick(page: Page, tmp_path: Path) -> None:
    surface = taking_out(page)
    surface.passphrase.setText(vault.PASSPHRASE)
    surface._targets[Target.MARKDOWN].click()
    assert "Anyone who opens this file can read it" in read(surface)
    assert surface.presenter.shown.phrase not in read(surface)
    assert not surface.go_on.isEnabled()
    surface.agreed.setChecked(True)
    surface.go_on.click()
    choose(surface, tmp_path / "text")
    wait(lambda: surface.presenter.shown.done)
    assert [path.name for path in (tmp_path / "text").iterdir() if path.suffix != ".md"] == []


def test_locking_forgets_the_words(page: Page) -> None:
    surface = taking_out(page)
    assert surface.presenter.shown.phrase
    page.ctx.bus.locking.emit()
    assert surface.presenter.shown.phrase == ""


def test_what_it_would_bring_is_seen_first(page: Page, desk: Desk, tmp_path: Path) -> None:
    record = desk.journal.add("note", {"body": "Only in the file"})
    out = desk.taking_out.take_out(Target.ARCHIVE, tmp_path / "a.age", Choice(), phrase="seven ferries")
    assert out is not None
    other = vault.opened(vault.copied(tmp_path / "other"))
    try:
        there = page_for(other, page.shell.area)
        surface = InSurface(there.ctx)
        there.shell.open_over(surface)
        surface.choose(tmp_path / "a.age")
        assert surface.presenter.shown.asks_phrase and not surface.go_on.isEnabled()
        surface.phrase.setText("eight ferries")
        surface.go_on.click()
        assert "These words do not open it" in read(surface)
        surface.phrase.setText("seven ferries")
        surface.go_on.click()
        assert f"{out.records} entries are new here" in read(surface)
        assert other.journal.counts() == {}
        surface.go_on.click()
        assert "came in" in read(surface) and "nothing is shared" in read(surface)
        assert other.journal.record(record).id == record
    finally:
        other.close()


def test_a_damaged_file_is_told_by_its_line(page: Page, desk: Desk, tmp_path: Path) -> None:
    desk.taking_out.take_out(Target.JSON, tmp_path / "a.json", Choice())
    data = (tmp_path / "a.json").read_bytes()
    (tmp_path / "a.json").write_bytes(data[: len(data) // 2])
    surface = InSurface(page.ctx)
    page.shell.open_over(surface)
    surface.choose(tmp_path / "a.json")
    assert "ends too early" in read(surface) and "your journal is as it was" in read(surface)
    assert not surface.go_on.isEnabled()


def test_lines_that_do_not_fit_are_listed_and_can_be_left_out(page: Page, desk: Desk, tmp_path: Path) -> None:
    desk.taking_out.take_out(Target.JSON, tmp_path / "a.json", Choice())
    text = (tmp_path / "a.json").read_text("utf-8").replace('"kind":"checkin"', '"kind":"spaceship"', 1)
    (tmp_path / "a.json").write_text(text, "utf-8")
    other = vault.opened(vault.copied(tmp_path / "other"))
    try:
        there = page_for(other, page.shell.area)
        surface = InSurface(there.ctx)
        there.shell.open_over(surface)
        surface.choose(tmp_path / "a.json")
        assert "of a kind that this Leeward does not know" in read(surface)
        assert not surface.go_on.isEnabled()
        surface._leave_out.setChecked(True)
        surface.go_on.click()
        assert surface.presenter.shown.found is not None and surface.presenter.shown.found.written
    finally:
        other.close()
