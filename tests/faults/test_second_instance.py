"""Two programs on one vault, by any name; a lock that outlived its program; what sync programs leave in the folder.

The second one never writes. What lies beside our files is left alone, and never taken for ours.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pytest

from app.domain.errors import Code, VaultError
from app.services.desk import Desk
from tests.faults.known_keys import opened
from tests.faults.table import Faults
from tests.faults.test_exchanged_files import bodies, note, tree
from tests.fixtures.vault import PASSPHRASE, copied, key_file, made, space_file
from tests.fixtures.vault import opened as fully_unlocked

ROOT = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links, signals and mounts are different there")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="folders are mounted twice this way on Linux only")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault with one note."""
    root = copied(tmp_path / "v")
    desk = opened(root)
    note(desk, "first")
    desk.close()
    return root


@contextmanager
def holder(vault: Path) -> Iterator[tuple[subprocess.Popen[str], IO[str], IO[str]]]:
    """Another program that has the vault open; its process, what it reads and what it says."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.vault_writer", "hold", str(vault)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "holding\n"
        try:
            yield process, process.stdin, process.stdout
        finally:
            process.kill()


def _refused(path: Path) -> Code:
    with pytest.raises(VaultError) as refused:
        opened(path)
    return refused.value.code


def _by_its_name(vault: Path) -> Path:
    return vault


def _by_a_link(vault: Path) -> Path:
    link = vault.parent / "link"
    link.symlink_to(vault)
    return link


def _by_a_link_to_a_link(vault: Path) -> Path:
    link = vault.parent / "second link"
    link.symlink_to(vault.parent / "link")
    return link


def _by_a_relative_link(vault: Path) -> Path:
    link = vault.parent / "relative"
    link.symlink_to(Path("..") / vault.parent.name / vault.name)
    return link


def _through_a_linked_folder(vault: Path) -> Path:
    link = vault.parent.with_name(vault.parent.name + " linked")
    link.symlink_to(vault.parent)
    return link / vault.name


def _by_a_way_round(vault: Path) -> Path:
    return vault / ".." / vault.name / "." / "people" / ".."


def _relative_to_here(vault: Path) -> Path:
    return Path(os.path.relpath(vault))


def _through_the_process(vault: Path) -> Path:
    return Path("/proc/self/root") / vault.relative_to("/")


WAYS: tuple[Callable[[Path], Path], ...] = (
    _by_its_name,
    _by_a_link,
    _by_a_link_to_a_link,
    _by_a_relative_link,
    _through_a_linked_folder,
    _by_a_way_round,
)
if sys.platform == "linux":
    WAYS += (_relative_to_here, _through_the_process)


@POSIX
def test_a_second_program_is_refused_by_any_name(vault: Path, faults: Faults) -> None:
    """One holder for all ways, since starting it takes the time of hundreds of refusals."""
    with holder(vault) as (_, say, hear):
        before = tree(vault)
        for way in WAYS:
            assert _refused(way(vault)) is Code.LOCKED_BY_ANOTHER, way.__name__
        assert tree(vault) == before
        say.write("go on\n")
        say.flush()
        assert hear.readline() == "saved\n"
    faults.report("F7", "second program, same vault", tried=len(WAYS), passed=len(WAYS))
    desk = opened(vault)
    assert bodies(desk) == {"first", "while alone"}
    desk.close()


@LINUX
@pytest.mark.fault("F7", "second program, same vault")
def test_a_second_program_is_refused_by_a_folder_mounted_twice(vault: Path) -> None:
    other = vault.parent / "mounted"
    other.mkdir()
    if subprocess.run(["mount", "--bind", str(vault), str(other)], capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        desk = opened(vault)
        assert _refused(other) is Code.LOCKED_BY_ANOTHER
        desk.close()
    finally:
        subprocess.run(["umount", "-l", str(other)], check=True)


@pytest.mark.fault("F7", "second program, same vault")
def test_another_case_of_the_name_is_the_same_vault_or_none(vault: Path) -> None:
    """On a disk that does not tell cases apart it is the same one; elsewhere there is nothing by that name."""
    desk = opened(vault)
    assert _refused(vault.with_name("V")) in {Code.LOCKED_BY_ANOTHER, Code.NO_VAULT}
    desk.close()


@pytest.mark.fault("F7", "second program, same vault")
def test_nobody_makes_a_vault_where_one_is_open(vault: Path) -> None:
    desk = opened(vault)
    before = tree(vault)
    with pytest.raises(VaultError) as refused:
        made(vault)
    assert refused.value.code in {Code.VAULT_EXISTS, Code.LOCKED_BY_ANOTHER}
    assert tree(vault) == before
    desk.close()


@pytest.mark.fault("F7", "second program, same vault")
def test_the_command_line_is_a_second_program_too(vault: Path) -> None:
    desk = opened(vault)
    before = tree(vault)
    done = subprocess.run(
        [sys.executable, "-m", "app", "list", "--vault", str(vault)],
        cwd=ROOT,
        input=PASSPHRASE + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "first" not in done.stdout
    assert tree(vault) == before
    desk.close()


def _kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()


def _end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait()


def _abort(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGABRT)
    process.wait()


@POSIX
@pytest.mark.fault("F7", "lock after its program ended")
@pytest.mark.parametrize("end", [_kill, _end, _abort])
def test_a_program_that_ended_leaves_no_lock(end: Callable[[subprocess.Popen[str]], None], vault: Path) -> None:
    with holder(vault) as (process, _, _):
        end(process)
        desk = opened(vault)
        assert bodies(desk) == {"first"}
        desk.close()


@POSIX
@pytest.mark.fault("F7", "lock after its program ended")
def test_a_program_that_sleeps_still_holds_its_vault(vault: Path) -> None:
    """Suspended is not ended: when it wakes it goes on writing."""
    with holder(vault) as (process, say, hear):
        process.send_signal(signal.SIGSTOP)
        assert _refused(vault) is Code.LOCKED_BY_ANOTHER
        process.send_signal(signal.SIGCONT)
        say.write("go on\n")
        say.flush()
        assert hear.readline() == "saved\n"


@pytest.mark.fault("F7", "lock after its program ended")
@pytest.mark.parametrize("content", [b"", b"12345\n", b"host=elsewhere pid=1", bytes(5000)], ids=range(4))
def test_whatever_a_left_lock_file_says_it_holds_nobody_off(content: bytes, vault: Path) -> None:
    (vault / "lock").write_bytes(content)
    desk = opened(vault)
    note(desk, "second")
    desk.close()
    assert (vault / "lock").read_bytes() == content, "it is not ours to write"


# ------------------------------------------------------------------------------------------ what sync programs leave


def _beside(vault: Path, name: Callable[[Path], str], source: Callable[[Path], Path] = space_file) -> None:
    original = source(vault)
    shutil.copy(original, original.with_name(name(original)))


def _long_ago(vault: Path) -> None:
    for path in vault.rglob("*"):
        os.utime(path, (0, 0))


LEFT: dict[str, Callable[[Path], object]] = {
    "conflict copy": lambda v: _beside(v, lambda p: f"{p.stem} (conflicted copy 2026-05-14).db"),
    "conflict copy of another kind": lambda v: _beside(v, lambda p: f"{p.stem}.sync-conflict-20260514-121212-ABC.db"),
    "copy of a system": lambda v: _beside(v, lambda p: f"Copy of {p.name}"),
    "numbered copy": lambda v: _beside(v, lambda p: f"{p.stem} (1).db"),
    "conflict copy of a header": lambda v: _beside(v, lambda p: f"{p.stem} (conflicted copy).key", key_file),
    "header under another name": lambda v: _beside(v, lambda p: p.name + "~", key_file),
    "part of a download": lambda v: space_file(v).with_suffix(".db.part").write_bytes(b"half"),
    "hidden temporary": lambda v: (v / "spaces" / ".~lock.file#").write_bytes(b"x"),
    "marker of a sync program": lambda v: (v / ".stfolder").mkdir(),
    "database of a sync program": lambda v: (v / ".sync_0123.db").write_bytes(b"SQLite format 3\0" + bytes(4080)),
    "settings of a system": lambda v: (v / "desktop.ini").write_text("[x]"),
    "thumbnails": lambda v: (v / "people" / "Thumbs.db").write_bytes(bytes(100)),
    "leavings of a system": lambda v: (v / "spaces" / ".DS_Store").write_bytes(bytes(100)),
    "twin by resource": lambda v: (v / "spaces" / ("._" + space_file(v).name)).write_bytes(bytes(4096)),
    "conflict of the public file": lambda v: shutil.copy(v / "vault.meta", v / "vault (1).meta"),
    "half of a public file": lambda v: (v / "vault.meta.tmp").write_bytes(b"{"),
    "half of a header": lambda v: key_file(v).with_suffix(".key.tmp").write_bytes(b"half"),
    "a folder in the people": lambda v: (v / "people" / "New Folder").mkdir(),
    "a link to nowhere": lambda v: (v / "people" / "link").symlink_to("/nowhere"),
    "times of copies": _long_ago,
    "index of a log": lambda v: space_file(v).with_name(space_file(v).name + "-shm").write_bytes(bytes(32768)),
    "empty log": lambda v: space_file(v).with_name(space_file(v).name + "-wal").write_bytes(b""),
    "log of zeros": lambda v: space_file(v).with_name(space_file(v).name + "-wal").write_bytes(bytes(8272)),
    "journal of zeros": lambda v: space_file(v).with_name(space_file(v).name + "-journal").write_bytes(bytes(512)),
}


@POSIX
@pytest.mark.fault("F7", "leavings of sync programs")
@pytest.mark.parametrize("what", LEFT)
def test_what_lies_beside_is_left_alone_and_never_taken_for_ours(what: str, vault: Path) -> None:
    ours = {path.name for path in vault.rglob("*") if path.is_file()}
    LEFT[what](vault)
    if "header" in what:  # the way a person unlocks looks through all key files
        fully_unlocked(vault).close()
    others = {name: data for name, data in tree(vault).items() if Path(name).name not in ours}
    desk = opened(vault)
    assert bodies(desk) == {"first"}
    note(desk, "second")
    assert desk.checks.verify().clean
    desk.close()
    desk = opened(vault)
    assert bodies(desk) == {"first", "second"}
    desk.close()
    own = ("-wal", "-shm", "-journal", ".tmp")  # these names are ours while the vault is open
    for name, data in others.items():
        if not name.endswith(own):
            assert (vault / name).read_bytes() == data


# ------------------------------------------------------------------------------------- partial and exchanged, live


def _cut_copy(vault: Path, other: Path) -> None:
    """The file as it is, half copied when the program looked away."""
    data = space_file(vault).read_bytes()
    space_file(vault).with_suffix(".new").write_bytes(data[: len(data) // 2 // 4096 * 4096])
    space_file(vault).with_suffix(".new").replace(space_file(vault))


def _foreign(vault: Path, other: Path) -> None:
    shutil.copy(space_file(other), space_file(vault).with_suffix(".new"))
    space_file(vault).with_suffix(".new").replace(space_file(vault))


def _linked(vault: Path, other: Path) -> None:
    live = space_file(vault)
    live.rename(live.with_suffix(".moved"))
    live.symlink_to(live.with_suffix(".moved"))


def _folder(vault: Path, other: Path) -> None:
    live = space_file(vault)
    live.rename(live.with_suffix(".moved"))
    live.mkdir()


def _log_emptied_by_name(vault: Path, other: Path) -> None:
    log = space_file(vault).with_name(space_file(vault).name + "-wal")
    log.rename(log.with_suffix(".moved"))
    log.write_bytes(b"")


def _same_bytes(vault: Path, other: Path) -> None:
    """The same content as another file: what is written to the open one would still vanish."""
    live = space_file(vault)
    shutil.copy(live, live.with_suffix(".new"))
    live.with_suffix(".new").replace(live)


@POSIX
@pytest.mark.fault("F7", "replaced under an open vault")
@pytest.mark.parametrize("exchange", [_cut_copy, _foreign, _linked, _folder, _log_emptied_by_name, _same_bytes])
def test_a_live_replacement_stops_writing_and_keeps_both(
    exchange: Callable[[Path, Path], None], vault: Path, tmp_path: Path
) -> None:
    other = copied(tmp_path / "other")
    desk = opened(vault)
    note(desk, "second")
    exchange(vault, other)
    attempts: tuple[Callable[[Desk], object], ...] = (
        lambda desk: note(desk, "third"),
        lambda desk: desk.drafts.keep("here", "note", {"body": "typed"}),
        lambda desk: desk.session.name_partner("Somebody"),
    )
    for attempt in attempts:
        with pytest.raises(VaultError) as refused:
            attempt(desk)
        assert refused.value.code is Code.REPLACED_WHILE_OPEN
    assert bodies(desk) >= {"first", "second"}, "what is open can still be read"
    with suppress(VaultError):
        desk.close()
    kept = list((vault / "spaces").glob("*-kept"))
    assert kept, "the version that was open is kept"


@POSIX
@pytest.mark.fault("F7", "replaced under an open vault")
def test_an_exchanged_header_is_not_written_over(vault: Path, tmp_path: Path) -> None:
    desk = opened(vault)
    note(desk, "second")
    shutil.copy(key_file(copied(tmp_path / "other")), key_file(vault))
    incoming = key_file(vault).read_bytes()
    with pytest.raises(VaultError) as refused:
        desk.close()
    assert refused.value.code is Code.REPLACED_WHILE_OPEN
    assert key_file(vault).read_bytes() == incoming
