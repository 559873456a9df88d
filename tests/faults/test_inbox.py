"""The sealed inbox under attack and after crashes: nothing joins twice, nothing changed joins, nobody is kept out."""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.data import inbox
from app.data.cards import read_cards, write_card
from app.data.inbox import HEAD_BYTES, Waiting, look, open_parcel
from app.data.unlocked import Unlocked
from app.data.vault_layout import Layout
from app.data.vault_meta import random_id
from app.domain.errors import Code, VaultError
from tests.faults.table import Faults
from tests.fixtures import two
from tests.fixtures.inboxes import card_of, door, leave, new_vault, notes, opened, parcels, template

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def unlocked(tmp_path: Path) -> Iterator[Unlocked]:
    """The keys of a vault; its private file stays closed, so that looking and opening can be tried often."""
    found = door(new_vault(tmp_path / "v"))
    yield found.vault.unlocked
    found.shut()


def _joins(unlocked: Unlocked) -> list[str]:
    """The ids of all parcels that open for this person; the only refusal is the one that is planned."""
    ids: list[str] = []
    for waiting in look(Layout(unlocked.root), unlocked.person_file).mine:
        try:
            ids.append(open_parcel(waiting, unlocked.vault_id, unlocked.identity).id)
        except VaultError as refused:
            if refused.code not in {Code.DAMAGED_ENTRIES, Code.INCOMPLETE_COPY}:
                raise
    return ids


def test_every_flipped_byte_and_every_cut_of_a_parcel_is_refused(unlocked: Unlocked, faults: Faults) -> None:
    file = leave(unlocked.root, "whole")
    raw = file.read_bytes()
    assert len(_joins(unlocked)) == 1
    flips = cuts = 0
    for place in range(len(raw)):
        file.write_bytes(raw[:place] + bytes([raw[place] ^ (1 << place % 8)]) + raw[place + 1 :])
        flips += _joins(unlocked) == []
    faults.report("F3", "bytes of a sealed parcel", len(raw), flips)
    others = (*(raw[:cut] for cut in range(len(raw))), raw + b"\0", raw + b" " * 1024, raw + raw)
    for other in others:
        file.write_bytes(other)
        cuts += _joins(unlocked) == []
    faults.report("F4", "a sealed parcel cut or grown", len(others), cuts)
    file.write_bytes(raw)
    assert len(_joins(unlocked)) == 1


def _fuzzed(raw: bytes, chance: random.Random) -> bytes:
    made = bytearray(raw)
    what = chance.randrange(5)
    if what == 0:
        for _ in range(chance.randint(1, 40)):
            made[chance.randrange(len(made))] = chance.randrange(256)
    elif what == 1:
        made[:HEAD_BYTES] = chance.randbytes(HEAD_BYTES)
    elif what == 2:
        made[8:HEAD_BYTES] = chance.randbytes(HEAD_BYTES - 8)
    elif what == 3:
        made[HEAD_BYTES:] = chance.randbytes(len(made) - HEAD_BYTES)
    else:
        start, end = sorted(chance.randrange(len(made)) for _ in range(2))
        del made[start : end + 1]
        made += chance.randbytes(chance.randrange(3000))
    return bytes(made)


@pytest.mark.parametrize("count", [2_000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_fuzzed_parcels_never_join_and_never_crash(count: int, unlocked: Unlocked, faults: Faults) -> None:
    chance = random.Random(61)
    file = leave(unlocked.root, "whole")
    raw, refused = file.read_bytes(), 0
    for _ in range(count):
        made = _fuzzed(raw, chance)
        file.write_bytes(made)
        refused += _joins(unlocked) == [] or made == raw
    faults.report("F9", "sealed parcels, fuzzed", count, refused)


def test_parcels_for_another_person_or_vault_do_not_open_here(tmp_path: Path, faults: Faults) -> None:
    here, there = new_vault(tmp_path / "here"), new_vault(tmp_path / "there", "second")
    theirs = leave(there, "for the other vault").read_bytes()
    mine = leave(here, "for me").read_bytes()
    person = bytes.fromhex(card_of(here).person_file)
    (here / "inbox" / (random_id() + ".sealed")).write_bytes(theirs)
    (here / "inbox" / (random_id() + ".sealed")).write_bytes(theirs[:8] + person + theirs[24:])
    other = random_id()  # somebody else has a part here, and a parcel of mine is addressed anew to them
    (here / "people" / f"{other}.key").write_bytes(b"")
    (here / "inbox" / (random_id() + ".sealed")).write_bytes(mine[:8] + bytes.fromhex(other) + mine[24:])
    (here / "people" / f"{other}.key").unlink()
    with opened(here) as desk:
        assert notes(desk) == ["for me"]
        assert desk.inbox is not None
        faults.report("F5", "sealed parcels of others", 3, desk.inbox.news().kept_back)


def test_a_parcel_of_the_other_person_waits_for_them_and_is_no_fault(tmp_path: Path) -> None:
    here = new_vault(tmp_path / "here")
    mine = leave(here, "for me").read_bytes()
    other = random_id()
    shutil.copy(next((here / "people").glob("*.key")), here / "people" / f"{other}.key")
    (here / "inbox" / (random_id() + ".sealed")).write_bytes(mine[:8] + bytes.fromhex(other) + mine[24:])
    found = look(Layout(here), card_of(here).person_file)
    assert (len(found.mine), found.strange) == (1, ())


def test_a_card_with_foreign_keys_lets_nothing_join_and_nothing_crash(tmp_path: Path) -> None:
    here = new_vault(tmp_path / "here")
    card = card_of(here)
    with_keys = door(new_vault(tmp_path / "there", "second"), "second")
    write_card(Layout(here), card.vault_id, card.person_file, card.person_id, with_keys.vault.unlocked.identity, 1)
    with_keys.shut()
    leave(here, "taken by someone else")
    with opened(here) as desk:
        assert notes(desk) == []
        assert desk.inbox is not None
        assert desk.inbox.news().kept_back == 1
    leave(here, "sealed to me again")
    with opened(here) as desk:
        assert notes(desk) == ["sealed to me again"]


def _killed(arguments: list[str], delay_s: float) -> list[str]:
    command = [sys.executable, "-m", "tests.faults.inbox_writer", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(delay_s)
        writer.kill()
        return [line for line in writer.stdout.read().split("\n")[:-1] if line]


@pytest.mark.parametrize("count", [4, pytest.param(200, marks=pytest.mark.slow)])
def test_killed_while_leaving_everything_acknowledged_joins_once_and_in_order(
    count: int, tmp_path: Path, faults: Faults
) -> None:
    chance, passed, left = random.Random(62), 0, 0
    for number in range(count):
        root = new_vault(tmp_path / str(number))
        said = _killed(["drop", str(root), ""], chance.uniform(0.0, 0.05))
        with opened(root) as desk:
            found = notes(desk)
            assert desk.inbox is not None
            whole = desk.inbox.news().kept_back == 0
        expected = [f"note {at}" for at in range(len(said))]
        passed += whole and found[: len(said)] == expected and found == [f"note {at}" for at in range(len(found))]
        left += len(said)
        shutil.rmtree(root)
    faults.report("F1", "while leaving something", count, passed)
    assert left > 0


@pytest.mark.parametrize("count", [4, pytest.param(200, marks=pytest.mark.slow)])
def test_killed_while_joining_everything_joins_once_and_in_order(count: int, tmp_path: Path, faults: Faults) -> None:
    chance, passed, cut = random.Random(63), 0, 0
    key = template("first")[1].hex()
    full = new_vault(tmp_path / "full")
    expected = [f"note {number}" for number in range(40)]
    for words in expected:
        leave(full, words)
    for number in range(count):
        root = tmp_path / str(number)
        shutil.copytree(full, root)
        said = _killed(["join", str(root), key], chance.uniform(0.0, 0.25))
        waiting = len(parcels(root))
        cut += 0 < waiting < len(expected) or not said
        with opened(root) as desk:
            passed += notes(desk) == expected and parcels(root) == [] and desk.checks.verify().clean
        shutil.rmtree(root)
    faults.report("F1", "while the inbox joins", count, passed)
    assert cut > 0


def test_a_full_disk_refuses_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = new_vault(tmp_path / "v")
    whole = os.write

    def full(descriptor: int, data: bytes | memoryview) -> int:
        if len(data) > HEAD_BYTES:
            raise OSError(errno.ENOSPC, "full")
        return whole(descriptor, data)

    with monkeypatch.context() as here:
        here.setattr(os, "write", full)
        with pytest.raises(VaultError) as refused:
            leave(root, "typed")
    assert refused.value.code is Code.DISK_FULL
    assert parcels(root) == []
    leave(root, "typed")
    with opened(root) as desk:
        assert notes(desk) == ["typed"]


def test_files_that_cannot_be_taken_away_join_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = new_vault(tmp_path / "v")
    leave(root, "stubborn")

    def refuse(_paths: object, _layout: object) -> None:
        """As a folder that may only be read does."""

    with monkeypatch.context() as here:
        here.setattr("app.data.inbox.take_away", refuse)
        with opened(root) as desk:
            assert notes(desk) == ["stubborn"]
    assert len(parcels(root)) == 1
    with opened(root) as desk:
        assert notes(desk) == ["stubborn"]
        assert parcels(root) == []


def test_a_parcel_that_goes_away_while_it_is_looked_at_is_no_failure(unlocked: Unlocked) -> None:
    file = leave(unlocked.root, "gone")
    (waiting,) = look(Layout(unlocked.root), unlocked.person_file).mine
    assert isinstance(waiting, Waiting)
    file.unlink()
    with pytest.raises(VaultError) as refused:
        open_parcel(waiting, unlocked.vault_id, unlocked.identity)
    assert refused.value.code is Code.INCOMPLETE_COPY


@pytest.mark.fault("F16", "drafts of no shape of ours")
@pytest.mark.parametrize(
    ("form", "key", "answers"),
    [
        ("note", "new:note", {"body": {"a": 1}}),
        ("note", "new:note", {"body": [[1]]}),
        ("trigger", "trigger", {"peak": "x"}),
        ("trigger", "trigger", {"peak": 10**30}),
        ("checkin", "checkin", {"nonsense": True}),
        ("note", "", {"body": "no place for it"}),
        ("note", "k" * 5000, {"body": "no place for it"}),
    ],
)
def test_a_draft_that_no_form_can_show_stands_in_none(
    tmp_path: Path, form: str, key: str, answers: dict[str, object]
) -> None:
    """It becomes a note where it has words, or stays in the inbox: nothing opens a form on it."""
    root = two.copied(tmp_path / "v")
    card = next(card for card in read_cards(Layout(root)) if card.person_file == two.template()[1].person_file)
    inbox.drop(root, card, inbox.Parcel("d" * 32, inbox.DRAFT, answers, 1_790_000_000_000, "UTC", key, form))
    desk = two.first_desk(root)
    assert desk.drafts.all() == []
    assert desk.inbox is not None
    told = desk.inbox.news()
    assert len(told.joined) + told.kept_back == 1
    desk.close()
