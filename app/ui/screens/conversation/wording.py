"""A talk in words: what the page says at each of its stages, from the script and from where the talk stands."""

from __future__ import annotations

import datetime as dt

from app.domain import conversing
from app.domain.content import Content
from app.domain.conversing import LEFT_OPEN, NEXT, NUMBERS, OWN_SAFETY, TAKING, TOPIC, Stage, Talk
from app.domain.fields import Field
from app.domain.gentle import GentleMark, GentleWords
from app.domain.practices import Conversation, Step
from app.domain.wording import with_partner
from app.services.conversations import PauseWords, Start
from app.ui import text
from app.ui.context import Context
from app.ui.models.seats import BOTH_MARKS
from app.ui.screens.conversation.state import (
    Asked,
    Begin,
    ClosingPage,
    ClosingSeat,
    GapRow,
    KeepingPage,
    KeepRow,
    PausePage,
    StepPage,
    StepRow,
    Strength,
    Timer,
    Turn,
)
from app.ui.text import tr
from app.ui.widgets.marks import Person, Shape
from app.ui.widgets.step_path import StepState

_MINUTE_S = 60
_OWNING = "acknowledged"
"""The stage at which somebody names their part: there the words that guard are marked, elsewhere those that push."""


class TalkWords:
    """The words of one talk in one journal."""

    def __init__(self, ctx: Context, script: Conversation) -> None:
        self._ctx, self._script = ctx, script
        self._content: Content = ctx.content
        self._frame = ctx.content.conversations.common
        self._gentle = {
            name: GentleWords(ctx.content.list(name).items) for name in ("guarded_words", "statement_words")
        }

    # -------------------------------------------------------------------------------------------------- the people

    def person(self, seat: int) -> Person:
        """The mark of whoever has a seat: 0 is the person whose journal it is."""
        ctx = self._ctx
        if seat == 0:
            return Person(Shape.of(ctx.mark), ctx.person.initial, ctx.person.name)
        name = ctx.partner or tr("the other person")
        return Person(Shape.of(BOTH_MARKS - ctx.mark), name[:1].upper(), name)

    def seats(self, talk: Talk) -> tuple[int, ...]:
        """Who sits here, the first person first."""
        return tuple(sorted(talk.seats, key=lambda seat: self.person(seat).shape is not Shape.CIRCLE))

    def title(self, *, alone: bool) -> str:
        """What it is called."""
        return (self._script.solo_title if alone else None) or self._script.title

    def subtitle(self, times: int, *, alone: bool) -> str:
        """Which time it is, and who is here: "second time, together"."""
        names = (tr("first"), tr("second"), tr("third"), tr("fourth"), tr("fifth"), tr("sixth"))
        which = tr("{n} time").format(n=names[times]) if times < len(names) else ""
        who = "" if self._ctx.solo else tr("on my own") if alone else tr("together")
        return ", ".join(part for part in (which, who) if part)

    def named(self, words: str, speaker: int) -> str:
        """Words of the script with the two names in their places."""
        named = words.replace("{speaker}", self.person(speaker).name)
        named = named.replace("{listener}", self.person(1 - speaker).name)
        return with_partner(named, self.person(1).name)

    # ---------------------------------------------------------------------------------------------- before and beside

    def begin(self, start: Start, *, held: bool = False) -> Begin:
        """The page before it begins."""
        script, frame = self._script, self._frame
        time = tr("{low} to {high} minutes").format(
            low=text.number(script.minutes), high=text.number(script.minutes_to)
        )
        alone = not start.two or start.danger
        people = sorted((0, 1), key=lambda seat: self.person(seat).shape is not Shape.CIRCLE)
        return Begin(
            line=(script.solo_one_line if alone else None) or script.one_line,
            rules=script.rules,
            not_for=script.not_for,
            alone_words=script.alone if not self._ctx.solo else "",
            checks=frame.start_checks,
            solo_checks=frame.solo_start_checks,
            no=frame.start_no,
            fear=frame.start_fear if start.two else "",
            time=time,
            both=start.two and not start.danger,
            danger=start.danger,
            held=held,
            names=tuple(self.person(seat).name for seat in people) if start.two else (),
            about_both=tuple(start.about_both),
            about_own=tuple(start.about_own),
        )

    def rows(self, talk: Talk) -> tuple[StepRow, ...]:
        """The steps at the left."""
        found = []
        for number, step in enumerate(self._script.step):
            here = number == talk.step and talk.stage in {Stage.STEPS, Stage.PAUSED}
            state = StepState.CURRENT if here else StepState.DONE if step.id in talk.passed else StepState.AHEAD
            words = {
                StepState.CURRENT: tr("this step"),
                StepState.DONE: tr("done"),
                StepState.AHEAD: tr("ahead"),
            }[state]
            open_stages = {Stage.STEPS, Stage.CLOSING, Stage.SAFETY_AFTER}
            reachable = number <= talk.furthest and talk.stage in open_stages
            found.append(StepRow(step.title, self._caption(step, talk), state, reachable, words))
        return tuple(found)

    def _caption(self, step: Step, talk: Talk) -> str:
        if talk.alone:
            return ""
        words = {
            "speaker": tr("the one who speaks"),
            "listener": tr("the one who listens"),
            "both": tr("both"),
            "carries": tr("carries the hurt"),
            "answers": tr("answers for it"),
        }
        return step.caption or words.get(step.who, "")

    def timer(self, talk: Talk, extra_s: int) -> Timer:
        """Time at this step, with the seconds that are not put away yet."""
        step = self._script.step[talk.step]
        passed = talk.seconds.get(step.id, 0) + extra_s
        shown = f"{passed // _MINUTE_S}:{passed % _MINUTE_S:02}"
        of = tr("of about {n} min").format(n=text.number(step.minutes))
        return Timer(shown, of, min(1.0, passed / (step.minutes * _MINUTE_S)), f"{shown} {of}")

    def pause(self, held: PauseWords | None, now: dt.datetime, *, alone: bool) -> PausePage:
        """One's own pause words, or what a pause is."""
        frame = self._frame
        line = frame.solo_pause if alone else frame.pause
        heading = tr("My pause words") if alone else tr("What we agreed a pause is")
        if held is None:
            return PausePage((), "", line, "", frame.pause_back)
        order = ("words", "where", "no_contact", "who_returns")
        back, at = "", tr("the time we say")
        if held.minutes:
            at = text.clock_time(now + dt.timedelta(minutes=held.minutes))
            back = tr("{length} from now is {time}.").format(length=text.duration(held.minutes), time=at)
        own = tuple(_sentence(held.answers[name]).replace("{time}", at) for name in order if name in held.answers)
        return PausePage(own, heading, line, text.sentence_case(back), frame.pause_back)

    def strengths(self, talk: Talk) -> tuple[Strength, ...]:
        """One row for each who sits here."""
        return tuple(Strength(seat, self.person(seat), talk.strength[seat]) for seat in self.seats(talk))

    # ------------------------------------------------------------------------------------------------------ the pages

    def asked(self, key: str, talk: Talk) -> Asked:
        """How safe it feels, for whoever answers now. The person whose journal it is answers first."""
        before = talk.stage is Stage.SAFETY_BEFORE
        field = self._field("safety_before" if before else "safety_after")
        help_words = (field.solo_help if talk.alone else None) or field.help or ""
        person = None if talk.alone else self.person(talk.asked)
        return Asked(
            f"{key}:{talk.stage}:{talk.asked}",
            person,
            field.label,
            help_words,
            (field.ends[0], field.ends[-1]) if field.ends else ("", ""),
            talk.asked + 1 < len(talk.seats),
        )

    def step(self, key: str, talk: Talk) -> StepPage:
        """The step that is open."""
        step = self._script.step[talk.step]
        fills = talk.fills.get(step.id, ())
        sentence = conversing.compose(step.word_helpers, fills)
        gentle = self._gentle["guarded_words" if step.reaches == _OWNING else "statement_words"]
        marks = gentle.find(sentence)
        turn = None if talk.alone else conversing.seat_of(step, talk.speaker)
        alone = talk.alone
        last = talk.step + 1 == len(self._script.step)
        prompt = (step.solo_prompt if alone else None) or step.prompt
        hint = (step.solo_hint if alone else None) or step.hint
        go_on = step.go_on if step.go_on and not alone else tr("To the end") if last else tr("Go on")
        return StepPage(
            key=f"{key}:{step.id}:{talk.speaker}",
            place=tr("Step {n} of {all}").format(n=text.number(talk.step + 1), all=text.number(len(self._script.step))),
            prompt=self.named(prompt, talk.speaker),
            hint=self.named(hint, talk.speaker),
            turns=self._turns(step, talk),
            helper_for=tr("optional, for {name}").format(name=self.person(turn).name)
            if turn is not None
            else tr("optional"),
            rows=_gap_rows(step, fills),
            phrases=tuple(frame for frame in step.word_helpers if conversing.GAP not in frame),
            sentence=sentence,
            marks=tuple((mark.start, mark.length) for mark in marks),
            said=self._said(sentence, marks),
            second=turn is not None and self.person(turn).shape is Shape.SQUARE,
            notes=talk.notes.get(step.id, "") if step.notes else None,
            go_on=self.named(go_on, talk.speaker),
            not_quite=self._frame.not_quite if step.go_on and not alone else "",
            not_quite_note=self._frame.not_quite_note if talk.not_quite else "",
            offer=self._frame.strong if talk.offering else "",
            low=self._frame.low_safety if talk.low and talk.step == 0 else "",
            given=self._line_of(step.reaches_if_given),
            is_given=talk.given,
            may_end=step.may_end and not last,
            back=talk.step > 0,
            words=gentle,
        )

    def closing(self, key: str, talk: Talk, today: dt.date) -> ClosingPage:
        """What is said at the end."""
        field = self._field("heard")
        solo = field.solo_label or field.label
        return ClosingPage(
            key=key,
            seats=tuple(
                ClosingSeat(seat, self.person(seat), talk.heard[seat], talk.taking[seat]) for seat in self.seats(talk)
            ),
            question=solo if talk.alone else self._frame.heard_question,
            ends=(field.ends[0], field.ends[-1]) if field.ends else ("", ""),
            taking=self._frame.closing_line,
            left_open=talk.left_open,
            topic=talk.topic,
            next_day=talk.next_day,
            today=today,
            low=self._frame.low_safety if talk.low else "",
        )

    def keeping(self, talk: Talk, about: str) -> KeepingPage:
        """What there is to keep, and who has said so."""
        order = [option.id for option in self._content.list("reach_stages").items]
        reached = conversing.reached(talk, self._script, order)
        seats = self.seats(talk)
        rows = []
        for item in conversing.items(talk, self._script):
            name, words = self._item(item, talk, about)
            own = item == OWN_SAFETY
            ticks = talk.keep.get(item, (False, False))
            shown = {place: ticks[seat] for place, seat in enumerate(seats) if not own or seat == 0}
            rows.append(KeepRow(item, name, words, shown, own, item in {NUMBERS, NEXT, OWN_SAFETY}))
        outcome = self._line_of(reached) or tr("It was begun.")
        alone = talk.alone
        return KeepingPage(
            question=self._frame.keep_solo if alone else self._frame.keep_question,
            note=self._frame.solo_keep_note if alone else self._frame.keep_note,
            rows=tuple(rows),
            people=tuple(self.person(seat) for seat in seats),
            outcome=tr("How far it went: {line}").format(line=outcome),
            where=tr("Kept for you alone.") if alone or not self._ctx.other else tr("Kept in the space for two."),
            professional=self._frame.professional,
        )

    # -------------------------------------------------------------------------------------------------------- pieces

    def _item(self, item: str, talk: Talk, about: str) -> tuple[str, str]:
        step = next((step for step in self._script.step if step.id == item), None)
        if step is not None:
            return step.title, conversing.note_of(talk, step)
        numbers = [
            tr("{name}: {n} of 10").format(name=self.person(seat).name, n=text.number(value))
            for seat in self.seats(talk)
            if (value := talk.heard[seat]) is not None
        ]
        day = text.long_date(talk.next_day) if talk.next_day else ""
        known = {
            TOPIC: (tr("What it was about"), talk.topic or about),
            TAKING: (tr("What goes along"), "\n".join(words for words in talk.taking if words.strip())),
            LEFT_OPEN: (tr("What stays open"), talk.left_open),
            NUMBERS: (tr("The numbers: how strong, how heard"), ", ".join(numbers)),
            NEXT: (tr("When to come back to it"), day),
            OWN_SAFETY: (tr("My own answers about safety"), tr("Only you ever see them.")),
        }
        return known[item]

    def _turns(self, step: Step, talk: Talk) -> tuple[Turn, ...]:
        if talk.alone:
            return ()
        turn = conversing.seat_of(step, talk.speaker)
        order = self.seats(talk) if turn is None else (turn, 1 - turn)
        return tuple(
            Turn(
                self.person(seat),
                tr("both speak") if turn is None else tr("speaking") if seat == turn else tr("listening"),
                seat == turn,
            )
            for seat in order
        )

    def _said(self, sentence: str, marks: tuple[GentleMark, ...]) -> str:
        if not sentence:
            return ""
        if marks:
            mark = marks[0]
            wording = sentence[mark.start : mark.start + mark.length]
            return tr("“{wording}”: {line}").format(wording=wording, line=mark.line)
        spoken = {part.strip(".,;:“”!?").casefold() for part in sentence.split()}
        return self._frame.stands if spoken.isdisjoint(self._frame.stands_without) else ""

    def _line_of(self, stage: str | None) -> str:
        items = self._content.list("reach_stages").items
        return next((item.line for item in items if item.id == stage), "")

    def _field(self, name: str) -> Field:
        return next(field for field in self._content.kind("conversation").fields if field.id == name)


def _gap_rows(step: Step, fills: tuple[tuple[str, ...], ...]) -> tuple[GapRow, ...]:
    rows = []
    for number, frame in enumerate(step.word_helpers):
        parts = conversing.gaps(frame)
        for gap in range(len(parts) - 1):
            before = parts[gap].strip().lstrip(",.; ").strip()
            after = parts[gap + 1].strip() if gap + 2 == len(parts) else ""
            known = fills[number][gap] if number < len(fills) and gap < len(fills[number]) else ""
            rows.append(GapRow(number, gap, before, after.strip("."), known))
    return tuple(rows)


def _sentence(words: str) -> str:
    words = words.strip()
    return words if words.endswith((".", "!", "?", "”", "…")) else f"{words}."
