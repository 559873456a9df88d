"""What a vault says when it cannot be opened: each fault its own word, nothing made, nothing changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
import pytest

from app.data.cipher import PAGE_BYTES, create_space, open_space
from app.data.connection import Connection
from app.data.vault_folder import VaultFolder
from app.data.vault_meta import VaultMeta, decode_meta
from app.domain.errors import Code, VaultError
from tests.data.vaults import (
    CHEAP,
    PASSPHRASE,
    ROWS,
    copied,
    key_file,
    listing,
    opened_space,
    space_file,
    template,
    unlocked,
)

_NOBODY = 65534
_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are different there")


def _space_refusal(root: Path, code: Code) -> VaultError:
    before = listing(root)
    with pytest.raises(VaultError) as refused:
        opened_space(root)
    assert refused.value.code is code
    assert listing(root) == before, "a refused file is left as it was"
    return refused.value


def _vault_refusal(path: Path, code: Code) -> VaultError:
    before = listing(path) if path.is_dir() else None
    with pytest.raises(VaultError) as refused:
        VaultFolder.open(path)
    assert refused.value.code is code
    assert (listing(path) if path.is_dir() else None) == before
    return refused.value


# ------------------------------------------------------------------------------------------------ the space file


@pytest.mark.fault("F4", "emptied or missing file")
def test_an_emptied_file_is_not_a_new_journal(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    space_file(root).write_bytes(b"")
    _space_refusal(root, Code.EMPTY_FILE)


@pytest.mark.fault("F4", "emptied or missing file")
def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    path = space_file(root)
    path.unlink()
    private = unlocked(root)
    with private, pytest.raises(VaultError) as refused:
        open_space(path, private.space.key, private.space.salt)
    assert refused.value.code is Code.INCOMPLETE_COPY
    assert list((root / "spaces").iterdir()) == []


def test_every_cut_at_a_page_boundary_is_an_incomplete_copy(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    whole = space_file(root).read_bytes()
    pages = len(whole) // PAGE_BYTES
    assert pages > 40
    for kept in range(1, pages):
        space_file(root).write_bytes(whole[: kept * PAGE_BYTES])
        with pytest.raises(VaultError) as refused:
            opened_space(root)
        assert refused.value.code is Code.INCOMPLETE_COPY, kept


def test_every_other_cut_is_an_incomplete_copy_too(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    whole = space_file(root).read_bytes()
    for length in (*range(1, 4096, 97), *range(4097, len(whole), 1999)):
        if length % PAGE_BYTES:
            space_file(root).write_bytes(whole[:length])
            with pytest.raises(VaultError) as refused:
                opened_space(root)
            assert refused.value.code is Code.INCOMPLETE_COPY, length


@pytest.mark.fault("F4", "tail of zeros")
def test_a_tail_of_zeros_is_found(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    whole = space_file(root).read_bytes()
    space_file(root).write_bytes(whole[: 2 * PAGE_BYTES].ljust(len(whole), b"\0"))
    connection = opened_space(root)
    from app.data.cipher import integrity

    assert integrity(connection)
    connection.close()


def test_a_readable_database_in_its_place_is_named(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    path = space_file(root)
    path.unlink()
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, words TEXT)")
    plain.commit()
    plain.close()
    _space_refusal(root, Code.PLAIN_DATABASE)


@pytest.mark.fault("F4", "garbage")
@pytest.mark.parametrize("pages", [1, 2, 50])
def test_garbage_is_damage(pages: int, tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    space_file(root).write_bytes(os.urandom(pages * PAGE_BYTES))
    assert _space_refusal(root, Code.DAMAGED_ENTRIES).detail == {"reason": "key"}


@pytest.mark.fault("F5", "file of another vault or space")
def test_the_file_of_another_vault_is_refused(tmp_path: Path) -> None:
    VaultFolder.create(tmp_path / "other", "Kim", PASSPHRASE, kdf=CHEAP).close()
    root = copied(tmp_path / "v")
    shutil.copy(space_file(tmp_path / "other"), space_file(root))
    _space_refusal(root, Code.DAMAGED_ENTRIES)


@pytest.mark.fault("F5", "file of another vault or space")
def test_the_file_of_another_space_is_refused(tmp_path: Path) -> None:
    from app.crypto.secret import Secret

    root = copied(tmp_path / "v")
    create_space(tmp_path / "shared.db", Secret.random(), os.urandom(16)).close()
    shutil.copy(tmp_path / "shared.db", space_file(root))
    _space_refusal(root, Code.DAMAGED_ENTRIES)


@pytest.mark.fault("F3", "damaged first page")
def test_a_damaged_first_page_is_damage_and_not_a_wrong_passphrase(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    raw = bytearray(space_file(root).read_bytes())
    raw[1000] ^= 1
    space_file(root).write_bytes(bytes(raw))
    _space_refusal(root, Code.DAMAGED_ENTRIES)


@_POSIX
def test_a_link_a_folder_and_a_pipe_are_no_files_of_ours(tmp_path: Path) -> None:
    for number, place in enumerate(("link", "folder", "pipe")):
        root = copied(tmp_path / str(number))
        path = space_file(root)
        target = tmp_path / f"target{number}.db"
        path.rename(target)
        if place == "link":
            path.symlink_to(target)
        elif place == "folder":
            path.mkdir()
        else:
            os.mkfifo(path)
        with pytest.raises(VaultError) as refused:
            opened_space(root)
        assert refused.value.code is Code.INCOMPLETE_COPY, place


def test_a_torn_last_page_is_no_reason_to_refuse_while_the_log_can_mend_it(tmp_path: Path) -> None:
    """A power cut while the log is folded in may leave half a page at the end; the log still holds it."""
    root = copied(tmp_path / "v")
    writer = opened_space(root)
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    for _ in range(40):
        writer.execute("INSERT INTO entry (words) VALUES (?)", ("late words " * 300,))
    snapshot = {path.name: path.read_bytes() for path in (root / "spaces").iterdir() if not path.name.endswith("-shm")}
    writer.close()
    for path in (root / "spaces").iterdir():
        path.unlink()
    for name, content in snapshot.items():
        torn = content + b"\0" * 512 if name.endswith(".db") else content
        (root / "spaces" / name).write_bytes(torn)
    connection = _reopened(root)
    assert connection.execute("SELECT count(*) FROM entry").fetchone()[0] == ROWS + 40
    from app.data.cipher import integrity

    assert integrity(connection) == ()
    connection.close()


def _reopened(root: Path) -> Connection:
    with unlocked(root) as vault:
        (path,) = (root / "spaces").glob("*.db")
        return open_space(path, vault.space.key, vault.space.salt)


# ------------------------------------------------------------------------------------------------ the folder


def test_nothing_there_is_no_vault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words")
    (tmp_path / "empty").mkdir()
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("words")
    for name in ("missing", "missing/deeper", "file", "empty", "letters"):
        _vault_refusal(tmp_path / name, Code.NO_VAULT)
    assert not (tmp_path / "missing").exists()


@pytest.mark.fault("F7", "partial copies")
@pytest.mark.parametrize("gone", ["people", "spaces"])
def test_half_a_folder_is_an_incomplete_copy(gone: str, tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    shutil.rmtree(root / gone)
    assert _vault_refusal(root, Code.INCOMPLETE_COPY).code is Code.INCOMPLETE_COPY


@pytest.mark.fault("F7", "partial copies")
def test_a_folder_without_any_key_file_is_an_incomplete_copy(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    key_file(root).unlink()
    (root / "people" / "a conflicted copy.key").write_bytes(template().raw)
    _vault_refusal(root, Code.INCOMPLETE_COPY)


def test_a_lost_key_file_can_be_opened_by_its_earlier_generation(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    with unlocked(root) as vault:
        vault.remember_head(vault.space.id, b"h" * 32)
    key_file(root).unlink()
    with pytest.raises(VaultError) as refused:
        VaultFolder.open(root).unlock(PASSPHRASE)
    assert (refused.value.code, refused.value.detail["earlier"]) == (Code.INCOMPLETE_COPY, 1)
    VaultFolder.open(root).unlock(PASSPHRASE, earlier=True).close()


def test_a_newer_vault_is_left_alone(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    meta = msgspec.json.decode((root / "vault.meta").read_bytes())
    (root / "vault.meta").write_bytes(msgspec.json.encode({**meta, "min_reader": 3, "more": [1]}))
    assert _vault_refusal(root, Code.NEWER_FORMAT).detail == {"needs": 3}


@pytest.mark.fault("F3", "damaged public file")
@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"\0" * 98, b"not json", b"\xff\xfe", b"x" * 5000, b"[" * 900], ids=range(7)
)
def test_a_damaged_public_file_stops_nobody_and_is_mended(raw: bytes, tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    whole = (root / "vault.meta").read_bytes()
    (root / "vault.meta").write_bytes(raw)
    folder = VaultFolder.open(root)
    assert (root / "vault.meta").read_bytes() == raw, "not mended before somebody opened it"
    proven = folder.derive(PASSPHRASE)
    assert proven is not None
    folder.open_with(proven).close()
    assert (root / "vault.meta").read_bytes() == whole
    assert decode_meta(whole).vault_id == folder.vault_id


def test_a_public_file_that_names_another_vault_opens_nothing(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    meta = msgspec.json.decode((root / "vault.meta").read_bytes(), type=VaultMeta)
    other = msgspec.structs.replace(meta, vault_id="f" * 32)
    (root / "vault.meta").write_bytes(msgspec.json.encode(other) + b"\n")
    with pytest.raises(VaultError) as refused:
        VaultFolder.open(root).unlock(PASSPHRASE)
    assert (refused.value.code, refused.value.detail["reason"]) == (Code.DAMAGED_HEADER, "other_vault")


def test_folders_that_copying_dropped_are_made_again(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    (root / "backups").rmdir()
    (root / "inbox").rmdir()
    unlocked(root).close()
    assert (root / "backups").is_dir()
    assert (root / "inbox").is_dir()


@pytest.mark.fault("F7", "links inside")
@_POSIX
def test_links_inside_the_vault_are_not_followed(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    target = tmp_path / "elsewhere.key"
    key_file(root).rename(target)
    (root / "people" / (("a" * 32) + ".key")).symlink_to(target)
    with pytest.raises(VaultError) as refused:
        VaultFolder.open(root).unlock(PASSPHRASE)
    assert refused.value.code is Code.INCOMPLETE_COPY


@pytest.mark.fault("F7", "second program, same vault")
@_POSIX
def test_the_vault_by_a_link_is_the_same_vault(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    (tmp_path / "link").symlink_to(root)
    with unlocked(root):
        folder = VaultFolder.open(tmp_path / "link")
        assert folder.root == root.resolve()
        assert folder.is_held()
        with pytest.raises(VaultError) as refused:
            unlocked(tmp_path / "link")
        assert refused.value.code is Code.LOCKED_BY_ANOTHER
    unlocked(tmp_path / "link").close()


@pytest.mark.fault("F7", "second program, same vault")
def test_a_second_instance_never_writes(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    with unlocked(root):
        before = listing(root)
        with pytest.raises(VaultError) as refused:
            VaultFolder.open(root).unlock(PASSPHRASE)
        assert refused.value.code is Code.LOCKED_BY_ANOTHER
        assert listing(root) == before


@pytest.mark.fault("F6", "odd places")
@pytest.mark.parametrize(
    "name",
    [
        "نص عربي \u202e rtl",
        "🌿 leaf",
        "a b%20c?mode=memory#x",
        'it\'s "quoted"',
        "n" * 200,
        "é",
        ".hidden",
        "-dash",
        "a\nb",
    ],
    ids=range(9),
)
def test_odd_paths_are_just_paths(name: str, tmp_path: Path) -> None:
    if sys.platform == "win32" and any(sign in name for sign in '?"\n'):
        pytest.skip("not a file name there")
    root = copied(tmp_path / name / "v")
    connection = opened_space(root)
    assert connection.execute("SELECT count(*) FROM entry").fetchone()[0] == ROWS
    connection.close()
    unlocked(root).close()


_FORBIDDEN = """
import os, sys
from pathlib import Path
from app.crypto.kdf import FLOOR
from app.data.durable_files import read_file
from app.data.vault_folder import VaultFolder
from app.domain.errors import VaultError
what, root = sys.argv[1], Path(sys.argv[2])
if os.geteuid() == 0:
    os.setuid(int(sys.argv[4]))
try:
    if what == "create":
        VaultFolder.create(root / "backups" / "new", "Robin", "a phrase", kdf=FLOOR)
    elif what == "space":
        read_file(next((root / "spaces").glob("*.db")), 16)
    else:
        VaultFolder.open(root).unlock(sys.argv[3])
except VaultError as error:
    print(error.code.value)
"""


@pytest.mark.fault("F6", "no rights")
@_POSIX
@pytest.mark.parametrize(
    "what, place, mode",
    [
        ("unlock", ".", 0),
        ("unlock", "people", 0),
        ("unlock", "people/*.key", 0),
        ("unlock", "lock", 0o400),
        ("space", "spaces/*.db", 0),
        ("create", "backups", 0o500),
    ],
)
def test_what_is_not_allowed_is_said_to_be_forbidden(what: str, place: str, mode: int) -> None:
    """In a process without special rights, because the superuser may read everything."""
    home = Path(tempfile.mkdtemp(prefix="leeward-rights-"))
    try:
        root = copied(home / "v")
        superuser = os.geteuid() == 0
        if superuser:
            for path in (home, root, *root.rglob("*")):
                os.chown(path, _NOBODY, _NOBODY)
        (target,) = [root] if place == "." else root.glob(place)
        target.chmod(mode)
        done = subprocess.run(
            [sys.executable, "-c", _FORBIDDEN, what, str(root), PASSPHRASE, str(_NOBODY)],
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).parents[2],
        )
        assert (done.stdout.strip(), done.stderr) == (Code.NO_PERMISSION.value, "")
    finally:
        for path in (root, root / "people"):
            path.chmod(0o700)
        shutil.rmtree(home)
