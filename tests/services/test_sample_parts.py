"""The sample diary's lines that become several entries: no word of theirs is lost, and each stands where it belongs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

import pytest

from app import paths
from app.services.sample import LAST_DAY, SampleEntry, entries

FILES = ("worksheets", "agreements", "commitments", "conversations", "lookbacks", "rituals", "therapy", "moments")
NAMES = frozenset({
    "id", "kind", "author", "date", "time", "entered_at", "visibility", "lang", "shared_since", "form", "area", "state",
    "people", "links", "link", "looks", "review_date", "signatures", "proposed_by", "logged_by", "by", "to", "type",
    "cadence", "due", "rrule", "who", "start", "until", "at", "rest", "speaker", "listener", "scale", "helped_by",
    "injury", "updated", "uses", "log", "attended", "session_date", "next", "next_date", "outcome", "talked_through",
    "waiting_for", "readings", "settled_on", "crossed_by", "source", "flagged", "follow_up", "received", "loop",
    "agreed", "pauses", "phases",
    "about", "safeguard", "since", "review", "owner", "emotion", "signed", "guess_by", "retired",
})  # fmt: skip
"""Keys that choose an answer, place a line or wait for a screen of their own: no words of an entry stand there."""
UNSAID = {
    ("worksheets", "note"),  # a remark about the sheet, not on it
    ("worksheets", "title"),  # most sheets have no name of their own
    ("worksheets", "reason"),  # why there is a new version of the story
    ("worksheets", "prompt"),  # the question of an answer left for another day
    ("worksheets", "shows"),  # of a table for two, each writes their own columns; here only the author's line is read
    ("worksheets", "helps"),
    ("worksheets", "guess"),
    ("conversations", "topics"),  # the title names it
}


def words(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence in a line with the key it stands under."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in NAMES:
                yield from words(inner, key if name in {"noa", "jules"} else name)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner, key)
    elif isinstance(value, str) and " " in value.strip():
        yield key, value


@pytest.fixture(scope="module")
def said() -> str:
    """All that stands in the entries of both."""
    found: list[SampleEntry] = []
    for person in ("noa", "jules"):
        found += entries(paths.resources(), LAST_DAY, person, for_two=True)
    return "\n".join(json.dumps(entry.body, ensure_ascii=False) for entry in found)


@pytest.mark.parametrize("file", FILES)
def test_no_word_of_a_line_is_lost(file: str, said: str) -> None:
    lost: Counter[str] = Counter()
    seen = 0
    text = (paths.resources() / "sample" / f"{file}.jsonl").read_text(encoding="utf-8")
    for line in text.splitlines():
        record = json.loads(line)
        for key, sentence in words(record):
            seen += 1
            plain = json.dumps(sentence, ensure_ascii=False)[1:-1]
            parts = [part for part in plain.split("\\n") if part.strip()]
            if not all(part in said for part in parts):
                lost[key] += 1
    assert seen > 5
    assert {key for key in lost if (file, key) not in UNSAID} == set(), lost


def test_both_look_back_and_the_quiet_questions_are_shared_with_nobody() -> None:
    for person in ("noa", "jules"):
        found = entries(paths.resources(), LAST_DAY, person, for_two=True)
        kinds = Counter(entry.kind for entry in found)
        assert kinds["weekly_look_back"] == kinds["risk_look"] > 5
        private = {"risk_look", "weekly_look_back", "intimacy_map", "closeness_ladder", "forgiveness_work"}
        assert not any(entry.shared for entry in found if entry.kind in private)


def test_versions_of_an_agreement_and_of_the_story_are_states_of_one_entry() -> None:
    found = entries(paths.resources(), LAST_DAY, "noa", for_two=True)
    late = [entry.body["wording"] for entry in found if entry.id == "agr-late"]
    assert len(late) == 3
    assert "twenty minutes" in str(late[-1])
    assert len([entry for entry in found if entry.id == "wks-narrative"]) == 2


def test_alone_nothing_points_at_what_the_other_wrote() -> None:
    for person in ("noa", "jules"):
        found = entries(paths.resources(), LAST_DAY, person)
        ids = {entry.id for entry in found}
        assert {entry.body[name] for entry in found for name in entry.links} <= ids
