"""Offers under faults: killed at every step of coming in, accepting, leaving and renewing; every byte changed."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.crypto.kdf import FLOOR
from app.data import arrivals, cipher, offers
from app.data.arrivals import Verdict
from app.data.vault_layout import Layout
from app.domain.errors import VaultError
from app.services.desk import Desk
from tests.faults.table import Faults
from tests.fixtures import two, vault

DONE, KILLED, FAILED = 0, 77, 99
STEPS = 4
"""Places a short run kills at in each scenario, spread evenly over all of them; a full run takes every one."""

Act = Callable[[Path], object]


# ------------------------------------------------------------------------------------------------ dying on the way


class _Steps:
    """Counts everything that changes the disk, and ends the process before a chosen one."""

    def __init__(self, last: int) -> None:
        self._last = last
        self.taken = 0

    def listen(self) -> None:
        def heard(event: str, arguments: tuple[object, ...]) -> None:
            flags = arguments[2] if event == "open" and len(arguments) > 2 else 0
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if event in {"os.rename", "os.remove", "os.unlink"} or (event == "open" and writes):
                self.step()

        sys.addaudithook(heard)
        real = cipher.SpaceConnection.execute

        def execute(connection: object, sql: str, *rest: object) -> object:
            if sql.lstrip()[:6].upper() in {"COMMIT", "INSERT", "UPDATE", "DELETE", "CREATE"}:
                self.step()
            return real(connection, sql, *rest)

        cipher.SpaceConnection.execute = execute  # this process ends in a moment

    def step(self) -> None:
        self.taken += 1
        if self.taken == self._last:
            os._exit(KILLED)


def child(root: Path, prepare: Callable[[Path], object], act: Callable[[object], object], last: int) -> tuple[int, int]:
    """Run `act` in a process that dies before its step number `last` (0: never). Returns how it ended, steps taken."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(reading)
            ready = prepare(root)
            steps = _Steps(last)
            steps.listen()
            act(ready)
            os.write(writing, str(steps.taken).encode())
            os._exit(DONE)
        finally:
            os._exit(FAILED)
    os.close(writing)
    said = b"".join(iter(lambda: os.read(reading, 64), b""))
    os.close(reading)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), int(said or b"0")


def killed_at_each_step(
    home: Path, start: Path, prepare: Act, act: Callable[[object], object], check: Act, *, every: bool
) -> tuple[int, int]:
    """Kill at the steps of a scenario, each time on a fresh copy, and check. Returns tries and how many passed."""
    trial = shutil.copytree(start, home / "whole")
    ended, steps = child(trial, prepare, act, 0)
    assert ended == DONE
    check(trial)
    places = (
        range(1, steps + 1) if every else sorted({1 + number * (steps - 1) // (STEPS - 1) for number in range(STEPS)})
    )
    passed = 0
    for place in places:
        copy = shutil.copytree(start, home / f"at-{place}")
        ended, _ = child(copy, prepare, act, place)
        assert ended == KILLED
        check(copy)
        passed += 1
        shutil.rmtree(copy)
    return len(places), passed


@functools.cache
def alone() -> two.Part:
    """The one person of the vault for one."""
    root = vault._template()
    return two.part_of(root, vault.key_file(root).stem, vault.PASSPHRASE)


def second_part(root: Path, first: str) -> two.Part:
    (other,) = set(two.person_files(root)) - {first}
    return two.part_of(root, other, two.OTHER_PASSPHRASE)


def welcome(desk: object) -> None:
    assert isinstance(desk, Desk)
    two.people_of(desk).welcome(two.OTHER_NAME, two.OTHER_PASSPHRASE, kdf=FLOOR)


def check_pair(root: Path, first: two.Part, second: two.Part, expected: set[str]) -> None:
    """Both open, read the same words, hold the same key of one space; nothing waits and nothing is left over."""
    for part, seen in ((first, set()), (second, set()), (first, expected), (second, expected)):
        desk = two.unlocked_desk(root, part)
        assert desk.session.shared_trouble is None
        assert seen <= two.texts(two.shared_of(desk))
        assert two.people_of(desk).pending() == ()
        desk.close()
    records = [two.contents_of(root, part).shared for part in (first, second)]
    assert [len(found) for found in records] == [1, 1]
    (one,), (other,) = records
    assert (one.space_id, one.file_name, one.key, one.epoch) == (
        other.space_id,
        other.file_name,
        other.key,
        other.epoch,
    )
    assert offers.find_offers(Layout(root)).offers == ()
    desk = two.unlocked_desk(root, first)
    assert two.shared_of(desk).verify().clean
    desk.close()


def check_welcome(root: Path) -> None:
    desk = two.unlocked_desk(root, alone())
    if len(two.person_files(root)) == 1:
        welcome(desk)
    two.write(desk, "for both")
    desk.close()
    check_pair(root, alone(), second_part(root, alone().person_file), {"for both"})


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a child that dies on its way needs fork")


@pytest.fixture
def every(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--full"))


def test_killed_while_a_second_person_comes_in(tmp_path: Path, faults: Faults, every: bool) -> None:
    start = vault.copied(tmp_path / "start")
    found = killed_at_each_step(
        tmp_path, start, lambda root: two.unlocked_desk(root, alone()), welcome, check_welcome, every=every
    )
    faults.report("F1", "a second person comes in, killed", *found)


def test_killed_while_accepting(tmp_path: Path, faults: Faults, every: bool) -> None:
    start = vault.copied(tmp_path / "start")
    desk = two.unlocked_desk(start, alone())
    welcome(desk)
    two.write(desk, "for both")
    desk.close()
    second = second_part(start, alone().person_file)
    found = killed_at_each_step(
        tmp_path,
        start,
        lambda root: root,
        lambda root: two.unlocked_desk(root, second),  # type: ignore[arg-type]
        lambda root: check_pair(root, alone(), second, {"for both"}),
        every=every,
    )
    faults.report("F1", "an offer is accepted, killed", *found)


def pair_with_words(root: Path) -> tuple[two.Part, two.Part]:
    two.copied(root)
    for open_desk, words in ((two.first_desk, "of the first"), (two.second_desk, "of the second")):
        desk = open_desk(root)
        two.write(desk, words)
        desk.close()
    two.first_desk(root).close()
    return two.template()[1:]


WORDS = {"of the first", "of the second"}


def test_killed_while_leaving(tmp_path: Path, faults: Faults, every: bool) -> None:
    first, second = pair_with_words(tmp_path / "start")

    def check(root: Path) -> None:
        desk = two.unlocked_desk(root, second)
        gone = desk.session.shared is None
        assert desk.session.shared_trouble is None
        assert gone == (two.contents_of(root, second).shared == ())
        desk.close()
        desk = two.unlocked_desk(root, first)
        assert two.texts(two.shared_of(desk)) == WORDS
        assert two.shared_of(desk).verify().clean
        desk.close()

    found = killed_at_each_step(
        tmp_path,
        tmp_path / "start",
        two.second_desk,
        lambda desk: two.people_of(desk).leave(),  # type: ignore[arg-type]
        check,
        every=every,
    )
    faults.report("F1", "one person leaves, killed", *found)


def test_killed_while_renewing(tmp_path: Path, faults: Faults, every: bool) -> None:
    first, second = pair_with_words(tmp_path / "start")

    def check(root: Path) -> None:
        check_pair(root, first, second, WORDS)
        assert len(list((root / "spaces").glob("*.db"))) == 3

    found = killed_at_each_step(
        tmp_path,
        tmp_path / "start",
        two.first_desk,
        lambda desk: two.people_of(desk).renew(),  # type: ignore[arg-type]
        check,
        every=every,
    )
    faults.report("F1", "the shared space gets a new key, killed", *found)


def test_killed_while_a_renewal_is_accepted_and_words_carried_over(tmp_path: Path, faults: Faults, every: bool) -> None:
    start = tmp_path / "start"
    first, second = pair_with_words(start)
    desk = two.first_desk(start)
    two.people_of(desk).renew()
    two.write(desk, "in the new file")
    desk.close()
    (path,) = [path for path, _ in offers.find_offers(Layout(start)).offers]
    kept = path.read_bytes()
    path.unlink()
    desk = two.second_desk(start)
    two.write(desk, "in the old file")
    desk.close()
    path.write_bytes(kept)

    def check(root: Path) -> None:
        check_pair(root, first, second, WORDS | {"in the new file", "in the old file"})
        assert len(list((root / "spaces").glob("*.db"))) == 3

    found = killed_at_each_step(
        tmp_path,
        start,
        lambda root: root,
        two.second_desk,  # type: ignore[arg-type]
        check,
        every=every,
    )
    faults.report("F1", "a new key is accepted, killed", *found)


# ------------------------------------------------------------------------------------------------ changed bytes


@pytest.fixture
def waiting(tmp_path: Path) -> tuple[Path, Path, two.Part]:
    """A vault in which an offer waits: its root, the offer's file, the person it is for."""
    root = vault.copied(tmp_path / "v")
    desk = two.unlocked_desk(root, alone())
    welcome(desk)
    desk.close()
    ((path, _),) = offers.find_offers(Layout(root)).offers
    return root, path, second_part(root, alone().person_file)


def test_every_changed_byte_of_an_offer_is_found(waiting: tuple[Path, Path, two.Part], faults: Faults) -> None:
    raw = waiting[1].read_bytes()
    tried = found = 0
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 1 << place % 8
        tried += 1
        try:
            offers.parse_offer(bytes(changed))
        except VaultError:
            found += 1
    for length in (*range(0, len(raw), 97), len(raw) + 1):
        tried += 1
        try:
            offers.parse_offer(raw[:length].ljust(length, b"\0"))
        except VaultError:
            found += 1
    faults.report("F3", "an offer: every byte, and cut short", tried, found)


def test_a_changed_offer_with_a_checksum_that_fits_again_is_never_taken(
    waiting: tuple[Path, Path, two.Part], faults: Faults
) -> None:
    root, path, second = waiting
    raw = path.read_bytes()
    before = two.header_of(root, second.person_file).raw
    opened = two.door(root, second).vault.unlocked
    known, left = opened.contents, frozenset[str]()
    tried = refused = 0
    length = int.from_bytes(raw[8:12], "big")
    for place in range(12 + length):
        for bit in (0, 5):
            changed = bytearray(raw[:-32])
            changed[place] ^= 1 << bit
            tried += 1
            try:
                offer = offers.parse_offer(bytes(changed) + hashlib.sha256(changed).digest())
            except VaultError:
                refused += 1
                continue
            verdict = arrivals._judged(opened, known, left, path, offer).verdict
            refused += verdict in {Verdict.FORGED, Verdict.NOT_MINE}
    opened.close()
    assert two.header_of(root, second.person_file).raw == before
    faults.report("F3", "an offer changed on purpose", tried, refused)


def test_a_damaged_offer_keeps_nobody_out_and_is_made_again(waiting: tuple[Path, Path, two.Part]) -> None:
    root, path, second = waiting
    damaged = bytearray(path.read_bytes())
    damaged[700] ^= 4
    path.write_bytes(damaged)
    desk = two.unlocked_desk(root, second)
    assert desk.session.shared is None
    desk.journal.add("note", {"body": "my own part works"})
    desk.close()
    desk = two.unlocked_desk(root, alone())
    two.write(desk, "for both")
    desk.close()
    assert not path.exists()
    check_pair(root, alone(), second, {"for both"})
