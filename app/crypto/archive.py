"""An archive that any age tool opens with its phrase: `age -d FILE`, today or in twenty years.

The container is age v1 (age-encryption.org/v1, C2SP) with one scrypt stanza, written and read as a stream, so that a
journal of any size passes through a few hundred kilobytes. The library `pyrage` seals with a phrase only what lies in
memory whole; it is the referee of this module instead: tests let each read what the other wrote.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.crypto.secret import Secret
from app.domain.errors import Code, VaultError

MAGIC: Final = b"age-encryption.org/v1\n"
WORK: Final = 18
"""log2 of scrypt's cost: what the age tools take by themselves; 256 MiB of memory for the derivation."""
MOST_WORK: Final = 20
"""A header may not ask for more than 1 GiB."""
_SALT_LABEL: Final = b"age-encryption.org/v1/scrypt"
_CHUNK: Final = 64 * 1024
_TAG, _NONCE, _KEY = 16, 16, 16
_HEADER_LIMIT: Final = 512
_STANZA: Final = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n---"
)
_MAC: Final = re.compile(rb" ([A-Za-z0-9+/]{43})\n")

Read = Callable[[int], bytes]
"""Up to so many bytes; none at the end."""


def is_archive(start: bytes) -> bool:
    """Whether a file that begins so is an age file."""
    return start.startswith(MAGIC)


def sealed(phrase: str, parts: Iterable[bytes], *, work: int = WORK) -> Iterator[bytes]:
    """The bytes of an archive of `parts`, joined, that opens with `phrase`. The derivation takes about a second."""
    with Secret.random(_KEY) as file_key:
        yield _header(phrase, file_key, work)
        nonce = bytes(Secret.random(_NONCE).view())
        yield nonce
        cipher = _payload_cipher(file_key, nonce)
        held, number = bytearray(), 0
        for part in parts:
            held += part
            while len(held) > _CHUNK:
                yield cipher.encrypt(_chunk_nonce(number, last=False), bytes(held[:_CHUNK]), None)
                del held[:_CHUNK]
                number += 1
        yield cipher.encrypt(_chunk_nonce(number, last=True), bytes(held), None)


def opened(phrase: str, read: Read) -> Iterator[bytes]:
    """What an archive holds, piece by piece; each piece was proven before it is given out.

    Raises:
        VaultError: WRONG_PASSPHRASE; IMPORT_REFUSED with `reason` not_an_archive, changed or cut_short.
    """
    header, rest = _read_header(read)
    with _file_key(phrase, header) as file_key:
        nonce, rest = _exactly(read, rest, _NONCE)
        cipher = _payload_cipher(file_key, nonce)
    number, size = 0, _CHUNK + _TAG
    while True:
        piece, rest = _up_to(read, rest, size)
        ahead = rest or read(_CHUNK)
        yield _open_chunk(cipher, piece, number, last=not ahead)
        if not ahead:
            return
        rest, number = ahead, number + 1


def _open_chunk(cipher: ChaCha20Poly1305, piece: bytes, number: int, *, last: bool) -> bytes:
    try:
        found = cipher.decrypt(_chunk_nonce(number, last=last), piece, None)
    except InvalidTag:
        raise _refused("cut_short" if last and _is_inner(cipher, piece, number) else "changed") from None
    if last and number and not found:
        raise _refused("changed")
    return found


def _is_inner(cipher: ChaCha20Poly1305, piece: bytes, number: int) -> bool:
    """Whether a piece at the end is sound but was never the last one; half a piece at the end is a cut as well."""
    if len(piece) < _CHUNK + _TAG:
        return True
    try:
        cipher.decrypt(_chunk_nonce(number, last=False), piece, None)
    except InvalidTag:
        return False
    return True


def _header(phrase: str, file_key: Secret, work: int) -> bytes:
    salt = bytes(Secret.random(_NONCE).view())
    with _wrapping_key(phrase, salt, work) as key:
        wrapped = ChaCha20Poly1305(key.view()).encrypt(bytes(12), bytes(file_key.view()), None)
    text = MAGIC + b"-> scrypt " + _b64(salt) + b" " + str(work).encode() + b"\n" + _b64(wrapped) + b"\n---"
    return text + b" " + _b64(_mac(file_key, text).finalize()) + b"\n"


def _read_header(read: Read) -> tuple[bytes, bytes]:
    found = b""
    while len(found) < _HEADER_LIMIT and (part := read(_HEADER_LIMIT - len(found))):
        found += part
    stanza = _STANZA.match(found)
    mac = _MAC.match(found, stanza.end()) if stanza else None
    if stanza is None or mac is None:
        raise _refused("not_an_archive")
    return found[: mac.end()], found[mac.end() :]


def _file_key(phrase: str, header: bytes) -> Secret:
    stanza = _STANZA.match(header)
    mac = _MAC.match(header, stanza.end()) if stanza else None
    if stanza is None or mac is None or int(stanza[2]) > MOST_WORK:
        raise _refused("not_an_archive")
    try:
        salt, wrapped, proof = (_unb64(part) for part in (stanza[1], stanza[3], mac[1]))
    except binascii.Error:
        raise _refused("not_an_archive") from None
    with _wrapping_key(phrase, salt, int(stanza[2])) as key:
        try:
            found = Secret(ChaCha20Poly1305(key.view()).decrypt(bytes(12), wrapped, None))
        except InvalidTag:
            raise VaultError(Code.WRONG_PASSPHRASE) from None
    try:
        _mac(found, stanza[0]).verify(proof)
    except InvalidSignature:
        found.wipe()
        raise _refused("changed") from None
    return found


def _wrapping_key(phrase: str, salt: bytes, work: int) -> Secret:
    return Secret(
        Scrypt(salt=_SALT_LABEL + salt, length=32, n=1 << work, r=8, p=1).derive(
            phrase.encode("utf-8", "surrogatepass")
        )
    )


def _payload_cipher(file_key: Secret, nonce: bytes) -> ChaCha20Poly1305:
    with Secret(HKDF(SHA256(), 32, nonce, b"payload").derive(file_key.view())) as key:
        return ChaCha20Poly1305(key.view())


def _mac(file_key: Secret, header: bytes) -> HMAC:
    with Secret(HKDF(SHA256(), 32, b"", b"header").derive(file_key.view())) as key:
        made = HMAC(key.view(), SHA256())
    made.update(header)
    return made


def _chunk_nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _up_to(read: Read, held: bytes, size: int) -> tuple[bytes, bytes]:
    parts, length = [held], len(held)
    while length < size and (part := read(size - length)):
        parts.append(part)
        length += len(part)
    joined = b"".join(parts)
    return joined[:size], joined[size:]


def _exactly(read: Read, held: bytes, size: int) -> tuple[bytes, bytes]:
    found, rest = _up_to(read, held, size)
    if len(found) < size:
        raise _refused("cut_short")
    return found, rest


def _b64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _unb64(text: bytes) -> bytes:
    found = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    if _b64(found) != text:  # bits that say nothing must say nothing
        raise binascii.Error
    return found


def _refused(reason: str) -> VaultError:
    return VaultError(Code.IMPORT_REFUSED, reason=reason)
