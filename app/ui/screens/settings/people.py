"""People and sharing: who writes in this journal, and what two of them have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.domain.errors import Code
from app.domain.wording import with_partner
from app.services.people import Together, Waiting
from app.services.timeline import Item
from app.ui.context import Context
from app.ui.models.seats import marked
from app.ui.screens.people import surfaces
from app.ui.screens.people.presenter import PeoplePresenter
from app.ui.screens.people.state import PeopleState
from app.ui.screens.people.welcome import WelcomeSurface
from app.ui.screens.settings import rows
from app.ui.screens.settings.section import Section
from app.ui.text import sentence_case, tr, trouble
from app.ui.theme.hub import current_hub
from app.ui.widgets.buttons import Button, Select
from app.ui.widgets.card import Card
from app.ui.widgets.label import Label
from app.ui.widgets.marks import Person, PersonMark, Shape
from app.ui.widgets.notes import Banner
from app.ui.widgets.passphrases import points


class PeopleSection(Section):
    """The two people, the space for both, what waits for this one, and what they have hidden."""

    def __init__(self, context: Context, name_row: QWidget) -> None:
        super().__init__()
        self._context = context
        self.presenter = PeoplePresenter(context, self)
        self._state: PeopleState | None = None
        self._cards: list[Card] = []
        self._label = Select(name=tr("On the locked screen"))
        self._label.setMinimumWidth(current_hub().theme.px(150))
        self._label.activated.connect(lambda _index: self.presenter.show_label(self._label.currentData()))
        self._mark, self._other_mark = PersonMark(size="large"), PersonMark(size="large")
        me = _beside(
            self._mark, rows.row(context.person.name, tr("This is you. Each person keeps a mark: circle or square."))
        )
        other = _beside(self._other_mark, name_row)
        self._named_line = next(iter(name_row.findChildren(Label)[1:]), Label())
        self._unnamed = self._named_line.text()
        self._label_row = rows.row(
            tr("On the locked screen"),
            tr("A name or an initial there can be read by anyone at this computer, without a passphrase."),
            self._label,
        )
        self.add(rows.card(tr("Who writes here"), me, other, self._label_row))
        self.presenter.state.connect(self.render_state)
        self.presenter.turned.connect(self._turned)
        self.render_state(self.presenter.shown)

    @override
    def enter(self) -> None:
        self.presenter.load()

    def render_state(self, state: PeopleState) -> None:
        """Show how things stand; what did not change is left alone."""
        if state == self._state:
            return
        self._state = state
        together = state.together
        mark = together.mark if together is not None else self._context.mark
        self._mark.show_people((Person(Shape.of(mark), self._context.person.initial, self._context.person.name),))
        here = together is not None and together.other is not None
        self._other_mark.setVisible(here)
        named = tr("How your own sentences call them. Nobody else sees it.")
        self._named_line.setText(named if here else self._unnamed)
        self._other_mark.show_people((marked(replace(self._context, mark=mark), theirs=True),))
        self._label_row.setVisible(together is not None)
        if together is not None:
            self._fill_labels(together.label)
        self._replace_cards(state)

    def _fill_labels(self, chosen: str) -> None:
        person = self._context.person
        options = [(tr("Only the mark"), ""), (tr("My initial"), person.initial), (tr("My name"), person.name)]
        if chosen not in {value for _, value in options}:
            options.append((chosen, chosen))
        self._label.clear()
        for words, value in options:
            self._label.addItem(words, value)
        self._label.setCurrentIndex(self._label.findData(chosen))

    def _replace_cards(self, state: PeopleState) -> None:
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = []
        together = state.together
        if together is not None:
            waiting = [self._waiting_row(one) for one in together.waiting]
            if waiting:
                self._cards.append(rows.card(tr("Waiting for your word"), *waiting))
            self._cards.append(self._space_card(together, busy=state.busy))
        if state.hidden:
            self._cards.append(rows.card(tr("Hidden by you"), *(self._hidden_row(item) for item in state.hidden)))
        for card in self._cards:
            self.add(card)

    # ---------------------------------------------------------------------------------------------- the shared space

    def _space_card(self, together: Together, *, busy: bool) -> Card:
        title = self._context.content.care.shared_space.title
        if together.trouble is not None:
            parts = self._troubled(together)
        elif together.other is None:
            parts = self._alone(together)
        elif together.open:
            parts = self._joined()
        else:
            parts = self._apart()
        made = rows.card(title, *parts)
        made.setEnabled(not busy)
        return made

    def _alone(self, together: Together) -> list[QWidget]:
        """Nobody to share with yet: what it is, the line about safety, then the button."""
        care = self._context.content.care.shared_space
        if not together.room:
            line = tr("Two people write in this journal already, each for themselves. There is room for two.")
            return [rows.row(tr("A part each, nothing in common"), line)]
        screen = surfaces.safety_first(self._context)
        line = tr("The other person needs to be here and sits down at this keyboard.")
        begin = _button(tr("Set it up…"), self._welcome)
        return [points(care.body), screen, rows.row(care.yes, line, begin)]

    def _joined(self) -> list[QWidget]:
        care, name = self._context.content.care.leave_shared, self._name()
        compare = _button(tr("Compare…"), self._compare)
        leave = _button(tr("Leave…"), self._leave)
        return [
            rows.row(
                tr("Shared with {name}").format(name=name),
                tr("What you share, entry by entry, and nothing else. Nobody is told what was read or hidden."),
            ),
            rows.row(
                tr("Compare your keys"), tr("Six words for each of you, to read aloud to each other once."), compare
            ),
            rows.row(care.title, with_partner(care.body[0], name), leave),
        ]

    def _apart(self) -> list[QWidget]:
        line = tr("You are not in a shared space now. A key can be put away for {name}, who decides.")
        invite = _button(tr("Begin again…"), self._invite)
        return [rows.row(tr("Not shared"), line.format(name=self._name()), invite)]

    def _troubled(self, together: Together) -> list[QWidget]:
        error = together.trouble
        assert error is not None  # noqa: S101  # asked by the only caller
        said = trouble(error, self._context.content)
        banner = Banner(f"{said.title}. {said.paragraph}", tone="care")
        older = error.code is Code.OLDER_COPY
        line = tr("Your own part is as it was. The shared space stays closed here for now.")
        open_it = _button(tr("Open this older copy"), self.presenter.open_older) if older else None
        return [banner, rows.row(tr("Only the shared space is touched"), line, open_it)]

    def _waiting_row(self, waiting: Waiting) -> QWidget:
        look = _button(tr("Look…"), partial(self._look_at, waiting))
        name = self._name()
        if waiting.keys_changed:
            line = tr("Compare six words before you trust them. Until then nothing new of theirs is taken in.")
            return rows.row(tr("{name} has new keys").format(name=name), line, look)
        line = tr("It can wait as long as you like, and nobody is told.")
        return rows.row(tr("{name} invites you into a shared space").format(name=name), line, look)

    def _hidden_row(self, item: Item) -> QWidget:
        kind = sentence_case(self._context.content.kind(item.kind).singular)
        show = _button(tr("Show again"), partial(self.presenter.unhide, item.id))
        return rows.row(kind, tr("Shared by {name}. Its words stay out of sight here.").format(name=self._name()), show)

    # -------------------------------------------------------------------------------------------------- what it opens

    def _name(self) -> str:
        return self._context.partner or tr("the other person")

    def _welcome(self) -> None:
        self._context.shell.open_over(WelcomeSurface(self._context))

    def _compare(self) -> None:
        state = self.presenter.shown
        self._context.shell.open_over(surfaces.comparing(self._context, state.own_words, state.other_words))

    def _leave(self) -> None:
        self._context.shell.open_over(surfaces.leaving(self._context, self.presenter.leave))

    def _invite(self) -> None:
        self._context.shell.open_over(surfaces.beginning_again(self._context, self.presenter.invite))

    def _look_at(self, waiting: Waiting) -> None:
        accept = partial(self.presenter.accept, waiting)
        if not waiting.keys_changed:
            self._context.shell.open_over(surfaces.invitation(self._context, accept))
            return
        state = self.presenter.shown
        now = dict(state.waiting_words).get(waiting.id, ())
        self._context.shell.open_over(surfaces.changed_keys(self._context, state.own_words, now, accept))

    def _turned(self) -> None:
        """Pages that were built before know another space: they are built anew."""
        self._context.bus.renamed.emit(self._context.partner or "")


def _beside(mark: PersonMark, words: QWidget) -> QWidget:
    made = QWidget()
    across = QHBoxLayout(made)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(current_hub().theme.space("m"))
    across.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
    across.addWidget(words, 1)
    return made


def _button(words: str, act: Callable[[], object]) -> Button:
    made = Button(words, "plain", small=True)
    made.clicked.connect(lambda _checked=False: act())
    return made
