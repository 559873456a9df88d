"""The endings of a file's pages tell any change of it; while they do not tell enough, they say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.data import keeping
from app.data.cipher import PAGE_BYTES
from app.data.page_marks import LARGEST, page_marks
from app.data.space import Space
from app.services.session import Session
from tests.fixtures import two
from tests.fixtures.session import ME, new_space, shipped_kinds

_SETTING = "shared.left_as"


def _put(space: Space, words: str) -> None:
    with space.change(ME.id, zone="UTC") as change:
        change.put("note", shipped_kinds().parse("note", {"body": words}))


def _folded(space: Space) -> None:
    space.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def test_what_is_written_changes_them(tmp_path: Path) -> None:
    space = new_space(tmp_path / "a")
    _folded(space)
    before = page_marks(space.connection)
    assert len(before) == 64
    assert page_marks(space.connection) == before

    _put(space, "quiet lanes")
    assert page_marks(space.connection) == ""  # the log holds pages that the file does not

    _folded(space)
    assert page_marks(space.connection) not in {"", before}
    space.close()


def test_every_page_counts(tmp_path: Path) -> None:
    space = new_space(tmp_path / "a")
    for number in range(20):
        _put(space, f"harbour {number} " * 300)
    _folded(space)
    before = page_marks(space.connection)
    live = getattr(space.connection, "live", None)
    assert live is not None
    whole = live.path.read_bytes()
    for page in range(len(whole) // PAGE_BYTES):
        at = (page + 1) * PAGE_BYTES - 1
        with live.path.open("r+b") as file:
            file.seek(at)
            file.write(bytes([whole[at] ^ 1]))
        assert page_marks(space.connection) != before
        with live.path.open("r+b") as file:
            file.seek(at)
            file.write(whole[at : at + 1])
    assert page_marks(space.connection) == before
    with live.path.open("ab") as file:
        file.write(b"x")
    assert page_marks(space.connection) == ""
    with live.path.open("r+b") as file:
        file.truncate(len(whole))
    space.close()


def test_a_large_file_is_not_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = new_space(tmp_path / "a")
    _folded(space)
    assert LARGEST >= 1 << 26
    monkeypatch.setattr("app.data.page_marks.LARGEST", PAGE_BYTES)
    assert page_marks(space.connection) == ""
    space.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Both have written, the first has seen it all."""
    made = two.copied(tmp_path / "v")
    for desk, words in ((two.first_desk, "first"), (two.second_desk, "second")):
        opened = desk(made)
        two.write(opened, words)
        opened.close()
    two.first_desk(made).close()
    return made


def _left_as(session: Session) -> list[str]:
    return (keeping.setting(session.connection, _SETTING) or "").split(" ")


def test_a_space_left_alone_is_believed_by_its_pages(root: Path) -> None:
    first = two.first_desk(root)
    rows, pages = _left_as(first.session)
    assert len(rows) == len(pages) == 64
    first.close()

    other = two.first_desk(root)
    assert _left_as(other.session) == [rows, pages]
    assert other.session.shared is not None
    assert page_marks(other.session.shared.connection) == pages
    other.close()


def test_rows_alone_are_enough_when_pages_have_moved(root: Path) -> None:
    """The file written anew page by page holds the same rows: nothing has to be made again, and pages are noted."""
    connection = two.raw_shared(root, two.template()[2])
    connection.execute("VACUUM")
    connection.close()
    first = two.first_desk(root)
    rows, pages = _left_as(first.session)
    assert first.session.shared is not None
    assert page_marks(first.session.shared.connection) != pages
    first.close()
    again = two.first_desk(root)
    found = _left_as(again.session)
    assert found[0] == rows
    assert found[1] not in {"", pages}
    again.close()


def test_what_the_other_wrote_is_not_believed_by_pages(root: Path) -> None:
    second = two.second_desk(root)
    two.write(second, "a later word")
    second.close()
    first = two.first_desk(root)
    assert first.session.shared is not None
    assert page_marks(first.session.shared.connection) == ""  # its rows were made again, since its pages had changed
    assert "a later word" in {row.entry.title for row in first.timeline.page().rows}
    first.close()
