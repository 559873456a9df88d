"""Killed at any moment, a conversation resumes where it stood: at the last move that was put away, or the one after.

A real program leads it and says every state that is durable; it is killed without warning, and what a fresh session
takes up must be no older than the last state it said. The next move may have been put away without being said any more.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from app.domain import conversing
from app.domain.conversing import Talk
from app.services.conversations import Conversations
from tests.faults.table import Faults
from tests.faults.talk_writer import SCRIPT, next_of, session_of

ROOT = Path(__file__).resolve().parents[2]


def _killed(path: Path, delay_s: float, seed: int) -> tuple[str, list[Talk]]:
    """Lead the talk for a moment, kill it, and return its key and every state said to be durable."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.talk_writer", str(path), str(seed)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(delay_s)
        writer.kill()
        rest = writer.stdout.read()
    said = [line for line in (first + rest).split("\n")[:-1] if line]
    key = said[0].split(" ", 1)[0]
    return key, [msgspec.json.decode(line.split(" ", 1)[1], type=Talk) for line in said]


def _replayed(states: list[Talk], seed: int) -> Talk:
    """The move the program would have made next: it draws them in a known order."""
    chance = random.Random(seed)
    talk = states[0]
    for _ in states:
        talk = next_of(talk, chance)
    return talk


def _rounds(path: Path, count: int, seed: int, faults: Faults) -> None:
    session_of(path).space.close()
    chance = random.Random(seed)
    resumed = 0
    moves = 0
    for number in range(count):
        key, states = _killed(path, chance.uniform(0.0, 0.3), number)
        session = session_of(path)
        held = Conversations(session).open(key)
        assert held is not None, "the talk is gone"
        assert [one.key for one in Conversations(session).paused()] == [key]
        assert held.talk in {"said": states[-1], "next": _replayed(states, number)}.values(), "an older state came back"
        assert conversing.fits(held.talk, SCRIPT)
        session.space.close()
        moves += len(states)
        resumed += 1
    assert moves > count, "killed before anything was done"
    faults.report("F1", "killed in a conversation", tried=count, passed=resumed)


def test_a_conversation_killed_anywhere_resumes_where_it_stood(tmp_path: Path, faults: Faults) -> None:
    _rounds(tmp_path / "s.db", 4, 8, faults)


@pytest.mark.slow
@pytest.mark.fault("F1", "killed in a conversation", cases=1)
def test_a_conversation_killed_two_hundred_times_resumes_where_it_stood(tmp_path: Path, faults: Faults) -> None:
    _rounds(tmp_path / "s.db", 199, 9, faults)
