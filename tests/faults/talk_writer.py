"""A program that leads a conversation move by move and says each one that is put away, until it is killed.

Started by test_talk_kill; not a test.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import msgspec

from app.domain import conversing
from app.domain.conversing import Stage, Talk
from app.services.conversations import Conversations
from app.services.session import Session
from tests.fixtures.session import EVENING, ME, ZONE, new_space, reopened, shipped_content, shipped_kinds

SCRIPT = shipped_content().conversation("hearing-an-old-hurt")


def session_of(path: Path) -> Session:
    """Noa's journal that speaks of Jules, at a path."""
    space = reopened(path) if path.exists() else new_space(path)
    session = Session(ME, space, shipped_kinds(), shipped_content(), lambda: EVENING, ZONE)
    if session.solo:
        session.name_partner("Jules")
    return session


def next_of(talk: Talk, chance: random.Random) -> Talk:
    """Any move the page knows, typing most of all; a talk at its end goes back, so that it goes on for ever."""
    step = SCRIPT.step[talk.step].id
    if talk.stage in {Stage.SAFETY_BEFORE, Stage.SAFETY_AFTER}:
        return conversing.answer_safety(talk, chance.randint(0, 10))
    if talk.stage is Stage.PAUSED:
        return conversing.come_back(talk, one_back=chance.random() < 0.3)
    if talk.stage in {Stage.CLOSING, Stage.KEEPING}:
        return conversing.back(conversing.say_keep(talk, step, 0, on=True))
    moves = (
        conversing.write(talk, step, talk.notes.get(step, "")[-300:] + chance.choice(("a word ", "another ", "ü "))),
        conversing.write(talk, step, talk.notes.get(step, "")[-300:] + "more "),
        conversing.fill(talk, step, (("rang and rang",), ("that nobody came",))),
        conversing.spend(talk, step, chance.randint(1, 9)),
        conversing.strengthen(talk, chance.randint(0, 1), chance.randint(0, 10)),
        conversing.go_on(talk, SCRIPT),
        conversing.go_on(talk, SCRIPT),
        conversing.not_quite(talk),
        conversing.back(talk),
        conversing.swap(talk),
        conversing.pause(talk),
    )
    return chance.choice(moves)


def main(path: Path, seed: int) -> None:
    """Go on with the talk that waits, or begin one; every state that is durable goes to standard output."""
    chance = random.Random(seed)
    desk = Conversations(session_of(path))
    waiting = desk.paused()
    held = desk.open(waiting[0].key) if waiting else desk.begin(SCRIPT.id, alone=False)
    assert held is not None
    talk, number = held.talk, 0
    _say(held.key, talk)
    while True:
        talk = next_of(talk, chance)
        desk.keep(held.key, talk)
        _say(held.key, talk)
        number += 1


def _say(key: str, talk: Talk) -> None:
    sys.stdout.write(f"{key} {msgspec.json.encode(talk).decode()}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
