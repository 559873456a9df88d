"""How something has gone, as marks and words that several pages share: weeks of an agreement, a ritual's strength.

Light on purpose: Today shows both and opens at every start.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from app.domain.kinds.agreement import Mark, Week
from app.ui import text
from app.ui.text import tr
from app.ui.widgets.dot_row import Dot, DotMark

DOTS: Final = {
    Mark.KEPT: Dot.KEPT,
    Mark.STRAINED: Dot.STRAINED,
    Mark.TALKED: Dot.TALKED,
    Mark.CROSSED: Dot.CROSSED,
    Mark.UNCLEAR: Dot.UNCLEAR,
    Mark.DIFFERENT: Dot.DIFFERENT,
    Mark.NONE: Dot.OPEN,
}
"""The shape of each mark."""
_STRENGTHS: Final = (20, 45, 70, 90)


def mark_words(mark: Mark) -> str:
    """What a week, or an occasion, came to."""
    return {
        Mark.KEPT: tr("kept"),
        Mark.STRAINED: tr("kept, with strain"),
        Mark.TALKED: tr("talked through"),
        Mark.CROSSED: tr("crossed"),
        Mark.UNCLEAR: tr("unclear"),
        Mark.DIFFERENT: tr("seen differently"),
        Mark.NONE: tr("not noted"),
    }[mark]


def week_dots(weeks: Iterable[Week], today: dt.date) -> tuple[DotMark, ...]:
    """Weeks as marks, each with its words."""
    made = []
    for week in weeks:
        day = text.short_date(dt.date.fromordinal(week.first), today)
        said = tr("week of {day}: {words}").format(day=day, words=mark_words(week.mark))
        made.append(DotMark(DOTS[week.mark], said))
    return tuple(made)


def strength_word(value: int) -> str:
    """The word for a strength of 0 to 100 (visual.md 4)."""
    words = (tr("new"), tr("taking root"), tr("taking hold"), tr("steady"), tr("second nature"))
    return words[sum(value >= bound for bound in _STRENGTHS)]
