"""Triggers one by one, for paper: each with its chain in words, all of them on a line of time, and what eased them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np

from app.charts import export
from app.charts import triggers as timeline
from app.charts.plot import Caption
from app.charts.style import load_style
from app.domain.kinds.trigger import Trigger
from app.domain.wording import label_for, with_partner
from app.insights.series import quartiles
from app.reports.summary import Answer, Helped, Log
from app.services.session import Session
from app.services.summary_parts import NOTHING_YET, Written, named
from app.services.trend_labels import months
from app.services.trend_words import TrendWords

LEAST_TRIED = 5
"""What was tried less often says nothing about what it eases (insights.md 3.8)."""
MOST_FAMILIES = 5
TIMELINE_PX = (642, 150)
_CHAIN = ("meaning", "partner_response", "then", "now", "now_i_think", "needed")
"""Questions of the chain, in the order they were asked."""


class TriggerLogs:
    """The triggers of a period that have a cue or a strength, in time order."""

    def __init__(self, logs: list[Written], session: Session, words: TrendWords) -> None:
        self._logs = [(day, log) for day, log in logs if log.cue or log.peak is not None]
        self._content = session.content
        self._partner = session.partner or ""
        self._words = words

    def every(self) -> tuple[Log, ...]:
        """One block a trigger, its whole chain in words."""
        return tuple(
            Log(
                date=self._words.date(day),
                cue=log.cue or self._words.plain("report.trigger.no_cue"),
                strength=self._strength(log),
                answers=tuple(self._answers(log)),
            )
            for day, log in self._logs
        )

    def helped(self) -> tuple[Helped, ...]:
        """What was tried five times or more, by how much the strength typically eased, most first."""
        eased: dict[str, list[float]] = defaultdict(list)
        for _, log in self._logs:
            if log.peak is not None and log.after is not None:
                for one in set(log.helped or ()) - {NOTHING_YET}:
                    eased[one].append(float(log.peak - log.after))
        found = [(quartiles(np.asarray(by)), one, len(by)) for one, by in eased.items() if len(by) >= LEAST_TRIED]
        say = self._words.say
        return tuple(
            Helped(
                what=self._named("helped", one),
                eased=say(
                    "report.helped.by", level=self._number(by[1]), q1=self._number(by[0]), q3=self._number(by[2])
                ),
                times=str(count),
            )
            for by, one, count in sorted(found, key=lambda row: (-row[0][1], row[1]))
        )

    def timeline(self, first: int, last: int) -> bytes | None:
        """Every strength at first and after, by day, as SVG; the shape is the move. None with nothing to draw.

        It holds no word of the person's own but names of moves they made up, which are left out for that reason.
        """
        rated = [(day, log) for day, log in self._logs if log.peak is not None]
        if not rated:
            return None
        listed = [self._listed_move(log) for _, log in rated]
        usual = [move for move, _ in Counter(filter(None, listed)).most_common(MOST_FAMILIES)]
        data = timeline.TriggersData(
            first_day=first,
            last_day=last,
            days=np.asarray([day for day, _ in rated], dtype=np.int64),
            peak=np.asarray([log.peak for _, log in rated], dtype=np.float64),
            after=np.asarray([np.nan if log.after is None else log.after for _, log in rated], dtype=np.float64),
            family=np.asarray([usual.index(move) if move in usual else len(usual) for move in listed], dtype=np.int64),
        )
        plain = self._words.plain
        labels = timeline.TriggersLabels(
            months=months(self._words),
            families=(*(self._named("moves", move) for move in usual), plain("report.timeline.other")),
            peak=plain("report.timeline.peak"),
            after=plain("report.timeline.after"),
            columns=("", "", "", ""),
        )
        plot = timeline.plot(data, labels, Caption(plain("report.triggers"), "", str))
        return export.svg(plot, load_style(ground="paper"), *TIMELINE_PX)

    def timeline_alt(self, first: int, last: int) -> str:
        """The same in words."""
        start, end = self._words.date(first), self._words.date(last)
        count = self._words.say("chart.triggers.alt_count", n=len(self._logs), start=start, end=end)
        peaks = [log.peak for _, log in self._logs if log.peak is not None]
        if not peaks:
            return count
        return f"{count} {self._words.say('trends.triggers.strength', peak=self._number(float(np.median(peaks))))}"

    def _listed_move(self, log: Trigger) -> str:
        moves = self._content.lists["moves"]
        return next((move for move in log.move or () if moves.option(move) is not None), "")

    def _strength(self, log: Trigger) -> str:
        if log.peak is None:
            return ""
        if log.after is None:
            return self._words.say("report.log.strength", level=log.peak)
        return self._words.say("report.log.eased", level=log.peak, last=log.after)

    def _answers(self, log: Trigger) -> Iterator[Answer]:
        kind = self._content.kinds["trigger"]
        moves = ", ".join(self._named("moves", move) for move in log.move or ())
        if moves:
            yield Answer(self._question("move"), moves)
        for name in _CHAIN:
            answer, field = getattr(log, name), kind.field(name)
            if not answer or field is None:
                continue
            option = next((one for one in field.options if one.id == answer), None)
            value = answer if option is None else label_for(option, solo=self._words.solo)
            yield Answer(self._question(name), value, own=option is None)
        eased = ", ".join(self._named("helped", one) for one in log.helped or ())
        if eased:
            yield Answer(self._question("helped"), eased)
        if log.helped_note:
            yield Answer("" if eased else self._question("helped"), log.helped_note, own=True)

    def _question(self, name: str) -> str:
        field = self._content.kinds["trigger"].field(name)
        if field is None:
            return ""
        return with_partner(field.short or label_for(field, solo=self._words.solo), self._partner)

    def _named(self, vocabulary: str, chosen: str) -> str:
        return named(self._content, vocabulary, chosen, solo=self._words.solo)

    def _number(self, value: float) -> str:
        return self._words.number(value)
