"""Questionnaires at a shell: written like anything else, shown by their labels, refused where a total cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.crypto.kdf import FLOOR
from app.services import vaults
from tests.domain.test_instruments import answered
from tests.fixtures.session import shipped_content
from tests.journeys.test_command_line import PASSPHRASE, opened


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "vault"
    vaults.create_vault(path, "Noa", PASSPHRASE, content=shipped_content(), kdf=FLOOR).close()
    return path


@pytest.mark.parametrize("kind", ["phq4", "gad7", "pcl5"])
def test_one_is_added_and_shown(vault: Path, kind: str) -> None:
    answers = {**answered(kind, [1, 2, 3]), "at": "2026-05-01"}
    said = opened(vault, "add", kind, "--from", "-", more=json.dumps(answers))
    assert said.status == 0, said
    shown = json.loads(opened(vault, "show", "--json", said.out.strip()).out)["answers"]
    assert {name: value for name, value in shown.items() if name != "at"} == answered(kind, [1, 2, 3])


def test_a_total_that_cannot_be_is_refused_and_nothing_is_kept(vault: Path) -> None:
    wrong = {"name": "CSI-16", "total": "82"}
    said = opened(vault, "add", "score_entry", "--from", "-", more=json.dumps(wrong))
    assert said.status != 0
    assert "82" not in said.err
    assert json.loads(opened(vault, "list", "--json").out) == []
