"""A program that saves records and says so, until it is killed. Started by test_kill; not a test."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.fixtures.session import ME, ZONE, new_space, reopened, shipped_kinds

ANSWERS = (
    ("checkin", {"felt_for_date": "2026-05-01", "felt_safety": 5, "trust": 4, "line": "a line about the day"}),
    ("trigger", {"cue": "a message tone", "peak": 7, "move": ["withdraw"], "body": ["chest"], "after": 3}),
    ("injury", {"title": "a thread", "story": "word " * 400, "weight": 8}),
    ("note", {"title": "a note", "body": "word " * 200}),
    ("life_marker", {"title": "a marker", "at": "2026-05-01", "on_charts": True}),
)


def main(path: Path) -> None:
    """Save for ever; every acknowledged record's id goes to standard output, one a line."""
    space = reopened(path) if path.exists() else new_space(path)
    kinds = shipped_kinds()
    last = None
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    number = 0
    while True:
        kind, raw = ANSWERS[number % len(ANSWERS)]
        with space.change(ME.id, zone=ZONE) as change:
            record = change.put(kind, kinds.parse(kind, raw))
            if number % 7 == 6 and last is not None:
                change.put("note", kinds.parse("note", {"body": f"edited {number}"}), record=last)
        if kind == "note":
            last = record
        sys.stdout.write(record + "\n")
        sys.stdout.flush()
        if number % 50 == 49:
            space.connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))
