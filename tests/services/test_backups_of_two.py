"""Two people in one vault: a set is one person's; erasing one part leaves the other and the shared file as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.data import restoring
from app.data.backup_set import read_set
from app.data.backups import key_of
from app.domain.errors import Code, VaultError
from app.services.desk import Desk
from app.services.restoring import restore_here, ways_back
from tests.fixtures import two, vault


def no() -> bool:
    return False


def untold(_part: float) -> None:
    return None


def shared_note(desk: Desk, words: str) -> None:
    session = desk.session
    assert session.shared is not None
    with session.change(session.shared) as change:
        change.put("note", session.kinds.parse("note", {"body": words}))


def entry_count(desk: Desk) -> int:
    assert desk.session.shared is not None
    return int(desk.session.shared.connection.execute("SELECT count(*) FROM record").fetchone()[0])


def test_a_set_holds_both_spaces_and_is_its_makers_only(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "vault")
    mine = vault.opened(root)
    shared_note(mine, "said to both")
    made = mine.backups.making()(no, untold)
    assert made is not None and made.manifest is not None
    assert [space.shared for space in made.manifest.spaces] == [False, True]
    assert mine.backups.standing().sets[0].with_shared
    assert made.id not in [way.id for way in ways_back(root, two.OTHER_PASSPHRASE)]
    mine.close()
    theirs = vault.opened(root, two.OTHER_PASSPHRASE)
    assert theirs.backups.standing().sets == ()
    assert theirs.vault is not None
    with key_of(theirs.vault.unlocked) as key:
        assert not read_set(made.root, key).good
        with pytest.raises(VaultError):
            restoring.try_set(read_set(made.root, key), key)
    theirs.close()


def test_going_back_leaves_the_shared_file_unless_it_is_broken(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "vault")
    mine = vault.opened(root)
    shared_note(mine, "first")
    mine.backups.making()(no, untold)
    shared_note(mine, "second")
    assert mine.vault is not None
    shared = mine.vault.unlocked.shared[0].path
    mine.close()
    restore_here(root, vault.PASSPHRASE)
    mine = vault.opened(root)
    assert entry_count(mine) == 2
    mine.close()
    shared.write_bytes(b"")
    restore_here(root, vault.PASSPHRASE)
    mine = vault.opened(root)
    assert entry_count(mine) == 1
    mine.close()


def test_erasing_one_part_leaves_the_others_and_the_shared_file(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "vault")
    mine = vault.opened(root)
    shared_note(mine, "stays with the other")
    mine.backups.making()(no, untold)
    assert not mine.erasing.standing().alone
    with pytest.raises(VaultError) as refused:
        mine.erasing.erase(whole=True)
    assert refused.value.code is Code.NOT_YOURS
    with pytest.raises(VaultError):
        mine.erasing.confirm(two.OTHER_PASSPHRASE)
    assert mine.vault is not None
    private, person = mine.vault.unlocked.space.path, mine.vault.unlocked.person_file
    mine.erasing.erase()
    mine.close()
    left = [path.name for path in root.rglob("*") if person in path.name or path.name.startswith(private.name)]
    assert left == [] and list((root / "backups").iterdir()) == []
    with pytest.raises(VaultError) as gone:
        vault.opened(root)
    assert gone.value.code is Code.WRONG_PASSPHRASE
    theirs = vault.opened(root, two.OTHER_PASSPHRASE)
    assert entry_count(theirs) == 1
    assert theirs.checking.checking()(no, untold).clean  # type: ignore[union-attr]
    theirs.close()


def test_the_whole_check_looks_at_both_spaces(tmp_path: Path) -> None:
    root = two.copied(tmp_path / "vault")
    mine = vault.opened(root)
    shared_note(mine, "signed")
    found = mine.checking.checking()(no, untold)
    assert found is not None and found.clean
    assert [space.shared for space in found.spaces] == [False, True]
    assert mine.session.shared is not None
    mine.session.shared.connection.execute("UPDATE revision SET signature = x'00'")
    found = mine.checking.checking()(no, untold)
    assert found is not None and found.spaces[1].authors and not found.rebuildable
    mine.close()
