from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

import pytest
import sqlcipher3

from app.crypto.secret import Secret
from app.data.cipher import (
    PAGE_BYTES,
    Problem,
    check_encrypting,
    check_library,
    create_space,
    integrity,
    open_space,
    remove_space,
    sorted_errors,
)
from app.data.connection import Connection
from app.domain.errors import Code, VaultError

_KEY = Secret(b"K" * 32)
_SALT = bytes(range(16))


def _made(path: Path, rows: int = 200) -> Path:
    def fill(connection: Connection) -> None:
        connection.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, words TEXT)")
        connection.execute("BEGIN")
        for number in range(rows):
            connection.execute("INSERT INTO entry (words) VALUES (?)", (f"marker {number} " * 30,))
        connection.execute("COMMIT")

    create_space(path, _KEY, _SALT, prepare=fill).close()
    return path


def _count(connection: Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM entry").fetchone()[0])


def test_what_was_written_is_there_again(tmp_path: Path) -> None:
    connection = open_space(_made(tmp_path / "a.db"), _KEY, _SALT)
    assert _count(connection) == 200
    assert integrity(connection) == ()
    connection.close()


def test_the_settings_are_the_designed_ones(tmp_path: Path) -> None:
    connection = open_space(_made(tmp_path / "a.db"), _KEY, _SALT)
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "foreign_keys": 1,
        "temp_store": 2,
        "cipher_page_size": "4096",
        "busy_timeout": 2000,
    }
    assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in expected} == expected
    assert not connection.in_transaction
    connection.close()


def test_extensions_and_other_files_stay_out(tmp_path: Path) -> None:
    connection = open_space(_made(tmp_path / "a.db"), _KEY, _SALT)
    with pytest.raises(sqlcipher3.OperationalError, match="not authorized"):
        connection.execute("SELECT load_extension('x')")
    connection.close()


def test_nothing_readable_is_on_disk_while_open_or_after(tmp_path: Path) -> None:
    connection = open_space(_made(tmp_path / "a.db"), _KEY, _SALT)
    connection.execute("INSERT INTO entry (words) VALUES ('marker unfolded')")
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert b"marker" not in content
        assert b"SQLite format" not in content
        assert b"CREATE TABLE" not in content
    assert {path.name for path in tmp_path.iterdir()} == {"a.db", "a.db-wal", "a.db-shm"}
    connection.close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes mean something else there")
@pytest.mark.parametrize("umask", [0, 0o022, 0o077])
def test_all_three_files_are_the_owners_alone(umask: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        connection = open_space(_made(tmp_path / "a.db"), _KEY, _SALT)
        connection.execute("INSERT INTO entry (words) VALUES ('x')")
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
        connection.close()
    finally:
        os.umask(before)
    assert modes == {"a.db": 0o600, "a.db-wal": 0o600, "a.db-shm": 0o600}


def test_the_salt_is_the_first_thing_in_the_file(tmp_path: Path) -> None:
    assert _made(tmp_path / "a.db").read_bytes()[:16] == _SALT


@pytest.mark.parametrize("start", [bytes(16), b"\xff" * 16, b"x" + _SALT[1:]])
def test_a_damaged_first_sixteen_bytes_lose_nothing(start: bytes, tmp_path: Path) -> None:
    path = _made(tmp_path / "a.db")
    path.write_bytes(start + path.read_bytes()[16:])
    connection = open_space(path, _KEY, _SALT)
    assert _count(connection) == 200
    assert integrity(connection) == ()
    connection.close()


@pytest.mark.parametrize("key, salt", [(Secret(b"X" * 32), _SALT), (_KEY, bytes(16))])
def test_another_key_is_refused_quietly(
    key: Secret, salt: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = _made(tmp_path / "a.db")
    before = path.read_bytes()
    with pytest.raises(VaultError) as refused:
        open_space(path, key, salt)
    assert (refused.value.code, refused.value.detail) == (Code.DAMAGED_ENTRIES, {"reason": "key"})
    assert capfd.readouterr() == ("", "")
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.db"]


@pytest.mark.parametrize("key, salt", [(31, 16), (33, 16), (0, 16), (32, 15), (32, 17), (32, 0)])
def test_a_key_the_engine_would_take_for_a_passphrase_is_never_handed_over(key: int, salt: int, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        create_space(tmp_path / "a.db", Secret(bytes(key)), bytes(salt))
    assert list(tmp_path.iterdir()) == []


def test_making_never_takes_a_name_that_is_there(tmp_path: Path) -> None:
    path = _made(tmp_path / "a.db")
    before = path.read_bytes()
    with pytest.raises(VaultError):
        create_space(path, _KEY, _SALT)
    assert path.read_bytes() == before


def test_a_failed_making_leaves_nothing(tmp_path: Path) -> None:
    def fail(connection: Connection) -> None:
        connection.execute("CREATE TABLE entry (id)")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        create_space(tmp_path / "a.db", _KEY, _SALT, prepare=fail)
    assert list(tmp_path.iterdir()) == []


def test_the_callers_check_comes_before_any_write(tmp_path: Path) -> None:
    path = _made(tmp_path / "a.db")
    before = path.read_bytes()
    seen: list[int] = []

    def newer(connection: Connection) -> None:
        seen.append(_count(connection))
        raise VaultError(Code.NEWER_FORMAT, found=9)

    with pytest.raises(VaultError) as refused:
        open_space(path, _KEY, _SALT, check=newer)
    assert (refused.value.code, seen) == (Code.NEWER_FORMAT, [200])
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.db"]


def test_an_engine_in_the_range_of_the_wal_bug_is_refused() -> None:
    check_library()
    check_library((3, 51, 3))
    for version in ((3, 51, 2), (3, 50, 99), (3, 7, 0)):
        with pytest.raises(VaultError) as refused:
            check_library(version)
        assert refused.value.code is Code.UNSAFE_LIBRARY


def test_an_engine_that_does_not_encrypt_is_refused() -> None:
    plain: Connection = sqlite3.connect(":memory:")
    unkeyed: Connection = sqlcipher3.connect(":memory:")
    for connection in (plain, unkeyed):
        with pytest.raises(VaultError) as refused:
            check_encrypting(connection)
        assert refused.value.code is Code.UNSAFE_LIBRARY
        connection.close()


def test_every_flipped_page_is_named(tmp_path: Path) -> None:
    path = _made(tmp_path / "a.db", rows=60)
    whole = path.read_bytes()
    pages = len(whole) // PAGE_BYTES
    assert pages >= 5
    for page in range(1, pages):
        changed = bytearray(whole)
        changed[page * PAGE_BYTES + 100] ^= 0x10
        path.write_bytes(bytes(changed))
        connection = open_space(path, _KEY, _SALT)
        found = integrity(connection)
        connection.close()
        assert any(problem.check == "pages" and str(page + 1) in problem.detail for problem in found), (page, found)
    assert all(isinstance(problem, Problem) for problem in found)


def test_two_exchanged_pages_are_found(tmp_path: Path) -> None:
    path = _made(tmp_path / "a.db")
    whole = path.read_bytes()
    second, third = whole[2 * PAGE_BYTES : 3 * PAGE_BYTES], whole[3 * PAGE_BYTES : 4 * PAGE_BYTES]
    path.write_bytes(whole[: 2 * PAGE_BYTES] + third + second + whole[4 * PAGE_BYTES :])
    connection = open_space(path, _KEY, _SALT)
    assert integrity(connection)
    connection.close()


def test_all_findings_are_returned_and_not_only_the_first(tmp_path: Path) -> None:
    path = _made(tmp_path / "a.db")
    changed = bytearray(path.read_bytes())
    for page in (3, 4, 5):
        changed[page * PAGE_BYTES + 50] ^= 1
    path.write_bytes(bytes(changed))
    connection = open_space(path, _KEY, _SALT)
    assert len([problem for problem in integrity(connection) if problem.check == "pages"]) >= 3
    connection.close()


def test_a_fault_in_the_structure_is_found_where_every_page_is_authentic(tmp_path: Path) -> None:
    path = _made(tmp_path / "a.db")
    connection = open_space(path, _KEY, _SALT)
    connection.execute("CREATE TABLE mood (level)")
    connection.execute("INSERT INTO mood VALUES (NULL)")
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_schema SET sql = 'CREATE TABLE mood (level NOT NULL)' WHERE name = 'mood'")
    connection.close()
    connection = open_space(path, _KEY, _SALT)
    assert {problem.check for problem in integrity(connection)} == {"structure"}
    connection.close()


def test_reading_a_damaged_page_is_sorted(tmp_path: Path) -> None:
    path = _made(tmp_path / "a.db")
    changed = bytearray(path.read_bytes())
    changed[6 * PAGE_BYTES + 50] ^= 1
    path.write_bytes(bytes(changed))
    connection = open_space(path, _KEY, _SALT)
    with pytest.raises(VaultError) as refused, sorted_errors():
        connection.execute("SELECT sum(length(words)) FROM entry").fetchone()
    assert refused.value.code is Code.DAMAGED_ENTRIES
    connection.close()


def test_a_second_writer_is_sorted_and_a_bug_is_not_hidden(tmp_path: Path) -> None:
    path = _made(tmp_path / "a.db")
    first, second = open_space(path, _KEY, _SALT), open_space(path, _KEY, _SALT)
    second.execute("PRAGMA busy_timeout = 0")
    first.execute("BEGIN IMMEDIATE")
    with pytest.raises(VaultError) as refused, sorted_errors():
        second.execute("BEGIN IMMEDIATE")
    assert refused.value.code is Code.LOCKED_BY_ANOTHER
    with pytest.raises(sqlcipher3.OperationalError), sorted_errors():
        second.execute("SELECT no_such_column FROM entry")
    first.close()
    second.close()


def test_removing_takes_the_engines_files_along(tmp_path: Path) -> None:
    path = _made(tmp_path / "a.db")
    connection = open_space(path, _KEY, _SALT)
    connection.execute("INSERT INTO entry (words) VALUES ('x')")
    connection.close()
    path.with_name("a.db-wal").write_bytes(b"left over")
    remove_space(path)
    assert list(tmp_path.iterdir()) == []
