"""What leaves: real files hold to the schema, folders are harmless, nothing of the other person goes along."""

from __future__ import annotations

import csv
import json
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import paths
from app.domain.errors import Code, LeewardError
from app.domain.records import RecordId
from app.services import demo
from app.services.exporting.choice import Choice, Target
from app.services.exporting.tables import guarded
from app.services.exporting.taking_out import TakingOut
from app.services.journal import Journal
from app.services.session import Session
from app.services.sharing import Sharing
from tests.domain.answers import answers_of
from tests.fixtures.both import Both
from tests.fixtures.outside import dateless
from tests.fixtures.session import EVENING

SCHEMA: dict[str, Any] = json.loads((paths.resources() / "schema" / "leeward-export-1.schema.json").read_text("utf-8"))
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
EVERYTHING = Choice(history=True, trash=True, others=True, attachments=True)
READ = {"$ref", "type", "const", "enum", "pattern", "minimum", "minItems", "required", "properties", "items", "oneOf"}
SAID = {"$schema", "$id", "$defs", "title", "description", "additionalProperties"}


def faults_of(value: object, schema: dict[str, Any], where: str = "") -> list[str]:  # noqa: C901, PLR0912  # a word of the schema language each
    """What of a value does not fit, by the words of JSON Schema 2020-12 that ours uses."""
    assert schema.keys() <= READ | SAID, schema.keys()
    if "$ref" in schema:
        return faults_of(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], where)
    if "const" in schema and (value != schema["const"] or type(value) is not type(schema["const"])):
        return [f"{where}: const"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{where}: enum"]
    if "type" in schema:
        named = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not any(isinstance(value, TYPES[name]) and (name != "integer" or value is not True) for name in named):
            return [f"{where}: type"]
    found = []
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        found.append(f"{where}: pattern")
    if isinstance(value, int) and value < schema.get("minimum", value):
        found.append(f"{where}: minimum")
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            found.append(f"{where}: minItems")
        for number, item in enumerate(value):
            found += faults_of(item, schema.get("items", {}), f"{where}[{number}]")
    if isinstance(value, dict):
        known = schema.get("properties", {})
        found += [f"{where}: lacks {name}" for name in schema.get("required", []) if name not in value]
        if schema.get("additionalProperties") is False:
            found += [f"{where}: {name} is not known" for name in value.keys() - known.keys()]
        for name, part in known.items():
            if name in value:
                found += faults_of(value[name], part, f"{where}.{name}")
        ways = schema.get("oneOf")
        if ways and sum(not faults_of(value, {"required": way["required"]}) for way in ways) != 1:
            found.append(f"{where}: oneOf")
    return found


def whole(session: Session, choice: Choice) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(b"".join(TakingOut(session).parts(choice)))
    return found


@pytest.mark.parametrize("choice", [Choice(), EVERYTHING], ids=["usual", "everything"])
def test_real_files_hold_to_the_schema(choice: Choice, couple: Session) -> None:
    demo.fill(couple, EVENING.date(), 6)
    journal = Journal(couple)
    journal.remove(journal.page(limit=1).entries[0].id)
    found = whole(couple, choice)
    assert faults_of(found, SCHEMA) == []
    assert len(found["records"]) == found["end"]["records"] > 100
    assert any("states" in record for record in found["records"])


def test_the_schema_finds_what_does_not_hold(couple: Session) -> None:
    demo.fill(couple, EVENING.date(), 1)
    sound = whole(couple, Choice())
    spoils: tuple[Callable[[dict[str, Any]], object], ...] = (
        lambda f: f.pop("end"),
        lambda f: f.update(version=2),
        lambda f: f.update(version=True),
        lambda f: f.update(extra=1),
        lambda f: f["records"][0].update(id="x"),
        lambda f: f["records"][0].update(created="2026-05-01"),
        lambda f: f["records"][0].update(states=[{"at": "2026-05-01T08:00:00.000+02:00", "answers": {}}]),
        lambda f: f["records"][0].pop("answers", None) or f["records"][0].pop("states"),
        lambda f: f["holds"].update(states="some"),
    )
    for spoil in spoils:
        found = json.loads(json.dumps(sound))
        spoil(found)
        assert faults_of(found, SCHEMA), spoil


def test_folders_can_be_read(couple: Session, tmp_path: Path) -> None:
    journal = Journal(couple)
    demo.fill(couple, EVENING.date(), 2)
    journal.add("note", {"title": "=HYPERLINK(1)", "body": "+cmd|' /C calc'!A0\nsecond line ünïcödé 窓"})
    out = TakingOut(couple)
    done = out.take_out(Target.MARKDOWN, tmp_path / "text", Choice())
    assert done is not None
    months = sorted(path.name for path in (tmp_path / "text").iterdir())
    assert all(re.fullmatch(r"\d{4}-\d\d\.md", name) for name in months)
    text = (tmp_path / "text" / months[-1]).read_text("utf-8")
    assert "second line ünïcödé 窓" in "".join((tmp_path / "text" / m).read_text("utf-8") for m in months)
    assert text.startswith("# 2") and done.records == sum(journal.counts().values())
    tables = out.take_out(Target.CSV, tmp_path / "csv", Choice())
    assert tables is not None and tables.records == done.records
    with (tmp_path / "csv" / "note.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[-1]["title"] == "'=HYPERLINK(1)" and rows[-1]["body"].startswith("'+cmd|")
    with (tmp_path / "csv" / "numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["number"] for row in csv.DictReader(file)} >= {"trigger.peak"} or file.name
    assert not list(tmp_path.glob("*.part"))


@given(st.text(min_size=1))
def test_no_cell_begins_a_formula(text: str) -> None:
    shown = guarded(text)
    assert shown.lstrip(" ")[:1] not in set("=+-@\t\r\n＝＋－＠|%") or not shown.strip()
    assert shown in {text, "'" + text}


def test_what_exists_is_not_written_over(session: Session, tmp_path: Path) -> None:
    out = TakingOut(session)
    for target in Target:
        place = tmp_path / f"taken-{target}"
        if target.is_folder:
            place.mkdir()
            (place / "mine").write_text("mine")
        else:
            place.write_text("mine")
        with pytest.raises(LeewardError) as refusal:
            out.take_out(target, place, Choice(), phrase="seven")
        assert refusal.value.code is Code.FILE_EXISTS
    with pytest.raises(LeewardError, match="empty_passphrase"):
        out.take_out(Target.ARCHIVE, tmp_path / "new", Choice())


def test_nothing_of_the_other_goes_along_unasked_and_never_their_private_part(both: Both) -> None:
    hidden = Journal(both.jules).add("note", {"body": "Jules alone knows this"})
    mine = Journal(both.noa).add("note", {"body": "Noa keeps this"})
    shown = Journal(both.jules).add("note", {"body": "Jules lets this be read"})
    given_ = Journal(both.noa).add("note", {"body": "Noa lets this be read"})
    for session, record in ((both.jules, shown), (both.noa, given_)):
        sharing = Sharing(session)
        sharing.share(record, sharing.preview(record))
    usual, all_of_it = dateless(both.noa), dateless(both.noa, EVERYTHING)
    for file in (usual, all_of_it):
        assert b"Jules alone knows" not in file and hidden.encode() not in file
        assert b"Noa keeps this" in file and mine.encode() in file and b"Noa lets this" in file
    assert b"Jules lets this" not in usual and shown.encode() not in usual
    copy = next(r for r in whole(both.noa, EVERYTHING)["records"] if r["id"] == shown)
    assert (copy["by"], copy["shared"]) == ("other", True)
    assert RecordId(given_).encode() in usual


@given(data=st.data())
@settings(max_examples=1, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_everything_of_ones_own_goes_along_covered_kinds_too(data: st.DataObject, session: Session) -> None:
    """A whole export of one's own is a backup: what no chart and no summary shows is in it, after a warning."""
    covered = [kind for kind in session.kinds.ids() if session.kinds.declared(kind).sharing in {"never", "by_item"}]
    assert covered
    for kind in covered:
        body = session.kinds.parse(kind, data.draw(answers_of(session.kinds.declared(kind))))
        with session.change() as change:
            change.put(kind, body)
    assert {record["kind"] for record in whole(session, Choice())["records"]} >= set(covered)


def test_memory_does_not_grow_with_the_journal(session: Session, tmp_path: Path) -> None:
    """Constant memory, both ways: four times the journal takes hardly more."""
    from app.bench import workload

    peaks = []
    for number, records in enumerate((500, 1_500)):
        for _ in workload.fill(session.space, session.person.id, records, seed=number):
            pass
        tracemalloc.start()
        done = TakingOut(session).take_out(Target.ARCHIVE, tmp_path / f"{number}.age", Choice(), phrase="seven")
        peaks.append(tracemalloc.get_traced_memory()[1] / 1024)
        tracemalloc.stop()
        assert done is not None and done.records >= records
    assert peaks[1] < peaks[0] + 256, peaks
