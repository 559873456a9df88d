"""A vault written by format 1, kept as it was: whatever later releases do, this one opens."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.crypto.header import parse
from app.crypto.kdf import FLOOR
from app.data.cipher import integrity, open_space
from app.data.vault_folder import VaultFolder
from tests.data.vaults import key_file

_KEPT = Path(__file__).parents[1] / "golden" / "vault_format_1"
_PHRASE = "format one, kept for ever"


@pytest.mark.parametrize("earlier", [False, True])
def test_a_vault_of_format_1_opens(earlier: bool, tmp_path: Path) -> None:
    root = Path(shutil.copytree(_KEPT, tmp_path / "v"))
    with VaultFolder.open(root).unlock(_PHRASE, "Robin", earlier=earlier) as vault:
        assert vault.vault_id == "d21acf94f5cc081ed5a58d82ea506ce1"
        assert vault.person_id == "01a2013532ac6936b8b08cba9a08687c"
        assert vault.fingerprint == "2a86d1fb319c9efcd065c5c520d86c67"
        assert vault.space.id == "01a2013532acc12934817b082dfb1582"
        assert (vault.space.head_seq, vault.space.head) == ((0, b"") if earlier else (3, b"h" * 32))
        assert vault.generation == (1 if earlier else 2)
        space = open_space(vault.space.path, vault.space.key, vault.space.salt)
        assert space.execute("SELECT words FROM entry").fetchall() == [("kept for ever",)]
        assert integrity(space) == ()
        space.close()


def test_its_public_parts_are_as_they_were_written() -> None:
    raw = key_file(_KEPT).read_bytes()
    assert raw[:8] == b"leeward\x01"
    body = parse(raw).body
    assert (body.format, body.min_reader) == (1, 1)
    assert [slot.kdf for slot in body.slots] == [FLOOR]
    meta = (_KEPT / "vault.meta").read_bytes()
    assert meta == (
        b'{"magic":"leeward vault","format":1,"min_reader":1,"vault_id":"d21acf94f5cc081ed5a58d82ea506ce1"}\n'
    )
