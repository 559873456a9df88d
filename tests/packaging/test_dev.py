"""dev.py: one environment, never half made; honest exit codes; clear words where something is missing."""

from __future__ import annotations

import ast
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest


class Workshop:
    """A checkout in miniature whose two slow steps only note that they were asked for."""

    def __init__(self, dev: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.dev = dev
        self.steps: list[str] = []
        self.fail_with: BaseException | None = None
        (folder / "packaging").mkdir()
        self.lock = folder / "packaging" / "requirements.txt"
        self.lock.write_text("one==1\n", encoding="utf-8")
        (folder / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
        places = {"ROOT": folder, "VENV": folder / ".venv", "LOCK": self.lock, "PROJECT": folder / "pyproject.toml"}
        places["STAMP"] = folder / ".venv" / "leeward-stamp.json"
        for name, place in places.items():
            monkeypatch.setattr(dev, name, place)
        monkeypatch.setattr(dev, "make_venv", self.make_venv)
        monkeypatch.setattr(dev, "install", self.install)
        monkeypatch.setattr(dev, "require_libraries", lambda: None)

    def make_venv(self) -> None:
        self.steps.append("make")
        python = self.dev.venv_python()
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    def install(self) -> None:
        self.steps.append("install")
        if self.fail_with:
            raise self.fail_with

    def ready(self) -> list[str]:
        self.steps.clear()
        self.dev.ready()
        return self.steps


@pytest.fixture
def workshop(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    return Workshop(dev, tmp_path, monkeypatch)


def test_the_environment_is_made_once(workshop: Workshop) -> None:
    assert workshop.ready() == ["make", "install"]
    assert workshop.ready() == []


def test_a_changed_lock_is_installed_into_the_same_environment(workshop: Workshop) -> None:
    workshop.ready()
    workshop.lock.write_text("one==2\n", encoding="utf-8")

    assert workshop.ready() == ["install"]
    assert workshop.ready() == []


@pytest.mark.parametrize("first_time", [True, False])
def test_an_interrupted_installation_is_not_trusted(workshop: Workshop, first_time: bool) -> None:
    if not first_time:
        workshop.ready()
        workshop.lock.write_text("one==2\n", encoding="utf-8")
    workshop.fail_with = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        workshop.ready()
    workshop.fail_with = None

    assert workshop.ready() == ["make", "install"]
    assert workshop.ready() == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"python": "x"}'])
def test_a_damaged_stamp_means_a_new_environment(workshop: Workshop, text: str) -> None:
    workshop.ready()
    workshop.dev.STAMP.write_text(text, encoding="utf-8")

    assert workshop.ready() == ["make", "install"]


@pytest.mark.parametrize("changed", ["python", "place"])
def test_another_python_or_a_moved_checkout_means_a_new_environment(workshop: Workshop, changed: str) -> None:
    workshop.ready()
    workshop.dev.write_stamp({**workshop.dev.fingerprint(), changed: "other"})

    assert workshop.ready() == ["make", "install"]


def test_an_environment_whose_python_is_gone_is_made_again(workshop: Workshop) -> None:
    workshop.ready()
    workshop.dev.venv_python().unlink()

    assert workshop.ready() == ["make", "install"]


def test_exit_codes_pass_through(dev: ModuleType) -> None:
    assert dev.start([sys.executable, "-c", "raise SystemExit(7)"]) == 7
    assert dev.start([sys.executable, "-c", ""]) == 0


@pytest.mark.skipif(os.name == "nt", reason="signals end programs only on POSIX")
def test_a_signal_becomes_the_code_a_shell_gives(dev: ModuleType) -> None:
    code = dev.start([sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"])

    assert code == 128 + signal.SIGTERM


def test_an_unknown_command_shows_the_commands(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["dance"]) == 2
    assert "dev.py run" in capsys.readouterr().err
    assert dev.main(["--help"]) == 0
    assert "dev.py run" in capsys.readouterr().out


def test_an_older_python_gets_one_calm_sentence(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))

    assert dev.main(["run"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "3.11 or newer" in said


def test_an_older_python_can_read_far_enough(root: Path) -> None:
    ast.parse((root / "packaging" / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_only_the_standard_library_is_used(root: Path) -> None:
    tree = ast.parse((root / "packaging" / "dev.py").read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert names
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can lack a display")
@pytest.mark.parametrize(
    "variables, expected",
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
        ({"DISPLAY": ""}, False),
    ],
)
def test_a_display_is_noticed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert dev.has_display() is expected


@pytest.mark.parametrize(
    "display, given, started",
    [
        (True, [], []),
        (False, [], ["tour", "--out", "leeward-tour"]),
        (False, ["list", "--json"], ["list", "--json"]),
    ],
)
def test_run_without_a_display_makes_the_tour(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, display: bool, given: list[str], started: list[str]
) -> None:
    calls: list[list[str]] = []
    monkeypatch.setattr(dev, "ready", lambda: None)
    monkeypatch.setattr(dev, "has_display", lambda: display)
    monkeypatch.setattr(dev, "leeward", lambda arguments: calls.append(arguments) or 3)

    assert dev.main(["run", *given]) == 3
    assert calls == [started]


@pytest.mark.parametrize("tests, checks, expected", [(0, 0, 0), (5, 0, 5), (0, 1, 1), (2, 1, 2)])
def test_test_fails_if_either_half_does(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tests: int, checks: int, expected: int
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(dev, "check", lambda _: checks)
    monkeypatch.setattr(dev, "python", lambda command: commands.append(command) or tests)

    assert dev.main(["test", "--full", "-k", "vault"]) == expected
    assert commands == [["-m", "pytest", "-n", "2", "--dist", "loadgroup", "--full", "-k", "vault"]]


def test_a_missing_library_is_named_with_the_command_that_brings_it(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "QT_LIBRARIES", {"libleeward-none.so.9": "libleeward9"})
    monkeypatch.setattr(dev.shutil, "which", lambda _: "apt-get")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)

    assert dev.main(["run"]) == 1
    assert "sudo apt-get install --yes --no-install-recommends libleeward9" in capsys.readouterr().err


def test_as_root_the_library_is_installed_and_looked_for_again(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setattr(dev, "QT_LIBRARIES", {"libleeward-none.so.9": "libleeward9"})
    monkeypatch.setattr(dev.shutil, "which", lambda _: "apt-get")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0)
    monkeypatch.setattr(dev, "start", lambda command, _: started.append(command) or 0)

    assert dev.main(["run"]) == 1
    assert [command[:2] for command in started] == [["apt-get", "update"], ["apt-get", "install"]]
    assert "still misses libleeward-none.so.9" in capsys.readouterr().err


def test_the_tool_itself_answers_at_once(root: Path) -> None:
    began = time.monotonic()
    done = subprocess.run([sys.executable, "packaging/dev.py", "help"], cwd=root, capture_output=True, check=False)

    assert done.returncode == 0
    assert time.monotonic() - began < 2.0


@pytest.mark.skipif(os.name == "nt", reason="the executable bit is POSIX")
def test_ci_runs_the_same_command(root: Path) -> None:
    script = root / ".ci" / "run"

    assert script.stat().st_mode & stat.S_IXUSR
    assert "python3 packaging/dev.py test" in script.read_text(encoding="utf-8")
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
