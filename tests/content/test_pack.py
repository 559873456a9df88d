"""The shipped content pack keeps its rules, and each rule notices when it is broken."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app import paths
from app.domain.wording import gaps
from tests.content import pack_checks as checks

FOLDER = paths.resources() / "content"
CATALOGUE = Path(__file__).with_name("catalogue.toml")


@cache
def shipped() -> dict[str, Any]:
    return {name: tomllib.loads((FOLDER / name).read_text(encoding="utf-8")) for name in checks.FILES}


def problems(pack: dict[str, Any]) -> list[str]:
    vocabulary, practices = pack["vocabulary.toml"], pack["practices.toml"]
    lists = {entry["id"]: entry for entry in vocabulary["list"]}
    all_kinds = [kind for name in checks.FILES if name.startswith("kinds-") for kind in pack[name]["kind"]]
    kinds = {kind["id"] for kind in all_kinds}
    talks = {talk["id"] for talk in pack["conversations.toml"]["conversation"]}
    covers = {cover["id"] for cover in pack["care.toml"]["cover"]}
    stages = {item["id"] for item in lists["reach_stages"]["items"]}
    used = {kind for item in practices["practice"] for kind in item["kinds"]}
    rows = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["row"]
    return [
        *checks.check_vocabulary(vocabulary),
        *checks.check_kinds(all_kinds, lists, covers),
        *checks.check_practices(practices, kinds, talks, lists, covers),
        *checks.check_talks(pack["conversations.toml"], {item["id"] for item in practices["practice"]}, stages),
        *checks.check_calm(pack["calm.toml"]),
        *checks.check_care(pack["care.toml"]),
        *checks.check_catalogue(practices["practice"], kinds, rows),
        *(f"{kind['id']}: no practice uses it" for kind in all_kinds if kind["id"] not in used | alone(all_kinds)),
        *(problem for name, data in pack.items() for problem in checks.check_ids(data, name)),
        *(problem for name, data in pack.items() for problem in checks.check_tone(name, data)),
    ]


def alone(kinds: list[dict[str, Any]]) -> set[str]:
    return {kind["id"] for kind in kinds if kind.get("standalone")}


def test_the_pack_keeps_its_rules() -> None:
    assert problems(shipped()) == []


def kind(pack: dict[str, Any], kind_id: str) -> dict[str, Any]:
    found = [entry for name in checks.FILES if name.startswith("kinds-") for entry in pack[name]["kind"]]
    return next(entry for entry in found if entry["id"] == kind_id)


BREAKS: dict[str, Callable[[dict[str, Any]], object]] = {
    "a word that blames": lambda p: p["calm.toml"]["screen"].update(start="You should breathe."),
    "an exclamation mark": lambda p: p["care.toml"]["lock"].update(title="Locked!"),
    "a straight quote": lambda p: p["care.toml"]["lock"].update(title="It's locked"),
    "a guessed gender": lambda p: p["care.toml"]["lock"].update(draft="What she was writing is kept."),
    "an unknown gap": lambda p: p["care.toml"]["lock"].update(draft="Kept, {nickname}."),
    "an emoji": lambda p: p["care.toml"]["lock"].update(draft="Kept ☀"),
    "an id twice": lambda p: p["care.toml"]["cover"].append(dict(p["care.toml"]["cover"][0])),
    "a shared fear note": lambda p: kind(p, "fear_note").update(sharing="by_choice"),
    "an unmarked private field": lambda p: kind(p, "risk_look")["field"][0].pop("private_only"),
    "abuse without the safety page": lambda p: next(
        item for entry in p["vocabulary.toml"]["list"] for item in entry["items"] if item["id"] == "abuse"
    ).pop("safety"),
    "a scale with one end": lambda p: kind(p, "checkin")["field"][1].update(ends=["low"]),
    "a fourth quick input": lambda p: kind(p, "trigger")["field"][4].update(speed="quick"),
    "a missing list": lambda p: kind(p, "note")["field"][0].update(options_from="nowhere"),
    "a partner in a journal of one": lambda p: kind(p, "note")["field"][1].update(label="For {partner}"),
    "a missing error text": lambda p: p["care.toml"]["error"].pop(0),
    "a telephone number": lambda p: p["care.toml"]["safety"].update(life="Call 02 61 91 04 177."),
    "a practice without its kind": lambda p: p["practices.toml"]["practice"][0].update(kinds=[]),
    "a talk without a step": lambda p: p["conversations.toml"]["conversation"][0]["step"].pop(),
    "a breath in that is longer": lambda p: p["calm.toml"]["breathing"]["pace"][0].update(out=2.0),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_rule_is_noticed(name: str) -> None:
    pack = copy.deepcopy(shipped())
    BREAKS[name](pack)
    assert problems(pack)


def test_files_stay_small_enough_to_edit() -> None:
    for name in (*checks.FILES, "sentences.toml"):
        assert (FOLDER / name).stat().st_size <= checks.MAX_BYTES, name
    assert len((FOLDER / "words.md").read_text(encoding="utf-8").splitlines()) <= 80


def test_texts_can_be_read_at_ten_to_twelve_years() -> None:
    for name, data in shipped().items():
        grade, words = checks.reading_grade(data)
        assert words > 300, name
        # published questions stand as their authors wrote them, at a grade of their own
        assert grade <= (6.5 if name == "kinds-instruments.toml" else 6), name


def test_sentences_keep_the_tone_and_explain_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    data = tomllib.loads((FOLDER / "sentences.toml").read_text(encoding="utf-8"))
    own_gaps = {gap for _, _, text in checks.strings(data) for gap in gaps(text)}
    monkeypatch.setattr(checks, "NAMES", own_gaps)
    unlabelled = "sentences.toml.calendar.weekday."  # every other weekday of the year chart has no letter
    found = [problem for problem in checks.check_tone("sentences.toml", data) if not problem.startswith(unlabelled)]
    assert found == []
    for path, _, text in checks.strings(data):
        for cause in ("because", "thanks to", "due to", "relapse", "back to", "in a row"):
            assert cause not in text.lower(), path
