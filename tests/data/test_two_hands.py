"""Two people, or two windows, write one record without seeing each other: no word of either is ever dropped.

The store is compared with a model that knows nothing of merging. A text is only gone for good reason when somebody who
had it before their eyes put another in its place; every other text must stand in a version that is still shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.data.space import Space
from app.domain.records import Body, PersonId, RecordId, RevisionId, heads
from tests.data.test_space import KINDS
from tests.fixtures.session import ME, ZONE, new_space

FIELDS = ("cue", "meaning", "now_i_think")
HANDS = (ME.id, PersonId("f" * 32))


@dataclass
class Hand:
    """Somebody at a form: what it was opened on, and what it says now."""

    author: PersonId
    head: RevisionId
    shown: dict[str, object]


@dataclass
class Model:
    """Which texts were ever saved, and which of them somebody replaced on seeing them."""

    saved: dict[str, set[object]] = field(default_factory=lambda: {name: set() for name in FIELDS})
    replaced: dict[str, set[object]] = field(default_factory=lambda: {name: set() for name in FIELDS})

    def save(self, seen: dict[str, object], said: dict[str, object]) -> None:
        for name in FIELDS:
            if seen.get(name) != said.get(name):
                self.replaced[name].add(seen.get(name))
                self.saved[name].add(said.get(name))


moves = st.lists(
    st.one_of(
        st.tuples(st.just("look"), st.integers(0, 1), st.integers(0, 3)),
        st.tuples(st.just("write"), st.integers(0, 1), st.sampled_from(FIELDS)),
        st.tuples(st.just("clear"), st.integers(0, 1), st.sampled_from(FIELDS[1:])),
        st.tuples(st.just("weigh"), st.integers(0, 1), st.integers(0, 10)),
    ),
    max_size=16,
)


@pytest.mark.fault("F11", "two hands in the real store", cases=60)
@settings(max_examples=60)
@given(moves)
def test_no_interleaving_of_two_hands_loses_a_text(tmp_path_factory: pytest.TempPathFactory, plan: list) -> None:
    space = new_space(tmp_path_factory.mktemp("s") / "s.db")
    try:
        _play(space, plan)
    finally:
        space.close()


def _play(space: Space, plan: list[tuple[str, int, object]]) -> None:
    model = Model()
    first: dict[str, object] = {"cue": "beginning"}
    with space.change(ME.id, zone=ZONE) as change:
        record = change.put("trigger", KINDS.parse("trigger", first))
    model.save({}, first)
    head = space.history(record)[0].id
    hands = [Hand(author, head, dict(first)) for author in HANDS]
    for number, (what, who, which) in enumerate(plan):
        hand = hands[who]
        if what == "look":
            _look(space, record, hand, int(str(which)))
            continue
        said = dict(hand.shown)
        said["peak" if what == "weigh" else str(which)] = {"write": f"words {number}", "clear": None, "weigh": which}[
            what
        ]
        model.save(hand.shown, said)
        before = {r.id for r in space.history(record)}
        raw = {name: value for name, value in said.items() if value is not None}
        with space.change(hand.author, zone=ZONE) as change:
            change.put("trigger", KINDS.parse("trigger", raw), record=record, based_on=hand.head)
        # the form stays open on what it saved, not on what the store made of it
        made = [r for r in space.history(record) if r.id not in before]
        hand.head, hand.shown = next(r.id for r in made if r.parents == (hand.head,)), said
        _nothing_is_lost(space, record, model)
    assert space.verify().clean


def _look(space: Space, record: RecordId, hand: Hand, which: int) -> None:
    """Open the form anew, on any of the versions that stand."""
    tips = heads(space.history(record))
    tip = tips[which % len(tips)]
    body = KINDS.decode("trigger", tip.body or b"")
    hand.head = tip.id
    hand.shown = {name: value for name in (*FIELDS, "peak") if (value := getattr(body, name)) is not None}


def _nothing_is_lost(space: Space, record: RecordId, model: Model) -> None:
    history = space.history(record)
    bodies: list[Body] = [KINDS.decode("trigger", tip.body or b"") for tip in heads(history)]
    found = space.record(record)
    assert found is not None
    assert found.conflict == (len(bodies) > 1)
    everything = b"".join(r.body or b"" for r in history).decode()
    for name in FIELDS:
        standing = {getattr(body, name) for body in bodies}
        assert model.saved[name] - model.replaced[name] <= standing, name
        assert all(text is None or str(text) in everything for text in model.saved[name])
