"""Two people in a shell: each finds their own part by passphrase, and shares after having read the exact words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.crypto.kdf import FLOOR
from app.services import demo
from tests.fixtures.session import EVENING, shipped_content
from tests.journeys.test_command_line import leeward


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, demo.Demo]:
    """Two months of the sample."""
    path = tmp_path_factory.mktemp("shell") / "vault"
    return path, demo.create(path, content=shipped_content(), now=lambda: EVENING, months=2, kdf=FLOOR)


def as_person(made: tuple[Path, demo.Demo], number: int, *arguments: str, then: str = "") -> Any:  # JSON
    path, sample = made
    typed = f"{sample.passphrases[number][1]}\n{then}"
    return leeward(*arguments, "--vault", path, "--passphrase-stdin", typed=typed)


def listed(made: tuple[Path, demo.Demo], number: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(as_person(made, number, "list", "--json", "--limit", "500").out)
    return found


def test_lists_say_whose_words_a_shared_entry_holds(made: tuple[Path, demo.Demo]) -> None:
    for number, name in enumerate(("Noa", "Jules")):
        entries = listed(made, number)
        assert {entry["author"] for entry in entries if entry["shared"]} == {"Noa", "Jules"}
        assert all("author" not in entry for entry in entries if not entry["shared"])
        other = next(entry for entry in entries if entry["shared"] and entry["author"] != name and entry["title"])
        shown = as_person(made, number, "show", other["id"])
        assert f"shared by {other['author']}" in shown.out.splitlines()[0]
        assert json.loads(as_person(made, number, "show", other["id"], "--json").out)["shared"] is True
        word = max((part for part in other["title"].split() if part.isalpha()), key=len)
        hits = json.loads(as_person(made, number, "search", word, "--json").out)
        assert {"shared": True, "author": other["author"]}.items() <= next(
            hit for hit in hits if hit["id"] == other["id"]
        ).items()


def test_people_are_named_with_their_fingerprints(made: tuple[Path, demo.Demo]) -> None:
    first, second = (json.loads(as_person(made, number, "people", "--json").out) for number in (0, 1))
    assert [person["name"] for person in first] == ["Noa", "Jules"]
    assert [person["name"] for person in second] == ["Jules", "Noa"]
    assert {person["fingerprint"] for person in first} == {person["fingerprint"] for person in second}
    assert "(you)" in as_person(made, 0, "people").out.splitlines()[0]


def test_sharing_shows_the_words_and_asks(made: tuple[Path, demo.Demo]) -> None:
    record = next(entry["id"] for entry in listed(made, 0) if entry["kind"] == "injury" and not entry["shared"])
    start = record[:31]

    for answer in ("no\n", "\n", "maybe\n", ""):
        kept = as_person(made, 0, "share", start, then=answer)
        assert kept.status == 1
        assert "Share this with Jules?" in kept.out
        assert as_person(made, 1, "show", record).status == 1
    told = json.loads(as_person(made, 0, "show", record, "--json").out)["answers"]
    assert all(line in kept.out for line in str(told.get("story", told["title"])).splitlines())

    shared = as_person(made, 0, "share", start, then="yes\n")
    assert (shared.status, shared.out.splitlines()[-1]) == (0, "Shared.")
    assert json.loads(as_person(made, 1, "show", record, "--json").out)["author"] == "Noa"
    again = as_person(made, 0, "share", start, "--yes")
    assert again.status == 1
    assert "in_shared_space" in again.err


def test_what_is_never_shared_is_refused_with_nothing_shown(made: tuple[Path, demo.Demo]) -> None:
    record = next(entry["id"] for entry in listed(made, 1) if entry["kind"] == "checkin")
    refused = as_person(made, 1, "share", record, "--yes")
    assert (refused.status, refused.out) == (1, "")
    assert "not_shareable" in refused.err
