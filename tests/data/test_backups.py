"""Sets: made beside an open journal, found by their person only, thinned, taken along, tried and put back."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.crypto.secret import Secret
from app.data import backups, restoring
from app.data.backup_set import BackupKey, made_at, read_set
from app.data.unlocked import Unlocked
from app.data.vault_folder import VaultFolder
from app.domain.errors import Code, VaultError
from tests.data.sets import NOW, Open, note, opened, order
from tests.fixtures import vault


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Open]:
    made = opened(tmp_path / "vault")
    yield made
    made.close()


def exchanging(ready: tuple[restoring.Prepared, ...]) -> Callable[[Unlocked], None]:
    def act(unlocked: Unlocked) -> None:
        with backups.key_of(unlocked) as key:
            restoring.exchange(ready, key)
        restoring.accept(unlocked, ready)

    return act


def test_a_set_holds_everything_and_says_so(live: Open) -> None:
    made = live.make()
    assert made.good and made.manifest is not None
    assert made.manifest.made_at == NOW
    tried = restoring.try_set(made, live.key)
    assert tried is not None and tried.revisions == made.manifest.spaces[0].revisions == 3
    assert [one.id for one in live.sets()] == [made.id]


def test_a_set_is_a_vault_that_opens_with_the_passphrase(live: Open, tmp_path: Path) -> None:
    target = tmp_path / "stick" / "journal"
    target.parent.mkdir()
    assert backups.take_along(live.make(), live.key, target) == target
    desk = vault.opened(target)
    assert len(desk.journal.page().entries) == 3
    desk.close()


def test_what_is_written_meanwhile_is_neither_held_up_nor_copied(live: Open) -> None:
    wrote: list[str] = []

    def write(_part: float) -> None:
        if len(wrote) < 3:
            wrote.append(note(live.desk, "written while a copy was made"))

    made = backups.make(live.layout, live.key, order(), progress=write)
    assert made is not None and made.manifest is not None
    assert len(wrote) == 3
    assert made.manifest.spaces[0].revisions == 3
    assert len(live.desk.journal.page().entries) == 6


def test_a_live_file_keeps_its_locks_and_its_log(live: Open) -> None:
    live.make()
    note(live.desk, "afterwards")
    assert live.desk.session.space.verify().clean


def test_called_off_leaves_nothing(live: Open) -> None:
    assert backups.make(live.layout, live.key, order(), cancelled=lambda: True) is None
    assert list((live.layout.root / "backups").iterdir()) == []


def test_no_room_is_said_before_anything_is_begun(live: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10, 10, 0))
    with pytest.raises(VaultError) as refused:
        live.make()
    assert refused.value.code is Code.DISK_FULL
    assert list((live.layout.root / "backups").iterdir()) == []


def test_half_sets_do_not_count_and_are_taken_away(live: Open) -> None:
    made = live.make()
    half = made.root.with_name("0" * 32 + ".part")
    shutil.copytree(made.root, half)
    assert [one.id for one in live.sets()] == [made.id]
    live.make()
    assert not half.exists()


def test_another_persons_sets_are_not_seen_and_do_not_open(live: Open, tmp_path: Path) -> None:
    made = live.make()
    desk = vault.made(tmp_path / "other", "Kim", "a wholly different phrase here")
    assert desk.vault is not None
    with backups.key_of(desk.vault.unlocked) as stranger:
        shutil.copytree(made.root, tmp_path / "other" / "backups" / made.id)
        assert restoring.kept_files(live.layout, stranger) == ()
        found = read_set(tmp_path / "other" / "backups" / made.id, stranger)
        assert found.manifest is None and not found.good
    desk.close()


def test_thinned_to_the_rule_and_never_below_three(live: Open) -> None:
    for back in range(12):
        live.make(NOW - dt.timedelta(days=back))
    gone = backups.thin(live.sets())
    left = [made_at(one).date() for one in live.sets()]
    assert len(left) + len(gone) == 12
    assert left[:7] == [(NOW - dt.timedelta(days=back)).date() for back in range(7)]
    assert backups.thin(live.sets()[:3]) == ()


def test_restored_here_the_former_file_is_kept_and_opening_asks_nothing(tmp_path: Path) -> None:
    live = opened(tmp_path / "vault")
    made = live.make()
    note(live.desk, "written after the copy")
    space_id = live.key.contents.private.space_id
    ready = restoring.prepare_set(made, live.key, live.layout, frozenset({space_id}))
    assert ready is not None
    assert live.desk.vault is not None

    live.desk.vault.at_end(exchanging(ready))
    live.close()
    desk = vault.opened(tmp_path / "vault")
    assert len(desk.journal.page().entries) == 3
    assert desk.vault is not None
    with backups.key_of(desk.vault.unlocked) as key:
        (kept,) = restoring.kept_files(live.layout, key)
        tried = restoring.try_kept(kept, key)
        assert tried is not None and tried.revisions == 4
        back = restoring.prepare_kept(kept, key, live.layout)
        assert back is not None
    desk.vault.at_end(exchanging(back))
    desk.close()
    desk = vault.opened(tmp_path / "vault")
    assert len(desk.journal.page().entries) == 4
    desk.close()


def test_new_keys_leave_one_new_set_and_no_old_one(live: Open, tmp_path: Path) -> None:
    live.make()
    live.make(NOW - dt.timedelta(days=1))
    gone, fresh = backups.rotate_backups(live.key, live.key, live.layout, "0.0-test")
    assert gone == 2 and fresh is not None
    assert [one.id for one in live.sets()] == [fresh.id]


def test_a_key_that_fits_no_header_is_refused(live: Open) -> None:
    with pytest.raises(VaultError):
        BackupKey(live.key.header, Secret.random())


def test_a_copy_on_a_stick_can_be_found_as_a_vault(live: Open, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    backups.take_along(live.make(), live.key, target)
    assert VaultFolder.open(target).vault_id == live.key.vault_id
    with pytest.raises(VaultError) as refused:
        backups.take_along(live.sets()[0], live.key, target)
    assert refused.value.code is Code.VAULT_EXISTS
