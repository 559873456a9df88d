"""Opens the history of one record: its saved states in words, what each changed, and the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.domain.differences import FieldDifference
from app.domain.errors import LeewardError
from app.domain.records import RecordId, RevisionId
from app.services.history import SavedState, What
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.models.answers import answered, question_words
from app.ui.models.changed import changed_answers
from app.ui.models.seats import seat_of
from app.ui.text import tr
from app.ui.undoing import undo_toast
from app.ui.widgets.difference import ChangedAnswer
from app.ui.widgets.history import HistorySurface, Said, Sources, VersionLine


def open_history(ctx: Context, kind: str, record: RecordId, *, theirs: bool = False) -> None:
    """Fetch the versions of a record and show them over the window; what the other person wrote is only read."""
    declared = ctx.content.kind(kind)
    seat = seat_of(ctx, theirs=theirs)

    def show(states: tuple[SavedState, ...]) -> None:
        lines = [version_line(ctx, kind, state) for state in states]
        if theirs:
            lines = [replace(line, restorable=False) for line in lines]
        surface = HistorySurface(ctx.shell.ground(), tr("Versions"), lines, Sources(answers, changes))
        surface.restore_asked.connect(restore)
        ctx.shell.open_over(surface)

    def answers(version: str, done: Callable[[Sequence[Said]], None]) -> None:
        def shown(found: dict[str, object]) -> None:
            done([Said(answer.question, answer.words) for answer in answered(declared, found, seat)])

        ctx.tasks.run(lambda desk: desk.history.answers(record, RevisionId(version)), shown, failed)

    def changes(version: str, done: Callable[[Sequence[ChangedAnswer]], None]) -> None:
        def shown(found: tuple[FieldDifference, ...]) -> None:
            done(changed_answers(declared, found, seat))

        ctx.tasks.run(lambda desk: desk.history.difference(record, RevisionId(version)), shown, failed)

    def restore(version: str) -> None:
        def done(_none: None) -> None:
            undo_toast(ctx, tr("That version stands again."), record)

        ctx.tasks.run(lambda desk: desk.history.restore_version(record, RevisionId(version)), done, failed)

    def failed(error: LeewardError) -> None:
        ctx.shell.toast(Toast(text.trouble(error, ctx.content).paragraph))

    ctx.tasks.run(lambda desk: desk.history.versions(record), show, failed)


def version_line(ctx: Context, kind: str, state: SavedState) -> VersionLine:
    """One saved state in words: when, by whom where there are two, and what it did."""
    now = ctx.now()
    moment = dt.datetime.fromtimestamp(state.at_ms / 1000, now.tzinfo)
    when = text.sentence_case(text.day_and_time(moment, now.date()))
    if not ctx.solo and state.author != ctx.person.id:
        when = tr("{when}, by {name}").format(when=when, name=ctx.partner)
    return VersionLine(
        id=state.revision,
        when=when,
        changed=_what(ctx, kind, state),
        current=state.current,
        readable=state.readable,
        restorable=state.restorable,
        compared=state.readable and bool(state.fields) and state.what is not What.BEGUN,
    )


def _what(ctx: Context, kind: str, state: SavedState) -> str:
    fields = [field for field in ctx.content.kind(kind).fields if field.id in state.fields]
    names = "; ".join(question_words(field, ctx) for field in fields)
    if state.what is What.CHANGED and names:
        return tr("Changed: {questions}").format(questions=names)
    if state.what is What.JOINED and names:
        return tr("Two versions became one. Changed: {questions}").format(questions=names)
    return {
        What.BEGUN: tr("Begun here."),
        What.REMOVED: tr("Removed."),
        What.RESTORED: tr("Brought back."),
        What.JOINED: tr("Two versions became one."),
        What.SHARED: tr("Shared."),
    }.get(state.what, tr("Saved without a change."))
