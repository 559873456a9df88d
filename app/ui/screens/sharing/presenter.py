"""Reads what sharing an entry would show, and shares exactly that."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Code, LeewardError
from app.domain.records import RecordId
from app.services.sharing import SharePreview
from app.ui.context import Context, Toast
from app.ui.screens.sharing.state import SharingState
from app.ui.text import tr, trouble


class SharingPresenter(QObject):
    """`state(SharingState)` for the surface; `done()` once the words stand in the shared space."""

    state = Signal(object)
    done = Signal()

    def __init__(self, context: Context, record: RecordId, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._record = context, record
        self._shown = SharingState()

    @property
    def shown(self) -> SharingState:
        """The state that was emitted last."""
        return self._shown

    def load(self) -> None:
        """Ask for the words as they stand now. Nothing is written, and nobody is told."""
        record = self._record
        self._context.tasks.run(lambda desk: desk.sharing.preview(record), self._read, self._refused, slot="preview")

    def share(self, files: frozenset[RecordId] = frozenset()) -> None:
        """Share what is shown, with the added files that are ticked.

        When it reads differently meanwhile, nothing is shared and it is shown anew.
        """
        preview, record = self._shown.preview, self._record
        if preview is None or self._shown.busy:
            return
        self._show(replace(self._shown, busy=True, trouble=None))
        self._context.tasks.run(lambda desk: desk.sharing.share(record, preview, files), self._shared, self._refused)

    def let_go(self) -> None:
        """Forget every word."""
        self._show(SharingState())

    def _read(self, preview: SharePreview) -> None:
        fresh = self._shown.preview is not None and preview != self._shown.preview
        self._show(SharingState(preview, fresh=fresh, trouble=self._shown.trouble if fresh else None))

    def _shared(self, _none: None) -> None:
        name = self._context.partner or tr("the other person")
        self._context.shell.toast(Toast(tr("Shared. {name} can read it now.").format(name=name)))
        self.done.emit()

    def _refused(self, error: LeewardError) -> None:
        said = trouble(error, self._context.content)
        if error.code is Code.STALE_REVISION:
            self._show(replace(self._shown, busy=False, trouble=said))
            self.load()
        else:
            self._show(SharingState(trouble=said))

    def _show(self, state: SharingState) -> None:
        self._shown = state
        self.state.emit(state)
