"""`leeward moment`: a line of words from standard input becomes a moment, with its thread where it may have one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli_moments import NAMES
from app.crypto.kdf import FLOOR
from app.services import vaults
from tests.fixtures.session import shipped_content
from tests.journeys.test_command_line import PASSPHRASE, Said, opened


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "vault"
    vaults.create_vault(path, "Noa", PASSPHRASE, content=shipped_content(), kdf=FLOOR).close()
    return path


def _answers(vault: Path, said: Said) -> dict[str, object]:
    assert said.status == 0, said
    found: dict[str, object] = json.loads(opened(vault, "show", "--json", said.out.strip()).out)["answers"]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_one_line_makes_each_kind(vault: Path, name: str) -> None:
    said = opened(vault, "moment", name, more="A hand on my back\n")

    assert "A hand on my back" in _answers(vault, said).values()


def test_a_setback_belongs_to_a_thread_that_is_named(vault: Path) -> None:
    thread = opened(vault, "add", "injury", more='{"title": "The hospital"}').out.strip()

    said = opened(vault, "moment", "setback", "--thread", thread[:31], more="The smell again")

    assert _answers(vault, said)["thread"] == thread


def test_no_words_are_no_moment(vault: Path) -> None:
    said = opened(vault, "moment", "turning-point", more=" \n")

    assert said.status == 1
    assert opened(vault, "list").out == ""
