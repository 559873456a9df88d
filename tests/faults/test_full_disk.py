"""A disk that fills up at any moment: what was acknowledged stays, what was typed can be saved again.

On a file system of its own, filled to within a few bytes, so that every point where writing may stop is met.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from app.domain.errors import Code, VaultError
from app.services.desk import Desk
from tests.fixtures.vault import copied, opened

pytestmark = [
    pytest.mark.fault("F6", "disk full"),
    pytest.mark.skipif(sys.platform != "linux", reason="small file systems are mounted this way on Linux only"),
]
PAGE = 4096
TYPED = "words that took an hour " * 300


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two mebibytes."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "tmpfs", str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


class Filler:
    """A file that takes all room but a little."""

    def __init__(self, place: Path) -> None:
        self._path = place / "filler"

    def leave(self, room: int) -> None:
        self.free()
        with self._path.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(PAGE))
        os.truncate(self._path, max(0, self._path.stat().st_size - room))

    def free(self) -> None:
        self._path.unlink(missing_ok=True)


def _refusal(attempt: Callable[[], object]) -> Code | None:
    try:
        attempt()
    except VaultError as refused:
        return refused.code
    return None


def _add(desk: Desk) -> object:
    return desk.journal.add("note", {"body": TYPED})


def _edit(desk: Desk) -> object:
    first = desk.journal.page(kinds=("injury",)).entries[0]
    return desk.journal.edit(first.id, {"title": "a thread", "story": TYPED, "weight": 9})


def _draft(desk: Desk) -> object:
    desk.drafts.keep("here", "note", {"body": TYPED})
    return None


def _trigger(desk: Desk) -> object:
    return desk.journal.add("trigger", {"cue": TYPED[:200], "peak": 6, "move": ["withdraw"], "after": 2})


def _remove(desk: Desk) -> object:
    desk.journal.remove(desk.journal.page(kinds=("injury",)).entries[0].id)
    return None


def _setting(desk: Desk) -> object:
    desk.session.name_partner("J" * 6000)
    return None


@pytest.mark.parametrize("write", [_add, _edit, _draft, _trigger, _remove, _setting])
def test_a_write_that_finds_no_room_loses_nothing_and_can_be_repeated(
    write: Callable[[Desk], object], disk: Path
) -> None:
    """At every page the disk may fill up at: the write is whole or refused, and everything earlier stands."""
    desk = opened(copied(disk / "v"))
    kept = [desk.journal.add("injury", {"title": f"thread {number}", "weight": 5}) for number in range(3)]
    filler, outcomes = Filler(disk), set()
    for room in (0, PAGE, 2 * PAGE, 4 * PAGE, 8 * PAGE, 16 * PAGE, 40 * PAGE):
        filler.leave(room)
        standing = sum(desk.journal.counts().values())
        heads = desk.session.space.chain_head(desk.session.person.id)
        try:
            write(desk)
        except VaultError as refused:
            outcomes.add(refused.code)
            assert sum(desk.journal.counts().values()) == standing
            assert desk.session.space.chain_head(desk.session.person.id) == heads
        else:
            outcomes.add(None)
            break
        assert all(desk.journal.entry(record) is not None for record in kept)
    assert outcomes == {Code.DISK_FULL, None}, "met a full disk, and got through in the end"
    filler.free()
    write(desk)
    assert desk.checks.verify().clean
    desk.close()
    desk = opened(disk / "v")
    assert desk.checks.verify().clean
    desk.close()


def test_typed_text_waits_in_the_form_and_goes_in_once_there_is_room(disk: Path) -> None:
    """Refused as a record and as a draft; the same answers are accepted when the disk has room again."""
    root = copied(disk / "v")
    desk, filler = opened(root), Filler(disk)
    filler.leave(0)
    answers: dict[str, object] = {"title": "long", "body": TYPED}
    for attempt in (lambda: desk.drafts.keep("note", "note", answers), lambda: desk.journal.add("note", answers)):
        with pytest.raises(VaultError) as refused:
            attempt()
        assert refused.value.code is Code.DISK_FULL
    assert desk.drafts.all() == []
    filler.free()
    desk.drafts.keep("note", "note", answers)
    record = desk.journal.add("note", answers, draft="note")
    desk.close()
    desk = opened(root)
    assert desk.session.kinds.encode(desk.journal.record(record).body).count(b"an hour") == 300
    assert desk.drafts.all() == []
    desk.close()


def test_until_nothing_fits_every_acknowledged_record_is_there(disk: Path) -> None:
    root = copied(disk / "v")
    desk, said = opened(root), []
    with pytest.raises(VaultError) as refused:
        while True:
            said.append(_add(desk))
    assert refused.value.code is Code.DISK_FULL
    assert len(said) > 5
    with suppress(VaultError):  # the header cannot remember, and says so; the file is closed all the same
        desk.close()
    filler = disk / "v" / "spaces"
    assert [path.suffix for path in filler.iterdir() if path.suffix.endswith("-kept")] == []
    subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
    desk = opened(root)
    assert [record for record in said if desk.journal.entry(record) is None] == []  # type: ignore[arg-type]
    assert desk.checks.verify().clean
    desk.close()


@pytest.mark.parametrize("room", [0, PAGE, 2 * PAGE, 3 * PAGE])
def test_closing_on_a_full_disk_ends_locked_and_loses_nothing(room: int, disk: Path) -> None:
    root = copied(disk / "v")
    desk, filler = opened(root), Filler(disk)
    record = _add(desk)
    filler.leave(room)
    assert _refusal(desk.close) in {None, Code.DISK_FULL}
    filler.free()
    desk = opened(root)
    assert desk.journal.entry(record) is not None  # type: ignore[arg-type]
    assert desk.checks.verify().clean
    desk.close()


@pytest.mark.parametrize("room", [0, PAGE])
def test_a_journal_on_a_full_disk_can_still_be_read_or_says_why_not(room: int, disk: Path) -> None:
    root = copied(disk / "v")
    desk = opened(root)
    record = _add(desk)
    desk.close()
    filler = Filler(disk)
    filler.leave(room)
    found: list[bool] = []

    def look() -> None:
        with closing(opened(root)) as there:
            found.append(there.journal.entry(record) is not None)  # type: ignore[arg-type]

    assert _refusal(look) in {None, Code.DISK_FULL}
    assert found in ([], [True])
    filler.free()
    desk = opened(root)
    assert desk.checks.verify().clean
    desk.close()
