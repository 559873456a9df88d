"""What the program needs of an open database, as types: the driver ships none.

Both sqlcipher3 and the standard library's sqlite3 satisfy these, so that nothing above `cipher` names a driver.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

Value = str | int | float | bytes | None
Parameters = Sequence[Value] | Mapping[str, Value]


class Cursor(Protocol):
    """Rows of one statement. A row is a tuple whose types the statement decides; hence `Any`, converted where it is
    read.
    """

    @property
    def rowcount(self) -> int:
        """Rows changed by the last statement, -1 when that has no meaning."""
        ...

    @property
    def lastrowid(self) -> int | None:
        """The rowid of the last insert."""
        ...

    def fetchone(self) -> Any:  # noqa: ANN401  # a row's types are the statement's, not the driver's
        """The next row, or None."""
        ...

    def fetchall(self) -> list[Any]:
        """All rows left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """One open database in autocommit mode: transactions are begun and ended by statements."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        ...

    def execute(self, sql: str, parameters: Parameters = ..., /) -> Cursor:
        """Run one statement."""
        ...

    def executemany(self, sql: str, parameters: Iterable[Parameters], /) -> Cursor:
        """Run one statement for each set of parameters."""
        ...

    def close(self) -> None:
        """Close; an open transaction is rolled back."""
        ...
