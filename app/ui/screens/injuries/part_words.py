"""The words of the parts of an opened thread: short answers by seat, its weight, what belongs to it, how it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from app.domain.wording import label_for
from app.services.marks import Standing
from app.services.thread_parts import Belonging
from app.services.threads import ThreadDetail
from app.ui import text
from app.ui.context import Context
from app.ui.screens.injuries.state import Answer, BelongingLine, Stood, Weight
from app.ui.text import tr

CARRYING: Final = ("moment_of_need", "reached_for", "meaning")
ANSWERING: Final = ("answer_saw", "answer_part", "answer_gets_in_way")
ICONS: Final[Mapping[str, str]] = {
    "setback": "arrow-counter-clockwise",
    "letter": "envelope-simple",
    "template": "compass",
    "trust_revival": "arrows-clockwise",
    "forgiveness_work": "leaf",
    "joint_narrative": "book-open-text",
    "plan": "calendar-blank",
    "conversation": "chats-circle",
}


class PartWords:
    """Puts one session's content and clock around the parts of a thread."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def carrying(self, found: ThreadDetail) -> tuple[Answer, ...]:
        """The three answers of the one who carries it; none where only the other seat is taken and none is given."""
        given = self._given(found, CARRYING)
        only_answers = found.body.my_place == "answers"
        return () if only_answers and not any(answer.words for answer in given) else given

    def answering(self, found: ThreadDetail) -> tuple[Answer, ...]:
        """The three answers of the one who answers for it, where that seat is taken."""
        given = self._given(found, ANSWERING)
        taken = found.body.is_mine_to_answer or any(answer.words for answer in given)
        return given if taken else ()

    def weight(self, found: ThreadDetail) -> Weight:
        """How heavy it is, with every answer that was given."""
        field = self._ctx.content.kind("injury").field("weight")
        low, high = (field.ends[0], field.ends[-1]) if field is not None and field.ends else ("", "")
        question = label_for(field, solo=self._ctx.solo) if field is not None else ""
        values = [round(value) for _, value in found.weights]
        named = self._ctx.content.sentence
        course = named("chart.weight.empty")
        if len(values) > 1:
            course = named("chart.weight.alt", first=values[0], last=values[-1], n=len(values))
        elif values:
            course = tr("Answered once, on {day}.").format(day=self._short(found.weights[0][0]))
        return Weight(
            question,
            low,
            high,
            found.body.weight,
            course,
            asked=not found.row.theirs,
            points=found.weights,
            dates=tuple((self._short(day), text.number(value)) for day, value in reversed(found.weights)),
        )

    def heaviness(self, found: ThreadDetail) -> tuple[int, str] | None:
        """How heavy it was last said to be, for its cover; None where it was never said."""
        if found.body.weight is None:
            return None
        if not found.weights:
            return found.body.weight, tr("{n} of 10 heavy").format(n=text.number(found.body.weight))
        day = self._short(found.weights[-1][0])
        said = tr("{n} of 10 heavy when you last said, on {day}")
        return found.body.weight, said.format(n=text.number(found.body.weight), day=day)

    def belongings(self, found: ThreadDetail) -> tuple[BelongingLine, ...]:
        """What else belongs to it, as lines."""
        return tuple(self._belonging(one) for one in found.belongings)

    def offered(self, found: ThreadDetail) -> tuple[tuple[str, str], ...]:
        """The kinds that can be begun beside this thread, with the words of their buttons."""
        if found.row.theirs and not found.row.shared:
            return ()
        kinds = [self._ctx.content.kind(kind_id) for kind_id in found.offered]
        return tuple((kind.id, (kind.solo_add if self._ctx.solo else None) or kind.add) for kind in kinds)

    def stood(self, found: ThreadDetail) -> Stood:
        """What is said of a thread that rests or is settled."""
        row = found.row
        if row.standing not in {"settled", "resting"}:
            return Stood()
        day = self._short(dt.datetime.fromtimestamp(row.since_ms / 1000, self._ctx.now().tzinfo).date().toordinal())
        words = {
            "settled": tr("Settled since {day}. It means: enough for now, nothing more is asked. All of it stays."),
            "resting": tr("Resting since {day}. Nothing asks about it, and all of it stays."),
        }[row.standing].format(day=day)
        return Stood(words, "" if row.theirs else tr("Open it again"))

    # ---------------------------------------------------------------------------------------------------- pieces

    def _given(self, found: ThreadDetail, fields: tuple[str, ...]) -> tuple[Answer, ...]:
        kind = self._ctx.content.kind("injury")
        solo = self._ctx.solo or not found.body.is_about_two
        made = []
        for field_id in fields:
            field = kind.field(field_id)
            question = label_for(field, solo=solo) if field is not None else ""
            made.append(Answer(question, getattr(found.body, field_id) or ""))
        return tuple(made)

    def _belonging(self, one: Belonging) -> BelongingLine:
        kind = self._ctx.content.kind(one.kind)
        named = text.sentence_case(kind.singular)
        parts = [named, self._short(one.day)] if one.title else [self._short(one.day)]
        if one.theirs:
            parts.append(tr("by {name}").format(name=self._other()))
        if one.wordings > 1:
            parts.append(text.count_of(one.wordings, tr("{n} wording"), tr("{n} wordings")))
        if one.shared and one.standing:
            parts.append(self._standing(one.standing))
        words = " ".join(one.title.split()) or named
        return BelongingLine(
            one.record,
            one.kind,
            ICONS.get(one.kind, "notebook"),
            words,
            " · ".join(parts),
            versions=one.wordings > 0,
            theirs=one.theirs,
        )

    def _standing(self, standing: str) -> str:
        return {
            Standing.DRAFT.value: tr("no marks yet"),
            Standing.WAITING_FOR_OTHER.value: tr("waits for {name}").format(name=self._other()),
            Standing.WAITING_FOR_ME.value: tr("waits for you"),
            Standing.AGREED.value: tr("marked by both"),
        }.get(standing, "")

    def _other(self) -> str:
        return self._ctx.partner or tr("the other person")

    def _short(self, day: int) -> str:
        return text.short_date(dt.date.fromordinal(day), self._ctx.now().date())


def notes_words(times: int) -> str:
    """How often a step was noted."""
    return text.count_of(times, tr("{n} note"), tr("{n} notes"))
