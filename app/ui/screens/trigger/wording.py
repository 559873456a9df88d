"""The words of what the trigger form offers: each with its reason, none as a verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from app.domain.content import Content
from app.domain.kinds.dates import Unreadable, read_when
from app.domain.kinds.trigger import STILL_GOING
from app.domain.wording import label_for
from app.services.cycles import Likeness
from app.services.suggestions import Suggestion
from app.services.tools import Eased, HelpedWord, ToolUse
from app.services.triggers import missing
from app.ui import text
from app.ui.text import tr
from app.ui.widgets.chips import Chip


def why_thread(found: Suggestion) -> str:
    """Which words a thread was suggested from, and where they stood before."""
    words = text.listed([tr("“{word}”").format(word=word) for word in found.words])
    if found.earlier:
        return tr("Suggested: earlier triggers with {words} belong to it.").format(words=words)
    return tr("Suggested: what you wrote there also says {words}.").format(words=words)


def loop_words(found: Likeness, content: Content, *, solo: bool) -> str:
    """What a loop is called: the name it was given, else its usual words."""
    if found.name:
        return found.name
    options = content.list("patterns").items
    label = next((label_for(option, solo=solo) for option in options if option.id == found.tag), found.tag)
    return text.sentence_case(label)


def why_loop(found: Likeness) -> str:
    """Why a loop is offered."""
    if found.drawn is not None:
        return tr("The two moves look like the loop you drew. Only if you see it so too.")
    return tr("The two moves often make this loop. Only if you see it so too.")


def missing_words(left: Sequence[str]) -> str:
    """What an earlier trigger leaves open, as an offer."""
    names = {
        "cue": tr("what set it off"),
        "peak": tr("how strong it was at first"),
        "move": tr("the move you made"),
        "after": tr("how strong it is now"),
        "minutes_to_settle": tr("how long it took to settle"),
    }
    if not left:
        return ""
    listed = text.listed([names[name] for name in left])
    return tr("Still open, and free to stay so: {things}.").format(things=listed)


def open_words(answers: Mapping[str, object]) -> tuple[str, ...]:
    """What a short note of a trigger, or one that was still going, leaves open; nothing for a whole one."""
    left = missing(answers)
    short = not {"cue", "peak", "move"}.isdisjoint(left) or answers.get("minutes_to_settle") == STILL_GOING
    return (missing_words(left),) if short else ()


def helped_chips(offered: Sequence[HelpedWord], content: Content, *, solo: bool) -> tuple[Chip, ...]:
    """What "What helped" offers, in words."""
    labels = {option.id: label_for(option, solo=solo) for option in content.list("helped").items}
    return tuple(Chip(word.key, labels.get(word.key, word.key)) for word in offered)


def tool_words(use: ToolUse, today: dt.date) -> tuple[str, ...]:
    """How often a tool was among what helped and how it went, in quiet sentences."""
    if not use.times or use.last_day is None:
        return (tr("Not noted among what helped yet."),)
    day = text.relative_day(dt.date.fromordinal(use.last_day), today)
    one, other = tr("Noted once among what helped, {day}."), tr("Noted {n} times among what helped, last {day}.")
    often = (one if use.times == 1 else other).format(n=text.number(use.times), day=day)
    went = {
        Eased.CAME_DOWN: tr("On those occasions it mostly came down a good deal."),
        Eased.EASED: tr("On those occasions it mostly eased."),
        Eased.STAYED: tr("On those occasions it mostly stayed as strong; it was there all the same."),
        Eased.UNKNOWN: "",
    }[use.eased]
    return (often, went) if went else (often,)


def moment_words(raw: object, zone: dt.tzinfo | None) -> str:
    """The moment of an entry, short enough to stand behind a title."""
    try:
        when = read_when(raw)
    except Unreadable:
        when = None
    if when is None:
        return tr("When it was")
    if when.time is None:
        return text.long_date(when.day)
    at = dt.datetime.combine(when.day, when.time, zone)
    return tr("{day}, {time}").format(day=text.long_date(when.day), time=text.clock_time(at))
