"""The words of Today, made from what the service found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from app.domain.content import Content
from app.domain.fields import Field, FieldType
from app.services.fortnight import NEEDED_DAYS, Fortnight
from app.services.today import CheckinDay, ThreadTail, Unfinished
from app.ui import text
from app.ui.screens.today.state import FinishRow, FortnightCard, ThreadCard
from app.ui.text import tr

_EVENING_FROM_H = 17
_SUMMED = 4
"""How many answers the saved line names: felt safety and the three beside it."""
_MIDDLE = 6
"""Which of the fourteen days carries the middle tick, as in the design."""
ARE = ("accessible", "responsive", "engaged")
MORE = ("trust", "outside_load", "mirror_reachable", "mirror_answered", "mirror_with")


def heading(now: dt.datetime) -> str:
    """The card's name by the hour."""
    return tr("Evening check-in") if now.hour >= _EVENING_FROM_H else tr("Check-in")


def are_words(field_id: str, partner: str | None) -> str:
    """The everyday words of the three rows; their full wording is the accessible name."""
    two = {
        "accessible": tr("I could reach {partner}"),
        "responsive": tr("{partner} answered when I reached"),
        "engaged": tr("We were in it together"),
    }
    alone = {
        "accessible": tr("I could reach someone"),
        "responsive": tr("Someone answered me"),
        "engaged": tr("Someone was in it with me"),
    }
    return two[field_id].replace("{partner}", partner) if partner is not None else alone[field_id]


def answered(content: Content, checkin: CheckinDay, *, solo: bool) -> tuple[str, ...]:
    """What was answered: short names and the chosen words, in the order of the form."""
    answers = checkin.saved.answers if checkin.saved is not None else {}
    parts = []
    for field in content.kind("checkin").fields:
        value = answers.get(field.id)
        if field.short and value is not None:
            name = field.solo_short if solo and field.solo_short else field.short
            parts.append(tr("{name} {answer}").format(name=name, answer=_answer(field, value)))
    return tuple(parts)


def summary(parts: Sequence[str]) -> str:
    """The saved check-in in one line: what stands first, and how much more there is."""
    shown = list(parts[:_SUMMED])
    if len(parts) > _SUMMED:
        shown.append(text.count_of(len(parts) - _SUMMED, tr("{n} more"), tr("{n} more")))
    return "\N{NO-BREAK SPACE}· ".join(shown)


def spoken(parts: Sequence[str]) -> str:
    """All of it, for assistive technology."""
    return ", ".join(parts)


def more_words(answers: int, *, solo: bool) -> str:
    """The row that opens the rest of the check-in. Folded, it says how much is answered there."""
    words = tr("Trust and outside weight") if solo else tr("Trust, outside weight, my side of it")
    if not answers:
        return words
    return tr("{words} · {n} answered").format(words=words, n=text.number(answers))


def _answer(field: Field, value: object) -> str:
    reason = next((option.label for option in field.no_answer if option.id == value), None)
    if reason is not None:
        return reason
    if field.type is FieldType.SCALE_0_4 and isinstance(value, int) and value < len(field.words):
        return field.words[value]
    return str(value)


def thread_card(found: ThreadTail, *, hidden: bool) -> ThreadCard:
    """The thread to go on with."""
    step = tr("step {k} of {n}").format(k=found.step, n=found.steps) if found.step else tr("path not begun")
    return ThreadCard(found.record, found.title, step, "" if hidden else found.tail)


def finish_row(item: Unfinished, content: Content, now: dt.datetime, *, hidden: bool) -> FinishRow:
    """One thing that could be completed. With previews hidden its words stay covered."""
    at = dt.datetime.fromtimestamp(item.instant_ms / 1000, now.tzinfo)
    when = text.day_and_time(at, now.date())
    singular = content.kind(item.kind).singular
    if item.reason == "tally":
        return FinishRow(item, tr("A tally"), written=False, caption=when, action=tr("Add words"))
    if item.reason == "quick":
        caption, action = tr("{when}, three things noted").format(when=when), tr("Add more")
    elif item.reason == "still_going":
        caption, action = tr("{when}, still going then").format(when=when), tr("How is it now?")
    elif item.reason == "later":
        caption, action = tr("some questions left for later, {when}").format(when=when), tr("Go on")
    else:
        caption, action = tr("unfinished note, {when}").format(when=when), tr("Continue")
    shown = bool(item.title) and not hidden
    title = item.title if shown else text.sentence_case(singular)
    return FinishRow(item, title, written=shown, caption=caption, action=action)


def fortnight_card(found: Fortnight, today: dt.date) -> FortnightCard | None:
    """Two weeks in a line and a sentence; None while there is nothing at all."""
    if not found.answered:
        return None
    days = [dt.date.fromordinal(day) for day in found.days]
    ticks = ((found.days[0], text.short_date(days[0], today)), (found.days[_MIDDLE], str(days[_MIDDLE].day)))
    readouts = tuple(_readout(day, value, today) for day, value in zip(days, found.values, strict=True))
    all_ticks = (*ticks, (found.days[-1], tr("today")))
    if not found.is_enough:
        needed = NEEDED_DAYS - found.answered
        one = tr("Not enough yet to draw. One more day with an answer, in any two weeks, and a line appears here.")
        other = tr("Not enough yet to draw. {n} more days with an answer, in any two weeks, and a line appears here.")
        return FortnightCard(found, "", all_ticks, readouts, text.count_of(needed, one, other))
    return FortnightCard(found, fortnight_sentence(found, today), all_ticks, readouts)


def fortnight_sentence(found: Fortnight, today: dt.date) -> str:
    """The middle half in words, then the newest drop and how the day after was. Amounts and days, never a cause."""
    if found.low is None or found.high is None:
        return ""
    low, high = text.number(round(found.low)), text.number(round(found.high))
    if low == high:
        first = tr("Mostly {value}.").format(value=low)
    else:
        first = tr("Mostly {low} to {high}.").format(low=low, high=high)
    drop = found.drop
    if drop is None:
        return first
    day = dt.date.fromordinal(drop.day)
    eased, fell = tr("{day} dropped to {value} and eased the next day."), tr("{day} dropped to {value}.")
    second = eased if drop.eased else fell
    name = text.sentence_case(text.relative_day(day, today))
    return " ".join((first, second.format(day=name, value=_value(drop.value))))


def _readout(day: dt.date, value: float | None, today: dt.date) -> str:
    name = text.sentence_case(text.relative_day(day, today))
    if value is None:
        return tr("{day}: nothing noted").format(day=name)
    return tr("{day}: {value}").format(day=name, value=_value(value))


def _value(value: float) -> str:
    return text.number(value, 0 if float(value).is_integer() else 1)


def day_words(day: int, today: int) -> str:
    """The day a check-in is for, as a choice."""
    return text.sentence_case(text.relative_day(dt.date.fromordinal(day), dt.date.fromordinal(today)))


def answers_without_day(answers: Mapping[str, object]) -> dict[str, object]:
    """What the form asks; the day stands beside it."""
    return {key: value for key, value in answers.items() if key != "felt_for_date"}
