"""Opens, walks and closes the program's own file dialogs in a home of their own. Not a test."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.services.preferences import Preferences
from app.ui import start
from app.ui.application import Application, Surroundings
from app.ui.looks import Looks
from app.ui.screens.unlock.view import UnlockView
from app.ui.theme.hub import ThemeHub


def main(vault: Path, chosen: Path) -> None:
    """Choose another journal's folder on the locked screen, twice: taken, and given up."""
    qt = start.qt_application()
    qt.setApplicationName("Leeward")
    hub = ThemeHub(qt, "light")
    around = Surroundings(vault, lambda _folder, _told: True, qt.quit)
    application = Application(hub, Looks(hub, Preferences(), None), around)
    application.show_unlock()
    application.window.show()
    view = application.window.content()
    if not isinstance(view, UnlockView):
        raise TypeError("no unlock screen")
    for accept in (True, False):
        view._choose_folder()
        dialog = view.findChild(QFileDialog)
        if dialog is None:
            raise TypeError("no dialog")
        sys.stdout.write(f"{dialog.testOption(QFileDialog.Option.DontUseNativeDialog)}\n")
        dialog.setDirectory(str(chosen))
        for _ in range(20):
            qt.processEvents()
        if accept:
            dialog.accept()
        else:
            dialog.reject()
        for _ in range(20):
            qt.processEvents()
    application.close()
    qt.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
