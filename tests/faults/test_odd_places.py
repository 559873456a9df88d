"""Vaults in odd places: names nobody tests, folders that vanish or lose their rights while the vault is open.

Each name carries a whole life: made, written, closed, opened, searched, checked.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import Code, VaultError
from app.services import vaults
from tests.faults.known_keys import opened
from tests.fixtures.vault import copied, made

ROOT = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="rights and open files are different there")
NOBODY = 65534

NAMES = (
    "يوميات خاصة",
    "\u202eright to left\u202c",
    "יומן 2026",
    "📓🌿👩‍❤️‍👨",
    "日記・二人",
    "two  spaces and a tab\t",
    " leading and trailing ",
    "line\nbreak",
    "carriage\rreturn",
    "é" * 60,
    unicodedata.normalize("NFD", "été à Liège"),
    "n" * 255,
    "percent %41%00 %2e%2e",
    "question?mode=memory&cache=shared#part",
    "file:uri",
    'quo\'te "and" `back`',
    "semi;colon && rm -rf",
    "$HOME ${HOME} ~",
    "-rf",
    "--help",
    "..hidden..",
    "back\\slash",
    "star*?[a-z]",
    "CON",
    "a" * 100 + "/" + "b" * 100 + "/" + "c" * 100,
    "/".join(["deep"] * 60),
    "\u200bzero\u200dwidth\ufeff",
    "bell\a and escape\x1b[31m",
    "comma, [brackets] {braces} <angles> |pipe|",
    "v.db-wal",
)


@POSIX
@pytest.mark.fault("F6", "odd places")
@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_vault_lives_in_any_place(name: str, tmp_path: Path) -> None:
    root = tmp_path / name / "v"
    root.parent.mkdir(parents=True)
    copied(root)
    beside = {path.name for path in tmp_path.iterdir()}
    desk = opened(root)
    record = desk.journal.add("note", {"title": "found", "body": "again"})
    desk.close()
    assert vaults.exists(root)
    desk = opened(root)
    assert desk.journal.entry(record) is not None
    assert [hit.id for hit in desk.journal.search("again")] == [record]
    assert desk.checks.verify().clean
    desk.close()
    assert {path.name for path in tmp_path.iterdir()} == beside, "nothing is made anywhere else"


@POSIX
@pytest.mark.fault("F6", "odd places")
@pytest.mark.parametrize("name", ["\u202eيوميات 📓", "line\nbreak ?mode=memory#x"], ids=range(2))
def test_a_vault_is_made_in_any_place(name: str, tmp_path: Path) -> None:
    desk = made(tmp_path / name / "deeper" / "v")
    desk.close()
    assert vaults.exists(tmp_path / name / "deeper" / "v")


@POSIX
@pytest.mark.fault("F6", "odd places")
def test_a_name_the_system_cannot_hold_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    for name in ("n" * 256, "/".join(["d" * 200] * 30)):
        with pytest.raises(VaultError) as refused:
            made(tmp_path / "home" / name)
        assert refused.value.code is Code.WRITE_FAILED
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------------------------------------- taken away while open


def _whole_folder_removed(root: Path) -> None:
    shutil.rmtree(root)


def _whole_folder_renamed(root: Path) -> None:
    root.rename(root.with_name("elsewhere"))


def _folder_above_renamed(root: Path) -> None:
    root.parent.rename(root.parent.with_name("other home"))


def _spaces_renamed(root: Path) -> None:
    (root / "spaces").rename(root / "spaces (1)")


def _spaces_removed(root: Path) -> None:
    shutil.rmtree(root / "spaces")


def _another_folder_in_its_place(root: Path) -> None:
    root.rename(root.with_name("elsewhere"))
    copied(root)


def _names(place: Path) -> set[str]:
    """Everything there but what is kept on purpose: the other version, and the earlier header at closing."""
    return {str(path) for path in place.rglob("*") if not path.name.endswith(("-kept", ".old"))}


@POSIX
@pytest.mark.fault("F6", "taken away while open")
@pytest.mark.parametrize(
    "take_away",
    [
        _whole_folder_removed,
        _whole_folder_renamed,
        _folder_above_renamed,
        _spaces_renamed,
        _spaces_removed,
        _another_folder_in_its_place,
    ],
)
def test_a_vault_that_is_taken_away_is_not_written_and_not_made_again(
    take_away: Callable[[Path], None], tmp_path: Path
) -> None:
    """A stick that was pulled out looks like this; what was typed stays with the caller, who was refused."""
    root = tmp_path / "home" / "v"
    root.parent.mkdir()
    copied(root)
    desk = opened(root)
    desk.journal.add("note", {"body": "before"})
    take_away(root)
    there = _names(tmp_path)
    for _ in range(2):
        with pytest.raises(VaultError) as refused:
            desk.journal.add("note", {"body": "after"})
        assert refused.value.code is Code.REPLACED_WHILE_OPEN
    with pytest.raises(VaultError):
        desk.drafts.keep("here", "note", {"body": "after"})
    try:
        desk.close()
    except VaultError as refused_close:
        assert refused_close.code in {Code.REPLACED_WHILE_OPEN, Code.WRITE_FAILED, Code.NO_PERMISSION}  # noqa: PT017
    assert _names(tmp_path) <= there


# ------------------------------------------------------------------------------------------------------------ rights

_LIFE = """
import os, sys
from pathlib import Path
from app.domain.errors import LeewardError
from tests.faults.known_keys import opened
if os.geteuid() == 0:
    os.setuid(int(sys.argv[4]))
root, place, mode = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3], 8)
said = []
try:
    desk = opened(root)
    said.append("opened")
    desk.journal.add("note", {"body": "before"})
    for path in root.glob(place) if place != "." else [root]:
        path.chmod(mode)
    desk.journal.add("note", {"body": "after"})
    said.append("written")
except LeewardError as error:
    said.append(error.code.value)
try:
    desk.close()
    said.append("closed")
except LeewardError as error:
    said.append(error.code.value)
sys.stdout.write(" ".join(said))
"""
_ALLOWED = {"no_permission", "write_failed", "replaced_while_open"}


@POSIX
@pytest.mark.fault("F6", "rights taken away while open")
@pytest.mark.parametrize(
    "place, mode",
    [
        (".", 0o500),
        (".", 0o000),
        ("spaces", 0o500),
        ("spaces", 0o000),
        ("people", 0o500),
        ("people", 0o000),
        ("people/*.key", 0o000),
        ("spaces/*.db", 0o400),
        ("spaces/*.db*", 0o000),
        ("lock", 0o000),
    ],
)
def test_rights_that_vanish_lose_nothing_that_was_acknowledged(place: str, mode: int) -> None:
    home = Path(tempfile.mkdtemp(prefix="leeward-rights-"))
    try:
        home.chmod(0o755)
        root = copied(home / "v")
        if os.geteuid() == 0:
            for path in (home, root, *root.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        done = subprocess.run(
            [sys.executable, "-c", _LIFE, str(root), place, oct(mode), str(NOBODY)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stdout.split()
        assert done.stderr == ""
        assert said[0] == "opened"
        assert set(said[1:]) - {"written", "closed"} <= _ALLOWED, said
        for path in (root, *root.iterdir(), *root.glob("*/*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
        for path in (home, *home.rglob("*")):
            os.chown(path, os.geteuid(), os.getegid())
        desk = opened(root)
        bodies = {entry.preview or entry.title for entry in desk.journal.page(kinds=("note",)).entries}
        assert bodies >= ({"before", "after"} if "written" in said else {"before"})
        assert desk.checks.verify().clean
        desk.close()
    finally:
        shutil.rmtree(home)
