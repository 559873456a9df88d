"""The way out of an open journal: what is typed is kept, files and keys are closed, and nothing takes longer than told.

The window is covered before any of this. What the encrypted file cannot take in time is sealed to its writer's own
public key; whatever still works after that is ended by force.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from app.ui.runtime.attempt import attempt

if TYPE_CHECKING:
    from app.services.local_time import Now
    from app.services.sealing_up import SealingUp
    from app.ui.runtime.tasks import Tasks

DRAIN_S: Final = 2.0
"""How long a busy worker may take before what it has not kept is sealed."""
REST_S: Final = 2.5
"""How long it may go on after that, closing its files."""
BOUND_S: Final = 5.0
"""From the request to lock until the process has ended, one way or the other."""


@dataclass(frozen=True, slots=True)
class Parting:
    """One open journal to be closed. `sealing` is None until the file told whose it is, or without a public card."""

    tasks: Tasks
    now: Now
    sealing: SealingUp | None = None

    def part(self, let_go: Callable[[], None] | None) -> bool:
        """Keep, close, seal. Returns whether everything has ended by itself.

        No step can keep the next one from being done: an error is noted by place and passed over.
        """
        if let_go is not None:
            attempt(let_go)
        closed = self.tasks.close(DRAIN_S)
        self._seal()
        return closed or self.tasks.close(REST_S)

    def _seal(self) -> None:
        sealing = self.sealing
        if sealing is None:
            return
        for typed in self.tasks.unsaved():
            attempt(partial(sealing.put_away, typed.key, typed.kind, typed.answers, self.now))
