"""Two people as one of them sees the other: whose mark stands where, and questions as their writer was asked them."""

from __future__ import annotations

from dataclasses import replace

from app.domain.records import PersonId
from app.services.session import Person
from app.ui.context import Context
from app.ui.text import tr
from app.ui.widgets.marks import Person as Marked
from app.ui.widgets.marks import Shape

BOTH_MARKS = 3
"""The marks are 1 and 2: this less one of them is the other."""


def seat_of(ctx: Context, *, theirs: bool) -> Context:
    """The context of whoever wrote an entry: in theirs, the gap for the other person holds the reader's own name."""
    if not theirs:
        return ctx
    writer = Person(PersonId(ctx.other), ctx.partner or tr("the other person"))
    return replace(ctx, person=writer, partner=ctx.person.name, mark=BOTH_MARKS - ctx.mark, other=ctx.person.id)


def marked(ctx: Context, *, theirs: bool) -> Marked:
    """The mark of whoever wrote an entry."""
    seat = seat_of(ctx, theirs=theirs)
    return Marked(Shape.of(seat.mark), seat.person.initial, seat.person.name)


def where_words(ctx: Context, *, shared: bool, theirs: bool) -> tuple[str, str]:
    """Who can read an entry, in words, and the icon for it."""
    name = ctx.partner or tr("the other person")
    if theirs:
        return tr("Shared by {name}").format(name=name), "shared"
    if shared:
        return tr("Shared with {name}").format(name=name), "shared"
    return tr("Only you"), "private"


def saved_words(ctx: Context, *, shared: bool) -> str:
    """What is said after something was saved: where it stands now."""
    if not shared:
        return tr("Saved, only for you.")
    return tr("Saved. {name} can read it.").format(name=ctx.partner or tr("The other person"))
