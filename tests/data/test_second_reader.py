"""docs/formats.md says enough to read a vault without this program: a second reader comes to the same words."""

from __future__ import annotations

import ast
import json
import re
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.exceptions import InvalidTag

from app.crypto.header import Contents, PersonPin, SpaceRecord
from app.crypto.identity import PublicIdentity
from app.crypto.keyslot import KeySlot, SlotPlace
from app.crypto.recovery import parse
from app.data.backup_set import Head, Manifest, SpaceCopy
from app.data.cards import Card
from app.data.inbox import Parcel
from app.data.migrations import runner
from app.data.offers import Grant, Offer
from app.data.signatures import KeyChange
from app.domain.records import GENESIS, PersonId, RecordId, RevisionId, body_digest, revision_hash
from tests.fixtures.session import new_space
from tests.golden import second_reader as reader
from tests.golden import second_reader_spaces as spaces
from tests.golden.writing import OTHER_PHRASE, PHRASES, account, recovery_codes

_TESTS = Path(__file__).parents[1]
_GOLDEN = _TESTS / "golden"
_PAGE = (_TESTS.parent / "docs" / "formats.md").read_text(encoding="utf-8")
_READERS = ("second_reader.py", "second_reader_spaces.py")
_WAYS = [(schema, phrase) for schema in PHRASES for phrase in account(schema)]


def _root(schema: int = runner.NEWEST) -> Path:
    return _GOLDEN / f"vault_schema_{schema}"


@pytest.fixture(scope="module")
def first() -> reader.Part:
    return reader.open_part(_root(), passphrase=PHRASES[runner.NEWEST])


@pytest.fixture(scope="module")
def other() -> reader.Part:
    return reader.open_part(_root(), passphrase=OTHER_PHRASE)


@pytest.mark.parametrize("name", _READERS)
def test_the_second_reader_shares_no_line_with_the_program(name: str) -> None:
    tree = ast.parse((_GOLDEN / name).read_text(encoding="utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert {module for module in imported if module.split(".")[0] in {"app", "tests"}} <= {"tests.golden.second_reader"}
    assert len(imported) > 5


@pytest.mark.parametrize(("schema", "phrase"), _WAYS)
def test_it_reads_every_word_the_program_reads(schema: int, phrase: str) -> None:
    part = reader.open_part(_root(schema), passphrase=phrase)
    told: dict[str, Any] = account(schema)[phrase]
    assert part.contents["display_name"] == told["person"]
    found, away = _read(part)
    found |= {parcel["id"]: (parcel["kind"], False, 1, parcel["answers"]) for parcel in reader.parcels(part)}
    assert {record: (kind, conflict, answers) for record, (kind, conflict, _, answers) in found.items()} == {
        record: (said["kind"], said["conflict"], said["answers"]) for record, said in told["records"].items()
    }
    own = {record for record, said in told["records"].items() if "author" not in said}
    assert {record: found[record][2] for record in own} == {record: told["records"][record]["states"] for record in own}
    assert away == {row[0] for row in told["trash"]}
    private = spaces.read_space(part, part.spaces[0])
    assert private.schema == schema
    assert [list(draft) for draft in private.drafts] == told["drafts"]
    assert len(private.revisions) + len(list(reader.parcels(part))) == told["revisions"]


def _read(part: reader.Part) -> tuple[dict[str, tuple[str, bool, int, Any]], set[str]]:
    """What stands in each space, and what is away and may come back."""
    me = part.contents["person_id"]
    found: dict[str, tuple[str, bool, int, Any]] = {}
    away: set[str] = set()
    for place, record in enumerate(part.spaces):
        revisions = [r for r in spaces.read_space(part, record).revisions if r.kind != "attachment"]
        for name, history in spaces.records(revisions).items():
            counted = spaces.counted(history, me) if place else history
            tips = spaces.standing(counted)
            if tips and tips[-1].body is not None:
                found[name] = (tips[-1].kind, len(tips) > 1, len(history), json.loads(tips[-1].body))
            elif spaces.may_come_back(counted) and counted[0].author == me:
                away.add(name)
    return found, away


@pytest.mark.parametrize(("schema", "phrase"), _WAYS)
def test_it_reads_every_file_that_was_added(schema: int, phrase: str) -> None:
    part = reader.open_part(_root(schema), passphrase=phrase)
    found = [file for record in part.spaces for file in spaces.files(part, record, spaces.read_space(part, record))]
    assert all(file.whole for file in found)
    told = account(schema)[phrase]["records"]
    assert isinstance(told, dict)
    stand = {(file.record, file.id, file.said["name"], file.said["sha256"]) for file in found if file.record in told}
    assert stand == {(record, row[0], row[1], row[4]) for record, said in told.items() for row in said.get("files", ())}
    assert len(stand) >= (0 if schema < 3 else 2)
    waiting = [file for file in found if not file.record]
    assert len(waiting) == (1 if schema > 2 and phrase == PHRASES[schema] else 0)


@pytest.mark.parametrize(("schema", "phrase"), _WAYS)
def test_every_chain_and_every_signature_holds(schema: int, phrase: str) -> None:
    part = reader.open_part(_root(schema), passphrase=phrase)
    for place, record in enumerate(part.spaces):
        space = spaces.read_space(part, record)
        assert spaces.broken(space.revisions, record, part.contents["person_id"]) == []
        assert place == 0 or spaces.doubts(part, record, space) == []
        assert not any(map(spaces.words_taken, spaces.records(space.revisions).values()))


def test_words_of_both_carry_their_own_keys_former_and_present(first: reader.Part) -> None:
    record = first.spaces[1]
    space = spaces.read_space(first, record)
    assert {revision.author for revision in space.revisions} == {
        first.contents["person_id"],
        first.contents["others"][0]["person_id"],
    }
    forgetful = spaces.Space(space.schema, {}, space.revisions, [])  # without the statement, the first words stand bare
    assert len(spaces.doubts(first, record, forgetful)) == 2  # a note and the file beside it


@pytest.mark.parametrize(
    "change",
    [{"body": b'{"body":"never said"}'}, {"clock": 1}, {"zone": "UTC"}, {"parents": "0" * 32}, {"digest": b""}],
)
def test_a_changed_revision_is_noticed(first: reader.Part, change: dict[str, Any]) -> None:
    record = first.spaces[1]
    revisions = spaces.read_space(first, record).revisions
    changed = revisions[1]._replace(**change)
    assert spaces.broken([revisions[0], changed, *revisions[2:]], record, first.contents["person_id"]) == [changed.id]


def test_words_put_in_somebody_elses_mouth_are_noticed(first: reader.Part) -> None:
    record = first.spaces[1]
    space = spaces.read_space(first, record)
    mine = next(r for r in space.revisions if r.author == first.contents["person_id"])
    forged = mine._replace(author=first.contents["others"][0]["person_id"])
    assert spaces.doubts(first, record, spaces.Space(2, space.meta, [forged], [])) == [forged.id]
    assert spaces.doubts(first, record, spaces.Space(2, space.meta, [mine._replace(author="0" * 32)], [])) == [mine.id]


def test_words_taken_from_a_record_that_stands_are_noticed(first: reader.Part) -> None:
    histories = spaces.records(spaces.read_space(first, first.spaces[0]).revisions).values()
    standing = [history for history in histories if spaces.standing(history)]
    assert len(standing) > 5
    for history in standing:
        assert spaces.words_taken([history[0]._replace(body=None), *history[1:]])


def test_an_older_copy_lacks_a_link_the_header_saw(first: reader.Part) -> None:
    record = first.spaces[0]
    revisions = spaces.read_space(first, record).revisions
    assert spaces.broken(revisions[:-1], record, first.contents["person_id"]) == ["head"]


def test_the_recovery_code_opens_the_same_part(first: reader.Part) -> None:
    (code,) = recovery_codes(runner.NEWEST).values()
    assert reader.open_part(_root(), code=code.lower().replace("-", " ")).contents == first.contents
    with pytest.raises(reader.Refused):
        reader.open_part(_root(), code=code[:-1] + ("0" if code[-1] != "0" else "1"))


def test_a_backup_is_a_vault_of_its_own(first: reader.Part, other: reader.Part) -> None:
    (folder,) = (_root() / "backups").iterdir()
    manifest = reader.read_backup(folder, first)
    part = reader.open_part(folder, passphrase=PHRASES[runner.NEWEST])
    for told, record in zip(manifest["spaces"], part.spaces, strict=True):
        space = spaces.read_space(part, record, folder)
        assert (len(space.revisions), record["space_id"]) == (told["revisions"], told["space_id"])
        newest = {r.author: (r.seq, r.hash) for r in space.revisions}
        assert newest == {head["author"]: (head["seq"], reader.raw(head["hash"])) for head in told["heads"]}
    with pytest.raises(InvalidTag):
        reader.read_backup(folder, other)


def test_a_backup_with_another_file_in_it_is_noticed(first: reader.Part, tmp_path: Path) -> None:
    (kept,) = (_root() / "backups").iterdir()
    folder = Path(shutil.copytree(kept, tmp_path / kept.name))
    shutil.copy(_root() / "vault.meta", tmp_path / "same")
    (folder / "vault.meta").write_bytes((tmp_path / "same").read_bytes() + b" ")
    with pytest.raises(reader.Refused, match=r"vault\.meta"):
        reader.read_backup(folder, first)


def test_offers_and_cards_are_what_the_people_pinned(first: reader.Part, other: reader.Part) -> None:
    assert list(reader.offers(first)) == []
    ((offer, grant),) = reader.offers(other)
    assert (offer["epoch"], grant["file_name"]) == (first.spaces[1]["epoch"], first.spaces[1]["file_name"])
    assert (grant["key"], grant["retires"]) == (first.spaces[1]["key"], [other.spaces[1]["file_name"]])
    assert all(spaces.vouched(change) for change in offer["changes"])
    assert {card["person_file"]: reader.keys_in(card) for card in reader.cards(_root())} == {
        first.file: first.identity,
        other.file: other.identity,
    }


def test_the_oldest_header_opens_with_both_generations(tmp_path: Path) -> None:
    root = Path(shutil.copytree(_GOLDEN / "vault_format_1", tmp_path / "v"))
    now = reader.open_part(root, passphrase="format one, kept for ever")
    (earlier,) = (root / "people").glob("*.key.old")
    before = reader.part_of(root, earlier.read_bytes(), now.master)
    assert [part.contents["generation"] for part in (before, now)] == [1, 2]
    assert reader.fingerprint(now.identity) == "2a86d1fb319c9efcd065c5c520d86c67"
    assert spaces.space_rows(root, now.spaces[0], "SELECT words FROM entry") == [("kept for ever",)]


@pytest.mark.parametrize("offset", [0, 9, 20, 2000, 4000, 4040, 4070])
def test_a_changed_byte_of_a_header_is_refused(offset: int, first: reader.Part) -> None:
    data = bytearray(first.raw)
    data[offset] ^= 1
    with pytest.raises((reader.Refused, InvalidTag)):
        reader.part_of(_root(), bytes(data), first.master)


def test_the_examples_of_the_page_are_true() -> None:
    code = parse("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    place = SlotPlace("1" * 32, "2" * 32, 1)
    digest = body_digest(b'{"body":"A quiet walk."}')
    whole = revision_hash(
        revision_id="019a0000000100000000000000000001",
        record="019a0000000100000000000000000002",
        kind="note",
        author="019a0000000000000000000000000003",
        clock=115404740451434496,
        seq=1,
        parents=(),
        previous=GENESIS,
        zone="Europe/Vienna",
        digest=digest,
    )
    row = spaces.Revision(
        RevisionId("019a0000000100000000000000000001"),
        RecordId("019a0000000100000000000000000002"),
        "note",
        PersonId("019a0000000000000000000000000003"),
        115404740451434496,
        1,
        "",
        GENESIS,
        "Europe/Vienna",
        digest,
        None,
        whole,
        b"",
    )
    assert spaces.revision_hash(row) == whole
    key = bytes(code.key(bytes(range(16)), place).view()).hex()
    for said in (code.written, code.tag(place), key, digest.hex(), whole.hex()):
        assert f"`{said}`" in _PAGE
    identity = PublicIdentity(b"s" * 32, b"e" * 32)
    assert reader.fingerprint(reader.Identity(b"s" * 32, b"e" * 32)) == identity.fingerprint


def test_the_page_names_every_label_of_the_program() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (_TESTS.parent / "app").rglob("*.py"))
    used = set(re.findall(r"\b(?:label|purpose)\(\s*\"([a-z-]+)\"", code))
    assert len(used) > 12
    assert {purpose for purpose in used if not re.search(rf"`{purpose}[,`]", _PAGE)} == set()


def test_the_page_names_every_table_and_column(tmp_path: Path) -> None:
    space = new_space(tmp_path / "fresh.db")
    tables = [
        row[0]
        for row in space.connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_%'"
            " AND name NOT LIKE 'sqlite_%'"
        )
    ]
    columns = {row[1] for table in tables for row in space.connection.execute(f"PRAGMA table_info({table})")}
    space.close()
    assert len(tables) > 10
    assert {name for name in {*tables, *columns} if f"`{name}`" not in _PAGE} == set()


def test_the_page_names_every_member_that_is_stored() -> None:
    of_headers, others = (Contents, SpaceRecord, PersonPin, KeySlot), (Card, Offer, Grant, KeyChange, Parcel)
    stored = (*of_headers, *others, Manifest, SpaceCopy, Head)
    names = {field.name for struct in stored for field in msgspec.structs.fields(struct)}
    assert len(names) > 40
    assert {name for name in names if f"`{name}`" not in _PAGE} == set()
