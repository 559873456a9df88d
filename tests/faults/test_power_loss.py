"""The power goes at any moment: nothing that was acknowledged is lost, and the vault opens whole.

A program works on a real vault and every file call it makes is written down (file_calls.py). The log is then cut at
random points; for each cut a disk is made as a power failure could leave it (power_loss_model.py) and opened as at any
other time.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from app.domain.errors import LeewardError
from app.domain.records import RecordId
from app.services import vaults
from tests.faults.file_calls import Call, available
from tests.faults.known_keys import opened
from tests.faults.power_loss_model import Disk
from tests.faults.table import Faults
from tests.fixtures.vault import PASSPHRASE, copied

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not available(), reason="the driver of this system hides its file layer")


@dataclass
class Told:
    """What the person knew at the moment of the cut."""

    notes: dict[str, int] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    draft: int = 0
    phrases: tuple[str, ...] = (PASSPHRASE,)
    made: bool = False

    def take(self, said: dict[str, object]) -> None:
        match said:
            case {"note": str(record), "version": int(version)}:
                self.notes[record] = version
            case {"removed": str(record)}:
                del self.notes[record]
                self.removed.add(record)
            case {"draft": int(number)}:
                self.draft = number
            case {"trying": str(phrase)}:
                self.phrases = (*self.phrases, phrase)
            case {"phrase": str(phrase)}:
                self.phrases = (phrase,)
            case {"made": True}:
                self.made = True
            case _:
                raise AssertionError(said)


def check(root: Path, told: Told) -> None:
    """Nothing acknowledged is lost, everything is whole, and it can be written again."""
    desk = opened(root, told.phrases)
    try:
        assert desk.checks.verify().clean
        for record, version in told.notes.items():
            entry = desk.journal.entry(RecordId(record))
            assert entry is not None, "a saved note is missing"
            assert int(entry.title.removeprefix("v ")) >= version, "a saved edit is missing"
        for record in told.removed:
            assert desk.journal.entry(RecordId(record)) is None
        draft = desk.drafts.find("here")
        assert told.draft == 0 or (draft is not None and int(str(draft.body["title"])) >= told.draft)
        desk.journal.add("note", {"body": "life goes on"})
    finally:
        desk.close()


def _log(root: Path, seed: int, acts: int, *more: str) -> list[Call]:
    """Let the writer live on `root` in a process of its own; what it asked of the disk."""
    log = root.parent / "log"
    command = [sys.executable, "-m", "tests.faults.power_loss_writer", str(root), str(log), str(seed), str(acts), *more]
    subprocess.run(command, cwd=ROOT, check=True, timeout=300)
    return msgspec.msgpack.decode(log.read_bytes(), type=list[Call])


def _cuts(place: Path, cuts: int, seed: int) -> tuple[int, int]:
    """So many power cuts in one life. Returns how many, and how many of them had something to lose."""
    root = copied(place / "v")
    disk = Disk(root)
    log = _log(root, seed, acts=120)
    chance = random.Random(seed)
    moments = sorted(chance.sample(range(1, len(log)), min(cuts, len(log) - 1)))
    told, done, uncertain = Told(), 0, 0
    for number, call in enumerate(log):
        if moments and number == moments[0]:
            moments.pop(0)
            image = place / "image"
            uncertain += disk.uncertain > 0
            luck = disk.cut(chance, image)
            try:
                check(image, told)
            except (LeewardError, AssertionError) as lost:
                raise AssertionError(f"cut before call {number} of {len(log)}, unsynced writes {luck.mode}") from lost
            shutil.rmtree(image)
            done += 1
        if call.kind == "said":
            told.take(json.loads(call.path))
        else:
            disk.take(call)
    return done, uncertain


def test_after_a_power_cut_everything_that_was_saved_is_there(tmp_path: Path, faults: Faults) -> None:
    done, uncertain = _cuts(tmp_path, 180, seed=1)
    assert uncertain > done // 3, "most cuts must have something to lose"
    faults.report("F2", "power cuts while writing", tried=done, passed=done)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 11))
def test_after_many_power_cuts_everything_that_was_saved_is_there(seed: int, tmp_path: Path, faults: Faults) -> None:
    done, _ = _cuts(tmp_path, 200, seed)
    faults.report("F2", "power cuts while writing", tried=done, passed=done)


def test_the_model_itself_finds_what_a_missing_sync_loses(tmp_path: Path) -> None:
    """The same log without its syncs: then cuts do lose what was acknowledged, or the test above proves nothing."""
    root = copied(tmp_path / "v")
    disk, told = Disk(root), Told()
    lost = 0
    log = [call for call in _log(root, 3, acts=20) if call.kind != "sync"]
    for number, call in enumerate(log):
        if call.kind == "said":
            told.take(json.loads(call.path))
            image = tmp_path / f"image {number}"
            disk.cut(random.Random(number), image)
            try:
                check(image, told)
            except (LeewardError, AssertionError, OSError, ValueError):
                lost += 1
                if lost > 5:
                    break
        else:
            disk.take(call)
    assert lost > 5


def _created(place: Path, seed: int, cuts: int) -> int:
    """Cut while a vault is made: it is a whole one or none; once it was said to be made, it opens."""
    root = place / "home" / "v"
    root.parent.mkdir(parents=True)
    disk, told, chance = Disk(root.parent), Told(), random.Random(seed)
    log = _log(root, seed, 0, "--create")
    end = next(number for number, call in enumerate(log) if call.kind == "said") + 3
    moments = [*chance.sample(range(end - 3), min(cuts - 10, end - 3)), *[end - 1] * 10]
    for number, call in enumerate(log[:end]):
        for turn in range(moments.count(number)):
            image = place / f"image {number} {turn}"
            disk.cut(chance, image)
            if told.made or vaults.exists(image / "v"):
                desk = opened(image / "v", told.phrases)
                assert desk.checks.verify().clean
                desk.close()
            shutil.rmtree(image)
        if call.kind == "said":
            told.take(json.loads(call.path))
        else:
            disk.take(call)
    return len(moments)


def test_a_vault_being_made_is_whole_or_none(tmp_path: Path, faults: Faults) -> None:
    done = _created(tmp_path, seed=1, cuts=20)
    faults.report("F2", "power cuts while a vault is made", tried=done, passed=done)


@pytest.mark.slow
def test_a_vault_being_made_is_whole_or_none_in_a_long_run(tmp_path: Path, faults: Faults) -> None:
    done = sum(_created(tmp_path / str(seed), seed, cuts=60) for seed in range(2, 6))
    faults.report("F2", "power cuts while a vault is made", tried=done, passed=done)
