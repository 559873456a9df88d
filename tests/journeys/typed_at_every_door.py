"""Types marker words where people make, open, change, copy, leave and end a journal, in the real window. No test.

Run by test_leaks as `python -m tests.journeys.typed_at_every_door VAULT`. Says one line of JSON: how many fields took
the word in each place, the recovery code (to be looked for afterwards), what the clipboard held after locking.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app import logs
from app.crypto.kdf import FLOOR
from app.services import keys, vaults
from app.ui.platform.clipboard import ClipboardGuard
from app.ui.screens.backups.surfaces import EraseSurface
from app.ui.screens.first_run.state import Step
from app.ui.screens.first_run.view import FirstRunView
from app.ui.screens.keys.sheet import SheetSurface
from app.ui.screens.keys.surface import KeysSurface
from app.ui.screens.people.welcome import WelcomeSurface
from app.ui.screens.record_form.surface import open_record_form
from app.ui.theme.hub import ThemeHub
from app.ui.widgets.dialog import DialogSurface
from tests.fixtures.windows import Program
from tests.journeys.hands import CTRL, Hands
from tests.journeys.written_everywhere import MARK, NAME, PHRASE, PHRASE_MARK

PHRASE_2 = f"{PHRASE_MARK} under eleven brisk lanterns"
TYPED: dict[str, int] = {}


def fields_of(place: QWidget) -> list[QWidget]:
    """Every field in sight that takes words."""
    found: list[QLineEdit | QTextEdit | QPlainTextEdit] = []
    for kind in (QLineEdit, QTextEdit, QPlainTextEdit):
        found += place.findChildren(kind)
    return [field for field in found if field.isVisible() and field.isEnabled() and not field.isReadOnly()]


def type_everywhere(hands: Hands, where: str) -> None:
    """Type the marker into every field in front, draw it in both themes, and let it be kept."""
    fields = fields_of(hands.top())
    for field in fields:
        field.setFocus()
        QTest.keyClicks(field, f" {MARK}")
    hands.picture(where)
    TYPED[where] = len(fields)


def leave(hands: Hands) -> None:
    """Esc until nothing lies over the window."""
    for _ in range(3):
        surface = hands.top()
        if not isinstance(surface, DialogSurface):
            return
        QTest.keyClick(surface, Qt.Key.Key_Escape)
        QApplication.processEvents()
    hands.program.wait(lambda: not isinstance(hands.top(), DialogSurface))


def first_run(hands: Hands) -> None:
    """From nothing to a journal: the marked name, the marked passphrase."""
    view = hands.program.start().window.content()
    assert isinstance(view, FirstRunView)
    hands.window.activateWindow()
    hands.program.wait(lambda: hands.program.running._warmup.peek() is not None and QApplication.focusWidget())
    hands.key(Qt.Key.Key_Space)
    _at(hands, view, Step.BEFORE)
    hands.program.wait(lambda: hands.focused().inherits("QRadioButton"))
    hands.key(Qt.Key.Key_Space)
    hands.key(Qt.Key.Key_Return, CTRL)
    _at(hands, view, Step.PLACE)
    hands.key(Qt.Key.Key_Return, CTRL)
    _at(hands, view, Step.PASSPHRASE)
    for field in fields_of(view.page(Step.PASSPHRASE)):
        field.setFocus()
        QTest.keyClicks(field, PHRASE)
    TYPED["first run"] = len(fields_of(view.page(Step.PASSPHRASE)))
    hands.program.wait(lambda: view._presenter.shown.can_go_on)
    hands.key(Qt.Key.Key_Return, CTRL)
    _at(hands, view, Step.WHO)
    QTest.keyClicks(hands.focused(), f"Person {NAME}")
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.program.wait(lambda: hands.program.running.session is not None)


def _at(hands: Hands, view: FirstRunView, step: Step) -> None:
    hands.program.wait(lambda: view._presenter.shown.step is step)


def sheets_of_records(hands: Hands) -> None:
    """The form of every kind, half filled and closed; a note and a removed one with versions."""
    for kind in hands.session.context.content.kinds:
        surface = open_record_form(hands.session.context, kind)
        hands.session.open_over(surface)
        hands.program.wait(lambda surface=surface: surface._opened is not None)
        type_everywhere(hands, f"sheet {kind}")
        leave(hands)
    for number in range(2):
        note = hands.asked(lambda desk, number=number: desk.journal.add("note", {"body": f"{number} {MARK}"}))
        hands.asked(lambda desk, note=note: desk.journal.edit(note, {"body": f"again {MARK}"}))
    hands.asked(lambda desk: desk.journal.remove(desk.journal.page(limit=1).entries[0].id))


def keys_of(hands: Hands) -> str:
    """Change, sheet (returned), with wrong answers on the way."""
    hands.settings("privacy")
    for name in ("Change…", "New keys…", "Make a sheet…"):
        hands.press(name)
        type_everywhere(hands, f"keys {name}")
        hands.program.wait(lambda: not _surface(hands).presenter.shown.busy)
        leave(hands)
    hands.press("Make a sheet…")
    _answer(hands, PHRASE)
    hands.sees("I have it on paper")
    sheet = hands.top()
    assert isinstance(sheet, SheetSurface)
    groups = [label.text() for label in sheet._groups._labels]
    hands.press("I have it on paper")
    hands.type_into("The code", " ".join([*groups[:7], MARK]))
    hands.press("Check it")
    hands.program.wait(lambda: sheet.presenter.shown.trouble is not None)
    hands.type_into("The code", " ".join(groups))
    hands.press("Check it")
    hands.program.wait(lambda: not isinstance(hands.top(), DialogSurface))
    hands.press("Change…")
    hands.type_into("New passphrase", PHRASE_2)
    hands.type_into("Once more", PHRASE_2)
    _answer(hands, PHRASE)
    hands.sees("The passphrase was changed.")
    return "".join(groups)


def _surface(hands: Hands) -> KeysSurface:
    surface = hands.top()
    assert isinstance(surface, KeysSurface)
    return surface


def _answer(hands: Hands, phrase: str) -> None:
    surface = _surface(hands)
    hands.type_into(surface.present.accessibleName(), phrase)
    hands.program.wait(surface.go_on.isEnabled)
    hands.press(surface.go_on.text())


def keeping(hands: Hands) -> None:
    """A copy, a check, the question before erasing, and the other person sitting down halfway."""
    hands.settings("backup")
    hands.press("Back up now")
    hands.sees("A copy is made, opened and checked.")
    hands.press("Check")
    hands.sees("Everything is whole")
    hands.press("Erase my part…")
    type_everywhere(hands, "erase")
    assert isinstance(hands.top(), EraseSurface)
    leave(hands)
    hands.settings("people")
    type_everywhere(hands, "people")
    surface = WelcomeSurface(hands.session.context)
    hands.session.open_over(surface)
    surface.agreed.setChecked(True)
    surface.go_on.click()
    hands.program.wait(lambda: fields_of(surface))
    type_everywhere(hands, "welcome")
    surface.close_surface()
    hands.session.go("settings", "privacy")


def copied_and_locked(hands: Hands) -> str:
    """Copy a marked line, lock, and say what the clipboard holds then."""
    surface = open_record_form(hands.session.context, "note")
    hands.session.open_over(surface)
    hands.program.wait(lambda: surface._opened is not None)
    field = next(field for field in fields_of(surface) if isinstance(field, QTextEdit))
    field.setFocus()
    QTest.keyClicks(field, f" {MARK}")
    field.selectAll()
    field.copy()
    assert MARK in QApplication.clipboard().text()
    hands.program.running.lock()
    hands.program.wait(lambda: hands.program.quits == 1)
    return QApplication.clipboard().text()


def locked_screen(hands: Hands, code: str) -> None:
    """What is left without opening, a wrong passphrase, a wrong code, and a copy that is to take its place."""
    hands.at_the_locked_screen()
    hands.press("Leave a note without opening")
    hands.program.wait(lambda: isinstance(hands.top(), DialogSurface))
    type_everywhere(hands, "drop")
    QTest.keyClick(hands.top(), Qt.Key.Key_Return, CTRL)
    hands.program.wait(lambda: list((hands.program.folder / "inbox").iterdir()))
    leave(hands)
    hands.tries(f"{PHRASE_MARK} {MARK}")
    hands.sees("That didn’t open it")
    hands.press("Use the recovery sheet")
    hands.program.wait(lambda: isinstance(hands.top(), DialogSurface))
    type_everywhere(hands, "recovery sheet")
    hands.press("Continue")
    hands.program.wait(lambda: "The code" in hands.words(hands.top()))
    hands.type_into("The code", code[:-1])
    leave(hands)
    (file,) = (hands.program.folder / "spaces").glob("*.db")
    whole = file.read_bytes()
    file.write_bytes(b"")
    hands.tries(PHRASE_2)
    hands.press("Go back to a copy…")
    hands.sees("Made when you asked")
    leave(hands)
    file.write_bytes(whole)
    hands.tries(PHRASE_2)
    hands.program.wait(lambda: hands.program.running.session is not None)
    hands.settings("backup")
    hands.locks()


def main(folder: Path) -> None:
    """Go through every door."""
    logs.install()
    vaults.DEFAULT = vaults.POLICY = FLOOR
    for verb in (keys.Keys.change, keys.Keys.rotate):
        verb.__kwdefaults__["kdf"] = FLOOR
    owns = ClipboardGuard.__init__.__kwdefaults__
    owns["owns"] = lambda _clipboard, mode: mode is QClipboard.Mode.Clipboard  # without a screen nobody else copies
    qt = QApplication([sys.argv[0]])
    ThemeHub(qt, "light")
    hands = Hands(Program(qt, folder))
    first_run(hands)
    sheets_of_records(hands)
    code = keys_of(hands)
    keeping(hands)
    clipboard = copied_and_locked(hands)
    locked_screen(hands, code)
    hands.program.end()
    sys.stdout.write(json.dumps({"typed": TYPED, "code": code, "clipboard": clipboard}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
