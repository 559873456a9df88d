"""Domain separation: the one place that spells the strings every derivation, seal and signature is bound to.

A key or a ciphertext made for one purpose must be useless for every other one, also in another vault, for another
person and in a later format. A label therefore always starts with product and version, then the purpose, then the ids
it is bound to.
"""

from __future__ import annotations

import re
from typing import Final

_PRODUCT: Final = "leeward"
_VERSION: Final = "v1"
_PART: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:=,-]*")


def label(purpose: str, *parts: str | int) -> bytes:
    """Return `leeward|v1|purpose|part|…` as ASCII.

    Parts may not hold the separator and may not be empty, so two different lists never give the same label.

    Raises:
        ValueError: a part has a character outside letters, digits and `_.:=,-`, or is empty.
    """
    words = [purpose, *(str(part) for part in parts)]
    for word in words:
        if not _PART.fullmatch(word):
            raise ValueError("a label part must be a plain, non-empty word")
    return "|".join([_PRODUCT, _VERSION, *words]).encode("ascii")
