"""Reads the content pack and builds the kinds while the passphrase is being typed, so that opening need not wait."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from app import paths
from app.domain.errors import LeewardError
from app.ui.runtime.attempt import attempt

if TYPE_CHECKING:
    from app.services.vaults import Words


class Warmup:
    """Begins at the first paint, is finished once and for all, and can be waited for from any thread."""

    def __init__(self, language: str = "en") -> None:
        """Set `language` to the content overlay's folder name."""
        self._language = language
        self._ready = threading.Event()
        self._words: Words | None = None
        self._error: LeewardError | None = None
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Start reading; a second call does nothing."""
        if self._thread is None:
            # not a daemon: leaving right after the start waits a few milliseconds, instead of ending the process in
            # the middle of a library's own code
            self._thread = threading.Thread(target=self._read, name="warmup")
            self._thread.start()

    def peek(self) -> Words | None:
        """The words if they are there already."""
        return self._words

    def finish(self) -> None:
        """Wait for the reading, if it has begun: no thread may still run while the program ends."""
        if self._thread is not None:
            self._thread.join()

    def wait(self) -> Words:
        """The words, once they are there.

        Raises:
            LeewardError: CONTENT_BROKEN.
        """
        self.begin()
        self._ready.wait()
        if self._words is None:
            assert self._error is not None  # noqa: S101  # one of the two is always set
            raise self._error
        return self._words

    def _read(self) -> None:
        self._words, self._error = self._attempted()
        self._ready.set()

    def _attempted(self) -> tuple[Words | None, LeewardError | None]:
        from app.services import vaults

        found: list[Words] = []
        _, error = attempt(lambda: found.append(vaults.load_words(paths.resources() / "content", self._language)))
        return (found[0] if found else None), error
