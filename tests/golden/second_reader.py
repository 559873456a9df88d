"""A second reader of Leeward's files. It follows docs/formats.md and shares no line with the program.

What it reads otherwise than the program does, that page says wrongly. Not a test; nothing here writes. The insides of
spaces are in `second_reader_spaces`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PARCEL_SIZES = tuple(kib * 1024 + 96 for kib in (1, 4, 16, 64, 256, 1024))
_HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)

Json = dict[str, Any]


class Refused(Exception):  # noqa: N818  # reads as what happened
    """A file is not what the page says."""


class Identity(NamedTuple):
    """Two public keys."""

    signing: bytes
    sealing: bytes


@dataclass(frozen=True)
class Part:
    """One person's way in, opened."""

    root: Path
    raw: bytes
    body: Json
    master: bytes
    contents: Json

    @property
    def file(self) -> str:
        """The random name of the person's files."""
        return str(self.body["person_file"])

    @property
    def vault(self) -> str:
        """The vault's id."""
        return str(self.body["vault_id"])

    @property
    def spaces(self) -> list[Json]:
        """The private space, then the shared one."""
        return [self.contents["private"], *self.contents["shared"]]

    @property
    def identity(self) -> Identity:
        """This person's public keys."""
        signing = Ed25519PrivateKey.from_private_bytes(raw(self.contents["signing_key"]))
        sealing = X25519PrivateKey.from_private_bytes(raw(self.contents["sealing_key"]))
        return Identity(signing.public_key().public_bytes_raw(), sealing.public_key().public_bytes_raw())


def raw(text: str) -> bytes:
    """Bytes in JSON."""
    return base64.b64decode(text, validate=True)


def label(*parts: object) -> bytes:
    """What everything is bound to."""
    return "|".join(["leeward", "v1", *map(str, parts)]).encode("ascii")


def expand(key: bytes, info: bytes, length: int = 32, salt: bytes | None = None) -> bytes:
    """HKDF-SHA256."""
    return HKDF(SHA256(), length, salt, info).derive(key)


def strict(data: bytes) -> Json:
    """JSON that has one way to be written."""
    value = json.loads(data)
    if json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode() != data or not isinstance(value, dict):
        raise Refused("not strict JSON")
    return value


def signed(identity: Identity, signature: bytes, purpose: bytes, message: bytes) -> bool:
    """Whether these keys signed this for this."""
    framed = len(purpose).to_bytes(2, "big") + purpose + message
    try:
        Ed25519PublicKey.from_public_bytes(identity.signing).verify(signature, framed)
    except InvalidSignature:
        return False
    return True


def fingerprint(identity: Identity) -> str:
    """The name of a pair of public keys."""
    return hashlib.sha256(label("fingerprint") + b"|" + identity.signing + identity.sealing).digest()[:16].hex()


def keys_in(told: Json) -> Identity:
    """The public keys that something says."""
    return Identity(raw(told["signing"]), raw(told["sealing"]))


def code_bits(typed: str) -> bytes:
    """The 18 bytes of a recovery code, its four checks proven."""
    plain = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(str.maketrans("OIL", "011"))
    symbols = [SYMBOLS.index(sign) for sign in plain]
    for power in range(4):
        total = 0
        for place, symbol in enumerate(symbols):
            for _ in range(power):
                symbol = _times(symbol, place)  # noqa: PLW2901  # the symbol times its place, so many times
            total ^= symbol
        if total:
            raise Refused("a typo in the code")
    number = 0
    for symbol in symbols[:28]:
        number = number * 32 + symbol
    return number.to_bytes(18, "big")


def _times(one: int, other: int) -> int:
    product = 0
    for bit in range(5):
        product ^= (one << bit) if other >> bit & 1 else 0
    for bit in range(8, 4, -1):
        product ^= (0b100101 << bit - 5) if product >> bit & 1 else 0
    return product


def header_body(data: bytes) -> Json:
    """What a header says without a key."""
    length = int.from_bytes(data[8:12], "big")
    whole = len(data) == 4096 and data[:8] == b"leeward\x01" and hashlib.sha256(data[:4064]).digest() == data[4064:]
    if not whole or length > 4020 or any(data[12 + length : 4032]):
        raise Refused("header")
    body = strict(data[12 : 12 + length])
    if body["format"] != 1 or body["min_reader"] not in {1, 2}:
        raise Refused("newer")
    return body


def open_part(root: Path, *, passphrase: str = "", code: str = "") -> Part:
    """The part of the vault that a passphrase or a recovery code opens."""
    for path in sorted((root / "people").glob("*.key")):
        data = path.read_bytes()
        body = header_body(data)
        for slot in body["slots"]:
            key = _slot_key(body, slot, passphrase, code)
            if key is None:
                continue
            try:
                bound = _slot_label(body, slot)
                master = ChaCha20Poly1305(key).decrypt(raw(slot["nonce"]), raw(slot["wrapped"]), bound)
            except InvalidTag:
                continue
            return part_of(root, data, master)
    raise Refused("nothing opens with this")


def part_of(root: Path, data: bytes, master: bytes) -> Part:
    """A header and the master key it opens with."""
    body = header_body(data)
    mac = hmac.digest(expand(master, label("header-mac")), data[:4032], "sha256")
    if mac != data[4032:4064]:
        raise Refused("header mac")
    bound = label("contents", body["vault_id"], body["person_file"], body["format"])
    plain = ChaCha20Poly1305(expand(master, label("wrap"))).decrypt(raw(body["nonce"]), raw(body["sealed"]), bound)
    length = int.from_bytes(plain[:4], "big")
    if len(plain) != 2048 or any(plain[4 + length :]):
        raise Refused("contents")
    return Part(root, data, body, master, strict(plain[4 : 4 + length]))


def _slot_key(body: Json, slot: Json, passphrase: str, code: str) -> bytes | None:
    vault, person, salt = body["vault_id"], body["person_file"], raw(slot["salt"])
    if slot["kind"] == "recovery" and code:
        bits = code_bits(code)
        if expand(bits, label("recovery-tag", vault, person), 4).hex() != slot["tag"]:
            return None
        return expand(bits, label("recovery-key", vault, person, body["format"]), salt=salt)
    if slot["kind"] == "passphrase" and passphrase:
        cost = slot["kdf"]
        return Argon2id(
            salt=salt, length=32, iterations=cost["iterations"], lanes=cost["lanes"], memory_cost=cost["memory_kib"]
        ).derive(unicodedata.normalize("NFKC", passphrase).encode())
    return None


def _slot_label(body: Json, slot: Json) -> bytes:
    cost = slot["kdf"]
    told = f"argon2id-19:{cost['memory_kib']}:{cost['iterations']}:{cost['lanes']}" if cost else "none"
    place = (body["vault_id"], body["person_file"], told, raw(slot["salt"]).hex(), body["format"])
    return label("slot", slot["kind"], *place, *((slot["tag"],) if "tag" in slot else ()))


def cards(root: Path) -> list[Json]:
    """The cards of a vault that are whole."""
    return [read_card(path.read_bytes()) for path in sorted((root / "people").glob("*.card"))]


def read_card(data: bytes) -> Json:
    """One card."""
    card = strict(data.rstrip(b" \n"))
    unsigned = json.dumps(card | {"signature": ""}, separators=(",", ":"), ensure_ascii=False).encode()
    purpose = label("card", card["vault_id"], card["person_file"])
    if len(data) != 1024 or not signed(keys_in(card), raw(card["signature"]), purpose, unsigned):
        raise Refused("card")
    return card


def parcels(part: Part) -> Iterator[Json]:
    """What waits in the inbox for a person, in its order."""
    waiting = []
    for path in (part.root / "inbox").glob("*.sealed"):
        data = path.read_bytes()
        if len(data) not in PARCEL_SIZES or data[:8] != b"leeward\x02":
            raise Refused("parcel")
        if data[8:24].hex() == part.file:
            waiting.append((int.from_bytes(data[40:48], "big"), data[24:40].hex(), data[48:]))
    for number, parcel, sealed in sorted(waiting):
        info = label("inbox", part.vault, part.file, parcel, number)
        yield json.loads(_unsealed(part, sealed, info))


def offers(part: Part) -> Iterator[tuple[Json, Json]]:
    """What was put away for a person by somebody they have pinned, and what is sealed in it."""
    for path in (part.root / "people").glob("*.offer"):
        data = path.read_bytes()
        length = int.from_bytes(data[8:12], "big")
        whole = len(data) == 4096 and data[:8] == b"lw-offer" and hashlib.sha256(data[:4064]).digest() == data[4064:]
        offer = strict(data[12 : 12 + length])
        if not whole or any(data[12 + length : 4064]):
            raise Refused("offer")
        pin = next((keys_in(pin) for pin in part.contents.get("others", ()) if pin["person_file"] == offer["by"]), None)
        if offer["to"] != part.file or pin is None:
            continue
        unsigned = json.dumps(offer | {"signature": ""}, separators=(",", ":")).encode()
        place = (offer["vault_id"], offer["by"], offer["to"], offer["space"], offer["epoch"])
        if not signed(pin, raw(offer["signature"]), label("offer", *place), unsigned):
            raise Refused("offer")
        info = label("space-key", part.vault, offer["space"], offer["epoch"], fingerprint(part.identity))
        yield offer, json.loads(_unsealed(part, raw(offer["sealed"]), info))


def _unsealed(part: Part, sealed: bytes, info: bytes) -> bytes:
    for name in ("sealing_key", "former_sealing"):
        if name in part.contents:
            try:
                return bytes(_HPKE.decrypt(sealed, X25519PrivateKey.from_private_bytes(raw(part.contents[name])), info))
            except InvalidTag:
                continue
    raise Refused("sealed to nobody here")


def read_backup(folder: Path, part: Part) -> Json:
    """A set's manifest, every file in it compared with what it says."""
    data = (folder / "manifest").read_bytes()
    bound = label("backup-manifest", part.vault, part.file, 1)
    manifest: Json = json.loads(ChaCha20Poly1305(expand(part.master, bound)).decrypt(data[:12], data[12:], bound))
    told = {
        f"people/{part.file}.key": {manifest["header_sha256"], manifest.get("former_header_sha256")},
        "vault.meta": {manifest["meta_sha256"]},
        **{f"spaces/{space['file_name']}": {space["sha256"]} for space in manifest["spaces"]},
    }
    for name, digests in told.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() not in digests:
            raise Refused(name)
    if manifest["set_id"] != folder.name:
        raise Refused("another set")
    return manifest
