"""The surface on which one person chooses, line by line, what the other may see while both are here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.released import Stream
from app.domain.wording import with_partner
from app.ui.context import Context
from app.ui.screens.together_door.releases_presenter import ReleasesPresenter
from app.ui.screens.together_door.state import ReleasesShown
from app.ui.screens.together_door.stream_row import StreamRow
from app.ui.text import tr
from app.ui.widgets.buttons import Button, Select
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.fields import Labelled
from app.ui.widgets.label import Label
from app.ui.widgets.notes import Banner
from app.ui.widgets.passphrases import points


class ReleasesSurface(DialogSurface):
    """Everything is closed until it is shared here. With the other person looking on, things can only be taken back."""

    def __init__(self, ctx: Context, *, both_here: bool) -> None:
        partner = ctx.partner or tr("the other person")
        title = tr("What {name} may see here").format(name=partner)
        super().__init__(ctx.shell.ground(), title, close_words=tr("Close"))
        self.presenter = ReleasesPresenter(ctx, both_here=both_here, parent=self)
        care = ctx.content.care.share_stream
        self._banner = Banner("", tone="care")
        self._lead = points(tuple(with_partner(line, partner) for line in care.body))
        self._never = Label(care.never or "", "small", "ink2")
        self._later = Label(
            tr("With both of you here, things can only be taken back. To let more be seen, close the page first."),
            "small",
            "ink2",
        )
        self._nothing = Label(tr("You let nothing be seen so far."), "body")
        today = self.presenter.today
        self.rows = {stream: StreamRow(stream, partner, care.yes, care.no, today) for stream in Stream}
        self.trigger = Select(name=tr("One alarm that I may open here"), voice="person")
        self._trigger_row = Labelled(
            tr("One alarm that I may open here myself"),
            self.trigger,
            help_words=tr("It stays closed on the page until you open it there. What is for you alone is left out."),
        )
        self._done = Button(tr("Done"), "plain")
        self._build(both_here)
        self._connect()
        self.render_state(self.presenter.shown)
        self.presenter.load()

    @override
    def open(self, first: QWidget | None = None) -> None:
        super().open(first or self._done)

    def render_state(self, state: ReleasesShown) -> None:
        """Show what is let out and what is looked at."""
        self._banner.setVisible(state.trouble is not None)
        if state.trouble is not None:
            self._banner.say(f"{state.trouble.title}. {state.trouble.paragraph}")
        shown = {one.stream: one for one in state.streams}
        for stream, row in self.rows.items():
            found = shown.get(stream)
            row.setVisible(found is not None and (not state.both_here or found.release is not None))
            if found is not None:
                row.render_row(found, both_here=state.both_here)
        self._nothing.setVisible(state.both_here and all(row.isHidden() for row in self.rows.values()))
        self._trigger_row.setVisible(bool(state.triggers) and not state.both_here)
        self._fill_triggers(state)

    def _fill_triggers(self, state: ReleasesShown) -> None:
        options = (("", tr("none")), *state.triggers)
        if (
            tuple((self.trigger.itemData(at), self.trigger.itemText(at)) for at in range(self.trigger.count()))
            != options
        ):
            self.trigger.clear()
            for record, said in options:
                self.trigger.addItem(said, record)
        self.trigger.setCurrentIndex(max(0, self.trigger.findData(state.trigger)))

    def _build(self, both_here: bool) -> None:
        self._banner.hide()
        self.body.addWidget(self._banner)
        self.body.addWidget(self._later if both_here else self._lead)
        (self._lead if both_here else self._later).setParent(self)
        (self._lead if both_here else self._later).hide()
        self.body.addWidget(self._never)
        self._nothing.hide()
        self.body.addWidget(self._nothing)
        for row in self.rows.values():
            self.body.addWidget(row)
        self.body.addWidget(self._trigger_row)
        self.body.addStretch(1)
        self.footer.addStretch(1)
        self.footer.addWidget(self._done, 0, Qt.AlignmentFlag.AlignVCenter)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.state.connect(self.render_state)
        for stream, row in self.rows.items():
            row.look_asked.connect(lambda first, last, s=stream: presenter.look(s, first, last))
            row.share_asked.connect(lambda s=stream: presenter.share(s))
            row.not_now_asked.connect(lambda s=stream: presenter.not_now(s))
            row.withdraw_asked.connect(lambda s=stream: presenter.withdraw(s))
        self.trigger.activated.connect(lambda _index: presenter.choose_trigger(self.trigger.currentData()))
        self._done.clicked.connect(lambda _checked=False: self.close_surface())
        self.dismissed.connect(self.close_surface)
        self.confirmed.connect(self.close_surface)
