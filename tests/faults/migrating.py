"""A program that brings an old file up to date and dies at a given statement of it. Started by a test; not a test."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any, cast

from app.crypto.secret import Secret
from app.data import cipher
from app.data.space import Space, belongs_to
from tests.fixtures.session import KEY, META, SALT, shipped_kinds


def main(path: Path, last: int) -> None:
    """Open the file as unlocking does; die before statement number `last`, or say how many there were."""
    connection = cipher.open_space(path, Secret(bytearray(KEY)), SALT, check=belongs_to(META))
    kinds = shipped_kinds()
    run = 0

    def count(_statement: str) -> None:
        nonlocal run
        run += 1
        if run == last:
            os.kill(os.getpid(), signal.SIGKILL)

    cast("Any", connection).set_trace_callback(count)
    Space.open(connection, kinds)
    cast("Any", connection).set_trace_callback(None)
    sys.stdout.write(f"{run}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
