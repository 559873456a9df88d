"""Leaving something without opening: a note, a trigger in three things, or a bare tally. Nothing can be read here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextEdit, QVBoxLayout, QWidget

from app.domain.content import Content
from app.domain.errors import Code, RecordError
from app.ui.screens.drop.presenter import DropPresenter
from app.ui.screens.drop.state import DropState, Owner, What
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Caption, Surface
from app.ui.widgets.choice_row import Segmented
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.field_editors import Needs
from app.ui.widgets.fields import GrowingText, Labelled
from app.ui.widgets.form import Form
from app.ui.widgets.label import Label
from app.ui.widgets.mark_tile import MarkTile
from app.ui.widgets.marks import KeyHint, Shape

THREE = ("cue", "peak", "move")
ORDER = (What.NOTE, What.TRIGGER, What.TALLY)


def sealed_words(what: What) -> str:
    """What is said once something is safe."""
    if what is What.TALLY:
        return tr("The tally is sealed. It joins your journal when you open it.")
    if what is What.TRIGGER:
        return tr("The trigger is sealed. It joins your journal when you open it.")
    return tr("Your note is sealed. It joins your journal when you open it.")


class DropSurface(DialogSurface):
    """Over the locked screen. Ctrl+Enter seals, Esc leaves; Ctrl+L drops what is typed at once."""

    def __init__(self, ground: QWidget, content: Content, needs: Needs, presenter: DropPresenter) -> None:
        super().__init__(
            ground,
            tr("Leave something without opening"),
            close_words=tr("Close"),
            caption=tr("Sealed; opens with your part"),
            caption_icon="lock",
        )
        self._presenter = presenter
        self._kept = 0
        self._owners: tuple[Owner, ...] = ()
        self._owner = 0
        self._asked_twice = False
        self._whose = QWidget()
        self._marks: list[MarkTile] = []
        self._what = Segmented((tr("A note"), tr("A trigger"), tr("Only a tally")), name=tr("What to leave"))
        self._note = GrowingText(name=tr("Note"), least=5, most=12)
        self._form = Form(content.kind("trigger"), needs, only=THREE, headings=False, quiet=True, numbered=("move",))
        self._tally = Label(tr("Only that something set the alarm off, and when. One key is enough."), "body", "ink2")
        self._pages: tuple[QWidget, ...] = (Labelled(tr("In your own words"), self._note), self._form, self._tally)
        self._told = Caption("", role="lee")
        self._trouble = Surface("lamp_tint", radius_px=current_hub().theme.radius("banner"))
        self._trouble_title, self._trouble_words = Label("", "label", "lamp"), Label("", "small", "ink2")
        self._seal = Button(tr("Seal"), "primary", hint="Ctrl+Enter")
        self._build()
        self._connect()
        self._turn(0)
        self.render_state(DropState())

    def render_state(self, state: DropState) -> None:
        """Show a state; what is typed stays until it is sealed."""
        if state.owners != self._owners:
            self._owners = state.owners
            self._ask_whose(state.owners)
        self._seal.setEnabled(bool(state.owners) and not state.busy)
        self._seal.setText(tr("Sealing…") if state.busy else tr("Seal"))
        self._trouble.setVisible(state.trouble is not None or state.absent)
        if state.trouble is not None:
            self._trouble_title.setText(state.trouble.title)
            kept = tr("What you typed still stands here.")
            self._trouble_words.setText(f"{state.trouble.happened} {kept} {state.trouble.next}")
        elif state.absent:
            self._trouble_title.setText(tr("Nothing can be left here yet"))
            self._trouble_words.setText(tr("This becomes possible once the journal has been opened on this computer."))
        if state.kept != self._kept:
            self._kept = state.kept
            self._empty()
            if state.last is not None:
                self._tell(sealed_words(state.last), "check")
        elif state.refused_reason:
            self._show_refusal(state)

    def forget(self) -> None:
        """Drop what is typed, also what undoing could bring back, and close."""
        self._empty()
        self.close_surface()

    def choose(self, what: What) -> None:
        """Show the page of one of the three; what is typed on the others stays."""
        self._what.choose(ORDER.index(what))
        self._turn(ORDER.index(what))

    def start(self) -> None:
        """Open, with the keyboard in the first field."""
        self.open(self._note)
        self._presenter.load()

    def _build(self) -> None:
        theme = current_hub().theme
        said = Label(
            tr(
                "It is sealed at once, and nobody can read it here again. "
                "It joins your journal the next time you open it."
            ),
            "small",
            "ink2",
        )
        row = QHBoxLayout(self._whose)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s"))
        row.addWidget(Label(tr("Whose journal"), "label", lines=1), 0, Qt.AlignmentFlag.AlignVCenter)
        self._whose.hide()
        for told in (self._trouble_title, self._trouble_words):
            self._trouble.body.addWidget(told)
        what = QHBoxLayout()
        what.addWidget(self._what)
        what.addStretch(1)
        self.body.addWidget(said)
        self.body.addWidget(self._whose)
        self.body.addLayout(what)
        pages = QVBoxLayout()
        for page in self._pages:
            pages.addWidget(page)
        self.body.addLayout(pages)
        self.body.addWidget(self._trouble)
        self.body.addStretch(1)
        self.footer.addWidget(KeyHint("Esc"))
        self.footer.addWidget(Label(tr("close"), "caption", "ink3", lines=1))
        self.footer.addWidget(self._told)
        self.footer.addStretch(1)
        self.footer.addWidget(self._seal)

    def _connect(self) -> None:
        self._presenter.state.connect(self.render_state)
        self._what.changed.connect(lambda _value: self._turn(self._what.chosen() or 0))
        self._note.textChanged.connect(self._edited)
        self._form.changed.connect(self._edited)
        self._seal.clicked.connect(self._ask_seal)
        self.confirmed.connect(self._ask_seal)
        self.dismissed.connect(self._dismiss)
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+L", self.forget),
            ("T", self._tally_by_key),
            ("Alt+T", self._tally_at_once),
        )
        for keys, act in acts:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _ask_whose(self, owners: tuple[Owner, ...]) -> None:
        row = self._whose.layout()
        assert isinstance(row, QHBoxLayout)  # noqa: S101  # made in _build
        for tile in self._marks:
            tile.deleteLater()
        self._marks = []
        self._whose.setVisible(len(owners) > 1)
        for place, owner in enumerate(owners):
            shape = tr("Circle") if owner.shape is Shape.CIRCLE else tr("Square")
            tile = MarkTile(owner.label or shape, (owner.shape,))
            tile.clicked.connect(partial(self._choose_owner, place))
            row.addWidget(tile)
            self._marks.append(tile)
        row.addStretch(1)
        if len(owners) == 1:
            self._choose_owner(0)
        else:
            self._owner = -1

    def _choose_owner(self, place: int, _checked: bool = False) -> None:
        self._owner = place
        for at, tile in enumerate(self._marks):
            tile.setChecked(at == place)

    def _turn(self, place: int) -> None:
        for at, page in enumerate(self._pages):
            page.setVisible(at == place)
        self._tell("")

    def _edited(self) -> None:
        self._asked_twice = False
        if self._has_words():
            self._tell("")

    def _has_words(self) -> bool:
        return bool(self._note.words().strip()) or bool(self._form.answers())

    def _ask_seal(self) -> None:
        what = ORDER[self._what.chosen() or 0]
        if self._owner < 0:
            self._tell(tr("Choose whose journal it is for."), "info")
            if self._marks:
                self._marks[0].setFocus()
        elif what is What.NOTE and not self._note.words().strip():
            self._note.setFocus()
        elif what is What.NOTE:
            self._presenter.drop(what, {"body": self._note.words()}, self._owner)
        elif what is What.TALLY:
            self._presenter.drop(what, {}, self._owner)
        elif not self._form.answers():
            self._form.focus_first()
        elif self._form.check():
            self._presenter.drop(what, self._form.answers(), self._owner)

    def _tally_by_key(self) -> None:
        focused = self.focusWidget()
        if not (isinstance(focused, (QLineEdit, QTextEdit)) and focused.hasFocus()):
            self._tally_at_once()

    def _tally_at_once(self) -> None:
        self.choose(What.TALLY)
        self._ask_seal()

    def _dismiss(self) -> None:
        """Words that are not sealed are let go only when asked twice."""
        if self._has_words() and not self._asked_twice:
            self._asked_twice = True
            self._tell(tr("Not sealed yet. Esc once more lets it go."), "info")
        else:
            self.forget()

    def _empty(self) -> None:
        self._note.set_words("")
        self._form.set_answers({})
        self._asked_twice = False
        self._tell("")

    def _tell(self, words: str, icon: str = "") -> None:
        self._told.setVisible(bool(words))
        self._told.show_words(words, icon)

    def _show_refusal(self, state: DropState) -> None:
        error = RecordError(Code.INVALID_RECORD, field=state.refused_field, reason=state.refused_reason)
        if ORDER[self._what.chosen() or 0] is What.TRIGGER:
            self._form.show_refusal(error)
        else:
            self._tell(tr("This could not be sealed as it stands. It still stands here."), "info")
