"""The look back at a week on Today: offered on its Sunday and two days after, kept as it is written, or let be."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import Code, LeewardError
from app.domain.records import Changes, RecordId
from app.services.look_backs import KIND, WeekOffer, draft_key
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.runtime.tasks import Typed
from app.ui.text import tr
from app.ui.undoing import undo_toast

DRAFT_AFTER_MS = 400
Answers = dict[str, object]


@dataclass(frozen=True, slots=True)
class WeekPage:
    """What the card shows: no offer and no card, one quiet line, or three questions. `trouble` is a sentence."""

    offer: WeekOffer | None = None
    open: bool = False
    refused: tuple[str, str] = ("", "")
    trouble: str = ""


class WeekPresenter(QObject):
    """`state(WeekPage)` whenever there is something new to show. What is being typed lives in the card."""

    state = Signal(object)

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._latest: Answers | None = None
        self._saving = False
        self.page = WeekPage()
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(DRAFT_AFTER_MS)
        self._resting.timeout.connect(self.keep_draft)
        ctx.bus.changed.connect(self._changed)

    def load(self) -> None:
        """Ask whether a week is offered today."""
        today = self._ctx.now().date().toordinal()
        self._ctx.tasks.run(lambda desk: desk.look_backs.offer(today), self._loaded, _left_out, slot="today-week")

    def take_up(self) -> None:
        """Open the questions of an offer that only said it is there."""
        self._show(WeekPage(self.page.offer, open=True))

    def edited(self, answers: Answers) -> None:
        """Something was answered; the draft follows when the typing rests."""
        self._latest = answers
        self._resting.start()

    def keep_draft(self) -> None:
        """Keep what stands in the card now, if it was touched."""
        self._resting.stop()
        offer, answers = self.page.offer, self._latest
        if offer is None or answers is None or self._saving:
            return
        self._latest = None
        last = offer.last
        typed = Typed(draft_key(last), KIND, answers)
        self._ctx.tasks.run(
            lambda desk: desk.look_backs.keep_draft(last, answers), _nothing, self._refused, typed=typed
        )

    def save(self, answers: Answers) -> None:
        """Save it; the card goes."""
        offer = self.page.offer
        if offer is None or self._saving:
            return
        self._saving, self._latest = True, None
        self._resting.stop()
        last = offer.last

        def saved(record: RecordId) -> None:
            self._saving = False
            self.load()
            undo_toast(self._ctx, tr("Saved, only for you."), record)

        typed = Typed(draft_key(last), KIND, answers)
        self._ctx.tasks.run(lambda desk: desk.look_backs.save(last, answers), saved, self._refused, typed=typed)

    def not_now(self) -> None:
        """Let this week be."""
        offer, tasks = self.page.offer, self._ctx.tasks
        if offer is None:
            return
        self._resting.stop()
        self._latest = None
        last = offer.last

        def done(_none: object) -> None:
            self.load()
            self._ctx.shell.toast(Toast(tr("Let be."), tr("Undo"), self._offer_again))

        typed = Typed(draft_key(last), KIND, {})
        tasks.run(lambda desk: desk.look_backs.not_now(last), done, self._refused, typed=typed)

    def let_go(self) -> None:
        """Forget what is shown: the journal is being locked."""
        self._resting.stop()
        self._latest = None
        self._show(WeekPage())

    def _offer_again(self) -> None:
        self._ctx.tasks.run(lambda desk: desk.look_backs.offer_again(), lambda _none: self.load(), self._refused)

    def _loaded(self, offer: WeekOffer | None) -> None:
        still = offer is not None and self.page.offer is not None and self.page.offer.last == offer.last
        opened = offer is not None and (not offer.quiet or bool(offer.answers) or (still and self.page.open))
        self._show(WeekPage(offer, open=opened))

    def _show(self, page: WeekPage) -> None:
        self.page = page
        self.state.emit(page)

    def _refused(self, error: LeewardError) -> None:
        self._saving = False
        if error.code is Code.INVALID_RECORD:
            refused = (str(error.detail.get("field", "")), str(error.detail.get("reason", "")))
            self._show(WeekPage(self.page.offer, open=True, refused=refused))
        else:
            said = text.trouble(error, self._ctx.content).paragraph
            self._show(WeekPage(self.page.offer, open=self.page.open, trouble=said))

    def _changed(self, changes: Changes) -> None:
        if KIND in changes.kinds:
            self.load()


def _left_out(_error: LeewardError) -> None:
    """An offer that cannot be read now is left out."""


def _nothing(_value: object) -> None:
    """A result nobody waits for."""
