"""Our own dialog for choosing files: the system's would note them among its recent ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from app.ui.text import tr


def choose_files(parent: QWidget, chosen: Callable[[list[Path]], None]) -> None:
    """Ask for files of this computer; nothing is read before `chosen` is called."""
    from PySide6.QtWidgets import QFileDialog  # its many enums would cost the first paint

    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, tr("Add files to this entry"), folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters([
        tr("Pictures, PDF, sound (*.jpg *.jpeg *.png *.gif *.webp *.bmp *.tif *.tiff *.pdf *.wav *.mp3 *.flac *.ogg)"),
        tr("All files (*)"),
    ])  # fmt: skip
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
    dialog.filesSelected.connect(lambda paths: chosen([Path(path) for path in paths]))
    dialog.finished.connect(lambda _result: dialog.deleteLater())
    dialog.open()
