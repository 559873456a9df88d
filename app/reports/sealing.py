"""A password on a finished PDF: AES-256, in memory."""

from __future__ import annotations

import secrets
from io import BytesIO

import pikepdf


def sealed(pdf: bytes, password: str) -> bytes:
    """The PDF encrypted with AES-256 (revision 6), metadata included; screen readers keep their access.

    The owner password is random and forgotten, so the one password that opens the file is the one that was given.
    Raises ValueError for an empty password, which would open for everybody.
    """
    if not password:
        raise ValueError("empty password")
    out = BytesIO()
    may = pikepdf.Permissions(modify_annotation=False, modify_assembly=False, modify_form=False, modify_other=False)
    lock = pikepdf.Encryption(owner=secrets.token_urlsafe(32), user=password, R=6, aes=True, metadata=True, allow=may)
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(out, encryption=lock)
    return out.getvalue()
