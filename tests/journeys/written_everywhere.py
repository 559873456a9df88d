"""One marker word written wherever a person can write, one marker passphrase, and all that can go wrong.

Run as `python -m tests.journeys.written_everywhere VAULT`, with LEEWARD_DEBUG set; answers `written`, waits for a line,
then closes and answers `closed`. Not a test.
"""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app import logs
from app.domain.errors import LeewardError
from app.services.desk import Desk
from app.services.summary_choice import Kept, Part
from tests.fixtures.session import kind_ids
from tests.fixtures.vault import made, opened, spoken

MARK = "quorvelthimble"
NAME = "brindlevoster"
"""Marks the names, which the page for a session covers."""
PHRASE = "draxonpelmet over nine slow tramlines"
PHRASE_MARK = "draxonpelmet"


OF_ANOTHERS = "promise_noticed"
"""Said only of the other's note on a promise: one person alone writes none."""


def write(desk: Desk) -> None:
    """Every kind with every question answered; edited, removed, kept as drafts; settings; all looked up again."""
    kinds = desk.session.kinds
    written: dict[str, str] = {}
    for kind in ("injury", *(kind for kind in kind_ids() if kind not in {"injury", OF_ANOTHERS})):
        declared = kinds.declared(kind)
        answers = spoken(declared, f"the {MARK} of {kind}", written.get("injury"))
        for field in declared.fields:
            if field.required and field.to:
                answers[field.id] = next(written[target] for target in field.to if target in written)
        for name in _own_only(kind, answers, desk):
            answers.pop(name)
        record = desk.journal.add(kind, answers)
        written[kind] = record
        desk.journal.edit(record, answers | {"when": None} if "when" in answers else answers)
        desk.drafts.keep(record, kind, answers)
        desk.drafts.keep(f"new {kind} {MARK}", kind, answers)
    gone = desk.journal.add("note", {"body": f"removed {MARK}"})
    desk.journal.remove(gone)
    desk.triggers.keep_draft(None, {"cue": MARK})
    desk.session.name_partner(f"Partner {NAME}")
    desk.triggers.suggest(f"{MARK} again")
    assert len(desk.journal.search(MARK, limit=100)) >= len(kind_ids()) - 1
    assert desk.journal.page().entries
    assert NAME in str(desk.session.partner)
    desk.trends.report("12", desk.session.today())


def _own_only(kind: str, answers: dict[str, object], desk: Desk) -> list[str]:
    """Questions whose general answer of `spoken` does not fit; none in which a person writes words."""
    refused: list[str] = []
    while True:
        try:
            desk.journal.check(kind, {name: value for name, value in answers.items() if name not in refused})
        except LeewardError as error:
            name = str(error.detail.get("field", ""))
            if name not in answers or name in refused:
                raise
            refused.append(name)
        else:
            assert not [name for name in refused if MARK in str(answers[name])], refused
            return refused


def summarise(desk: Desk) -> int:
    """The page for a session, in memory, both ways; returns how often the marker is in the readable one."""
    desk.summaries.keep(Kept(questions=(f"ask about {MARK}",), meant_for=f"Dr {NAME}"))
    choice = desk.summaries.choice(sections=tuple(Part))
    desk.summaries.pdf(choice, None)
    return desk.summaries.markdown(choice).count(MARK)


def go_wrong(desk: Desk, path: Path) -> None:
    """Refusals and crashes with the marker in reach, in this thread and in others."""
    attempts: list[Callable[[], object]] = [
        lambda: desk.journal.add("note", {MARK: MARK}),
        lambda: desk.journal.add("note", {"body": [MARK]}),
        lambda: desk.journal.add(MARK, {}),
        lambda: desk.journal.resolve(MARK),
        lambda: opened(path, PHRASE),  # held already
        lambda: opened(path, PHRASE_MARK),  # a wrong passphrase that is nearly the right one
        lambda: opened(path.parent / MARK, PHRASE),
        lambda: desk.session.connection.execute(f"SELECT {MARK} FROM nowhere"),
        lambda: _crash({MARK: PHRASE}),
    ]
    for attempt in attempts:
        try:
            attempt()
        except Exception as error:  # noqa: BLE001  # every kind of failure is wanted
            logs.record(error)
    worker = threading.Thread(target=_crash, args=({MARK: PHRASE},), name=MARK)
    worker.start()
    worker.join()
    logging.getLogger(MARK).error("about %s", PHRASE)
    warnings.warn(MARK, stacklevel=1)
    with suppress(Exception):
        desk.session.space.rebuild()


def _crash(private: dict[str, str]) -> None:
    words = f"{MARK} {PHRASE} {private}"
    raise ValueError(words)


def main(path: Path) -> None:
    """Write, go wrong, wait, close; end with an exception nobody catches."""
    logs.install()
    desk = made(path, f"Person {NAME}", PHRASE, f"Other {NAME}")
    write(desk)
    desk.close()
    desk = opened(path, PHRASE)
    write(desk)
    told = summarise(desk)
    go_wrong(desk, path)
    sys.stdout.write(f"written {told > 0}\n")
    sys.stdout.flush()
    sys.stdin.readline()
    desk.close()
    sys.stdout.write("closed\n")
    sys.stdout.flush()
    _crash({MARK: PHRASE})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
