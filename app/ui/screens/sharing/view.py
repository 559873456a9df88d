"""Before words are shared: exactly what will be readable, what stays, and that it cannot be unseen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.records import RecordId
from app.domain.wording import with_partner
from app.services.sharing import LeftOut, SharedLine, SharePreview
from app.ui.context import Context
from app.ui.screens.attachments.wording import about
from app.ui.screens.sharing.presenter import SharingPresenter
from app.ui.screens.sharing.state import SharingState
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, TickBox
from app.ui.widgets.card import Surface
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.label import Label
from app.ui.widgets.notes import Banner


class SharingSurface(DialogSurface):
    """The words, field by field; a tick of their own; two answers of equal weight. Closing keeps it private."""

    def __init__(self, context: Context, record: RecordId, shared: Callable[[], None] | None = None) -> None:
        self._care = context.content.care.share
        self._partner = context.partner or tr("the other person")
        super().__init__(context.shell.ground(), self._named(self._care.title), close_words=self._care.no)
        self.presenter = SharingPresenter(context, record, self)
        self._read: SharePreview | None = None
        self._banner = Banner("", tone="care")
        self._words = Surface("sunken", radius_px=current_hub().theme.radius("control"))
        self._files = QWidget()
        self.files: list[tuple[TickBox, RecordId]] = []
        self._left = QWidget()
        self._earlier = Label(self._named(self._care.earlier), "small", "ink2")
        self.tick = TickBox(self._care.check)
        self._keep = Button(self._care.no, "plain")
        self.go_on = Button(self._care.yes, "plain")
        self._missing = Label("", "small", "ink3")
        self._build()
        self._connect(context, shared)
        self.presenter.load()

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first or self._keep)

    def render_state(self, state: SharingState) -> None:
        """Show what would be readable; the tick goes when the words are other ones."""
        self._banner.setVisible(state.trouble is not None)
        if state.trouble is not None:
            self._banner.say(f"{state.trouble.title}. {state.trouble.paragraph}")
        if state.preview != self._read:
            self._read = state.preview
            self.tick.setChecked(False)
            self._show_words(state.preview)
        self._asked.setVisible(state.preview is not None)
        for part in (self.tick, self._files):
            part.setEnabled(not state.busy)
        self.go_on.setVisible(state.preview is not None)
        self._look()

    def show_end(self) -> None:
        """Scroll to the tick, the last thing before the answers."""
        self._scroll.ensureWidgetVisible(self.tick)

    def _build(self) -> None:
        care = self._care
        self._asked = QWidget()
        asked = QVBoxLayout(self._asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(current_hub().theme.space("m"))
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_hub().theme.px(4))
        self._left_column = column
        asked.addWidget(Label(self._named(care.lead), "body"))
        asked.addWidget(self._words)
        files = QVBoxLayout(self._files)
        files.setContentsMargins(0, 0, 0, 0)
        files.setSpacing(current_hub().theme.px(4))
        self._files_column = files
        asked.addWidget(self._files)
        asked.addWidget(self._left)
        asked.addWidget(self._earlier)
        for line in (*care.body, care.moved, care.pressure, care.no_notice):
            asked.addWidget(Label(self._named(line), "small", "ink2"))
        asked.addWidget(self.tick)
        asked.addWidget(Label(care.default_note, "caption", "ink3"))
        self._banner.hide()
        self.body.addWidget(self._banner)
        self.body.addWidget(self._asked)
        self.body.addStretch(1)
        self.footer.addWidget(self._missing, 1, Qt.AlignmentFlag.AlignVCenter)
        self.footer.addWidget(self._keep)
        self.footer.addWidget(self.go_on)

    def _connect(self, context: Context, shared: Callable[[], None] | None) -> None:
        self.presenter.state.connect(self.render_state)
        self.presenter.done.connect(self.close_surface)
        if shared is not None:
            self.presenter.done.connect(shared)
        self.tick.toggled.connect(lambda _on: self._look())
        self._keep.clicked.connect(lambda _checked=False: self._leave())
        self.go_on.clicked.connect(lambda _checked=False: self._confirm())
        self.dismissed.connect(self._leave)
        self.confirmed.connect(self._confirm)
        context.bus.locking.connect(self.presenter.let_go)

    def _confirm(self) -> None:
        if self.go_on.isEnabled() and not self.go_on.isHidden():
            self.presenter.share(frozenset(name for box, name in self.files if box.isChecked()))

    def _leave(self) -> None:
        if not self.presenter.shown.busy:
            self.close_surface()

    def _look(self) -> None:
        state = self.presenter.shown
        ready = state.preview is not None and self.tick.isChecked() and not state.busy
        self.go_on.setEnabled(ready)
        waits = state.preview is not None and not self.tick.isChecked()
        self._missing.setText(tr("Read the words, then tick the box") if waits else "")

    def _show_words(self, preview: SharePreview | None) -> None:
        _empty(self._words.body)
        _empty(self._left_column)
        _empty(self._files_column)
        self.files = []
        self._files.setVisible(preview is not None and bool(preview.files))
        self._earlier.setVisible(preview is not None and preview.earlier > 0)
        self._left.setVisible(preview is not None and bool(preview.left_out))
        if preview is None:
            return
        for line in preview.lines:
            self._words.body.addWidget(self._line(line))
        self._show_files(preview)
        if preview.left_out:
            self._left_column.addWidget(Label(self._care.left_title, "label"))
        for left in preview.left_out:
            self._left_column.addWidget(Label(self._why(left), "small", "ink2"))

    def _show_files(self, preview: SharePreview) -> None:
        """Each added file with a tick of its own; none is ticked, and what is not stays private."""
        if preview.files:
            self._files_column.addWidget(Label(tr("Added files"), "label"))
            self._files_column.addWidget(
                Label(tr("Only those you tick go along. The others stay beside it for you alone."), "small", "ink2")
            )
        for added in preview.files:
            words = tr("{name} ({about})").format(name=added.name, about=about(added))
            box = TickBox(words)
            self.files.append((box, added.id))
            self._files_column.addWidget(box)
            if added.alt:
                self._files_column.addWidget(Label(added.alt, "caption", "ink3"))

    def _line(self, line: SharedLine) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(Label(self._named(line.label), "caption", "ink3"))
        column.addWidget(Label(line.words, "line"))
        return made

    def _why(self, left: LeftOut) -> str:
        reason = next((choice for choice in self._care.left if choice.id == left.reason), None)
        if reason is None:
            return self._named(left.label)
        return tr("{question}: {why}").format(question=self._named(left.label), why=self._named(reason.line))

    def _named(self, words: str) -> str:
        return with_partner(words, self._partner)


def open_sharing(context: Context, record: RecordId, shared: Callable[[], None] | None = None) -> None:
    """Show what sharing an entry would mean; `shared` is called once its words stand in the shared space."""
    context.shell.open_over(SharingSurface(context, record, shared))


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        if (gone := item.widget()) is not None:
            gone.hide()
            gone.deleteLater()
