"""A space that is closed has nothing more to say about what lies where it lay."""

from __future__ import annotations

from pathlib import Path

from app.data.space import Space
from tests.fixtures.session import ME, ZONE, new_space, reopened


def _written(space: Space, words: str) -> None:
    with space.change(ME.id, zone=ZONE) as change:
        change.put("note", space.kinds.parse("note", {"body": words}))


def test_closing_again_does_not_look_at_the_log_of_whoever_came_after(tmp_path: Path) -> None:
    path = tmp_path / "space.db"
    first = new_space(path)
    _written(first, "one")
    first.close()
    for name in ("one", "two"):  # so that the next log is not given the same place on the disk
        (tmp_path / name).write_bytes(b"something")
    second = reopened(path)
    _written(second, "two")

    first.close()

    second.close()
    assert not (tmp_path / "space.db-kept").exists()
