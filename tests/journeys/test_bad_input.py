"""Whatever is handed to `leeward add` is saved as it was written or refused with a reason, never half.

The long search runs on an open desk with the very functions the command calls; the worst of it also through the shell.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import cli, cli_call, cli_input, logs
from app.domain.errors import Code, RecordError
from app.domain.kinds.intake import Reason
from app.services.desk import Desk
from tests.domain.answers import answers_of
from tests.fixtures.session import kind_ids, shipped_content, shipped_kinds
from tests.fixtures.vault import PASSPHRASE, copied, opened
from tests.journeys.test_command_line import Said, leeward, one_line

ROOT = Path(__file__).resolve().parents[2]
KINDS = shipped_kinds()
REASONS = {*(reason.value for reason in Reason), "no_such_link", "in_the_future"}
INTAKE = {"not_json", "too_deep", "repeated_name", "not_an_object", "too_long", "not_text", "unreadable_file"}

_odd_text = st.one_of(
    st.text(max_size=30),  # hypothesis includes control characters, all scripts and unpaired surrogates
    st.text(st.characters(categories=["Cs", "Cc", "Mn", "Cf"]), max_size=8),
    st.sampled_from(["\ud800", "\x00", "\u202eabc", "e\u0301" * 50, "0001-01-01", "9999-12-31T23:59", "2026-02-30"]),
    st.sampled_from(["", " ", "NaN", "null", "../..", "%s{0}", "2026-05-01T25:61", "1899-12-31", "2200-01-01"]),
)
_numbers = st.one_of(st.integers(), st.floats(), st.just(10**400), st.just(-(10**30)), st.just(2**63))
_leaves = st.one_of(st.none(), st.booleans(), _numbers, _odd_text)
anything = st.recursive(
    _leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_odd_text, inner, max_size=4)),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One open vault; what is accepted is removed again."""
    made = opened(copied(tmp_path_factory.mktemp("input") / "v"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault for the shell."""
    return copied(tmp_path_factory.mktemp("shell") / "v")


@st.composite
def awry(draw: st.DrawFn, kind_id: str) -> dict[str, object]:
    """Good answers of which some were exchanged, and now and then a question nobody asked."""
    kind = KINDS.declared(kind_id)
    good = draw(answers_of(kind))
    plain: dict[str, object] = json.loads(KINDS.encode(KINDS.struct(kind_id)(**good)))
    fields = st.sampled_from([field.id for field in kind.fields])
    plain.update(draw(st.dictionaries(fields, anything, max_size=3)))
    plain.update(draw(st.dictionaries(_odd_text, anything, max_size=1)))
    return plain


@pytest.mark.parametrize("kind_id", kind_ids())
def test_any_answers_are_saved_as_written_or_refused_with_a_reason(kind_id: str, desk: Desk) -> None:
    declared = {field.id for field in KINDS.declared(kind_id).fields}

    @settings(
        max_examples=settings().max_examples // 2,  # each is saved in a real vault, for every kind there is
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(awry(kind_id))
    def search(answers: dict[str, object]) -> None:
        before = desk.session.space.chain_head(desk.session.person.id)
        text = json.dumps(answers)
        try:
            record = desk.journal.add(kind_id, cli_input.answers(text, kind_id))
        except RecordError as refused:
            _check_refusal(refused, kind_id, declared)
            assert desk.session.space.chain_head(desk.session.person.id) == before
            return
        entry = desk.journal.record(record)
        kinds = desk.session.kinds
        again: dict[str, object] = json.loads(kinds.encode(entry.body))
        assert kinds.parse(kind_id, again) == entry.body
        assert again.keys() <= answers.keys()
        desk.journal.remove(record)

    search()
    assert desk.checks.verify().clean


def _check_refusal(refused: RecordError, kind_id: str, declared: set[str]) -> None:
    assert refused.code in {Code.INVALID_RECORD, Code.IMPORT_REFUSED}
    assert refused.detail["kind"] == kind_id
    assert refused.detail["reason"] in (REASONS if refused.code is Code.INVALID_RECORD else INTAKE)
    said = cli.refusal(shipped_content(), refused)
    assert "\n" not in said
    assert said.isprintable()
    if refused.code is Code.INVALID_RECORD:
        field = str(refused.detail["field"])
        assert field in {*declared, "", "?"} or field.isidentifier()


@given(st.text(max_size=60) | anything.map(lambda value: json.dumps(value)[:-1]) | st.binary().map(repr))
def test_any_text_is_json_of_one_record_or_refused(text: str) -> None:
    try:
        found = cli_input.answers(text, "note")
    except RecordError as refused:
        _check_intake(refused)
    else:
        assert isinstance(found, dict)


def _check_intake(refused: RecordError) -> None:
    assert refused.code is Code.IMPORT_REFUSED
    assert refused.detail["reason"] in INTAKE
    assert refused.__cause__ is None
    assert refused.__suppress_context__, "the engine's own error quotes the text"


DEEP = 100_000
WORST: list[tuple[str, str, str]] = [
    ("note", "[" * DEEP, "too_deep"),
    ("note", '{"body":' * DEEP, "too_deep"),
    ("note", '{"body":' + "[" * DEEP + "]" * DEEP + "}", "too_deep"),
    ("note", '{"body":"mine","body":"yours"}', "repeated_name"),
    ("note", '{"at":{"day":"2026-05-01","day":"2026-05-02"},"body":"mine"}', "repeated_name"),
    ("injury", '{"title":"mine","weight":NaN}', "not_json"),
    ("injury", '{"title":"mine","weight":-Infinity}', "not_json"),
    ("injury", '{"title":"mine","weight":1e999}', "wrong_type"),
    ("injury", '{"title":"mine","weight":' + "9" * 4_000 + "}", "out_of_range"),
    ("injury", '{"title":"mine","weight":' + "9" * 50_000 + "}", "not_json"),
    ("injury", '{"title":"mine","weight":7.0}', "wrong_type"),
    ("injury", '{"title":"mine","weight":true}', "wrong_type"),
    ("note", '{"body":"mine \\ud800"}', "unreadable_text"),
    ("note", '{"body":"mine \\u0000"}', "unreadable_text"),
    ("note", '{"mine \\ud800":"x"}', "unknown_field"),
    ("note", '{"body":"mine","at":"0001-01-01"}', "date_out_of_range"),
    ("note", '{"body":"mine","at":"9999-12-31"}', "date_out_of_range"),
    ("note", '{"body":"mine","at":"2026-02-29"}', "unreadable_date"),
    ("note", '{"body":"mine","at":253402300799}', "wrong_type"),
    ("note", '{"body":"mine","at":{"day":"2026-05-01","time":"10:00","zone":"../../etc/localtime"}}', "unknown_zone"),
    ("checkin", '{"felt_for_date":"2026-05-20","felt_safety":5}', "in_the_future"),
    ("note", '{"body":"' + "m" * 1_048_577 + '"}', "too_long"),
    ("trigger", '{"cue":"mine","thread":"' + "0" * 32 + '"}', "no_such_link"),
    ("trigger", '{"cue":"mine","move":["withdraw","withdraw"]}', "repeated"),
    ("note", '{"body":["mine"]}', "wrong_type"),
]


@pytest.mark.parametrize("kind, text, reason", WORST, ids=range(len(WORST)))
def test_the_worst_through_the_same_gate(kind: str, text: str, reason: str, desk: Desk) -> None:
    before = desk.session.space.chain_head(desk.session.person.id)
    with pytest.raises(RecordError) as refused:
        desk.journal.add(kind, cli_input.answers(text, kind))
    assert refused.value.detail["reason"] == reason
    assert "mine" not in cli.refusal(shipped_content(), refused.value)
    assert desk.session.space.chain_head(desk.session.person.id) == before


@pytest.mark.parametrize(
    "body",
    [
        "\u202eright to left\u202c and שלום, مرحبا",
        "a" + "\u0301" * 5_000,
        "👩🏽‍🤝‍👩🏻" * 2_000,
        "\u2028\u2029\x85\x0b\x1f\x7f",
        "x" * 1_048_576,
        "' OR 1=1; DROP TABLE record; --",
        '"NEAR(a b) AND * : ^ {col}: -',
    ],
    ids=["rtl", "combining", "joined", "controls", "megabyte", "sql", "fts"],
)
def test_odd_but_lawful_text_comes_back_letter_by_letter(body: str, desk: Desk) -> None:
    record = desk.journal.add("note", cli_input.answers(json.dumps({"title": body[:200], "body": body}), "note"))
    stored: dict[str, object] = json.loads(KINDS.encode(desk.journal.record(record).body))
    assert stored == {"title": body[:200], "body": body}
    assert desk.journal.entry(record) is not None
    desk.journal.search(body[:500])
    desk.journal.remove(record)


def shell(vault: Path, *arguments: str | Path, more: str = "") -> Said:
    return leeward(*arguments, "--vault", vault, "--passphrase-stdin", typed=f"{PASSPHRASE}\n{more}")


@pytest.mark.parametrize(
    "arguments, more, code",
    [
        (("add", "note"), "[" * DEEP, "import_refused"),
        (("add", "note"), '{"body":"a","body":"b"}', "import_refused"),
        (("add", "note", "--from", "no such file"), "", "import_refused"),
        (("add", "note", "--from", "a\0b"), "", "import_refused"),
        (("add", "\udcff"), "{}", "unknown_kind"),
        (("show", "\udcff"), "", "unknown_record"),
        (("show", "what I wrote"), "", "unknown_record"),
        (("show", ""), "", "unknown_record"),
        (("list", "--person", "\udcff"), "", "unknown_person"),
        (("list", "--kind", "\udcff"), "", "unknown_kind"),
        (("summary", "--out", "page.doc"), "", "invalid_record"),
        (("summary", "--out", "page.pdf", "--from", "yesterday"), "", "invalid_record"),
        (("summary", "--out", "/nowhere/at/all.md"), "", "write_failed"),
        (("summary", "--out", f"{'n' * 300}.md"), "", "write_failed"),
    ],
    ids=range(14),
)
def test_every_refusal_in_a_shell_is_one_line(
    arguments: tuple[str, ...], more: str, code: str, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = shell(vault, *arguments, more=more)
    one_line(said, code)
    assert "what I wrote" not in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--limit", "0"),
        ("list", "--limit", "-1"),
        ("list", "--limit", "9" * 40),
        ("search", "x", "--limit", "0"),
        ("trends", "--period", "always"),
        ("tour", "--out", "x", "--size", "wide"),
        ("tour", "--out", "x", "--size", "0x0"),
        ("demo", "--vault", "x", "--months", "100"),
    ],
)
def test_options_out_of_reason_are_wrong_use(arguments: tuple[str, ...]) -> None:
    assert leeward(*arguments).status == 2


@pytest.mark.parametrize("name", ["", "a\0b"])
@pytest.mark.parametrize("command", ["create", "list"])
def test_an_empty_vault_name_is_a_slip_and_not_the_usual_place(command: str, name: str) -> None:
    one_line(leeward(command, "--vault", name, "--passphrase-stdin", typed="some words\n"), "no_vault")


def test_a_failure_nobody_foresaw_is_one_line_without_a_word_of_it(
    vault: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> object:
        private = "what I wrote"
        raise RuntimeError(private)

    monkeypatch.setenv(logs.SWITCH, "1")
    monkeypatch.setattr(cli_call.Call, "json", fails)
    said = leeward("kinds", "--json")
    assert (said.status, said.out, said.err) == (1, "", cli.UNEXPECTED + "\n")
    everything = "".join(capsys.readouterr())
    assert "RuntimeError at app.cli:" in everything
    assert "wrote" not in everything
    logs.forget()


@pytest.mark.parametrize(
    "typed, code",
    [
        (PASSPHRASE.encode() + b'\n{"body":"\xff\xfe"}', "unreadable_text"),
        (PASSPHRASE.encode() + b'\n{"body":"\xc3\xa9 caf\xc3\xa9 \xf0\x9f\x8c\xbf"}', ""),
        (PASSPHRASE.encode() + b"\n" + b"\xff" * 100, "not_json"),
        (b"\xff\xff\n{}", "wrong_passphrase"),
        (b"", "empty_passphrase"),
        (PASSPHRASE.encode("utf-16"), "wrong_passphrase"),
    ],
    ids=["bytes in text", "good", "bytes", "bytes as phrase", "nothing", "utf-16"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_bytes_that_are_no_text_end_in_one_line_that_says_why(
    typed: bytes, code: str, encoding: str, tmp_path: Path
) -> None:
    """A real process, because what decodes is the process's own standard input.

    And a vault that knows of no wrong passphrase yet: after several of them the next one would wait, and say so.
    """
    vault = copied(tmp_path / "v")
    if encoding == "ascii" and typed.startswith(PASSPHRASE.encode()):
        code = "wrong_passphrase"  # a terminal that cannot say Ü cannot type this one
    done = subprocess.run(
        [sys.executable, "-m", "app", "add", "note", "--vault", str(vault), "--passphrase-stdin"],
        cwd=ROOT,
        input=typed,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert done.returncode == (1 if code else 0), done.stderr
    assert done.stderr.count(b"\n") == (1 if code else 0)
    assert code.encode() in done.stderr


def test_a_terminal_without_the_letters_gets_escapes(vault: Path) -> None:
    command = [sys.executable, "-m", "app", "kinds", "--json"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()
    assert b"\\u2019" in done.stdout, "an apostrophe as it is written in the questions"
