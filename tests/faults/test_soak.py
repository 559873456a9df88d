"""Typing without a rest in the real window, with kills, locks and a disk that fills up at any moment: no word is lost.

Words that were saved, or that a draft held once, are there afterwards; after a lock also those typed a moment before.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.file_calls import available
from tests.faults.known_keys import opened
from tests.faults.table import Faults
from tests.fixtures.vault import PASSPHRASE, copied

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not available(), reason="the driver of this system hides its file layer")


class Round:
    """One life of the program, from unlocking to a lock or a kill."""

    def __init__(self, folder: Path, seed: int, first: int, kill_after_s: float) -> None:
        self.said: dict[str, list[int]] = {"typed": [], "kept": [], "saved": [], "locking": [], "locked": []}
        with subprocess.Popen(
            [sys.executable, "-m", "tests.faults.soak_program", str(folder), str(seed), str(first)],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as program:
            assert program.stdin is not None
            assert program.stdout is not None
            assert program.stderr is not None
            program.stdin.write(PASSPHRASE + "\n")
            program.stdin.flush()
            killing: threading.Timer | None = None
            for line in program.stdout:
                if killing is None:  # the first word was typed
                    killing = threading.Timer(kill_after_s, program.kill)
                    killing.start()
                if line.endswith("\n") and len(line.split()) == 2:
                    what, number = line.split()
                    self.said[what].append(int(number))
            error = program.stderr.read()
            program.wait()
            if killing is not None:
                killing.cancel()
                killing.join()
        assert program.returncode in {0, -9}, error

    @property
    def must_be_there(self) -> set[int]:
        """Every number whose word may not be missing."""
        sure = {*self.said["kept"], *self.said["saved"]}
        return sure | set(self.said["typed"]) if self.said["locked"] else sure


def _words_in(folder: Path) -> set[int]:
    """Every number that a note or a draft holds, in any state a note ever had."""
    desk = opened(folder)
    assert desk.checks.verify().clean
    texts = [str(draft.body) for draft in desk.drafts.all()]
    for entry in desk.journal.page(kinds=("note",), limit=10_000).entries:
        texts.append(str(desk.journal.record(entry.id).body))
    desk.close()
    return {int(number) for text in texts for number in re.findall(r" (\d+) ", text)}


def _soak(folder: Path, seed: int, go_on: Callable[[int], bool]) -> tuple[int, int, int]:
    """Live round after round; how many rounds, words and locks there were."""
    chance, sure, first, rounds, locks = random.Random(seed), set[int](), 1, 0, 0
    while go_on(rounds):
        life = Round(folder, chance.randrange(2**31), first, chance.uniform(1.0, 8.0))
        sure |= life.must_be_there
        first = max(life.said["typed"], default=first) + 1000
        missing = sure - _words_in(folder)
        assert missing == set(), f"round {rounds}: {len(missing)} words are gone"
        rounds, locks = rounds + 1, locks + len(life.said["locked"])
    return rounds, len(sure), locks


@pytest.mark.slow
def test_a_little_typing_with_faults_loses_nothing(tmp_path: Path, faults: Faults) -> None:
    rounds, words, _ = _soak(copied(tmp_path / "v"), 7, lambda done: done < 2)
    assert words > 3
    faults.report("F21", "rounds of typing until a lock or a kill", tried=rounds, passed=rounds)


@pytest.mark.slow
def test_ten_minutes_of_typing_with_faults_lose_nothing(tmp_path: Path, faults: Faults) -> None:
    end = time.monotonic() + 600
    rounds, words, locks = _soak(copied(tmp_path / "v"), 8, lambda _: time.monotonic() < end)
    assert locks > 3
    assert words > 500
    faults.report("F21", "rounds of typing until a lock or a kill", tried=rounds, passed=rounds)
    faults.report("F21", "words that had to be there", tried=words, passed=words)
