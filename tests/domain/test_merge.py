"""Joining two versions: the same on every computer, taking what one side changed, losing no words."""

from __future__ import annotations

from itertools import permutations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.fields import FieldType, Kind
from app.domain.kinds.registry import Kinds
from app.domain.kinds.trigger import Trigger
from app.domain.merge import common_ancestor, merge
from app.domain.records import GENESIS, Body, PersonId, RecordId, Revision, RevisionId
from tests.domain.answers import value_of

WORDS = {FieldType.TEXT, FieldType.LONG_TEXT}


def revision(revision_id: str, clock: int = 0, *parents: str, author: str = "noa") -> Revision:
    return Revision(
        id=RevisionId(revision_id),
        record=RecordId("r"),
        kind="trigger",
        author=PersonId(author),
        clock=clock,
        seq=1,
        parents=tuple(RevisionId(parent) for parent in parents),
        previous=GENESIS,
        zone="UTC",
        digest=b"x",
        body=b"{}",
        hash=b"",
    )


LEFT, RIGHT = revision("a", 1), revision("b", 2)


@st.composite
def bodies(draw: st.DrawFn, kinds: Kinds, kind_id: str, count: int) -> tuple[Body, ...]:
    """A base and descendants that each changed some of its fields. Few distinct answers, so that sides often agree."""
    kind = kinds.declared(kind_id)
    struct = kinds.struct(kind_id)
    pools = {field.id: [None, *draw(st.lists(value_of(field), min_size=1, max_size=3))] for field in kind.fields}

    def answers(ids: list[str]) -> dict[str, object]:
        return {name: draw(st.sampled_from(pools[name])) for name in ids}

    base = struct(**answers(list(pools)))
    changed = st.lists(st.sampled_from(list(pools)), max_size=6, unique=True)
    return (base, *(msgspec.structs.replace(base, **answers(draw(changed))) for _ in range(count)))


@st.composite
def two_orders(draw: st.DrawFn) -> tuple[Revision, Revision]:
    first, second = draw(st.lists(st.integers(0, 5), min_size=2, max_size=2)), draw(st.permutations(["a", "b"]))
    authors = draw(st.lists(st.sampled_from(["noa", "jules"]), min_size=2, max_size=2))
    return (
        revision(second[0], first[0], author=authors[0]),
        revision(second[1], first[1], author=authors[1]),
    )


@pytest.mark.parametrize("kind_id", ["checkin", "trigger", "note"])
@given(data=st.data())
def test_it_makes_no_difference_which_side_is_called_left(kind_id: str, data: st.DataObject, kinds: Kinds) -> None:
    base, one, two = data.draw(bodies(kinds, kind_id, 2))
    left, right = data.draw(two_orders())
    kind = kinds.declared(kind_id)
    assert merge(kind, base, (left, one), (right, two)) == merge(kind, base, (right, two), (left, one))
    assert merge(kind, None, (left, one), (right, two)) == merge(kind, None, (right, two), (left, one))


@pytest.mark.parametrize("kind_id", ["checkin", "trigger", "note"])
@given(data=st.data())
def test_a_change_on_one_side_is_taken_whole(kind_id: str, data: st.DataObject, kinds: Kinds) -> None:
    base, one = data.draw(bodies(kinds, kind_id, 1))
    left, right = data.draw(two_orders())
    merged = merge(kinds.declared(kind_id), base, (left, one), (right, base))
    assert merged == (one, (), ())
    assert merge(kinds.declared(kind_id), base, (left, one), (right, one)) == (one, (), ())


@pytest.mark.parametrize("kind_id", ["checkin", "trigger", "note"])
@given(data=st.data())
def test_no_unseen_words_are_lost(kind_id: str, data: st.DataObject, kinds: Kinds) -> None:
    base, one, two = data.draw(bodies(kinds, kind_id, 2))
    kind = kinds.declared(kind_id)
    merged = merge(kind, base, (LEFT, one), (RIGHT, two))
    for field in kind.fields:
        start, first, second = (getattr(body, field.id) for body in (base, one, two))
        if field.type in WORDS:
            both_changed = len({start, first, second}) == len((start, first, second))
            assert (field.id in merged.text_conflicts) == both_changed
            if not both_changed and second == start:
                assert getattr(merged.body, field.id) == first
            else:
                assert getattr(merged.body, field.id) == second
        elif field.type is FieldType.CHIPS and field.max is None:
            result = set(getattr(merged.body, field.id) or ())
            before, now_first, now_second = (set(part or ()) for part in (start, first, second))
            assert (now_first | now_second) - before <= result


@given(data=st.data())
def test_fields_are_joined_by_themselves(data: st.DataObject, kinds: Kinds) -> None:
    """Changes to different fields never touch each other."""
    base, one, two = data.draw(bodies(kinds, "trigger", 2))
    kind = kinds.declared("trigger")
    names = {field.id for field in kind.fields}
    changed_by_one = {name for name in names if getattr(one, name) != getattr(base, name)}
    two = msgspec.structs.replace(two, **{name: getattr(base, name) for name in changed_by_one})
    merged = merge(kind, base, (LEFT, one), (RIGHT, two))
    assert merged.text_conflicts == ()
    assert merged.superseded == ()
    for name in names:
        assert getattr(merged.body, name) == getattr(one if name in changed_by_one else two, name)


chip_sets = st.lists(st.sampled_from(["heat", "cold", "jaw", "tears", "my own"]), unique=True, max_size=4).map(
    lambda chips: tuple(chips) or None
)
grades = st.dictionaries(st.sampled_from(["fear", "anger", "hurt"]), st.integers(0, 4), max_size=3).map(
    lambda found: found or None
)


@given(chips=st.tuples(chip_sets, chip_sets, chip_sets, chip_sets))
def test_sets_can_be_joined_in_any_order(chips: tuple[tuple[str, ...] | None, ...], kinds: Kinds) -> None:
    kind = kinds.declared("trigger")
    base, *sides = (Trigger(body=part) for part in chips)
    heads = [
        (revision(name, clock), body) for (name, clock), body in zip([("a", 1), ("b", 2), ("c", 3)], sides, strict=True)
    ]
    results = set()
    for first, second, third in permutations(heads):
        joined = merge(kind, base, first, second).body
        later = max(first, second, key=lambda head: head[0].order)[0]
        final = merge(kind, base, (later, joined), third).body
        assert isinstance(final, Trigger)
        results.add(frozenset(final.body or ()))
    assert len(results) == 1


@given(answers=st.lists(st.integers(1, 10), min_size=3, max_size=3))
def test_a_number_changed_by_all_ends_the_same_in_any_order(answers: list[int], kinds: Kinds) -> None:
    kind = kinds.declared("trigger")
    base = Trigger(peak=0)
    heads = [
        (revision(name, clock), Trigger(peak=peak)) for name, clock, peak in zip("abc", (3, 1, 2), answers, strict=True)
    ]
    results = set()
    for first, second, third in permutations(heads):
        joined = merge(kind, base, first, second).body
        later = max(first, second, key=lambda head: head[0].order)[0]
        final = merge(kind, base, (later, joined), third).body
        assert isinstance(final, Trigger)
        results.add(final.peak)
    assert results == {answers[0]}


@given(data=st.data())
def test_graded_chips_are_joined_one_by_one(data: st.DataObject, kinds: Kinds) -> None:
    base, one, two = (data.draw(grades) for _ in range(3))
    sides = [Trigger(emotions=part) for part in (base, one, two)]
    merged = merge(kinds.declared("trigger"), sides[0], (LEFT, sides[1]), (RIGHT, sides[2])).body
    assert isinstance(merged, Trigger)
    joined = merged.emotions or {}
    for name in ("fear", "anger", "hurt"):
        start, first, second = ((side or {}).get(name) for side in (base, one, two))
        if first in (second, start):
            expected = second
        elif second == start:
            expected = first
        else:
            expected = second if second is not None else first
        assert joined.get(name) == expected, name


class TestExamples:
    def kind(self, kinds: Kinds) -> Kind:
        return kinds.declared("trigger")

    def test_two_texts_stay_and_the_later_shows(self, kinds: Kinds) -> None:
        base, one, two = Trigger(cue="a"), Trigger(cue="b"), Trigger(cue="c")
        merged = merge(self.kind(kinds), base, (RIGHT, one), (LEFT, two))
        assert merged == (Trigger(cue="b"), ("cue",), ())

    def test_a_removed_text_stands_against_a_changed_one(self, kinds: Kinds) -> None:
        merged = merge(self.kind(kinds), Trigger(cue="a"), (LEFT, Trigger(cue="b")), (RIGHT, Trigger()))
        assert merged.text_conflicts == ("cue",)

    def test_the_later_number_stands_and_the_other_is_named(self, kinds: Kinds) -> None:
        merged = merge(self.kind(kinds), Trigger(peak=1), (LEFT, Trigger(peak=2)), (RIGHT, Trigger(peak=3)))
        assert merged == (Trigger(peak=3), (), ("peak",))

    def test_a_clock_tie_goes_by_author_then_id(self, kinds: Kinds) -> None:
        heads = (revision("a", 5, author="noa"), Trigger(peak=1)), (revision("z", 5, author="jules"), Trigger(peak=2))
        assert merge(self.kind(kinds), Trigger(), *heads).body == Trigger(peak=1)
        same = (revision("a", 5), Trigger(peak=1)), (revision("z", 5), Trigger(peak=2))
        assert merge(self.kind(kinds), Trigger(), *same).body == Trigger(peak=2)

    def test_chips_added_and_taken_away_on_both_sides(self, kinds: Kinds) -> None:
        base = Trigger(body=("heat", "jaw"))
        one, two = Trigger(body=("heat", "cold")), Trigger(body=("heat", "jaw", "tears"))
        assert merge(self.kind(kinds), base, (LEFT, one), (RIGHT, two)).body == Trigger(body=("heat", "cold", "tears"))

    def test_a_chip_of_which_there_is_one_goes_to_the_later(self, kinds: Kinds) -> None:
        base, one, two = Trigger(), Trigger(move=("blame",)), Trigger(move=("check",))
        assert merge(self.kind(kinds), base, (LEFT, one), (RIGHT, two)) == (two, (), ("move",))

    def test_removing_every_chip_leaves_nothing(self, kinds: Kinds) -> None:
        base = Trigger(body=("heat", "jaw"))
        merged = merge(self.kind(kinds), base, (LEFT, Trigger(body=("jaw",))), (RIGHT, Trigger(body=("heat",))))
        assert merged.body == Trigger()

    def test_without_a_known_ancestor_equal_words_agree_and_others_wait(self, kinds: Kinds) -> None:
        one, two = Trigger(cue="a", then="x"), Trigger(cue="a", then="y")
        assert merge(self.kind(kinds), None, (LEFT, one), (RIGHT, two)).text_conflicts == ("then",)

    def test_tables_changed_on_both_sides_wait_for_someone(self, kinds: Kinds) -> None:
        struct = kinds.struct("windows_walls")
        one, two = struct(people=({"who": "Lise"},)), struct(people=({"who": "Maud"},))
        merged = merge(kinds.declared("windows_walls"), struct(), (LEFT, one), (RIGHT, two))
        assert merged.text_conflicts == ("people",)

    def test_answers_of_each_person_stay_apart(self, kinds: Kinds) -> None:
        struct = kinds.struct("conversation")
        one, two = struct(heard={"noa": 7}, taking={"noa": "x"}), struct(heard={"jules": 4}, taking={"noa": "y"})
        merged = merge(kinds.declared("conversation"), struct(), (LEFT, one), (RIGHT, two))
        assert merged.body.heard == {"noa": 7, "jules": 4}  # type: ignore[attr-defined]  # built from its declaration
        assert merged.text_conflicts == ("taking",)


class TestCommonAncestor:
    @pytest.mark.parametrize(
        "history, expected",
        [
            ([("o", ()), ("a", ("o",)), ("b", ("o",))], "o"),
            ([("o", ()), ("p", ("o",)), ("a", ("p",)), ("b", ("p",))], "p"),
            ([("o", ()), ("a", ("o",)), ("b", ("a",))], "a"),
            ([("a", ()), ("b", ())], None),
            ([("a", ("gone",)), ("b", ("gone",))], None),
            ([("o", ()), ("p", ("o",)), ("q", ("o",)), ("m", ("p", "q")), ("a", ("m",)), ("b", ("q",))], "q"),
        ],
    )
    def test_the_nearest_is_found(self, history: list[tuple[str, tuple[str, ...]]], expected: str | None) -> None:
        # clocks run backwards here: nearness is a matter of descent, not of time
        revisions = [revision(name, -number, *parents) for number, (name, parents) in enumerate(history)]
        for first, second in (("a", "b"), ("b", "a")):
            found = common_ancestor(revisions, RevisionId(first), RevisionId(second))
            assert (found.id if found else None) == expected

    def test_where_histories_crossed_every_computer_takes_the_same(self) -> None:
        crossed = [
            revision("o", 1),
            revision("p", 2, "o"),
            revision("q", 3, "o"),
            revision("a", 4, "p", "q"),
            revision("b", 5, "q", "p"),
        ]
        for order in (crossed, crossed[::-1]):
            found = common_ancestor(order, RevisionId("a"), RevisionId("b"))
            assert found is not None
            assert found.id == "q"

    def test_a_head_is_its_own_ancestor_and_damage_does_not_hang(self) -> None:
        looped = [revision("a", 1, "b"), revision("b", 2, "a")]
        assert common_ancestor(looped, RevisionId("a"), RevisionId("a")) is None
        assert common_ancestor([revision("a")], RevisionId("a"), RevisionId("a")) == revision("a")
