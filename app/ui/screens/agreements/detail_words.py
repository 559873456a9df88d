"""One agreement as its page says it: the words, the marks, what is asked now, and how it has gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from app.domain.differences import Op
from app.domain.kinds.agreement import LEAST_FOR_A_SHARE, Outcome, Reading
from app.domain.kinds.agreement import Mark as WeekMark
from app.domain.wording import label_for, with_partner
from app.services.agreement_notes import BOUNDARY, OccasionLine
from app.services.agreement_rows import Owner, Standing
from app.services.agreement_versions import Version
from app.services.agreements import Detail as Found
from app.services.agreements import MarkLine
from app.ui import text
from app.ui.context import Context
from app.ui.screens.agreements.state import (
    Act,
    Detail,
    Dot,
    Fate,
    Foot,
    HistoryEntry,
    OccasionEntry,
    Part,
    Section,
    Tile,
)
from app.ui.screens.agreements.words import DOTS, RowWords, mark_words
from app.ui.text import tr

_ASKED: Final = ("why", "looks_like", "if_crossed", "exceptions")
_FATES: Final[dict[Op, Fate]] = {Op.SAME: "same", Op.REMOVED: "gone", Op.ADDED: "new"}
_OUTCOMES: Final = {
    Outcome.KEPT: WeekMark.KEPT,
    Outcome.STRAINED: WeekMark.STRAINED,
    Outcome.CROSSED: WeekMark.CROSSED,
    Outcome.UNCLEAR: WeekMark.UNCLEAR,
}
_DEFAULT_LISTED: Final = 12


class DetailWords:
    """Builds the state of what is open."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._rows = RowWords(ctx)
        self._kind = ctx.content.kind(BOUNDARY)

    def detail(self, found: Found, *, for_two: bool) -> Detail:
        """The whole pane. `for_two`: nothing for two is offered while something here marks danger."""
        current = found.versions[0]
        return Detail(
            record=found.row.record,
            sort=text.sentence_case(self._kind.singular),
            version=tr("version {n}, {day}").format(
                n=current.number, day=self._day(current.agreed_ms or current.at_ms)
            ),
            words=found.row.words,
            sections=self._sections(found.answers),
            marks_heading=self._heading(found),
            tiles=self._tiles(found),
            mark_acts=self._mark_acts(found),
            dots=self._rows.dots(found.weeks),
            legend=self._legend(found),
            share=self._share(found),
            occasions=tuple(self._occasion(line) for line in found.occasions[:_DEFAULT_LISTED]),
            history=tuple(self._version(version) for version in found.versions),
            foot=self._foot(found, for_two=for_two),
            more=self._more(found),
            where=self._where(found),
            doubt=self._doubt(found),
            can_change=found.row.standing is not Standing.RETIRED,
        )

    # ---------------------------------------------------------------------------------------------------- parts

    def _sections(self, answers: Mapping[str, object]) -> tuple[Section, ...]:
        found = []
        for name in _ASKED:
            words, field = answers.get(name), self._kind.field(name)
            if isinstance(words, str) and words.strip() and field is not None:
                label = label_for(field, solo=self._ctx.solo)
                found.append(Section(with_partner(label, self._ctx.partner or ""), words))
        return tuple(found)

    def _heading(self, found: Found) -> str:
        if not found.for_two:
            return tr("My mark")
        return tr("Agreed by both") if all(line.at_ms for line in found.marks) else tr("Marks")

    def _tiles(self, found: Found) -> tuple[Tile, ...]:
        ordered = sorted(found.marks, key=lambda line: (self._ctx.mark == 1) is not line.mine)
        return tuple(self._tile(line) for line in ordered)

    def _tile(self, line: MarkLine) -> Tile:
        mark = self._rows.mark(Owner(line.name, line.mine), outline=line.at_ms is None)
        words = self._moment(line.at_ms) if line.at_ms is not None else tr("not marked yet")
        return Tile(mark, words, line.at_ms is not None)

    def _mark_acts(self, found: Found) -> tuple[Act, ...]:
        mine = next(line for line in found.marks if line.mine)
        if found.row.standing is Standing.RETIRED or found.conflict:
            return ()
        if mine.at_ms is None:
            return (Act("mark", tr("Read and mark…"), "primary" if found.row.waits_for_me else "plain"),)
        return (Act("withdraw", tr("Take my mark back"), "quiet"),)

    def _legend(self, found: Found) -> tuple[tuple[Dot, str], ...]:
        return tuple(
            (Dot(DOTS[mark]), tr("{words} {n}").format(words=mark_words(mark), n=text.number(found.counts[mark])))
            for mark in WeekMark
            if found.counts.get(mark)
        )

    @staticmethod
    def _share(found: Found) -> str:
        """How often it held: in words while there are few occasions, never a share then."""
        held = found.held
        if not held.of:
            return ""
        told = tr("Held {held} of {all} times that say so.").format(
            held=text.number(held.held), all=text.number(held.of)
        )
        if held.share is None:
            return tr("{told} Under {n}, that says little yet.").format(
                told=told, n=text.number_word(LEAST_FOR_A_SHARE)
            )
        return told

    def _occasion(self, line: OccasionLine) -> OccasionEntry:
        one = line.occasion
        words = mark_words(one.mark)
        if one.mark is WeekMark.DIFFERENT:
            words = tr("seen differently, left out of every count")
        elif one.first.outcome is Outcome.RENEGOTIATED and not one.seen_differently:
            words = tr("reworded on the spot")
        elif one.mark is WeekMark.TALKED:
            words = tr("crossed, talked through")
        readings = [(one.first, line.words), *([(one.other, line.other_words)] if one.other is not None else [])]
        several = one.other is not None and one.seen_differently
        told = tuple(
            (self._rows.mark(self._owner(reading)), self._reading(reading, said, several=several))
            for reading, said in readings
            if several or said
        )
        return OccasionEntry(
            record=one.first.record,
            mine=line.mine or "",
            dot=Dot(DOTS[one.mark], words),
            date=self._short(one.first.day),
            words=words,
            readings=told,
            acts=self._occasion_acts(line),
        )

    def _owner(self, reading: Reading) -> Owner:
        mine = reading.author == self._ctx.person.id
        return Owner(self._ctx.person.name if mine else self._ctx.partner or "", mine)

    @staticmethod
    def _reading(reading: Reading, said: str, *, several: bool) -> str:
        if not several:
            return said
        outcome = mark_words(_OUTCOMES.get(reading.outcome, WeekMark.UNCLEAR))
        return tr("{outcome}: {words}").format(outcome=outcome, words=said) if said else outcome

    def _occasion_acts(self, line: OccasionLine) -> tuple[Act, ...]:
        one, acts = line.occasion, []
        mine = next((r for r in (one.first, one.other) if r is not None and r.record == line.mine), None)
        if mine is None:
            if one.first.outcome not in {Outcome.KEPT, Outcome.STRAINED}:
                acts.append(Act("same", tr("I see it the same way"), "quiet"))
            acts.append(Act("read", tr("I see it differently…"), "quiet"))
        else:
            if one.other is not None and one.seen_differently:
                if mine.settled:
                    acts.append(Act("unsettle", tr("Open it again"), "quiet"))
                else:
                    acts.append(Act("settle", tr("It can rest"), "quiet"))
            elif one.mark is WeekMark.CROSSED:
                acts.append(Act("talked", tr("Talked through"), "quiet"))
            acts.append(Act("edit", tr("Edit"), "quiet"))
        return tuple(acts)

    def _foot(self, found: Found, *, for_two: bool) -> Foot:
        name = self._ctx.partner or tr("the other person")
        row = found.row
        talk = (Act("talk", tr("Talk about it")),) if found.for_two and for_two else ()
        if row.standing is Standing.RETIRED:
            day = self._day(found.stood_ms)
            return Foot(
                tr("Retired on {day}. Its words stay here.").format(day=day),
                "archive",
                (Act("resume", tr("Take it up again")),),
            )
        if row.standing is Standing.PAUSED:
            return Foot(
                tr("Resting since {day}.").format(day=self._day(found.stood_ms)),
                "pause",
                (Act("resume", tr("Take it up again")),),
            )
        if found.other_lets_go and not found.i_let_go:
            words = tr("{name} would let this go. It stands until you both say so.").format(name=name)
            return Foot(words, "leaf", (Act("let_go", tr("Let it go")), *talk))
        if found.i_let_go:
            words = tr("You would let this go. It stands until {name} says so too.").format(name=name)
            return Foot(words, "leaf", (Act("keep", tr("Keep it after all")),))
        if row.standing is Standing.AGREED and row.due:
            acts = (
                Act("still_right", tr("Still right for us") if found.for_two else tr("Still right for me"), "primary"),
                *talk,
            )
            if found.looked_by_other:
                return Foot(
                    tr("{name} finds it still right. Due for your look.").format(name=name), "calendar-check", acts
                )
            return Foot(tr("Due for a look today"), "calendar-blank", acts)
        if (
            row.standing is Standing.AGREED
            and found.looked_by_me
            and row.next_look is not None
            and not found.looked_by_other
            and found.for_two
            and row.next_look <= self._ctx.now().date().toordinal()
        ):
            return Foot(tr("Still right for you. {name} has not looked yet.").format(name=name), "check", talk)
        return Foot()

    def _more(self, found: Found) -> tuple[Act, ...]:
        acts = []
        if found.row.standing is Standing.AGREED:
            acts += [Act("look", tr("Set the next look…")), Act("pause", tr("Let it rest"))]
        if found.row.standing in {Standing.AGREED, Standing.PAUSED} and not found.i_let_go:
            acts.append(Act("let_go", tr("Let it go…")))
        if found.row.standing in {Standing.DRAFT, Standing.PROPOSED}:
            acts.append(Act("let_go", tr("Lay this draft aside")))
        acts.append(Act("states", tr("Every saved state")))
        return tuple(acts)

    def _version(self, version: Version) -> HistoryEntry:
        captions = [version.reason] if version.reason else []
        if version.also:
            names = [self._question(name) for name in version.also]
            captions.append(tr("Also changed: {questions}").format(questions="; ".join(names)))
        captions.append(self._marked(version))
        parts = tuple(Part(_FATES[run.op], run.words) for run in version.runs)
        title = tr("Version {n}").format(n=version.number)
        date = self._day(version.at_ms, year=True)
        told = ", ".join([title, *([tr("current")] if version.current else []), date, version.words, *captions])
        return HistoryEntry(title, version.current, date, parts, tuple(captions), told)

    def _question(self, name: str) -> str:
        field = self._kind.field(name)
        return (
            with_partner(label_for(field, solo=self._ctx.solo), self._ctx.partner or "") if field is not None else name
        )

    def _marked(self, version: Version) -> str:
        if not version.marks:
            return tr("Never marked.") if not version.current else tr("Not marked yet.")
        days = {self._day(mark.at_ms, year=True) for mark in version.marks}
        names = text.listed([mark.name for mark in version.marks])
        if self._ctx.solo or len(version.marks) == 1:
            return tr("Marked by {name} on {day}.").format(name=names, day=self._day(version.marks[0].at_ms))
        if len(days) == 1:
            return tr("{names} marked it the same day.").format(names=names)
        told = [tr("{name} on {day}").format(name=mark.name, day=self._day(mark.at_ms)) for mark in version.marks]
        return tr("Marked by {people}.").format(people=text.listed(told))

    def _where(self, found: Found) -> tuple[str, str]:
        if self._ctx.solo:
            return "", ""
        return (tr("for both of you"), "shared") if found.row.shared else (tr("only you"), "private")

    @staticmethod
    def _doubt(found: Found) -> str:
        if found.conflict:
            return tr(
                "Two of you worded this at the same time. Both wordings are kept; open it in the journal to join them."
            )
        if found.doubts:
            return tr(
                "Something in its history does not prove who wrote it and counts for nothing. Settings, Check has more."
            )
        return ""

    # ---------------------------------------------------------------------------------------------------- dates

    def _date(self, at_ms: int) -> dt.datetime:
        return dt.datetime.fromtimestamp(at_ms / 1000, self._ctx.now().tzinfo)

    def _day(self, at_ms: int, *, year: bool = False) -> str:
        return text.short_date(self._date(at_ms).date(), None if year else self._ctx.now().date())

    def _moment(self, at_ms: int) -> str:
        moment = self._date(at_ms)
        day = text.short_date(moment.date())
        return tr("{day}, {time}").format(day=day, time=text.clock_time(moment))

    def _short(self, ordinal: int) -> str:
        return text.short_date(dt.date.fromordinal(ordinal), self._ctx.now().date())
