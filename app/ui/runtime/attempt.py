"""Run work away from the window and turn whatever goes wrong into an error the window can show."""

from __future__ import annotations

from collections.abc import Callable

from app import logs
from app.domain.errors import Code, LeewardError, VaultError


def attempt(work: Callable[[], object]) -> tuple[object, LeewardError | None]:
    """The result and None, or None and the refusal.

    An unforeseen failure is noted by type and place only and reported as a failed write: quiet and closed, never a
    crash with somebody's words in it.
    """
    try:
        return work(), None
    except LeewardError as error:
        return None, error
    except Exception as error:  # noqa: BLE001  # the last resort, see above
        logs.record(error)
        return None, VaultError(Code.WRITE_FAILED)
