"""The second reader's view of spaces: rows, chains, what stands, and whose words they are."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import sqlcipher3

from tests.golden.second_reader import Identity, Json, Part, Refused, keys_in, label, raw, signed


class Revision(NamedTuple):
    """A row of `revision`."""

    id: str
    record: str
    kind: str
    author: str
    clock: int
    seq: int
    parents: str
    previous: bytes
    zone: str
    digest: bytes
    body: bytes | None
    hash: bytes
    signature: bytes

    @property
    def grew_from(self) -> list[str]:
        """The ids of its parents."""
        return self.parents.split()


@dataclass(frozen=True)
class Space:
    """Everything a space file says that is not made from something else."""

    schema: int
    meta: dict[str, str]
    revisions: list[Revision]
    drafts: list[tuple[str, str, Json]]


def space_rows(folder: Path, record: Json, statement: str) -> list[tuple[Any, ...]]:
    """What a statement gives in the file a header's space names; nothing is written, in or beside it."""
    address = (folder / "spaces" / record["file_name"]).absolute().as_uri() + "?mode=ro&immutable=1"
    with closing(sqlcipher3.connect(address, uri=True)) as connection:
        connection.execute(f"PRAGMA key = \"x'{raw(record['key']).hex()}{raw(record['salt']).hex()}'\"")
        connection.execute("PRAGMA cipher_compatibility = 4")
        rows: list[tuple[Any, ...]] = connection.execute(statement).fetchall()
    return rows


def read_space(part: Part, record: Json, folder: Path | None = None) -> Space:
    """A space of a part, in the live folder or in a backup's, proven to be the one the header means."""
    home = folder or part.root
    meta = dict(space_rows(home, record, "SELECT key, value FROM meta"))
    if (meta["vault"], meta["space"], meta["epoch"]) != (part.vault, record["space_id"], str(record["epoch"])):
        raise Refused("another space")
    columns = ", ".join(Revision._fields)
    found = space_rows(home, record, f"SELECT {columns} FROM revision ORDER BY author, seq")
    drafts = space_rows(home, record, "SELECT key, kind, body FROM draft ORDER BY saved DESC")
    schema = int(space_rows(home, record, "PRAGMA user_version")[0][0])
    return Space(schema, meta, [Revision(*row) for row in found], [(k, kind, json.loads(b)) for k, kind, b in drafts])


class File(NamedTuple):
    """What was added to an entry, or waits with a draft, and whether its bytes are those its words name."""

    id: str
    record: str
    said: Json
    content: bytes
    whole: bool


def files(part: Part, record: Json, space: Space) -> list[File]:
    """Everything added to entries that stands in a space, as its revisions say; then what waits with drafts."""
    if space.schema < 3:
        return []
    bodies = {}
    for name, history in records(r for r in space.revisions if r.kind == "attachment").items():
        for tip in standing(history)[-1:]:
            bodies[name] = json.loads(tip.body or b"{}")
    bodies |= {
        row[0]: json.loads(row[1]) for row in space_rows(part.root, record, "SELECT id, body FROM held_attachment")
    }
    found = []
    for name, said in bodies.items():
        statement = f"SELECT content FROM attachment_part WHERE attachment = '{name}' ORDER BY number"
        content = b"".join(row[0] for row in space_rows(part.root, record, statement))
        whole = (len(content), hashlib.sha256(content).hexdigest()) == (said["size"], said["sha256"])
        found.append(File(name, said["record"], said, content, whole))
    return found


def revision_hash(revision: Revision) -> bytes:
    """What its author's chain goes on from."""
    said = [revision.id, revision.record, revision.kind, revision.author, revision.clock, revision.seq]
    parts = ["leeward revision v1", *said, revision.grew_from, revision.previous, revision.zone, revision.digest]
    return hashlib.sha256(msgspec.msgpack.encode(parts)).digest()


def broken(revisions: Iterable[Revision], record: Json, me: str) -> list[str]:
    """Revisions that do not fit their hash, their words or their neighbour; and links the header saw that are gone."""
    found: list[str] = []
    author, number, head = "", 0, bytes(32)
    seen = set()
    for revision in sorted(revisions, key=lambda r: (r.author, r.seq)):
        if revision.author != author:
            author, number, head = revision.author, 0, bytes(32)
        said = revision.body is None or hashlib.sha256(revision.body).digest() == revision.digest
        joins = (revision.seq, revision.previous) == (number + 1, head)
        if not (said and joins and revision_hash(revision) == revision.hash):
            found.append(revision.id)
        number, head = revision.seq, revision.hash
        seen.add((author == me, number, head))
    for mine, seq, link in ((True, "head_seq", "head"), (False, "other_seq", "other_head")):
        if record.get(seq) and (mine, record[seq], raw(record[link])) not in seen:
            found.append(link)
    return found


def counted(history: list[Revision], me: str, *, together: bool = False) -> list[Revision]:
    """The states of a record in the space of two that were their author's to write."""
    beginnings = sorted((r for r in history if not r.parents), key=order)
    first = next((r for r in beginnings if r.author == me), beginnings[0])
    removing = {r.id for r in history if not r.digest}
    return [
        r
        for r in history
        if r.kind == first.kind
        and (r.author == first.author or (together and r.digest and not removing.issuperset(r.grew_from)))
    ]


def order(revision: Revision) -> tuple[int, str, str]:
    """Which of two states shows."""
    return (revision.clock, revision.author, revision.id)


def records(revisions: Iterable[Revision]) -> dict[str, list[Revision]]:
    """All states of each record."""
    found = defaultdict(list)
    for revision in revisions:
        found[revision.record].append(revision)
    return dict(found)


def standing(history: list[Revision]) -> list[Revision]:
    """The heads of a record, the one that shows last; none when it is away."""
    replaced = {parent for revision in history for parent in revision.grew_from}
    return sorted((r for r in history if r.id not in replaced and r.digest), key=order)


def gone_for_good(history: list[Revision], among: list[Revision]) -> bool:
    """Whether one of these is a tombstone that grew from tombstones only."""
    removing = {r.id for r in history if not r.digest}
    return any(r.parents and not r.digest and removing.issuperset(r.grew_from) for r in among)


def may_come_back(history: list[Revision]) -> bool:
    """Whether a record is away and its words are kept."""
    replaced = {parent for revision in history for parent in revision.grew_from}
    heads = [r for r in history if r.id not in replaced]
    kept = any(r.body is not None for r in history)
    return kept and not standing(history) and not gone_for_good(history, heads)


def words_taken(history: list[Revision]) -> bool:
    """Whether words are missing that nobody removed."""
    bare = any(r.digest and r.body is None for r in history)
    removed = any(not r.digest for r in history) and not any(r.body is not None for r in history)
    return bare and not removed and not gone_for_good(history, history)


def doubts(part: Part, record: Json, space: Space) -> list[str]:
    """Revisions of a shared space that do not prove their author."""
    now = {
        pin["person_id"]: Identity(raw(pin["signing"]), raw(pin["sealing"])) for pin in part.contents.get("others", ())
    }
    now[part.contents["person_id"]] = part.identity
    former = {person: _former(person, keys, record["space_id"], space.meta) for person, keys in now.items()}
    purpose = label("revision", part.vault, record["space_id"])
    found = []
    for revision in space.revisions:
        earlier = (keys for seq, keys in former.get(revision.author, ()) if revision.seq <= seq)
        keys = next(earlier, now.get(revision.author))
        if keys is None or not signed(keys, revision.signature, purpose, revision.hash):
            found.append(revision.id)
    return found


def _former(person: str, identity: Identity, space: str, meta: dict[str, str]) -> list[tuple[int, Identity]]:
    """Up to which number of their chain a person's links carry which former keys, oldest first."""
    found: list[tuple[int, Identity]] = []
    for told in reversed(json.loads(meta.get("keys." + person, "[]"))):
        falling = not found or told["seq"] <= found[0][0]
        if told["space"] == space and falling and keys_in(told["next"]) == identity and vouched(told):
            identity = keys_in(told["former"])
            found.insert(0, (told["seq"], identity))
    return found


def vouched(told: Json) -> bool:
    """Whether both identities signed a statement that keys changed."""
    former, following = keys_in(told["former"]), keys_in(told["next"])
    message = msgspec.msgpack.encode(
        [told["person"], told["space"], told["seq"], raw(told["head"]), *former, *following]
    )
    purpose = label("keys", told["person"], told["space"] or "none")
    by_former = signed(former, raw(told["by_former"]), purpose, message)
    return by_former and signed(following, raw(told["by_next"]), purpose, message)
