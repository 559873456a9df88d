"""The blocks of a summary as ready words: triggers by cue, threads, the hardest and the easiest week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from statistics import median

import numpy as np

from app.domain.content import Content
from app.domain.kinds.checkin import Checkin
from app.domain.kinds.trigger import Trigger
from app.domain.wording import label_for
from app.insights.series import DAYS_A_WEEK
from app.reports.summary import Cue, Week
from app.services.session import Session
from app.services.trend_series import Entries, weekly
from app.services.trend_words import TrendWords

MOST_CUES = 8
LEAST_TIMES = 3
"""A cue written down less often is counted with the others once there are more than `MOST_CUES`."""
MOST_HELPED = 2
NOTHING_YET = "nothing_yet"

Written = tuple[int, Trigger]
"""The day (ordinal) of a trigger, and the trigger."""


class TriggerTable:
    """The triggers of a period as rows of the report."""

    def __init__(self, logs: list[Written], session: Session, words: TrendWords) -> None:
        self._logs = [(day, log) for day, log in logs if log.cue or log.peak is not None]
        self._tallied = len(logs) - len(self._logs)
        self._content = session.content
        self._words = words

    def grouped(self) -> tuple[Cue, ...]:
        """One row a cue, the frequent ones first."""
        return tuple(self._row(name, found) for name, found in self._groups()[:MOST_CUES])

    def note(self) -> str:
        """What the table does not show."""
        said = []
        rest = len(self._groups()) - MOST_CUES
        if rest > 0:
            said.append(self._words.say("report.trigger.others", n=rest))
        if self._tallied:
            said.append(self._words.say("report.trigger.tallied", n=self._tallied))
        return " ".join(said)

    def _groups(self) -> list[tuple[str, list[Trigger]]]:
        groups: dict[str, list[Trigger]] = defaultdict(list)
        names: dict[str, str] = {}
        for _, log in self._logs:
            name = self._cue(log)
            groups[name.casefold()].append(log)
            names.setdefault(name.casefold(), name)
        ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
        return [(names[key], found) for key, found in ordered]

    def _cue(self, log: Trigger) -> str:
        """The person's own word for the kind of cue, else the kind, else the cue itself."""
        kinds = log.cue_kind or ()
        own = [kind for kind in kinds if self._content.lists["cues"].option(kind) is None]
        if own:
            return own[-1]
        if kinds:
            return self._label("cues", kinds[0])
        return log.cue or self._words.plain("report.trigger.no_cue")

    def _row(self, name: str, found: list[Trigger]) -> Cue:
        peaks = [log.peak for log in found if log.peak is not None]
        moves = Counter(move for log in found for move in log.move or ())
        helped = Counter(one for log in found for one in log.helped or () if one != NOTHING_YET)
        return Cue(
            cue=name[:1].upper() + name[1:],
            times=str(len(found)),
            at_first=self._words.number(median(peaks)) if peaks else "",
            usual_move=", ".join(self._label("moves", move) for move, _ in moves.most_common(1)),
            what_helped=", ".join(self._label("helped", one) for one, _ in helped.most_common(MOST_HELPED)),
        )

    def _label(self, vocabulary: str, chosen: str) -> str:
        return named(self._content, vocabulary, chosen, solo=self._words.solo)


def named(content: Content, vocabulary: str, chosen: str, *, solo: bool) -> str:
    """The words of a listed answer; an answer of the person's own is its own words."""
    option = content.lists[vocabulary].option(chosen)
    return chosen if option is None else label_for(option, solo=solo)


def ends(
    entries: Entries, first: int, last: int, lines: Iterable[tuple[int, Checkin]], words: TrendWords
) -> tuple[Week, ...]:
    """The hardest and the easiest usable week; each with the line of its lowest or highest day, if `lines` has one."""
    weeks = weekly(entries, first, last)
    usable = np.flatnonzero(np.isfinite(weeks.values))
    if len(usable) < 2 or np.ptp(weeks.values[usable]) == 0:
        return ()
    said = [(day, body) for day, body in lines if body.line and body.felt_safety is not None]
    found = []
    for key, at, sign in (
        ("hardest", usable[np.argmin(weeks.values[usable])], 1),
        ("easiest", usable[np.argmax(weeks.values[usable])], -1),
    ):
        monday = int(weeks.mondays[at])
        inside = [
            (sign * (body.felt_safety or 0), body.line or "") for day, body in said if 0 <= day - monday < DAYS_A_WEEK
        ]
        label = words.say(f"report.{key}", start=words.date(monday), end=words.date(monday + DAYS_A_WEEK - 1))
        level = words.say("report.level", level=words.number(float(weeks.values[at])))
        found.append(Week(label, level, min(inside, key=lambda one: one[0])[1] if inside else ""))
    return tuple(found)
