"""Bringing an older file up to date: it becomes what a new one is, once, or stays what it was."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from app.crypto.secret import Secret
from app.data import cipher, projections, revisions, search
from app.data.migrations import m0001_first, m0002_trash, m0003_attachments, runner
from app.data.space import Space, belongs_to
from app.domain.content import Content
from app.domain.errors import Code, VaultError
from app.domain.kinds.registry import Kinds
from tests.fixtures.schemas import first_schema, go_back, statements
from tests.fixtures.session import (
    KEY,
    ME,
    META,
    SALT,
    ZONE,
    new_space,
    reopened,
    shipped_content,
    shipped_kinds,
)

_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1, 2, 3"


def _raw(path: Path) -> Any:  # a driver's connection
    return cipher.open_space(path, Secret(bytearray(KEY)), SALT, check=belongs_to(META))


def test_a_migrated_file_is_a_fresh_one_statement_by_statement_and_row_by_row(tmp_path: Path) -> None:
    held = first_schema(tmp_path / "old.db")
    old, fresh = reopened(tmp_path / "old.db"), new_space(tmp_path / "fresh.db")
    found = old.connection.execute(_SCHEMA).fetchall()
    assert found == fresh.connection.execute(_SCHEMA).fetchall()
    assert len(found) > 20
    assert runner.version_of(old.connection) == runner.NEWEST
    assert projections.snapshot(old.connection) == held
    assert old.verify().clean
    keys = "SELECT key FROM meta ORDER BY key"
    assert old.connection.execute(keys).fetchall() == fresh.connection.execute(keys).fetchall()
    assert search.search(old.connection, "gutter")
    old.close()
    fresh.close()


def test_index_words_are_erased_on_removal_after_migrating_too(tmp_path: Path) -> None:
    """Rebuilding makes the index anew; the setting that keeps removed words out of it has to come along."""
    first_schema(tmp_path / "old.db")
    old = reopened(tmp_path / "old.db")
    assert old.connection.execute("SELECT v FROM search_config WHERE k = 'secure-delete'").fetchone() == (1,)
    old.close()


def test_every_step_is_written_down_where_it_belongs() -> None:
    assert (m0001_first.apply, m0002_trash.apply, m0003_attachments.apply) == runner.STEPS
    assert len(statements(m0002_trash.SCHEMA)) == 3
    assert len(statements(m0003_attachments.SCHEMA)) == 6


def test_the_call_before_comes_once_while_the_file_is_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    first_schema(path)
    asked: list[tuple[int, int, int]] = []
    connection = _raw(path)
    Space.open(
        connection,
        shipped_kinds(),
        before_migrating=lambda found, becomes: asked.append((found, becomes, runner.version_of(connection))),
    ).close()
    assert asked == [(1, runner.NEWEST, 1)]
    Space.open(_raw(path), shipped_kinds(), before_migrating=lambda *_: pytest.fail("nothing changes now")).close()


def test_without_a_backup_nothing_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    first_schema(path)

    def refuse(_found: int, _becomes: int) -> None:
        raise VaultError(Code.DISK_FULL)

    connection = _raw(path)
    with pytest.raises(VaultError):
        Space.open(connection, shipped_kinds(), before_migrating=refuse)
    assert runner.version_of(connection) == 1
    connection.close()
    reopened(path).close()


def test_a_step_that_fails_is_undone_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.db"
    first_schema(path)

    def halfway(connection: Any) -> None:  # a driver's connection
        m0002_trash.apply(connection)
        raise VaultError(Code.DISK_FULL)

    monkeypatch.setattr(runner, "STEPS", (m0001_first.apply, halfway))
    connection = _raw(path)
    before = connection.execute(_SCHEMA).fetchall()
    with pytest.raises(VaultError):
        runner.migrate(connection)
    assert (runner.version_of(connection), connection.execute(_SCHEMA).fetchall()) == (1, before)
    connection.close()


def test_projections_are_made_again_when_a_declaration_changed(tmp_path: Path) -> None:
    """Another release may measure what this one does not: its numbers must not stay behind."""
    held = first_schema(tmp_path / "a.db")
    space = reopened(tmp_path / "a.db")
    space.connection.execute("UPDATE meta SET value = 'another release' WHERE key = 'projected'")
    space.connection.execute("DELETE FROM measure")
    space.close()
    space = reopened(tmp_path / "a.db")
    assert projections.snapshot(space.connection) == held
    space.connection.execute("DELETE FROM measure")
    space.close()
    space = reopened(tmp_path / "a.db")
    assert projections.snapshot(space.connection)["measure"] == [], "made again only when something changed"
    space.close()


def test_the_stamp_follows_the_declarations_that_matter() -> None:
    content = shipped_content()
    mine = projections.stamp(Kinds(content))
    assert mine == projections.stamp(shipped_kinds())
    renamed, measured = _changed(content, label="Said otherwise"), _changed(content, measure="marker.mood")
    assert projections.stamp(Kinds(renamed)) == mine, "other words on the screen change nothing"
    assert projections.stamp(Kinds(measured)) != mine


def _changed(content: Content, **changes: object) -> Any:  # stands for a content pack of another release
    replace = msgspec.structs.replace
    life = content.kinds["life_marker"]
    last = replace(life.fields[-1], **changes)
    kinds = {**content.kinds, "life_marker": replace(life, fields=(*life.fields[:-1], last))}
    return SimpleNamespace(kinds=kinds)


def test_an_entry_that_cannot_be_read_hinders_no_opening(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    space = new_space(path)
    with space.change(ME.id, zone=ZONE) as change:
        record = change.put("note", shipped_kinds().parse("note", {"body": "fine"}))
        revisions.append(
            space.connection,
            record=record,
            kind="note",
            author=ME.id,
            clock=revisions.last_clock(space.connection) + 1,
            parents=(),
            zone=ZONE,
            body=b'{"body": 5}',
        )
    go_back(space.connection)
    space.close()
    space = reopened(path)
    assert space.verify().broken
    space.close()
