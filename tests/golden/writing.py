"""Writes the vault that is kept for ever: `python -m tests.golden.writing FOLDER`, once for each new schema.

Beside it goes what it holds, as every later release must read it. Not a test.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from app.data.migrations import runner
from app.domain.errors import LeewardError
from app.domain.kinds.registry import ACTIVE
from app.domain.records import RecordId
from app.services.desk import Desk
from tests.fixtures.vault import made, spoken

PHRASES = {1: "schema one, kept for ever", 2: "schema two, kept for ever"}
"""What opens the vault of each schema."""
WORDS = "kept words · été · שלום"


def write(desk: Desk) -> None:
    """Every active kind with every question answered, an edit of each, one in two versions, one removed with its
    half-written words, one brought back, one gone for good, a draft.
    """
    journal = desk.journal
    thread: RecordId | None = None
    for kind in ("injury", *(kind for kind in ACTIVE if kind != "injury")):
        answers = _fitting(desk, kind, spoken(desk.session.kinds.declared(kind), f"{WORDS} {kind}", thread))
        record = journal.add(kind, answers)
        journal.edit(record, answers)
        thread = thread or record
    assert thread is not None
    desk.threads.weigh(thread, 3)
    forked = journal.add("note", {"body": "beginning"})
    seen = journal.record(forked).head
    journal.edit(forked, {"body": "one version"}, based_on=seen)
    journal.edit(forked, {"body": "another version"}, based_on=seen)
    removed = journal.add("note", {"body": "removed"})
    desk.drafts.keep(removed, "note", {"body": "removed, and half a sen"})
    journal.remove(removed)
    back = journal.add("note", {"body": "brought back"})
    journal.remove(back)
    journal.restore(back)
    journal.erase(journal.add("note", {"body": "gone for good"}))
    desk.drafts.keep("new:note", "note", {"body": "half a sen"})


def holds(desk: Desk) -> dict[str, object]:
    """What stands in the vault, in words and numbers that do not depend on this release."""
    journal = desk.journal
    entries = journal.page(limit=500).entries
    found = {
        entry.id: {
            "kind": entry.kind,
            "day": entry.day,
            "instant_ms": entry.instant_ms,
            "title": entry.title,
            "conflict": entry.conflict,
            "states": len(journal.history(entry.id)),
            "answers": json.loads(desk.session.kinds.encode(journal.record(entry.id).body)),
        }
        for entry in entries
    }
    return {
        "person": desk.session.person.name,
        "partner": desk.session.partner,
        "records": dict(sorted(found.items())),
        "drafts": [[draft.key, draft.kind, draft.body] for draft in desk.drafts.all()],
        "trash": [[row.record, row.kind, row.day, row.title] for row in desk.trash.list()],
    }


def _fitting(desk: Desk, kind: str, answers: dict[str, object]) -> dict[str, object]:
    """Without the few questions to which a general answer does not fit."""
    while True:
        try:
            desk.journal.check(kind, answers)
        except LeewardError as refused:
            answers = {name: value for name, value in answers.items() if name != refused.detail["field"]}
        else:
            return answers


def main(folder: Path) -> None:
    """Make the vault and the account of it."""
    desk = made(folder, passphrase=PHRASES[runner.NEWEST])
    try:
        write(desk)
        account = json.dumps(holds(desk), ensure_ascii=False, indent=1, sort_keys=True)
    finally:
        desk.close()
    folder.with_suffix(".json").write_text(account + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
