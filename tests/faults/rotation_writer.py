"""Changes all keys of a vault and is killed on the way, again and again. Started by test_rotation; not a test.

Each round copies one vault, lets a child process rotate it and die at a chosen point, and looks at what is left. The
derivation of keys is replaced by a quick one in all of it: here only the order of the steps is tried.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from app.crypto.kdf import FLOOR, KdfParams, expand
from app.crypto.secret import Secret
from app.data import cipher, key_changes, revisions, rotation, unlocked
from app.data.cards import Card
from app.data.former_keys import former_identity
from app.data.space import Space, SpaceMeta, belongs_to
from app.data.unlocked import Unlocked
from app.data.vault_folder import VaultFolder
from app.domain.errors import Code, VaultError
from app.domain.records import PersonId, SpaceId
from app.services import inbox
from app.services.local_time import system_now
from app.services.session import Person, Session
from tests.fixtures.session import ZONE, shipped_content, shipped_kinds

OLD, NEW = "an old phrase of five words", "a new phrase of five words"
POINTS = (
    "noted", "copying", "copied", "compared", "proving", "before rename", "after rename", "sweeping", "any moment",
)  # fmt: skip
STAYS_OLD = frozenset(POINTS[:6])
TURNS_NEW = frozenset(POINTS[6:8])
RECORDS = 40
LEFT = ["left after", "left before"]


def quick(passphrase: Secret, salt: bytes, _params: KdfParams) -> Secret:
    """A key that depends on the same things, without the cost."""
    return expand(passphrase, salt)


def hurry() -> None:
    """Replace the derivation wherever a passphrase is tried or set."""
    key_changes.derive_key = unlocked.derive_key = quick  # type: ignore[assignment]  # the same shape


def opened(root: Path, phrase: str) -> tuple[Unlocked, Space]:
    """Unlock and open the file, as a door does."""
    vault = VaultFolder.open(root).unlock(phrase)
    try:
        key = vault.space
        meta = SpaceMeta(vault.vault_id, SpaceId(key.id), key.epoch)
        connection = cipher.open_space(key.path, key.key, key.salt, check=belongs_to(meta))
        return vault, Space.open(connection, shipped_kinds())
    except BaseException:
        vault.close()
        raise


def template(root: Path) -> None:
    """A vault with some records."""
    kinds = shipped_kinds()

    def prepare(connection: cipher.Connection, vault_id: str, space_id: SpaceId) -> None:
        Space.create(connection, kinds, SpaceMeta(vault_id, space_id))

    VaultFolder.create(root, "Noa", OLD, kdf=FLOOR, prepare=prepare).close()
    vault, space = opened(root, OLD)
    for number in range(RECORDS):
        with space.change(PersonId(vault.person_id), zone=ZONE) as change:
            change.put("note", kinds.parse("note", {"body": f"line {number} " + "words " * 300}))
    space.close()
    vault.close()


def die(*_: object) -> None:
    """At once, with nothing tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def arm(point: str, chance: random.Random) -> Callable[[float], None]:
    """Set the trap; returns the progress callback."""
    if point == "noted":
        rotation.copied = die  # type: ignore[assignment]  # never returns
    elif point == "copied":
        rotation._compare = die
    elif point == "compared":
        rotation._change_header = die
    elif point == "proving":
        rotation._opens = die
    elif point in {"before rename", "after rename"}:
        _trap_renames(after=point == "after rename")
    elif point == "sweeping":
        removing = key_changes.remove_space
        key_changes.remove_space = lambda path: (removing(path), die())  # type: ignore[func-returns-value]  # never
    elif point == "any moment":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, chance.uniform(0.001, 0.12))
    share = chance.uniform(0.0, 0.6)
    return (lambda now: die() if now >= share else None) if point == "copying" else (lambda _share: None)


def _trap_renames(*, after: bool) -> None:
    """Two replacements note the new file, two turn the header: the fourth is the one that counts."""
    writing, calls = unlocked._replaced, [0]

    def counted(path: Path, raw: bytes, master: Secret) -> object:
        calls[0] += 1
        if calls[0] == 4 and not after:
            die()
        written = writing(path, raw, master)
        if calls[0] == 4:
            die()
        return written

    unlocked._replaced = counted  # type: ignore[assignment]  # the same shape


def crash(root: Path, point: str, chance: random.Random) -> bool:
    """Rotate in a child; True when it was killed, False when it was done before."""
    child = os.fork()
    if child == 0:
        vault, space = opened(root, OLD)
        rotation.rotate(vault, space, NEW, kdf=FLOOR, progress=arm(point, chance))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def leave(root: Path, card: Card, words: str) -> None:
    """A note is left at the locked window, by someone who looked at the card before the keys changed."""
    inbox.put_away(root, card, shipped_kinds(), "note", {"body": words}, system_now())


def joined(vault: Unlocked, space: Space) -> list[str]:
    """What was left, after it had two chances to join; each once, or something is wrong."""
    person = Person(vault.person_id, vault.display_name)
    session = Session(person, space, space.kinds, shipped_content(), system_now, ZONE)
    for _ in range(2):
        inbox.Inbox(session, vault).join()
    rows = space.connection.execute("SELECT id FROM record WHERE kind = 'note'").fetchall()
    bodies = [getattr(known.body, "body", "") for row in rows if (known := space.record(row[0]))]
    return sorted(body for body in bodies if body.startswith("left"))


def look(root: Path, expected: tuple[int, object]) -> str:
    """ "old" or "new" when exactly one phrase opens and everything is there; else what is wrong."""
    opens = []
    for phrase in (OLD, NEW):
        with contextlib.suppress(VaultError):
            VaultFolder.open(root).unlock(phrase).close()
            opens.append(phrase)
    if len(opens) != 1:
        return f"{len(opens)} phrases open"
    vault, space = opened(root, opens[0])
    try:
        found = (revisions.count(space.connection), rotation._heads(space.connection))
        if found != expected:
            return "records differ"
        if cipher.integrity(space.connection) or not space.verify().clean:
            return "not clean"
        files = sorted(path.name for path in (root / "spaces").iterdir() if path.suffix == ".db")
        if files != [vault.space.path.name] or vault.contents.leftover:
            return "left over: " + " ".join(files)
        if joined(vault, space) != LEFT:
            return "a note is missing, or is there twice"
        if former_identity(space.connection, vault.identity) or any((root / "inbox").glob("*.sealed")):
            return "the former keys are still there"
    finally:
        space.close()
        vault.close()
    return "new" if opens[0] == NEW else "old"


def stolen(root: Path, people: dict[str, bytes]) -> bool:
    """Whether a copy of the old header and the old phrase still open anything after the keys have changed."""
    copy = root.with_name("stolen")
    shutil.copytree(root, copy)
    for name, raw in people.items():
        (copy / "people" / name).write_bytes(raw)
    try:
        vault, space = opened(copy, OLD)
    except VaultError as error:
        return error.code not in {Code.INCOMPLETE_COPY, Code.DAMAGED_ENTRIES}
    finally:
        shutil.rmtree(copy)
    space.close()
    vault.close()
    return True


def main(folder: Path, rounds: int, seed: int) -> None:
    """Print one JSON line a round: the point, whether it was killed, what was found."""
    hurry()
    chance = random.Random(seed)
    template(folder / "template")
    people = {path.name: path.read_bytes() for path in (folder / "template" / "people").glob("*.key")}
    vault, space = opened(folder / "template", OLD)
    expected = (revisions.count(space.connection), rotation._heads(space.connection))
    space.close()
    vault.close()
    for number in range(rounds):
        for point in POINTS:
            root = folder / f"round-{number}"
            shutil.copytree(folder / "template", root)
            (card,) = inbox.cards_of(root)
            leave(root, card, LEFT[1])
            killed = crash(root, point, chance)
            leave(root, card, LEFT[0])  # sealed to the keys that may have ended meanwhile
            found = look(root, expected)
            if found == "new" and stolen(root, people):
                found = "the old header still opens"
            print(json.dumps([point, killed, found]), flush=True)  # noqa: T201  # read by the test
            shutil.rmtree(root)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
