"""The table itself: what was lost or left out cannot pass unseen, with and without worker processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from tests.faults.catalogue import CATALOGUE
from tests.faults.table import Faults, Table

ROOT = Path(__file__).resolve().parents[2]
_SOME_TESTS = """
import pytest

@pytest.mark.fault("F7", "marked")
@pytest.mark.parametrize("number", [1, 2, 3])
def test_marked(number):
    assert number != LOST

@pytest.mark.fault("F7", "marked")
@pytest.mark.skip(reason="not here")
def test_skipped():
    pass

def test_counted(faults):
    faults.report("F3", "counted", tried=500, passed=500)

@pytest.mark.parametrize("part", [1, 2])
def test_added_up(faults, part):
    faults.report("F3", "added up", tried=10, passed=10)
"""


def _run(place: Path, *options: str, lost: int = 0) -> subprocess.CompletedProcess[str]:
    file = place / "test_some.py"
    file.write_text(_SOME_TESTS.replace("LOST", str(lost)), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", str(file), "-q", "-p", "tests.faults.table", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, "-c", str(place / "none.ini"), "--rootdir", str(place), *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "workers"])
def test_every_line_arrives_and_is_added_up(options: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "none.ini").write_text("[pytest]\n")
    done = _run(tmp_path, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = {
        " ".join(line.split()[:-4]): line.split()[-4:-1] for line in done.stdout.splitlines() if line[:7] == " " * 7
    }
    assert lines["marked"] == ["3", "3", "1"]
    assert lines["counted"] == ["500", "500", "0"]
    assert lines["added up"] == ["20", "20", "0"]


def test_a_lost_case_is_shouted(tmp_path: Path) -> None:
    (tmp_path / "none.ini").write_text("[pytest]\n")
    done = _run(tmp_path, lost=2)
    assert done.returncode == 1
    assert "1 LOST" in done.stdout


@pytest.mark.parametrize("tried, passed", [(5, 4), (0, 0), (3, 5)])
def test_less_than_everything_fails_the_test(tried: int, passed: int) -> None:
    node = SimpleNamespace(user_properties=[])
    with pytest.raises(pytest.fail.Exception):
        Faults(cast(pytest.Item, node)).report("F3", "flips", tried, passed)
    assert node.user_properties, "the line is in the table all the same"


def test_an_unknown_number_is_refused() -> None:
    with pytest.raises(ValueError, match="F99"):
        Faults(cast(pytest.Item, SimpleNamespace(user_properties=[]))).report("F99", "nothing", 1, 1)


@pytest.mark.parametrize("left_out", [fault.id for fault in CATALOGUE if fault.due])
def test_a_whole_run_without_a_number_has_failed(left_out: str) -> None:
    table = Table(whole=True, full=False)
    for fault in CATALOGUE:
        if fault.id != left_out and not fault.only_full:
            table.line(fault.id, "something").tried = 1
    session = cast(pytest.Session, SimpleNamespace(exitstatus=pytest.ExitCode.OK))
    table.pytest_sessionfinish(session)
    assert table.missing() == [left_out]
    assert session.exitstatus == pytest.ExitCode.TESTS_FAILED


def test_a_partial_run_or_a_whole_table_has_not() -> None:
    for table in (Table(whole=False, full=False), Table(whole=True, full=False)):
        if table.whole:
            for fault in CATALOGUE:
                table.line(fault.id, "something").tried = 1
        session = cast(pytest.Session, SimpleNamespace(exitstatus=pytest.ExitCode.OK))
        table.pytest_sessionfinish(session)
        assert session.exitstatus == pytest.ExitCode.OK


def test_the_catalogue_has_every_number_once() -> None:
    assert [fault.id for fault in CATALOGUE] == [f"F{number}" for number in range(1, 22)]
