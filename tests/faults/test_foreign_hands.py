"""Somebody technical writes straight into the shared file, with their own valid key: whose words stand, and what shows.

Everything here is signed and chained as it should be. What was not theirs to write counts for nothing, is named, and
keeps nobody out of the space.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from app.data import projections, reading, revisions, search
from app.data.authorship import Authorship
from app.data.connection import Connection
from app.data.signatures import What
from app.domain.errors import Code, RecordError
from app.domain.records import GENESIS, PersonId, RecordId, Revision, RevisionId, make_revision
from app.services.desk import Desk
from tests.fixtures import two
from tests.fixtures.session import shipped_kinds

pytestmark = pytest.mark.fault("F5", "words onto the other's record")

NOTE, TOGETHER = "note", "pause_script"
TRUE = {NOTE: {"body": "true words"}, TOGETHER: {"words": "true words"}}
FALSE = {NOTE: b'{"body":"false words"}', TOGETHER: b'{"words":"false words"}'}


class Step(NamedTuple):
    """One forged state: on which kind of record, of which kind itself, and how it claims to have come about."""

    name: str
    on: str
    kind: str
    body: bytes | None
    grew: str
    clock: int = 1 << 60


STEPS = [
    Step("rewords", NOTE, NOTE, FALSE[NOTE], "head"),
    Step("rewords beside", NOTE, NOTE, FALSE[NOTE], "first"),
    Step("removes", NOTE, NOTE, None, "head"),
    Step("begins again, later", NOTE, NOTE, FALSE[NOTE], ""),
    Step("begins again, earlier", NOTE, NOTE, FALSE[NOTE], "", 1),
    Step("says it is of a kind made together", NOTE, TOGETHER, FALSE[TOGETHER], "head"),
    Step("begins it as a kind made together, earlier", NOTE, TOGETHER, FALSE[TOGETHER], "", 1),
    Step("says it is of no kind", NOTE, "no_such_kind", b"{}", "head"),
    Step("removes what was made together", TOGETHER, TOGETHER, None, "head"),
    Step("begins again what was made together", TOGETHER, TOGETHER, FALSE[TOGETHER], "", 1),
    Step("grows from nowhere, earlier", TOGETHER, TOGETHER, FALSE[TOGETHER], "nowhere", 1),
    Step("makes a note of what was made together", TOGETHER, NOTE, FALSE[NOTE], "head"),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return two.copied(tmp_path / "v")


def put(desk: Desk, kind: str, raw: dict[str, object], record: RecordId | None = None) -> RecordId:
    with desk.session.change(two.shared_of(desk)) as change:
        return change.put(kind, shipped_kinds().decode(kind, msgspec.json.encode(raw)), record=record)


def written(root: Path, kind: str) -> tuple[RecordId, list[Revision]]:
    """A record of the first person's with two states."""
    desk = two.first_desk(root)
    record = put(desk, kind, dict.fromkeys(TRUE[kind], "a beginning"))
    put(desk, kind, dict(TRUE[kind]), record)
    history = two.shared_of(desk).history(record)
    desk.close()
    return record, history


def hand_in(root: Path, record: RecordId, step: Step, history: list[Revision], *, shown: bool = True) -> Revision:
    """What the second person adds to the file, past the program; `shown`: also to what lists and searches are made of.

    Whoever can write a state can write its rows too.
    """
    part = two.template()[2]
    me = PersonId(two.contents_of(root, part).person_id)
    grew = {"head": (history[-1].id,), "first": (history[0].id,), "nowhere": (RevisionId("e" * 32),), "": ()}[step.grew]
    connection = two.raw_shared(root, part)
    seq, previous = revisions.head_of(connection, me)
    made = make_revision(
        record=record,
        kind=step.kind,
        author=me,
        clock=step.clock,
        seq=seq + 1,
        parents=grew,
        previous=previous if seq else GENESIS,
        zone="UTC",
        body=step.body,
    )
    made = msgspec.structs.replace(made, signature=two.signatures_of(root, part).sign(made.hash))
    connection.execute("BEGIN IMMEDIATE")
    revisions.insert(connection, made)
    revisions.renew_heads(connection)
    if shown and step.kind in TRUE:
        show(connection, record)
    connection.execute("COMMIT")
    connection.close()
    return made


def show(connection: Connection, record: RecordId) -> None:
    """Project with a program that believes every state."""
    kinds = shipped_kinds()
    projections.project_again(connection, kinds, Authorship(kinds, None), [record])


@pytest.mark.parametrize("step", STEPS, ids=[step.name.replace(" ", "-") for step in STEPS])
def test_it_counts_for_nothing_and_is_named(root: Path, step: Step) -> None:
    record, history = written(root, step.on)
    forged = hand_in(root, record, step, history)
    desk = two.first_desk(root)
    space = two.shared_of(desk)

    assert [(found.what, found.revision) for found in space.ignored] == [(What.NOT_THEIRS, forged.id)]
    assert [state.id for state in space.history(record)] == [state.id for state in history]
    (field,) = TRUE[step.on]
    standing = space.record(record)
    assert standing is not None
    assert (standing.kind, standing.author, standing.conflict) == (step.on, desk.session.person.id, False)
    assert getattr(standing.body, field) == "true words"
    row = reading.entry(space.connection, record)
    assert row is not None
    assert "false" not in row.title + row.preview
    assert not search.search(space.connection, "false")
    found = space.verify()
    assert [(doubt.what, doubt.revision) for doubt in found.doubts] == [(What.NOT_THEIRS, forged.id)]
    assert not found.broken
    assert not found.differing
    desk.close()


@pytest.mark.parametrize("kind", [NOTE, TOGETHER])
def test_what_its_writer_does_next_takes_none_of_it_in(root: Path, kind: str) -> None:
    record, history = written(root, kind)
    step = Step("", kind, kind, None if kind == TOGETHER else FALSE[kind], "first")
    forged = hand_in(root, record, step, history)
    desk = two.first_desk(root)
    put(desk, kind, dict.fromkeys(TRUE[kind], "next words"), record)
    space = two.shared_of(desk)
    assert forged.id not in {parent for state in space.history(record) for parent in state.parents}
    assert not (space.record(record) or pytest.fail("it stands")).conflict
    with desk.session.change(space) as change:
        change.remove(record)
    assert space.record(record) is None
    with desk.session.change(space) as change:
        change.restore(record)
    assert space.record(record) is not None
    desk.close()


def test_what_the_writer_removed_is_not_brought_back(root: Path) -> None:
    record, _ = written(root, TOGETHER)
    desk = two.first_desk(root)
    with desk.session.change(two.shared_of(desk)) as change:
        change.remove(record)
    history = two.shared_of(desk).history(record)
    desk.close()
    hand_in(root, record, Step("", TOGETHER, TOGETHER, FALSE[TOGETHER], "head"), history)
    desk = two.first_desk(root)
    assert two.shared_of(desk).record(record) is None
    assert reading.entry(two.shared_of(desk).connection, record) is None
    desk.close()


def test_both_word_what_is_made_together(root: Path) -> None:
    record, history = written(root, TOGETHER)
    hand_in(root, record, Step("", TOGETHER, TOGETHER, FALSE[TOGETHER], "head"), history)
    desk = two.first_desk(root)
    space = two.shared_of(desk)
    assert space.ignored == ()
    assert space.verify().clean
    assert getattr((space.record(record) or pytest.fail("it stands")).body, "words", "") == "false words"
    desk.close()


@pytest.mark.parametrize("how", ["body", "body and digest", "all but the signature", "the other's state"])
def test_deep_in_the_log_altered_words_are_not_shown(root: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """Opening looks at the newest part of the log: what lies deeper is looked at when it is read."""
    record, history = written(root, NOTE)
    monkeypatch.setattr("app.data.verification.CHECKED_ON_OPEN", 0)
    connection = two.raw_shared(root, two.template()[2])
    victim = history[-1]
    made = make_revision(
        record=record,
        kind=NOTE,
        author=victim.author,
        clock=victim.clock,
        seq=victim.seq,
        parents=victim.parents,
        previous=victim.previous,
        zone=victim.zone,
        body=FALSE[NOTE],
    )
    if how == "the other's state":
        hand_in(root, record, Step("", NOTE, NOTE, FALSE[NOTE], "head"), history)
        connection.execute("UPDATE revision SET author = ? WHERE id = ?", ("f" * 32, victim.id))
    else:
        digest = made.digest if how != "body" else victim.digest
        connection.execute("UPDATE revision SET body = ?, digest = ? WHERE id = ?", (FALSE[NOTE], digest, victim.id))
        if how == "all but the signature":
            connection.execute("UPDATE revision SET id = ?, hash = ? WHERE id = ?", (made.id, made.hash, victim.id))
            connection.execute("UPDATE record SET head = ? WHERE id = ?", (made.id, record))
    connection.close()
    desk = two.first_desk(root)
    shared = desk.session.shared
    if shared is not None:  # an altered head is an older copy to opening
        with pytest.raises(RecordError) as refused:
            shared.record(record)
        assert refused.value.code is Code.DAMAGED_ENTRIES
        assert not shared.verify().clean
    desk.close()
