"""Journeys drive the whole program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.fixtures.windows import Program


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """See `tests.fixtures.windows.Program`."""
    from tests.fixtures.windows import running_program

    yield from running_program(qapp, tmp_path / "vault", monkeypatch)
