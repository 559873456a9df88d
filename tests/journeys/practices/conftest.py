"""One window for all practices: opened once, with a thread and a promise to link to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.journeys.hands import Hands


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hands]:
    """An open journal for two, at the window."""
    from PySide6.QtCore import QCoreApplication

    from app.crypto.kdf import FLOOR
    from app.services import vaults
    from tests.fixtures.windows import running_program
    from tests.journeys.hands import Hands, new_journal
    from tests.journeys.practices.written import PROMISE, THREAD

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vaults, "POLICY", FLOOR)
        for program in running_program(qapp, tmp_path_factory.mktemp("practices") / "vault", patch):
            desk = new_journal(program.folder)
            desk.journal.add("injury", {"title": THREAD, "relation": "partner"})
            desk.journal.add("commitment", {"wording": PROMISE})
            desk.close()
            hands = Hands(program)
            hands.unlocks()
            hands.window.resize(1280, 800)
            for page in ("journal", "injuries", "calm", "today", "repair"):
                hands.session.go(page)
                QCoreApplication.processEvents()
            yield hands
            assert hands.asked(lambda desk: desk.checks.verify().clean)
