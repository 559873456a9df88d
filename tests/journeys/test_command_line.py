"""From an empty folder to a page for therapy, in a shell: every command, on a real vault with its real keys."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from pypdf import PdfReader

from app import cli, cli_call
from app.crypto.kdf import FLOOR
from app.domain.chart_names import Chart
from app.services import vaults
from tests.fixtures.session import kind_ids, shipped_content

PASSPHRASE = "copper lantern Ünder seven ferries"
ONE_OF_EACH: dict[str, dict[str, object]] = {
    "checkin": {
        "felt_for_date": "2026-05-01",
        "felt_safety": 6,
        "responsive": "no_occasion",
        "line": "Quiet marzipan.",
    },
    "trigger": {"cue": "Message tone at marzipan dinner", "peak": 7, "move": ["withdraw"], "after": 3},
    "injury": {"title": "The marzipan night", "story": "Eleven calls.\n\nNo answer.", "weight": 8},
    "note": {"title": "A note", "body": "Words of my own, marzipan among them."},
    "life_marker": {"title": "first session", "at": "2026-04-02", "on_charts": True},
    "path_step": {"step": "tell", "happened": "Said it once."},
    "new_experience": {"at": "2026-05-02", "risked": "Rang.", "came_back": "An answer."},
}


class Said(NamedTuple):
    """What a command answered."""

    status: int
    out: str
    err: str


def leeward(*arguments: str | Path, typed: str = "") -> Said:
    """Run one command as a shell would, with `typed` on standard input."""

    def never(*_: object) -> list[Path]:
        raise AssertionError

    out, err = io.StringIO(), io.StringIO()
    outside = cli_call.Outside(io.StringIO(typed), out, err, tour=never, bench=never)  # type: ignore[arg-type]
    try:
        status = cli.run([str(argument) for argument in arguments], outside)
    except SystemExit as leaving:
        status = int(leaving.code or 0)
    return Said(status, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with one record of each kind, made with the cheapest key derivation that is allowed."""
    path = tmp_path_factory.mktemp("journey") / "vault"
    vaults.create_vault(path, "Noa", PASSPHRASE, content=shipped_content(), kdf=FLOOR).close()
    thread = ""
    for kind in ("injury", *(kind for kind in ONE_OF_EACH if kind != "injury")):
        answers = dict(ONE_OF_EACH[kind])
        if kind in {"trigger", "path_step", "new_experience"}:
            answers["thread"] = thread
        said = opened(path, "add", kind, "--from", "-", more=json.dumps(answers))
        assert said.status == 0, said
        thread = thread or said.out.strip()
    return path


def opened(vault: Path, command: str, *arguments: str | Path, more: str = "", phrase: str = PASSPHRASE) -> Said:
    """Run a command on a vault with the passphrase as the first line of standard input."""
    return leeward(command, "--vault", vault, "--passphrase-stdin", *arguments, typed=f"{phrase}\n{more}")


def listed(vault: Path, *arguments: str) -> list[dict[str, object]]:
    said = opened(vault, "list", "--json", *arguments)
    assert said.status == 0, said
    found: list[dict[str, object]] = json.loads(said.out)
    return found


def test_everything_written_is_listed_shown_and_found(vault: Path) -> None:
    entries = listed(vault)
    assert {entry["kind"] for entry in entries} == set(ONE_OF_EACH)
    trigger = next(entry for entry in entries if entry["kind"] == "trigger")
    shown = opened(vault, "show", "--json", str(trigger["id"]))
    answers = json.loads(shown.out)["answers"]
    assert (answers["cue"], answers["peak"], answers["after"]) == ("Message tone at marzipan dinner", 7, 3)
    assert opened(vault, "show", str(trigger["id"])[:31]).out.count("\n") > 3
    found = opened(vault, "search", "--json", "marzi")
    assert {hit["kind"] for hit in json.loads(found.out)} == {"checkin", "trigger", "injury", "note"}
    assert opened(vault, "search", "nowhere").out == ""


def test_kinds_say_what_may_be_written() -> None:
    kinds = json.loads(leeward("kinds", "--json").out)
    assert [kind["id"] for kind in kinds] == list(kind_ids())
    safety = next(field for field in kinds[0]["fields"] if field["id"] == "felt_safety")
    assert (safety["type"], safety["range"], safety["measure"]) == ("scale_0_10", [0, 10], "felt_safety")
    listed = json.loads(leeward("practices", "--json").out)
    assert [practice["row"] for practice in listed if practice["row"] is not None] == list(range(1, 40))
    assert all(practice["journey"] and practice["source"]["articles"] for practice in listed)
    table = leeward("practices").out
    assert all(practice["title"] in table and practice["id"] in table for practice in listed)


def test_trends_tell_series_verdicts_and_words(vault: Path) -> None:
    said = opened(vault, "trends", "--json")
    assert said.status == 0, said.err
    report = json.loads(said.out)
    assert report
    assert set(report["charts"]) == set(Chart) - {Chart.SCORES}, "nobody filled in a questionnaire here"
    assert all(set(one) >= {"title", "sentence", "alternative", "columns", "rows"} for one in report["charts"].values())
    words = opened(vault, "trends")
    assert (words.status, bool(words.out.strip())) == (0, True)
    assert all(one["sentence"] in words.out for one in report["charts"].values())


def test_a_summary_is_a_real_pdf_and_never_overwrites(vault: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.pdf"
    said = opened(vault, "summary", "--from", "2026-03-01", "--to", "2026-05-14", "--out", out)
    assert said.status == 0, said.err
    assert out.stat().st_mode & 0o077 == 0
    assert "Summary" in "".join(page.extract_text() for page in PdfReader(out).pages)
    again = opened(vault, "summary", "--out", out)
    assert again.status == 1
    assert "file_exists" in again.err
    sealed = tmp_path / "sealed.pdf"
    assert opened(vault, "summary", "--out", sealed, "--password-stdin", more="slate ferry\n").status == 0
    assert PdfReader(sealed).is_encrypted
    words = tmp_path / "page.md"
    assert opened(vault, "summary", "--out", words).status == 0
    assert words.read_text(encoding="utf-8").startswith("#")


def test_a_new_vault_opens_with_its_passphrase_and_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "vault"
    made = leeward("create", "--vault", path, "--person", "Noa", "--passphrase-stdin", typed=PASSPHRASE + "\n")
    assert (made.status, made.err) == (0, "")
    for command in ("list", "trends", "verify"):
        said = opened(path, command, "--person", "Noa")
        assert (said.status, said.err) == (0, ""), said
    assert listed(path) == []
    out = tmp_path / "empty.pdf"
    assert opened(path, "summary", "--out", out).status == 0
    assert PdfReader(out).pages


def test_verify_and_rebuild(vault: Path) -> None:
    found = json.loads(opened(vault, "verify", "--json").out)
    assert (found["clean"], found["pages"], found["chain"], found["projections"]) == (True, [], [], [])
    assert opened(vault, "rebuild").out == f"{len(listed(vault))} records projected again\n"


def one_line(said: Said, code: str) -> None:
    assert said.status == 1, said
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert code in said.err
    assert "{" not in said.err


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "answers, field",
    [
        ({"body": "x", "colour": "red"}, "colour"),
        ({"body": 7}, "body"),
        ({"at": "0001-01-01", "body": "x"}, "at"),
        ({"at": "9999-12-31", "body": "x"}, "at"),
        ({"at": "yesterday", "body": "x"}, "at"),
        ({"body": "x", "thread": "0" * 32}, "thread"),
        ({"body": "x" * 1_048_577}, "body"),
        ({}, "note"),
    ],
)
def test_an_answer_that_does_not_fit_names_its_field_and_saves_nothing(
    vault: Path, answers: dict[str, object], field: str
) -> None:
    before = len(listed(vault))
    said = opened(vault, "add", "note", more=json.dumps(answers))
    one_line(said, "invalid_record")
    assert field in said.err
    assert "red" not in said.err
    assert len(listed(vault)) == before


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"', "\ufeff{}"])
def test_input_that_is_no_record_is_refused(vault: Path, text: str) -> None:
    one_line(opened(vault, "add", "note", more=text), "import_refused")


def test_refusals_are_one_calm_line_and_change_nothing(vault: Path, tmp_path: Path) -> None:
    before = tree(vault)
    one_line(opened(vault, "list", phrase="not this one"), "wrong_passphrase")
    one_line(opened(vault, "list", phrase=""), "empty_passphrase")
    one_line(opened(vault, "list", "--person", "Somebody"), "unknown_person")
    one_line(opened(vault, "show", "ffff"), "unknown_record")
    one_line(opened(vault, "list", "--kind", "poem"), "unknown_kind")
    one_line(opened(tmp_path / "nowhere", "list"), "no_vault")
    assert not (tmp_path / "nowhere").exists()
    again = leeward("create", "--vault", vault, "--passphrase-stdin", typed="other words\n")
    one_line(again, "vault_exists")
    same = leeward("create", "--vault", tmp_path / "v", "--person", "Noa B", "--passphrase-stdin", typed="noa b\n")
    one_line(same, "name_is_passphrase")
    assert not (tmp_path / "v").exists()
    assert tree(vault).keys() == before.keys()


@pytest.mark.parametrize("arguments", [(), ("poem",), ("add",), ("summary",), ("demo",), ("list", "--limit", "many")])
def test_wrong_use_is_status_two(arguments: Sequence[str]) -> None:
    said = leeward(*arguments)
    assert said.status == 2


def test_a_megabyte_of_awkward_text_comes_back_whole(vault: Path) -> None:
    body = ("שלום e\u0301 👩🏽‍🤝‍👩🏻 \u202eright\u202c line\n" * 40_000)[:1_048_570] + " ערמון"
    said = opened(vault, "add", "note", more=json.dumps({"body": body}))
    assert said.status == 0, said.err
    shown = json.loads(opened(vault, "show", "--json", said.out.strip()).out)
    assert shown["answers"]["body"] == body
    assert json.loads(opened(vault, "search", "--json", "ערמון").out)
