"""Who a person is to the other one: an Ed25519 pair that signs and an X25519 pair that receives sealed things.

The private halves live in the encrypted part of the person's header; the public halves and their fingerprint are what
two people compare when they pair their journals.
"""

from __future__ import annotations

import hashlib
from typing import Final, NoReturn, Self, SupportsIndex, final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from app.crypto.labels import label
from app.crypto.secret import KEY_BYTES, Secret

_FINGERPRINT_BYTES: Final = 16


class PublicIdentity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The two public keys of a person, 32 bytes each. Safe to hand over."""

    signing: bytes
    sealing: bytes

    def __post_init__(self) -> None:
        """Refuse keys of another size, so that no later step has to."""
        if (len(self.signing), len(self.sealing)) != (KEY_BYTES, KEY_BYTES):
            raise ValueError("a public key has 32 bytes")

    @property
    def fingerprint(self) -> str:
        """32 hex digits (128 bits of SHA-256) over both keys: the stable name of this identity."""
        joined = label("fingerprint") + b"|" + self.signing + self.sealing
        return hashlib.sha256(joined).digest()[:_FINGERPRINT_BYTES].hex()

    def verify(self, signature: bytes, purpose: bytes, message: bytes) -> bool:
        """Whether `signature` is this person's over `message` for `purpose` (a label)."""
        try:
            Ed25519PublicKey.from_public_bytes(self.signing).verify(signature, _framed(purpose, message))
        except InvalidSignature:
            return False
        return True

    def sealing_key(self) -> X25519PublicKey:
        """The public key others seal to."""
        return X25519PublicKey.from_public_bytes(self.sealing)


@final
class Identity:
    """Both private keys of a person, in wipeable memory. Made once, then rebuilt from the header at each unlock."""

    __slots__ = ("_public", "_sealing", "_signing")

    def __init__(self, signing: Secret, sealing: Secret) -> None:
        """Take over two 32-byte private keys (RFC 8032 seed, RFC 7748 scalar)."""
        self._signing = signing
        self._sealing = sealing
        self._public = PublicIdentity(
            signing=Ed25519PrivateKey.from_private_bytes(signing.view()).public_key().public_bytes_raw(),
            sealing=X25519PrivateKey.from_private_bytes(sealing.view()).public_key().public_bytes_raw(),
        )

    @classmethod
    def generate(cls) -> Self:
        """Return a new identity."""
        return cls(Secret.random(), Secret.random())

    @property
    def public(self) -> PublicIdentity:
        """The half that may be handed over."""
        return self._public

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the public half."""
        return self._public.fingerprint

    def sign(self, purpose: bytes, message: bytes) -> bytes:
        """Sign `message` for `purpose` (a label); 64 bytes. Another purpose gives a signature that does not verify
        here.
        """
        return Ed25519PrivateKey.from_private_bytes(self._signing.view()).sign(_framed(purpose, message))

    def sealing_key(self) -> X25519PrivateKey:
        """The private key that opens what was sealed to this person; use it through `app.crypto.seal`."""
        return X25519PrivateKey.from_private_bytes(self._sealing.view())

    def private_bytes(self) -> tuple[bytes, bytes]:
        """Both private keys (signing, sealing), only for writing them into the encrypted part of the header."""
        return bytes(self._signing.view()), bytes(self._sealing.view())

    def wipe(self) -> None:
        """Zero both private keys."""
        self._signing.wipe()
        self._sealing.wipe()

    def __repr__(self) -> str:
        return f"<Identity {self.fingerprint}>"

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("an identity cannot be pickled or copied")


def _framed(purpose: bytes, message: bytes) -> bytes:
    """Join so that no (purpose, message) pair can be read as another one."""
    return len(purpose).to_bytes(2, "big") + purpose + message
