"""The page of the four-weekly look: asks for the letter, saves what is added as it is typed, keeps it when asked."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import Code, LeewardError
from app.domain.records import Changes, RecordId
from app.services.reviews import KIND, ReviewState, draft_key
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.runtime.tasks import Typed
from app.ui.screens.review import wording
from app.ui.screens.review.state import ReviewPage
from app.ui.text import tr
from app.ui.undoing import undo_toast

DRAFT_AFTER_MS = 400
_SHOWN_KINDS = frozenset({KIND, "checkin", "moment", "appreciation", "new_experience", "weekly_look_back"})
Answers = dict[str, object]


class ReviewPresenter(QObject):
    """`state(ReviewPage)` whenever there is something new to show."""

    state = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._shown = ReviewPage()
        self._target: str | None = None
        self._latest: Answers | None = None
        self._saving = self._anew = False
        self._edition = 0
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(DRAFT_AFTER_MS)
        self._resting.timeout.connect(self.keep_draft)
        ctx.bus.changed.connect(self._changed)

    @property
    def shown(self) -> ReviewPage:
        """The page as it stands."""
        return self._shown

    def load(self) -> None:
        """Fetch the look that is shown, as it stands now."""
        today, target = self._ctx.now().date().toordinal(), self._target
        self._ctx.tasks.run(lambda desk: desk.reviews.state(today, target), self._loaded, self._refused, slot="review")

    def choose(self, record: str | None) -> None:
        """Show a kept look; None for the newest."""
        self.keep_draft()
        self._target, self._anew = record, True
        self.load()

    def edited(self, answers: Answers) -> None:
        """Something was added; the draft follows when the typing rests."""
        self._latest = answers
        self._resting.start()

    def keep_draft(self) -> None:
        """Keep what is being added now, if anything was."""
        self._resting.stop()
        letter, answers = self._shown.letter, self._latest
        if letter is None or answers is None or self._saving:
            return
        self._latest = None
        day, record = letter.day, _id(letter.record)
        typed = Typed(draft_key(day, record), KIND, answers)
        self._ctx.tasks.run(
            lambda desk: desk.reviews.keep_draft(day, record, answers), _nothing, self._refused, typed=typed
        )

    def keep(self, answers: Answers) -> None:
        """Keep the look with what was added."""
        letter = self._shown.letter
        if letter is None or self._saving:
            return
        self._resting.stop()
        self._saving, self._latest = True, None
        day, record = letter.day, _id(letter.record)
        typed = Typed(draft_key(day, record), KIND, answers)

        def saved(made: RecordId) -> None:
            self._saving = False
            self._target, self._anew = made, True
            self.load()
            undo_toast(self._ctx, tr("Kept."), made)

        self._ctx.tasks.run(lambda desk: desk.reviews.keep(day, record, answers), saved, self._refused, typed=typed)

    def pick(self, on: bool) -> None:  # as the box says it
        """Let a kept look go into the summary, or not."""
        letter = self._shown.letter
        if letter is None or letter.record is None:
            return
        record = RecordId(letter.record)
        self._shown = replace(self._shown, letter=replace(letter, picked=on))
        said = tr("It will be in the next summary.") if on else tr("It stays out of the summary.")

        def picked(_none: object) -> None:
            self.load()  # an answer that was on its way may have shown the tick as it was
            self._ctx.shell.toast(Toast(said))

        self._ctx.tasks.run(lambda desk: desk.reviews.pick(record, on=on), picked, self._refused)

    def open_moment(self, record: str) -> None:
        """Show a moment where it stands."""
        self._ctx.shell.go("journal", record)

    def go(self, page: str) -> None:
        """Go to another page."""
        self._ctx.shell.go(page)

    def safety(self) -> None:
        """Open the page for when being together is not safe."""
        self._ctx.shell.help("safety")

    def let_go(self) -> None:
        """Forget every word: the journal is being locked."""
        self._resting.stop()
        self._latest = None
        self._shown = ReviewPage()
        self.state.emit(self._shown)

    def _loaded(self, found: ReviewState) -> None:
        before, look = self._shown.letter, found.shown
        letter = None
        if look is not None:
            fresh = self._anew or before is None or (before.day, before.record) != (look.day, look.record)
            self._edition, self._anew = self._edition + fresh, False
            answers = look.answers if before is None or fresh else before.answers
            letter = wording.letter_card(look, self._ctx, danger=found.danger, edition=self._edition, answers=answers)
        self._shown = ReviewPage(
            letter=letter,
            kept=wording.kept_lines(found),
            empty=wording.empty_words(found),
            following=wording.following_words(found),
        )
        self.state.emit(self._shown)

    def _refused(self, error: LeewardError) -> None:
        self._saving = False
        if error.code is Code.INVALID_RECORD:
            detail = error.detail
            refused = (str(detail.get("field", "")), str(detail.get("reason", "")))
            self.state.emit(replace(self._shown, refused=refused))
        else:
            self._shown = replace(self._shown, trouble=text.trouble(error, self._ctx.content).paragraph)
            self.state.emit(self._shown)

    def _changed(self, changes: Changes) -> None:
        if changes.kinds & _SHOWN_KINDS and (self._shown.letter is not None or self._shown.empty):
            self.load()


def _id(record: str | None) -> RecordId | None:
    return None if record is None else RecordId(record)


def _nothing(_value: object) -> None:
    """A result nobody waits for."""
