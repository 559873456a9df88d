"""The vaults of every schema, as their releases wrote them: every later release opens, verifies and reads all of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.data.migrations import runner
from app.services import vaults
from app.services.desk import Desk
from tests.fixtures.session import new_space
from tests.fixtures.vault import opened
from tests.golden.writing import PHRASES, WORDS, account, holds, recovery_codes

_GOLDEN = Path(__file__).parents[1] / "golden"
_KINDS = {"checkin", "trigger", "injury", "note", "life_marker", "path_step", "new_experience"}
_SCHEMA = (
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"
    " ORDER BY type, name, tbl_name"
)


@pytest.fixture(params=sorted(PHRASES))
def schema(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def kept(schema: int, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_GOLDEN / f"vault_schema_{schema}", tmp_path / "vault"))


def test_there_is_a_vault_of_every_schema() -> None:
    assert sorted(PHRASES) == list(range(1, runner.NEWEST + 1))


def _desks(kept: Path, schema: int) -> Iterator[tuple[Desk, dict[str, object]]]:
    """Each part in turn, open, with what it held on the day it was written."""
    for phrase, told in account(schema).items():
        desk = opened(kept, phrase)
        try:
            yield desk, told
        finally:
            desk.close()


def test_everything_in_it_is_read_as_it_was_written(kept: Path, schema: int) -> None:
    for desk, told in _desks(kept, schema):
        assert desk.checks.verify().clean
        assert json.loads(json.dumps(holds(desk))) == told
        if desk.session.shared is not None:
            assert desk.session.shared.verify().clean


def test_every_kind_is_in_it_and_is_found(kept: Path, schema: int) -> None:
    desk = opened(kept, PHRASES[schema])
    records = account(schema)[PHRASES[schema]]["records"]
    assert isinstance(records, dict)
    kinds = {record["kind"] for record in records.values()}
    assert kinds == _KINDS if schema < 3 else kinds > _KINDS  # from then on every declared kind could be written
    assert len(desk.journal.search(WORDS.split(maxsplit=1)[0], limit=50)) >= len(_KINDS) - 1
    desk.close()


def test_it_takes_new_entries_and_stays_whole(kept: Path, schema: int) -> None:
    written = [desk.journal.add("note", {"body": "years later"}) for desk, _ in _desks(kept, schema)]
    for (desk, _), record in zip(_desks(kept, schema), written, strict=True):
        assert desk.journal.record(record).kind == "note"
        for row in desk.trash.list():
            desk.journal.restore(row.record)
        assert desk.checks.verify().clean


def test_half_written_words_come_back_with_their_entry(kept: Path, schema: int) -> None:
    desk = opened(kept, PHRASES[schema])
    shelved = desk.session.connection.execute("SELECT record FROM shelved_draft").fetchall()
    for (record,) in shelved:
        desk.journal.restore(record)
        assert any(draft.key == record for draft in desk.drafts.all())
    assert len(shelved) == (1 if schema > 1 else 0)
    desk.close()


def test_its_recovery_codes_open_it(kept: Path, schema: int) -> None:
    for phrase, code in recovery_codes(schema).items():
        door = vaults.prove_code(kept, code)
        assert door.person.name == account(schema)[phrase]["person"]
        door.shut()


def test_its_schema_is_a_fresh_one_statement_by_statement(kept: Path, schema: int, tmp_path: Path) -> None:
    fresh = new_space(tmp_path / "fresh.db")
    desk = opened(kept, PHRASES[schema])
    try:
        connection = desk.session.connection
        assert runner.version_of(connection) == runner.NEWEST
        of_kept = connection.execute(_SCHEMA).fetchall()
        assert of_kept == fresh.connection.execute(_SCHEMA).fetchall()
        assert len(of_kept) > 20
    finally:
        desk.close()
        fresh.close()
