"""What happens by itself while a journal is open: the day's copy after the first change, an erasing that is due."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.data import former_keys
from app.data.cipher import writes
from app.ui.runtime.upkeep import Upkeep
from tests.data.sets import note
from tests.fixtures import vault
from tests.fixtures.page_context import Page, page_for


@pytest.fixture
def page(qapp: QApplication, tmp_path: Path) -> Iterator[Page]:
    desk = vault.opened(vault.copied(tmp_path / "vault"))
    area = QWidget()
    made = page_for(desk, area)
    yield made
    made.ctx.bus.locking.emit()
    desk.close()
    area.deleteLater()


def wait(until: Callable[[], object]) -> None:
    end_s = time.monotonic() + 20
    while not until():
        assert time.monotonic() < end_s
        QCoreApplication.processEvents()
        time.sleep(0.005)


def sets(page: Page) -> int:
    return len(page.desk.backups.standing().sets)


def test_the_first_change_of_a_day_is_followed_by_one_copy(page: Page) -> None:
    keeper = Upkeep(page.ctx, quiet_ms=1)
    keeper.start()
    for words in ("one", "two"):
        page.ctx.tasks.run(lambda desk, words=words: note(desk, words), lambda _record: None)
    wait(lambda: sets(page) == 1)
    page.ctx.tasks.run(lambda desk: note(desk, "three"), lambda _record: None)
    for _ in range(20):
        QCoreApplication.processEvents()
        time.sleep(0.005)
    assert sets(page) == 1


def test_locking_ends_it(page: Page) -> None:
    keeper = Upkeep(page.ctx, quiet_ms=1)
    page.ctx.bus.locking.emit()
    page.ctx.tasks.run(lambda desk: note(desk, "late"), lambda _record: None)
    for _ in range(20):
        QCoreApplication.processEvents()
        time.sleep(0.005)
    assert sets(page) == 0
    keeper.deleteLater()


def test_an_erasing_that_is_due_locks(page: Page) -> None:
    due = page.desk.erasing.put_off()
    Upkeep(page.ctx).start()
    assert page.shell.went == []
    page.desk.session.now = lambda: due
    Upkeep(page.ctx).start()
    assert page.shell.went == [("lock", None)]


def test_copies_under_ended_keys_are_replaced_after_the_next_unlock_and_that_is_told_once(page: Page) -> None:
    session = page.desk.session
    made = page.desk.backups.making()(lambda: False, lambda _part: None)
    assert made is not None
    with writes(session.connection):
        former_keys.keep_former_sets(session.connection, [made.id])
    Upkeep(page.ctx).start()
    wait(lambda: page.shell.toasts)
    words = session.content.care.passphrase.backups_replaced
    assert [toast.text for toast in page.shell.toasts] == [words]
    assert sets(page) == 1 and not made.root.exists()
    Upkeep(page.ctx).start()
    assert former_keys.former_sets(session.connection) == ()
    assert len(page.shell.toasts) == 1
