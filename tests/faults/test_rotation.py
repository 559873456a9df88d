"""All keys are changed, and killed on the way: exactly one of the two phrases opens, and every record is there."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import msgspec
import pytest

from app.crypto.header import Header
from app.crypto.kdf import FLOOR
from app.crypto.secret import Secret
from app.data import cipher, key_changes, rotation
from app.data import unlocked as unlocked_module
from app.data.vault_folder import VaultFolder
from app.domain.errors import Code, VaultError
from tests.faults.killed_points import outcomes
from tests.faults.rotation_writer import NEW, OLD, POINTS, STAYS_OLD, TURNS_NEW, opened, stolen, template
from tests.faults.table import Faults

ROUNDS, ROUNDS_FULL = 2, 200
"""Kills at each point of the way: 18 in all, or 1,800."""


@pytest.mark.skipif(sys.platform == "win32", reason="a child that dies on its way needs fork")
def test_killed_at_every_step_exactly_one_phrase_opens(
    tmp_path: Path, faults: Faults, request: pytest.FixtureRequest
) -> None:
    rounds = ROUNDS_FULL if request.config.getoption("--full") else ROUNDS
    found = outcomes("rotation_writer", tmp_path, rounds, 7)
    for point in POINTS:
        allowed = {"old"} if point in STAYS_OLD else {"new"} if point in TURNS_NEW else {"old", "new"}
        passed = sum(found[point, outcome] for outcome in allowed)
        faults.report("F1", f"all keys changed, killed: {point}", rounds, passed)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("rotation") / "vault"
    template(root)
    return root


@pytest.fixture
def vault(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "v")
    return tmp_path / "v"


def bodies(root: Path, phrase: str) -> list[bytes]:
    unlocked, space = opened(root, phrase)
    rows = [bytes(row[0]) for row in space.connection.execute("SELECT body FROM revision ORDER BY position")]
    space.close()
    unlocked.close()
    return rows


def test_everything_is_new_and_nothing_is_lost(vault: Path) -> None:
    people = {path.name: path.read_bytes() for path in (vault / "people").glob("*.key*")}
    before = bodies(vault, OLD)
    unlocked, space = opened(vault, OLD)
    old = (bytes(unlocked.space.key.view()), unlocked.space.path, unlocked.fingerprint, unlocked.space.epoch)
    shares: list[float] = []
    turned = rotation.rotate(unlocked, space, NEW, kdf=FLOOR, progress=shares.append)
    assert bytes(unlocked.space.key.view()) != old[0] and not old[1].exists()
    assert (unlocked.fingerprint != old[2], unlocked.space.epoch) == (True, old[3] + 1)
    assert shares == sorted(shares) and shares[-1] == 1.0
    turned.close()
    unlocked.close()
    assert bodies(vault, NEW) == before
    for earlier in (False, True):
        with pytest.raises(VaultError) as refusal:
            VaultFolder.open(vault).unlock(OLD, earlier=earlier)
        assert refusal.value.code is Code.WRONG_PASSPHRASE
    assert not stolen(vault, people)


@pytest.mark.parametrize("after", [0.0, 0.3])
def test_called_off_in_time_nothing_changed(vault: Path, after: float) -> None:
    before = bodies(vault, OLD)
    unlocked, space = opened(vault, OLD)
    share = [0.0]
    with pytest.raises(rotation.Cancelled):
        rotation.rotate(
            unlocked,
            space,
            NEW,
            kdf=FLOOR,
            progress=share.append,
            cancelled=lambda: share[-1] >= after,
        )
    assert unlocked.contents.leftover == ()
    with space.change(unlocked.person_id, zone="UTC") as change:  # the session goes on as it was
        change.put("note", space.kinds.parse("note", {"body": "afterwards"}))
    space.close()
    unlocked.close()
    assert len(list((vault / "spaces").glob("*.db"))) == 1
    assert bodies(vault, OLD)[:-1] == before


def test_a_copy_that_is_not_equal_is_never_used(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def loses_one(path: Path, key: object, salt: bytes, **options: object) -> object:
        connection = opening(path, key, salt, **options)  # type: ignore[arg-type]  # handed on as it came
        connection.execute("DELETE FROM revision WHERE position = (SELECT max(position) FROM revision)")
        return connection

    before, opening = bodies(vault, OLD), cipher.open_space
    unlocked, space = opened(vault, OLD)
    monkeypatch.setattr(rotation, "open_space", loses_one)
    with pytest.raises(VaultError) as refusal:
        rotation.rotate(unlocked, space, NEW, kdf=FLOOR)
    assert (refusal.value.code, refusal.value.detail["reason"]) == (Code.DAMAGED_ENTRIES, "copy")
    space.close()
    unlocked.close()
    assert bodies(vault, OLD) == before


def test_a_header_that_could_not_be_renamed_leaves_both_files_until_it_is_known_which_counts(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rename happened and its confirmation did not: the new file must not be tidied away."""
    before = bodies(vault, OLD)
    unlocked, space = opened(vault, OLD)
    writing, calls = unlocked_module._replaced, [0]

    def unsure(path: Path, raw: bytes, master: Secret) -> Header:
        calls[0] += 1
        written = writing(path, raw, master)
        if calls[0] == 4:
            raise VaultError(Code.WRITE_FAILED)
        return written

    monkeypatch.setattr(unlocked_module, "_replaced", unsure)
    with pytest.raises(VaultError):
        rotation.rotate(unlocked, space, NEW, kdf=FLOOR)
    monkeypatch.undo()
    space.close()
    unlocked.close()
    assert bodies(vault, NEW) == before


def test_a_file_the_header_needs_is_never_swept(vault: Path) -> None:
    unlocked, space = opened(vault, OLD)
    name = unlocked.space.path.name
    listed = (name, "0" * 32 + ".db")
    unlocked.change_header(lambda known: msgspec.structs.replace(known, leftover=listed))
    key_changes.sweep(unlocked)
    assert unlocked.space.path.exists() and unlocked.contents.leftover == ()
    space.close()
    unlocked.close()
