"""How much of a file is taken, and the one way a file is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from app.domain.errors import Code, MediaError

MOST_BYTES: Final = 25 * 1024 * 1024
MOST_PIXELS: Final = 64_000_000
"""A picture of more points is refused from its first bytes: a small file can claim an enormous one."""
LONGEST_SIDE: Final = 2560
"""Pictures are kept no larger than this on their longer side, in pixels: a sheet of paper at 220 dots an inch."""
MOST_PAGES: Final = 2_000
MOST_RENDERED_PIXELS: Final = 16_000_000
MOST_HOURS: Final = 12


def refuse(reason: str, **detail: str | int) -> MediaError:
    """The error for a file that is not taken or not shown; raise what this gives."""
    return MediaError(Code.FILE_REFUSED, reason=reason, **detail)


@contextmanager
def mistrusting() -> Iterator[None]:
    """Around every library that reads a file of unknown origin: whatever it stumbles over, the file is damaged.

    Raises:
        MediaError: FILE_REFUSED with `reason` damaged, or no_memory.
    """
    try:
        yield
    except MediaError:
        raise
    except MemoryError:
        raise refuse("no_memory") from None
    except Exception as error:  # noqa: BLE001  # decoders raise anything at all on a mangled file
        raise refuse("damaged", what=type(error).__name__) from None
