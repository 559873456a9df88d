"""A guided conversation as a value: where it stands, who speaks, what was typed, and every move it can make.

Each move takes a `Talk` and gives the next one; nothing is changed in place and nothing is asked of the clock. What can
be put away at any moment and read back is exactly this value, so a talk that is cut off goes on from its last move.
A seat is 0 for the person whose journal it is and 1 for the other; alone there is only seat 0.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, TypeVar

import msgspec

from app.domain.practices import Conversation, Step

GAP: Final = "…"
STRONG: Final = 7
"""From this strength on a pause is offered before the next step."""
LOW: Final = 3
"""Up to this answer about safety the talk says that today may be a day to stop."""
TOPIC, TAKING, LEFT_OPEN, NUMBERS, NEXT = "topic", "taking", "left_open", "numbers", "next"
"""What can be kept besides the notes of steps."""
OWN_SAFETY: Final = "safety"
"""A person's own two answers about safety: theirs alone to keep, whoever else says what."""
_ENDS: Final = (".", "?", "!", "…", "”", ":")
_MOST_SCALE: Final = 10

T = TypeVar("T")
Two = tuple[int | None, int | None]
TwoTicks = tuple[bool, bool]


class Stage(StrEnum):
    """Which part of the talk is open."""

    SAFETY_BEFORE = "safety_before"
    STEPS = "steps"
    PAUSED = "paused"
    SAFETY_AFTER = "safety_after"
    CLOSING = "closing"
    KEEPING = "keeping"


class Talk(msgspec.Struct, frozen=True, omit_defaults=True):
    """One conversation under way.

    `speaker` is the seat that speaks. `passed` are the steps gone on from, in the order of the script. `notes`, `fills`
    (what stands in the gaps of each word helper, frame by frame) and `seconds` go by the id of a step. Of the other
    person's answers about safety nothing is held but `low`: that somebody's was low. `asked` counts who has answered.
    """

    script: str
    begun_ms: int
    alone: bool = False
    stage: Stage = Stage.SAFETY_BEFORE
    speaker: int = 0
    step: int = 0
    furthest: int = 0
    passed: tuple[str, ...] = ()
    notes: dict[str, str] = {}
    fills: dict[str, tuple[tuple[str, ...], ...]] = {}
    seconds: dict[str, int] = {}
    strength: Two = (None, None)
    strength_before: Two = (None, None)
    asked: int = 0
    low: bool = False
    own_before: int | None = None
    own_after: int | None = None
    pauses: int = 0
    paused_in: Stage | None = None
    offering: bool = False
    not_quite: bool = False
    given: bool = False
    heard: Two = (None, None)
    taking: tuple[str, str] = ("", "")
    left_open: str = ""
    next_day: dt.date | None = None
    topic: str = ""
    thread: str | None = None
    keep: dict[str, TwoTicks] = {}

    @property
    def seats(self) -> tuple[int, ...]:
        """Who sits here."""
        return (0,) if self.alone else (0, 1)


def begin(
    script: Conversation, at_ms: int, *, alone: bool, speaker: int = 0, topic: str = "", thread: str | None = None
) -> Talk:
    """A talk at its very start. One made for one person is held alone whatever is asked."""
    alone = alone or script.seats == 1
    return Talk(script.id, at_ms, alone, speaker=0 if alone else speaker, topic=topic.strip(), thread=thread)


def fits(talk: Talk, script: Conversation) -> bool:
    """Whether a talk that was put away can go on by the script as it is today."""
    known = {step.id for step in script.step}
    return talk.script == script.id and 0 <= talk.step < len(script.step) and set(talk.passed) <= known


def answer_safety(talk: Talk, value: int | None) -> Talk:
    """The next person answers, unseen by the other, or leaves it open; after the last the talk goes on.

    Of the answer of the other seat only its lowness stays, and not whose it was.
    """
    if talk.stage not in {Stage.SAFETY_BEFORE, Stage.SAFETY_AFTER}:
        return talk
    before = talk.stage is Stage.SAFETY_BEFORE
    low = talk.low or (value is not None and value <= LOW)
    if talk.asked == 0:
        own = {"own_before": _held(value)} if before else {"own_after": _held(value)}
        talk = msgspec.structs.replace(talk, **own)
    talk = msgspec.structs.replace(talk, low=low, asked=talk.asked + 1)
    if talk.asked < len(talk.seats):
        return talk
    return msgspec.structs.replace(talk, asked=0, stage=Stage.STEPS if before else Stage.CLOSING)


def strengthen(talk: Talk, seat: int, value: int | None) -> Talk:
    """How strong it is now for one of the two; the first answer of each is remembered as the one before."""
    strength = _with(talk.strength, seat, _held(value))
    before = talk.strength_before
    if before[seat] is None:
        before = _with(before, seat, _held(value))
    offering = talk.offering and max((n for n in strength if n is not None), default=0) >= STRONG
    return msgspec.structs.replace(talk, strength=strength, strength_before=before, offering=offering)


def is_strong(talk: Talk) -> bool:
    """Whether it is a seven or more for either."""
    return any(value is not None and value >= STRONG for value in talk.strength)


def go_on(talk: Talk, script: Conversation) -> Talk:
    """To the next step, or past the last one to the end; where it is strong a pause is offered first, once."""
    if talk.stage is not Stage.STEPS:
        return talk
    if is_strong(talk) and not talk.offering:
        return msgspec.structs.replace(talk, offering=True)
    talk = _pass(talk, script)
    if talk.step + 1 >= len(script.step):
        return _to_end(talk)
    return _at(talk, talk.step + 1)


def end_here(talk: Talk, script: Conversation) -> Talk:
    """Stop at this step, which counts as reached where the script calls it a good place to stop."""
    if talk.stage is not Stage.STEPS:
        return talk
    return _to_end(_pass(talk, script) if script.step[talk.step].may_end else talk)


def not_quite(talk: Talk) -> Talk:
    """The one who is heard says so; the step stays, as often as it takes."""
    return msgspec.structs.replace(talk, not_quite=True) if talk.stage is Stage.STEPS else talk


def back(talk: Talk) -> Talk:
    """One step back; from what comes after the steps back to the last of them. Nothing typed is lost."""
    if talk.stage is Stage.KEEPING:
        return msgspec.structs.replace(talk, stage=Stage.CLOSING)
    if talk.stage in {Stage.SAFETY_AFTER, Stage.CLOSING}:
        return msgspec.structs.replace(talk, stage=Stage.STEPS, asked=0)
    if talk.stage is Stage.STEPS and talk.step > 0:
        return _at(talk, talk.step - 1)
    return talk


def open_step(talk: Talk, step: int) -> Talk:
    """Look at a step again that was reached before; one that lies ahead is opened by nobody alone."""
    if talk.stage in {Stage.STEPS, Stage.CLOSING, Stage.SAFETY_AFTER} and 0 <= step <= talk.furthest:
        return _at(msgspec.structs.replace(talk, stage=Stage.STEPS, asked=0), step)
    return talk


def swap(talk: Talk) -> Talk:
    """The one who listened speaks now."""
    return talk if talk.alone else msgspec.structs.replace(talk, speaker=1 - talk.speaker)


def pause(talk: Talk) -> Talk:
    """Stop for a while, from wherever the talk is."""
    if talk.stage is Stage.PAUSED:
        return talk
    return msgspec.structs.replace(
        talk, stage=Stage.PAUSED, paused_in=talk.stage, pauses=talk.pauses + 1, offering=False
    )


def come_back(talk: Talk, *, one_back: bool = False) -> Talk:
    """Take up where it was, or one step before."""
    if talk.stage is not Stage.PAUSED:
        return talk
    talk = msgspec.structs.replace(talk, stage=talk.paused_in or Stage.STEPS, paused_in=None)
    return back(talk) if one_back else talk


def write(talk: Talk, step: str, words: str) -> Talk:
    """The notes of a step."""
    return msgspec.structs.replace(talk, notes=_put(talk.notes, step, words))


def fill(talk: Talk, step: str, fills: tuple[tuple[str, ...], ...]) -> Talk:
    """What stands in the gaps of a step's word helpers."""
    return msgspec.structs.replace(talk, fills=_put(talk.fills, step, fills))


def give(talk: Talk, *, on: bool) -> Talk:
    """Whether what was asked for was given, in a way that reached."""
    return msgspec.structs.replace(talk, given=on)


def spend(talk: Talk, step: str, seconds: int) -> Talk:
    """Time passed at a step. It is a guide and ends nothing."""
    known = talk.seconds.get(step, 0)
    return msgspec.structs.replace(talk, seconds={**talk.seconds, step: known + max(0, seconds)})


def close(
    talk: Talk, *, heard: Two, taking: tuple[str, str], left_open: str, next_day: dt.date | None, topic: str
) -> Talk:
    """What is said at the end, as it stands on the page."""
    found = (_held(heard[0]), _held(heard[1]))
    return msgspec.structs.replace(
        talk, heard=found, taking=taking, left_open=left_open, next_day=next_day, topic=topic
    )  # fmt: skip


def to_keeping(talk: Talk) -> Talk:
    """From the closing words to the question what is kept."""
    return msgspec.structs.replace(talk, stage=Stage.KEEPING) if talk.stage is Stage.CLOSING else talk


def say_keep(talk: Talk, item: str, seat: int, *, on: bool) -> Talk:
    """One of the two says whether an item stays."""
    known = talk.keep.get(item, (False, False))
    ticks = (on, known[1]) if seat == 0 else (known[0], on)
    return msgspec.structs.replace(talk, keep={**talk.keep, item: ticks})


def stays(talk: Talk, item: str) -> bool:
    """Whether everybody who sits here said that an item stays. A person's own numbers are theirs to keep alone."""
    ticks = talk.keep.get(item, (False, False))
    return ticks[0] if talk.alone or item == OWN_SAFETY else all(ticks)


def items(talk: Talk, script: Conversation) -> tuple[str, ...]:
    """What there is to keep: the steps with words, in their order, and what was said at the end."""
    said = [step.id for step in script.step if note_of(talk, step)]
    rest = (
        (TOPIC, bool(talk.topic.strip() or talk.thread)),
        (TAKING, any(words.strip() for words in talk.taking)),
        (LEFT_OPEN, bool(talk.left_open.strip())),
        (NUMBERS, any(value is not None for value in (*talk.heard, *talk.strength_before))),
        (NEXT, talk.next_day is not None),
        (OWN_SAFETY, talk.own_before is not None or talk.own_after is not None),
    )
    return (*said, *(item for item, there in rest if there))


def reached(talk: Talk, script: Conversation, order: Sequence[str]) -> str | None:
    """The furthest stage of the steps passed, by the order of the stages; None before the first."""
    found = set()
    for step in script.step:
        if step.id in talk.passed:
            found.add(step.reaches)
            if talk.given:
                found.add(step.reaches_if_given)
    return next((stage for stage in reversed(order) if stage in found), None)


def seat_of(step: Step, speaker: int) -> int | None:
    """Whose turn a step is; None when it is both's."""
    return {"speaker": speaker, "listener": 1 - speaker}.get(step.who)


# ------------------------------------------------------------------------------------------------- word helpers


def gaps(frame: str) -> tuple[str, ...]:
    """The words around the gaps of a frame: one part more than there are gaps."""
    return tuple(frame.split(GAP))


def sentence(frame: str, filled: Sequence[str]) -> str:
    """A frame with its gaps filled, up to the last one somebody wrote into; empty while nobody did."""
    parts = gaps(frame)
    words = [*(part.strip() for part in filled), *[""] * len(parts)][: len(parts) - 1]
    last = max((place for place, word in enumerate(words) if word), default=-1)
    if last < 0:
        return ""
    said = "".join(part + (word or GAP) for part, word in zip(parts[: last + 1], words, strict=False))
    tail = parts[last + 1] if last + 2 == len(parts) else ""
    return (said + tail).strip()


def compose(frames: Sequence[str], fills: Sequence[Sequence[str]]) -> str:
    """The filled frames as running words: one that begins small goes on with the sentence before it."""
    told = ""
    for frame, filled in zip(frames, fills, strict=False):
        said = sentence(frame, filled)
        if not said:
            continue
        if told and said[:1].islower():
            told = f"{told.rstrip('.')}, {said}"
        else:
            told = f"{_stopped(told)} {said}" if told else said[:1].upper() + said[1:]
    return _stopped(told)


def note_of(talk: Talk, step: Step) -> str:
    """What a step would leave: the composed sentence and the notes; nothing where the script takes no notes."""
    if not step.notes:
        return ""
    parts = (compose(step.word_helpers, talk.fills.get(step.id, ())), talk.notes.get(step.id, "").strip())
    return "\n".join(part for part in parts if part)


def _stopped(words: str) -> str:
    return words if not words or words.endswith(_ENDS) else f"{words}."


def _pass(talk: Talk, script: Conversation) -> Talk:
    gone = {*talk.passed, script.step[talk.step].id}
    passed = tuple(step.id for step in script.step if step.id in gone)
    return msgspec.structs.replace(talk, passed=passed, offering=False)


def _to_end(talk: Talk) -> Talk:
    return msgspec.structs.replace(talk, stage=Stage.SAFETY_AFTER, asked=0, offering=False, not_quite=False)


def _at(talk: Talk, step: int) -> Talk:
    return msgspec.structs.replace(
        talk, step=step, furthest=max(talk.furthest, step), not_quite=False, offering=False
    )  # fmt: skip


def _held(value: int | None) -> int | None:
    return None if value is None else max(0, min(_MOST_SCALE, value))


def _with(two: Two, seat: int, value: int | None) -> Two:
    return (value, two[1]) if seat == 0 else (two[0], value)


def _put(known: dict[str, T], key: str, value: T) -> dict[str, T]:
    return {**{name: kept for name, kept in known.items() if name != key}, **({key: value} if value else {})}
