"""Opening proves what is new since the header remembered both chains; none of the ways around that leads anywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from app.data import projections, reading, revisions
from app.data.authorship import Authorship
from app.data.connection import Connection
from app.data.signatures import Signatures, What
from app.domain.errors import Code, RecordError, VaultError
from app.domain.records import GENESIS, PersonId, RecordId, Revision, make_revision
from tests.fixtures import two
from tests.fixtures.session import shipped_kinds

FALSE = b'{"body":"false"}'
WRITTEN = 6


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Both have written a few notes, and both have seen all of them."""
    made = two.copied(tmp_path / "v")
    for opened in (two.first_desk, two.second_desk):
        desk = opened(made)
        for number in range(WRITTEN):
            two.write(desk, f"{desk.session.person.name} {number}")
        desk.close()
    two.first_desk(made).close()
    return made


@pytest.fixture
def proofs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the revisions whose signature is looked at."""
    looked_at: list[str] = []
    real = Signatures.doubt

    def doubt(self: Signatures, revision: Revision) -> What | None:
        looked_at.append(revision.id)
        return real(self, revision)

    monkeypatch.setattr(Signatures, "doubt", doubt)
    return looked_at


def persons(root: Path) -> tuple[PersonId, PersonId]:
    first, second = (two.contents_of(root, part) for part in two.template()[1:])
    return PersonId(first.person_id), PersonId(second.person_id)


def by_second(root: Path, act: Callable[[Connection], object]) -> None:
    """What the second person can do to the file with its key, and with no program of ours."""
    connection = two.raw_shared(root, two.template()[2])
    act(connection)
    connection.close()


def link(connection: Connection, author: str, seq: int) -> Revision:
    (found,) = [made for made in revisions.after(connection, PersonId(author), seq - 1) if made.seq == seq]
    return found


def link_of(root: Path, author: str, seq: int) -> RecordId:
    found: list[RecordId] = []
    by_second(root, lambda connection: found.append(link(connection, author, seq).record))
    return found[0]


def reworded(root: Path, was: Revision) -> Revision:
    """The same link with other words, hashed anew and signed by the second person."""
    made = make_revision(
        record=was.record,
        kind=was.kind,
        author=was.author,
        clock=was.clock,
        seq=was.seq,
        parents=was.parents,
        previous=was.previous,
        zone=was.zone,
        body=FALSE,
    )
    signature = two.signatures_of(root, two.template()[2]).sign(made.hash)
    return msgspec.structs.replace(made, signature=signature)


def put_in_place(connection: Connection, was: Revision, made: Revision) -> None:
    connection.execute("UPDATE record SET head = ? WHERE head = ?", (made.id, was.id))
    connection.execute(
        "UPDATE revision SET id = ?, digest = ?, body = ?, hash = ?, signature = ?, previous = ?"
        " WHERE author = ? AND seq = ?",
        (made.id, made.digest, made.body, made.hash, made.signature, made.previous, was.author, was.seq),
    )


def forged(connection: Connection, root: Path, author: PersonId, *, position: int | None = None) -> Revision:
    """A link that goes on from the author's newest one, in their name, signed by the second person."""
    seq = revisions.length(connection, author)
    previous = link(connection, author, seq).hash if seq else GENESIS
    made = make_revision(
        record=RecordId("d" * 32),
        kind="note",
        author=author,
        clock=1 << 50,
        seq=seq + 1,
        parents=(),
        previous=previous,
        zone="UTC",
        body=FALSE,
    )
    signature = two.signatures_of(root, two.template()[2]).sign(made.hash)
    revisions.insert(connection, msgspec.structs.replace(made, signature=signature))
    if position is not None:
        connection.execute("UPDATE revision SET position = ? WHERE id = ?", (position, made.id))
    revisions.renew_heads(connection)
    return made


def refused(root: Path) -> VaultError:
    """Why the first person's shared space stays closed."""
    desk = two.first_desk(root)
    trouble, shared = desk.session.shared_trouble, desk.session.shared
    desk.close()
    assert shared is None
    assert isinstance(trouble, VaultError)
    return trouble


# ------------------------------------------------------------------------------------------------ what is new


def test_what_was_proven_is_not_proven_again(root: Path, proofs: list[str]) -> None:
    two.first_desk(root).close()
    assert proofs == []


def test_everything_new_is_proven_at_opening_and_once(root: Path, proofs: list[str]) -> None:
    second = two.second_desk(root)
    for number in range(3):
        two.write(second, f"new {number}")
    second.close()
    proofs.clear()
    first = two.first_desk(root)
    assert len(proofs) == 3
    two.write(first, "own")
    first.close()
    assert len(proofs) == 4, "what was written meanwhile is proven before it is remembered"
    proofs.clear()
    two.first_desk(root).close()
    assert proofs == []


@pytest.mark.parametrize("whose", [0, 1])
@pytest.mark.parametrize("position", [None, -7], ids=["on-top", "deep-in-the-log"])
def test_a_new_link_is_proven_wherever_it_lies(
    root: Path, whose: int, position: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More new links than opening looks at by their place in the log, the forged one first."""
    monkeypatch.setattr("app.data.verification.CHECKED_ON_OPEN", 2)
    author = persons(root)[whose]
    if whose == 1:  # their own signature is right; only somebody else's is not
        by_second(root, lambda connection: _unsign(connection, forged(connection, root, author, position=position)))
    else:
        by_second(root, lambda connection: forged(connection, root, author, position=position))
    second = two.contents_of(root, two.template()[2]).person_id
    by_second(root, lambda connection: [forged(connection, root, PersonId(second)) for _ in range(4)])
    trouble = refused(root)
    assert trouble.code is Code.DAMAGED_ENTRIES
    assert trouble.detail.get("reason", "wrong_signature") == "wrong_signature"


def _unsign(connection: Connection, made: Revision) -> None:
    connection.execute("UPDATE revision SET signature = ? WHERE id = ?", (bytes(64), made.id))


def test_no_link_slips_in_before_the_first(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.data.verification.CHECKED_ON_OPEN", 0)
    author = persons(root)[0]

    def act(connection: Connection) -> None:
        forged(connection, root, author, position=-7)
        connection.execute("UPDATE revision SET seq = 0 WHERE position = -7")
        revisions.renew_heads(connection)

    by_second(root, act)
    assert refused(root).code is Code.DAMAGED_ENTRIES


# ------------------------------------------------------------------------------------------------ what was remembered


@pytest.mark.parametrize("seq", range(1, WRITTEN + 1))
@pytest.mark.parametrize("onward", [False, True], ids=["alone", "with-all-that-follows"])
def test_a_remembered_link_cannot_be_reworded(root: Path, seq: int, onward: bool) -> None:
    author = persons(root)[0]

    def act(connection: Connection) -> None:
        previous = link(connection, author, seq).previous
        for number in range(seq, WRITTEN + 1 if onward else seq + 1):
            was = link(connection, author, number)
            made = reworded(root, msgspec.structs.replace(was, previous=previous))
            put_in_place(connection, was, made)
            previous = made.hash
        revisions.renew_heads(connection)

    by_second(root, act)
    assert refused(root).code in {Code.DAMAGED_ENTRIES, Code.OLDER_COPY}


def test_what_lies_deep_is_not_believed_for_being_put_on_top(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reworded links that join each other fill the newest part of the log; what they do not join lies below it."""
    monkeypatch.setattr("app.data.verification.CHECKED_ON_OPEN", 2)
    author = persons(root)[0]

    def act(connection: Connection) -> None:
        previous = link(connection, author, 2).previous
        for number in (2, 3):
            was = link(connection, author, number)
            made = reworded(root, msgspec.structs.replace(was, previous=previous))
            put_in_place(connection, was, made)
            connection.execute("UPDATE revision SET position = ? WHERE id = ?", (1000 + number, made.id))
            previous = made.hash

    by_second(root, act)
    assert refused(root).code is Code.DAMAGED_ENTRIES


def test_another_signature_under_a_remembered_link_is_seen_when_it_is_read(root: Path) -> None:
    """The words are proven by the chain; that they are no longer signed is found by reading and by the whole check."""
    author = persons(root)[0]
    shown: list[Revision] = []

    def act(connection: Connection) -> None:
        was = link(connection, author, 3)
        shown.append(was)
        signature = two.signatures_of(root, two.template()[2]).sign(was.hash)
        connection.execute("UPDATE revision SET signature = ? WHERE id = ?", (signature, was.id))

    by_second(root, act)
    desk = two.first_desk(root)
    space = two.shared_of(desk)
    with pytest.raises(RecordError) as unread:
        space.record(shown[0].record)
    assert unread.value.code is Code.DAMAGED_ENTRIES
    assert [(doubt.what, doubt.revision) for doubt in space.verify().doubts] == [(What.WRONG_SIGNATURE, shown[0].id)]
    desk.close()


@pytest.mark.parametrize("whose", [0, 1])
def test_nothing_is_remembered_that_was_not_proven(root: Path, whose: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links written by another program while the journal is open, where the file's own note of the heads has them."""
    monkeypatch.setattr("app.data.verification.CHECKED_ON_OPEN", 0)
    author = persons(root)[whose]
    before = two.contents_of(root, two.template()[1]).shared[0]
    desk = two.first_desk(root)

    def act(connection: Connection) -> None:
        made = forged(connection, root, author)
        if whose == 1:
            _unsign(connection, made)

    by_second(root, act)
    if whose == 0:
        two.write(desk, "goes on from it")
    desk.close()
    after = two.contents_of(root, two.template()[1]).shared[0]
    assert (after.head_seq, after.head) == (before.head_seq, before.head)
    assert (after.other_seq, after.other_head) == (before.other_seq, before.other_head)
    assert refused(root).detail["reason"] == What.WRONG_SIGNATURE.value


def test_the_note_of_the_heads_in_the_file_is_not_what_is_remembered(root: Path) -> None:
    before = two.contents_of(root, two.template()[1]).shared[0]
    desk = two.first_desk(root)
    by_second(root, lambda connection: connection.execute("UPDATE author_head SET seq = 2, hash = ?", (bytes(32),)))
    desk.close()
    assert two.contents_of(root, two.template()[1]).shared[0] == before


def test_of_an_older_copy_everything_is_proven(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The person's own word opens a copy that lacks what was remembered; then nothing in it was proven before."""
    monkeypatch.setattr("app.data.verification.CHECKED_ON_OPEN", 0)
    author = persons(root)[0]

    def act(connection: Connection) -> None:
        connection.execute("DELETE FROM revision WHERE author = ? AND seq > 3", (author,))
        connection.execute("DELETE FROM record WHERE head NOT IN (SELECT id FROM revision)")
        was = link(connection, author, 3)
        put_in_place(connection, was, reworded(root, was))
        revisions.renew_heads(connection)

    by_second(root, act)
    desk = two.first_desk(root)
    trouble = desk.session.shared_trouble
    assert isinstance(trouble, VaultError)
    assert trouble.code is Code.OLDER_COPY
    with pytest.raises(VaultError) as found:
        two.people_of(desk).open_older()
    assert found.value.detail["reason"] == What.WRONG_SIGNATURE.value
    desk.close()


# ------------------------------------------------------------------------------------------------ not theirs to write


def test_what_was_left_aside_once_stays_aside(root: Path) -> None:
    """It is looked for among what is new; lists that are made again, and the whole check, know it all the same."""
    first, second = persons(root)

    def act(connection: Connection) -> None:
        victim = link(connection, first, 3)
        seq, previous = revisions.head_of(connection, second)
        made = make_revision(
            record=victim.record,
            kind=victim.kind,
            author=second,
            clock=victim.clock + 1,
            seq=seq + 1,
            parents=(victim.id,),
            previous=previous,
            zone="UTC",
            body=FALSE,
        )
        signature = two.signatures_of(root, two.template()[2]).sign(made.hash)
        revisions.insert(connection, msgspec.structs.replace(made, signature=signature))
        revisions.renew_heads(connection)
        show(connection, victim.record)

    def show(connection: Connection, record: RecordId) -> None:
        kinds = shipped_kinds()
        projections.project_again(connection, kinds, Authorship(kinds, None), [record])

    by_second(root, act)
    record = link_of(root, first, 3)
    for turn in range(3):
        desk = two.first_desk(root)
        space = two.shared_of(desk)
        assert len(space.ignored) == (turn == 0)
        row = reading.entry(space.connection, record)
        assert row is not None
        assert "false" not in row.title + row.preview
        assert [doubt.what for doubt in space.verify().doubts] == [What.NOT_THEIRS]
        desk.close()
        if turn == 1:
            by_second(root, lambda connection: show(connection, record))
