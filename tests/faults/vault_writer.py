"""A second program on a vault: holds it, dies with it, or may not write it. Started by tests; not a test."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from app.crypto.kdf import FLOOR
from app.domain.errors import LeewardError
from app.services import vaults
from tests.faults import known_keys
from tests.fixtures.vault import opened

NOBODY = 65534


def hold(path: str) -> None:
    """Keep the vault open until a line comes in, then save, then wait to be killed."""
    desk = known_keys.opened(Path(path))
    sys.stdout.write("holding\n")
    sys.stdout.flush()
    sys.stdin.readline()
    desk.journal.add("note", {"body": "while alone"})
    sys.stdout.write("saved\n")
    sys.stdout.flush()
    sys.stdin.read()


def close_then_die(path: str) -> None:
    """Save and be gone at once."""
    desk = opened(Path(path))
    desk.journal.add("note", {"body": "while alone"})
    os.kill(os.getpid(), signal.SIGKILL)


def forbidden(path: str) -> None:
    """Try to open and write without the right to; say what the refusal is called."""
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    try:
        desk = opened(Path(path))
        desk.journal.add("note", {"body": "x"})
    except LeewardError as error:
        sys.stdout.write(f"{error.code.value}\n")


if __name__ == "__main__":
    vaults.POLICY = FLOOR  # opening must not raise the costs of a vault made for a test
    {"hold": hold, "close-then-die": close_then_die}[sys.argv[1]](sys.argv[2])
