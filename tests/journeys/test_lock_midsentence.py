"""In the middle of a sentence the screen is locked; after the next unlock the sentence is there, to be gone on with."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget

from app.services import vaults
from app.ui.main_window import MainWindow
from app.ui.screens.record_form.surface import RecordSurface, open_record_form
from app.ui.screens.unlock.presenter import UnlockPresenter
from app.ui.widgets.shade import Shade
from tests.fixtures.session import EVENING, ZONE, shipped_content
from tests.fixtures.windows import Program

PHRASE = "amber kettle orchard seven"
HALF = "We were in the kitchen and I wanted to say that"
REST = " I was afraid"


def unlocked(program: Program) -> MainWindow:
    presenter = program.running.window.findChild(UnlockPresenter)
    assert presenter is not None
    presenter.try_passphrase(PHRASE)
    program.wait(lambda: program.running.session)
    session = program.running.session
    assert session is not None
    return session


def writing(program: Program, session: MainWindow) -> tuple[RecordSurface, QTextEdit]:
    surface = open_record_form(session.context, "note")
    session.open_over(surface)
    program.wait(lambda: surface._opened is not None)
    field = surface.form.findChild(QTextEdit)
    assert field is not None
    return surface, field


def words_in_sight(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    fields = [field.toPlainText() for field in widget.findChildren(QTextEdit) if field.isVisible()]
    return " ".join(labels + fields)


def _leave_by(program: Program, field: QTextEdit, cause: str) -> None:
    """Lock for a reason of the program's or the system's, by the key itself, or close the window."""
    if cause in {"asked", "idle"}:
        program.running.lock(cause)
    elif cause == "key":
        QTest.keyClick(field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    elif cause == "closed":
        program.running.window.close()
    else:
        program.running.system_asked(cause)


@pytest.mark.parametrize("cause", ["screen_lock", "sleep", "user_switch", "asked", "idle", "key", "closed"])
def test_a_sentence_goes_on_after_a_lock(program: Program, cause: str) -> None:
    vaults.create_vault(
        program.folder, "Noa", PHRASE, "Jules", content=shipped_content(), now=lambda: EVENING, zone=ZONE
    ).close()
    program.start()
    session = unlocked(program)
    _, field = writing(program, session)
    QTest.keyClicks(field, HALF)
    _leave_by(program, field, cause)
    assert program.running.window.findChild(Shade) is not None
    assert HALF not in words_in_sight(program.running.window)
    assert program.restarts == {"key": ["asked"], "closed": []}.get(cause, [cause])
    program.wait(lambda: program.quits == 1)

    program.start(cause)
    assert HALF not in words_in_sight(program.running.window)
    session = unlocked(program)
    surface, field = writing(program, session)
    program.wait(lambda: field.toPlainText() == HALF)
    field.moveCursor(field.textCursor().MoveOperation.End)
    QTest.keyClicks(field, REST)
    surface.save()
    program.wait(surface.isHidden)
    program.end()

    desk = vaults.unlock(program.folder, PHRASE, content=shipped_content(), now=lambda: EVENING, zone=ZONE)
    assert [entry.title for entry in desk.journal.search("kitchen", limit=5)] != []
    assert desk.drafts.all() == []
    desk.close()


def test_the_locked_screen_says_why(program: Program) -> None:
    vaults.create_vault(
        program.folder, "Noa", PHRASE, "Jules", content=shipped_content(), now=lambda: EVENING, zone=ZONE
    ).close()
    window = program.start("screen_lock").window
    program.wait(lambda: window.seen)

    assert "Locked together with the screen." in words_in_sight(window)
