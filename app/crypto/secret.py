"""A holder for key bytes that can be wiped, and that does not leak through `repr`, `print`, `pickle` or `copy`.

Python cannot promise that no copy is left in memory (only ending the process does that, which is what locking does);
this holder keeps the number of copies and their life as short as the language allows.
"""

from __future__ import annotations

import hmac
import secrets
from types import TracebackType
from typing import Final, NoReturn, Self, SupportsIndex, final

from typing_extensions import override

KEY_BYTES: Final = 32


class Wiping:
    """What holds key material for the length of a `with` block, and wipes it when the block ends."""

    __slots__ = ()

    def wipe(self) -> None:
        """Forget the key material. Safe to call more than once."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wipe()


@final
class Secret(Wiping):
    """Key bytes in one buffer of our own, zeroed by `wipe` or at the end of a `with` block."""

    __slots__ = ("_buffer", "_wiped")

    def __init__(self, data: bytes | bytearray | memoryview) -> None:
        """Copy `data` in. A caller who owns a bytearray should wipe it afterwards, or use `absorb`."""
        self._buffer = bytearray(data)
        self._wiped = False

    @classmethod
    def absorb(cls, data: bytearray) -> Self:
        """Take `data` over: copy it in and zero the caller's buffer, so that one copy is left."""
        secret = cls(data)
        data[:] = bytes(len(data))
        return secret

    @classmethod
    def random(cls, length: int = KEY_BYTES) -> Self:
        """Return `length` fresh bytes from the system's generator."""
        return cls(secrets.token_bytes(length))

    @property
    def wiped(self) -> bool:
        """Whether the bytes are gone."""
        return self._wiped

    def view(self) -> memoryview:
        """Return a read-only view of the live bytes, for handing to a primitive; do not keep it.

        Raises:
            ValueError: the secret was wiped.
        """
        if self._wiped:
            raise ValueError("this secret was wiped")
        return memoryview(self._buffer).toreadonly()

    @override
    def wipe(self) -> None:
        """Zero the bytes. Safe to call more than once."""
        self._buffer[:] = bytes(len(self._buffer))
        self._wiped = True

    def __len__(self) -> int:
        return len(self._buffer)

    def __eq__(self, other: object) -> bool:
        """Compare in constant time; a wiped secret equals nothing."""
        if not isinstance(other, Secret):
            return NotImplemented
        if self._wiped or other._wiped:
            return False
        return hmac.compare_digest(self._buffer, other._buffer)

    __hash__ = None  # type: ignore[assignment]  # mutable: a wiped key must not stay findable in a set

    def __repr__(self) -> str:
        return f"<Secret of {len(self._buffer)} bytes{', wiped' if self._wiped else ''}>"

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("a secret cannot be pickled or copied")
