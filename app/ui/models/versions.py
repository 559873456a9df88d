"""Opens the history of one record: its saved states in words, read on demand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from app.domain.records import RecordId, RevisionId
from app.services.desk import Desk
from app.services.threads import Version
from app.ui import text
from app.ui.context import Context
from app.ui.models.answers import answered, question_words
from app.ui.text import tr
from app.ui.widgets.history import HistorySurface, Said, VersionLine


def open_history(ctx: Context, kind: str, record: RecordId) -> None:
    """Fetch the versions of a record and show them over the window."""

    def show(versions: tuple[Version, ...]) -> None:
        surface = HistorySurface(
            ctx.shell.ground(),
            tr("History"),
            [_line(ctx, kind, version, first=version is versions[-1]) for version in versions],
            fetch,
            read=tr("Read this version"),
            fold=tr("Fold it away"),
            close=tr("Close"),
        )
        ctx.shell.open_over(surface)

    def fetch(version: str, done: Callable[[Sequence[Said]], None]) -> None:
        def shown(answers: dict[str, object]) -> None:
            found = answered(ctx.content.kind(kind), answers, ctx)
            done([Said(answer.question, answer.words) for answer in found])

        ctx.tasks.run(lambda desk: desk.threads.answers_at(record, RevisionId(version)), shown)

    def work(desk: Desk) -> tuple[Version, ...]:
        return desk.threads.versions(record)

    ctx.tasks.run(work, show)


def _line(ctx: Context, kind: str, version: Version, *, first: bool) -> VersionLine:
    now = ctx.now()
    moment = dt.datetime.fromtimestamp(version.at_ms / 1000, now.tzinfo)
    declared = ctx.content.kind(kind)
    names = []
    for field_id in version.fields:
        field = declared.field(field_id)
        if field is not None:
            names.append(question_words(field, ctx))
    if first:
        changed = tr("Begun here.")
    elif names:
        changed = tr("Changed: {questions}").format(questions="; ".join(names))
    else:
        changed = tr("Saved without a change.")
    return VersionLine(version.revision, text.sentence_case(text.day_and_time(moment, now.date())), changed)
