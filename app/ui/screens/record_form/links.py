"""What forms need of the session: the other person's name, who can be named, and records that can be linked to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain.gentle import GentleWords
from app.domain.records import RecordId
from app.services.desk import Desk
from app.ui.context import Context
from app.ui.text import tr
from app.ui.widgets.chips import Chip
from app.ui.widgets.field_editors import LinkChoice, Needs

NEWEST = 120
"""Records looked through by name before the search index is asked: threads are tens, not thousands."""


class DeskLinks:
    """A `LinkSource` over the journal: the newest whose name holds the words, else what the search finds."""

    def __init__(self, ctx: Context) -> None:
        self._tasks = ctx.tasks

    def find(self, kinds: tuple[str, ...], words: str, done: Callable[[Sequence[LinkChoice]], None]) -> None:
        """See `LinkSource.find`."""
        self._tasks.run(lambda desk: find_links(desk, kinds, words), done, slot="links")

    def name(self, record: str, done: Callable[[str], None]) -> None:
        """See `LinkSource.name`."""

        def title(desk: Desk) -> str:
            entry = desk.journal.entry(RecordId(record))
            return entry.title if entry is not None else ""

        self._tasks.run(title, done)


def find_links(desk: Desk, kinds: tuple[str, ...], words: str) -> tuple[LinkChoice, ...]:
    """Records of these kinds by name, newest first."""
    wanted = words.strip().casefold()
    entries = desk.journal.page(kinds=kinds, limit=NEWEST).entries
    found = [LinkChoice(entry.id, entry.title) for entry in entries if wanted in entry.title.casefold()]
    if not found and wanted:
        hits = desk.journal.search(words)
        found = [LinkChoice(hit.id, hit.title) for hit in hits if hit.kind in kinds]
    return tuple(choice for choice in found if choice.title)


def needs_of(ctx: Context) -> Needs:
    """What a form of this session needs."""
    people = [Chip(ctx.person.id, ctx.person.name)]
    if ctx.partner is not None:
        people.append(Chip(ctx.partner, ctx.partner))
    partner = ctx.partner or tr("the other person")
    lists: dict[str, GentleWords] = {}

    def watch(name: str) -> GentleWords:
        if name not in lists:
            lists[name] = GentleWords(ctx.content.list(name).items)
        return lists[name]

    return Needs(ctx.solo, partner, ctx.now, ctx.zone, tuple(people), DeskLinks(ctx), ctx.person.id, watch)
