"""What a person does on the page: word, read and mark, look, let rest, let go, and note how it went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Final

import msgspec
from PySide6.QtCore import QObject, Signal

from app.domain.records import RecordId
from app.services.agreement_fold import day_in
from app.services.agreement_notes import BOUNDARY, OCCASION
from app.services.desk import Desk
from app.ui.context import Context
from app.ui.screens.agreements import dialogs
from app.ui.screens.agreements.dialogs import AskSheet, MarkSheet
from app.ui.screens.agreements.presenter import AgreementsPresenter
from app.ui.text import tr
from app.ui.undoing import undo_toast

TALK: Final = "talk-with-turns"
"""The practice that "Talk about it" leads to."""
_NEW_KEY: Final = "new:boundary"


class Deeds(QObject):
    """Opens the sheets of the page and saves what they give."""

    safety_asked = Signal()
    """Emitted when the safety page should be shown."""

    def __init__(self, ctx: Context, presenter: AgreementsPresenter) -> None:
        super().__init__(presenter)
        self._ctx, self._presenter = ctx, presenter

    def act(self, act: str) -> None:
        """Do what a button of the open agreement asks for."""
        deeds: dict[str, Callable[[], None]] = {
            "change": self.change,
            "mark": self.mark,
            "withdraw": self._withdraw,
            "still_right": self._still_right,
            "talk": lambda: self._ctx.shell.go("repair", TALK),
            "look": self._look,
            "pause": self._pause,
            "resume": self._resume,
            "let_go": self._let_go,
            "keep": self._keep,
            "note": self._note,
        }
        if self._presenter.found is not None and act in deeds:
            deeds[act]()

    def begin(self) -> None:
        """Word a new one; what was begun before is gone on with."""
        title = self._presenter.shown.add_words
        sheet = self._sheet(BOUNDARY, dialogs.WORDING, title, tr("Save the words"), two=self._presenter.for_two)

        def save(answers: object) -> None:
            given = _answers(answers)
            self._ctx.tasks.run(lambda desk: desk.agreements.begin(given, draft=_NEW_KEY), saved, sheet.refuse)

        def saved(record: RecordId) -> None:
            sheet.done()
            undo_toast(self._ctx, tr("Saved. A mark proposes it.") if not self._ctx.solo else tr("Saved."), record)
            self._presenter.choose(record)

        self._keep_draft(sheet, _NEW_KEY, {})
        sheet.given.connect(save)
        self._ctx.shell.open_over(sheet)

    def change(self) -> None:
        """Word the open one anew."""
        found = self._presenter.found
        if found is None or self._presenter.shown.detail is None or not self._presenter.shown.detail.can_change:
            return
        record, head = found.row.record, found.head
        sheet = self._sheet(
            BOUNDARY, dialogs.WORDING, tr("Word it anew"), tr("Save as a new version"), two=found.row.shared
        )
        answers = {name: value for name, value in found.answers.items() if name != "reason"}

        def save(written: object) -> None:
            given = _answers(written)
            self._ctx.tasks.run(lambda desk: desk.agreements.reword(record, given, based_on=head), saved, sheet.refuse)

        def saved(_none: object) -> None:
            sheet.done()
            said = tr("Saved as a new version. Both mark it anew.") if found.for_two else tr("Saved as a new version.")
            undo_toast(self._ctx, said, record)

        self._keep_draft(sheet, record, answers)
        sheet.given.connect(save)
        self._ctx.shell.open_over(sheet)

    def mark(self) -> None:
        """Read exactly what a mark stands for, and mark it."""
        found = self._presenter.found
        if found is None:
            return
        record, shown = found.row.record, found.hash
        sheet = MarkSheet(self._ctx, found.answers, found.freely)

        def save(freely: str) -> None:
            self._presenter.do(
                lambda desk: desk.agreements.mark(record, shown, freely=freely),
                done=lambda _none: self._presenter.tell(tr("Marked. You can take it back at any time.")),
            )

        sheet.marked.connect(save)
        sheet.safety_asked.connect(self.safety_asked)
        self._ctx.shell.open_over(sheet)

    def on_occasion(self, act: str, first: str, mine: str) -> None:
        """Do what a button of one occasion asks for."""
        own, note = RecordId(mine), RecordId(first)
        if act == "read":
            self._occasion(
                tr("How I see it"), dialogs.READING, lambda desk, given: desk.agreement_notes.read(note, given)
            )
        elif act == "edit":
            self._edit(own, note)
        elif act == "talked":
            self._presenter.do(lambda desk: desk.agreement_notes.talked_through(own))
        elif act in {"settle", "unsettle"}:
            self._presenter.do(lambda desk: desk.agreement_notes.settle(own, on=act == "settle"))

    # -------------------------------------------------------------------------------------------------- on the page

    def _withdraw(self) -> None:
        record = self._record()
        said = tr("Your mark is taken back. The words stay.")
        self._presenter.do(lambda desk: desk.agreements.withdraw(record), done=lambda _none: self._presenter.tell(said))

    def _still_right(self) -> None:
        record = self._record()

        def done(both: object) -> None:
            name = self._ctx.partner or tr("the other person")
            said = (
                tr("Noted. The next look has its day.")
                if both
                else tr("Noted for you. It waits for {name}’s look.").format(name=name)
            )
            undo_toast(self._ctx, said, record)

        self._presenter.do(lambda desk: desk.agreements.still_right(record), done=done)

    def _look(self) -> None:
        found = self._presenter.found
        if found is None:
            return
        record = found.row.record
        sheet = self._sheet(BOUNDARY, ("next_look",), tr("The next look"), tr("Save"), two=found.row.shared)
        sheet.show_answers({name: value for name, value in found.answers.items() if name == "next_look"})

        def save(written: object) -> None:
            day = day_in(_answers(written).get("next_look"))
            if day is None:
                sheet.leave()
                return
            on = dt.date.fromordinal(day)
            self._ctx.tasks.run(
                lambda desk: desk.agreements.look_on(record, on), lambda _none: sheet.done(), sheet.refuse
            )

        sheet.given.connect(save)
        self._ctx.shell.open_over(sheet)

    def _pause(self) -> None:
        record = self._record()
        self._presenter.do(lambda desk: desk.agreements.pause(record), tr("It rests now."))

    def _resume(self) -> None:
        record = self._record()
        self._presenter.do(lambda desk: desk.agreements.resume(record), tr("It is current again."))

    def _keep(self) -> None:
        record = self._record()
        self._presenter.do(lambda desk: desk.agreements.keep(record), tr("It stays."))

    def _let_go(self) -> None:
        found = self._presenter.found
        if found is None:
            return
        record = found.row.record
        sheet = self._sheet(BOUNDARY, ("reason",), tr("Let it go"), tr("I would let it go"), two=found.row.shared)

        def save(written: object) -> None:
            reason = str(_answers(written).get("reason") or "")
            self._ctx.tasks.run(lambda desk: desk.agreements.let_go(record, reason), saved, sheet.refuse)

        def saved(gone: bool) -> None:  # what the service says
            sheet.done()
            name = self._ctx.partner or tr("the other person")
            waits = tr("Noted. It stands until {name} says so too.").format(name=name)
            undo_toast(self._ctx, tr("It is retired. Its words stay.") if gone or not found.for_two else waits, record)

        sheet.given.connect(save)
        self._ctx.shell.open_over(sheet)

    # -------------------------------------------------------------------------------------------------- occasions

    def _note(self) -> None:
        record = self._record()
        today = self._ctx.now().date().isoformat()
        self._occasion(
            tr("Note an occasion"),
            dialogs.OCCASION,
            lambda desk, given: desk.agreement_notes.note(record, given),
            {"at": {"day": today}},
        )

    def _edit(self, own: RecordId, first: RecordId) -> None:
        """One's own note, or one's own reading of the other's, said anew."""
        only = dialogs.OCCASION if own == first else dialogs.READING

        def answers(desk: Desk) -> dict[str, object]:
            body = desk.journal.record(own).body
            found: dict[str, object] = msgspec.json.decode(desk.session.kinds.encode(body))
            return found

        def show(found: dict[str, object]) -> None:
            self._occasion(
                tr("How I see it"), only, lambda desk, given: desk.journal.edit(own, {**found, **given}), found
            )

        self._ctx.tasks.run(answers, show, self._presenter.refuse)

    def _occasion(
        self,
        title: str,
        only: Collection[str],
        save: Callable[[Desk, Mapping[str, object]], RecordId],
        answers: Mapping[str, object] | None = None,
    ) -> None:
        found = self._presenter.found
        if found is None:
            return
        sheet = self._sheet(OCCASION, only, title, tr("Save"), two=found.row.shared)
        sheet.show_answers(answers or {})

        def keep(written: object) -> None:
            given = _answers(written)
            self._ctx.tasks.run(lambda desk: save(desk, given), saved, sheet.refuse)

        def saved(record: RecordId) -> None:
            sheet.done()
            undo_toast(self._ctx, tr("Noted."), record)

        sheet.given.connect(keep)
        self._ctx.shell.open_over(sheet)

    # -------------------------------------------------------------------------------------------------- parts

    def _sheet(self, kind: str, only: Collection[str], title: str, yes: str, *, two: bool) -> AskSheet:
        name = self._ctx.partner or tr("the other person")
        caption = tr("{name} can read this").format(name=name) if two and not self._ctx.solo and self._ctx.other else ""
        return AskSheet(self._ctx, kind, only, title, yes=yes, caption=caption)

    def _keep_draft(self, sheet: AskSheet, key: str, answers: Mapping[str, object]) -> None:
        """Start with the unfinished words of this place, or with `answers`; keep what is written as one writes."""
        sheet.show_answers(answers)

        def show(draft: dict[str, object]) -> None:
            if draft:
                sheet.form.set_answers(draft)

        def keep(written: object) -> None:
            given = _answers(written)
            if given:
                self._ctx.tasks.run(lambda desk: desk.drafts.keep(key, BOUNDARY, given), _nothing)
            else:
                self._ctx.tasks.run(lambda desk: desk.drafts.drop(key), _nothing)

        def find(desk: Desk) -> dict[str, object]:
            draft = desk.drafts.find(key)
            return dict(draft.body) if draft is not None and draft.kind == BOUNDARY else {}

        sheet.kept.connect(keep)
        self._ctx.tasks.run(find, show)

    def _record(self) -> RecordId:
        found = self._presenter.found
        return found.row.record if found is not None else RecordId("")


def _differ(desk: Desk, note: RecordId, given: Mapping[str, object]) -> RecordId:
    return desk.agreement_notes.read(note, {**given, "other_reading": "differently"})


def _answers(written: object) -> dict[str, object]:
    return dict(written) if isinstance(written, Mapping) else {}


def _nothing(_value: object) -> None:
    """A result nobody waits for."""
