"""Writing measured from inside a real window: what a key costs in the form of an entry that holds 50,000 words already.

Started by the benchmark as a process of its own. The passphrase comes in on the first line of standard input, the
figures go out as one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from app.services.preferences import Preferences
from app.ui.application import Application, Surroundings
from app.ui.looks import Looks
from app.ui.main_window import MainWindow
from app.ui.measuring import unlock, until
from app.ui.screens.record_form.surface import open_record_form
from app.ui.theme.hub import ThemeHub
from app.ui.widgets.text_editors import TextEditor

_WORDS = 50_000
_KEYS = 60
_PLACES = (
    QTextCursor.MoveOperation.Start,
    QTextCursor.MoveOperation.End,
)
_LETTERS = "word "


def main(vault: Path, passphrase: str) -> dict[str, float]:
    """Open the vault in a window without a screen, open a note with one endless paragraph, and type.

    Returns:
        `long_text_key_ms`: all the window's thread does for one key, from the key to the painted picture, at the 95th
        percentile of keys at both ends of the text; its own time, so that what else runs on the machine is not counted.
        `long_text_key_ms_median`.
    """
    qt = QApplication([sys.argv[0]])
    hub = ThemeHub(qt, "light")
    with tempfile.TemporaryDirectory() as place:
        looks = Looks(hub, Preferences(), Path(place) / "preferences.json")
        around = Surroundings(folder=vault, start_again=lambda _folder, _reason: True, quit=qt.quit)
        application = Application(hub, looks, around)
        application.show_first()
        figures = _typed(unlock(application, passphrase))
        application.close()
    return figures


def _typed(session: MainWindow) -> dict[str, float]:
    words = ("leaf", "rain", "harbour", "lantern", "quiet")
    body = " ".join(words[number % len(words)] for number in range(_WORDS))
    surface = open_record_form(session.context, "note", answers={"title": "Long", "body": body})
    session.open_over(surface)
    editor = surface.form.editor("body")
    if not isinstance(editor, TextEditor):
        raise TypeError("no text field")
    until(lambda: editor.control.document().characterCount() > len(body))
    took: list[float] = []
    for place in _PLACES:
        editor.control.setFocus()
        editor.control.moveCursor(place)
        until(lambda: True)
        took += [_key_ms(editor, _LETTERS[number % len(_LETTERS)]) for number in range(_KEYS)]
    took.sort()
    return {"long_text_key_ms": took[int(len(took) * 0.95)], "long_text_key_ms_median": took[len(took) // 2]}


def _key_ms(editor: TextEditor, letter: str) -> float:
    start = time.thread_time()
    for sort in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(
            editor.control, QKeyEvent(sort, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, text=letter)
        )
    until(lambda: True)
    return (time.thread_time() - start) * 1000


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), sys.stdin.readline().rstrip("\n"))) + "\n")
