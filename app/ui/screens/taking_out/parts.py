"""What both surfaces share: a footer with a way out and one button on, how far it is, and asking for a place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.context import Context
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.label import Label
from app.ui.widgets.notes import Banner
from app.ui.widgets.passphrases import FillingLine


class WayOutSurface(DialogSurface):
    """A surface with trouble on top, progress, and two buttons: one that stays or stops, one that goes on."""

    def __init__(self, context: Context, title: str, yes: str) -> None:
        super().__init__(context.shell.ground(), title, close_words=tr("Close"))
        self.context = context
        self.banner = Banner("", tone="care")
        self.banner.hide()
        self.body.addWidget(self.banner)
        self.page = QWidget()
        self.column = QVBoxLayout(self.page)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(current_hub().theme.space("m"))
        self.body.addWidget(self.page)
        self.body.addStretch(1)
        self.bar = FillingLine()
        self.bar.hide()
        self.missing = Label("", "small", "ink3")
        self.stay, self.go_on = Button(tr("Not now"), "plain"), Button(yes, "primary")
        self.footer.addWidget(self.missing, 1, Qt.AlignmentFlag.AlignVCenter)
        self.footer.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        self.footer.addWidget(self.stay)
        self.footer.addWidget(self.go_on)

    def show_progress(self, part: float, doing: str, *, busy: bool) -> None:
        """How far it is; while something is under way the button out stops it."""
        self.bar.setVisible(busy)
        self.missing.setVisible(not busy)
        self.bar.show_share(part, doing)
        self.stay.setText(tr("Stop") if busy else tr("Not now"))
        self.page.setEnabled(not busy)

    def show_trouble(self, said: str) -> None:
        """A sentence that needs a look, or none."""
        self.banner.setVisible(bool(said))
        if said:
            self.banner.say(said)


def ask_place(parent: QWidget, title: str, name: str, ending: str, chosen: Callable[[Path], None]) -> None:
    """Ask where a new file or folder goes, in our own dialog: the system's would note it among its recent ones."""
    from PySide6.QtWidgets import QFileDialog  # its many enums would cost the first paint

    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, title, folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    if ending:
        dialog.setDefaultSuffix(ending.removeprefix("."))
    dialog.selectFile(name)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()


def ask_file(parent: QWidget, chosen: Callable[[Path], None]) -> None:
    """Ask which file comes in, in our own dialog."""
    from PySide6.QtWidgets import QFileDialog  # as above

    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, tr("Choose a file to bring in"), folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([tr("Exports (*.age *.json)"), tr("All files (*)")])
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
