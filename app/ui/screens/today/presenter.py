"""Today: asks the desk for the page, keeps the check-in's draft, saves it, and says what changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import Code, LeewardError
from app.domain.records import Changes, RecordId
from app.services.choices import Choices
from app.services.desk import Desk
from app.services.moments import is_draft
from app.services.today import CHECKIN, CheckinDay, SavedAnswers, TodayState, Unfinished, draft_key
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.runtime.tasks import Typed
from app.ui.screens.record_form.surface import open_record_form
from app.ui.screens.today import wording
from app.ui.screens.today.state import CheckinCard, Mode, TodayPage
from app.ui.text import tr

DRAFT_AFTER_MS = 400
_ON_PAGES: Final = {"injury": "injuries", "four_weekly_review": "review"}
"""Kinds that are gone on with on a page of their own."""
Answers = dict[str, object]


class TodayPresenter(QObject):
    """Holds the state of the page. What is being typed lives in the view and comes here as answers."""

    state = Signal(object)
    """Emitted with each new TodayPage."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._found: TodayState | None = None
        self._day: int | None = None
        self._editing = False
        self._shown = TodayPage()
        self._latest: Answers | None = None
        self._saving = False
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(DRAFT_AFTER_MS)
        self._resting.timeout.connect(self.keep_draft)
        ctx.bus.changed.connect(self._changed)
        ctx.bus.chosen.connect(self._chosen)

    @property
    def page(self) -> TodayPage:
        """What is shown now."""
        return self._shown

    def load(self) -> None:
        """Fetch the page as it stands now."""
        now, day = self._ctx.now(), self._day
        self._ctx.tasks.run(lambda desk: desk.today.state(now, day), self._loaded, self._refused, slot="today")

    def choose_day(self, days_back: int) -> None:
        """Check in for today (0) or for a day before."""
        self.keep_draft()
        self._day = self._ctx.now().date().toordinal() - days_back if days_back else None
        self._editing = False
        self._latest = None
        self.load()

    def edited(self, answers: Answers) -> None:
        """The check-in changed; its draft follows when the typing rests."""
        self._latest = answers
        self._resting.start()

    def keep_draft(self) -> None:
        """Keep what stands in the check-in now, if it was touched."""
        self._resting.stop()
        answers, day = self._latest, self._shown.checkin.day
        if answers is None or self._saving or self._found is None:
            return
        self._latest = None
        typed = Typed(draft_key(day), CHECKIN, answers)
        self._ctx.tasks.run(lambda desk: desk.today.keep_draft(day, answers), _nothing, self._refused, typed=typed)

    def save(self, answers: Answers) -> None:
        """Save the check-in. Before the page is there, nobody knows which day is meant, so nothing happens."""
        if self._saving or self._found is None or self._shown.checkin.mode is not Mode.OPEN:
            return
        self._saving = True
        self._resting.stop()
        day = self._shown.checkin.day
        typed = Typed(draft_key(day), CHECKIN, answers)
        self._ctx.tasks.run(lambda desk: desk.today.save_checkin(day, answers), self._saved, self._refused, typed=typed)

    def edit(self) -> None:
        """Open the saved check-in again; saving it makes a new version."""
        self._editing = True
        self._show()

    def not_tonight(self) -> None:
        """Close the check-in until tomorrow."""
        if self._found is None:
            return
        self._resting.stop()
        self._latest = None
        day = self._shown.checkin.day
        if self._editing:
            typed = Typed(draft_key(day), CHECKIN, {})
            self._ctx.tasks.run(lambda desk: desk.today.keep_draft(day, {}), _nothing, self._refused, typed=typed)
            self._editing = False
        else:
            typed = Typed(draft_key(day), CHECKIN, {})
            self._ctx.tasks.run(lambda desk: desk.today.not_tonight(day), _nothing, self._refused, typed=typed)
        self.load()

    def reopen(self) -> None:
        """Open the check-in after all."""
        self._ctx.tasks.run(lambda desk: desk.today.reopen(), _nothing, self._refused)
        self.load()

    def toggle_previews(self) -> None:
        """Cover or show what was written: the choice that Settings offers too, so everybody is told."""
        hide = not self._shown.hide_previews
        self._ctx.tasks.run(lambda desk: desk.today.hide_previews(hide=hide), self._ctx.bus.chosen.emit, self._refused)

    def keep_writing(self) -> None:
        """Go to the thread."""
        if self._shown.thread is not None:
            self._ctx.shell.go("injuries", self._shown.thread.record)

    def write(self, kind: str) -> None:
        """Open the form of a kind over the page."""
        self._ctx.shell.open_over(open_record_form(self._ctx, kind))

    def note_moment(self, kind: str = "") -> None:
        """Open the sheet for small moments, perhaps at one kind."""
        from app.ui.screens.moments import build  # opened seldom, and Today opens at every start

        self._ctx.shell.open_over(build(self._ctx, kind))

    def finish(self, item: Unfinished) -> None:
        """Go on with something unfinished, in the place where it belongs."""
        if item.kind == "trigger":
            self._ctx.shell.log_trigger(item.record)
        elif is_draft(item.key):
            self.note_moment(item.kind)
        elif item.kind in _ON_PAGES and item.record is not None and item.reason != "later":
            self._ctx.shell.go(_ON_PAGES[item.kind], item.record)
        else:
            self._ctx.shell.open_over(open_record_form(self._ctx, item.kind, record=item.record, draft=item.key))

    def let_go(self, item: Unfinished) -> None:
        """Drop an unfinished note; for a moment it can be brought back. What was left for later stays open for good."""
        if item.reason == "later" and item.record is not None:
            self._stop_waiting(item.record)
        if item.key is None:
            return
        key, ctx = item.key, self._ctx

        def bring_back(body: Answers) -> None:
            ctx.tasks.run(lambda desk: desk.drafts.keep(key, item.kind, body), lambda _none: self.load())

        def dropped(body: Answers) -> None:
            self.load()
            ctx.shell.toast(Toast(tr("Let go."), tr("Undo"), lambda: bring_back(body)))

        def work(desk: Desk) -> Answers:
            found = desk.drafts.find(key)
            desk.drafts.drop(key)
            return dict(found.body) if found is not None else {}

        ctx.tasks.run(work, dropped, self._refused)

    def _stop_waiting(self, record: RecordId) -> None:
        ctx = self._ctx

        def work(desk: Desk) -> frozenset[str]:
            left = desk.drafts.left(record)
            desk.drafts.leave(record, ())
            return left

        def done(left: frozenset[str]) -> None:
            def bring_back() -> None:
                ctx.tasks.run(lambda desk: desk.drafts.leave(record, left), lambda _none: self.load())

            self.load()
            ctx.shell.toast(Toast(tr("It stays as it is."), tr("Undo"), bring_back))

        ctx.tasks.run(work, done, self._refused)

    def _loaded(self, found: TodayState) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        found, ctx, now = self._found, self._ctx, self._ctx.now()
        if found is None:
            return
        today = dt.date.fromordinal(found.today)
        hidden = found.hide_previews
        self._shown = TodayPage(
            title=text.long_date(today),
            subtitle=text.greeting(now, ctx.person.name),
            checkin=self._card(found.checkin, found.today, now),
            thread=wording.thread_card(found.thread, hidden=hidden) if found.thread is not None else None,
            hide_previews=hidden,
            is_new=found.is_new,
            finish=tuple(wording.finish_row(item, ctx.content, now, hidden=hidden) for item in found.unfinished),
            fortnight=wording.fortnight_card(found.fortnight, today),
        )
        self.state.emit(self._shown)

    def _card(self, found: CheckinDay, today: int, now: dt.datetime) -> CheckinCard:
        mode = self._mode(found)
        before = self._shown.checkin
        saved = wording.answers_without_day(found.saved.answers) if found.saved is not None else {}
        answers = dict(found.draft) if found.draft is not None else saved
        fresh = before.edition == 0 or (before.day, before.mode) != (found.day, mode)
        line = saved.get("line")
        parts = wording.answered(self._ctx.content, found, solo=self._ctx.solo)
        return CheckinCard(
            mode=mode,
            heading=wording.heading(now),
            day_words=wording.day_words(found.day, today),
            day=found.day,
            edition=before.edition + fresh,
            answers=answers if fresh else before.answers,
            summary=wording.summary(parts),
            spoken=wording.spoken(parts),
            line=line if isinstance(line, str) and not (self._found and self._found.hide_previews) else "",
            editing=found.saved is not None,
        )

    def _mode(self, found: CheckinDay) -> Mode:
        if found.saved is not None and not self._editing and found.draft is None:
            return Mode.SAVED
        return Mode.PUT_OFF if found.put_off and found.saved is None else Mode.OPEN

    def _saved(self, saved: SavedAnswers) -> None:
        self._saving, self._editing, self._latest = False, False, None
        self.load()

        def undo() -> None:
            self._ctx.tasks.run(lambda desk: desk.today.take_back(saved), lambda _none: self.load())

        self._ctx.shell.toast(Toast(tr("Saved, only for you."), tr("Undo"), undo))

    def _refused(self, error: LeewardError) -> None:
        self._saving = False
        card = self._shown.checkin
        if error.code is Code.INVALID_RECORD:
            detail = error.detail
            card = replace(
                card, refused_field=str(detail.get("field", "")), refused_reason=str(detail.get("reason", ""))
            )
            self._shown = replace(self._shown, checkin=card)
        else:
            self._shown = replace(self._shown, trouble=text.trouble(error, self._ctx.content).paragraph)
        self.state.emit(self._shown)

    def _changed(self, changes: Changes) -> None:
        if (changes.records or "draft" in changes.kinds) and self._found is not None:
            self.load()

    def _chosen(self, choices: object) -> None:
        if isinstance(choices, Choices) and self._found is not None:
            self._found = msgspec.structs.replace(self._found, hide_previews=not choices.previews)
            self._show()


def _nothing(_value: object) -> None:
    """A result nobody waits for."""
