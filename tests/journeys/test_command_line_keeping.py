"""`leeward backup`, `restore`, `verify`, `erase`: a journal that is damaged comes back from a shell."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.fixtures import vault as whole
from tests.journeys.test_command_line import Said, leeward


def ran(root: Path, command: str, *arguments: str | Path, more: str = "") -> Said:
    typed = f"{whole.PASSPHRASE}\n{more}"
    return leeward(command, "--vault", root, "--passphrase-stdin", *arguments, typed=typed)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = whole.copied(tmp_path / "vault")
    assert ran(made, "add", "note", more='{"body": "words that come back"}').status == 0
    return made


def test_a_damaged_journal_comes_back(root: Path) -> None:
    made = ran(root, "backup", "--json")
    assert made.status == 0, made
    told = json.loads(made.out)
    assert told["revisions"] == 1
    whole.space_file(root).write_bytes(b"")
    assert "empty_file" in ran(root, "list").err
    tested = json.loads(ran(root, "restore", "--test", "--json").out)
    assert (tested["id"], tested["clean"]) == (told["id"], True)
    done = ran(root, "restore")
    assert done.status == 0 and "Restored from" in done.out and "-kept" in done.out
    assert len(json.loads(ran(root, "list", "--json").out)) == 1
    assert json.loads(ran(root, "verify", "--json").out)["clean"]


def test_a_copy_in_a_folder_opens_by_itself(root: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    place = json.loads(ran(root, "backup", "--json", "--to", stick).out)["place"]
    assert len(json.loads(ran(Path(place), "list", "--json").out)) == 1
    second = tmp_path / "second"
    assert ran(root, "restore", "--to", second).status == 0
    assert len(json.loads(ran(second, "list", "--json").out)) == 1
    assert [row["good"] for row in json.loads(ran(root, "backup", "--list", "--json").out)] == [True, True]
    assert len(json.loads(ran(root, "restore", "--list", "--json").out)) == 2


def test_without_any_copy_it_says_so_and_changes_nothing(root: Path) -> None:
    shutil.rmtree(root / "backups")
    said = ran(root, "restore")
    assert said.status == 1 and "incomplete_copy" in said.err
    assert len(json.loads(ran(root, "list", "--json").out)) == 1


def test_what_can_be_read_leaves_only_when_plain_was_agreed_to(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "pages"
    assert ran(root, "restore", "--readable", "--to", out).status == 1 and not out.exists()
    assert ran(root, "restore", "--readable", "--plain").status == 1
    told = json.loads(ran(root, "restore", "--readable", "--to", out, "--plain", "--json").out)
    data, words = (Path(name) for name in told["files"])
    assert (data.suffix, words.suffix, told["entries"], told["unreadable"]) == (".json", ".md", 1, 0)
    saved = json.loads(data.read_text(encoding="utf-8"))
    assert saved["entries"][0]["answers"]["body"] == "words that come back"
    assert saved["unreadable"] == []
    assert "words that come back" in words.read_text(encoding="utf-8")
    assert all(path.stat().st_mode & 0o077 == 0 for path in (out, data, words))
    assert ran(root, "restore", "--readable", "--to", out, "--plain").status == 0
    assert len(list(out.iterdir())) == 4, "nothing is written over"


def test_damage_among_the_newest_lines_has_a_way_out(root: Path, tmp_path: Path) -> None:
    """Opening refuses a broken chain; what stands in it is still the person's."""
    desk = whole.opened(root)
    desk.session.connection.execute("UPDATE revision SET zone = 'Asia/Tokyo'")
    desk.close()
    assert "damaged_entries" in ran(root, "list").err
    said = ran(root, "restore", "--readable", "--plain", "--to", tmp_path / "out")
    assert said.status == 0 and "1 entries saved" in said.out
    assert ran(root, "restore").status == 0, "the copy of the day stands in"
    assert len(json.loads(ran(root, "list", "--json").out)) == 1


def test_the_first_entry_of_a_day_makes_a_copy_and_the_next_one_does_not(root: Path) -> None:
    sets = json.loads(ran(root, "backup", "--list", "--json").out)
    assert [row["good"] for row in sets] == [True]
    assert ran(root, "add", "note", more='{"body": "one more"}').status == 0
    assert len(json.loads(ran(root, "backup", "--list", "--json").out)) == 1


def test_erasing_asks_for_the_word_waits_a_day_and_can_be_taken_back(root: Path) -> None:
    assert ran(root, "erase", more="no\n").status == 1
    assert ran(root, "erase", more="erase\n").status == 0
    assert ran(root, "erase", "--cancel").status == 0
    assert ran(root, "list").status == 0
    assert ran(root, "erase", "--now", "--whole", more="erase\n").status == 0
    assert not root.exists()
