"""What forms need of the session: the other person's name, who can be named, and records that can be linked to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from app.domain.gentle import GentleWords
from app.domain.records import RecordId
from app.services.linking import Found, Linking, begun_by_name
from app.ui import text
from app.ui.context import Context
from app.ui.text import tr
from app.ui.undoing import undo_toast
from app.ui.widgets.chips import Chip
from app.ui.widgets.field_editors import LinkChoice, Needs


class DeskLinks:
    """A `LinkSource` over the journal."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def find(self, kinds: tuple[str, ...], words: str, done: Callable[[Sequence[LinkChoice]], None]) -> None:
        """See `LinkSource.find`. Where a name is enough, the last choice begins a record called what was typed."""

        def found(records: tuple[Found, ...]) -> None:
            choices = [LinkChoice(one.id, one.title, self._about(one)) for one in records]
            typed = " ".join(words.split())
            kind = begun_by_name(self._ctx.content, kinds)
            if typed and kind and typed.casefold() not in {choice.title.casefold() for choice in choices}:
                add = tr("begin a new {kind} of this name").format(kind=self._ctx.content.kind(kind).singular)
                choices.append(LinkChoice("", typed, add))
            done(choices)

        self._ctx.tasks.run(lambda desk: Linking(desk.session).find(kinds, words), found, slot="links")

    def name(self, record: str, done: Callable[[str], None]) -> None:
        """See `LinkSource.name`."""
        self._ctx.tasks.run(lambda desk: Linking(desk.session).title(RecordId(record)), done)

    def begin(self, kinds: tuple[str, ...], title: str, done: Callable[[str], None]) -> None:
        """See `LinkSource.begin`."""
        kind = begun_by_name(self._ctx.content, kinds)

        def begun(record: RecordId) -> None:
            done(record)
            undo_toast(self._ctx, tr("Begun: {title}.").format(title=title), record)

        self._ctx.tasks.run(lambda desk: Linking(desk.session).begin(kind, title), begun, lambda _error: done(""))

    def _about(self, one: Found) -> str:
        day = text.short_date(dt.date.fromordinal(one.day), self._ctx.now().date())
        parts = [self._ctx.content.kind(one.kind).singular, day]
        if self._ctx.partner is not None:
            parts.append(tr("shared") if one.shared else tr("only you"))
        return " · ".join(parts)


def needs_of(ctx: Context) -> Needs:
    """What a form of this session needs."""
    people = [Chip(ctx.person.id, ctx.person.name)]
    if ctx.partner is not None:
        people.append(Chip(ctx.other or ctx.partner, ctx.partner))
    partner = ctx.partner or tr("the other person")
    lists: dict[str, GentleWords] = {}

    def watch(name: str) -> GentleWords:
        if name not in lists:
            lists[name] = GentleWords(ctx.content.list(name).items)
        return lists[name]

    return Needs(ctx.solo, partner, ctx.now, ctx.zone, tuple(people), DeskLinks(ctx), ctx.person.id, watch)
