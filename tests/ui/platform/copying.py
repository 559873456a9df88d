"""A window that copies, with the guard, on a real clipboard: run under a display of its own. Not a test.

Says what lies on the clipboard after each step, one line each.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QEventLoop, QMimeData, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QLineEdit

from app.ui.platform.clipboard import ClipboardGuard


def rest(ms: int) -> None:
    """Let Qt work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def main() -> None:
    """Copy, wait, copy, lock."""
    qt = QApplication(sys.argv[:1])
    clipboard = qt.clipboard()

    def tell(step: str) -> None:
        rest(100)
        held: QMimeData | None = clipboard.mimeData()
        formats = held is not None and "x-kde-passwordManagerHint" in held.formats()
        chosen = clipboard.text(QClipboard.Mode.Selection)
        sys.stdout.write(f"{step}: {clipboard.text()!r} {formats} {chosen!r}\n")

    guard = ClipboardGuard(after_s=1)
    field = QLineEdit("private words")
    field.show()
    rest(200)
    field.selectAll()
    field.copy()
    clipboard.setText(field.text(), QClipboard.Mode.Selection)
    tell("copied")
    rest(1500)
    tell("later")
    field.copy()
    tell("again")
    guard.stop()
    tell("locked")
    clipboard.setText("after the lock")
    tell("not looked after")
    field.deleteLater()


if __name__ == "__main__":
    main()
