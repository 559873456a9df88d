"""From the catalogue and what was done to the words of the Repair page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from app.domain.content import Content
from app.domain.practices import Practice
from app.domain.wording import label_for, with_partner
from app.services.conversations import Paused
from app.services.practices import Doing, Past, beside, kept_as
from app.ui import text
from app.ui.context import Context
from app.ui.screens.repair.finding import holds, snippet, wanted_words
from app.ui.screens.repair.state import TALK, Filter, Group, PastLine, PausedTalk, PracticeCard, PracticePage
from app.ui.text import tr

SHORT_MIN: Final = 10
FOR_TWO_COVER: Final = "for_two"
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


def groups(
    ctx: Context, doings: Iterable[Doing], shown: frozenset[Filter], model: str, words: str
) -> tuple[Group, ...]:
    """The cards that pass every filter, in the groups of the catalogue."""
    wanted = wanted_words(words)
    catalogue = ctx.content.catalogue
    by_id = {doing.practice: doing for doing in doings}
    headings = catalogue.solo_groups if ctx.solo else catalogue.groups
    found: list[Group] = []
    for key, heading in zip(catalogue.groups, headings, strict=True):
        practices = [p for p in catalogue.practice if p.group == key]
        cards = [
            _card(ctx, practice, by_id[practice.id], wanted)
            for practice in practices
            if _passes(ctx, practice, by_id[practice.id], shown)
            and (not model or _family(practice) == model)
            and holds(_told(ctx, practice, by_id[practice.id]), wanted)
        ]
        if cards:
            found.append(Group(heading, tuple(cards)))
    return tuple(found)


def page(ctx: Context, practice: Practice, doing: Doing, past: Iterable[Past], *, covered: bool) -> PracticePage:
    """One practice with everything that is known about it."""
    sort, target = practice.target
    listed = ctx.content.list(target).items if sort == "vocabulary" else ()
    one = ctx.solo or doing.alone
    return PracticePage(
        practice.id,
        title_of(practice, one=one),
        _named(ctx, _line(practice, one=one)),
        tuple(_named(ctx, part) for part in (practice.solo_about if one else None) or practice.about),
        _named(ctx, practice.not_for),
        _named(ctx, practice.alone or "") if not one else "",
        _facts(ctx, practice, one=one),
        _begin(ctx, practice),
        doing.favourite,
        doing.set_aside,
        tuple(_past(ctx, entry) for entry in past),
        tuple((_named(ctx, label_for(item, solo=ctx.solo)), _named(ctx, item.line)) for item in listed),
        (*_talks(ctx, practice, one=one), *((kind, _add_words(ctx, kind)) for kind in beside(practice))),
        _cover(ctx, practice, doing) if covered else None,
        doing.alone,
    )


def _talks(ctx: Context, practice: Practice, *, one: bool) -> tuple[tuple[str, str], ...]:
    """The guided conversations that belong to a practice which does not open them itself."""
    talks = [talk for talk in ctx.content.conversations.conversation if talk.practice == practice.id]
    return tuple(
        (TALK + talk.id, tr("Begin “{title}”").format(title=(talk.solo_title if one else None) or talk.title))
        for talk in talks
        if practice.target != ("conversation", talk.id)
    )


def _cover(ctx: Context, practice: Practice, doing: Doing) -> tuple[str, str] | None:
    """Its title and words; the safety page stands first before a practice for two where danger was written of."""
    name = FOR_TWO_COVER if doing.alone else practice.cover
    if not name:
        return None
    cover = ctx.content.cover(name)
    return cover.title, _named(ctx, (cover.solo_body if ctx.solo else None) or cover.body)


def title_of(practice: Practice, *, one: bool) -> str:
    """The practice's name, for one person alone or for two."""
    return (practice.solo_title if one else None) or practice.title


def _family(practice: Practice) -> str:
    return practice.model.split(":", maxsplit=1)[0] if ":" in practice.model else ""


def _line(practice: Practice, *, one: bool) -> str:
    return (practice.solo_one_line if one else None) or practice.one_line


def _told(ctx: Context, practice: Practice, doing: Doing) -> tuple[str, ...]:
    """Everything a practice says of itself, as it reads in this journal, the most telling first."""
    one = ctx.solo or doing.alone
    about = (practice.solo_about if one else None) or practice.about
    sources = [source for source in ctx.content.catalogue.source if source.id in practice.article]
    kinds = [ctx.content.kind(kind) for kind in practice.kinds]
    sort, target = practice.target
    listed = ctx.content.list(target).items if sort == "vocabulary" else ()
    parts = (
        title_of(practice, one=one),
        _line(practice, one=one),
        *about,
        practice.not_for,
        "" if one else practice.alone or "",
        practice.model,
        *(f"{source.title} ({source.author})" for source in sources),
        *((kind.solo_title if ctx.solo else None) or kind.title for kind in kinds),
        *(label_for(item, solo=ctx.solo) for item in listed),
    )
    return tuple(_named(ctx, part) for part in parts if part)


def _named(ctx: Context, words: str) -> str:
    return with_partner(words, ctx.partner or tr("the other person"))


def _passes(ctx: Context, practice: Practice, doing: Doing, shown: frozenset[Filter]) -> bool:
    is_so = {
        Filter.TWO: practice.audience != "one" and not doing.alone,
        Filter.OWN: practice.audience != "two" or doing.alone,
        Filter.SHORT: practice.minutes <= SHORT_MIN,
        Filter.HARD_DAY: practice.group == ctx.content.catalogue.groups[_STEADY],
        Filter.FAVOURITE: doing.favourite,
        Filter.ASIDE: True,
    }
    return doing.set_aside == (Filter.ASIDE in shown) and all(is_so[wish] for wish in shown)


def _card(ctx: Context, practice: Practice, doing: Doing, wanted: tuple[str, ...]) -> PracticeCard:
    one = ctx.solo or doing.alone
    title, line = title_of(practice, one=one), _named(ctx, _line(practice, one=one))
    missing = [word for word in wanted if not holds((title, line), (word,))]
    return PracticeCard(
        practice.id,
        title,
        line,
        _icon(practice),
        practice.audience == "two" and not one,
        _minutes(practice),
        _done(ctx, practice, doing),
        doing.favourite,
        snippet(_told(ctx, practice, doing), missing),
        wanted,
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


def _facts(ctx: Context, practice: Practice, *, one: bool) -> tuple[tuple[str, str], ...]:
    whom = {"one": tr("one person"), "two": tr("two people"), "either": tr("one or two people")}[practice.audience]
    note = f", {practice.minutes_note}" if practice.minutes_note else ""
    titles = {source.id: f"{source.title} ({source.author})" for source in ctx.content.catalogue.source}
    facts = [(tr("Time"), _minutes(practice) + note)]
    if not one:
        facts.append((tr("For"), whom))
    return (*facts, (tr("Idea from"), practice.model), (tr("Read in"), "\n".join(titles[i] for i in practice.article)))


def _begin(ctx: Context, practice: Practice) -> str:
    sort, target = practice.target
    if sort == "kind":
        return _add_words(ctx, target)
    if sort == "calm":
        return tr("Go to Calm")
    return tr("Begin") if sort == "conversation" else tr("Use it in a thread")


def _add_words(ctx: Context, kind_id: str) -> str:
    kind = ctx.content.kind(kind_id)
    return (kind.solo_add if ctx.solo else None) or kind.add


def paused(ctx: Context, talks: Iterable[Paused]) -> tuple[PausedTalk, ...]:
    """The conversations that wait, each with the step it stands at and whose turn it is there."""
    return tuple(_waiting(ctx, talk) for talk in talks)


def _waiting(ctx: Context, talk: Paused) -> PausedTalk:
    script = ctx.content.conversation(talk.script)
    day = text.relative_day(dt.date.fromordinal(talk.day), ctx.now().date())
    words = tr("paused {day} at step {n} of {all}")
    if day == text.weekday(dt.date.fromordinal(talk.day)):
        words = tr("paused on {day} at step {n} of {all}")
    line = words.format(day=day, n=text.number(talk.step), all=text.number(talk.steps))
    if talk.turn is not None and not talk.alone:
        name = ctx.person.name if talk.turn == 0 else ctx.partner or tr("the other person")
        line = tr("{line}, {name} speaking").format(line=line, name=name)
    title = (script.solo_title if talk.alone else None) or script.title
    return PausedTalk(talk.key, title, line, not talk.alone)


def _past(ctx: Context, entry: Past) -> PastLine:
    kind = ctx.content.kind(entry.kind)
    day = text.short_date(dt.date.fromordinal(entry.day), ctx.now().date())
    return PastLine(entry.record, entry.title or text.sentence_case(kind.singular), day)
