"""F4 and F3: a space file cut, emptied, doubled or with one bit changed is never taken for whole, nor for a new one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.crypto.secret import Secret
from app.data.backup_set import BackupKey
from app.data.cipher import open_space
from app.data.looking import Looked, look_through
from app.data.space import Space, belongs_to
from app.domain.errors import VaultError
from tests.data.sets import opened
from tests.faults.table import Faults
from tests.fixtures import vault
from tests.fixtures.session import shipped_kinds

PAGE = 4096
NOTES = 12


class Target:
    """A closed space file, its keys, and what it holds when whole."""

    def __init__(self, root: Path) -> None:
        live = opened(root, NOTES)
        assert live.desk.vault is not None
        header, master = live.desk.vault.unlocked.lend()
        self.key = BackupKey(header, master)
        live.close()
        self.path = vault.space_file(root)
        self.whole = self.path.read_bytes()
        self.record = self.key.contents.private

    def look(self) -> Looked:
        """Everything the checks say of the file as it is now."""
        with Secret(self.record.key) as secret:
            return look_through(self.path, secret, self.record.salt, self.key.meta_of(self.record))

    def shown(self) -> int | None:
        """How many entries the whole open sequence would show; None when it refuses."""
        check = belongs_to(self.key.meta_of(self.record))
        try:
            with Secret(self.record.key) as secret:
                connection = open_space(self.path, secret, self.record.salt, check=check)
        except VaultError:
            return None
        try:
            space = Space.open(connection, shipped_kinds())
            return int(space.connection.execute("SELECT count(*) FROM record").fetchone()[0])
        except VaultError:
            return None
        finally:
            connection.close()

    def found(self) -> bool:
        """Whether the checks refuse the file or find something in it."""
        try:
            return not self.look().clean
        except VaultError:
            return True

    def holds(self, data: bytes) -> bool:
        """What a changed file must do: be refused or found out, never show an empty journal, and stay as it is."""
        self.path.write_bytes(data)
        found = self.found()
        untouched = self.path.read_bytes() == data
        shown = self.shown()
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        same = not found and shown == NOTES  # more of the same behind its end changes nothing
        return untouched and shown != 0 and (shown is None or self.path.read_bytes() == data) and (found or same)


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Target]:
    made = Target(tmp_path / "vault")
    yield made
    made.key.wipe()


def cuts(whole: bytes, count: int, chance: random.Random) -> Iterator[bytes]:
    """Nothing, doubled, then cuts: at every page boundary, anywhere, and with zeros in place of the end."""
    yield b""
    yield whole + whole
    yield whole[: len(whole) // 2] + whole[: len(whole) // 2]
    boundaries = list(range(PAGE, len(whole), PAGE))
    for at in boundaries:
        yield whole[:at]
    for at in boundaries:
        yield whole[:at].ljust(len(whole), b"\0")
    for _ in range(max(0, count - 3 - 2 * len(boundaries))):
        yield whole[: chance.randrange(1, len(whole))]


def test_cut_emptied_or_doubled_it_is_never_a_new_journal(
    target: Target, pytestconfig: pytest.Config, faults: Faults
) -> None:
    tried = list(cuts(target.whole, 300 if pytestconfig.getoption("--full") else 100, random.Random(4)))
    faults.report("F4", "a space cut, emptied, doubled", len(tried), sum(map(target.holds, tried)))


def test_every_flipped_bit_of_a_space_is_found(target: Target, pytestconfig: pytest.Config, faults: Faults) -> None:
    assert not target.found()
    chance = random.Random(3)
    count = 2000 if pytestconfig.getoption("--full") else 200
    found = 0
    for _ in range(count):
        hurt = bytearray(target.whole)
        hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
        target.path.write_bytes(hurt)
        found += target.found()
    for at in range(16):
        hurt = bytearray(target.whole)
        hurt[at] ^= 1
        target.path.write_bytes(hurt)
        found += target.found()
    faults.report("F3", "a bit of a space", count + 16, found)
