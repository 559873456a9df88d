"""Journeys drive the whole program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.fixtures.windows import Program
    from tests.journeys.cut_off import Run
    from tests.journeys.hands import Hands


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """See `tests.fixtures.windows.Program`."""
    from tests.fixtures.windows import running_program

    yield from running_program(qapp, tmp_path / "vault", monkeypatch)


@pytest.fixture
def hands(program: Program, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> Hands:
    """See `tests.journeys.hands.Hands`; keys that are made anew cost as little as the policy allows, too."""
    from app.crypto.kdf import FLOOR
    from app.services import keys, vaults
    from tests.journeys.hands import Hands

    monkeypatch.setattr(vaults, "POLICY", FLOOR)
    for verb in ("change", "rotate"):
        monkeypatch.setitem(getattr(keys.Keys, verb).__kwdefaults__, "kdf", FLOOR)
    return Hands(program, both_themes=bool(pytestconfig.getoption("--full")))


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The whole program, once for all that look at what it did: mark them with the group "offline"."""
    from tests.journeys.cut_off import run_whole

    return run_whole(tmp_path_factory.mktemp("offline"))
