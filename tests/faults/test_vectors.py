"""Known answers: what the standards publish for our suite, what our own constructions must always give, kept vaults.

The primitives are the library's; that the library at hand gives the published answers is what every file rests on. Our
own labels and framing are pinned by value, since a change would leave every existing file unreadable.
"""

from __future__ import annotations

import shutil
import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.crypto.identity import Identity
from app.crypto.kdf import FLOOR, derive_key, expand, normalise
from app.crypto.keyslot import KeySlot, SlotKind, SlotPlace, unwrap
from app.crypto.labels import label
from app.crypto.seal import unseal
from app.crypto.secret import Secret
from app.data.cipher import integrity, open_space
from app.data.vault_folder import VaultFolder
from app.domain.errors import VaultError
from tests.faults.table import Faults
from tests.golden.writing import OTHER_PHRASE, PHRASES

VECTORS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("vectors.toml").read_text(encoding="utf-8"))
GOLDEN = Path(__file__).parents[1] / "golden"


def _hex(row: dict[str, Any], name: str) -> bytes:
    return bytes.fromhex(row[name])


def _argon2id(row: dict[str, Any]) -> None:
    argon = Argon2id(
        salt=_hex(row, "salt"),
        length=len(_hex(row, "out")),
        iterations=row["iterations"],
        lanes=row["lanes"],
        memory_cost=row["memory_kib"],
        ad=_hex(row, "ad") or None,
        secret=_hex(row, "secret") or None,
    )
    assert argon.derive(_hex(row, "pass")) == _hex(row, "out")


def _hkdf(row: dict[str, Any]) -> None:
    out, salt, info = _hex(row, "out"), _hex(row, "salt"), _hex(row, "info")
    assert HKDF(hashes.SHA256(), len(out), salt or None, info).derive(_hex(row, "ikm")) == out
    if not salt:
        assert bytes(expand(Secret(_hex(row, "ikm")), info, len(out)).view()) == out


def _chacha20_poly1305(row: dict[str, Any]) -> None:
    cipher, nonce, aad, out = ChaCha20Poly1305(_hex(row, "key")), _hex(row, "nonce"), _hex(row, "aad"), _hex(row, "out")
    assert cipher.encrypt(nonce, _hex(row, "text"), aad) == out
    assert cipher.decrypt(nonce, out, aad) == _hex(row, "text")
    with pytest.raises(InvalidTag):
        cipher.decrypt(nonce, out[:-1] + bytes([out[-1] ^ 1]), aad)


def _ed25519(row: dict[str, Any]) -> None:
    key = Ed25519PrivateKey.from_private_bytes(_hex(row, "seed"))
    assert key.public_key().public_bytes_raw() == _hex(row, "public")
    assert key.sign(_hex(row, "text")) == _hex(row, "out")
    key.public_key().verify(_hex(row, "out"), _hex(row, "text"))


CHECKS = {
    "argon2id": _argon2id,
    "hkdf": _hkdf,
    "chacha20_poly1305": _chacha20_poly1305,
    "ed25519": _ed25519,
}


@pytest.mark.parametrize("primitive", CHECKS)
def test_the_library_gives_the_published_answers(primitive: str, faults: Faults) -> None:
    rows = VECTORS[primitive]
    for row in rows:
        CHECKS[primitive](row)
    faults.report("F12", "published answers", tried=len(rows), passed=len(rows))


def test_published_signatures_hold_and_published_forgeries_do_not(faults: Faults) -> None:
    key = Ed25519PublicKey.from_public_bytes(_hex(VECTORS["ed25519_holds"], "public"))
    held = VECTORS["ed25519_holds"]["signed"]
    for text, signature in held:
        key.verify(bytes.fromhex(signature), bytes.fromhex(text))
    forged = list(product(VECTORS["ed25519_refused"]["r"], VECTORS["ed25519_refused"]["s"]))
    for r, s in forged:
        with pytest.raises(InvalidSignature):
            key.verify(bytes.fromhex(r + s), b"\x3f")
    assert (len(held), len(forged)) == (9, 20)
    faults.report("F12", "published answers", tried=29, passed=29)


def _x25519(scalar: bytes, point: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(scalar).exchange(X25519PublicKey.from_public_bytes(point))


def test_key_agreement_gives_the_published_secrets(faults: Faults) -> None:
    rows = VECTORS["x25519"]["shared"]
    for scalar, point, shared in rows:
        assert _x25519(bytes.fromhex(scalar), bytes.fromhex(point)).hex() == shared
    k = u = (9).to_bytes(32, "little")
    for turn in range(1000):
        k, u = _x25519(k, u), k
        if turn == 0:
            assert k.hex() == VECTORS["x25519"]["after_1"]
    assert k.hex() == VECTORS["x25519"]["after_1000"]
    pair = VECTORS["x25519_pair"]
    assert _x25519(_hex(pair, "private"), _hex(pair, "other")) == _hex(pair, "shared")
    own = X25519PrivateKey.from_private_bytes(_hex(pair, "private")).public_key().public_bytes_raw()
    assert own == _hex(pair, "public")
    tried = len(rows) + 4
    faults.report("F12", "published answers", tried=tried, passed=tried)


@pytest.mark.fault("F12", "published answers")
def test_sealing_gives_the_published_message() -> None:
    """RFC 9180 appendix A.2.1: the key and nonce its key schedule gives open what our recipient opens."""
    scalar = bytes.fromhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
    encapsulated = bytes.fromhex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a")
    key = bytes.fromhex("ad2744de8e17f4ebba575b3f5f5a8fa1f69c2a07f6e7500bc60ca6e3e3ec1c91")
    nonce = bytes.fromhex("5c4d98150661b848853b547f")
    sealed = encapsulated + ChaCha20Poly1305(key).encrypt(nonce, b"Beauty is truth, truth beauty", b"")
    recipient = Identity(Secret.random(), Secret(scalar))
    info = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
    assert bytes(unseal(recipient, info, sealed).view()) == b"Beauty is truth, truth beauty"


_SEED = bytes(range(32))
_PLACE = SlotPlace(vault_id="a" * 32, person_file="b" * 32, format=1)


def _own_answers() -> dict[str, str]:
    """What our own constructions give for fixed input."""
    with normalise("Ünder seven quiet ferries") as phrase, derive_key(phrase, bytes(16), FLOOR) as kek:
        slot = KeySlot(SlotKind.PASSPHRASE, FLOOR, bytes(16), bytes(12), b"")
        cost = f"argon2id-19:{FLOOR.memory_kib}:{FLOOR.iterations}:{FLOOR.lanes}"
        bound = label("slot", "passphrase", _PLACE.vault_id, _PLACE.person_file, cost, bytes(16).hex(), 1)
        wrapped = ChaCha20Poly1305(kek.view()).encrypt(bytes(12), _SEED, bound)
        opened = unwrap(kek, KeySlot(SlotKind.PASSPHRASE, FLOOR, slot.salt, slot.nonce, wrapped), _PLACE)
        found = {"key of a phrase": bytes(kek.view()).hex(), "wrapped": wrapped.hex()}
    assert opened == Secret(_SEED)
    identity = Identity(Secret(_SEED), Secret(_SEED))
    for purpose in ("header-mac", "contents", "wrap", "inbox"):
        found[f"expanded {purpose}"] = bytes(expand(Secret(_SEED), label(purpose)).view()).hex()
    found["label"] = label("revision", "a", 1).hex()
    found["signature"] = identity.sign(label("revision"), b"words").hex()
    found["fingerprint"] = identity.fingerprint
    return found


def test_our_own_constructions_give_what_they_always_gave(faults: Faults) -> None:
    assert _own_answers() == VECTORS["own"]
    faults.report("F12", "our own constructions", tried=len(VECTORS["own"]), passed=len(VECTORS["own"]))


FIRST_PHRASE = "format one, kept for ever"  # as in tests/data/test_vault_format.py


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.iterdir() if (path / "vault.meta").is_file()))
def test_every_kept_vault_opens_and_is_whole(name: str, tmp_path: Path, faults: Faults) -> None:
    """Header and database together; what is in each is proven where the fixture's own tests are."""
    root = Path(shutil.copytree(GOLDEN / name, tmp_path / "v"))
    opened = 0
    for phrase in (*PHRASES.values(), OTHER_PHRASE, FIRST_PHRASE):
        try:
            vault = VaultFolder.open(root).unlock(phrase)
        except VaultError:
            continue
        with vault:
            connection = open_space(vault.space.path, vault.space.key, vault.space.salt)
            assert integrity(connection) == ()
            connection.close()
        opened += 1
    headers = list((root / "people").glob("*.key"))
    assert opened == len(headers)
    assert {path.stat().st_size for path in headers} == {4096}
    faults.report("F12", "kept vaults", tried=1, passed=1)
