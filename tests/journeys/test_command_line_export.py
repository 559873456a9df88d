"""`leeward export` and `import`: everything out of one journal and into another, from a shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fixtures import vault as whole
from tests.fixtures.session import shipped_content
from tests.journeys.test_command_line_keeping import ran


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = whole.copied(tmp_path / "vault")
    assert ran(made, "add", "note", more='{"body": "words that come back"}').status == 0
    return made


def listed(root: Path) -> list[str]:
    return [entry["id"] for entry in json.loads(ran(root, "list", "--json").out)]


def test_a_locked_archive_leaves_and_comes_back_once(root: Path, tmp_path: Path) -> None:
    place, other = tmp_path / "all.age", whole.copied(tmp_path / "other")
    told = json.loads(ran(root, "export", "archive", "--out", place, "--json").out)
    assert told["records"] == 1 and len(told["phrase"].split()) == 6
    assert b"words that come back" not in place.read_bytes()
    assert ran(root, "export", "archive", "--out", place).status == 1
    phrase = told["phrase"] + "\n"
    looked = json.loads(ran(other, "import", place, "--dry-run", "--json", more=phrase).out)
    assert (looked["new"], looked["written"], listed(other)) == (1, False, [])
    assert "wrong_passphrase" in ran(other, "import", place, more="other words\n").err
    done = ran(other, "import", "leeward", place, more=phrase)
    assert done.status == 0 and "Brought in: 1 entries" in done.out
    assert listed(other) == listed(root)
    again = json.loads(ran(other, "import", place, "--json", more=phrase).out)
    assert (again["new"], again["known"]) == (0, 1)
    assert json.loads(ran(other, "verify", "--json").out)["clean"]


def test_plain_text_leaves_only_when_agreed_to(root: Path, tmp_path: Path) -> None:
    for way in (
        ("json", "--out", tmp_path / "a.json"),
        ("--markdown", tmp_path / "md"),
        (tmp_path / "b", "--plain-json"),
    ):
        assert ran(root, "export", *way).status == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["vault"]
    assert ran(root, "export", tmp_path / "b.json", "--plain-json", "--plain").status == 0
    assert "words that come back" in (tmp_path / "b.json").read_text("utf-8")
    assert ran(root, "export", "--csv", tmp_path / "csv", "--plain").status == 0
    assert (tmp_path / "csv" / "note.csv").exists()


def test_what_does_not_fit_is_named_and_nothing_comes_in(root: Path, tmp_path: Path) -> None:
    place, other = tmp_path / "a.json", whole.copied(tmp_path / "other")
    assert ran(root, "export", "json", "--out", place, "--plain").status == 0
    place.write_text(place.read_text("utf-8").replace('"note"', '"spaceship"'), "utf-8")
    said = ran(other, "import", place)
    assert said.status == 1 and "unknown_kind" in said.out and "words that" not in said.out
    assert listed(other) == []
    place.write_text(place.read_text("utf-8")[:200], "utf-8")
    assert "cut_short" in ran(other, "import", place).err
    assert ran(other, "import", tmp_path / "nowhere").status == 1


def test_what_stands_on_the_sheet_about_closeness_leaves_whole_and_only_with_the_warning(tmp_path: Path) -> None:
    root, place = whole.copied(tmp_path / "vault"), tmp_path / "all.json"
    sheet = '{"items": [{"row": "hug", "answer": "no", "pace": "zanzibar"}]}'
    assert ran(root, "add", "intimacy_map", more=sheet).status == 0
    assert ran(root, "export", "json", "--out", place).status == 1
    assert not place.exists()
    done = ran(root, "export", "json", "--out", place, "--plain")
    assert done.status == 0
    assert shipped_content().care.export.plain_warning in done.out
    assert "zanzibar" in place.read_text("utf-8")
