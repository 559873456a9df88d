"""A sync program, an older copy, a second instance: whatever happens to the files, nothing is written beside the point.

Each test works on a whole vault with its real keys.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.data import cipher
from app.data.live_file import live_file
from app.domain.errors import Code, VaultError
from app.domain.records import RecordId
from app.services.desk import Desk
from tests.faults.known_keys import opened
from tests.fixtures.session import EVENING, ZONE
from tests.fixtures.vault import copied, door, key_file, space_file, words

pytestmark = pytest.mark.fault("F7", "exchanged and older files")
ROOT = Path(__file__).resolve().parents[2]
_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be replaced there")

Exchange = Callable[[Path, Path], None]


def note(desk: Desk, body: str) -> RecordId:
    return desk.journal.add("note", {"body": body})


def bodies(desk: Desk) -> set[str]:
    return {entry.preview or entry.title for entry in desk.journal.page(kinds=("note",)).entries}


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault with two notes, and `older`: a copy of its space from when there was one."""
    root = copied(tmp_path / "v")
    for body in ("first", "second"):
        desk = opened(root)
        note(desk, body)
        desk.close()
        if body == "first":
            shutil.copytree(root, tmp_path / "older")
    return root


def _renamed_over(live: Path, other: Path) -> None:
    shutil.copy(other, live.with_suffix(".incoming"))
    live.with_suffix(".incoming").replace(live)


def _removed(live: Path, other: Path) -> None:
    live.unlink()


def _emptied(live: Path, other: Path) -> None:
    os.truncate(live, 0)


def _moved_away(live: Path, other: Path) -> None:
    live.rename(live.with_suffix(".conflict"))


def _log_removed(live: Path, other: Path) -> None:
    live.with_name(live.name + "-wal").unlink()


def _log_replaced(live: Path, other: Path) -> None:
    log = live.with_name(live.name + "-wal")
    shutil.copy(log, log.with_suffix(".incoming"))
    log.with_suffix(".incoming").replace(log)


EXCHANGES = (_renamed_over, _removed, _emptied, _moved_away, _log_removed, _log_replaced)


@_POSIX
@pytest.mark.parametrize("exchange", EXCHANGES)
def test_writing_stops_when_a_file_was_exchanged_under_it(exchange: Exchange, vault: Path, tmp_path: Path) -> None:
    desk = opened(vault)
    note(desk, "third")
    live = space_file(vault)
    exchange(live, space_file(tmp_path / "older"))
    incoming = live.read_bytes() if live.exists() else None

    attempts: tuple[Callable[[], object], ...] = (
        lambda: note(desk, "fourth"),
        lambda: note(desk, "fifth"),
        lambda: desk.drafts.keep("here", "note", {"body": "typed"}),
        lambda: desk.session.name_partner("Somebody"),
    )
    for attempt in attempts:
        with pytest.raises(VaultError) as refused:
            attempt()
        assert refused.value.code is Code.REPLACED_WHILE_OPEN
    if "log" not in exchange.__name__:
        assert (live.read_bytes() if live.exists() else None) == incoming, "what came in stays as it came"
    with pytest.raises(VaultError) as refused:
        note(desk, "sixth")
    assert refused.value.detail["file"] == ("log" if "log" in exchange.__name__ else "space")
    desk.close()


@_POSIX
def test_once_stopped_it_stays_stopped_until_the_vault_is_opened_again(vault: Path) -> None:
    """What happened to the file while it was away nobody knows."""
    desk = opened(vault)
    live = space_file(vault)
    live.rename(live.with_suffix(".away"))
    with pytest.raises(VaultError):
        note(desk, "third")
    live.with_suffix(".away").rename(live)
    with pytest.raises(VaultError) as refused:
        note(desk, "third")
    assert refused.value.code is Code.REPLACED_WHILE_OPEN
    desk.close()
    desk = opened(vault)
    note(desk, "third")
    assert bodies(desk) == {"first", "second", "third"}
    desk.close()


@_POSIX
@pytest.mark.parametrize("exchange", [_renamed_over, _removed, _moved_away, _log_removed])
def test_both_versions_are_kept(exchange: Exchange, vault: Path, tmp_path: Path) -> None:
    """The incoming file stays as it is; what was open goes into a file of its own, under the same key."""
    desk = opened(vault)
    note(desk, "third")
    live = space_file(vault)
    exchange(live, space_file(tmp_path / "older"))
    with pytest.raises(VaultError) as refused:
        note(desk, "fourth")
    assert refused.value.detail["kept"] == 1
    desk.close()

    (kept,) = (vault / "spaces").glob("*-kept")
    assert kept.stat().st_mode & 0o077 == 0
    assert b"third" not in kept.read_bytes()
    kept.replace(live)
    for ending in ("-wal", "-shm"):
        live.with_name(live.name + ending).unlink(missing_ok=True)
    desk = opened(vault)
    assert bodies(desk) == {"first", "second", "third"}
    assert desk.checks.verify().clean
    desk.close()


@_POSIX
def test_what_came_in_is_not_mixed_with_what_was_open(vault: Path, tmp_path: Path) -> None:
    """The log of the open file must not be applied to the other one at the next opening."""
    incoming = space_file(tmp_path / "older").read_bytes()
    desk = opened(vault)
    note(desk, "third")
    _renamed_over(space_file(vault), space_file(tmp_path / "older"))
    with pytest.raises(VaultError):
        note(desk, "fourth")
    desk.close()
    assert space_file(vault).read_bytes() == incoming
    with pytest.raises(VaultError) as refused:
        opened(vault)
    assert refused.value.code is Code.OLDER_COPY
    desk = door(vault).open_desk(words(), lambda: EVENING, ZONE, accept_older=True)
    assert bodies(desk) == {"first"}
    assert desk.checks.verify().clean
    desk.close()


@_POSIX
def test_an_exchange_is_told_at_the_latest_when_the_vault_is_locked(vault: Path, tmp_path: Path) -> None:
    desk = opened(vault)
    note(desk, "third")
    _renamed_over(space_file(vault), space_file(tmp_path / "older"))
    with pytest.raises(VaultError) as refused:
        desk.close()
    assert (refused.value.code, refused.value.detail["kept"]) == (Code.REPLACED_WHILE_OPEN, 1)
    with pytest.raises(VaultError) as refused:
        opened(vault)  # the keys were wiped and the lock given back all the same
    assert refused.value.code is Code.OLDER_COPY


@_POSIX
def test_an_exchange_in_the_middle_of_a_change_is_not_acknowledged(vault: Path, tmp_path: Path) -> None:
    desk = opened(vault)
    body = desk.session.kinds.parse("note", {"body": "third"})
    with pytest.raises(VaultError) as refused, desk.session.change() as change:
        change.put("note", body)
        _renamed_over(space_file(vault), space_file(tmp_path / "older"))
    assert refused.value.code is Code.REPLACED_WHILE_OPEN
    desk.close()


def test_nothing_is_amiss_in_a_long_quiet_life(vault: Path) -> None:
    """Checkpoints, a growing file, a truncated log and readers beside it are not an exchange."""
    desk = opened(vault)
    for number in range(30):
        note(desk, f"number {number} " + "words " * 400)
        if number % 10 == 5:
            desk.session.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            assert cipher.integrity(desk.session.connection) == ()
    assert live_file(desk.session.connection) is not None
    desk.close()
    assert not list((vault / "spaces").glob("*-kept"))


def test_an_older_copy_is_recognised_and_opens_only_on_the_persons_word(vault: Path, tmp_path: Path) -> None:
    space = space_file(vault)
    shutil.copy(space_file(tmp_path / "older"), space)
    before = tree(vault)
    with pytest.raises(VaultError) as refused:
        opened(vault)
    assert refused.value.code is Code.OLDER_COPY
    assert "date" in refused.value.detail
    assert tree(vault).keys() - {"lock"} == before.keys() - {"lock"}
    assert space.read_bytes() == before[str(space.relative_to(vault))]

    desk = door(vault).open_desk(words(), lambda: EVENING, ZONE, accept_older=True)
    assert bodies(desk) == {"first"}
    desk.close()


def test_a_vault_put_back_as_a_whole_opens_as_what_it_is(vault: Path, tmp_path: Path) -> None:
    """Nothing inside can tell; security.md says so and the limits page too."""
    desk = opened(tmp_path / "older")
    assert bodies(desk) == {"first"}
    desk.close()


def test_a_header_of_the_generation_before_opens_the_file_of_today(vault: Path, tmp_path: Path) -> None:
    """The old header has seen less, so the file is not older than it knows."""
    shutil.copy(key_file(tmp_path / "older"), key_file(vault))
    desk = opened(vault)
    assert bodies(desk) == {"first", "second"}
    note(desk, "third")
    desk.close()
    desk = opened(vault)
    assert bodies(desk) == {"first", "second", "third"}
    assert desk.checks.verify().clean
    desk.close()


def test_a_log_that_was_left_out_of_a_copy_is_missed(vault: Path, tmp_path: Path) -> None:
    """Closed in an orderly way there is no log; after a kill there is, and a copy without it lacks what was in it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.vault_writer", "close-then-die", str(vault)], cwd=ROOT, check=False
    )
    assert done.returncode == -9
    log = space_file(vault).with_name(space_file(vault).name + "-wal")
    assert log.stat().st_size > 0
    whole = shutil.copytree(vault, tmp_path / "whole")
    log.unlink()
    desk = opened(vault)
    assert bodies(desk) == {"first", "second"}, "never seen by a header, so nothing can miss it"
    desk.close()
    desk = opened(whole)
    assert bodies(desk) == {"first", "second", "while alone"}
    desk.close()


def test_a_second_program_never_writes(vault: Path, tmp_path: Path) -> None:
    """Two processes on one vault, by its name and by a link: the second says so and leaves every byte as it is."""
    link = tmp_path / "link"
    if sys.platform != "win32":
        link.symlink_to(vault)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.vault_writer", "hold", str(vault)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "holding\n"
        before = tree(vault)
        for path in (vault, link) if link.exists() else (vault,):
            with pytest.raises(VaultError) as refused:
                opened(path)
            assert refused.value.code is Code.LOCKED_BY_ANOTHER
        assert tree(vault) == before
        holder.stdin.write("go on\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "saved\n"
        holder.kill()
    desk = opened(vault)  # a killed holder leaves nothing to clear
    assert bodies(desk) == {"first", "second", "while alone"}
    desk.close()


@_POSIX
def test_a_read_only_folder_is_said_to_be_one(vault: Path) -> None:
    """As somebody without special rights, since the superuser may write everywhere."""
    script = "import sys; from tests.faults.vault_writer import forbidden; forbidden(sys.argv[1])"
    folders = [vault, *(path for path in vault.rglob("*") if path.is_dir())]
    reachable = [folder for folder in vault.parents if folder != Path("/")]
    modes = {folder: folder.stat().st_mode for folder in reachable}
    before = tree(vault)
    try:
        for folder in reachable:
            folder.chmod(modes[folder] | 0o055)
        for path in (vault, *vault.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        done = subprocess.run(
            [sys.executable, "-c", script, str(vault)], cwd=ROOT, capture_output=True, text=True, check=False
        )
    finally:
        for folder in folders:
            folder.chmod(0o700)
        for folder in reachable:
            folder.chmod(modes[folder])
    assert (done.stdout, done.stderr) == (f"{Code.NO_PERMISSION.value}\n", "")
    assert tree(vault) == before
