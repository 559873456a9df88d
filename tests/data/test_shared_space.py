"""The space of two: who wrote what is proven, nobody takes the other's words away, older copies are told calmly."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.identity import Identity
from app.crypto.secret import Secret
from app.data import revisions
from app.data.connection import Connection
from app.data.signatures import (
    Author,
    KeyChange,
    Signatures,
    What,
    endorse,
    followed,
    keep_key_change,
    key_changes,
    leading_to,
)
from app.domain.errors import Code, RecordError, VaultError
from app.domain.records import GENESIS, PersonId, RecordId, Revision, RevisionId, SpaceId, heads, make_revision
from app.services.desk import Desk
from tests.fixtures import two
from tests.fixtures.session import ME, new_space, shipped_kinds

SPACE = SpaceId("5" * 32)
OTHER = PersonId("e" * 32)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A vault of two in which both have written."""
    made = two.copied(tmp_path / "v")
    first = two.first_desk(made)
    two.write(first, "first one")
    two.write(first, "first two")
    first.close()
    second = two.second_desk(made)
    two.write(second, "second one")
    second.close()
    first = two.first_desk(made)
    first.close()
    return made


def tampered(root: Path, part: two.Part, act: Callable[[Connection], object]) -> None:
    connection = two.raw_shared(root, part)
    act(connection)
    connection.close()


def trouble_of(root: Path) -> VaultError:
    """What keeps the first person's shared space closed; their private part opens all the same."""
    desk = two.first_desk(root)
    trouble = desk.session.shared_trouble
    assert desk.session.shared is None
    assert isinstance(trouble, VaultError)
    desk.journal.add("note", {"body": "still here"})
    desk.close()
    return trouble


def last_of(connection: Connection, author: str) -> Revision:
    (found,) = [r for r in revisions.recent(connection, 500) if r.author == author][:1]
    return found


# ------------------------------------------------------------------------------------------------ writing


def test_every_revision_is_signed_by_its_author(root: Path) -> None:
    first = two.first_desk(root)
    space = two.shared_of(first)
    found = list(revisions.walk(space.connection))
    assert len({revision.author for revision in found}) == 2
    assert all(len(revision.signature) == 64 for revision in found)
    assert all(space.signed_by(revision) for revision in found)
    assert not space.signed_by(msgspec.structs.replace(found[0], body=b"other words"))
    assert not first.session.space.signed_by(found[0])
    first.close()


def test_a_private_space_carries_no_signatures(tmp_path: Path) -> None:
    space = new_space(tmp_path / "p.db")
    with space.change(ME.id, zone="UTC") as change:
        record = change.put("note", shipped_kinds().parse("note", {"body": "x"}))
    assert [revision.signature for revision in space.history(record)] == [b""]
    assert space.look_at_newest({}).doubts == ()
    space.close()


def test_nobody_writes_in_anothers_name(root: Path) -> None:
    first = two.first_desk(root)
    with pytest.raises(ValueError, match="name"), two.shared_of(first).change(OTHER, zone="UTC"):
        pass
    first.close()


def test_only_the_author_takes_a_record_away(root: Path) -> None:
    second = two.second_desk(root)
    space = two.shared_of(second)
    own = two.write(second, "mine")
    rows = space.connection.execute("SELECT id FROM record WHERE author != ?", (second.session.person.id,)).fetchall()
    others = RecordId(rows[0][0])
    with pytest.raises(RecordError) as refused, second.session.change(space) as change:
        change.remove(others)
    assert refused.value.code is Code.NOT_YOURS
    assert space.record(others) is not None
    with second.session.change(space) as change:
        change.remove(own)
    assert space.record(own) is None
    assert space.verify().clean
    second.close()
    first = two.first_desk(root)
    assert two.shared_of(first).verify().clean
    first.close()


def test_two_versions_of_a_text_made_together_wait_side_by_side(root: Path) -> None:
    first = two.first_desk(root)
    record = worded(first, "beginning")
    seen = heads(two.shared_of(first).history(record))[-1].id
    worded(first, "one way", record=record)
    first.close()
    second = two.second_desk(root)
    worded(second, "another way", record=record, based_on=seen)
    found = two.shared_of(second).record(record)
    assert found is not None
    assert found.conflict
    assert two.shared_of(second).verify().clean
    second.close()


def worded(desk: Desk, words: str, *, record: RecordId | None = None, based_on: RevisionId | None = None) -> RecordId:
    """Save a text that both word."""
    with desk.session.change(two.shared_of(desk)) as change:
        body = shipped_kinds().decode("pause_script", msgspec.json.encode({"words": words}))
        return change.put("pause_script", body, record=record, based_on=based_on)


def test_nobody_rewords_what_the_other_wrote(root: Path) -> None:
    first = two.first_desk(root)
    record = two.write(first, "mine")
    first.close()
    second = two.second_desk(root)
    with pytest.raises(RecordError) as refused:
        two.write(second, "not yours", record)
    assert refused.value.code is Code.NOT_YOURS
    assert "mine" in two.texts(two.shared_of(second))
    second.close()


# ------------------------------------------------------------------------------------------------ what does not fit


def forge(root: Path, author: str, signer: two.Part | None, body: bytes = b'{"body":"forged"}') -> None:
    """Add a whole, well chained revision in `author`'s name, signed by `signer` or by nobody."""
    part = two.template()[1]

    def act(connection: Connection) -> None:
        seq, previous = revisions.head_of(connection, PersonId(author))
        made = make_revision(
            record=RecordId("d" * 32),
            kind="note",
            author=PersonId(author),
            clock=1 << 60,
            seq=seq + 1,
            parents=(),
            previous=previous if seq else GENESIS,
            zone="UTC",
            body=body,
        )
        signature = two.signatures_of(root, signer).sign(made.hash) if signer else b""
        revisions.insert(connection, msgspec.structs.replace(made, signature=signature))
        revisions.renew_heads(connection)

    tampered(root, part, act)


@pytest.mark.parametrize(
    ("named", "signed", "what"),
    [
        ("stranger", "first", What.UNKNOWN_AUTHOR),
        ("stranger", None, What.UNKNOWN_AUTHOR),
        ("first", None, What.UNSIGNED),
        ("second", None, What.UNSIGNED),
        ("first", "second", What.WRONG_SIGNATURE),
        ("second", "first", What.WRONG_SIGNATURE),
    ],
)
def test_words_in_anothers_name_are_named(root: Path, named: str, signed: str | None, what: What) -> None:
    people = dict(zip(("first", "second"), two.template()[1:], strict=True))
    author = two.contents_of(root, people[named]).person_id if named in people else OTHER
    forge(root, author, people[signed] if signed else None)
    trouble = trouble_of(root)
    assert trouble.code is Code.DAMAGED_ENTRIES
    assert trouble.detail["reason"] == what.value


def test_what_lies_deeper_than_opening_looks_is_found_by_verify(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.data.verification.CHECKED_ON_OPEN", 0)
    author = two.contents_of(root, two.template()[2]).person_id
    unsigned = "UPDATE revision SET signature = zeroblob(64) WHERE author = ? AND seq = 1"
    tampered(root, two.template()[1], lambda connection: connection.execute(unsigned, (author,)))
    first = two.first_desk(root)
    found = two.shared_of(first).verify()
    assert not found.clean
    assert [(doubt.what, doubt.author) for doubt in found.doubts] == [(What.WRONG_SIGNATURE, author)]
    first.close()


def test_only_what_is_pinned_counts_not_what_the_file_says(root: Path) -> None:
    """A member writes a statement into the file that the other's keys changed to theirs."""
    first, second = two.template()[1:]
    victim = two.contents_of(root, first)
    own = two.contents_of(root, second)
    thief = Identity.generate()
    change = endorse(
        PersonId(victim.person_id),
        thief,
        Identity(Secret(own.signing_key), Secret(own.sealing_key)),
        space=victim.shared[0].space_id,
        seq=99,
        head=b"",
    )
    tampered(root, second, lambda connection: keep_key_change(connection, change))
    forge(root, victim.person_id, second)
    assert trouble_of(root).detail["reason"] == What.WRONG_SIGNATURE.value


def test_a_statement_the_person_did_not_sign_makes_nobodys_keys_theirs(root: Path) -> None:
    """A member writes into the file that the other's keys of today follow keys the member holds."""
    first, second = two.template()[1:]
    victim, own = two.contents_of(root, first), two.contents_of(root, second)
    theirs = Identity(Secret(victim.signing_key), Secret(victim.sealing_key)).public
    thief = Identity(Secret(own.signing_key), Secret(own.sealing_key))
    space = victim.shared[0].space_id
    signed_alone = endorse(PersonId(victim.person_id), thief, Identity.generate(), space=space, seq=99)
    forged = msgspec.structs.replace(signed_alone, next=theirs)
    assert leading_to(theirs, space, (forged,)) == ()
    tampered(root, second, lambda connection: keep_key_change(connection, forged))
    forge(root, victim.person_id, second)
    assert trouble_of(root).detail["reason"] == What.WRONG_SIGNATURE.value


# ------------------------------------------------------------------------------------------------ older copies


@pytest.mark.parametrize("whose", ["own", "other"])
def test_a_shorter_chain_of_either_is_told_calmly(root: Path, tmp_path: Path, whose: str) -> None:
    path = two.shared_file(root)
    shutil.copy(path, tmp_path / "older.db")
    desk = two.first_desk(root) if whose == "own" else two.second_desk(root)
    two.write(desk, "later")
    desk.close()
    if whose == "other":
        two.first_desk(root).close()  # has seen it now
    shutil.copy(tmp_path / "older.db", path)
    desk = two.first_desk(root)
    trouble = desk.session.shared_trouble
    assert isinstance(trouble, VaultError)
    assert trouble.code is Code.OLDER_COPY
    assert trouble.detail["whose"] == whose
    assert len(str(trouble.detail["date"])) == len("2026-01-01")
    two.people_of(desk).open_older()
    assert "later" not in two.texts(two.shared_of(desk))
    desk.close()
    desk = two.first_desk(root)  # what they chose to go on with is what they know now
    assert desk.session.shared is not None
    desk.close()


def test_a_forked_chain_of_the_other_is_told(root: Path, tmp_path: Path) -> None:
    path = two.shared_file(root)
    shutil.copytree(root, tmp_path / "fork")
    for place, words in ((root, "one way"), (tmp_path / "fork", "another way")):
        second = two.second_desk(place)
        two.write(second, words)
        second.close()
    two.first_desk(root).close()
    shutil.copy(tmp_path / "fork" / "spaces" / path.name, path)
    assert trouble_of(root).code is Code.OLDER_COPY


def test_nothing_is_written_at_closing_when_nothing_moved(root: Path) -> None:
    before = two.header_of(root, two.template()[1].person_file).raw
    desk = two.first_desk(root)
    desk.close()
    assert two.header_of(root, two.template()[1].person_file).raw == before


# ------------------------------------------------------------------------------------------------ statements


def line(count: int) -> tuple[list[Identity], list[KeyChange]]:
    identities = [Identity.generate() for _ in range(count + 1)]
    pairs = itertools.pairwise(identities)
    changes = [
        endorse(OTHER, former, later, space=SPACE, seq=number, head=b"h")
        for number, (former, later) in enumerate(pairs)
    ]
    return identities, changes


@given(st.integers(0, 4), st.data())
def test_a_line_of_statements_leads_from_any_pin_to_the_newest_keys(count: int, data: st.DataObject) -> None:
    identities, changes = line(count)
    pinned = data.draw(st.integers(0, count))
    assert followed(identities[pinned].public, OTHER, changes) == identities[-1].public
    assert leading_to(identities[-1].public, SPACE, tuple(changes)) == tuple(changes)


def test_broken_lines_lead_nowhere() -> None:
    identities, changes = line(3)
    pinned = identities[0].public
    wrong = [
        [changes[0], changes[2]],
        [msgspec.structs.replace(changes[0], by_next=changes[0].by_former), *changes[1:]],
        [msgspec.structs.replace(changes[0], by_former=changes[0].by_next), *changes[1:]],
        [msgspec.structs.replace(changes[0], seq=7), *changes[1:]],
        [msgspec.structs.replace(changes[0], person="a" * 32), *changes[1:]],
    ]
    for case in wrong:
        with pytest.raises(VaultError) as refused:
            followed(pinned, OTHER, case)
        assert refused.value.detail["reason"] == "endorsement"
    assert followed(pinned, OTHER, changes[1:]) == pinned


def test_a_change_that_failed_is_passed_over(tmp_path: Path) -> None:
    identities, changes = line(2)
    never = endorse(OTHER, identities[1], Identity.generate(), space=SPACE, seq=1)
    assert leading_to(identities[2].public, SPACE, (changes[0], never, changes[1])) == tuple(changes)
    space = new_space(tmp_path / "s.db")
    assert key_changes(space.connection, OTHER) == ()
    for change in changes:
        keep_key_change(space.connection, change)
    assert key_changes(space.connection, OTHER) == tuple(changes)
    space.connection.execute("UPDATE meta SET value = '[{]' WHERE key LIKE 'keys.%'")
    assert key_changes(space.connection, OTHER) == ()
    space.close()


def test_former_keys_count_up_to_their_last_link_and_no_further(tmp_path: Path) -> None:
    old, new = Identity.generate(), Identity.generate()
    space = new_space(tmp_path / "s.db")
    keep_key_change(space.connection, endorse(OTHER, old, new, space=SPACE, seq=2, head=b"h"))
    judge = Signatures("f" * 32, SPACE, ME.id, Identity.generate(), [Author(OTHER, new.public)])
    judge.learn(space.connection)
    pens = {name: Signatures("f" * 32, SPACE, OTHER, identity) for name, identity in (("old", old), ("new", new))}

    def verdict(seq: int, pen: str) -> What | None:
        made = make_revision(
            record=RecordId("d" * 32),
            kind="note",
            author=OTHER,
            clock=1,
            seq=seq,
            parents=(),
            previous=GENESIS,
            zone="UTC",
            body=b"{}",
        )
        return judge.doubt(msgspec.structs.replace(made, signature=pens[pen].sign(made.hash)))

    assert verdict(2, "old") is None
    assert verdict(3, "new") is None
    assert verdict(3, "old") is What.WRONG_SIGNATURE
    assert verdict(2, "new") is What.WRONG_SIGNATURE
    assert judge.others == (OTHER,)
    space.close()
