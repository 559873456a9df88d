"""The verbs around copies: when one is due, trying, taking along, going back, checking, the way back without a desk."""

from __future__ import annotations

import datetime as dt
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.data import restoring as data_restoring
from app.domain.errors import Code, VaultError
from app.services import restoring
from app.services.backups import RELEASE, quietly
from app.services.checking import Checked
from app.services.desk import Desk
from tests.data.sets import note
from tests.fixtures import vault
from tests.fixtures.session import EVENING


def never() -> bool:
    return False


def untold(_part: float) -> None:
    return None


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = vault.opened(vault.copied(tmp_path / "vault"))
    note(made, "the first note")
    yield made
    made.close()


def back_up(desk: Desk) -> str:
    made = desk.backups.making()(never, untold)
    assert made is not None
    return made.id


def checked(desk: Desk) -> Checked:
    found = desk.checking.checking()(never, untold)
    assert found is not None
    return found


def test_one_is_due_once_a_day(desk: Desk) -> None:
    assert desk.backups.due()
    work = desk.backups.daily()
    assert work is not None and quietly(work) is not None
    assert not desk.backups.due() and desk.backups.daily() is None
    desk.session.now = lambda: EVENING + dt.timedelta(days=1)
    assert desk.backups.due()


def test_standing_names_the_last_good_one_and_asks_to_test_one_a_quarter(desk: Desk) -> None:
    assert not desk.backups.standing().test_due
    name = back_up(desk)
    standing = desk.backups.standing()
    assert standing.last_good is not None and standing.last_good.id == name
    assert standing.last_good.made == EVENING
    assert standing.test_due
    tried = desk.backups.trying(name)(never, untold)
    assert tried is not None and tried.revisions == 1
    assert tried.last_day is not None
    desk.backups.note_tried()
    assert not desk.backups.standing().test_due
    desk.session.now = lambda: EVENING + dt.timedelta(days=91)
    assert desk.backups.standing().test_due


def test_taken_along_under_a_neutral_name(desk: Desk, tmp_path: Path) -> None:
    made = desk.backups.taking_along(back_up(desk), tmp_path)(never, untold)
    assert made == tmp_path / "journal-2026-05-14"
    again = desk.backups.taking_along(back_up(desk), tmp_path)(never, untold)
    assert again == tmp_path / "journal-2026-05-14-2"


def test_going_back_and_forth_loses_nothing(tmp_path: Path) -> None:
    desk = vault.opened(vault.copied(tmp_path / "vault"))
    note(desk, "before")
    name = back_up(desk)
    note(desk, "after")
    ready = desk.backups.going_back(name)(never, untold)
    assert ready is not None
    desk.backups.go_back(ready)
    desk.close()
    desk = vault.opened(tmp_path / "vault")
    assert len(desk.journal.page().entries) == 1
    (kept,) = desk.backups.standing().kept
    forth = desk.backups.going_back(kept.name)(never, untold)
    assert forth is not None
    desk.backups.go_back(forth)
    desk.close()
    desk = vault.opened(tmp_path / "vault")
    assert len(desk.journal.page().entries) == 2
    desk.close()


def test_the_whole_check_is_clean_and_names_what_differs(desk: Desk) -> None:
    back_up(desk)
    assert checked(desk).clean
    desk.session.connection.execute("UPDATE record SET title = 'other'")
    found = checked(desk)
    assert not found.clean and found.rebuildable
    assert found.spaces[0].projections == ("record",)
    desk.checking.rebuild()
    assert checked(desk).clean


def test_the_check_names_a_changed_revision_and_offers_no_rebuild(desk: Desk) -> None:
    desk.session.connection.execute("UPDATE revision SET zone = 'UTC'")
    found = checked(desk)
    assert found.spaces[0].chain and not found.rebuildable and found.places >= 1


def test_the_check_names_a_damaged_key_file(desk: Desk, tmp_path: Path) -> None:
    key = vault.key_file(tmp_path / "vault")
    whole = key.read_bytes()
    key.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert checked(desk).headers == ("current",)
    key.write_bytes(whole)


def test_the_check_leaves_nothing_and_can_be_called_off(desk: Desk, tmp_path: Path) -> None:
    assert desk.checking.checking()(lambda: True, untold) is None
    checked(desk)
    assert list((tmp_path / "vault" / "backups").iterdir()) == []


def test_the_way_back_needs_only_the_passphrase(tmp_path: Path) -> None:
    root = vault.copied(tmp_path / "vault")
    desk = vault.opened(root)
    note(desk, "the words that must come back")
    back_up(desk)
    desk.close()
    vault.space_file(root).write_bytes(b"")
    vault.key_file(root).unlink()
    for old in (root / "people").glob("*.key.old"):
        old.unlink()
    with pytest.raises(VaultError) as wrong:
        restoring.ways_back(root, "another phrase altogether")
    assert wrong.value.code is Code.WRONG_PASSPHRASE
    assert [way.kept for way in restoring.ways_back(root, vault.PASSPHRASE)] == [False]
    done = restoring.restore_here(root, vault.PASSPHRASE)
    assert done is not None and done.header_too and len(done.kept) == 1
    desk = vault.opened(root)
    assert len(desk.journal.page().entries) == 1
    desk.close()


def test_a_wrong_passphrase_or_an_open_journal_restores_nothing(desk: Desk, tmp_path: Path) -> None:
    back_up(desk)
    with pytest.raises(VaultError) as refused:
        restoring.restore_here(tmp_path / "vault", vault.PASSPHRASE)
    assert refused.value.code is Code.LOCKED_BY_ANOTHER


def test_restored_into_a_new_folder_the_live_one_is_untouched(desk: Desk, tmp_path: Path) -> None:
    back_up(desk)
    note(desk, "later")
    made = restoring.restore_to(tmp_path / "vault", vault.PASSPHRASE, tmp_path / "second")
    other = vault.opened(made)
    assert len(other.journal.page().entries) == 1
    other.close()
    assert len(desk.journal.page().entries) == 2


def test_what_can_be_read_is_read_around_a_bad_page(tmp_path: Path) -> None:
    root = vault.copied(tmp_path / "vault")
    desk = vault.opened(root)
    for number in range(60):
        note(desk, f"entry {number} " * 200)
    desk.close()
    path = vault.space_file(root)
    raw = bytearray(path.read_bytes())
    whole = restoring.read_what_can_be(root, vault.PASSPHRASE)
    assert whole is not None
    assert len(whole.newest()) == 60 and whole.unreadable == () and whole.pages == ()
    lost = 0
    for page in range(20, len(raw) // 4096, 40):
        hurt = bytearray(raw)
        hurt[page * 4096 + 100] ^= 1
        path.write_bytes(hurt)
        found = restoring.read_what_can_be(root, vault.PASSPHRASE)
        assert found is not None and found.pages
        missing = 60 - len(found.newest())
        assert missing <= 2, f"page {page}: one page holds no more than two of these"
        lost += missing
        assert b'"entries"' in found.as_json()
    assert lost


def test_a_check_that_is_called_off_stops_quickly(desk: Desk) -> None:
    for _ in range(120):
        note(desk, "words " * 300)
    work = desk.checking.checking()
    asked: list[float] = []

    def cancelled() -> bool:
        asked.append(time.monotonic())
        return len(asked) > 3

    started = time.monotonic()
    assert work(cancelled, untold) is None
    assert time.monotonic() - started < 2.0
    gaps = [later - earlier for earlier, later in zip([started, *asked], asked, strict=False)]
    assert max(gaps) < 0.5  # 0.2 s on a machine of one's own


def test_files_of_another_ending_are_no_way_back(desk: Desk, tmp_path: Path) -> None:
    spaces = tmp_path / "vault" / "spaces"
    name = vault.space_file(tmp_path / "vault").name
    for ending in ("-kept-wal", "-keptx", "-new"):
        (spaces / (name + ending)).write_bytes(b"x")
    assert desk.backups.standing().kept == ()
    assert data_restoring.KEPT == "-kept"


def test_the_release_a_manifest_notes_is_the_packages(desk: Desk) -> None:
    project = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == RELEASE
