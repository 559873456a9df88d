"""Two people, recovery, copies, new keys, leaving: no file anywhere holds a word, a name, a passphrase or the code.

The flows of one person and of the window are walked in tests/journeys/test_leaks.py, with the same search.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.faults.leak_writer import MARK, ROTATED, SECRETS, opened
from tests.faults.table import Faults
from tests.journeys.test_leaks import house, places_of


def test_a_life_of_two_leaves_no_word_in_any_file(tmp_path: Path, faults: Faults) -> None:
    env = house(tmp_path)
    root = tmp_path / "journal" / "v"
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.leak_writer", str(root)],
        cwd=tmp_path / "here",
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        first = program.stdout.readline()
        assert first.startswith("wrote "), program.communicate()[1]
        code = first.removeprefix("wrote ").strip()
        secrets = (*SECRETS, code, code.replace(" ", ""), code.replace(" ", "-"))
        running = places_of(secrets, tmp_path)
        out, err = program.communicate("go on\n")
    assert program.returncode == 0, err
    after = places_of(secrets, tmp_path)
    assert running == []
    assert after == []
    assert all(secret not in out + err for secret in secrets)
    elsewhere = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*") if path.is_file()}
    assert elsewhere <= {"journal", "cache"}
    desk = opened(root, ROTATED)
    assert len(desk.journal.search(MARK, limit=50)) >= 2, "the words are there for who has the passphrase"
    desk.close()
    faults.report("F13", "a life of two: words, names, phrases, code", tried=2 * len(secrets), passed=2 * len(secrets))
