"""The vault of the first schema, as its release wrote it: every later release opens, verifies and reads all of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app.data.migrations import runner
from tests.fixtures.session import new_space
from tests.fixtures.vault import opened
from tests.golden.writing import PHRASE, WORDS, holds

_KEPT = Path(__file__).parents[1] / "golden" / "vault_schema_1"
_KINDS = {"checkin", "trigger", "injury", "note", "life_marker", "path_step", "new_experience"}
_REVISIONS = 20
_SCHEMA = (
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"
    " ORDER BY type, name, tbl_name"
)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return Path(shutil.copytree(_KEPT, tmp_path / "vault"))


def test_everything_in_it_is_read_as_it_was_written(kept: Path) -> None:
    desk = opened(kept, PHRASE)
    try:
        found = desk.checks.verify()
        assert found.clean, found
        assert found.revisions == _REVISIONS
        told = json.loads(_KEPT.with_suffix(".json").read_text(encoding="utf-8"))
        assert json.loads(json.dumps(holds(desk))) == told
        assert {record["kind"] for record in told["records"].values()} == _KINDS
        assert len(desk.journal.search(WORDS.split(maxsplit=1)[0], limit=50)) >= len(_KINDS) - 1
    finally:
        desk.close()


def test_it_takes_new_entries_and_stays_whole(kept: Path) -> None:
    desk = opened(kept, PHRASE)
    record = desk.journal.add("note", {"body": "years later"})
    desk.close()
    desk = opened(kept, PHRASE)
    try:
        assert desk.journal.record(record).kind == "note"
        assert desk.checks.verify().clean
    finally:
        desk.close()


def test_its_schema_is_a_fresh_one_statement_by_statement(kept: Path, tmp_path: Path) -> None:
    fresh = new_space(tmp_path / "fresh.db")
    desk = opened(kept, PHRASE)
    try:
        connection = desk.session.connection
        assert runner.version_of(connection) == runner.NEWEST
        of_kept = connection.execute(_SCHEMA).fetchall()
        assert of_kept == fresh.connection.execute(_SCHEMA).fetchall()
        assert len(of_kept) > 20
    finally:
        desk.close()
        fresh.close()
