"""A life of two people in one vault, every line of it with a marker word. Started by test_leak_flows; not a test.

    python -m tests.faults.leak_writer VAULT

Says `wrote CODE`, the recovery code being the one secret that only this run knows, waits for a line while everything is
open, then closes and ends. Every flow that handles words, phrases or keys is walked once.
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.crypto.kdf import FLOOR
from app.media.intake import prepare
from app.services.desk import Desk
from app.services.local_time import system_now
from tests.fixtures.files import pdf
from tests.fixtures.session import ZONE
from tests.fixtures.vault import door, made, words

MARK = "vexlorimbant"
NAMES = ("Ostravelle", "Quindomar")
PHRASES = ("zumbrelkin by seven quiet weirs", "tharnoquist under nine slow lamps")
LATER = "plundavrick above four old gates"
ROTATED = "krostelwane along three calm piers"
SECRETS = (MARK, *NAMES, *(phrase.partition(" ")[0] for phrase in (*PHRASES, LATER, ROTATED)))


def opened(root: Path, phrase: str) -> Desk:
    """Unlock as a person does."""
    return door(root, phrase).open_desk(words(), system_now, ZONE)


def write(desk: Desk, what: str) -> str:
    """A note, changed once, and a draft."""
    record = desk.journal.add("note", {"title": f"{MARK} {what}", "body": f"{MARK} " * 50})
    desk.journal.edit(record, {"title": f"{MARK} {what}", "body": f"changed {MARK}"})
    desk.drafts.keep(f"{what} {MARK}", "note", {"body": f"typed {MARK}"})
    return record


def share(desk: Desk) -> None:
    """Move a note to the shared space, and look at it there."""
    record = desk.journal.add("note", {"title": f"{MARK} for both", "body": f"{MARK} shared"})
    shown = desk.attachments.add(record, prepare(pdf(2, MARK), f"{MARK}.pdf"), alt=f"{MARK} in words")
    desk.attachments.add(record, prepare(pdf(3, f"{MARK} for one"), "for one.pdf"))
    desk.attachments.hold("new:note", prepare(pdf(1, f"{MARK} begun"), f"{MARK} begun.pdf"))
    desk.sharing.share(record, desk.sharing.preview(record), frozenset({shown}))
    assert MARK.encode() in desk.attachments.load(shown)
    assert desk.journal.search(MARK)


def two_people(root: Path) -> None:
    """The second person comes, enters the shared space, both write."""
    desk = made(root, NAMES[0], PHRASES[0], None)
    assert desk.people is not None
    desk.people.welcome(NAMES[1], PHRASES[1], kdf=FLOOR)
    write(desk, "one")
    share(desk)
    desk.close()
    desk = opened(root, PHRASES[1])
    assert desk.people is not None
    for waiting in desk.people.pending():
        desk.people.accept(waiting)
    write(desk, "two")
    desk.close()


def keys_and_copies(root: Path) -> tuple[Desk, str]:
    """Recovery code, backup, another passphrase, new keys; removal, trash, history."""
    desk = opened(root, PHRASES[0])
    code = " ".join(desk.keys.draw_code())
    desk.keys.confirm_code(code)
    desk.backups.making()(lambda: False, lambda *_: None)
    gone = write(desk, "gone")
    desk.journal.remove(gone)  # type: ignore[arg-type]  # ids are plain text between programs
    assert desk.trash.list()
    desk.keys.change(PHRASES[0], LATER, kdf=FLOOR)
    desk.keys.rotate(LATER, ROTATED, kdf=FLOOR)
    desk.close()
    desk = opened(root, ROTATED)
    write(desk, "after")
    return desk, code


def main(root: Path) -> None:
    """All of it."""
    two_people(root)
    desk, code = keys_and_copies(root)
    sys.stdout.write(f"wrote {code}\n")
    sys.stdout.flush()
    sys.stdin.readline()
    assert desk.people is not None
    desk.people.leave()
    desk.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
