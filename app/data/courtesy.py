"""Whoever saves goes first: long work beside the journal stands still at its next question while a save is under way.

Both share one interpreter. A save asks for its turn after each of its many statements, and each time it would wait for
the other to let go; standing aside for its few milliseconds costs the long work next to nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

PATIENCE_S: Final = 0.05
"""How long one question stands aside at most: a very long save, or one that hangs, does not stop the work for good."""

_quiet = threading.Event()
_quiet.set()
_depth = threading.local()


@contextmanager
def going_first() -> Iterator[None]:
    """Around a save. Nested ones count as one; there is one thread that saves."""
    depth = getattr(_depth, "saves", 0)
    _depth.saves = depth + 1
    _quiet.clear()
    try:
        yield
    finally:
        _depth.saves = depth
        if depth == 0:
            _quiet.set()


def giving_way(cancelled: Callable[[], bool]) -> Callable[[], bool]:
    """The same question, asked once no save is under way. Never stands aside for a save of its own thread."""

    def asked() -> bool:
        if not getattr(_depth, "saves", 0):
            _quiet.wait(PATIENCE_S)
        return cancelled()

    return asked
