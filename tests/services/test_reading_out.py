"""What is left of a damaged journal, in words: every answer is in it, unknown forms too, and a log left by a crash."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import msgspec
import pytest

from app.data.rescue import Rescued, Saved
from app.domain.errors import Code, VaultError
from app.domain.fields import FieldType
from app.domain.records import new_id
from app.services import reading_out, restoring
from tests.fixtures import vault
from tests.fixtures.session import shipped_content, shipped_kinds

DAY = dt.date(2026, 5, 14)


def _saved(kind: str, answers: object, record: str = "r1") -> Saved:
    clock = 1_778_000_000_000 << 16
    return Saved(record, kind, "v1", "a", clock, "Europe/Berlin", msgspec.Raw(msgspec.json.encode(answers)))


def _reading(*entries: Saved, lost: tuple[str, ...] = ()) -> reading_out.Reading:
    return reading_out.read_out(Rescued(entries, lost, ()), shipped_content(), shipped_kinds(), {"a": "Noa"})


@pytest.mark.parametrize("kind", shipped_kinds().ids())
def test_every_word_of_every_kind_is_in_the_list_and_in_the_file(kind: str) -> None:
    declared = shipped_kinds().declared(kind)
    links = {field.id: new_id() for field in declared.fields if field.type is FieldType.LINK}
    answers = {**vault.spoken(declared, "MARKERWORDS"), **links}
    written = sum(field.is_free_text and not field.number for field in declared.fields if field.id in answers)
    stored = shipped_kinds().encode(shipped_kinds().parse(kind, answers))
    reading = _reading(_saved(kind, msgspec.Raw(stored)))
    (entry,) = reading.entries
    assert entry.kind == declared.singular
    assert sum("MARKERWORDS" in answer.words for answer in entry.answers) >= written
    assert reading_out.markdown(reading, shipped_content()).count("MARKERWORDS") >= written


def test_a_form_nobody_knows_any_more_is_still_given() -> None:
    (entry,) = _reading(_saved("gone_kind", {"body": "old words", "list": ["one", {"two": 3}], "none": None})).entries
    assert entry.kind == "gone_kind"
    assert [(answer.question, answer.words) for answer in entry.answers] == [
        ("body", "old words"), ("list", "one\ntwo: 3"),
    ]  # fmt: skip
    assert entry.day > 700_000


def test_what_is_missing_is_said() -> None:
    said = reading_out.markdown(_reading(lost=("position 3", "position 4")), shipped_content())
    assert "could not be read. (2)" in said


def test_files_get_a_neutral_name_and_never_take_anothers_place(tmp_path: Path) -> None:
    rescued = Rescued((_saved("note", {"body": "words"}),), (), ())
    reading = _reading(*rescued.entries)
    (tmp_path / "journal-2026-05-14.md").write_text("mine")
    data, words = reading_out.save(tmp_path, rescued, reading, shipped_content(), DAY)
    assert (data.name, words.name) == ("journal-2026-05-14-2.json", "journal-2026-05-14-2.md")
    assert json.loads(data.read_bytes())["entries"][0]["answers"] == {"body": "words"}
    assert (tmp_path / "journal-2026-05-14.md").read_text() == "mine"


def test_what_only_the_log_of_a_crash_holds_is_read_and_nothing_is_changed(tmp_path: Path) -> None:
    root = vault.copied(tmp_path / "vault")
    desk = vault.opened(root)
    desk.journal.add("note", {"body": "only in the log"})
    crashed = tmp_path / "crashed"
    shutil.copytree(root, crashed)
    desk.close()
    log = next((crashed / "spaces").glob("*-wal"))
    assert log.stat().st_size
    before = {path: path.read_bytes() for path in (crashed / "spaces").iterdir()}
    found = restoring.read_in_words(crashed, vault.PASSPHRASE, shipped_content(), shipped_kinds())
    assert found is not None
    assert [entry.title for entry in found.reading.entries] == ["only in the log"]
    assert {path: path.read_bytes() for path in (crashed / "spaces").iterdir()} == before
    assert not list((crashed / "backups").glob("*"))


def test_it_can_be_called_off_and_waits_for_nobody_who_has_it_open(tmp_path: Path) -> None:
    root = vault.copied(tmp_path / "vault")
    assert restoring.read_what_can_be(root, vault.PASSPHRASE, cancelled=lambda: True) is None
    desk = vault.opened(root)
    with pytest.raises(VaultError) as refused:
        restoring.read_what_can_be(root, vault.PASSPHRASE)
    assert refused.value.code is Code.LOCKED_BY_ANOTHER
    desk.close()


def test_a_copy_is_taken_along_as_a_journal_of_its_own(tmp_path: Path) -> None:
    root = vault.copied(tmp_path / "vault")
    desk = vault.opened(root)
    desk.journal.add("note", {"body": "taken along"})
    desk.backups.making()(lambda: False, lambda _part: None)
    desk.close()
    (way,) = restoring.ways_back(root, vault.PASSPHRASE)
    assert way.revisions == 1
    vault.space_file(root).write_bytes(b"")
    made = restoring.take_along(root, vault.PASSPHRASE, tmp_path, DAY)
    assert made == tmp_path / "journal-2026-05-14"
    other = vault.opened(made)
    assert len(other.journal.page().entries) == 1
    other.close()
