"""A program that adds files to entries and says so, until it is killed. Started by test_added_files; not a test."""

from __future__ import annotations

import sys
from pathlib import Path

from app.domain.kinds.attachment import Attachment
from tests.fixtures.session import ME, ZONE, reopened, shipped_kinds

PARTS = 12
PART = 100_000


def content(number: int) -> list[bytes]:
    """The bytes of a file by its number: of its own, and no two parts alike."""
    return [b"%06d %02d " % (number, part) * (PART // 10) for part in range(PARTS)]


def main(path: Path) -> None:
    """Add for ever; every acknowledged id goes to standard output with its number, one a line."""
    space, number = reopened(path), 0
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        with space.change(ME.id, zone=ZONE) as change:
            record = change.put("note", shipped_kinds().parse("note", {"body": f"with a file {number}"}))
        body = Attachment(record=record, name=f"{number}.pdf", media="application/pdf")
        with space.change(ME.id, zone=ZONE) as change:
            added = change.attach(body, content(number))
        if number % 3 == 2:
            with space.change(ME.id, zone=ZONE) as change:
                change.erase(record)
        else:
            sys.stdout.write(f"{added} {number}\n")
            sys.stdout.flush()
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))
