"""The sample diary keeps its rules: ids, links, dates, privacy of links, tone, and what the design shows of it."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from app import paths
from tests.content import sample_checks as checks

FOLDER = paths.resources() / "sample"
AWAY = {
    "November": [f"2025-11-{day:02d}" for day in range(2, 10)],
    "March": [f"2026-03-{day:02d}" for day in range(12, 21)],
}
Files = dict[str, list[dict[str, Any]]]


@cache
def shipped() -> Files:
    return {name: checks.load(FOLDER, name) for name in checks.KINDS}


def problems(files: Files) -> list[str]:
    about = json.loads((FOLDER / "people.json").read_text(encoding="utf-8"))
    people, period = {person["id"] for person in about["people"]}, about["period"]
    found: list[str] = []
    everything: dict[str, dict[str, Any]] = {}
    for file, rows in files.items():
        for record in rows:
            found += checks.envelope(record, file, people, period["from"], period["to"])
            found += checks.check_text(record, file)
            found += checks.check_dates(record, file, period["to"])
            for key in (record["id"], *(occasion["id"] for occasion in record.get("occasions", []))):
                if key in everything:
                    found.append(f"{file}: id twice: {key}")
                everything[key] = record
    found += checks.check_checkins(files["checkin_lines"], AWAY)
    found += checks.check_injuries(files["injuries"])
    found += checks.check_triggers(files["triggers"])
    found += checks.check_agreements(files["agreements"])
    found += checks.check_rituals(files["rituals"])
    found += checks.check_links(everything, files)
    found += checks.check_course(FOLDER, files["checkin_lines"])
    return found


def test_the_diary_keeps_its_rules() -> None:
    assert problems(shipped()) == []


BREAKS: dict[str, Callable[[Files], object]] = {
    "a machine path": lambda f: f["markers"][0].update(label="see /home/me/notes"),
    "a straight quote": lambda f: f["markers"][0].update(label="it's"),
    "a day outside": lambda f: f["markers"][0].update(date="2025-08-31"),
    "an unknown author": lambda f: f["markers"][0].update(author="amari"),
    "an id twice": lambda f: f["markers"].append(dict(f["markers"][0])),
    "a dangling link": lambda f: f["triggers"][-1].update(injury="inj-nowhere"),
    "a shared trigger": lambda f: f["triggers"][0].update(visibility="shared"),
    "a number that is not on the scale": lambda f: f["checkin_lines"][0].update(felt_safety=11),
    "a changed answer": lambda f: f["checkin_lines"][-1].update(felt_safety=0),
    "a lost weight": lambda f: f["injuries"][0].update(weight=[]),
    "a word more": lambda f: f["injuries"][0].update(narrative=f["injuries"][0]["narrative"] + " More."),
    "a missed completion": lambda f: f["rituals"][0]["completions"].pop(3),
    "a lost occasion": lambda f: f["agreements"][0]["occasions"].pop(),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_rule_is_noticed(name: str) -> None:
    files = copy.deepcopy(shipped())
    BREAKS[name](files)
    assert problems(files)


def test_there_is_enough_of_everything() -> None:
    files = shipped()
    lines = Counter(row["author"] for row in files["checkin_lines"] if row["line"])
    triggers = Counter((row["author"], row["speed"] != "tally") for row in files["triggers"])
    assert lines["noa"] >= 140
    assert lines["jules"] >= 70
    assert triggers["noa", True] >= 60
    assert triggers["jules", True] >= 15
    least = {"moments": 50, "agreements": 7, "rituals": 6, "conversations": 5}
    assert {name for name, count in least.items() if len(files[name]) < count} == set()
    assert {row["form"] for row in files["worksheets"]} == checks.FORMS
