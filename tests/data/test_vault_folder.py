from __future__ import annotations

import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from app.crypto.header import Contents, open_contents, parse
from app.crypto.kdf import DEFAULT, KdfParams
from app.data.cipher import integrity, open_space
from app.data.connection import Connection
from app.data.unlocked import Unlocked
from app.data.vault_folder import VaultFolder
from app.domain.errors import Code, LeewardError, VaultError
from app.domain.records import SpaceId
from tests.data.vaults import (
    CHEAP,
    NAME,
    PASSPHRASE,
    ROWS,
    copied,
    fill,
    key_file,
    listing,
    space_file,
    template,
    unlocked,
)

_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes and links mean something else there")


def _create(path: Path, name: str = NAME, passphrase: str = PASSPHRASE) -> Unlocked:
    return VaultFolder.create(path, name, passphrase, kdf=CHEAP)


def test_a_new_vault_has_the_designed_layout(tmp_path: Path) -> None:
    with _create(tmp_path / "v") as vault:
        assert vault.display_name == NAME
        assert vault.space.path == space_file(tmp_path / "v")
        assert (vault.space.epoch, vault.space.head, vault.space.head_seq) == (1, b"", 0)
        assert vault.kdf == CHEAP
        assert len(vault.fingerprint) == 32
    names = sorted(listing(tmp_path / "v"))
    key, space = key_file(tmp_path / "v").name, space_file(tmp_path / "v").name
    assert names == sorted(
        [
            *("backups", "inbox", "lock", "people", f"people/{key[:-4]}.card", f"people/{key}"),
            *("spaces", f"spaces/{space}", "vault.meta"),
        ]
    )
    assert len(key) == 36
    assert len(space) == 35


def test_the_default_cost_is_the_strong_one() -> None:
    assert VaultFolder.create.__kwdefaults__["kdf"] == DEFAULT
    assert DEFAULT.memory_kib == 256 * 1024


@_POSIX
@pytest.mark.parametrize("umask", [0, 0o027, 0o077])
def test_everything_is_the_owners_alone_whatever_the_umask(umask: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        with _create(tmp_path / "v") as vault:
            vault.remember_head(vault.space.id, b"h" * 32)
            modes = {path: path.stat().st_mode & 0o777 for path in [tmp_path / "v", *(tmp_path / "v").rglob("*")]}
    finally:
        os.umask(before)
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if not path.is_dir()} == {0o600}
    assert sum(not path.is_dir() for path in modes) == 6


def test_no_name_and_no_key_is_readable_in_any_file(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    private = open_contents(parse(template().raw), template().master)
    secrets = [private.private.key, private.signing_key, private.sealing_key]
    for name, content in listing(root).items():
        for word in (NAME.encode(), PASSPHRASE.encode(), b"marker", *secrets):
            assert word not in content, name
        assert (private.person_id.encode() in content) == name.endswith(".card"), name


def test_a_passphrase_opens_it_again_with_the_same_keys(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    folder = VaultFolder.open(root)
    assert folder.kdf_costs == (CHEAP,)
    with folder.unlock(PASSPHRASE) as vault:
        assert vault.vault_id == folder.vault_id
        assert vault.display_name == NAME
        space = open_space(vault.space.path, vault.space.key, vault.space.salt)
        assert space.execute("SELECT count(*) FROM entry").fetchone()[0] == ROWS
        assert integrity(space) == ()
        space.close()
        assert folder.is_held()
    assert not folder.is_held()
    assert vault.space.key.wiped


def test_a_name_only_has_to_match(tmp_path: Path) -> None:
    folder = VaultFolder.open(copied(tmp_path / "v"))
    folder.unlock(PASSPHRASE, f"  {NAME.upper()} ").close()
    with pytest.raises(VaultError) as refused:
        folder.unlock(PASSPHRASE, "Kim")
    assert refused.value.code is Code.UNKNOWN_PERSON
    assert not folder.is_held()


def test_a_wrong_passphrase_changes_nothing(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    (root / "lock").unlink()
    before = listing(root)
    for phrase in (PASSPHRASE + " ", PASSPHRASE.title()):
        with pytest.raises(VaultError) as refused:
            VaultFolder.open(root).unlock(phrase)
        assert refused.value.code is Code.WRONG_PASSPHRASE
    assert listing(root) == before


@pytest.mark.parametrize("phrase", ["x" * 1000, "a\0b", "🌿🦭", " outer ", "cafe\u0301"])
def test_odd_passphrases_open_what_they_closed(phrase: str, tmp_path: Path) -> None:
    _create(tmp_path / "v", passphrase=phrase).close()
    VaultFolder.open(tmp_path / "v").unlock(phrase.replace("e\u0301", "é")).close()


@pytest.mark.parametrize(
    "name, phrase, code",
    [
        ("Robin", "", Code.EMPTY_PASSPHRASE),
        ("Robin", " \u3000", Code.EMPTY_PASSPHRASE),
        ("Robin", "robin", Code.NAME_IS_PASSPHRASE),
        ("Robin", " ROBIN ", Code.NAME_IS_PASSPHRASE),
        ("Robin", "Ｒｏｂｉｎ", Code.NAME_IS_PASSPHRASE),
        ("", "a phrase", Code.INVALID_RECORD),
        ("  ", "a phrase", Code.INVALID_RECORD),
        ("a\nb", "a phrase", Code.INVALID_RECORD),
        ("x" * 81, "a phrase", Code.INVALID_RECORD),
        ("\ud800", "a phrase", Code.INVALID_RECORD),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_made(
    name: str, phrase: str, code: Code, tmp_path: Path
) -> None:
    with pytest.raises(LeewardError) as refused:
        _create(tmp_path / "deep" / "v", name, phrase)
    assert refused.value.code is code
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["名" * 80, "👩‍👩‍👧", "نورا", "O’Neill \u202e", "e\u0301"])
def test_names_of_all_scripts_are_kept(name: str, tmp_path: Path) -> None:
    with _create(tmp_path / "v", name) as vault:
        assert vault.display_name == name.replace("e\u0301", "é").strip()


def test_costs_below_the_floor_cannot_be_asked_for(tmp_path: Path) -> None:
    for cheap in (KdfParams(1024, 3, 4), KdfParams(65536, 1, 4)):
        with pytest.raises(VaultError):
            VaultFolder.create(tmp_path / "v", NAME, PASSPHRASE, kdf=cheap)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_used_and_anything_else_left_alone(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    _create(tmp_path / "empty").close()
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("words")
    (tmp_path / "file").write_text("words")
    (tmp_path / "people-only" / "people").mkdir(parents=True)
    before = listing(tmp_path)
    for name in ("empty", "letters", "file", "people-only"):
        with pytest.raises(VaultError) as refused:
            _create(tmp_path / name)
        assert refused.value.code is Code.VAULT_EXISTS
    assert listing(tmp_path) == before


def test_a_failed_creation_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail(connection: Connection, vault_id: str, space_id: SpaceId) -> None:
        connection.execute("CREATE TABLE entry (id)")
        raise RuntimeError

    (tmp_path / "kept").mkdir()
    for path in (tmp_path / "new" / "deep" / "v", tmp_path / "kept"):
        with pytest.raises(RuntimeError):
            VaultFolder.create(path, NAME, PASSPHRASE, kdf=CHEAP, prepare=fail)
    assert [path.name for path in tmp_path.rglob("*")] == ["kept"]


def test_a_creation_that_was_cut_short_can_be_begun_again(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    (root / "vault.meta").rename(root / "vault.meta.new")
    with pytest.raises(VaultError) as refused:
        VaultFolder.open(root)
    assert refused.value.code is Code.NO_VAULT
    with _create(root) as vault:
        assert vault.vault_id != parse(template().raw).body.vault_id
    assert sorted(path.suffix for path in (root / "people").iterdir()) == [".card", ".key"]
    assert not (root / "vault.meta.new").exists()


def test_something_of_the_users_in_an_unfinished_folder_is_not_cleared(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    (root / "vault.meta").rename(root / "vault.meta.new")
    (root / "photo.jpg").write_bytes(b"x")
    before = listing(root)
    with pytest.raises(VaultError) as refused:
        _create(root)
    assert refused.value.code is Code.VAULT_EXISTS
    assert listing(root) == before


def test_the_schema_hook_gets_the_ids_and_its_work_is_in_the_file(tmp_path: Path) -> None:
    seen: list[tuple[str, str]] = []

    def prepare(connection: Connection, vault_id: str, space_id: SpaceId) -> None:
        seen.append((vault_id, space_id))
        fill(connection, vault_id, space_id)

    with VaultFolder.create(tmp_path / "v", NAME, PASSPHRASE, kdf=CHEAP, prepare=prepare) as vault:
        assert seen == [(vault.vault_id, vault.space.id)]
        assert [path.name for path in (tmp_path / "v" / "spaces").iterdir()] == [vault.space.path.name]


def test_a_head_is_remembered_with_its_time(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    seen_at = datetime(2026, 5, 1, 7, 0, tzinfo=UTC)
    with unlocked(root) as vault:
        vault.remember_head(vault.space.id, b"h" * 32, seq=12, seen_at=seen_at)
        written = key_file(root).read_bytes()
        vault.remember_head(vault.space.id, b"h" * 32, seq=12)
        assert key_file(root).read_bytes() == written, "nothing new, nothing written"
        assert vault.generation == 2
        with pytest.raises(ValueError, match="space"):
            vault.remember_head("f" * 32, b"h" * 32)
        with pytest.raises(ValueError, match="zone"):
            vault.remember_head(vault.space.id, b"i" * 32, seen_at=datetime(2026, 5, 1))  # noqa: DTZ001  # the point
    with unlocked(root) as vault:
        assert (vault.space.head, vault.space.head_seq, vault.space.head_seen_at) == (b"h" * 32, 12, seen_at)


def test_the_generation_before_is_kept(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    with unlocked(root) as vault:
        first = key_file(root).read_bytes()
        vault.change_header(lambda contents: msgspec.structs.replace(contents, display_name="Kim"))
        second = key_file(root).read_bytes()
        assert vault.display_name == "Kim"
        assert key_file(root).with_suffix(".key.old").read_bytes() == first
        vault.change_header(lambda contents: contents)
    assert key_file(root).with_suffix(".key.old").read_bytes() == second
    assert sorted(path.suffix for path in (root / "people").iterdir()) == [".card", ".key", ".old"]


def test_a_new_passphrase_replaces_the_old_one_in_both_generations(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    with unlocked(root) as vault:
        vault.remember_head(vault.space.id, b"h" * 32)
        fingerprint = vault.fingerprint
        with pytest.raises(VaultError):
            vault.change_passphrase(NAME, kdf=CHEAP)
        with pytest.raises(VaultError):
            vault.change_passphrase(" ", kdf=CHEAP)
        vault.change_passphrase("another quiet phrase", kdf=KdfParams(CHEAP.memory_kib + 1024, 3, 2))
    folder = VaultFolder.open(root)
    for earlier in (False, True):
        with pytest.raises(VaultError) as refused:
            folder.unlock(PASSPHRASE, earlier=earlier)
        assert refused.value.code is Code.WRONG_PASSPHRASE
        with folder.unlock("another quiet phrase", earlier=earlier) as vault:
            assert vault.fingerprint == fingerprint
            assert vault.space.head == b"h" * 32
            assert vault.kdf.lanes == 2


def test_deriving_can_be_cancelled_before_and_after(tmp_path: Path) -> None:
    folder = VaultFolder.open(copied(tmp_path / "v"))
    assert folder.derive(PASSPHRASE, cancelled=lambda: True) is None
    answers = iter([False, True])
    assert folder.derive(PASSPHRASE, cancelled=lambda: next(answers)) is None
    assert not folder.is_held()


def test_deriving_works_in_a_thread_and_takes_no_lock(tmp_path: Path) -> None:
    folder = VaultFolder.open(copied(tmp_path / "v"))
    found = []
    thread = threading.Thread(target=lambda: found.append(folder.derive(PASSPHRASE)))
    thread.start()
    thread.join()
    assert found[0] is not None
    assert not folder.is_held()
    assert "Secret" not in repr(found[0])
    with folder.open_with(found[0]) as vault:
        assert vault.display_name == NAME


def test_what_was_saved_between_deriving_and_opening_is_not_lost(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    slow = VaultFolder.open(root).derive(PASSPHRASE)
    assert slow is not None
    with unlocked(root) as vault:
        vault.remember_head(vault.space.id, b"h" * 32, seq=5)
    with VaultFolder.open(root).open_with(slow) as vault:
        assert vault.space.head_seq == 5


def test_each_persons_passphrase_finds_its_own_person(tmp_path: Path) -> None:
    """Two headers in one vault, the second put there the way a later invitation will."""
    root = copied(tmp_path / "v")
    _add_person(root, "Kim", "a second phrase")
    folder = VaultFolder.open(root)
    for phrase, name in ((PASSPHRASE, NAME), ("a second phrase", "Kim")):
        with folder.unlock(phrase) as vault:
            assert vault.display_name == name
    assert len(folder.kdf_costs) == 2
    key_file_of_kim = next(path for path in (root / "people").glob("*.key") if path.name == "9" * 32 + ".key")
    key_file_of_kim.write_bytes(b"")
    VaultFolder.open(root).unlock(PASSPHRASE).close()
    with pytest.raises(VaultError) as refused:
        VaultFolder.open(root).unlock("a second phrase")
    assert refused.value.code is Code.DAMAGED_HEADER, "a damaged header is never called a wrong passphrase"


def _add_person(root: Path, name: str, phrase: str) -> None:
    from app.crypto.header import compose
    from app.crypto.kdf import normalise
    from app.crypto.keyslot import SlotPlace
    from app.crypto.secret import Secret
    from app.data.unlocked import new_slot

    header = parse(template().raw)
    place = SlotPlace(vault_id=header.body.vault_id, person_file="9" * 32, format=1)
    contents: Contents = msgspec.structs.replace(
        open_contents(header, template().master), display_name=name, person_id="8" * 32
    )
    master = Secret.random()
    with normalise(phrase) as secret:
        raw = compose(place, (new_slot(secret, master, place, CHEAP),), contents, master)
    (root / "people" / ("9" * 32 + ".key")).write_bytes(raw)


def test_an_unlocked_vault_shows_no_secret(tmp_path: Path) -> None:
    with unlocked(copied(tmp_path / "v")) as vault:
        shown = f"{vault!r} {vault.space!r} {vault.identity!r} {vars(vault)!r}"
        for secret in (NAME, bytes(vault.space.key.view()).hex(), repr(bytes(vault.space.key.view()))):
            assert secret not in shown.replace(f"'display_name': '{NAME}'", "")


def test_a_closed_vault_writes_nothing(tmp_path: Path) -> None:
    root = copied(tmp_path / "v")
    vault = unlocked(root)
    vault.close()
    vault.close()
    before = listing(root)
    with pytest.raises(ValueError, match="wiped"):
        vault.remember_head(vault.space.id, b"h" * 32)
    assert listing(root) == before
