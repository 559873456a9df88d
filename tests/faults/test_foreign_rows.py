"""Somebody technical changes rows of the shared file that nobody signs: lists, heads, settings, the schema itself.

Whatever they do there, the other person's own part opens, no false word is shown in a list, and what they write next
stands on their true chain.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.data import revisions
from app.data.connection import Connection
from app.domain.errors import Code, VaultError
from app.domain.records import PersonId, RecordId, make_revision
from tests.fixtures import two

pytestmark = pytest.mark.fault("F5", "unsigned rows of the shared file")

BELIEVED = {
    "title": "UPDATE record SET title = 'false', preview = 'false'",
    "title that is no text": "UPDATE record SET title = CAST(x'ff' AS TEXT)",
    "day": "UPDATE record SET day = 1000000000000",
    "instant": "UPDATE record SET instant = -9000000000000000000",
    "kind": "UPDATE record SET kind = 'nonsense'",
    "author": "UPDATE record SET author = (SELECT max(author) FROM author_head)",
    "newest state": "UPDATE record SET head = (SELECT max(id) FROM revision)",
    "a row too many": "INSERT INTO trash VALUES ('x', 'note', 'y', 1, 1, 'false', 1)",
    "index": "INSERT INTO search (rowid, title, words, tags) VALUES (-1000, 'false', 'false', '')",
    "number of the newest link": "UPDATE author_head SET seq = seq - 1",
    "hash of the newest link": "UPDATE author_head SET hash = zeroblob(32)",
    "clock of the newest link": "UPDATE author_head SET clock = 9223372036854775807",
    "no heads": "DELETE FROM author_head",
    "setting": "INSERT OR REPLACE INTO setting VALUES ('offer.awaited', CAST(x'ff' AS TEXT))",
}
"""What is made again from what was signed."""
REFUSED = {
    "zone that is no text": "UPDATE revision SET zone = CAST(x'ff' AS TEXT)",
    "statement that is no text": "INSERT OR REPLACE INTO meta SELECT 'keys.' || author, CAST(x'ff' AS TEXT)"
    " FROM author_head",
    "clock before time": "UPDATE revision SET clock = -1 - clock",
    "no lists": "DROP TABLE record",
    "no name": "DROP TABLE meta",
    "renamed": "ALTER TABLE record RENAME TO elsewhere",
    "a column more": "ALTER TABLE revision ADD COLUMN extra TEXT",
    "an older version": "PRAGMA user_version = 1",
    "no version": "PRAGMA user_version = 0",
    "trigger": "CREATE TRIGGER t AFTER INSERT ON revision BEGIN DELETE FROM revision; END",
    "trigger on settings": "CREATE TRIGGER t AFTER INSERT ON setting BEGIN DELETE FROM revision; END",
    "view": "CREATE VIEW v AS SELECT 1",
    "no index": "DROP TABLE search",
    "not unique": "DROP INDEX revision_of_record",
}
"""What keeps the shared space closed, as damage, and nothing else."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Both have written, the first has seen it all."""
    made = two.copied(tmp_path / "v")
    for desk, words in ((two.first_desk, "first"), (two.second_desk, "second")):
        opened = desk(made)
        two.write(opened, words)
        opened.close()
    two.first_desk(made).close()
    return made


def meddle(root: Path, statement: str) -> None:
    connection = two.raw_shared(root, two.template()[2])
    connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("what", BELIEVED)
def test_lists_are_made_again_from_what_was_signed(root: Path, what: str) -> None:
    meddle(root, BELIEVED[what])
    desk = two.first_desk(root)
    assert desk.session.shared_trouble is None
    entries = desk.journal.page().entries
    assert {entry.title for entry in entries} == {"first", "second"}
    assert {str(getattr(desk.journal.record(entry.id).body, "body", "")) for entry in entries} == {"first", "second"}
    assert not desk.journal.search("false")
    two.write(desk, "next")
    assert two.shared_of(desk).verify().clean
    desk.close()
    second = two.second_desk(root)
    assert two.texts(two.shared_of(second)) == {"first", "second", "next"}
    second.close()


@pytest.mark.parametrize("what", REFUSED)
def test_nobody_is_kept_from_their_own_part(root: Path, what: str) -> None:
    meddle(root, REFUSED[what])
    for _ in range(2):
        desk = two.first_desk(root)
        trouble = desk.session.shared_trouble
        assert desk.session.shared is None
        assert isinstance(trouble, VaultError)
        assert trouble.code in {Code.DAMAGED_ENTRIES, Code.OLDER_COPY}
        desk.journal.add("note", {"body": "still here"})
        desk.close()


@pytest.mark.parametrize("body", [b"", b"{", b'{"body":1}', b"[" * 5000, b'{"body":"\xff"}', b"\x00"])
@pytest.mark.parametrize("kind", ["note", "no_such_kind", ""])
def test_a_signed_state_nobody_can_read_hides_none_of_the_others(root: Path, kind: str, body: bytes) -> None:
    part = two.template()[2]
    me = PersonId(two.contents_of(root, part).person_id)
    pen = two.signatures_of(root, part)

    def add(connection: Connection) -> None:
        seq, previous = revisions.head_of(connection, me)
        made = make_revision(
            record=RecordId("d" * 32),
            kind=kind,
            author=me,
            clock=1 << 56,
            seq=seq + 1,
            parents=(),
            previous=previous,
            zone="No/Where",
            body=body,
        )
        revisions.insert(connection, msgspec.structs.replace(made, signature=pen.sign(made.hash)))
        revisions.renew_heads(connection)

    connection = two.raw_shared(root, part)
    add(connection)
    connection.close()
    desk = two.first_desk(root)
    assert desk.session.shared_trouble is None
    assert {entry.title for entry in desk.journal.page().entries} == {"first", "second"}
    two.write(desk, "next")
    found = two.shared_of(desk).verify()
    assert found.broken
    assert not found.doubts
    two.people_of(desk).renew()  # new keys are not kept from anyone by it
    assert "next" in two.texts(two.shared_of(desk))
    desk.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision SET body = NULL WHERE author != ?",
        "UPDATE revision SET body = CAST('{}' AS BLOB) WHERE author != ?",
        "DELETE FROM revision WHERE author != ? AND seq = 1",
    ],
)
def test_a_new_file_that_lacks_words_does_not_take_the_place_of_the_one_that_has_them(
    root: Path, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.data.verification.CHECKED_ON_OPEN", 0)  # what opening looks at can be padded
    first = two.first_desk(root)
    two.write(first, "later")
    first.close()
    former = two.shared_file(root)
    second = two.second_desk(root)
    two.people_of(second).renew()
    second.close()
    part = two.template()[2]
    connection = two.raw_shared(root, part)
    connection.execute(statement, (two.contents_of(root, part).person_id,))
    connection.close()
    desk = two.first_desk(root)
    assert former.exists()
    assert two.shared_file(root) == former
    assert {"first", "later"} <= two.texts(two.shared_of(desk))
    assert desk.session.shared_trouble is not None
    desk.close()
