"""Several people write one record on several computers; what they send is lost, repeated, late and out of order.

Clocks are wrong by up to ten years. Whatever arrived in whatever order: who has the same revisions sees the same, and
no text is gone that nobody had before their eyes when they replaced it (security.md 2.6). The rules under test are the
real ones: heads, common ancestors, merging, what stands after a removal. The store itself goes through the same in
tests/data/test_two_hands.py, in smaller numbers.
"""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.kinds.registry import Kinds
from app.domain.kinds.trigger import Trigger
from app.domain.merge import Merged, common_ancestor, merge
from app.domain.records import (
    GENESIS,
    Clock,
    PersonId,
    RecordId,
    Revision,
    RevisionId,
    body_digest,
    heads,
)
from app.domain.removal import standing
from tests.faults.table import Faults
from tests.fixtures.session import shipped_kinds

WRITERS = 3
TEXTS = ("cue", "meaning", "now_i_think")
TEN_YEARS_MS = 10 * 365 * 24 * 3600 * 1000
RECORD = RecordId("r" * 32)
KIND = "trigger"


@dataclass
class World:
    """Every revision there is, and what is known of each text by nobody but the one who judges."""

    bodies: dict[RevisionId, Trigger | None] = field(default_factory=dict)
    saved: set[tuple[str, str]] = field(default_factory=set)
    replaced: set[tuple[str, str]] = field(default_factory=set)
    removed: set[RevisionId] = field(default_factory=set)
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    def made(self, writer: Writer, parents: tuple[RevisionId, ...], body: Trigger | None) -> Revision:
        number = next(self.numbers)
        words = None if body is None else msgspec.json.encode(body)
        revision = Revision(
            id=RevisionId(f"{number:06x}"),
            record=RECORD,
            kind=KIND,
            author=writer.id,
            clock=writer.clock.tick(),
            seq=number,
            parents=parents,
            previous=GENESIS,
            zone="UTC",
            digest=body_digest(words),
            body=words,
            hash=b"",
        )
        self.bodies[revision.id] = body
        return revision


class Writer:
    """One person at one computer, with a clock of their own."""

    def __init__(self, number: int, skew_ms: int) -> None:
        self.id = PersonId(f"{number}" * 32)
        self.clock = Clock(wall_ms=lambda: 1_800_000_000_000 + skew_ms)
        self.held: dict[RevisionId, Revision] = {}

    def take(self, world: World, arriving: list[Revision]) -> None:
        """What came in: in any order, again, with gaps. Then join what can be joined, as the store does."""
        for revision in arriving:
            self.held[revision.id] = revision
            self.clock.observe(revision.clock)
        merged = joined(world, list(self.held.values()))
        tips = standing(list(self.held.values()))
        if merged is not None and len(tips) == 2 and not merged.text_conflicts:
            parents = tuple(r.id for r in heads(list(self.held.values())))
            body = merged.body
            assert isinstance(body, Trigger)
            self._keep(world.made(self, parents, body))

    def write(self, world: World, which: int, changes: dict[str, object], *, all_seen: bool) -> None:
        """Open the form on one of the versions, change something, save; `all_seen` joins every version by hand."""
        tips = standing(list(self.held.values()))
        if not tips:
            return
        tip = tips[which % len(tips)]
        shown = world.bodies[tip.id]
        assert shown is not None
        seen = tips if all_seen else [tip]
        said = msgspec.structs.replace(shown, **changes)
        for name in TEXTS:
            for before in (world.bodies[one.id] for one in seen):
                if getattr(before, name) not in {None, getattr(said, name)}:
                    world.replaced.add((name, str(getattr(before, name))))
            if getattr(said, name) is not None:
                world.saved.add((name, str(getattr(said, name))))
        self._keep(world.made(self, tuple(one.id for one in seen), said))

    def remove(self, world: World) -> None:
        """Take the record away, with every version that is to be seen."""
        tips = standing(list(self.held.values()))
        if not tips:
            return
        for tip in tips:
            world.replaced |= {(name, str(getattr(world.bodies[tip.id], name))) for name in TEXTS}
        self._keep(world.made(self, tuple(r.id for r in heads(list(self.held.values()))), None))

    def _keep(self, revision: Revision) -> None:
        self.held[revision.id] = revision


def joined(world: World, held: list[Revision]) -> Merged | None:
    """What two standing versions merge to; None when there are not two."""
    tips = standing(held)
    if len(tips) != 2:
        return None
    left, right = tips
    ancestor = common_ancestor(held, left.id, right.id)
    base = world.bodies[ancestor.id] if ancestor is not None else None
    one, two = world.bodies[left.id], world.bodies[right.id]
    assert one is not None
    assert two is not None
    kind = _kinds().declared(KIND)
    merged = merge(kind, base, (left, one), (right, two))
    assert merged == merge(kind, base, (right, two), (left, one)), "it matters which one is named first"
    return merged


def _kinds() -> Kinds:
    return shipped_kinds()


def state(world: World, held: list[Revision]) -> tuple[object, ...]:
    """What a person with these revisions sees: the versions in order, and what they merge to."""
    merged = joined(world, held)
    shown = tuple((tip.id, world.bodies[tip.id]) for tip in standing(held))
    return (shown, None if merged is None else (merged.body, merged.text_conflicts, merged.superseded))


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("text"), st.integers(0, WRITERS - 1), st.sampled_from(TEXTS), st.integers(0, 3)),
        st.tuples(st.just("clear"), st.integers(0, WRITERS - 1), st.sampled_from(TEXTS[1:]), st.integers(0, 3)),
        st.tuples(st.just("number"), st.integers(0, WRITERS - 1), st.just("peak"), st.integers(0, 10)),
        st.tuples(st.just("join"), st.integers(0, WRITERS - 1), st.sampled_from(TEXTS), st.integers(0, 3)),
        st.tuples(st.just("remove"), st.integers(0, WRITERS - 1), st.just(""), st.just(0)),
        st.tuples(st.just("send"), st.integers(0, WRITERS - 1), st.just(""), st.integers(0, 2**16)),
        st.tuples(st.just("send"), st.integers(0, WRITERS - 1), st.just(""), st.integers(0, 2**16)),
    ),
    max_size=24,
)
Move = tuple[str, int, str, int]


def _play(plan: list[Move], skews: list[int]) -> tuple[World, list[Writer]]:
    world = World()
    writers = [Writer(number, skew) for number, skew in enumerate(skews)]
    first = world.made(writers[0], (), Trigger(cue="beginning"))
    world.saved.add(("cue", "beginning"))
    for writer in writers:
        writer.held[first.id] = first
    for number, (what, who, name, which) in enumerate(plan):
        writer = writers[who]
        match what:
            case "text" | "join":
                writer.write(world, which, {name: f"words {number}"}, all_seen=what == "join")
            case "clear" | "number":
                writer.write(world, which, {name: None if what == "clear" else which}, all_seen=False)
            case "remove":
                writer.remove(world)
            case _:
                _send(world, writer, writers, random.Random(which))
    return world, writers


def _send(world: World, sender: Writer, writers: list[Writer], luck: random.Random) -> None:
    """A bundle with some of what the sender has: to some, perhaps lost, perhaps twice, in any order."""
    others = [writer for writer in writers if writer is not sender]
    part = luck.sample(sorted(sender.held), luck.randint(1, len(sender.held)))
    for receiver in luck.sample(others, luck.randint(0, len(others))):
        for _ in range(luck.randint(1, 2)):
            luck.shuffle(part)
            receiver.take(world, [sender.held[one] for one in part])


def _judge(world: World, writers: list[Writer], luck: random.Random) -> None:
    everything = {one.id: one for writer in writers for one in writer.held.values()}
    parts = [list(writer.held.values()) for writer in writers]
    a, b, c = ({one.id: one for one in part} for part in parts)
    together = state(world, list(everything.values()))
    for union in ((a | b) | c, a | (b | c), (c | a) | b, b | (c | (a | b)), everything | everything):
        shuffled = list(union.values())
        luck.shuffle(shuffled)
        assert state(world, shuffled) == together, "the order of arrival decided something"
    _no_text_is_lost(world, list(everything.values()))
    for writer in writers:  # everything arrived everywhere at last; then each computer joins what it may
        arriving = list(everything.values())
        luck.shuffle(arriving)
        writer.take(world, arriving)
    shown = {_visible(world, writer) for writer in writers}
    assert len(shown) == 1, "the same revisions, and something else to see"
    _no_text_is_lost(world, list({one.id: one for writer in writers for one in writer.held.values()}.values()))


def _visible(world: World, writer: Writer) -> bytes:
    """The answers to be seen, whoever joined them."""
    bodies = [world.bodies[tip.id] for tip in standing(list(writer.held.values()))]
    return msgspec.json.encode(bodies)


def _no_text_is_lost(world: World, held: list[Revision]) -> None:
    there = {(name, str(getattr(world.bodies[tip.id], name))) for tip in standing(held) for name in TEXTS}
    assert world.saved - world.replaced <= there, "a text is gone that nobody who replaced it had seen"


def _histories(count: int) -> int:
    done = itertools.count()

    @settings(max_examples=count)
    @given(
        MOVES,
        st.lists(st.integers(-TEN_YEARS_MS, TEN_YEARS_MS), min_size=WRITERS, max_size=WRITERS),
        st.integers(0, 2**16),
    )
    def history(plan: list[Move], skews: list[int], seed: int) -> None:
        next(done)
        world, writers = _play(plan, skews)
        _judge(world, writers, random.Random(seed))

    history()
    return next(done)


def test_no_history_loses_a_text_or_ends_differently(faults: Faults) -> None:
    done = _histories(520)
    faults.report("F11", "histories of three writers", tried=done, passed=done)


@pytest.mark.slow
def test_no_history_loses_a_text_or_ends_differently_in_a_long_run(faults: Faults) -> None:
    done = _histories(9700)
    faults.report("F11", "histories of three writers", tried=done, passed=done)
