"""What is written stays inside: no file anywhere, no log and no error holds a word of it, whatever goes wrong.

One process writes a marker word into everything a person can write into, under a marker passphrase, in a house of its
own: home, temporary folder, configuration, cache, current folder. Then every byte left there is read, while it runs,
after it was killed, and after it closed.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fixtures.vault import opened
from tests.journeys.cut_off import Run
from tests.journeys.written_everywhere import MARK, NAME, PHRASE, PHRASE_MARK

ROOT = Path(__file__).resolve().parents[2]
SECRETS = (MARK, NAME, PHRASE_MARK)
PLACES = ("home", "tmp", "data", "config", "cache", "state", "runtime", "here", "journal")


def forms(word: str) -> dict[str, bytes]:
    """How a word may lie in a file, each as bytes to look for. Case is folded where that means anything."""
    plain = word.encode()
    found = {
        "utf-8": plain,
        "utf-16": word.encode("utf-16-le"),
        "utf-16-be": word.encode("utf-16-be"),
        "utf-32": word.encode("utf-32-le"),
        "percent": "".join(f"%{letter:02x}" for letter in plain).encode(),
        "hex": plain.hex().encode(),
        "hex pairs": plain.hex(" ").encode(),
        "reversed": plain[::-1],
    }
    for shift in range(3):  # the same letters fall on other boundaries depending on what stands before
        code = base64.b64encode(bytes(shift) + plain)
        found[f"base64 {shift}"] = code[4 if shift else 0 : len(code) - 4]
    return found


def places_of(words: tuple[str, ...], folder: Path) -> list[str]:
    """Every file under a folder that holds one of the words in any form, or is named after it."""
    wanted = [(f"{word} as {how}", code, code.lower()) for word in words for how, code in forms(word).items()]
    hits: list[str] = []
    for path in sorted(folder.rglob("*")):
        name = os.fsencode(path.relative_to(folder))
        data = name + b"\0" + (path.read_bytes() if path.is_file() and not path.is_symlink() else b"")
        folded = data.lower()
        for what, code, lower in wanted:
            if (code in data) if what.partition(" as ")[2].startswith("base64") else (lower in folded):
                hits.append(f"{what} in {path.relative_to(folder)}")
    return hits


def house(folder: Path) -> dict[str, str]:
    """Every folder a program may ask the system for, inside `folder`."""
    for name in PLACES:
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV") if name in os.environ}
    here = {f"XDG_{name.upper()}_HOME": str(folder / name) for name in ("data", "config", "cache", "state")}
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"), str(folder / "tmp"))
    return {
        **kept,
        **here,
        **temporary,
        "HOME": str(folder / "home"),
        "XDG_RUNTIME_DIR": str(folder / "runtime"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LEEWARD_DEBUG": "1",
    }


@dataclass(frozen=True)
class Life:
    """What one run left: its house, and what it said."""

    folder: Path
    said: str
    running: list[str]
    logs: list[str]


def live(folder: Path, *, kill: bool) -> Life:
    """Let the writer live in its house until it is killed or closes by itself."""
    command = [sys.executable, "-m", "tests.journeys.written_everywhere", str(folder / "journal" / "v")]
    with subprocess.Popen(
        command,
        cwd=folder / "here",
        env=house(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        first = program.stdout.readline()
        if not first:
            pytest.fail(program.communicate()[1])
        log = list((folder / "journal").rglob("*-wal"))
        assert log
        assert log[0].stat().st_size > 0, "the log is what is worth looking at"
        running = places_of(SECRETS, folder)
        if kill:
            program.kill()
        out, err = program.communicate("close\n" if not kill else None)
    assert kill or program.returncode == 1, "ended by the exception at the end"
    return Life(folder, first + out + err, running, err.splitlines())


LIVES = pytest.mark.xdist_group("lives")
"""One process looks at a life from every side."""


@pytest.fixture(scope="module", params=["closed", "killed"])
def life(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Life:
    folder = tmp_path_factory.mktemp("house")
    for name in PLACES:
        (folder / name).mkdir()
    return live(folder, kill=request.param == "killed")


@LIVES
def test_the_words_are_really_there_for_who_has_the_passphrase(life: Life) -> None:
    assert life.said.startswith("written True\n")
    desk = opened(life.folder / "journal" / "v", PHRASE)
    assert len(desk.journal.search(MARK, limit=50)) >= 14
    assert len(desk.drafts.all()) >= 14
    assert desk.session.person.name == f"Person {NAME}"
    assert desk.checks.verify().clean
    desk.close()


@pytest.mark.fault("F13", "flows of one person, and the window")
@LIVES
def test_no_file_holds_a_word_while_it_runs_or_afterwards(life: Life) -> None:
    assert life.running == []
    assert places_of(SECRETS, life.folder) == []


@pytest.mark.fault("F13", "flows of one person, and the window")
@LIVES
def test_nothing_is_written_outside_the_journal_but_what_belongs_there(life: Life) -> None:
    """Only the libraries' own caches, which know no words."""
    elsewhere = {path.relative_to(life.folder).parts[0] for path in life.folder.rglob("*") if path.is_file()}
    assert elsewhere <= {"journal", "cache"}
    assert {path.suffix for path in (life.folder / "cache").rglob("*") if path.is_file()} <= {".json", ""}


@pytest.mark.fault("F13", "flows of one person, and the window")
@LIVES
def test_what_is_said_and_logged_names_places_only(life: Life) -> None:
    for secret in (*SECRETS, "tramlines", "Person", "Other"):
        assert secret not in life.said
    assert "Traceback" not in life.said
    shown = [line for line in life.logs if line.startswith("leeward: ")]
    assert len(shown) >= 10
    assert any("ValueError at " in line for line in shown)
    assert any("VaultError[wrong_passphrase]" in line for line in shown)


@pytest.mark.fault("F13", "flows of one person, and the window")
@pytest.mark.parametrize("life", ["closed"], indirect=True)
@LIVES
def test_refusals_in_a_shell_repeat_no_answer(life: Life) -> None:
    """Names of questions, kinds and reasons; never what stands where one of them belongs."""
    vault = str(life.folder / "journal" / "v")
    for arguments, answers in (
        (["add", "note"], {f"my {MARK}": "x"}),
        (["add", "note"], {"body": [MARK]}),
        (["add", "note"], {"at": MARK}),
        (["add", "trigger"], {"cue": "x", "move": [{MARK: MARK}]}),
        (["add", "injury"], {"title": "x", "weight": MARK}),
        (["add", f"my {MARK}"], {}),
        (["list", "--kind", f"my {MARK}"], {}),
        (["list", "--person", MARK], {}),
        (["show", MARK], {}),
        (["summary", "--out", "page.pdf", "--sections", MARK], {}),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "app", *arguments, "--vault", vault, "--passphrase-stdin"],
            cwd=life.folder / "here",
            env=house(life.folder),
            input=f"{PHRASE}\n{json.dumps(answers)}",
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stdout + done.stderr
        assert done.returncode == 1, said
        assert MARK not in said, arguments
        assert PHRASE_MARK not in said
    assert places_of(SECRETS, life.folder) == []


@pytest.mark.fault("F13", "flows of one person, and the window")
@LIVES
def test_only_the_summary_that_was_asked_for_holds_words(life: Life, tmp_path: Path) -> None:
    vault, out = str(life.folder / "journal" / "v"), str(tmp_path / "page.md")
    command = [sys.executable, "-m", "app", "summary", "--vault", vault, "--passphrase-stdin", "--out", out]
    done = subprocess.run(
        [*command, "--from", "2026-01-01", "--to", "2026-12-31", "--sections", "logs,narratives,markers"],
        cwd=life.folder / "here",
        env=house(life.folder),
        input=f"{PHRASE}\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert places_of(SECRETS, life.folder) == []
    assert [hit.partition(" in ")[2] for hit in places_of((MARK,), tmp_path)] == ["page.md"]
    assert PHRASE_MARK not in done.stdout + done.stderr


@pytest.mark.fault("F13", "flows of one person, and the window")
def test_words_typed_into_every_page_of_the_window_stay_in_the_journal(tmp_path: Path) -> None:
    """The window keeps drafts as one types; they, and everything shown, must lie nowhere but in the encrypted file."""
    env = house(tmp_path)
    path = tmp_path / "journal" / "v"
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.typed_everywhere", str(path)],
        cwd=tmp_path / "here",
        env=env,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    unlock, *pages = (int(number) for number in done.stdout.split()[1:])
    assert unlock == 1
    assert sum(pages) >= 6, done.stdout
    assert places_of(SECRETS, tmp_path) == []
    assert all(word not in done.stdout + done.stderr for word in SECRETS)
    desk = opened(path, PHRASE)
    kept = [draft for draft in desk.drafts.all() if draft.key.startswith(("checkin", "trigger"))]
    assert any(MARK in str(draft.body) for draft in kept), "what was typed was really taken"
    desk.close()


@pytest.mark.fault("F13", "flows of one person, and the window")
@pytest.mark.slow
def test_words_typed_at_every_door_stay_in_the_journal(tmp_path: Path) -> None:
    """First run, every sheet, keys and recovery code, copies, erasing, the locked screen: nothing of it lies about."""
    env = house(tmp_path)
    path = tmp_path / "journal" / "v"
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.typed_at_every_door", str(path)],
        cwd=tmp_path / "here",
        env=env,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {"first run", "sheet note", "keys Change…", "drop", "recovery sheet", "erase", "welcome"} <= set(
        told["typed"]
    )
    assert [where for where, fields in told["typed"].items() if not fields] == []
    assert MARK not in told["clipboard"]
    code = told["code"]
    assert len(code) == 32
    grouped = [sign.join(code[at : at + 4] for at in range(0, 32, 4)) for sign in (" ", "-")]
    assert places_of((*SECRETS, code, *grouped), tmp_path) == []
    assert all(word not in done.stdout + done.stderr for word in SECRETS)
    assert code not in done.stderr
    elsewhere = {place.relative_to(tmp_path).parts[0] for place in tmp_path.rglob("*") if place.is_file()}
    assert elsewhere <= {"journal", "cache"}


@pytest.mark.fault("F13", "flows of one person, and the window")
@pytest.mark.xdist_group("offline")
def test_a_walk_through_screens_leaves_pictures_only(run: Run) -> None:
    """Words and passphrase of the sample are what the screens showed; nothing but the pictures may hold them."""
    assert len(list((run.folder / "tour").iterdir())) > 10
    shutil.rmtree(run.folder / "tour")
    _holds_nothing_of_the_sample(run.folder)


@pytest.mark.fault("F13", "flows of one person, and the window")
@pytest.mark.slow
def test_a_walk_through_every_screen_leaves_pictures_only(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "tour", "--out", str(tmp_path / "pictures"), "--theme", "light"],
        cwd=ROOT,
        env=house(tmp_path / "house"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "pictures").iterdir())
    _holds_nothing_of_the_sample(tmp_path / "house")
    files = [path for path in (tmp_path / "house").rglob("*") if path.is_file()]
    assert {path.relative_to(tmp_path / "house").parts[0] for path in files} <= {"cache", "config"}


def _holds_nothing_of_the_sample(folder: Path) -> None:
    from app.services.demo import sample_passphrase

    texts = _sample_texts()
    assert len(texts) > 30
    assert places_of((sample_passphrase(1).rpartition(" ")[0], *texts), folder) == []


def _sample_texts() -> tuple[str, ...]:
    """Some of the longer lines of the sample's people, each long enough to be found nowhere else."""
    found: list[str] = []
    for name in ("injuries", "triggers", "moments", "checkin_lines"):
        lines = (ROOT / "resources" / "sample" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        parts = [part for line in lines for part in line.split('"') if len(part) > 40 and part.isprintable()]
        found += parts[:10]
    return tuple(found)


@pytest.mark.parametrize("how", sorted(forms(MARK)))
def test_the_search_finds_the_word_in_every_form(how: str, tmp_path: Path) -> None:
    before = {"base64 1": b"\x07", "base64 2": b"\x07\x08"}.get(how, b"")
    planted = {
        "utf-8": MARK.upper().encode(),
        "utf-16": b"\x01\x02" + MARK.encode("utf-16-le"),
        "utf-16-be": MARK.encode("utf-16-be"),
        "utf-32": MARK.encode("utf-32-le"),
        "percent": "".join(f"%{ord(letter):02X}" for letter in MARK).encode(),
        "hex": MARK.encode().hex().upper().encode(),
        "hex pairs": MARK.encode().hex(" ").encode(),
        "reversed": MARK[::-1].encode(),
    }.get(how, base64.b64encode(before + MARK.encode() + b"and more"))
    (tmp_path / "file").write_bytes(b"something \xff" + planted + b" else")
    assert any(f"as {how} in file" in hit for hit in places_of((MARK,), tmp_path))


def test_the_search_finds_the_word_in_a_name(tmp_path: Path) -> None:
    (tmp_path / f"a {MARK}.txt").touch()
    assert places_of((MARK,), tmp_path)
