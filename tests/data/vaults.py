"""Real vaults for tests: one per process, with the cheapest costs the policy allows, copied for each test."""

from __future__ import annotations

import atexit
import functools
import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from app.crypto.header import HEADER_BYTES, Header, open_contents, parse
from app.crypto.kdf import FLOOR, derive_key, normalise
from app.crypto.keyslot import unwrap
from app.crypto.secret import Secret
from app.data.cipher import open_space
from app.data.connection import Connection
from app.data.unlocked import Unlocked
from app.data.vault_folder import ProvenKey, VaultFolder
from app.domain.records import SpaceId

CHEAP = FLOOR
PASSPHRASE = "seven quiet lanterns by the water"
NAME = "Robin"
ROWS = 300


@dataclass(frozen=True)
class Template:
    """A finished vault, and the keys of its header so that no test has to derive them again."""

    root: Path
    raw: bytes
    kek: Secret
    master: Secret


def fill(connection: Connection, vault_id: str, space_id: SpaceId) -> None:
    """A schema and rows that take some fifty pages."""
    connection.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, words TEXT)")
    connection.execute("CREATE INDEX by_words ON entry (words)")
    connection.execute("BEGIN")
    for number in range(ROWS):
        connection.execute("INSERT INTO entry (words) VALUES (?)", (f"{number:04d} " + "marker words " * 20,))
    connection.execute("COMMIT")


@functools.cache
def template() -> Template:
    """The vault all others are copied from."""
    home = Path(tempfile.mkdtemp(prefix="leeward-vault-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    root = home / "vault"
    VaultFolder.create(root, NAME, PASSPHRASE, kdf=CHEAP, prepare=fill).close()
    raw = key_file(root).read_bytes()
    slot = parse(raw).passphrase_slots[0]
    assert slot.kdf is not None
    with normalise(PASSPHRASE) as phrase:
        kek = derive_key(phrase, slot.salt, slot.kdf)
    return Template(root=root, raw=raw, kek=kek, master=unwrap(kek, slot, parse(raw).place))


def copied(target: Path) -> Path:
    """A vault of one's own."""
    shutil.copytree(template().root, target)
    return target


def key_file(root: Path) -> Path:
    """The one person header of a vault."""
    (found,) = (root / "people").glob("*.key")
    return found


def space_file(root: Path) -> Path:
    """The one space file of a vault."""
    (found,) = (root / "spaces").glob("*.db")
    return found


def unlocked(root: Path) -> Unlocked:
    """Open a copy without deriving."""
    folder = VaultFolder.open(root)
    header = parse(key_file(root).read_bytes())
    return folder.open_with(ProvenKey(header, Secret(template().master.view()), earlier=False))


def opened_space(root: Path) -> Connection:
    """The private space of a copy, without taking the vault's lock."""
    private = open_contents(parse(template().raw), template().master).private
    return open_space(space_file(root), Secret(private.key), private.salt)


def try_header(raw: bytes, kek: Secret) -> Header:
    """Everything unlocking does with a header, except deriving; the same refusals."""
    header = parse(raw)
    with unwrap(kek, header.body.slots[0], header.place) as master:
        open_contents(header, master)
    return header


def repaired(raw: bytes) -> bytes:
    """What someone writes who changes a header on purpose: the checksum fits again."""
    assert len(raw) == HEADER_BYTES
    return raw[:-32] + hashlib.sha256(raw[:-32]).digest()


def listing(root: Path) -> dict[str, bytes]:
    """Names and contents of everything in a folder."""
    found = {str(path.relative_to(root)): path for path in root.rglob("*")}
    return {name: path.read_bytes() if path.is_file() else b"/" for name, path in sorted(found.items())}
