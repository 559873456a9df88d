"""Keeps the one thing that could talk to a network out of the process, although three libraries ask for it.

Neither needs it here: `typing_extensions` looks at the type of one attribute of `_socket` (and copes without), and
matplotlib's base canvas wants a local socket pair for noticing Ctrl+C in event loops of its own, which are never
started here. miniaudio can also play from an address, which nothing here does: of what it would load for that, it finds
a stand-in. So while these are imported, a stand-in lies in the place of the real module; afterwards nothing called
`socket` is among the modules of the program, and a test looks that it stays so.

This module must be imported before `typing_extensions` is; hence it imports nothing that does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import ModuleType
from typing import Final, NoReturn

_SOCKETS: Final = ("socket", "_socket")
_ADDRESSES: Final = ("urllib.request",)


class NoSockets(ModuleType):
    """Lies where `socket` would, and refuses everything that is asked of it."""

    def __getattr__(self, name: str) -> NoReturn:
        """There is nothing in here.

        Raises:
            AttributeError: always; `getattr` with a default and `hasattr` get their answer.
        """
        raise AttributeError(f"this program has no {self.__name__}.{name}")


def without_sockets() -> AbstractContextManager[None]:
    """Within it, importing `socket` or `_socket` yields a stand-in, unless the real one is loaded already."""
    return _standing_in(_SOCKETS)


def without_addresses() -> AbstractContextManager[None]:
    """The same for what opens addresses: `urllib.request`, and with it ssl and http, stays unloaded."""
    return _standing_in(_ADDRESSES)


@contextmanager
def _standing_in(names: tuple[str, ...]) -> Iterator[None]:
    placed = {name: NoSockets(name) for name in names if name not in sys.modules}
    sys.modules.update(placed)
    try:
        yield
    finally:
        for name, stand_in in placed.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
