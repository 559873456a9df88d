"""Opens the two versions of a text that wait to be joined, and saves what they become."""

from __future__ import annotations

import datetime as dt

from app.domain.errors import LeewardError
from app.domain.records import RecordId
from app.services.joining import TwoTexts
from app.ui import text
from app.ui.context import Context, Toast
from app.ui.models.answers import question_words
from app.ui.text import tr
from app.ui.widgets.two_texts import TextPair, TwoTextsSurface


def open_joining(ctx: Context, kind: str, record: RecordId) -> None:
    """Fetch both versions of a record's texts and show them over the window."""

    def show(waiting: tuple[TwoTexts, ...]) -> None:
        if not waiting:
            return
        surface = TwoTextsSurface(ctx.shell.ground(), [_pair(ctx, kind, texts) for texts in waiting])
        surface.joined.connect(save)
        ctx.shell.open_over(surface)

    def save(texts: dict[str, str]) -> None:
        ctx.tasks.run(lambda desk: desk.joining.join(record, texts), done, failed)

    def done(_value: object) -> None:
        ctx.shell.toast(Toast(tr("The two versions are joined.")))

    def failed(error: LeewardError) -> None:
        ctx.shell.toast(Toast(text.trouble(error, ctx.content).paragraph))

    ctx.tasks.run(lambda desk: desk.joining.waiting(record), show, failed)


def _pair(ctx: Context, kind: str, texts: TwoTexts) -> TextPair:
    field = ctx.content.kind(kind).field(texts.field)
    return TextPair(
        field=texts.field,
        question=question_words(field, ctx) if field is not None else texts.field,
        earlier=texts.earlier,
        earlier_when=_when(ctx, texts.earlier_ms),
        later=texts.later,
        later_when=_when(ctx, texts.later_ms),
    )


def _when(ctx: Context, at_ms: int) -> str:
    now = ctx.now()
    moment = dt.datetime.fromtimestamp(at_ms / 1000, now.tzinfo)
    return tr("saved {day}").format(day=text.day_and_time(moment, now.date()))
