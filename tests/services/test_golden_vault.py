"""The vaults of every schema, as their releases wrote them: every later release opens, verifies and reads all of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app.data.migrations import runner
from tests.fixtures.session import new_space
from tests.fixtures.vault import opened
from tests.golden.writing import PHRASES, WORDS, holds

_GOLDEN = Path(__file__).parents[1] / "golden"
_KINDS = {"checkin", "trigger", "injury", "note", "life_marker", "path_step", "new_experience"}
_REVISIONS = {1: 20, 2: 26}
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


def test_everything_in_it_is_read_as_it_was_written(kept: Path, schema: int) -> None:
    desk = opened(kept, PHRASES[schema])
    try:
        found = desk.checks.verify()
        assert found.clean, found
        assert found.revisions == _REVISIONS[schema]
        told = json.loads((_GOLDEN / f"vault_schema_{schema}.json").read_text(encoding="utf-8"))
        assert json.loads(json.dumps(holds(desk))) == {"trash": [], **told}
        assert {record["kind"] for record in told["records"].values()} == _KINDS
        assert len(desk.journal.search(WORDS.split(maxsplit=1)[0], limit=50)) >= len(_KINDS) - 1
    finally:
        desk.close()


def test_it_takes_new_entries_and_stays_whole(kept: Path, schema: int) -> None:
    desk = opened(kept, PHRASES[schema])
    record = desk.journal.add("note", {"body": "years later"})
    desk.close()
    desk = opened(kept, PHRASES[schema])
    try:
        assert desk.journal.record(record).kind == "note"
        for row in desk.trash.list():
            desk.journal.restore(row.record)
            assert any(draft.key == row.record for draft in desk.drafts.all())
        assert desk.checks.verify().clean
    finally:
        desk.close()


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
