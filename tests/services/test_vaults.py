"""Making, unlocking and closing vaults, with real files and real keys at the lowest allowed cost."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from app.crypto.kdf import FLOOR
from app.domain.errors import Code, VaultError
from app.services import vaults
from app.services.desk import Desk
from tests.fixtures.session import EVENING, ZONE, shipped_content, shipped_kinds

PHRASE = "amber kettle orchard seven"
WORDS = vaults.Words(shipped_content(), shipped_kinds())


def _make(path: Path, partner: str | None = None) -> Desk:
    return vaults.create_vault(
        path, "Noa", PHRASE, partner, content=shipped_content(), now=lambda: EVENING, zone=ZONE, kdf=FLOOR
    )


def _open(path: Path, phrase: str = PHRASE, person: str | None = None) -> Desk:
    return vaults.unlock(path, phrase, person, content=shipped_content(), now=lambda: EVENING, zone=ZONE)


def _write(desk: Desk, text: str) -> str:
    return desk.journal.add("note", {_note_text(): text})


def _note_text() -> str:
    kind = shipped_content().kind("note")
    return next(field.id for field in kind.fields if field.type.value in {"long_text", "text"})


def test_what_was_written_is_there_after_closing_and_unlocking(tmp_path: Path) -> None:
    desk = _make(tmp_path / "vault", "Jules")
    record = _write(desk, "the gate was open")
    desk.close()

    again = _open(tmp_path / "vault")
    try:
        assert again.session.person.name == "Noa"
        assert again.session.partner == "Jules"
        assert again.journal.record(record).id == record
    finally:
        again.close()


def test_a_wrong_passphrase_opens_nothing_and_holds_no_lock(tmp_path: Path) -> None:
    _make(tmp_path / "vault").close()

    with pytest.raises(VaultError) as refused:
        _open(tmp_path / "vault", "amber kettle orchard eight")

    assert refused.value.code is Code.WRONG_PASSPHRASE
    _open(tmp_path / "vault").close()


def test_another_name_than_the_passphrase_belongs_to_is_refused(tmp_path: Path) -> None:
    _make(tmp_path / "vault").close()

    with pytest.raises(VaultError) as refused:
        _open(tmp_path / "vault", person="Jules")

    assert refused.value.code is Code.UNKNOWN_PERSON
    _open(tmp_path / "vault", person=" noa ").close()


def test_a_second_opening_is_refused_while_the_first_stands(tmp_path: Path) -> None:
    desk = _make(tmp_path / "vault")
    try:
        with pytest.raises(VaultError) as refused:
            _open(tmp_path / "vault")
    finally:
        desk.close()

    assert refused.value.code is Code.LOCKED_BY_ANOTHER


def test_an_older_copy_of_the_file_is_named_as_such_and_opens_on_the_persons_word(tmp_path: Path) -> None:
    desk = _make(tmp_path / "vault")
    _write(desk, "first")
    desk.close()
    shutil.copytree(tmp_path / "vault" / "spaces", tmp_path / "kept")
    desk = _open(tmp_path / "vault")
    _write(desk, "second")
    desk.close()
    shutil.rmtree(tmp_path / "vault" / "spaces")
    shutil.copytree(tmp_path / "kept", tmp_path / "vault" / "spaces")

    with pytest.raises(VaultError) as refused:
        _open(tmp_path / "vault")

    assert refused.value.code is Code.OLDER_COPY
    assert dt.date.fromisoformat(str(refused.value.detail["date"]))
    door = vaults.prove(tmp_path / "vault", PHRASE)
    assert door is not None
    door.open_desk(WORDS, lambda: EVENING, ZONE, accept_older=True).close()
    # the header now remembers the older chain: the next opening asks nothing
    _open(tmp_path / "vault").close()


def test_unlocking_that_is_called_off_leaves_the_vault_free(tmp_path: Path) -> None:
    _make(tmp_path / "vault").close()
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 2

    assert vaults.prove(tmp_path / "vault", PHRASE, cancelled=cancelled) is None
    _open(tmp_path / "vault").close()


def test_a_door_that_cannot_be_opened_shuts_itself(tmp_path: Path) -> None:
    _make(tmp_path / "vault").close()
    space = next((tmp_path / "vault" / "spaces").glob("*.db"))
    space.write_bytes(b"")
    door = vaults.prove(tmp_path / "vault", PHRASE)
    assert door is not None

    with pytest.raises(VaultError) as refused:
        door.open_desk(WORDS, lambda: EVENING, ZONE)

    assert refused.value.code is Code.EMPTY_FILE
    again = vaults.prove(tmp_path / "vault", PHRASE)  # the lock was given back
    assert again is not None
    again.shut()


def test_exists_tells_nothing_from_something(tmp_path: Path) -> None:
    assert not vaults.exists(tmp_path / "vault")
    (tmp_path / "empty").mkdir()
    assert not vaults.exists(tmp_path / "empty")
    _make(tmp_path / "vault").close()
    assert vaults.exists(tmp_path / "vault")
