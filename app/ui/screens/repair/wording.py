"""From the catalogue and what was done to the words of the Repair page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from app.domain.content import Content
from app.domain.practices import Practice
from app.domain.wording import label_for, with_partner
from app.services.practices import Doing, Past, kept_as
from app.ui import text
from app.ui.context import Context
from app.ui.screens.repair.state import Filter, Group, PastLine, PracticeCard, PracticePage
from app.ui.text import tr

SHORT_MIN: Final = 10
_STEADY: Final = 2
"""The group of the catalogue for hard days, by its place."""
_ICONS: Final = {
    "kind:cycle": "path",
    "kind:checkin": "sun",
    "kind:trigger": "note-pencil",
    "kind:injury": "notebook",
    "kind:path_step": "path",
    "kind:tool": "leaf",
    "kind:couple_bubble": "shield",
    "kind:emotion_responses": "eye",
    "kind:template": "compass",
    "kind:ritual": "repeat",
    "kind:boundary": "handshake",
    "kind:commitment": "handshake",
    "kind:commitment_event": "check",
    "kind:pause_script": "hand-palm",
    "kind:windows_walls": "table",
    "kind:goal": "sun-horizon",
    "kind:plan": "calendar-blank",
    "kind:moment": "leaf",
    "kind:new_experience": "leaf",
    "kind:joint_narrative": "book-open-text",
    "kind:trust_revival": "arrows-clockwise",
    "kind:intimacy_map": "diamond",
    "kind:closeness_ladder": "list-dashes",
    "kind:appreciation": "sun",
    "kind:setback": "arrow-counter-clockwise",
}


def families(content: Content) -> tuple[str, ...]:
    """The names before a model's colon that several practices share, as a filter offers them."""
    names = [_family(practice) for practice in content.catalogue.practice]
    return tuple(sorted({name for name in names if name and names.count(name) > 1}))


def offered_filters(ctx: Context, doings: Iterable[Doing]) -> tuple[Filter, ...]:
    """The filters that have a use here: nothing for two in a journal of one, no empty shelves."""
    known = tuple(doings)
    hidden = {Filter.TWO, Filter.OWN} if ctx.solo else set()
    if not any(doing.favourite and not doing.set_aside for doing in known):
        hidden.add(Filter.FAVOURITE)
    if not any(doing.set_aside for doing in known):
        hidden.add(Filter.ASIDE)
    return tuple(shown for shown in Filter if shown not in hidden)


def groups(ctx: Context, doings: Iterable[Doing], shown: Filter, model: str, words: str) -> tuple[Group, ...]:
    """The cards that pass every filter, in the groups of the catalogue."""
    catalogue = ctx.content.catalogue
    by_id = {doing.practice: doing for doing in doings}
    headings = catalogue.solo_groups if ctx.solo else catalogue.groups
    found: list[Group] = []
    for key, heading in zip(catalogue.groups, headings, strict=True):
        practices = [p for p in catalogue.practice if p.group == key]
        cards = [
            _card(ctx, practice, by_id[practice.id])
            for practice in practices
            if _passes(ctx, practice, by_id[practice.id], shown) and _matches(ctx, practice, model, words)
        ]
        if cards:
            found.append(Group(heading, tuple(cards)))
    return tuple(found)


def page(ctx: Context, practice: Practice, doing: Doing, past: Iterable[Past], *, covered: bool) -> PracticePage:
    """One practice with everything that is known about it."""
    sort, target = practice.target
    listed = ctx.content.list(target).items if sort == "vocabulary" else ()
    cover = ctx.content.cover(practice.cover) if covered and practice.cover else None
    body = (cover.solo_body if ctx.solo and cover.solo_body else cover.body) if cover else ""
    return PracticePage(
        practice.id,
        title_of(ctx, practice),
        _named(ctx, _line(ctx, practice)),
        tuple(_named(ctx, part) for part in (practice.solo_about if ctx.solo else None) or practice.about),
        _named(ctx, practice.not_for),
        _named(ctx, practice.alone or "") if not ctx.solo else "",
        _facts(ctx, practice),
        _begin(ctx, practice),
        doing.favourite,
        doing.set_aside,
        tuple(_past(ctx, entry) for entry in past),
        tuple((_named(ctx, label_for(item, solo=ctx.solo)), _named(ctx, item.line)) for item in listed),
        (cover.title, _named(ctx, body)) if cover else None,
    )


def title_of(ctx: Context, practice: Practice) -> str:
    """The practice's name in this journal."""
    return (practice.solo_title if ctx.solo else None) or practice.title


def _family(practice: Practice) -> str:
    return practice.model.split(":", maxsplit=1)[0] if ":" in practice.model else ""


def _line(ctx: Context, practice: Practice) -> str:
    return (practice.solo_one_line if ctx.solo else None) or practice.one_line


def _named(ctx: Context, words: str) -> str:
    return with_partner(words, ctx.partner or tr("the other person"))


def _passes(ctx: Context, practice: Practice, doing: Doing, shown: Filter) -> bool:
    if doing.set_aside or shown is Filter.ASIDE:
        return doing.set_aside and shown is Filter.ASIDE
    return {
        Filter.ALL: True,
        Filter.TWO: practice.audience != "one",
        Filter.OWN: practice.audience != "two",
        Filter.SHORT: practice.minutes <= SHORT_MIN,
        Filter.HARD_DAY: practice.group == ctx.content.catalogue.groups[_STEADY],
        Filter.FAVOURITE: doing.favourite,
        Filter.ASIDE: False,
    }[shown]


def _matches(ctx: Context, practice: Practice, model: str, words: str) -> bool:
    if model and _family(practice) != model:
        return False
    told = " ".join((title_of(ctx, practice), _line(ctx, practice), practice.model, *practice.about)).casefold()
    return all(word in told for word in words.casefold().split())


def _card(ctx: Context, practice: Practice, doing: Doing) -> PracticeCard:
    return PracticeCard(
        practice.id,
        title_of(ctx, practice),
        _named(ctx, _line(ctx, practice)),
        _icon(practice),
        practice.audience == "two" and not ctx.solo,
        _minutes(practice),
        _done(ctx, practice, doing),
        doing.favourite,
    )


def _icon(practice: Practice) -> str:
    sort = practice.target[0]
    plain = {"conversation": "chats-circle", "calm": "waves", "vocabulary": "list"}
    return plain.get(sort) or _ICONS.get(practice.opens, "pen-nib")


def _minutes(practice: Practice) -> str:
    if practice.minutes_to:
        return tr("{low}–{high} min").format(low=text.number(practice.minutes), high=text.number(practice.minutes_to))
    return tr("{n} min").format(n=text.number(practice.minutes))


def _done(ctx: Context, practice: Practice, doing: Doing) -> str:
    if kept_as(practice) is None:
        return ""
    if doing.last_day is None:
        return tr("not yet")
    day = text.short_date(dt.date.fromordinal(doing.last_day), ctx.now().date())
    if doing.times == 1:
        return tr("once, {day}").format(day=day)
    return tr("{n} times").format(n=text.number_word(doing.times) if doing.times <= 12 else text.number(doing.times))


def _facts(ctx: Context, practice: Practice) -> tuple[tuple[str, str], ...]:
    whom = {"one": tr("one person"), "two": tr("two people"), "either": tr("one or two people")}[practice.audience]
    note = f", {practice.minutes_note}" if practice.minutes_note else ""
    titles = {source.id: f"{source.title} ({source.author})" for source in ctx.content.catalogue.source}
    facts = [(tr("Time"), _minutes(practice) + note)]
    if not ctx.solo:
        facts.append((tr("For"), whom))
    return (*facts, (tr("Idea from"), practice.model), (tr("Read in"), "\n".join(titles[i] for i in practice.article)))


def _begin(ctx: Context, practice: Practice) -> str:
    sort, target = practice.target
    if sort == "kind":
        kind = ctx.content.kind(target)
        return (kind.solo_add if ctx.solo else None) or kind.add
    if sort == "calm":
        return tr("Go to Calm")
    return tr("Begin") if sort == "conversation" else tr("Use it in a thread")


def _past(ctx: Context, entry: Past) -> PastLine:
    kind = ctx.content.kind(entry.kind)
    day = text.short_date(dt.date.fromordinal(entry.day), ctx.now().date())
    return PastLine(entry.record, entry.title or text.sentence_case(kind.singular), day)
