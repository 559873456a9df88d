"""The words of one promise, made from what the service found.

What the other person promised is shown as they note it: nothing here asks about it, counts it against them, or says
that it is late.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from app.domain.fields import Field
from app.domain.kinds.agreement import Mark as Held
from app.domain.wording import label_for, with_partner
from app.services.agreement_fold import day_in
from app.services.agreement_rows import Owner, Standing
from app.services.commitments import MARKS, EventLine, NoticedLine, PromiseDetail, Went
from app.services.own_promises import PROMISE
from app.ui import text
from app.ui.context import Context
from app.ui.models.answers import person_of
from app.ui.screens.agreements.commitment_state import PromiseState
from app.ui.screens.agreements.state import Act, Dot, OccasionEntry, Section, Tile
from app.ui.screens.agreements.words import DOTS, RowWords
from app.ui.text import tr
from app.ui.widgets.marks import Person

LISTED: Final = 12
LEAST_TO_COUNT: Final = 2
WENT: Final = "went:"
STAND: Final = "stand:"
_SEEN: Final = frozenset({Went.KEPT, Went.KEPT_LATE, Went.PARTLY})
"""What there is something to notice of. For one that was not kept there is only thanks, for saying so."""
_ANSWERS: Final = ("why", "if_late")
_FACTS: Final = ("sort", "rhythm", "cost")
_STANDS: Final = {
    "proposed": ("active",),
    "active": ("paused", "done", "released"),
    "paused": ("active", "released"),
    "done": ("active",),
    "released": ("active",),
}


def went_words(went: str) -> str:
    """How it went, as a list says it."""
    words = {
        Went.KEPT: tr("kept"),
        Went.KEPT_LATE: tr("kept late, and said so"),
        Went.PARTLY: tr("partly"),
        Went.NOT_KEPT: tr("not kept"),
        Went.RELEASED: tr("let go of, by agreement"),
    }
    return words[Went(went)] if went in MARKS else tr("noted")


class PromiseWords:
    """Builds the state of the promise that is open."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._rows = RowWords(ctx)
        self._kind = ctx.content.kind(PROMISE)

    def state(self, found: PromiseDetail) -> PromiseState:
        """The whole pane."""
        row = found.row
        asked, asks = self._asks(found)
        return PromiseState(
            record=row.record,
            sort=text.sentence_case(self._kind.singular),
            since=self._since(found),
            words=row.words,
            keepers=() if self._ctx.solo else tuple(self._rows.mark(owner) for owner in self._in_order(row.owners)),
            keeper_words=self._keeper_words(row.owners),
            facts=self._facts(found),
            sections=self._sections(found),
            tiles=self._tiles(found),
            dots=tuple(self._dot(event) for event in reversed(found.events)),
            legend=self._legend(found) if found.mine else (),
            held=self._held(found) if found.mine else "",
            events=tuple(self._event(event, found) for event in found.events[:LISTED]),
            nothing="" if found.events else tr("Nothing noted yet, which says nothing either way."),
            went=self._went(found),
            asked=asked,
            asks=asks,
            more=self._more(found),
            hash=found.hash,
            mine=found.mine,
        )

    # ---------------------------------------------------------------------------------------------------- the promise

    def _since(self, found: PromiseDetail) -> str:
        if found.row.standing is Standing.PROPOSED:
            return tr("proposed")
        standing = {"paused": tr("resting"), "done": tr("done"), "released": tr("let go of, by agreement")}
        if found.state in standing:
            return standing[found.state]
        due = day_in(found.answers.get("due"))
        return tr("by {day}").format(day=self._date(due)) if due is not None else ""

    def _keeper_words(self, owners: tuple[Owner, ...]) -> str:
        if self._ctx.solo:
            return ""
        if len(owners) > 1:
            return tr("both of you promise it")
        if all(owner.mine for owner in owners):
            return tr("your promise")
        return tr("{name}’s promise").format(name=self._partner())

    def _facts(self, found: PromiseDetail) -> str:
        parts = []
        to = found.answers.get("to_whom")
        if isinstance(to, list) and to:
            parts.append(tr("made to {names}").format(names=text.listed([self._named(str(one)) for one in to])))
        for name in _FACTS:
            field, value = self._kind.field(name), found.answers.get(name)
            if field is not None and isinstance(value, str):
                words = self._option(field, value)
                parts.append(tr("costs {what}").format(what=words) if name == "cost" else words)
        return " · ".join(parts)

    def _option(self, field: Field, value: str) -> str:
        option = next((one for one in field.options if one.id == value), None)
        return label_for(option, solo=self._ctx.solo) if option is not None else value

    def _named(self, who: str) -> str:
        if who in {self._ctx.person.id, self._ctx.person.name}:
            return self._ctx.person.name
        return person_of(self._ctx, who).name

    def _sections(self, found: PromiseDetail) -> tuple[Section, ...]:
        made = []
        for name in _ANSWERS:
            field, value = self._kind.field(name), found.answers.get(name)
            if field is not None and isinstance(value, str) and value.strip():
                label = with_partner(label_for(field, solo=self._ctx.solo), self._partner())
                made.append(Section(label, value))
        return tuple(made)

    def _tiles(self, found: PromiseDetail) -> tuple[Tile, ...]:
        """Whose marks stand on these words; only where both keep it, or one was made."""
        if not found.joint and not found.marked_ms:
            return ()
        made = []
        for owner in self._in_order(found.row.owners):
            at_ms = found.marked_ms.get(self._ctx.person.id if owner.mine else self._ctx.other)
            mark = self._rows.mark(owner, outline=at_ms is None)
            made.append(Tile(mark, self._moment(at_ms) if at_ms else tr("not marked yet"), at_ms is not None))
        return tuple(made)

    # ---------------------------------------------------------------------------------------------------- how it went

    def _dot(self, event: EventLine) -> Dot:
        words = tr("{day}: {what}").format(day=self._date(event.day), what=went_words(event.went))
        return Dot(DOTS[MARKS.get(event.went, Held.NONE)], words)

    def _legend(self, found: PromiseDetail) -> tuple[tuple[Dot, str], ...]:
        made = []
        for went in Went:
            if n := found.counts.get(went, 0):
                words = tr("{what} {n}").format(what=went_words(went), n=text.number(n))
                made.append((Dot(DOTS[MARKS[went]], words), words))
        return tuple(made)

    def _held(self, found: PromiseDetail) -> str:
        """How often it was kept, in times and never as a share; nothing is said of once."""
        held = found.held
        if held.of < LEAST_TO_COUNT:
            return ""
        return tr("kept {k} of {n} times").format(k=text.number(held.held), n=text.number(held.of))

    def _event(self, event: EventLine, found: PromiseDetail) -> OccasionEntry:
        writer = self._rows.mark(Owner(self._name(mine=event.by_me), event.by_me))
        readings = [(writer, event.note)] if event.note else []
        readings += [self._noticed(line) for line in event.noticed]
        acts = []
        if event.by_me and found.mine and event is found.events[0]:
            acts.append(Act("change", tr("Change"), "quiet"))
        if event.may_notice:
            if event.went in _SEEN:
                acts.append(Act("notice", tr("I noticed"), "quiet"))
            acts.append(Act("thank", tr("Say thanks…"), "quiet"))
        acts += [Act(f"unsay:{line.record}", tr("Change what I said"), "quiet") for line in event.noticed if line.by_me]
        return OccasionEntry(
            record=event.record,
            mine=event.record if event.by_me else "",
            dot=self._dot(event),
            date=self._date(event.day),
            words=went_words(event.went),
            readings=tuple(readings),
            acts=tuple(acts),
        )

    def _noticed(self, line: NoticedLine) -> tuple[Person, str]:
        said = {"yes": tr("I noticed."), "no": tr("I did not see it.")}.get(line.noticed, "")
        words = " ".join(part for part in (said, line.thanks) if part)
        return self._rows.mark(Owner(self._name(mine=line.by_me), line.by_me)), words

    # ---------------------------------------------------------------------------------------------------- doing

    def _went(self, found: PromiseDetail) -> tuple[Act, ...]:
        """Only who keeps it says how it went."""
        if not found.mine or found.row.standing is not Standing.AGREED:
            return ()
        short = {
            Went.KEPT: tr("Kept"),
            Went.KEPT_LATE: tr("Kept late"),
            Went.PARTLY: tr("Partly"),
            Went.NOT_KEPT: tr("Not kept"),
        }
        acts = [Act(f"{WENT}{went}", words) for went, words in short.items()]
        return (*acts, Act("note", tr("With a line…"), "quiet"))

    def _asks(self, found: PromiseDetail) -> tuple[str, tuple[Act, ...]]:
        if found.row.waits_for_me:
            return tr("These words wait for your mark"), (Act("mark", tr("Mark these words"), "primary"),)
        if found.row.waits_for_other:
            return tr("Waiting for {name}’s mark").format(name=self._partner()), ()
        if found.row.due:
            acts = (Act("still", tr("Still right for me"), "primary"), Act("change_words", tr("Change…")))
            return tr("Due for a look today"), acts
        return "", ()

    def _more(self, found: PromiseDetail) -> tuple[Act, ...]:
        acts = []
        if found.mine and not found.row.waits_for_me:
            words = {
                "active": tr("Take it up again") if found.state != "proposed" else tr("It is current"),
                "paused": tr("Let it rest"),
                "done": tr("It is done"),
                "released": tr("Let go of it, as agreed"),
            }
            acts += [Act(f"{STAND}{state}", words[state]) for state in self._stands(found)]
        if self._ctx.person.id in found.marked_ms:
            acts.append(Act("withdraw", tr("Take my mark back")))
        if found.author == self._ctx.person.id:
            acts.append(Act("remove", tr("Remove…")))
        else:
            acts.append(Act("hide", tr("Hide for me")))
        return tuple(acts)

    def _stands(self, found: PromiseDetail) -> tuple[str, ...]:
        left_out = {"released"} if self._ctx.solo else set()
        if found.row.waits_for_other:
            left_out.add("active")
        return tuple(state for state in _STANDS.get(found.state, ()) if state not in left_out)

    # ---------------------------------------------------------------------------------------------------- small parts

    def _in_order(self, owners: tuple[Owner, ...]) -> tuple[Owner, ...]:
        return tuple(sorted(owners, key=lambda owner: (self._ctx.mark == 1) is not owner.mine))

    def _partner(self) -> str:
        return self._ctx.partner or tr("the other person")

    def _name(self, *, mine: bool) -> str:
        return self._ctx.person.name if mine else self._partner()

    def _date(self, day: int) -> str:
        return text.short_date(dt.date.fromordinal(day), self._ctx.now().date())

    def _moment(self, at_ms: int) -> str:
        at = dt.datetime.fromtimestamp(at_ms / 1000, self._ctx.now().tzinfo)
        return text.day_and_time(at, self._ctx.now().date())
