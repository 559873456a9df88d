"""What forms say by themselves: why an answer does not fit, how exactly a day is known, and a few button words."""

from __future__ import annotations

from app.domain.fields import Precision
from app.ui.text import tr


def trouble(reason: str) -> str:
    """The calm sentence for a reason of `domain.kinds.intake.Reason`: what to do, never whose fault."""
    sentences = {
        "required": tr("A few words here, so that you can find it again."),
        "needs_answer": tr("Answer one thing, any of them, and it can be saved."),
        "out_of_range": tr("This number is outside what can be kept here."),
        "too_long": tr("This is longer than one field can hold. A note takes more."),
        "too_many": tr("Fewer of these, please: the first ones are kept."),
        "repeated": tr("The same word stands here twice."),
        "unreadable_text": tr("A sign in here cannot be stored. Typing it again usually helps."),
        "unreadable_date": tr("This day cannot be read yet. Choose it again, or leave it open."),
        "date_out_of_range": tr("Days from 1900 to 2199 can be kept."),
        "in_the_future": tr("This day has not come yet. Today or earlier can be measured."),
        "no_such_link": tr("What this links to is not here any more. Choose another, or leave it open."),
        "anothers_promise": tr("A promise is made by the one who keeps it. The other person can write their own."),
        "unknown_option": tr("Choose one of the words, or leave it open."),
        "wrong_type": tr("This cannot be read yet. Another way to write it, or leave it open."),
    }
    return sentences.get(reason, tr("This does not fit here yet. Change it, or leave it open."))


def precision_word(precision: Precision | None) -> str:
    """How exactly somebody knows a moment, as a choice; None leaves it open."""
    if precision is None:
        return tr("leave it open")
    words = {
        Precision.INSTANT: tr("a day and time"),
        Precision.DAY: tr("a day"),
        Precision.MONTH: tr("a month"),
        Precision.YEAR: tr("a year"),
        Precision.PERIOD: tr("a stretch of time"),
    }
    return words[precision]


def unanswered() -> str:
    """What assistive technology says of a question without an answer."""
    return tr("not answered")


def scale_ends(numbers: range, low: str, high: str) -> str:
    """What the ends of a short row of numbers mean."""
    return tr("{first} means {low}, {last} means {high}").format(first=numbers[0], low=low, last=numbers[-1], high=high)


def grade_hint(low: str, high: str) -> str:
    """How chosen words get a strength."""
    return tr("Plus and minus give a chosen word its strength, from {low} to {high}.").format(low=low, high=high)


def day_sample() -> str:
    """How a day, a month or a year can be written in a cell."""
    return tr("2026-05-14, 2026-05 or 2026")
