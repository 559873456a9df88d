"""The words of what Today brings together, made from what the services found."""

from __future__ import annotations

import datetime as dt
from typing import Final

from app.domain.kinds.agreement import Mark, Week
from app.domain.wording import label_for
from app.services.agreement_rows import Row
from app.services.commitments import DuePromise
from app.services.conversations import Paused
from app.services.plans import LookAhead, SessionAhead, SessionLine
from app.services.ritual_reading import DONE, SMALL
from app.services.ritual_views import TodayRitual
from app.services.today_around import Around
from app.ui import text
from app.ui.context import Context
from app.ui.models.answers import person_of
from app.ui.models.courses import strength_word, week_dots
from app.ui.screens.today.state import (
    AheadLine,
    AroundPage,
    LookCard,
    RitualLine,
    RitualsCard,
    Sort,
    SuggestionCard,
)
from app.ui.text import tr
from app.ui.widgets.marks import Person

_TICKED: Final = frozenset({DONE, SMALL})
_BOTH: Final = 2


def around_page(found: Around, ctx: Context, *, hidden: bool, is_new: bool) -> AroundPage:
    """Everything besides the check-in. `hidden`: what somebody wrote stays covered."""
    return AroundPage(
        rituals=_rituals(found.rituals, ctx, hidden=hidden),
        look=_look(found, ctx, hidden=hidden),
        ahead=_ahead(found, ctx, hidden=hidden),
        suggestion=_suggestion(found.suggestion, ctx) if found.suggestion and not is_new else None,
    )


# ----------------------------------------------------------------------------------------------------- rituals


def _rituals(found: tuple[TodayRitual, ...], ctx: Context, *, hidden: bool) -> RitualsCard | None:
    if not found:
        return None
    lines = tuple(_ritual(one, ctx, hidden=hidden) for one in found)
    ticked = sum(line.ticked for line in lines)
    so_far = tr("{k} of {n} so far").format(k=text.number(ticked), n=text.number(len(lines))) if ticked else ""
    return RitualsCard(so_far, lines)


def _ritual(found: TodayRitual, ctx: Context, *, hidden: bool) -> RitualLine:
    row, figures = found.row, found.row.figures
    title = text.sentence_case(ctx.content.kind("ritual").singular) if hidden else row.title
    at = text.clock_time(row.at) if row.at is not None else "" if hidden else row.around
    pattern = tr("{k} of {n} kept") if figures.early else tr("{k} of last {n}")
    lately = pattern.format(k=text.number(figures.kept), n=text.number(figures.total)) if figures.total else ""
    word = "" if figures.early else strength_word(figures.strength)
    people = _people(row.who, ctx)
    strong = tr("strength {n}, {word}").format(n=text.number(figures.strength), word=word) if word else ""
    names = ", ".join(person.name for person in people)
    spoken = ", ".join(part for part in (title, names, at, strong, lately) if part)
    return RitualLine(
        record=row.record,
        title=title,
        written=not hidden,
        ticked=found.outcome in _TICKED,
        people=people,
        at=at,
        strength=figures.strength,
        strength_words=word,
        lately=lately,
        spoken=spoken,
    )


def _people(who: tuple[str, ...], ctx: Context) -> tuple[Person, ...]:
    """The marks of those of the two who are named, the first person first; nobody else has a mark here."""
    if ctx.solo:
        return ()
    named = {ctx.person.id if one == ctx.person.name else one for one in who}
    found = [person_of(ctx, one) for one in named if one in {ctx.person.id, ctx.other, ctx.partner}]
    return tuple(sorted(found, key=lambda person: person.shape.value))[:_BOTH]


# -------------------------------------------------------------------------------------------------- agreements


def _look(found: Around, ctx: Context, *, hidden: bool) -> LookCard | None:
    row = found.waits or found.look
    if row is None:
        return None
    waits = found.waits is not None
    singular = text.sentence_case(ctx.content.kind(row.kind).singular)
    more = ""
    if not waits and found.looks_more:
        more = text.count_of(found.looks_more, tr("and {n} more"), tr("and {n} more"))
    action = tr("Read and mark") if waits else tr("Look at it") if ctx.solo or not row.shared else tr("Review together")
    counted = "" if waits else _counted(row.weeks)
    return LookCard(
        record=row.record,
        heading=tr("Waits for your mark") if waits else tr("Due for a look"),
        caption=_caption(row, ctx),
        words=singular if hidden else row.words,
        written=not hidden,
        dots=() if waits else week_dots(row.weeks, ctx.now().date()),
        counted=counted,
        action=action,
        more=more,
        waits=waits,
    )


def _caption(row: Row, ctx: Context) -> str:
    return tr("only you") if not row.shared and not ctx.solo else tr("agreement")


def _counted(weeks: tuple[Week, ...]) -> str:
    """How many of the noted weeks it was kept, in words; nothing where no week was noted."""
    noted = [week for week in weeks if week.mark is not Mark.NONE]
    kept = sum(week.mark in {Mark.KEPT, Mark.STRAINED} for week in noted)
    if not noted:
        return tr("nothing noted lately")
    pattern = tr("kept {k} of {n} weeks")
    return pattern.format(k=text.number(kept), n=text.number(len(noted)))


# ------------------------------------------------------------------------------------------------------- ahead


def _ahead(found: Around, ctx: Context, *, hidden: bool) -> tuple[AheadLine, ...]:
    today = ctx.now().date()
    lines = [_talk(talk, ctx, today) for talk in found.talks[:1]]
    if found.held is not None:
        lines.append(_held(found.held, ctx, today))
    if found.session is not None:
        lines.append(_session(found.session, ctx, today))
    lines += [_promise(promise, ctx, today, hidden=hidden) for promise in found.promises]
    lines += [_plan(plan, ctx, today, hidden=hidden) for plan in found.plans]
    return tuple(lines)


def _talk(talk: Paused, ctx: Context, today: dt.date) -> AheadLine:
    script = ctx.content.conversation(talk.script)
    alone = ctx.solo or talk.alone
    title = script.solo_title if alone and script.solo_title else script.title
    day = text.relative_day(dt.date.fromordinal(talk.day), today)
    caption = tr("paused at step {k} of {n}, {day}").format(k=talk.step, n=talk.steps, day=day)
    return AheadLine(Sort.TALK, talk.script, title, written=False, caption=caption, action=tr("Go on"))


def _held(line: SessionLine, ctx: Context, today: dt.date) -> AheadLine:
    day = text.sentence_case(text.relative_day(dt.date.fromordinal(line.day), today))
    caption = " · ".join(part for part in (day, _setting(line.setting, ctx)) if part)
    return AheadLine(
        Sort.HELD,
        line.record,
        tr("What stays of the session"),
        written=False,
        caption=caption,
        action=tr("Two lines"),
        later=tr("Leave it"),
    )


def _session(ahead: SessionAhead, ctx: Context, today: dt.date) -> AheadLine:
    waiting = text.count_of(ahead.listed, tr("{n} entry to bring"), tr("{n} entries to bring")) if ahead.listed else ""
    prepared = tr("prepared") if ahead.prepared else ""
    caption = " · ".join(part for part in (_setting(ahead.setting, ctx), prepared, waiting) if part)
    day = dt.date.fromordinal(ahead.day)
    near = (day - today).days <= 1
    pattern = tr("Session {day}") if near else tr("Session on {day}")
    title = pattern.format(day=coming_day(day, today, ahead.at))
    action = tr("Open") if ahead.prepared else tr("Prepare")
    return AheadLine(Sort.SESSION, ahead.record, title, written=False, caption=caption, action=action)


def _promise(promise: DuePromise, ctx: Context, today: dt.date, *, hidden: bool) -> AheadLine:
    title = text.sentence_case(ctx.content.kind("commitment").singular) if hidden else promise.words
    day = dt.date.fromordinal(promise.day)
    if promise.rhythm == "once":
        caption = tr("your promise, {day}").format(day=coming_day(day, today))
    elif promise.rhythm == "daily":
        caption = tr("your promise, every day")
    else:
        caption = tr("your promise, every week")
    return AheadLine(
        Sort.PROMISE,
        promise.record,
        title,
        written=not hidden,
        caption=caption,
        action=tr("How it went"),
        later=tr("Next week"),
    )


def _plan(plan: LookAhead, ctx: Context, today: dt.date, *, hidden: bool) -> AheadLine:
    title = text.sentence_case(ctx.content.kind("plan").singular) if hidden or not plan.title else plan.title
    caption = tr("a longer look, {day}").format(day=text.relative_day(dt.date.fromordinal(plan.day), today))
    return AheadLine(
        Sort.PLAN, plan.record, title, written=not hidden, caption=caption, action=tr("Look"), later=tr("Leave it")
    )


def _setting(setting: str, ctx: Context) -> str:
    field = ctx.content.kind("therapy_session").field("setting")
    found = next((one for one in field.options if one.id == setting), None) if field is not None else None
    return label_for(found, solo=ctx.solo) if found is not None else ""


def coming_day(day: dt.date, today: dt.date, at: dt.time | None = None) -> str:
    """A day that lies ahead as one speaks of it: today, tomorrow, a weekday with its date; with the time if known."""
    apart = (day - today).days
    if apart < 0:
        named = text.relative_day(day, today)
    else:
        named = {0: tr("today"), 1: tr("tomorrow")}.get(apart) or text.long_date(day)
    return tr("{day}, {time}").format(day=named, time=text.clock_time(at)) if at is not None else named


# -------------------------------------------------------------------------------------------------- suggestion


def _suggestion(practice_id: str, ctx: Context) -> SuggestionCard:
    practice = ctx.content.practice(practice_id)
    title = practice.solo_title if ctx.solo and practice.solo_title else practice.title
    line = practice.solo_one_line if ctx.solo and practice.solo_one_line else practice.one_line
    return SuggestionCard(practice.id, title, line, text.duration(practice.minutes))
