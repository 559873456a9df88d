"""Sets keep up with the passphrase: the new one opens them, the old one does not, and a cut in between costs none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.crypto.header import HEADER_BYTES, parse
from app.crypto.kdf import FLOOR
from app.data import backups, copying, restoring, rewrapping
from app.data.backup_set import BackupSet, own_sets
from app.data.durable_files import read_file, replace_file
from app.data.vault_folder import VaultFolder
from app.domain.errors import Code, VaultError
from tests.data.sets import Open, opened, order
from tests.fixtures import vault

OLD, NEW = vault.PASSPHRASE, "another shore, nine grey herons"


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Open]:
    made = opened(tmp_path / "vault")
    yield made
    made.close()


def change(live: Open) -> None:
    """Another passphrase in the header in use, and keys lent again; the sets are as they were."""
    assert live.desk.vault is not None
    live.desk.vault.unlocked.change_passphrase(NEW, kdf=FLOOR)
    live.key.wipe()
    live.key = backups.key_of(live.desk.vault.unlocked)


def opens(root: Path, passphrase: str) -> bool:
    try:
        VaultFolder.open(root).unlock(passphrase).close()
    except VaultError as error:
        if error.code is not Code.WRONG_PASSPHRASE:
            raise
        return False
    return True


def taken(one: BackupSet, live: Open, where: Path) -> Path:
    """A set as a vault of its own, so that its own header has to open it."""
    made = backups.take_along(one, live.key, where)
    assert made is not None
    return made


def test_after_a_change_of_passphrase_sets_open_with_the_new_one_only(live: Open, tmp_path: Path) -> None:
    live.make()
    change(live)
    assert rewrapping.renew_headers(live.layout, live.key)
    (one,) = live.sets()
    assert one.good and one.manifest is not None and one.manifest.former_header_sha256 == ""
    assert restoring.try_set(one, live.key) is not None
    along = taken(one, live, tmp_path / "along")
    assert opens(along, NEW)
    assert not opens(along, OLD)
    before = read_file(one.root / "manifest", 1 << 20)
    assert rewrapping.renew_headers(live.layout, live.key)
    assert read_file(one.root / "manifest", 1 << 20) == before, "what is up to date is left alone"


def test_a_copy_that_was_begun_before_the_change_gets_the_new_wraps(live: Open) -> None:
    assert live.desk.vault is not None
    former = backups.key_of(live.desk.vault.unlocked)
    change(live)
    with former:
        made = backups.make(live.layout, former, order())
    assert made is not None and live.desk.vault is not None
    inside = parse(read_file(made.root / "people" / f"{live.key.person_file}.key", HEADER_BYTES))
    assert inside.body.slots == live.desk.vault.unlocked.header.body.slots


def test_the_space_keys_of_the_set_stay_those_it_was_made_with(live: Open) -> None:
    one = live.make()
    key_file = live.layout.__class__(one.root).key_file(live.key.person_file)
    before = live.key.opened(parse(read_file(key_file, HEADER_BYTES)))
    change(live)
    assert rewrapping.renew_headers(live.layout, live.key)
    after = live.key.opened(parse(read_file(key_file, HEADER_BYTES)))
    assert (after.private.key, after.private.salt, after.private.head) == (
        before.private.key, before.private.salt, before.private.head,
    )  # fmt: skip


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_a_cut_between_any_two_writes_leaves_a_good_set_and_the_next_time_finishes(
    live: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    live.make()
    change(live)
    left = [writes]

    def cut(path: Path, data: bytes, real: Callable[[Path, bytes], None] = replace_file) -> None:
        if left[0] == 0:
            raise VaultError(Code.WRITE_FAILED)
        left[0] -= 1
        real(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(rewrapping, "replace_file", cut)
        with pytest.raises(VaultError):
            rewrapping.renew_headers(live.layout, live.key)
    (one,) = live.sets()
    assert one.good and restoring.try_set(one, live.key) is not None
    assert rewrapping.renew_headers(live.layout, live.key)
    (one,) = live.sets()
    assert restoring.try_set(one, live.key) is not None
    along = taken(one, live, tmp_path / "along")
    assert opens(along, NEW) and not opens(along, OLD)


def test_a_header_that_neither_manifest_names_is_still_refused(live: Open) -> None:
    one = live.make()
    other = live.make()
    assert one.manifest is not None
    name = f"{live.key.person_file}.key"
    change(live)
    kept = read_file(one.root / "people" / name, HEADER_BYTES)
    assert rewrapping.renew_headers(live.layout, live.key)
    (one.root / "people" / name).write_bytes(kept)
    (found,) = [found for found in own_sets(backups.folder_of(live.layout), live.key) if found.root == one.root]
    with pytest.raises(VaultError):
        restoring.try_set(found, live.key)
    (fine,) = [found for found in live.sets() if found.root == other.root]
    assert restoring.try_set(fine, live.key) is not None


def test_while_a_copy_is_made_it_says_that_it_has_to_be_done_again(live: Open) -> None:
    live.make()
    change(live)
    with copying.one_at_a_time(lambda: False):
        assert not rewrapping.renew_headers(live.layout, live.key)
    assert rewrapping.renew_headers(live.layout, live.key)


def test_without_a_live_header_nothing_is_touched(live: Open) -> None:
    live.make()
    shutil.move(vault.key_file(live.layout.root), live.layout.root / "away")
    assert not rewrapping.renew_headers(live.layout, live.key)
    shutil.move(live.layout.root / "away", live.layout.key_file(live.key.person_file))


def test_changing_it_on_the_desk_takes_the_copies_along(live: Open, tmp_path: Path) -> None:
    live.make()
    live.desk.keys.change(OLD, NEW, kdf=FLOOR)
    assert live.desk.vault is not None
    with backups.key_of(live.desk.vault.unlocked) as key:
        (one,) = own_sets(backups.folder_of(live.layout), key)
        along = backups.take_along(one, key, tmp_path / "along")
    assert along is not None and opens(along, NEW) and not opens(along, OLD)
