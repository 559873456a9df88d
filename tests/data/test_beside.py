"""A second part beside the first: opened as it is, only for the one this person is paired with, and never written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
import sqlcipher3

from app.crypto.kdf import FLOOR
from app.crypto.secret import Secret
from app.data import beside
from app.data.beside import open_beside
from app.data.cipher import open_space
from app.data.vault_folder import ProvenKey
from app.domain.errors import Code, VaultError
from app.services.desk import Desk
from tests.fixtures import two
from tests.fixtures.session import shipped_kinds
from tests.fixtures.vault import made


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return two.copied(tmp_path / "vault")


@pytest.fixture
def desk(root: Path) -> Iterator[Desk]:
    opened = two.first_desk(root)
    yield opened
    opened.close()


def proven(root: Path, part: two.Part | None = None) -> ProvenKey:
    found = part or two.template()[2]
    return ProvenKey(two.header_of(root, found.person_file), Secret(found.master), earlier=False)


def private_file(root: Path, part: two.Part) -> Path:
    return root / "spaces" / two.contents_of(root, part).private.file_name


def refusal(act: Callable[[], object]) -> tuple[Code, object]:
    with pytest.raises(VaultError) as refused:
        act()
    return refused.value.code, refused.value.detail.get("reason")


def in_private(root: Path, statement: str) -> None:
    """Change the other person's file as an older release or a stranger might have left it."""
    contents = two.contents_of(root, two.template()[2])
    record = contents.private
    connection = open_space(private_file(root, two.template()[2]), Secret(record.key), record.salt)
    connection.execute(statement)
    connection.close()


def test_it_opens_names_its_person_and_reads(root: Path, desk: Desk) -> None:
    assert desk.vault is not None
    part = open_beside(desk.vault.unlocked, proven(root), shipped_kinds())
    assert part.display_name == two.OTHER_NAME
    assert part.person_id == two.contents_of(root, two.template()[2]).person_id
    assert part.space.connection.execute("SELECT count(*) FROM record").fetchone() == (0,)
    part.close()
    part.close()
    assert not part.is_open


def test_nothing_can_be_written_through_it(root: Path, desk: Desk) -> None:
    assert desk.vault is not None
    part = open_beside(desk.vault.unlocked, proven(root), shipped_kinds())
    with pytest.raises(sqlcipher3.OperationalError, match="readonly"):
        part.space.connection.execute("INSERT INTO setting (key, value) VALUES ('a', 'b')")
    part.close()


def test_the_key_it_was_given_is_wiped(root: Path, desk: Desk) -> None:
    assert desk.vault is not None
    key = proven(root)
    open_beside(desk.vault.unlocked, key, shipped_kinds()).close()
    with pytest.raises(ValueError, match="wiped"):
        key.master.view()


def test_a_log_left_by_a_crash_is_refused_rather_than_overlooked(root: Path, desk: Desk) -> None:
    assert desk.vault is not None
    file = private_file(root, two.template()[2])
    file.with_name(file.name + "-wal").write_bytes(b"left behind")
    unlocked = desk.vault.unlocked
    assert refusal(lambda: open_beside(unlocked, proven(root), shipped_kinds())) == (Code.NOT_BESIDE, "log")


def test_a_file_whose_lists_another_release_made_is_refused(root: Path, desk: Desk) -> None:
    assert desk.vault is not None
    in_private(root, "DELETE FROM meta WHERE key NOT IN ('vault', 'space', 'epoch')")
    unlocked = desk.vault.unlocked
    assert refusal(lambda: open_beside(unlocked, proven(root), shipped_kinds())) == (Code.NOT_BESIDE, "schema")


def test_another_spaces_file_is_refused(root: Path, desk: Desk) -> None:
    assert desk.vault is not None
    in_private(root, "UPDATE meta SET value = 'elsewhere' WHERE key = 'space'")
    unlocked = desk.vault.unlocked
    code, reason = refusal(lambda: open_beside(unlocked, proven(root), shipped_kinds()))
    assert (code, reason) == (Code.DAMAGED_ENTRIES, "exchanged")


def test_an_older_copy_of_it_is_refused(root: Path) -> None:
    file = private_file(root, two.template()[2])
    older = file.with_name("older")
    shutil.copy(file, older)
    jules = two.second_desk(root)
    jules.journal.add("note", {"body": "written later"})
    jules.close()
    shutil.move(older, file)
    desk = two.first_desk(root)
    assert desk.vault is not None
    unlocked = desk.vault.unlocked
    assert refusal(lambda: open_beside(unlocked, proven(root), shipped_kinds())) == (Code.NOT_BESIDE, "older")
    desk.close()


def test_ones_own_key_is_nobody_elses(root: Path, desk: Desk) -> None:
    assert desk.vault is not None
    unlocked, own = desk.vault.unlocked, two.template()[1]
    assert refusal(lambda: open_beside(unlocked, proven(root, own), shipped_kinds())) == (
        Code.NOT_BESIDE,
        "other_person",
    )


def test_somebody_of_another_vault_is_refused(root: Path, desk: Desk, tmp_path: Path) -> None:
    assert desk.vault is not None
    elsewhere = tmp_path / "elsewhere"
    made(elsewhere).close()
    stranger = made(tmp_path / "strangers")
    assert stranger.people is not None
    stranger.people.welcome("Jules", two.OTHER_PASSPHRASE, kdf=FLOOR)
    stranger.close()
    files = two.person_files(tmp_path / "strangers")
    keys = [two.part_of(tmp_path / "strangers", name, two.OTHER_PASSPHRASE) for name in files if _opens(tmp_path, name)]
    unlocked = desk.vault.unlocked
    key = proven(tmp_path / "strangers", keys[0])
    assert refusal(lambda: open_beside(unlocked, key, shipped_kinds())) == (Code.NOT_BESIDE, "other_person")


def _opens(home: Path, person_file: str) -> bool:
    try:
        two.part_of(home / "strangers", person_file, two.OTHER_PASSPHRASE)
    except Exception:  # noqa: BLE001  # any refusal says that it is the other one's
        return False
    return True


def test_who_has_left_the_space_for_two_is_not_opened_beside_it(root: Path) -> None:
    jules = two.second_desk(root)
    two.people_of(jules).leave()
    jules.close()
    desk = two.first_desk(root)
    assert desk.vault is not None
    unlocked = desk.vault.unlocked
    assert refusal(lambda: open_beside(unlocked, proven(root), shipped_kinds())) == (Code.NOT_BESIDE, "other_person")
    desk.close()


def test_it_never_says_its_key(root: Path, desk: Desk) -> None:
    assert desk.vault is not None
    part = open_beside(desk.vault.unlocked, proven(root), shipped_kinds())
    assert two.contents_of(root, two.template()[2]).private.key.hex() not in repr(part) + repr(vars(part))
    part.close()
    assert not issubclass(beside.Beside, msgspec.Struct)
