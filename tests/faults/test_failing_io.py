"""A device that fails: errors while writing, reading and syncing, at every single call a piece of work makes.

What was acknowledged stays, what is refused can be given again, and after a write that the disk did not confirm nothing
more is written until the vault is opened anew.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
import sqlcipher3

from app.crypto.kdf import FLOOR
from app.data.vault_folder import VaultFolder
from app.domain.errors import Code, VaultError
from app.domain.records import RecordId
from app.services import vaults
from app.services.desk import Desk
from tests.faults.file_calls import Call, TornError, Watch, available
from tests.faults.known_keys import opened
from tests.faults.table import Faults
from tests.fixtures.vault import NAME, PASSPHRASE, copied, words

pytestmark = pytest.mark.skipif(not available(), reason="the driver of this system hides its file layer")
TYPED = "words that took an hour " * 300
OTHER = "another quiet phrase by the water"


class Device:
    """A disk on which one call fails: the `at`-th of those that `which` chooses, if it says one."""

    def __init__(self, which: Callable[[Call], bool], at: int | None, failure: Callable[[Call], int]) -> None:
        self._which, self._at, self._failure = which, at, failure
        self._met = 0
        self.armed = False
        self.failed: Call | None = None
        self.later: list[Call] = []
        self.calls: list[Call] = []

    def __call__(self, call: Call) -> int | None:
        if self.failed is not None and call.kind != "read":
            self.later.append(call)
        if not self.armed or not self._which(call):
            return None
        self.calls.append(call)
        self._met += 1
        if self._at is None or self._met != self._at + 1:
            return None
        self.failed = call
        return self._failure(call)


def _torn(call: Call) -> int:
    raise TornError(len(call.data) // 2 if call.kind == "write" else call.offset // 2, errno.EIO)


FAILURES: dict[str, tuple[Callable[[Call], bool], Callable[[Call], int]]] = {
    "writing": (lambda call: call.kind == "write", lambda _: errno.EIO),
    "writing a part": (lambda call: call.kind == "write", _torn),
    "no room": (lambda call: call.kind == "write", lambda _: errno.ENOSPC),
    "syncing": (lambda call: call.kind in {"sync", "sync_folder"}, lambda _: errno.EIO),
    "names": (lambda call: call.kind in {"create", "rename", "unlink", "truncate", "mkdir"}, lambda _: errno.EIO),
}


def _add(desk: Desk) -> object:
    return desk.journal.add("note", {"title": "long", "body": TYPED})


def _edit(desk: Desk) -> object:
    first = desk.journal.page(kinds=("injury",)).entries[0]
    return desk.journal.edit(first.id, {"title": "a thread", "story": TYPED, "weight": 9})


def _draft(desk: Desk) -> object:
    desk.drafts.keep("here", "note", {"body": TYPED})
    return None


def _trigger(desk: Desk) -> object:
    return desk.journal.add("trigger", {"cue": TYPED[:200], "peak": 6, "move": ["withdraw"], "after": 2})


def _remove(desk: Desk) -> object:
    desk.journal.remove(desk.journal.page(kinds=("injury",)).entries[-1].id)
    return None


def _setting(desk: Desk) -> object:
    desk.session.name_partner("J" * 3000)
    return None


def _fold(desk: Desk) -> object:
    """Move what is in the log into the file."""
    desk.checks.verify()
    return None


def _close(desk: Desk) -> object:
    desk.journal.add("note", {"body": "x"})
    desk.close()
    return None


WORK = {work.__name__.strip("_"): work for work in (_add, _edit, _draft, _trigger, _remove, _setting, _fold, _close)}


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two threads, a draft, and keys that are derived once."""
    root = copied(tmp_path_factory.mktemp("template") / "v")
    desk = opened(root)
    for number in range(2):
        desk.journal.add("injury", {"title": f"thread {number}", "weight": 5})
    desk.drafts.keep("there", "note", {"body": "begun yesterday"})
    desk.close()
    return root


@cache
def _points(work: str, failure: str, root: Path) -> int:
    """How many calls of this kind a piece of work makes when all goes well."""
    target = root.parent / f"dry {work} {failure}"
    shutil.copytree(root, target)
    device = Device(FAILURES[failure][0], None, FAILURES[failure][1])
    with Watch(target, device):
        desk = opened(target)
        device.armed = True
        WORK[work](desk)
        device.armed = False
        desk.close()
    shutil.rmtree(target)
    return len(device.calls)


def _spread(count: int, most: int) -> list[int]:
    """Up to `most` numbers below `count`: the first, the last and evenly between."""
    if count <= most:
        return list(range(count))
    return sorted({round(number * (count - 1) / (most - 1)) for number in range(most)})


def _step(request: pytest.FixtureRequest) -> int:
    """Every call fails in a full run; in a short one every third."""
    return 1 if request.config.getoption("--full") else 3


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("work", WORK)
def test_a_failing_write_loses_nothing_and_ends_writing(
    work: str, failure: str, vault: Path, tmp_path: Path, faults: Faults, request: pytest.FixtureRequest
) -> None:
    points = _spread(_points(work, failure, vault), 200 if request.config.getoption("--full") else 2)
    for at in points:
        root = tmp_path / f"{at}"
        shutil.copytree(vault, root)
        _one_failure(root, WORK[work], failure, at)
        shutil.rmtree(root)
    if points:
        faults.report("F6", f"failing device: {failure}", tried=len(points), passed=len(points))


def _one_failure(root: Path, work: Callable[[Desk], object], failure: str, at: int) -> None:
    device = Device(FAILURES[failure][0], at, FAILURES[failure][1])
    refusal: VaultError | None = None
    made_record: object = None
    with Watch(root, device):
        desk = opened(root)
        device.armed = True
        try:
            made_record = work(desk)
        except VaultError as error:
            refusal = error
        assert device.failed is not None
        if refusal is not None and work is not _close:
            _expect_closed(desk, refusal, device)
        with suppress(VaultError):
            desk.close()
    desk = opened(root)
    assert desk.checks.verify().clean
    assert desk.drafts.find("there") is not None
    assert len(desk.journal.page(kinds=("injury",)).entries) >= 1 + (work is not _remove)
    if isinstance(made_record, str):
        assert desk.journal.entry(RecordId(made_record)) is not None, "acknowledged, and not there"
    work(desk)  # the same answers, given once more
    desk.close()


def _expect_closed(desk: Desk, refusal: VaultError, device: Device) -> None:
    """After an unconfirmed write nothing reaches the disk; a full one may be tried again."""
    assert refusal.code in {Code.WRITE_FAILED, Code.DISK_FULL}
    if refusal.code is Code.DISK_FULL:
        _draft(desk)
        return
    device.later.clear()
    for attempt in (_add, _draft, _setting):
        with pytest.raises(VaultError) as refused:
            attempt(desk)
        assert refused.value.code is Code.WRITE_FAILED
        assert refused.value.detail["reason"] == "earlier_failure"
    assert device.later == [], "written after a failure"


@pytest.mark.parametrize("failure", ["reading", "reading a part"])
def test_a_failing_read_is_a_refusal_and_never_an_empty_journal(
    failure: str, vault: Path, tmp_path: Path, faults: Faults, request: pytest.FixtureRequest
) -> None:
    """At reads of opening, of a page and of a search. What is not sorted yet the window reports as a failure."""
    step = _step(request)
    root = shutil.copytree(vault, tmp_path / "v")
    how = _torn if failure == "reading a part" else FAILURES["writing"][1]
    tried = 0
    while True:
        device = Device(lambda call: call.kind == "read", tried * step, how)
        device.armed = True
        with Watch(root, device), suppress(VaultError, sqlcipher3.Error):
            desk = opened(root)
            try:
                assert len(desk.journal.page(kinds=("injury",)).entries) == 2
                assert len(desk.journal.search("thread")) == 2
            finally:
                with suppress(VaultError):
                    desk.close()
        if device.failed is None:
            break
        tried += 1
        desk = opened(root)
        assert len(desk.journal.page(kinds=("injury",)).entries) == 2
        desk.close()
    assert tried > 10 // step
    faults.report("F6", f"failing device: {failure}", tried=tried, passed=tried)


@pytest.mark.parametrize("failure", FAILURES)
def test_a_creation_that_fails_leaves_nothing_behind(failure: str, tmp_path: Path, faults: Faults) -> None:
    which, how = FAILURES[failure]

    def make(root: Path, at: int | None) -> Device:
        device = Device(which, at, how)
        device.armed = True
        with Watch(tmp_path, device):
            vaults.found(root, NAME, PASSPHRASE, words(), kdf=FLOOR).shut()
        return device

    points = _spread(len(make(tmp_path / "dry", None).calls), 4)
    for at in points:
        root = tmp_path / f"{at}"
        try:
            make(root, at)
        except VaultError as refused:
            assert refused.code in {Code.WRITE_FAILED, Code.DISK_FULL}  # noqa: PT017  # either end is allowed
            assert not vaults.exists(root)
            make(root, None)
        desk = opened(root)
        assert desk.checks.verify().clean
        desk.close()
    if points:
        faults.report("F6", "failing device: making a vault", tried=len(points), passed=len(points))


@pytest.mark.parametrize("failure", FAILURES)
def test_a_passphrase_change_that_fails_leaves_one_that_opens(
    failure: str, vault: Path, tmp_path: Path, faults: Faults, request: pytest.FixtureRequest
) -> None:
    which, how = FAILURES[failure]
    step = _step(request)
    tried = 0
    while True:
        root = shutil.copytree(vault, tmp_path / f"{tried}")
        device = Device(which, tried * step, how)
        device.armed = True
        with VaultFolder.open(root).unlock(PASSPHRASE) as open_vault, Watch(root, device):
            changed = True
            try:
                open_vault.change_passphrase(OTHER, kdf=FLOOR)
            except VaultError:
                changed = False
        if device.failed is None:
            break
        desk = opened(root, (OTHER,) if changed else (PASSPHRASE, OTHER))
        desk.close()
        tried += 1
    if tried:
        faults.report("F6", "failing device: changing a passphrase", tried=tried, passed=tried)
